//! Proposed contexts: how near they come to those people drew, and what finding them costs beside the cutting itself.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;

use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig, QualityType};
use squall::format::{guessed, text_in};
use squall::model::{Board, EntryId, Id};
use squall::query::Flow;
use squall::query::suggest::{GRANULARITIES, Method, Suggestion, likeness, suggest};
use squall::session::Wall;
use squall::session::saves::look;

use crate::{Ratio, wall};

pub(crate) fn run() {
    agreements();
    let history = wall::joined(2_000);
    let flow = Flow::of(history.board());
    let found = propose(history.board(), &flow);
    let ties: Vec<(Id, Id, f64)> = found.ties().collect();
    Ratio { name: "suggest: 2,000 notes, all three proposals, against its cuts", most: 1.3 }.measure(
        5,
        || {
            let found = propose(history.board(), &flow);
            Method::ALL.map(|method| found.cut(method, found.chosen()))
        },
        || cut_only(&ties),
    );
}

fn propose<'a>(board: &'a Board, flow: &'a Flow) -> Suggestion<'a> {
    suggest(board, flow, &mut |_, _| ControlFlow::Continue(())).expect("nobody breaks off")
}

/// The same 110 runs of Leiden, and nothing else.
fn cut_only(ties: &[(Id, Id, f64)]) {
    let ends: std::collections::BTreeSet<Id> = ties.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
    let place: BTreeMap<Id, usize> = ends.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut builder = GraphDataBuilder::new(place.len());
    for (a, b, weight) in ties.iter().filter(|(.., weight)| *weight > 0.0) {
        builder.add_edge(place[a], place[b], *weight).expect("both ends are known");
    }
    let graph = builder.build().expect("the graph is whole");
    for resolution in GRANULARITIES {
        for seed in 0..10 {
            let quality = QualityType::RBConfiguration;
            let config = LeidenConfig { seed: Some(seed), resolution, quality, ..LeidenConfig::default() };
            black_box(Leiden::new(config).run(&graph).expect("there are ties"));
        }
    }
}

/// The adjusted Rand index of each proposal against the frames of the samples, and of every board in the folder
/// `SQUALL_BOARDS` that squall can read.
#[expect(clippy::print_stdout, reason = "what a bench is for")]
fn agreements() {
    let saves = Path::new(env!("CARGO_MANIFEST_DIR")).join("saves");
    let folders = [Some(saves), std::env::var_os("SQUALL_BOARDS").map(Into::into)];
    let mut files: Vec<_> = folders
        .into_iter()
        .flatten()
        .filter_map(|folder: std::path::PathBuf| std::fs::read_dir(folder).ok())
        .flatten()
        .filter_map(|file| Some(file.ok()?.path()))
        .collect();
    files.sort();
    for (path, board) in files.into_iter().filter_map(|path| Some((path.clone(), read(&path)?))) {
        let flow = Flow::of(&board);
        let found = propose(&board, &flow);
        let told =
            Method::ALL.map(|method| format!("{} {:.2}", method.id(), agreement(&board, &found, method)));
        let name = path.file_name().unwrap_or_default().display().to_string();
        println!("{:<58} {}", format!("suggest: likeness to the frames of {name}"), told.join(", "));
    }
}

/// A board with frames; nothing else can be compared.
fn read(path: &Path) -> Option<Board> {
    let board = if path.extension()? == "storm" {
        Wall::of("sample", look(path, &mut |_, _| ()).ok()?.lines).board().clone()
    } else {
        let bytes = std::fs::read(path).ok()?;
        let (text, name) = (text_in(&bytes).ok()?, path.file_name()?.to_str()?);
        let entry: EntryId = "bench00000.1".parse().ok()?;
        let mut made = 0..;
        guessed(text, name)?.read(text, &mut || entry.thing(made.next().unwrap_or(0))).ok()?.board
    };
    (board.contexts.len() > 1).then_some(board)
}

fn agreement(board: &Board, found: &Suggestion<'_>, method: Method) -> f64 {
    let mut frames: BTreeMap<Id, usize> = BTreeMap::new();
    let framed = found.assigned(method, found.chosen()).into_iter().filter_map(|(note, group)| {
        let frame = board.frame_of(&board.notes[&note])?;
        let next = frames.len();
        Some((*frames.entry(frame).or_insert(next), group))
    });
    let (truth, cut): (Vec<usize>, Vec<usize>) = framed.unzip();
    likeness(&truth, &cut)
}
