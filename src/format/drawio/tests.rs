use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;

use crate::format::{Mapping, Reading, named};
use crate::model::{Author, EntryId, Id, NoteKind};
use crate::words::Said;

fn read(text: &str) -> Result<Reading, Said> {
    let entry = EntryId { author: Author::from_random(5), counter: 1 };
    let mut next = 0;
    let mut mint = || -> Id {
        next += 1;
        entry.thing(next - 1)
    };
    named("drawio").unwrap().read_mapped(text, &Mapping::default(), &mut mint)
}

const CELLS: &str = r##"<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>
<mxCell id="f" value="&lt;b&gt;주문&lt;/b&gt;" style="html=1;" vertex="1" parent="1"><mxGeometry x="0" y="0" width="600" height="300"/></mxCell>
<mxCell id="a" value="Order&lt;br&gt;placed&amp;nbsp;" style="html=1;fillColor=#ffcc99;" vertex="1" parent="1"><mxGeometry x="200" y="60" width="100" height="50"/></mxCell>
<mxCell id="g" style="group" vertex="1" parent="1"><mxGeometry x="30" y="40" width="200" height="100"/></mxCell>
<mxCell id="b" value="a &lt;b" style="fillColor=#cce5ff;" vertex="1" parent="g"><mxGeometry x="10" y="20" width="100" height="50"/></mxCell>
<mxCell id="e" style="dashed=1;" edge="1" parent="1" source="b" target="a"><mxGeometry relative="1"/></mxCell>
<mxCell id="l" value="then" style="edgeLabel" vertex="1" parent="e"><mxGeometry x="0.5" relative="1"/></mxCell>
</root></mxGraphModel>"##;

fn packed(page: &str) -> String {
    let encoded: String = page.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(encoded.as_bytes()).unwrap();
    STANDARD.encode(deflate.finish().unwrap())
}

fn notes(reading: &Reading) -> Vec<(&str, NoteKind)> {
    reading.board.notes.values().map(|note| (note.text(), note.kind)).collect()
}

#[test]
fn pages_are_read_plain_or_packed_and_stand_side_by_side() {
    let plain = read(CELLS).unwrap();
    assert_eq!(notes(&plain), [("Order\nplaced", NoteKind::DomainEvent), ("a <b", NoteKind::Command)]);
    assert_eq!(plain.remarks, []);
    let arrow = plain.board.arrows.values().next().unwrap();
    assert_eq!((arrow.label(), arrow.mode().is_some()), ("then", true));
    let context = plain.board.contexts.values().next().unwrap();
    assert!(
        context.name() == "주문"
            && plain.board.notes.values().all(|it| plain.board.frame_of(it) == Some(context.id))
    );

    let page = packed(CELLS);
    let both = format!("<mxfile><diagram>{page}</diagram><diagram>{CELLS}</diagram></mxfile>");
    let both = read(&both).unwrap();
    assert_eq!((both.board.notes.len(), both.board.arrows.len(), both.board.contexts.len()), (4, 2, 2));
    let contexts: Vec<_> = both.board.contexts.values().map(|it| it.rect).collect();
    assert!(!contexts[0].overlaps(contexts[1]), "{contexts:?}");
}

#[test]
fn elements_that_wrap_a_cell_say_its_kind() {
    let cell = |x: i32| {
        format!(
            r#"<mxCell vertex="1" parent="1" style=""><mxGeometry x="{x}" width="100" height="50"/></mxCell>"#
        )
    };
    let text = format!(
        r#"<mxGraphModel><root><boundedContext id="c" label="Cart" type="boundedContext"><mxCell vertex="1" parent="1" style="">
        <mxGeometry x="-20" y="-60" width="600" height="200"/></mxCell></boundedContext>
        <event id="1a" label="Paid" type="event">{}</event><hotSpot id="2a" label="why?">{}</hotSpot>
        <role id="3a" label="Clerk">{}</role></root></mxGraphModel>"#,
        cell(0),
        cell(150),
        cell(300)
    );
    let reading = read(&text).unwrap();
    let kinds = [("Paid", NoteKind::DomainEvent), ("why?", NoteKind::Hotspot), ("Clerk", NoteKind::Actor)];
    assert_eq!(notes(&reading), kinds);
    assert_eq!(reading.board.contexts.values().map(|it| it.name()).collect::<Vec<_>>(), ["Cart"]);
}

#[test]
fn bombs_are_refused_with_a_sentence() {
    let key = |text: &str| read(text).unwrap_err().key.0;
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b'<'; 1 << 20];
    (0..65).for_each(|_| deflate.write_all(&zeros).unwrap());
    let bomb = STANDARD.encode(deflate.finish().unwrap());
    assert!(bomb.len() < 200_000);
    assert_eq!(key(&format!("<mxfile><diagram>{bomb}</diagram></mxfile>")), "import-too-large");
    let entities = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><mxGraphModel><root a="&b;"/></mxGraphModel>"#;
    assert_eq!(key(entities), "sketch-unreadable");
    assert_eq!(key(&format!("<mxfile>{}", "<a>".repeat(100_000))), "import-too-deep");
    assert_eq!(key(&format!("<mxfile {}/>", "a=\"\" ".repeat(100_000))), "import-too-many");
    assert_eq!(key(&format!("<mxfile>{}</mxfile>", "<a/>".repeat(700_000))), "import-too-many");
    assert_eq!(key("<mxfile><diagram>no base64!</diagram></mxfile>"), "sketch-unreadable");
}
