use super::*;
use crate::model::Change;
use crate::model::geometry::Point;

fn entry() -> Entry {
    let id: EntryId = "k3x9v2p4qd.17".parse().unwrap();
    let moved = Change::NoteMoved { note: id.thing(3), to: Point::new(12, 4) };
    let mark = Mark { t: 7, entry: id, index: 2 };
    let framed = Change::LaneDrawn { id: id.thing(1), y: 3, details: Default::default() };
    Entry {
        id,
        t: 812,
        at: "2026-11-22T13:40:02Z".into(),
        who: PersonId("p7".into()),
        by: "민수".into(),
        part: None,
        undo: None,
        redo: None,
        deeds: vec![
            (0, Deed { change: moved, at_mark: Some(mark) }),
            (1, Deed { change: framed, at_mark: None }),
        ],
        has_unread: false,
    }
}

#[test]
fn what_is_written_is_read_back() {
    let line = Line::write(entry()).unwrap();
    assert_eq!(Line::read(&line.text), Ok(line.clone()));
    assert!(line.text.contains(
        r#""do":[{"note_moved":{"note":"k3x9v2p4qd.17/3","to":[12,4]},"as":[7,"k3x9v2p4qd",17,2]},{"lane_drawn":{"y":3}}]"#
    ), "{}", line.text);
}

#[test]
fn any_flipped_bit_is_seen() {
    let line = Line::write(entry()).unwrap();
    for at in 0..line.text.len() * 8 {
        let mut bytes = line.text.as_bytes().to_vec();
        bytes[at / 8] ^= 1 << (at % 8);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            assert!(Line::read(text).is_err(), "bit {at} flipped unseen: {text}");
        }
    }
}

#[test]
fn what_this_version_cannot_read_is_counted_and_the_rest_applied() {
    let text = sealed(
        r#"{"id":"k3x9v2p4qd.2","t":5,"mood":"fine","do":[{"note_folded":{"note":"x"}},{"lane_drawn":{"y":3}},{"lane_moved":{"lane":"k3x9v2p4qd.2/1","y":9000000}}]}"#,
    );
    let line = Line::read(&text).unwrap();
    assert!(line.entry.has_unread);
    assert_eq!(line.entry.deeds.len(), 1);
    assert_eq!(line.entry.deeds[0].0, 1);
    assert_eq!(line.entry.deeds[0].1.change.makes(), Some("k3x9v2p4qd.2/1".parse().unwrap()));
}

#[test]
fn an_envelope_needs_an_id_and_a_time() {
    assert_eq!(Line::read(&sealed(r#"{"t":5}"#)), Err(BadLine::NoEnvelope));
    assert_eq!(Line::read(&sealed(r#"{"id":"k3x9v2p4qd.0","t":5}"#)), Err(BadLine::NoEnvelope));
    assert_eq!(
        Line::read(&sealed(r#"{"id":"k3x9v2p4qd.1","t":9007199254740993}"#)),
        Err(BadLine::NoEnvelope)
    );
    assert_eq!(Line::read(r#"{"id":"k3x9v2p4qd.1","t":5}"#), Err(BadLine::NoSum));
    let deep = format!(r#"{{"id":"k3x9v2p4qd.1","t":5,"do":{}{}}}"#, "[".repeat(9000), "]".repeat(9000));
    assert!(
        Line::read(&sealed(&deep)).is_ok_and(|line| line.entry.has_unread && line.entry.deeds.is_empty())
    );
}
