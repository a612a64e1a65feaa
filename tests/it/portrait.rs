//! `saves/squall.storm` is this program as a wall: every command a blue note, every change an orange one, drawn anew
//! here from the sources and compared. Where it differs, the new portrait is left in the target folder to be looked at
//! and copied; no test writes to `saves/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use squall::command::{Command, decide};
use squall::model::arrange::{MARGIN, Plan, Row, Start, arrange};
use squall::model::{
    Arrow, Author, Board, Context, Deed, Details, Entry, EntryId, Frame, Id, Line, Note, NoteKind, PersonId,
    Point, Rect, Sentence, Wording,
};
use squall::session::saves::record::Header;

/// A variant of an enum: its name and the first sentence of its doc.
struct Variant {
    name: String,
    about: String,
}

fn variants(source: &str, name: &str) -> Vec<Variant> {
    let start = source.find(&format!("pub enum {name} {{")).expect("the enum stands in its file");
    let body = &source[start..][..source[start..].find("\n}\n").expect("it ends")];
    let mut about = String::new();
    let mut found = Vec::new();
    for line in body.lines().skip(1) {
        let Some(line) = line.strip_prefix("    ").filter(|line| !line.starts_with(' ')) else { continue };
        if let Some(doc) = line.strip_prefix("/// ") {
            about.push_str(doc);
            about.push(' ');
        } else if line.starts_with(char::is_uppercase) {
            let name = line.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
            found.push(Variant { name, about: about.trim_end().replace('`', "") });
            about.clear();
        }
    }
    found
}

/// `NotePlaced` is worded `Note placed`.
fn worded(name: &str) -> String {
    let mut words = String::new();
    for (at, c) in name.char_indices() {
        match c.is_uppercase() && at > 0 {
            true => words.extend([' ', c.to_ascii_lowercase()]),
            false => words.push(c),
        }
    }
    words
}

/// Which changes a command may lead to, and the context both stand in.
const FLOW: [(&str, &str, &[&str]); 22] = [
    ("PlaceNotes", "Notes", &["NotePlaced"]),
    ("Move", "Notes", &["NoteMoved"]),
    ("ResizeNote", "Notes", &["NoteResized"]),
    ("Reword", "Notes", &["NoteReworded"]),
    ("Settle", "Notes", &["NoteReworded"]),
    ("Recast", "Notes", &["NoteRecast"]),
    ("Stick", "Notes", &["NoteStuck"]),
    ("Layer", "Notes", &["NoteLayered"]),
    ("SetAside", "Notes", &["DetailSet"]),
    ("Remove", "Notes", &["NoteRemoved", "ThingRemoved", "ThingRestored"]),
    ("Connect", "Arrows and frames", &["NotesConnected"]),
    ("Disconnect", "Arrows and frames", &["ThingRemoved"]),
    ("FrameContext", "Arrows and frames", &["ContextFramed"]),
    ("ReshapeContext", "Arrows and frames", &["ContextReshaped"]),
    ("DrawLane", "Arrows and frames", &["LaneDrawn", "LaneMoved"]),
    ("Require", "Beside the wall", &["RequirementWritten"]),
    ("Meet", "Beside the wall", &["DetailSet"]),
    ("Agree", "Beside the wall", &["DecisionWritten"]),
    ("CastVote", "Beside the wall", &["VoteCast"]),
    ("Set", "Beside the wall", &["DetailSet"]),
    ("Import", "Beside the wall", &[]),
    ("All", "Beside the wall", &[]),
];

const PIVOTAL: [(&str, &str); 2] =
    [("NotePlaced", "What leads to what"), ("ContextFramed", "The scenario beside the wall")];

/// What the enums do not tell: kind, wording, context, what it goes on from or to.
const AROUND: [(NoteKind, &str, &str); 12] = [
    (NoteKind::Policy, "Whenever something changed, fold it into the wall", "The log"),
    (NoteKind::Aggregate, "History", "The log"),
    (NoteKind::Policy, "Whenever an entry is made, append its line", "The log"),
    (NoteKind::ExternalSystem, "Disk", "The log"),
    (
        NoteKind::Hotspot,
        "Two people reword one note at once: both wordings stay until somebody settles",
        "The log",
    ),
    (NoteKind::Hotspot, "A clock that jumped: what lies beyond a step too large waits", "The log"),
    (NoteKind::ReadModel, "Board", "The read side"),
    (NoteKind::ReadModel, "Where notes lie", "The read side"),
    (NoteKind::ReadModel, "The order of the story", "The read side"),
    (NoteKind::ReadModel, "What is found", "The read side"),
    (NoteKind::ReadModel, "The flow behind the wall", "The read side"),
    (NoteKind::Actor, "Person", "The read side"),
];

