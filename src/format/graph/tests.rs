//! A wall as lines for the tests of those who read one, and what holds of every graph.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::model::tests::id;
use crate::model::{Board, KINDS};

/// What lies where, and what leads to what.
pub(in crate::format) fn told(board: &Board) -> Vec<String> {
    let name = |id: &Id| board.notes[id].text().to_owned();
    let notes = board.notes.values().map(|note| {
        let home = board.frame_of(note).map_or("-", |id| board.contexts[&id].name());
        format!("{home}/{}: {}", note.kind.id(), note.text())
    });
    let arrows = board.arrows.values().map(|arrow| {
        let [label, mode] = ["label", "mode"].map(|it| text_of(&arrow.details, it));
        format!("{} >{mode}{label} {}", name(&arrow.from), name(&arrow.to))
    });
    let mut told: Vec<String> = notes.chain(arrows).collect();
    told.sort();
    told
}

fn read(graph: Graph) -> Result<Reading, Said> {
    let mut nth = 0;
    graph.reading(&mut || {
        nth += 1;
        id(nth)
    })
}

prop_compose! {
    fn graphs()(
        frames in vec((any::<bool>(), any::<u8>()), 0..6),
        notes in vec((0..KINDS.len(), any::<u8>()), 1..30),
        steps in vec((any::<u8>(), any::<u8>(), any::<bool>()), 0..40),
    ) -> Graph {
        let mut graph = Graph::default();
        for (is_context, inside) in &frames {
            let frame = graph.frame(if *is_context { Frame::Context } else { Frame::Subdomain }, "곳");
            let outer = usize::from(*inside) % frames.len();
            let is_outer = |at: &usize| !frames[*at].0 && *is_context;
            graph.frames[frame].inside = Some(outer).filter(is_outer);
        }
        for (kind, frame) in notes {
            let frame = frames.len().checked_sub(1).map(|last| usize::from(frame) % (last + 2));
            graph.note(frame.filter(|at| *at < frames.len()), KINDS[kind].kind, "일");
        }
        for (from, to, is_order) in steps {
            let [from, to] = [from, to].map(|it| usize::from(it) % graph.notes.len());
            graph.steps.push(Step { from, to, details: Details::new(), is_order });
        }
        graph
    }
}

proptest! {
    #[test]
    fn everything_lies_in_its_frame_and_nothing_on_anything_else(graph in graphs()) {
        let homes: Vec<Option<u32>> = graph.notes.iter().map(|note| note.frame.map(|at| at as u32 + 1)).collect();
        let first = graph.frames.len() as u32 + 1;
        let board = read(graph).expect("within bounds").board;
        for (nth, home) in (first..).zip(homes) {
            let note = &board.notes[&id(nth)];
            prop_assert_eq!(board.frame_of(note), home.map(id));
            prop_assert!(board.notes.values().all(|it| it.id == note.id || !it.rect().overlaps(note.rect())));
        }
    }
}

#[test]
fn what_does_not_fit_the_wall_is_told() {
    let mut graph = Graph::default();
    let note = graph.note(None, NoteKind::Command, &format!("a\0{}", "b".repeat(WORDING_CHARS_MAX)));
    graph.notes[note].details = Details::from([("pivotal".to_owned(), "so".into())]);
    graph.step(note, note);
    let reading = read(graph).expect("within bounds");
    let keys: Vec<&str> = reading.remarks.iter().map(|it| it.said.key.0).collect();
    assert_eq!(keys, ["remark-text-cut", "remark-no-detail", "remark-arrow-to-itself"]);
    let mut many = Graph::default();
    (0..=CONTEXTS_MAX).for_each(|_| {
        many.frame(Frame::Context, "x");
    });
    assert_eq!(read(many).map(|_| ()).map_err(|said| said.key.0), Err("import-too-many"));
}
