//! Files of other tools, damaged in every way a file can be: a reading or one sentence comes of each, and no panic.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use squall::format::{Choices, FORMATS, Format, Reading, named};
use squall::model::{Author, EntryId, Id};
use squall::words::{Lang, Said};

const WALL: &str = "# 가게\n\n## 주문\n주문하기 | command\n/Order -> *Ordered\n  > %Whenever ordered, pay\n\n## Pay\n/Pay -> *Paid\n!why?\n";

const MIRO: &str = r#"{"data":[{"id":"9","type":"frame","data":{"title":"Orders"},"position":{"x":0,"y":0},
"geometry":{"width":900,"height":600},"parent":{"id":"8"}},{"id":"8","type":"frame","data":{"title":"All"},
"position":{"x":0,"y":0},"geometry":{"width":1900,"height":900},"parent":null},{"id":"1","type":"sticky_note",
"data":{"content":"<p>Ordered</p>","shape":"square"},"style":{"fillColor":"orange"},"position":{"x":10,"y":10},
"geometry":{"width":199},"parent":{"id":"9"}},{"id":"2","type":"sticky_note","content":"Order","x":400,"y":0,
"width":199,"style":{"fillColor":"blue"}}],"connectors":[{"id":"3","startItem":{"id":"2"},"endItem":{"id":"1"}}]}"#;

const MSAEZ: &str = r#"{"elements":{"a":{"_type":"org.uengine.modeling.model.Event","name":"Paid",
"elementView":{"x":10,"y":20},"boundedContext":{"id":"c"},"aggregate":{"id":"g"}},"g":{"_type":
"org.uengine.modeling.model.Aggregate","name":"Payment","elementView":{"x":200,"y":20},"boundedContext":{"id":"c"}},
"c":{"_type":"org.uengine.modeling.model.BoundedContext","name":"pay","elementView":{"x":100,"y":20}},"n":null},
"relations":{"r":{"from":"g","to":"a","name":"x"}}}"#;

const QLERIFY: &str = r##"{"version":1,"boundedContext":"Cart","roles":["Customer"],"domainEvents":{"Created":{"event":
"Cart Created","role":"Customer","follows":["start"],"command":{"$ref":"#/schemas/commands/Create"},"aggregateRoot":
{"$ref":"#/schemas/entities/Cart"},"readModels":[{"$ref":"#/schemas/queries/Get"}],"acceptanceCriteria":["Given none"]},
"Paid":{"event":"Cart Paid","follows":[{"$ref":"#/domainEvents/Created"}]}},"schemas":{"commands":{"Create":{"name":
"Create Cart","fields":[{"name":"id"}]}},"entities":{"Cart":{"name":"Cart"}},"queries":{"Get":{"name":"Get Cart"}}}}"##;

const LINES: &str = "- Order placed\n2. 결제됨\n[x] Pay\n";

fn read(format: &Format, text: &str) -> Result<Reading, Said> {
    let mut made = 0;
    let mut mint = || -> Id {
        made += 1;
        EntryId { author: Author::from_random(1), counter: 1 }.thing(made)
    };
    format.read(text, &mut mint)
}

/// A small whole file of a format.
fn whole(format: &Format) -> String {
    let wall = read(named("text").unwrap(), WALL).unwrap().board;
    match format.name {
        "miro" => MIRO.to_owned(),
        "msaez" => MSAEZ.to_owned(),
        "qlerify" => QLERIFY.to_owned(),
        "lines" => LINES.to_owned(),
        _ => {
            format.text(&wall, &Choices::default()).expect("what is read and has no example here is written")
        }
    }
}

/// Reads what may be anything: every sentence about it is whole, and no arrow ends at nothing.
fn check(format: &Format, text: &str) {
    let said: Vec<Said> = match read(format, text) {
        Err(said) => vec![said],
        Ok(Reading { board, remarks, .. }) => {
            let is_there = |id: &Id| board.notes.contains_key(id);
            assert!(board.arrows.values().all(|arrow| is_there(&arrow.from) && is_there(&arrow.to)));
            assert!(board.notes.values().all(|note| note.rect().size.on_wall() && note.at.on_wall()));
            assert_eq!(board.loops(), []);
            remarks.into_iter().map(|remark| remark.said).collect()
        }
    };
    for said in said {
        let key = said.key.0;
        assert!(Lang::ALL.iter().all(|lang| said.speak(*lang) != key), "{}: {key} says nothing", format.name);
    }
}

fn readable() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.read.is_some())
}

