//! Contracts: what those of the samples say, of the wall and of one context, and what no wording can do to them.

use std::path::Path;

use serde_json::Value;
use squall::format::{Choices, Format, Written, named};
use squall::model::text::SafeText;
use squall::model::{Author, Board, EntryId, Id};
use squall::session::Wall;
use squall::session::saves::look;
use squall::words::Lang;

use crate::cli::Home;

const FORMATS: [&str; 4] = ["asyncapi", "cml", "eventcatalog", "openapi"];

fn sample(name: &str) -> Board {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("saves/{name}.storm"));
    let lines = look(&path, &mut |_, _| ()).expect("a sample can be read").lines;
    Wall::of(name, lines).board().clone()
}

fn format(name: &str) -> &'static Format {
    named(name).expect("a format")
}

/// The whole of what is written, each file of a folder under its path.
fn written(board: &Board, name: &str, context: Option<&str>) -> String {
    let context = context.map(|name| {
        let named = |id: &&Id| board.contexts[id].name() == name;
        *board.contexts.keys().find(named).expect("a context of that name")
    });
    let choices = Choices { context, lang: Lang::Ko, ..Choices::default() };
    match format(name).write(board, &choices).expect("a format that is written") {
        Written::Text(text) => text,
        Written::Folder(files) => {
            files.iter().map(|(path, text)| format!("=== {path}\n{text}")).collect::<Vec<_>>().join("\n")
        }
    }
}

#[test]
fn the_contracts_of_the_shop_read_so() {
    for name in FORMATS {
        let mut told = written(&sample("shop"), name, None);
        if name == "eventcatalog" {
            told = told.lines().filter(|line| line.starts_with("===")).collect::<Vec<_>>().join("\n");
        }
        insta::assert_snapshot!(name, told);
    }
}

#[test]
fn one_context_is_told_with_what_its_neighbours_say_to_it() {
    for name in FORMATS {
        insta::assert_snapshot!(format!("{name}_of_one"), written(&sample("shop"), name, Some("결제")));
    }
}

#[test]
fn equal_walls_give_equal_contracts() {
    for name in FORMATS {
        assert_eq!(written(&sample("hotel"), name, None), written(&sample("hotel"), name, None));
    }
}

#[test]
fn an_empty_wall_has_contracts_too() {
    for name in FORMATS {
        let told = written(&Board::default(), name, None);
        assert!(!told.contains("null"), "{name}: {told}");
    }
}

/// The shop where everything that people write ends in the same words, far behind what names are made from.
fn poisoned(words: &str) -> Board {
    let text = format("json").text(&sample("shop"), &Choices { exact: true, ..Choices::default() });
    let mut wall: Value = serde_json::from_str(&text.expect("one text")).expect("JSON");
    poison(&mut wall, &format!("{}{words}", harmless()));
    let mut count = 0;
    let mut mint = || {
        count += 1;
        Id { entry: EntryId { author: Author::from_random(7), counter: count }, index: 0 }
    };
    format("json").read(&wall.to_string(), &mut mint).expect("a board").board
}

