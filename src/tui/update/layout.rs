//! Laying out what is chosen: in lines, evenly, in rows; making room on the wall and taking it back.

use std::collections::HashSet;

use super::Turn;
use crate::command::Command;
use crate::model::arrange::{GAP, Line, MARGIN, align, spread, tidy};
use crate::model::{Board, Id, Note, Point, Rect};

/// How much room is made: for a usual note and the arrows at its sides.
const ROOM: i32 = 28;

impl Turn<'_> {
    pub(in crate::tui) fn align(&mut self, line: Line) {
        self.lay_out(|notes| align(&rects(notes), line));
    }

    pub(in crate::tui) fn spread(&mut self, down: bool) {
        self.lay_out(|notes| spread(&rects(notes), down));
    }

    /// Lays the chosen notes out as the rows that their arrows make, where the first of them begins; with nothing
    /// chosen, the whole wall.
    pub(in crate::tui) fn tidy(&mut self) {
        let board = self.scene.board;
        if self.state.things().is_empty() {
            let command = crate::command::changes_between(board, &tidy(board), false);
            return self.perform(command);
        }
        self.lay_out(|notes| {
            let notes: Vec<Note> = notes.iter().map(|note| Note { host: None, ..(*note).clone() }).collect();
            let begin = Rect::around(notes.iter().map(Note::rect)).unwrap_or_default().at;
            let order: Vec<Id> = notes.iter().map(|note| note.id).collect();
            let known: HashSet<Id> = order.iter().copied().collect();
            let joined = |id| known.contains(id);
            let arrows = board.arrows.iter().filter(|(_, arrow)| joined(&arrow.from) && joined(&arrow.to));
            let part = Board {
                arrows: arrows.map(|(id, arrow)| (*id, arrow.clone())).collect(),
                notes: notes.into_iter().map(|note| (note.id, note)).collect(),
                ..Board::default()
            };
            let tidied = tidy(&part);
            let by = Rect::around(tidied.notes.values().map(Note::rect)).unwrap_or_default().at;
            order.iter().map(|id| tidied.notes[id].at.shifted(begin.minus(by))).collect()
        });
    }

    /// Moves every chosen note to its place, as one deed. What is stuck on a chosen note goes along with it.
    fn lay_out(&mut self, places: impl Fn(&[&Note]) -> Vec<Point>) {
        let board = self.scene.board;
        let chosen = self.chosen_notes();
        if chosen.len() < 2 {
            return self.tell("tell-choose-more");
        }
        let above = |id: Id| std::iter::successors(Some(id), |id| board.notes.get(id)?.host);
        let goes_along =
            |id: &Id| above(*id).skip(1).take(board.notes.len()).any(|host| chosen.contains(&host));
        let notes: Vec<&Note> =
            chosen.iter().filter(|id| !goes_along(id)).map(|id| &board.notes[id]).collect();
        let moved = notes.iter().zip(places(&notes));
        let moves = moved.filter(|(note, at)| note.at != *at);
        let command =
            |(note, at): (&&Note, Point)| Command::Move { things: vec![note.id], by: at.minus(note.at) };
        self.perform(Command::All(moves.map(command).collect()));
    }

    /// Pushes everything right of the chosen thing on by a note's width, or pulls it back as far as there is room.
    pub(in crate::tui) fn make_room(&mut self, more: bool) {
        let Some(here) = self.state.main.and_then(|id| self.rect(id)) else {
            return self.tell("tell-choose-first");
        };
        let line = here.right();
        let by = if more { ROOM } else { -self.room_at(line).clamp(0, ROOM) };
        if by == 0 {
            return self.tell("tell-no-room");
        }
        let (board, by) = (self.scene.board, Point::new(by, 0));
        let things: Vec<Id> = self.leaders().filter(|note| note.at.x >= line).map(|note| note.id).collect();
        let pushed = (!things.is_empty()).then_some(Command::Move { things, by });
        let frames = board.contexts.values().filter(|context| context.rect.right() > line);
        let reshaped = frames.map(|context| {
            let rect = context.rect;
            let rect = match rect.at.x >= line {
                true => Rect { at: rect.at.shifted(by), ..rect },
                false => Rect::new(rect.at.x, rect.at.y, rect.size.w + by.x, rect.size.h),
            };
            Command::ReshapeContext { context: context.id, rect }
        });
        self.perform(Command::All(pushed.into_iter().chain(reshaped).collect()));
    }

    /// How far everything right of a column can come nearer without running into what stands left of it.
    fn room_at(&self, line: i32) -> i32 {
        let (board, space) = (self.scene.board, &self.scene.projection.space);
        let reach = space.iter().map(|tile| tile.rect).filter(|rect| rect.at.x < line).map(Rect::right).max();
        let frames = board.contexts.values().map(|context| context.rect);
        // Frames that cross the column keep a margin right of it, those beyond keep away from what ends before it.
        let edges = frames.filter(|rect| rect.right() > line).map(|rect| {
            if rect.at.x < line { rect.right() - line - MARGIN } else { rect.at.x - line - MARGIN }
        });
        let near = reach.unwrap_or(line).saturating_add(ROOM + GAP);
        let gaps = self.leaders().filter(|note| (line..near).contains(&note.at.x)).map(|note| {
            let strip = Rect::between(
                Point::new(note.at.x.saturating_sub(ROOM + GAP), note.at.y),
                Point::new(note.at.x, note.rect().bottom()),
            );
            let mut before = i32::MIN / 2;
            space.visit(strip, |tile| {
                if tile.rect.at.x < line {
                    before = before.max(tile.rect.right());
                }
            });
            (note.at.x - before - GAP).min(note.at.x - line)
        });
        edges.chain(gaps).min().unwrap_or(0)
    }

    /// The notes that stand on the wall by themselves; the others go along with their hosts.
    fn leaders(&self) -> impl Iterator<Item = &Note> {
        let notes = &self.scene.board.notes;
        self.scene.board.standing().filter(|note| note.host.is_none_or(|host| !notes.contains_key(&host)))
    }
}

fn rects(notes: &[&Note]) -> Vec<Rect> {
    notes.iter().map(|note| note.rect()).collect()
}
