//! What is the same for every format that draws a wall and reads it back.

use proptest::prelude::*;
use serde_json::json;

use crate::format::{Choices, Mapping, Reading, mapping, named};
use crate::model::tests::{board, boards, id, note};
use crate::model::{Arrow, Author, Board, EntryId, Frame, Id, NoteKind, Point, Rect};

/// The formats that draw a wall and read it back.
const DRAWN: [&str; 3] = ["excalidraw", "json-canvas", "drawio"];

fn read(format: &str, text: &str, mapping: &Mapping) -> Reading {
    let entry = EntryId { author: Author::from_random(5), counter: 1 };
    let mut next = 0;
    let mut mint = || -> Id {
        next += 1;
        entry.thing(next - 1)
    };
    named(format).unwrap().read_mapped(text, mapping, &mut mint).unwrap()
}

fn written(format: &str, board: &Board) -> String {
    named(format).unwrap().text(board, &Choices::default()).unwrap()
}

fn keys(reading: &Reading) -> Vec<&'static str> {
    reading.remarks.iter().map(|remark| remark.said.key.0).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_drawn_comes_back_as_the_same_wall(board in boards()) {
        for format in DRAWN {
            let reading = read(format, &written(format, &board), &Mapping::default());
            prop_assert_eq!(&reading.remarks, &[], "{}", format);
            prop_assert_eq!(written("json", &reading.board), written("json", &board), "{}", format);
        }
    }
}

proptest! {
    #[test]
    fn what_somebody_drew_keeps_its_order_and_never_overlaps(
        places in prop::collection::vec((-4_000..4_000i32, -2_000..2_000i32), 1..40),
    ) {
        let cards: Vec<_> = places.iter().map(|(x, y)| (*x, *y, 150, 100, "2", "Paid")).collect();
        let reading = read("json-canvas", &canvas(&cards), &Mapping::default());
        let rects: Vec<Rect> = reading.board.notes.values().map(|note| note.rect()).collect();
        prop_assert_eq!(rects.len(), cards.len());
        for (one, (x, y)) in rects.iter().zip(&places) {
            for (two, (u, v)) in rects.iter().zip(&places) {
                prop_assert!(std::ptr::eq(one, two) || !one.overlaps(*two));
                // A cell is 150 / 22 wide and 20 high here: what is nearer stands in one column or row.
                prop_assert!(u - x <= 7 || one.at.x < two.at.x, "{x} {u}: {one:?} {two:?}");
                prop_assert!(v - y <= 20 || one.at.y < two.at.y, "{y} {v}: {one:?} {two:?}");
            }
        }
    }
}

/// A wall of two notes in a context, with an arrow, a vote's worth of details, and a requirement.
fn shop() -> Board {
    let mut order = note(0, NoteKind::Command, "주문하기", 0, 4);
    order.details.insert("alias".into(), json!("Order"));
    let mut shop = board([order, note(1, NoteKind::DomainEvent, "주문됨", 40, 4)]);
    shop = shop.framed(3, "주문", Rect::new(-2, 2, 70, 9));
    let details = [("mode".to_owned(), json!("async")), ("why".to_owned(), json!("later"))];
    let arrow = Arrow { id: id(5), from: id(0), to: id(1), details: details.into_iter().collect() };
    shop.arrows.insert(id(5), arrow);
    shop.details.insert("title".into(), json!("가게"));
    shop
}

/// What somebody changes in the other tool: what is replaced in the file by what, and what the wall is then.
fn check(format: &str, replace: &[(&str, &str)], expected: impl Fn(&mut Board)) {
    let mut text = written(format, &shop());
    for (old, new) in replace {
        assert!(text.contains(old), "{format} has no {old}:\n{text}");
        text = text.replacen(old, new, 1);
    }
    let reading = read(format, &text, &Mapping::default());
    let mut wall = shop();
    expected(&mut wall);
    assert_eq!(written("json", &reading.board), written("json", &wall), "{format}: {replace:?}");
}