fn poison(value: &mut Value, words: &str) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match name.as_str() {
                    "wording" | "name" | "title" | "purpose" | "team" | "definition" => *value = words.into(),
                    "alias" => *value = "".into(),
                    _ => poison(value, words),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| poison(item, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

const POISON: [&str; 8] = [
    "\" } BoundedContext Evil { \"",
    "\\",
    "\\\" }",
    "*/ // /* '",
    "\n}\nContextMap Evil {}\n---\n- a: b",
    "\u{202e}\u{2028}\u{85}\r\0",
    ": no # {{ }} %7B <script>alert(1)</script> {evil()} import x",
    "| > & * ! ? @ ` $ref: '#/x'",
];

/// CML without what stands in strings and comments.
fn cml(text: &str) -> Vec<String> {
    let line = |line: &str| {
        let (mut kept, mut is_inside, mut letters) = (String::new(), false, line.chars());
        while let Some(letter) = letters.next() {
            match letter {
                '\\' if is_inside => drop(letters.next()),
                '"' => is_inside = !is_inside,
                _ if is_inside => {}
                '/' if letters.clone().next() == Some('/') => break,
                letter => kept.push(letter),
            }
        }
        assert!(!is_inside, "{line}");
        kept
    };
    text.lines().map(line).collect()
}

#[test]
fn no_wording_means_anything_to_cml() {
    let plain = cml(&written(&poisoned(" b"), "cml", None));
    assert!(plain.len() > 100);
    for words in POISON {
        assert_eq!(cml(&written(&poisoned(words), "cml", None)), plain, "{words:?}");
    }
}

/// What the names of a poisoned wall are made from.
fn harmless() -> String {
    "A".repeat(48)
}

/// YAML without what people wrote, and all of that.
fn yaml(text: &str) -> (Value, Vec<String>) {
    fn bare(value: &mut Value, said: &mut Vec<String>) {
        let is_name = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        match value {
            Value::String(text) if text.contains(&harmless()) && !text.starts_with('#') && !is_name(text) => {
                said.push(std::mem::take(text));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| bare(item, said)),
            Value::Object(fields) => fields.values_mut().for_each(|field| bare(field, said)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let (mut value, mut said) = (serde_saphyr::from_str(text).expect("YAML"), Vec::new());
    bare(&mut value, &mut said);
    (value, said)
}

#[test]
fn no_wording_means_anything_to_yaml() {
    for name in ["asyncapi", "openapi"] {
        let files = |words: &str| match format(name).write(&poisoned(words), &Choices::default()) {
            Ok(Written::Folder(files)) => files,
            other => panic!("{other:?}"),
        };
        let plain = files(" b");
        assert_eq!(plain.len(), 5);
        for words in POISON {
            let wording = SafeText::line(format!("{}{words}", harmless()).trim()).into_string();
            for ((path, text), (there, other)) in files(words).iter().zip(&plain) {
                let ((shape, said), (wanted, _)) = (yaml(text), yaml(other));
                assert_eq!((path, shape), (there, wanted), "{words:?}");
                assert!(said.contains(&wording), "{words:?}: {said:?}");
            }
        }
    }
}

#[test]
fn no_wording_means_anything_to_a_page_of_a_catalog() {
    let pages = |words: &str| match format("eventcatalog").write(&poisoned(words), &Choices::default()) {
        Ok(Written::Folder(mut files)) => {
            files.retain(|path, _| path.ends_with(".mdx"));
            files
        }
        other => panic!("{other:?}"),
    };
    let split = |page: &str| {
        let (known, text) =
            page.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("both");
        let text = text.replace("<NodeGraph />", "").replace("\n## ", "");
        assert!(!text.contains(['<', '>', '{', '}', '*', '_', '[', '`', '\\', '|']), "{text}");
        yaml(known).0
    };
    let plain = pages(" b");
    assert!(plain.len() > 50, "{:?}", plain.keys());
    for words in POISON {
        for ((path, page), (there, other)) in pages(words).iter().zip(&plain) {
            assert_eq!((path, split(page)), (there, split(other)), "{words:?}");
        }
    }
}

#[test]
fn one_context_is_one_file_wherever_it_goes() {
    let home = Home::new("contracts");
    let export = |more: &[&str]| {
        let wall = concat!(env!("CARGO_MANIFEST_DIR"), "/saves/shop.storm");
        home.squall(&[&["--lang", "en", "export", wall, "--to", "openapi"], more].concat(), "")
    };
    let one = export(&["--context", "주문"]);
    assert!(one.code == 0 && one.out.starts_with("openapi:"), "{one:?}");
    let read = |path: &str| std::fs::read_to_string(home.path(path)).expect("a file");
    assert_eq!(export(&["--context", "주문", "-o", "one.yaml"]).code, 0);
    assert_eq!(export(&["-o", "all"]).code, 0);
    assert_eq!([read("one.yaml"), read("all/ordering.openapi.yaml")], [one.out.clone(), one.out]);
    let several = export(&["-o", "all.yaml"]);
    assert_eq!(several.code, 2);
    assert!(several.err.contains("openapi is several files and all.yaml is one"), "{several:?}");
    assert!(!home.path("all.yaml").exists());
}
