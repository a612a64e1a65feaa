//! Reports: what those of the samples say, and what no wording can do to them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value, json};
use squall::format::report::{Form, Template, write};
use squall::format::{Choices, named};
use squall::model::{Author, Board, EntryId, Id};
use squall::query::lint::RULES;
use squall::session::Wall;
use squall::session::saves::look;
use squall::words::Lang;

use crate::cli::Home;

fn sample(name: &str) -> Board {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("saves/{name}.storm"));
    let lines = look(&path, &mut |_, _| ()).expect("a sample can be read").lines;
    Wall::of(name, lines).board().clone()
}

fn board(text: &str) -> Board {
    let mut count = 0;
    let mut mint = || {
        count += 1;
        Id { entry: EntryId { author: Author::from_random(7), counter: count }, index: 0 }
    };
    named("json").expect("a format").read(text, &mut mint).expect("a board").board
}

#[test]
fn equal_boards_give_equal_bytes() {
    for form in [Form::Markdown, Form::Html] {
        let text = || write(&sample("hotel"), None, Template::Default, form, Lang::Ko);
        assert_eq!(text(), text());
    }
}

#[test]
fn findings_tell_what_a_colleague_would_remark_and_nothing_twice() {
    let wall = json!({
        "format": "squall-board", "version": 1, "level": "design",
        "notes": [
            {"id": "a", "kind": "read-model", "wording": "Prices", "at": [2, 2], "size": [22, 5]},
            {"id": "b", "kind": "domain-event", "wording": "Place order", "at": [40, 2], "size": [22, 5]},
            {"id": "c", "kind": "hotspot", "wording": "Who pays?", "at": [80, 2], "size": [22, 5]},
        ],
    });
    let text = write(&board(&wall.to_string()), None, Template::Default, Form::Markdown, Lang::En);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
    let told = |words: &str| rows.iter().filter(|row| row.contains(words)).count();
    assert_eq!(told("No event fills “Prices”."), 1, "{text}");
    assert_eq!(told("“Place order” is not put as something that happened. (E1)"), 1, "{text}");
    assert_eq!((told("(R1)"), told("(H1)"), told("(H2)")), (0, 0, 0), "{text}");
}

#[test]
fn a_course_sees_the_wall_grow_step_by_step() {
    let page = write(&sample("shop"), None, Template::Bootcamp, Form::Html, Lang::Ko);
    let steps: Vec<&str> = page.split("<section").skip(1).collect();
    let drawn = |at: usize, wording: &str| {
        let svg = steps[at].split_once("<svg").and_then(|(_, rest)| rest.split_once("</svg>"));
        svg.expect("the step has a picture").0.replace("</tspan>", "").contains(wording)
    };
    assert!(drawn(1, "결제됨") && !drawn(1, "주문하기"));
    assert!(drawn(3, "주문하기") && !drawn(3, "주문팀"));
    assert!(!drawn(5, "주문되면") && drawn(6, "주문되면"));
    assert_eq!(steps.len(), 10);
}

#[test]
fn every_name_in_a_page_is_there_once_and_every_link_leads_to_one() {
    for template in Template::ALL {
        let page = write(&sample("shop"), None, template, Form::Html, Lang::En);
        let named = |attribute: &str| -> Vec<String> {
            let all = page.split(attribute).skip(1);
            all.map(|rest| rest.split('"').next().unwrap_or(rest).to_owned()).collect()
        };
        let ids = named(" id=\"");
        let unique: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len());
        assert!(named(" href=\"#").iter().all(|link| unique.contains(link)));
    }
}

/// What GitHub finds a heading by.
fn slug(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading.trim().to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// What a Markdown text is made of, without its words; every link leads to a heading and every row fits its head.
fn markdown(text: &str) -> Vec<String> {
    let mut shape = Vec::new();
    let (mut heading, mut links) = (None::<String>, Vec::new());
    let mut slugs: BTreeMap<String, usize> = BTreeMap::new();
    let mut anchors = BTreeSet::new();
    for (event, range) in
        Parser::new_ext(text, Options::ENABLE_GFM | Options::ENABLE_TABLES).into_offset_iter()
    {
        match &event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let slug = slug(&heading.take().expect("it has begun"));
                let count = slugs.entry(slug.clone()).or_default();
                anchors.insert(if *count == 0 { slug } else { format!("{slug}-{count}") });
                *count += 1;
            }
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.to_string()),
            Event::Start(Tag::Table(columns)) => {
                for row in text[range].lines() {
                    let bars = row.replace("\\\\", "").replace("\\|", "").matches('|').count();
                    assert_eq!(bars, columns.len() + 1, "{row}");
                }
            }
            Event::Text(words) => {
                heading.iter_mut().for_each(|heading| *heading += words);
                continue;
            }
            _ => {}
        }
        let told = match event {
            Event::Start(Tag::Link { .. }) => "link".to_owned(),
            Event::Start(Tag::CodeBlock(kind)) => format!("{kind:?}"),
            event => format!("{event:?}"),
        };
        shape.push(told);
    }
    for link in links {
        let anchor = link.strip_prefix('#').expect("links stay within the report");
        assert!(anchors.contains(anchor), "{anchor} is not among {anchors:?}");
    }
    shape
}