const ARROWS: [(&str, &str, Option<&str>); 11] = [
    ("Note placed", "Whenever something changed, fold it into the wall", None),
    ("Notes connected", "Whenever something changed, fold it into the wall", None),
    ("Context framed", "Whenever something changed, fold it into the wall", None),
    ("Detail set", "Whenever something changed, fold it into the wall", None),
    ("Note placed", "Whenever an entry is made, append its line", None),
    ("Note placed", "Board", None),
    ("Note moved", "Where notes lie", None),
    ("Note placed", "The order of the story", None),
    ("Note reworded", "What is found", None),
    ("Notes connected", "The flow behind the wall", None),
    ("Whenever an entry is made, append its line", "Disk", Some("sync")),
];

const REQUIREMENTS: [&str; 5] = [
    "There is one way to change a wall: a command, decided, or a line, absorbed",
    "There is one way to learn of it: the changes",
    "A read side can be thrown away and made anew",
    "The same lines in any order give the same wall",
    "No wording is ever lost in silence",
];

const CONTEXTS: [(&str, &str, &str); 5] = [
    ("Notes", "core", "Stickies: placing, wording, moving, setting aside"),
    ("Arrows and frames", "core", "What leads to what, and where the boundaries run"),
    ("Beside the wall", "supporting", "The scenario, the decisions, the votes"),
    ("The log", "core", "What happened, kept so that nothing is lost"),
    ("The read side", "supporting", "Answers, each of which can be thrown away"),
];

/// The board under construction: notes by their wording, rows for the layout.
struct Easel {
    entry: EntryId,
    made: u32,
    board: Board,
    order: Vec<Id>,
    plan: Plan,
}

impl Easel {
    fn id(&mut self) -> Id {
        self.made += 1;
        self.entry.thing(self.made - 1)
    }

    fn note(&mut self, kind: NoteKind, wording: &str, details: Details) -> usize {
        let id = self.id();
        let note = Note {
            id,
            kind,
            wording: Wording { values: vec![(id, wording.into())] },
            at: Point::default(),
            size: kind.row().size,
            z: 0,
            host: None,
            author: "squall".into(),
            details,
        };
        self.board.notes.insert(id, note);
        self.order.push(id);
        self.plan.sizes.push(kind.row().size);
        self.order.len() - 1
    }

    fn row(&mut self, notes: Vec<usize>, start: Start<usize>, frame: usize) {
        self.plan.rows.push(Row { notes, start, frame: Some(frame), lane: 0, lone: false });
    }

    fn arrow(&mut self, from: usize, to: usize, mode: Option<&str>) {
        let (from, to, id) = (self.order[from], self.order[to], self.id());
        let details = mode.map(|mode| ("mode".to_owned(), mode.into())).into_iter().collect();
        self.board.arrows.insert(id, Arrow { id, from, to, details });
    }

    fn worded(&self, wording: &str) -> usize {
        let at = self.order.iter().position(|id| self.board.notes[id].text() == wording);
        at.unwrap_or_else(|| panic!("no note says {wording:?}"))
    }
}

fn details(pairs: &[(&str, &str)]) -> Details {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect()
}

