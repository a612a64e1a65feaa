use serde_json::{Value, json};

use crate::format::{Mapping, Reading, named};
use crate::model::{Author, EntryId, Id, NoteKind};
use crate::words::Lang;

fn read(elements: &Value) -> Reading {
    let entry = EntryId { author: Author::from_random(5), counter: 1 };
    let mut next = 0;
    let mut mint = || -> Id {
        next += 1;
        entry.thing(next - 1)
    };
    let text = json!({ "type": "excalidraw", "version": 2, "elements": elements }).to_string();
    named("excalidraw").unwrap().read_mapped(&text, &Mapping::default(), &mut mint).unwrap()
}

fn rectangle(id: &str, x: i32, color: &str) -> Value {
    json!({ "id": id, "type": "rectangle", "x": x, "y": 0, "width": 150, "height": 100, "backgroundColor": color })
}

fn text(words: &str, at: (i32, i32), more: &Value) -> Value {
    let mut text = json!({ "id": words, "type": "text", "x": at.0, "y": at.1, "width": 60, "height": 25, "text": words });
    text.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    text
}

#[test]
fn a_board_somebody_drew_is_read() {
    let mut old = rectangle("b", 300, "#a5d8ff");
    old["groupIds"] = json!(["g"]);
    let reading = read(&json!([
        { "id": "f", "type": "ellipse", "x": -100, "y": -200, "width": 800, "height": 500, "backgroundColor": "transparent" },
        text("주문 바운디드 컨텍스트", (100, -180), &json!({})),
        text("a remark", (100, -100), &json!({})),
        rectangle("a", 0, "#ffa94d"),
        text("Ordered", (10, 10), &json!({ "containerId": "a" })),
        old,
        text("Order", (310, 190), &json!({ "groupIds": ["g"] })),
        rectangle("c", 520, "#fd7e14"),
        text("Paid", (540, 30), &json!({})),
        { "id": "gone", "type": "rectangle", "x": 0, "y": 0, "isDeleted": true },
        { "id": "p", "type": "image", "x": 0, "y": 0 },
        null,
        { "id": 7, "type": "rectangle" },
        { "id": "x", "type": "arrow", "x": 290, "y": 50, "points": [[0, 0], [-130, 0]], "strokeStyle": "dashed",
            "startBinding": { "elementId": "Order" }, "endBinding": { "elementId": "Ordered" } },
        { "id": "y", "type": "arrow", "x": 155, "y": 50, "points": [[0, 0], [360, 0]] },
        { "id": "z", "type": "arrow", "x": 155, "y": 50, "points": [[0, 0], [9000, 0]] },
    ]));
    let Reading { board, remarks, .. } = reading;
    let notes: Vec<_> = board.notes.values().map(|note| (note.text(), note.kind)).collect();
    assert_eq!(
        notes,
        [
            ("a remark", NoteKind::Note),
            ("Ordered", NoteKind::DomainEvent),
            ("Order", NoteKind::Command),
            ("Paid", NoteKind::DomainEvent)
        ]
    );
    let name = |id: Id| board.notes[&id].text();
    let arrows: Vec<_> =
        board.arrows.values().map(|it| (name(it.from), name(it.to), it.mode().is_some())).collect();
    assert_eq!(arrows, [("Order", "Ordered", true), ("Ordered", "Paid", false)]);
    assert_eq!(board.contexts.values().map(|it| it.name()).collect::<Vec<_>>(), ["주문"]);
    let keys: Vec<_> = remarks.iter().map(|remark| remark.said.key.0).collect();
    let told = ["import-element-unreadable", "sketch-skipped", "sketch-loose-arrow", "sketch-snapped"];
    assert_eq!(keys, told);
}

#[test]
fn a_legend_may_be_texts_beside_boxes() {
    let small = |id: &str, y: i32, color: &str| json!({ "id": id, "type": "rectangle", "x": 0, "y": y, "width": 30, "height": 30, "backgroundColor": color });
    let reading = read(&json!([
        small("l", -200, "#a5d8ff"),
        text("Events", (40, -198), &json!({})),
        small("m", -150, "#ffa94d"),
        text("커맨드", (40, -148), &json!({})),
        rectangle("a", 0, "#ffa94d"),
        text("Order", (10, 10), &json!({ "containerId": "a" })),
        rectangle("b", 200, "#a5d8ff"),
        text("Ordered", (210, 10), &json!({ "containerId": "b" })),
        rectangle("c", 400, "#ffa94d"),
    ]));
    let notes: Vec<_> = reading.board.notes.values().map(|note| (note.text(), note.kind)).collect();
    let told = [("Order", NoteKind::Command), ("Ordered", NoteKind::DomainEvent), ("", NoteKind::Command)];
    assert_eq!(notes, told);
    let said: Vec<_> = reading.remarks.iter().map(|remark| remark.said.speak(Lang::Ko)).collect();
    assert_eq!(said, ["범례로 읽고 보드에는 올리지 않았어요: #a5d8ff = 도메인 이벤트, #ffa94d = 커맨드"]);
}
