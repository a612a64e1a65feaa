//! What of a wall a diagram draws.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::ident::Idents;
use crate::model::thing::text_of;
use crate::model::{Board, Context, Frame, Id, Note};
use crate::query::{Evidence, Outline, Projection};

/// What is drawn.
pub(super) struct Boxes<'a> {
    /// The frames, outer before inner, with the place of the one each lies in.
    pub(super) frames: Vec<(&'a Context, Option<usize>)>,
    /// The notes that were not set aside, with the place of the frame each lies in.
    pub(super) notes: Vec<(&'a Note, Option<usize>)>,
    pub(super) lines: Vec<Line<'a>>,
}

/// A step of the flow: drawn, or known from how the notes stand.
pub(super) struct Line<'a> {
    pub(super) from: Id,
    pub(super) to: Id,
    pub(super) label: &'a str,
    /// Whether it goes from one context to another and nobody waits for it.
    pub(super) is_async: bool,
}

impl<'a> Boxes<'a> {
    pub(super) fn of(board: &'a Board) -> Boxes<'a> {
        let projection = Projection::of(board);
        let outline = Outline::of(board, &projection);
        let mut frames: Vec<(&Context, Option<usize>)> = Vec::new();
        let mut place = BTreeMap::new();
        let sorts = [Frame::Subdomain, Frame::Context];
        for context in
            sorts.iter().flat_map(|sort| board.contexts.values().filter(move |it| it.frame == *sort))
        {
            let outer = if context.frame == Frame::Context { board.subdomain_of(context) } else { None };
            place.insert(context.id, frames.len());
            frames.push((context, outer.and_then(|outer| place.get(&outer).copied())));
        }
        let inside = |note: &Note| board.frame_of(note).and_then(|frame| place.get(&frame).copied());
        let notes = board.standing().map(|note| (note, inside(note))).collect();
        let unawaited = outline.messages.iter().filter(|message| !message.is_sync());
        let unawaited: BTreeSet<(Id, Id)> =
            unawaited.map(|message| (message.evidence.from, message.evidence.to)).collect();
        let label = |evidence: &Evidence| match evidence {
            Evidence::Drawn(arrow) => board.arrows.get(arrow).map_or("", |it| text_of(&it.details, "label")),
            Evidence::Stuck | Evidence::Touching | Evidence::SameRow => "",
        };
        let lines = projection.flow.edges().map(|edge| Line {
            from: edge.from,
            to: edge.to,
            label: label(&edge.evidence),
            is_async: unawaited.contains(&(edge.from, edge.to)),
        });
        Boxes { frames, notes, lines: lines.collect() }
    }

    /// A name for every box.
    pub(super) fn names(&self, mut idents: Idents) -> BTreeMap<Id, String> {
        let frames = self
            .frames
            .iter()
            .map(|(frame, _)| (frame.id, text_of(&frame.details, "alias"), frame.name(), "context"));
        let notes = self.notes.iter().map(|(note, _)| (note.id, note.alias(), note.text(), note.kind.id()));
        let named = frames.chain(notes);
        named.map(|(id, alias, wording, sort)| (id, idents.free(Some(alias), wording, sort))).collect()
    }

    /// The same behind the names of the boxes around it, as in `shop.order-placed`.
    pub(super) fn paths(&self, idents: Idents) -> BTreeMap<Id, String> {
        let names = self.names(idents);
        let within = |mut inside: Option<usize>, id| {
            let mut path = names[&id].clone();
            while let Some((frame, outer)) = inside.map(|at| self.frames[at]) {
                path = format!("{}.{path}", names[&frame.id]);
                inside = outer;
            }
            (id, path)
        };
        let frames = self.frames.iter().map(|(frame, outer)| within(*outer, frame.id));
        frames.chain(self.notes.iter().map(|(note, inside)| within(*inside, note.id))).collect()
    }
}