/// The tags of an HTML text, pictures left out.
fn tags(text: &str) -> Vec<&str> {
    let outside = text.split("<svg").map(|part| part.split_once("</svg>").map_or(part, |(_, rest)| rest));
    let tags = outside.flat_map(|part| part.split('<').skip(1));
    tags.map(|rest| rest.split('>').next().unwrap_or(rest)).collect()
}

/// The shop with these wordings, in turn from one of them on, in every field that holds words, and different in each.
pub(crate) fn shop_of(wordings: &[&str], first: usize) -> Value {
    let told = named("json").expect("a format").text(&sample("shop"), &Choices::default());
    let mut wall: Value = serde_json::from_str(&told.expect("it is written")).expect("it is JSON");
    let mut count = first;
    let mut said = || {
        count += 1;
        // Long enough that no two look alike.
        let own = (count - first) as u64;
        let own = [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9]
            .map(|by: u64| (own.wrapping_mul(by) >> 7).wrapping_mul(own | 1).wrapping_mul(by));
        Value::from(format!("{} {:016x}{:x}", wordings[count % wordings.len()], own[0], own[1] & 0xffff))
    };
    let mut fill = |thing: &mut Map<String, Value>, texts: &[&str], lists: &[&str]| {
        texts.iter().for_each(|name| drop(thing.insert((*name).to_owned(), said())));
        lists.iter().for_each(|name| drop(thing.insert((*name).to_owned(), json!([said(), said()]))));
    };
    let fields: [(&str, &[&str], &[&str]); 5] = [
        ("notes", &["wording", "author", "alias", "definition", "chapter", "owner", "next"], &["tags"]),
        ("arrows", &["label", "why", "key"], &[]),
        (
            "contexts",
            &["name", "alias", "purpose", "definition", "team", "owns_today"],
            &["roles", "assumptions", "metrics"],
        ),
        ("requirements", &["text"], &[]),
        ("decisions", &["text"], &[]),
    ];
    fill(wall.as_object_mut().expect("a board"), &["title", "scope"], &[]);
    for (things, texts, lists) in fields {
        for thing in wall[things].as_array_mut().expect("a list") {
            fill(thing.as_object_mut().expect("a thing"), texts, lists);
        }
    }
    wall
}

/// The same, without the rules that hang on wording.
fn quiet_shop_of(wordings: &[&str], first: usize) -> Board {
    let mut wall = shop_of(wordings, first);
    let hangs_on_wording =
        RULES.iter().filter(|rule| !["E11", "C2", "C3", "P1", "P2", "X1"].contains(&rule.id));
    wall["lint_off"] = hangs_on_wording.map(|rule| rule.id).collect();
    board(&wall.to_string())
}

pub(crate) const HOSTILE: &[&str] = &[
    "a|b",
    "`code` ``",
    "```",
    "<script>x</script>",
    "</style><img src=x>",
    "<!-- ",
    "%%{init: {}}%%",
    "=cmd|'c'!A0",
    "+1",
    "@SUM(A1)",
    "\u{202e}evil\u{2066}",
    "# head #",
    "- item",
    "* item",
    "1. one",
    "> told",
    "---",
    "===",
    "![x](javascript:y)",
    "[a](b) [c]: d",
    "one\ntwo",
    "&lt; &amp;",
    "$x$ ~~y~~",
    "**z** _w_",
    "\\",
    "\"' onload='x",
    "\t:---",
];

/// How often each part is there; the order may hang on wordings.
fn counted<T: Ord>(parts: Vec<T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    parts.into_iter().for_each(|part| *counts.entry(part).or_default() += 1);
    counts
}