#[test]
fn a_file_cut_off_or_spoilt_anywhere_breaks_nothing() {
    for format in readable() {
        let text = whole(format);
        let places: Vec<usize> = (0..text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        for at in places.iter().step_by(places.len() / 120 + 1) {
            check(format, &text[..*at]);
            for spoilt in ["\"", "<", "[", "{", "\0", "-1e999", "\\ud800"] {
                check(format, &format!("{}{spoilt}{}", &text[..*at], &text[*at..]));
            }
        }
    }
}

/// Every value of a JSON file, one after the other, as something else.
fn spoil(value: &mut Value, with: &mut dyn FnMut(&mut Value) -> bool) -> bool {
    if with(value) {
        return true;
    }
    match value {
        Value::Array(items) => items.iter_mut().any(|item| spoil(item, with)),
        Value::Object(fields) => fields.values_mut().any(|field| spoil(field, with)),
        _ => false,
    }
}

#[test]
fn a_value_of_another_type_or_an_id_of_something_else_breaks_nothing() {
    for format in readable().filter(|format| format.is_json) {
        let file: Value = serde_json::from_str(&whole(format)).unwrap();
        let mut ids = BTreeSet::new();
        spoil(&mut file.clone(), &mut |value| {
            ids.extend(value.get("id").and_then(Value::as_str).map(String::from));
            false
        });
        let others = [
            json!(null),
            json!(-1),
            json!(1e300),
            json!(true),
            json!("<b>&"),
            json!([null, []]),
            json!({"id": 1}),
        ];
        let others = others.into_iter().chain(ids.into_iter().take(3).map(Value::from));
        for other in others {
            for nth in 0.. {
                let (mut spoilt, mut seen) = (file.clone(), 0);
                let is_there = spoil(&mut spoilt, &mut |value| {
                    seen += 1;
                    if seen == nth + 1 {
                        *value = other.clone();
                    }
                    seen == nth + 1
                });
                if !is_there {
                    break;
                }
                check(format, &spoilt.to_string());
            }
        }
    }
}

#[test]
fn an_attribute_of_another_value_breaks_nothing() {
    let format = named("drawio").unwrap();
    let text = whole(format);
    let parts: Vec<&str> = text.split('"').collect();
    for other in
        ["", "x", "1", "-1e999", "NaN", "&lt;b&gt;&amp;", "&bogus;", "&#0;", "{\"notes\":{}}", "{\"x\":1}"]
    {
        for nth in (1..parts.len()).step_by(2) {
            let mut parts = parts.clone();
            parts[nth] = other;
            check(format, &parts.join("\""));
        }
    }
}

/// Each file, and the key of what is said of it; of what is read, a remark.
#[test]
fn what_is_too_much_or_runs_in_circles_is_told() {
    let many = |item: &str| vec![item; 1_000_000].join(",");
    let cell = |id: &str, parent: &str| {
        format!(
            r#"<mxCell id="{id}" parent="{parent}" vertex="1" value="w"><mxGeometry x="9" width="9" height="9"/></mxCell>"#
        )
    };
    let page = |cells: &str| format!("<mxGraphModel><root>{cells}</root></mxGraphModel>");
    let table: &[(&str, String, &str)] = &[
        ("excalidraw", format!(r#"{{"type":"excalidraw","elements":[{}]}}"#, many("0")), "import-too-many"),
        ("excalidraw", r#"{"type":"excalidraw","elements":{}}"#.into(), "sketch-unreadable"),
        ("excalidraw", r#"{"type":"excalidraw"}"#.into(), "sketch-unreadable"),
        ("excalidraw", r#"{"elements":[{"type":"rectangle","x":"1"}]}"#.into(), "import-element-unreadable"),
        ("excalidraw", r#"{"elements":[{"type":"freedraw"}]}"#.into(), "sketch-skipped"),
        ("json-canvas", format!(r#"{{"nodes":[{}],"edges":[]}}"#, many("{}")), "import-too-many"),
        (
            "json-canvas",
            r#"{"nodes":[null],"edges":[{"id":"e","fromNode":"a","toNode":"a"}]}"#.into(),
            "sketch-loose-arrow",
        ),
        ("miro", format!("[{}]", many("null")), "import-too-many"),
        ("miro", r#"[{"type":"embed","id":"x"}]"#.into(), "sketch-skipped"),
        ("drawio", page(&cell("a", "0").repeat(150_000)), "import-too-many"),
        ("drawio", page(&format!("{}{}", cell("a", "b"), cell("b", "a"))), ""),
        ("drawio", page(&cell("a", "a").repeat(2)), ""),
        (
            "drawio",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><mxfile>&b;</mxfile>".into(),
            "sketch-unreadable",
        ),
    ];
    for (format, text, key) in table {
        let told: Vec<String> = match read(named(format).unwrap(), text) {
            Err(said) => vec![said.key.0.to_owned()],
            Ok(reading) => reading.remarks.iter().map(|remark| remark.said.key.0.to_owned()).collect(),
        };
        let expected: &[&str] = if key.is_empty() { &[] } else { &[key] };
        assert_eq!(told, expected, "{format}: {}", &text[..text.len().min(90)]);
    }
}
