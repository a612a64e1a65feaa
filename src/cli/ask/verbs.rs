//! The verbs of `squall do`, one row each.

use serde_json::Value;

use super::Shape::{Count, Mode, Name, Point as Place, Row, Size, Text};
use super::Slot::{After, Many, ManyAfter, May, One};
use super::fields::Fields;
use super::{AskRow, Request};
use crate::command::{Area, Command, NewArrow, NewNote, put_row};
use crate::format::text;
use crate::model::{Board, Frame, Id, Level, Point, Rect, Thing};
use crate::words::Said;

/// Every verb, in the order of the help.
pub(crate) static ASKS: &[AskRow] = {
    macro_rules! row {
        ($verb:literal, $slots:expr, $request:expr) => {
            AskRow { verb: $verb, form: concat!("form-", $verb), slots: &$slots, request: $request }
        };
    }
    &[
        row!(
            "place",
            [
                One("kind", Text),
                One("wording", Text),
                After("at", "at", Place),
                May("size", Size),
                After("on", "on", Name)
            ],
            place
        ),
        row!("line", [One("text", Text), After("after", "after", Name), After("at", "at", Place)], line),
        row!("move", [Many("id"), After("to", "to", Place), After("by", "by", Place)], move_),
        row!("reword", [One("id", Name), One("wording", Text)], |f| {
            Ok(Command::Reword { note: f.id("id")?, wording: f.text("wording")? }.into())
        }),
        row!("settle", [One("id", Name), One("choice", Count)], settle),
        row!("recast", [Many("id"), One("kind", Text)], |f| {
            Ok(Command::Recast { notes: f.ids("id")?, kind: f.kind()? }.into())
        }),
        row!("remove", [Many("id")], |f| Ok(Command::Remove { things: f.ids("id")? }.into())),
        row!("connect", [One("from", Name), One("to", Name), May("mode", Mode), May("label", Text)], connect),
        row!("disconnect", [One("from", Name), One("to", Name)], |f| {
            Ok(Command::Disconnect { from: f.id("from")?, to: f.id("to")? }.into())
        }),
        row!("stick", [One("id", Name), After("on", "on", Name)], |f| {
            Ok(Command::Stick { note: f.id("id")?, host: Some(f.id("on")?) }.into())
        }),
        row!("unstick", [One("id", Name)], |f| Ok(Command::Stick { note: f.id("id")?, host: None }.into())),
        row!("resize", [One("id", Name), One("size", Size)], resize),
        row!("raise", [Many("id")], |f| Ok(Command::Layer { notes: f.ids("id")?, up: true }.into())),
        row!("lower", [Many("id")], |f| Ok(Command::Layer { notes: f.ids("id")?, up: false }.into())),
        row!("pivotal", [One("id", Name), May("chapter", Text)], pivotal),
        row!("set-aside", [Many("id"), One("why", Text)], |f| {
            Ok(Command::SetAside { notes: f.ids("id")?, reason: Some(f.text("why")?) }.into())
        }),
        row!("put-back", [Many("id")], |f| {
            Ok(Command::SetAside { notes: f.ids("id")?, reason: None }.into())
        }),
        row!("resolve", [One("id", Name)], |f| Ok(set(Some(f.id("id")?), "resolved", true.into()))),
        row!("set", [One("id", Name), One("field", Text), One("value", Text)], set_field),
        row!("vote", [One("id", Name), May("votes", Count)], |f| {
            Ok(Command::CastVote { note: f.id("id")?, votes: f.may_count("votes")?.unwrap_or(1) }.into())
        }),
        row!(
            "context",
            [One("name", Text), ManyAfter("around", "around"), After("at", "at", Place), May("size", Size)],
            |f| frame(f, Frame::Context)
        ),
        row!(
            "subdomain",
            [One("name", Text), ManyAfter("around", "around"), After("at", "at", Place), May("size", Size)],
            |f| frame(f, Frame::Subdomain)
        ),
        row!("lane", [One("name", Text), After("at", "at", Row)], |f| {
            Ok(Command::DrawLane { name: f.text("name")?, y: f.row("at")? }.into())
        }),
        row!("board", [One("field", Text), One("value", Text)], |f| {
            let (field, value) = (f.text("field")?, f.take("value")?);
            let (field, value) = f.detail(Thing::Board, &field, value)?;
            Ok(set(None, &field, value))
        }),
        row!("require", [One("text", Text)], |f| Ok(Command::Require { text: f.text("text")? }.into())),
        row!("meet", [One("requirement", Name), Many("id")], |f| {
            Ok(Command::Meet { requirement: f.id("requirement")?, notes: f.ids("id")? }.into())
        }),
        row!("decision", [One("text", Text)], |f| Ok(Command::Agree { text: f.text("text")? }.into())),
        row!("undo", [], |_| Ok(Request::Undo)),
        row!("redo", [], |_| Ok(Request::Redo)),
    ]
};