#[test]
fn no_wording_changes_what_a_report_is_made_of() {
    let text = |wall: &Board, form, lang| write(wall, None, Template::Default, form, lang);
    let plain = quiet_shop_of(&["word"], 0);
    let shape = counted(markdown(&text(&plain, Form::Markdown, Lang::En)));
    let page = text(&plain, Form::Html, Lang::Ko);
    let page = counted(tags(&page));
    let has = |sort| shape.keys().any(|it| it.contains(sort));
    assert!(["Table", "Item", "mermaid", "Strong", "link"].into_iter().all(has), "{shape:?}");
    for first in [0, 7, 14, 20] {
        let wall = quiet_shop_of(HOSTILE, first);
        let told = text(&wall, Form::Markdown, Lang::En);
        assert_eq!(counted(markdown(&told)), shape);
        let html = text(&wall, Form::Html, Lang::Ko);
        assert_eq!(counted(tags(&html)), page);
        let is_steering = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!told.contains(is_steering) && !html.contains(is_steering));
    }
}

/// What the program reports of a wall that is given as text.
fn report(name: &str, wall: &str) -> (String, String) {
    let home = Home::new(name);
    fs::write(home.path("wall.txt"), wall).expect("a test may write");
    let import = home.squall(&["import", "wall.txt", "-o", "wall"], "");
    assert_eq!(import.code, 0, "{import:?}");
    let told = ["md", "html"].map(|form| {
        let answer = home.squall(&["report", "wall", "--format", form], "");
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{form}");
        answer.out
    });
    markdown(&told[0]);
    let [text, page] = told;
    assert_eq!(page.matches("<section").count(), page.matches("</section>").count());
    (text, page)
}

#[test]
fn a_wall_that_says_next_to_nothing_has_a_true_report() {
    let (text, _) = report("report-one", "* Order placed\n");
    assert!(text.contains("1 sticky · 0 contexts · 0 messages"), "{text}");
    let (text, _) = report("report-blank", "# Nothing yet\n");
    assert!(text.contains("0 stickies · 0 contexts"), "{text}");
}

#[test]
fn contexts_of_one_name_that_overlap_are_told_apart() {
    let wall = json!({
        "format": "squall-board", "version": 1,
        "notes": [
            {"id": "a", "kind": "domain-event", "wording": "Sold", "at": [2, 2], "size": [22, 5]},
            {"id": "b", "kind": "domain-event", "wording": "Bought", "at": [52, 2], "size": [22, 5]},
        ],
        "contexts": [
            {"id": "c", "name": "Sales", "rect": [0, 0, 80, 30]},
            {"id": "d", "name": "Sales", "rect": [50, 0, 60, 20]},
        ],
    });
    let (text, page) = report("report-twins", &wall.to_string());
    assert!(text.contains("### 5.1 Sales\n") && text.contains("### 5.2 Sales\n"), "{text}");
    assert!(page.contains("id=\"part-5-1\"") && page.contains("id=\"part-5-2\""));
}

#[test]
fn contexts_that_turn_in_a_ring_are_told_to_the_end() {
    let (mut notes, mut arrows, mut contexts) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..3 {
        let note = |id: &str, kind, x| json!({"id": format!("{id}{n}"), "kind": kind, "wording": format!("{id}{n}"), "at": [100 * n + x, 2], "size": [22, 5]});
        notes.extend([note("p", "policy", 2), note("c", "command", 30), note("e", "domain-event", 60)]);
        let steps = [
            (format!("p{n}"), format!("c{n}")),
            (format!("c{n}"), format!("e{n}")),
            (format!("e{n}"), format!("p{}", (n + 1) % 3)),
        ];
        for (from, to) in steps {
            arrows.push(json!({"id": format!("a{from}"), "from": from, "to": to}));
        }
        contexts
            .push(json!({"id": format!("f{n}"), "name": format!("Part{n}"), "rect": [100 * n, 0, 90, 20]}));
    }
    let wall = json!({"format": "squall-board", "version": 1, "notes": notes, "arrows": arrows, "contexts": contexts});
    let (text, _) = report("report-ring", &wall.to_string());
    assert!(text.contains("depending on each other: Part0, Part1, Part2"), "{text}");
}

#[test]
fn ten_thousand_questions_are_all_told() {
    let wall: String = (0..10_000).map(|n| format!("! Question {n}?\n")).collect();
    let (text, page) = report("report-questions", &wall);
    assert!(text.contains("10000 open questions"));
    let told: BTreeSet<&str> =
        page.split("Question ").filter_map(|rest| Some(rest.split_once('?')?.0)).collect();
    assert!((0..10_000).all(|n| told.contains(n.to_string().as_str())));
}
