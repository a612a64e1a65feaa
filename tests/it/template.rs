//! Reports by people's own templates: what they may say, and what they cannot do.

use std::fs;

use serde_json::json;
use squall::format::named;
use squall::format::report::fill;
use squall::model::limit::{TEMPLATE_BYTES_MAX, TEMPLATE_OUTPUT_MAX};
use squall::model::{Author, Board, EntryId, Id};
use squall::words::Lang;

use crate::cli::{Answer, Home};

/// A context of one event of this wording.
fn wall(wording: &str) -> Board {
    let wall = json!({
        "format": "squall-board", "version": 1, "title": "Rooms",
        "notes": [{"id": "a", "kind": "domain-event", "wording": wording, "at": [2, 2], "size": [22, 5]}],
        "contexts": [{"id": "c", "name": "Sales", "rect": [0, 0, 80, 30]}],
    });
    let mut count = 0;
    let mut mint = || {
        count += 1;
        Id { entry: EntryId { author: Author::from_random(7), counter: count }, index: 0 }
    };
    named("json").expect("a format").read(&wall.to_string(), &mut mint).expect("a board").board
}

/// The sentence with which a template is refused.
fn refused(template: &str) -> String {
    fill(&wall("Room booked"), template, false, Lang::En).expect_err("it is refused").speak(Lang::En)
}

#[test]
fn a_template_tells_what_the_outline_knows() {
    let template = "# {{ title }} ({{ lang }})\n\
                    {% for context in contexts %}\n\
                    - {{ context.name }}: {{ context.notes | length }}, {{ context.team or '?' }}\n\
                    {% endfor %}\n\
                    {{ notes[0].wording }} / {{ words('report-findings') }} / {{ remarks | length > 0 }} / {{ story is defined }}\n";
    let told = |lang| fill(&wall("Room booked"), template, false, lang).expect("it is filled");
    assert_eq!(told(Lang::En), "# Rooms (en)\n- Sales: 1, ?\nRoom booked / Findings / True / True\n");
    assert!(told(Lang::Ko).starts_with("# Rooms (ko)\n") && told(Lang::Ko).contains("점검 결과"));
}

#[test]
fn wordings_are_escaped_in_html_and_steer_nothing_anywhere() {
    let hostile = "<script>x</script>\"'&\u{202e}\u{1b}[2J";
    let page = |is_html| {
        fill(&wall(hostile), "<p title=\"{{ notes[0].wording }}\">", is_html, Lang::En).expect("it is filled")
    };
    let html = page(true);
    assert_eq!(html.matches(['<', '>', '"']).count(), 4, "{html}");
    assert!(html.contains("&lt;script&gt;"), "{html}");
    assert!(page(false).contains("<script>"));
    assert!(!page(false).contains(['\u{202e}', '\u{1b}']) && !html.contains(['\u{202e}', '\u{1b}']));
}

#[test]
fn whatever_has_no_end_comes_to_one() {
    let endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";
    assert!(refused(&format!("one\n{endless}")).starts_with("Line 2 of the template is still not done"));
    let calling = "{% macro again() %}\n{{ again() }}\n{% endmacro %}\n{{ again() }}";
    assert!(
        refused(calling).starts_with("Line 2 of the template cannot be carried out"),
        "{}",
        refused(calling)
    );
    let long = "{% for a in range(20000) %}{{ 'x' * 1000 }}{% endfor %}";
    assert!(refused(long).starts_with("The page grows beyond 16 MiB in line 1"), "{}", refused(long));
    let larger = " ".repeat(TEMPLATE_BYTES_MAX + 1);
    assert_eq!(refused(&larger), "The template is larger than 1 MiB.");
    for deep in ["(", "[", "-", "not ", "{% if 1 %}", "a.", "a|", "1+", "{{ 'a' * 9999999999 }}"] {
        let opened = if deep.starts_with('{') { "" } else { "{{ " };
        let template = format!("{opened}{}", deep.repeat(TEMPLATE_BYTES_MAX / deep.len() - 4));
        assert!(refused(&template).contains("ine 1 "), "{deep}");
    }
    let most = "x".repeat(TEMPLATE_BYTES_MAX);
    let told = fill(&wall("Sold"), &most, false, Lang::En).expect("it is filled");
    assert!(told == most && told.len() < TEMPLATE_OUTPUT_MAX);
}

#[test]
fn no_other_file_is_read() {
    let asks = [
        "{% include 'Cargo.toml' %}",
        "{% import 'Cargo.toml' as c %}",
        "{% from 'Cargo.toml' import c %}",
        "{% extends 'Cargo.toml' %}",
    ];
    for ask in asks {
        let said = "Line 3 of the template wants to read another file; a template is one file.";
        assert_eq!(refused(&format!("\n\n{ask}")), said);
    }
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let cases = [
        ("\n{% for a in %}", "Line 2 of the template cannot be understood: "),
        ("{{ 한}}", "Line 1 of the template cannot be understood: "),
        ("\n\n{{ titel }}", "Line 3 of the template names something that is not there."),
        ("{{ title | shout }}", "Line 1 of the template cannot be carried out: "),
    ];
    for (template, said) in cases {
        assert!(refused(template).starts_with(said), "{}", refused(template));
    }
}

#[test]
fn the_program_takes_a_file_and_says_what_is_wrong_with_it() {
    let answers = |name| -> [Answer; 4] {
        let home = Home::new(name);
        let write = |name: &str, text: &str| fs::write(home.path(name), text).expect("a test may write");
        write("wall.txt", "* Order <placed\n");
        write("page.html", "<b>{{ notes[0].wording }}</b>\n");
        write("bad.md", "# {{ title }}\n{% nonsense %}\n");
        let import = home.squall(&["import", "wall.txt", "-o", "wall"], "");
        assert_eq!(import.code, 0, "{import:?}");
        ["page.html", "bad.md", "nowhere.md", "nonsense"]
            .map(|template| home.squall(&["report", "wall", "--template", template], ""))
    };
    let [page, bad, nowhere, nonsense] = answers("template");
    assert_eq!((page.code, page.out.as_str()), (0, "<b>Order &lt;placed</b>\n"), "{page:?}");
    assert_eq!((bad.code, bad.out.as_str()), (2, ""), "{bad:?}");
    assert!(bad.err.contains("bad.md") && bad.err.contains("Line 2 of the template"), "{bad:?}");
    assert_eq!(nowhere.code, 3, "{nowhere:?}");
    assert!(nonsense.code == 2 && nonsense.err.contains("default onepage bootcamp"), "{nonsense:?}");
    let [_, bad, ..] = answers("template_ko");
    assert!(bad.code == 2 && bad.err.contains("템플릿 2번째 줄"), "{bad:?}");
}