fn place(f: &mut Fields<'_>) -> Result<Request, Said> {
    let note = NewNote {
        kind: f.kind()?,
        wording: f.text("wording")?,
        at: f.may_point("at")?,
        size: f.may_size("size")?,
        host: f.may_id("on")?,
        details: f.details(Thing::Note)?,
    };
    Ok(Command::PlaceNotes { notes: vec![note], arrows: Vec::new() }.into())
}

/// A row of the text form, below everything where nothing is said.
fn line(f: &mut Fields<'_>) -> Result<Request, Said> {
    let (text, after, at) = (f.text("text")?, f.may_id("after")?, f.may_point("at")?);
    let board = f.names.board;
    let reading = text::line(board, &text, board.level().unwrap_or(Level::Design), after, at);
    let remarks = reading.remarks.into_iter().map(|remark| remark.said).collect();
    Ok(Request::Do(put_row(board, &reading.board), remarks))
}

/// `to` is where the first of the things comes to lie; the others keep their distance from it.
fn move_(f: &mut Fields<'_>) -> Result<Request, Said> {
    let things = f.ids("id")?;
    let by = if f.has("by") {
        f.point("by")?
    } else {
        let to = f.point("to")?;
        let at = place_of(f.names.board, things[0]);
        to.minus(at.ok_or_else(|| Said::new("do-no-place-yet").with("id", things[0]))?)
    };
    Ok(Command::Move { things, by }.into())
}

fn place_of(board: &Board, id: Id) -> Option<Point> {
    let note = board.notes.get(&id).map(|note| note.at);
    let context = || board.contexts.get(&id).map(|context| context.rect.at);
    note.or_else(context).or_else(|| board.lanes.get(&id).map(|lane| Point::new(0, lane.y)))
}

fn settle(f: &mut Fields<'_>) -> Result<Request, Said> {
    let (note, choice) = (f.id("id")?, f.count("choice")?);
    let choice = choice.checked_sub(1).ok_or_else(|| Said::new("do-choice-from-one"))?;
    Ok(Command::Settle { note, choice: choice as usize }.into())
}

fn connect(f: &mut Fields<'_>) -> Result<Request, Said> {
    let mut arrow = NewArrow::new(f.id("from")?, f.id("to")?);
    let mode = f.mode()?;
    arrow.details = f.details(Thing::Arrow)?;
    arrow.details.extend(mode.map(|mode| ("mode".to_owned(), mode.id().into())));
    Ok(Command::Connect(arrow).into())
}

/// A note gets another size; a context keeps its corner.
fn resize(f: &mut Fields<'_>) -> Result<Request, Said> {
    let (id, size) = (f.id("id")?, f.size("size")?);
    let command = match f.names.board.contexts.get(&id) {
        Some(context) => Command::ReshapeContext { context: id, rect: Rect { at: context.rect.at, size } },
        None => Command::ResizeNote { note: id, size },
    };
    Ok(command.into())
}

fn pivotal(f: &mut Fields<'_>) -> Result<Request, Said> {
    let of = Some(f.id("id")?);
    let pivotal = Command::Set { of, field: "pivotal".into(), value: true.into() };
    Ok(match f.may_text("chapter")? {
        None => pivotal,
        Some(chapter) => {
            Command::All(vec![pivotal, Command::Set { of, field: "chapter".into(), value: chapter.into() }])
        }
    }
    .into())
}

fn set(of: Option<Id>, field: &str, value: Value) -> Request {
    Command::Set { of, field: field.to_owned(), value }.into()
}

/// An empty value clears the field: `set ID aside ""` puts a note back.
fn set_field(f: &mut Fields<'_>) -> Result<Request, Said> {
    let (id, word, value) = (f.id("id")?, f.text("field")?, f.take("value")?);
    let of = f.names.board.thing(id).unwrap_or(Thing::Note);
    let (field, value) = f.detail(of, &word, value)?;
    Ok(set(Some(id), &field, value))
}

fn frame(f: &mut Fields<'_>, frame: Frame) -> Result<Request, Said> {
    let area = if f.has("around") {
        Area::Around(f.ids("around")?)
    } else {
        Area::Rect(Rect { at: f.point("at")?, size: f.size("size")? })
    };
    Ok(Command::FrameContext { frame, area, details: f.details(Thing::Context)? }.into())
}