fn portrait() -> Board {
    let author: Author = "portrait00".parse().expect("ten letters");
    let entry = EntryId { author, counter: 1 };
    let mut easel = Easel {
        entry,
        made: 0,
        board: Board { id: "portrait00".into(), ..Board::default() },
        order: vec![],
        plan: Plan::default(),
    };
    easel.board.details = details(&[
        ("title", "squall, drawn by itself"),
        ("alias", "squall"),
        ("level", "design"),
        (
            "scope",
            "What can be asked of a wall, and what can have happened to it. Screens, files and networks are out of scope.",
        ),
    ]);
    let commands = variants(include_str!("../../src/command/mod.rs"), "Command");
    let mut changes: BTreeMap<String, String> = variants(include_str!("../../src/model/change.rs"), "Change")
        .into_iter()
        .map(|change| (change.name, change.about))
        .collect();
    let frame_of =
        |name: &str| CONTEXTS.iter().position(|(context, ..)| *context == name).expect("a context");
    easel.plan.frames = vec![None; CONTEXTS.len()];
    let mut placed: BTreeMap<String, usize> = BTreeMap::new();
    for command in &commands {
        let (_, context, results) = FLOW
            .iter()
            .find(|(name, ..)| *name == command.name)
            .unwrap_or_else(|| panic!("FLOW says nothing of the command {}", command.name));
        let about = details(&[("alias", &command.name), ("definition", &command.about)]);
        let asked = easel.note(NoteKind::Command, &worded(&command.name), about);
        let mut row = vec![asked];
        let mut others = Vec::new();
        for result in *results {
            if let Some(about) = changes.remove(*result) {
                let mut told = details(&[("alias", result), ("definition", &about)]);
                if let Some((_, chapter)) = PIVOTAL.iter().find(|(name, _)| name == result) {
                    told.insert("pivotal".into(), true.into());
                    told.insert("chapter".into(), (*chapter).into());
                }
                let happened = easel.note(NoteKind::DomainEvent, &worded(result), told);
                placed.insert((*result).to_owned(), happened);
                if row.len() == 1 { row.push(happened) } else { others.push(happened) }
            }
        }
        easel.row(row, Start::Fresh, frame_of(context));
        for other in others {
            easel.row(vec![other], Start::After(asked), frame_of(context));
        }
    }
    assert!(changes.is_empty(), "FLOW says of no command that it leads to {:?}", changes.keys());
    for (kind, wording, context) in AROUND {
        let note = easel.note(kind, wording, Details::new());
        easel.row(vec![note], Start::Fresh, frame_of(context));
    }
    for (command, _, results) in
        FLOW.iter().filter(|(name, ..)| commands.iter().any(|command| command.name == *name))
    {
        let from = easel.worded(&worded(command));
        for result in *results {
            easel.arrow(from, placed[*result], None);
        }
    }
    for (from, to, mode) in ARROWS {
        let (from, to) = (easel.worded(from), easel.worded(to));
        easel.arrow(from, to, mode);
    }
    let fold = easel.worded("Whenever something changed, fold it into the wall");
    let history = easel.worded("History");
    easel.arrow(fold, history, None);
    let person = easel.worded("Person");
    let board = easel.worded("Board");
    easel.arrow(board, person, None);

    let places = arrange(&easel.plan);
    for (id, at) in easel.order.clone().into_iter().zip(&places.notes) {
        if let Some(note) = easel.board.notes.get_mut(&id) {
            note.at = *at;
        }
    }
    for (frame, (name, class, purpose)) in CONTEXTS.into_iter().enumerate() {
        let id = easel.id();
        let details = details(&[("name", name), ("class", class), ("purpose", purpose)]);
        let rect: Rect = places.frames[frame];
        assert!(rect.size.w > 2 * MARGIN, "{name} holds something");
        easel.board.contexts.insert(id, Context { id, frame: Frame::Context, rect, details });
    }
    for text in REQUIREMENTS {
        let id = easel.id();
        easel.board.requirements.insert(id, Sentence { id, details: details(&[("text", text)]) });
    }
    easel.board
}

/// The portrait as the lines of a board file: one deed for each thing, in a fixed order, by a fixed author, at a fixed
/// time.
fn file(board: &Board) -> String {
    let author: Author = "portrait00".parse().expect("ten letters");
    let entry = |counter| EntryId { author, counter };
    let empty = Board { id: board.id.clone(), ..Board::default() };
    let changes =
        decide(&empty, entry(1), &Command::Import(Box::new(board.clone()))).expect("a portrait is a board");
    let lines = changes.into_iter().zip(1..).map(|(change, counter)| {
        let entry = Entry {
            id: entry(counter),
            t: counter,
            at: "2026-11-22T09:00:00Z".into(),
            who: PersonId("portrait".into()),
            by: "squall".into(),
            part: None,
            undo: None,
            redo: None,
            deeds: vec![(0, Deed { change, at_mark: None })],
            has_unread: false,
        };
        Line::write(entry).expect("one thing fits a line").text.to_string()
    });
    [Header::of(&board.id).line()].into_iter().chain(lines).map(|line| line + "\n").collect()
}

#[test]
fn the_portrait_of_this_program_is_true() {
    let drawn = file(&portrait());
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("saves/squall.storm");
    if fs::read_to_string(&kept).ok().as_deref() != Some(&drawn) {
        let anew = Path::new(env!("CARGO_TARGET_TMPDIR")).join("squall.storm");
        fs::write(&anew, &drawn).expect("the target folder can be written to");
        panic!("the program has changed: look at {} and copy it to {}", anew.display(), kept.display());
    }
}