#[test]
fn what_is_changed_in_the_other_tool_is_changed_on_the_wall() {
    let reword = |board: &mut Board| {
        board.notes.get_mut(&id(0)).unwrap().wording.values[0].1 = "결제하기".into();
    };
    check("excalidraw", &[("\"originalText\":\"주문하기\"", "\"originalText\":\"결제하기\"")], reword);
    check("json-canvas", &[("\"text\":\"주문하기\"", "\"text\":\"결제하기\"")], reword);
    let move_it = |board: &mut Board| board.notes.get_mut(&id(1)).unwrap().at = Point::new(50, 4);
    let recast = |board: &mut Board| board.notes.get_mut(&id(1)).unwrap().kind = NoteKind::Command;
    let retitle = |board: &mut Board| {
        board.details.insert("title".into(), json!("시장"));
    };
    for format in ["excalidraw", "json-canvas"] {
        check(format, &[("\"x\":320,\"y\":80", "\"x\":403,\"y\":77.5")], move_it);
        check(format, &[("#fe9e4a", "#a5d8ff")], recast);
    }
    check("drawio", &[("label=\"주문하기\"", "label=\"결제하기\"")], reword);
    // Its place counts from the context's corner, which lies at -16, 40.
    check("drawio", &[("x=\"336\" y=\"40\"", "x=\"419\" y=\"37.5\"")], move_it);
    check("drawio", &[("#fe9e4a", "#a5d8ff")], recast);
    check("json-canvas", &[("\"text\":\"가게\"", "\"text\":\"시장\"")], retitle);
}

/// Takes elements out of a file, and puts others in.
fn edited(format: &str, list: &str, gone: &[&str], more: &serde_json::Value) -> Reading {
    let mut file: serde_json::Value = serde_json::from_str(&written(format, &shop())).unwrap();
    let items = file[list].as_array_mut().unwrap();
    items.retain(|item| !gone.contains(&item["id"].as_str().unwrap()));
    items.extend(more.as_array().unwrap().clone());
    read(format, &file.to_string(), &Mapping::default())
}

#[test]
fn what_is_taken_out_and_what_is_new_is_so_on_the_wall() {
    let (first, second) = (id(0).to_string(), id(1).to_string());
    let new = json!([{ "id": "new", "type": "rectangle", "x": 640, "y": 80, "width": 176, "height": 100,
        "backgroundColor": "#d0bfff", "boundElements": [] },
        { "id": "words", "type": "text", "x": 650, "y": 90, "width": 90, "height": 25, "text": "주문되면 알린다",
        "containerId": "new" },
        { "id": "line", "type": "arrow", "x": 500, "y": 130, "points": [[0, 0], [139, 0]],
        "startBinding": { "elementId": second }, "endBinding": null }]);
    let reading = edited("excalidraw", "elements", &[&first, &format!("{first}/text")], &new);
    assert_eq!(keys(&reading), ["sketch-loose-arrow", "sketch-snapped"]);
    let texts: Vec<_> = reading.board.notes.values().map(|note| (note.kind, note.text(), note.at)).collect();
    let policy = (NoteKind::Policy, "주문되면 알린다", Point::new(76, 4));
    assert!(texts.contains(&policy) && texts.len() == 2, "{texts:?}");
    assert_eq!(reading.board.arrows.len(), 1);
    assert!(reading.board.notes.contains_key(&id(1)) && reading.board.contexts.contains_key(&id(3)));

    let reading = edited("json-canvas", "nodes", &["board"], &json!([]));
    assert_eq!((keys(&reading), reading.board.title()), (vec!["sketch-no-head"], ""));
    assert_eq!((reading.board.notes.len(), reading.board.arrows.len()), (2, 1));
    let copy: serde_json::Value = serde_json::from_str(&written("json-canvas", &shop())).unwrap();
    let mut copy = copy["nodes"].as_array().unwrap().iter().find(|it| it["id"] == second).unwrap().clone();
    copy["id"] = json!("copy");
    copy["x"] = json!(800);
    let reading = edited("json-canvas", "nodes", &[], &json!([copy]));
    assert_eq!((reading.board.notes.len(), keys(&reading).len()), (3, 0));
    assert_eq!(reading.board.notes.values().filter(|note| note.text() == "주문됨").count(), 2);
}

/// Cards on a canvas: left, top, width, height, colour, words.
fn canvas(cards: &[(i32, i32, i32, i32, &str, &str)]) -> String {
    let node = |(nth, card): (usize, &(i32, i32, i32, i32, &str, &str))| {
        let (x, y, width, height, color, text) = card;
        json!({ "id": nth.to_string(), "type": "text", "x": x, "y": y, "width": width, "height": height,
            "color": color, "text": text })
    };
    json!({ "nodes": cards.iter().enumerate().map(node).collect::<Vec<_>>(), "edges": [] }).to_string()
}

