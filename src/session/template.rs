//! What a new wall may start from: samples to learn from, and one row of notes for each level of the method.

use super::person::new_board_id;
use super::saves::read;
use super::seat::{Refusal, Seat};
use super::wall::Wall;
use crate::command::{Command, NewArrow, NewNote};
use crate::model::{Id, Level, NoteKind, Point};
use crate::words::Lang;

/// Something a new wall may start from.
#[derive(Debug)]
pub struct Template {
    /// What it is asked for by.
    pub id: &'static str,
    /// The sentence about it.
    pub about: &'static str,
    origin: Origin,
}

#[derive(Debug)]
enum Origin {
    /// A board file, copied.
    Sample(&'static str),
    /// One row of notes to word anew, joined where the level joins them.
    Row { level: Level, kinds: &'static [NoteKind], is_joined: bool },
    /// Nothing.
    Blank,
}

/// Everything a new wall may start from, in the order it is offered.
pub const TEMPLATES: &[Template] = {
    use NoteKind::{
        Actor, Aggregate, Command, DomainEvent, ExternalSystem, Hotspot, Opportunity, Policy, ReadModel,
    };
    const fn row(level: Level, kinds: &'static [NoteKind], is_joined: bool) -> Origin {
        Origin::Row { level, kinds, is_joined }
    }
    macro_rules! template {
        ($id:literal, $about:literal, $origin:expr) => {
            Template { id: $id, about: $about, origin: $origin }
        };
    }
    const BIG_PICTURE: &[NoteKind] = &[Actor, DomainEvent, ExternalSystem, Hotspot, Opportunity];
    const PROCESS: &[NoteKind] = &[ReadModel, Actor, Command, ExternalSystem, DomainEvent, Policy];
    const DESIGN: &[NoteKind] = &[ReadModel, Actor, Command, Aggregate, DomainEvent, Policy];
    &[
        template!("shop", "template-shop", Origin::Sample(include_str!("../../saves/shop.storm"))),
        template!("hotel", "template-hotel", Origin::Sample(include_str!("../../saves/hotel.storm"))),
        template!("squall", "template-squall", Origin::Sample(include_str!("../../saves/squall.storm"))),
        template!("big-picture", "template-big-picture", row(Level::BigPicture, BIG_PICTURE, false)),
        template!("process", "template-process", row(Level::Process, PROCESS, true)),
        template!("design", "template-design", row(Level::Design, DESIGN, true)),
        template!("blank", "template-blank", Origin::Blank),
    ]
};

/// Cells between the notes of a row.
const GAP: i32 = 6;

impl Template {
    /// The template of a name.
    pub fn named(id: &str) -> Option<&'static Template> {
        TEMPLATES.iter().find(|template| template.id == id)
    }

    /// Whether it is a whole wall to look at.
    pub fn is_sample(&self) -> bool {
        matches!(self.origin, Origin::Sample(_))
    }

    /// A new wall that starts from this, in no file yet. What a row says is the deed of the person at `seat`.
    pub fn wall(&self, lang: Lang, seat: &mut Seat) -> Result<Wall, Refusal> {
        let id = new_board_id();
        match &self.origin {
            Origin::Blank => Ok(Wall::new(&id)),
            Origin::Sample(text) => {
                let reading = read::read(&mut text.as_bytes(), 0, &mut |_, _| ());
                Ok(Wall::of(&id, reading.expect("memory can be read").lines))
            }
            Origin::Row { level, kinds, is_joined } => {
                let mut wall = Wall::new(&id);
                let level = Command::Set { of: None, field: "level".into(), value: level.id().into() };
                let row = Command::All(vec![level, row_of(kinds, *is_joined, lang)]);
                seat.perform(&mut wall, &row)?;
                Ok(wall)
            }
        }
    }
}

fn row_of(kinds: &[NoteKind], is_joined: bool, lang: Lang) -> Command {
    let mut x = 2;
    let notes = kinds.iter().map(|kind| {
        let note = NewNote::new(*kind, kind.label(lang)).at(Point::new(x, 2));
        x += kind.row().size.w + GAP;
        note
    });
    let notes: Vec<NewNote> = notes.collect();
    let count = if is_joined { notes.len() as u32 } else { 0 };
    let arrows = (1..count).map(|nth| NewArrow::new(Id::made(nth - 1), Id::made(nth)));
    Command::PlaceNotes { notes, arrows: arrows.collect() }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::PersonId;
    use crate::session::clock::MachineClock;

    #[test]
    fn every_template_is_a_wall_of_its_own_each_time() {
        for (template, lang) in TEMPLATES.iter().zip(Lang::ALL.into_iter().cycle()) {
            let mut seat = Seat::new(PersonId("p1".into()), "Ana", Arc::new(MachineClock));
            let walls = [0, 1].map(|_| template.wall(lang, &mut seat).unwrap());
            let (one, other) = (walls[0].board(), walls[1].board());
            assert_ne!(one.id, other.id, "{}", template.id);
            assert_eq!(one.notes.len(), other.notes.len(), "{}", template.id);
            assert_eq!(one.is_empty(), template.id == "blank");
            assert_eq!(one.notes.len() >= 40, template.is_sample(), "{}", template.id);
            assert_eq!(Template::named(template.id).unwrap().about, template.about);
        }
    }
}