fn kinds(reading: &Reading) -> Vec<(&str, NoteKind)> {
    reading.board.notes.values().map(|note| (note.text(), note.kind)).collect()
}

#[test]
fn what_somebody_says_comes_before_the_legend_and_the_legend_before_the_colour() {
    let legend = [(0, 0, 150, 100, "#fd7e14", "Commands"), (0, 120, 150, 100, "#228be6", "이벤트")];
    let cards = [(400, 0, 150, 100, "#fd7e14", "Order"), (600, 0, 150, 100, "#228be6", "Ordered")];
    let all: Vec<_> = legend.into_iter().chain(cards).collect();
    let usual = read("json-canvas", &canvas(&cards), &Mapping::default());
    assert_eq!(kinds(&usual), [("Order", NoteKind::DomainEvent), ("Ordered", NoteKind::Command)]);
    let told = read("json-canvas", &canvas(&all), &Mapping::default());
    assert_eq!(kinds(&told), [("Order", NoteKind::Command), ("Ordered", NoteKind::DomainEvent)]);
    assert_eq!(keys(&told), ["sketch-legend"]);
    for label in ["orange", "#fd7e14", "ORANGE"] {
        let mapping: Mapping = mapping::pair(&format!("{label}=policy")).into_iter().collect();
        let said = read("json-canvas", &canvas(&all), &mapping);
        assert_eq!(
            kinds(&said),
            [("Order", NoteKind::Policy), ("Ordered", NoteKind::DomainEvent)],
            "{label}"
        );
    }
    // One name of a kind is no legend, nor is the same name in two colours.
    let none = [(0, 0, 150, 100, "#fab005", "User"), (0, 120, 150, 100, "#fa5252", "User")];
    assert_eq!(read("json-canvas", &canvas(&none), &Mapping::default()).board.notes.len(), 2);
    assert_eq!(read("json-canvas", &canvas(&all[1..]), &Mapping::default()).board.notes.len(), 3);
}

#[test]
fn a_colour_between_two_kinds_is_said_to_be_unclear() {
    let cards = [(0, 0, 150, 100, "#fff18a", "Order"), (0, 200, 150, 100, "#fff18a", "Cart")];
    let reading = read("json-canvas", &canvas(&cards), &Mapping::default());
    let [unclear] = &reading.unclear[..] else { panic!("{:?}", reading.unclear) };
    assert_eq!((unclear.label.as_str(), unclear.count, unclear.wordings.len()), ("#fff18a", 2, 2));
    let both: Vec<NoteKind> = [unclear.kind].into_iter().chain(unclear.others.clone()).collect();
    assert!(both.contains(&NoteKind::Actor) && both.contains(&NoteKind::Aggregate), "{unclear:?}");
}

#[test]
fn big_empty_boxes_are_contexts_and_keep_what_is_in_them() {
    let cards = [
        (0, 0, 900, 400, "", "Orders Bounded Context"),
        (20, 60, 150, 100, "2", "Ordered"),
        (400, 60, 150, 100, "2", "Paid"),
        (1000, 0, 600, 400, "#ffffff", "Shipping subdomain"),
        (1100, 60, 150, 100, "2", "Shipped"),
        (1700, 0, 600, 400, "", ""),
    ];
    let reading = read("json-canvas", &canvas(&cards), &Mapping::default());
    let frames: Vec<_> = reading.board.contexts.values().map(|it| (it.name(), it.frame)).collect();
    assert_eq!(frames, [("Orders", Frame::Context), ("Shipping", Frame::Subdomain)]);
    assert_eq!(keys(&reading), ["sketch-empty"]);
    let home = |text: &str| {
        let note = reading.board.notes.values().find(|note| note.text() == text).unwrap();
        reading.board.frame_of(note).map(|id| reading.board.contexts[&id].name())
    };
    assert_eq!(["Ordered", "Paid", "Shipped"].map(home), [Some("Orders"), Some("Orders"), Some("Shipping")]);
}

#[test]
fn cards_without_places_are_laid_out() {
    let cards = [(0, 0, 150, 100, "2", "A"), (0, 0, 150, 100, "2", "B"), (0, 0, 150, 100, "2", "C")];
    let reading = read("json-canvas", &canvas(&cards), &Mapping::default());
    let rects: Vec<Rect> = reading.board.notes.values().map(|note| note.rect()).collect();
    assert!(rects.iter().all(|one| rects.iter().filter(|two| one.overlaps(**two)).count() == 1), "{rects:?}");
}
