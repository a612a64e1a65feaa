//! Headings: the frames, lanes, requirements and decisions of a text, and what their lines say of them.

use super::{Resolver, Wants};
use crate::format::text::attr::Attr;
use crate::format::text::draft::{DraftFrame, DraftLane, DraftSentence};
use crate::format::text::item::Numbered;
use crate::format::text::line::Heading;
use crate::model::limit::{CONTEXTS_MAX, ROWS_MAX, TITLE_CHARS_MAX, WORDING_CHARS_MAX};
use crate::model::{Details, Frame, Point, Thing};

impl Resolver {
    /// The frame of a heading; made where there is none yet.
    pub(super) fn section(
        &mut self,
        subdomain: Option<&Numbered>,
        context: Option<&Heading>,
        line: usize,
    ) -> Option<usize> {
        let inside = subdomain.and_then(|name| self.subdomain(name, line));
        let Some(heading) = context else { return inside };
        let name = &heading.name;
        let same = |frame: &DraftFrame| frame.frame == Frame::Context && frame.name == name.text;
        let known = match name.nth {
            Some(nth) => self.draft.frame(Frame::Context, &name.text, nth),
            None => self.draft.frames.iter().position(|frame| {
                same(frame) && (subdomain.is_none() || frame.inside == inside || frame.inside.is_none())
            }),
        };
        let frame = match known {
            Some(frame) => frame,
            None => {
                let count = self.draft.frames.iter().filter(|frame| same(frame)).count();
                let nth = name.nth.unwrap_or(u32::try_from(count).unwrap_or(u32::MAX - 1) + 1);
                self.new_frame(Frame::Context, &name.text, nth, line)?
            }
        };
        if inside.is_some() {
            self.draft.frames[frame].inside = inside;
        }
        Some(frame)
    }

    pub(super) fn subdomain(&mut self, name: &Numbered, line: usize) -> Option<usize> {
        let nth = name.nth.unwrap_or(1);
        let known = self.draft.frame(Frame::Subdomain, &name.text, nth);
        known.or_else(|| self.new_frame(Frame::Subdomain, &name.text, nth, line))
    }

    pub(super) fn new_frame(&mut self, frame: Frame, name: &str, nth: u32, line: usize) -> Option<usize> {
        if self.is_full(self.draft.frames.len() >= CONTEXTS_MAX, line, CONTEXTS_MAX) {
            return None;
        }
        let mut details = Details::new();
        name_it(&mut details, "name", self.fitted(name, TITLE_CHARS_MAX, line));
        let name = name.to_owned();
        self.draft.frames.push(DraftFrame {
            frame,
            name,
            nth,
            inside: None,
            details,
            id: None,
            at: None,
            size: None,
            line,
        });
        Some(self.draft.frames.len() - 1)
    }

    pub(super) fn frame_details(&mut self, frame: usize, heading: &Heading, line: usize) {
        let mut details = std::mem::take(&mut self.draft.frames[frame].details);
        if let Some(class) = heading.class {
            details.insert("class".to_owned(), class.into());
        }
        let rest = self.heading(&mut details, heading, Thing::Context, line);
        let frame = &mut self.draft.frames[frame];
        frame.details = details;
        for attr in rest {
            match attr {
                Attr::Id(id) => frame.id = id.parse().ok(),
                Attr::At(at) => frame.at = Some(Point::new(at[0], at[1])),
                Attr::Size(size) => frame.size = Some(size),
                _ => {}
            }
        }
    }

    pub(super) fn enter_lane(&mut self, heading: &Heading, line: usize) {
        let nth = heading.name.nth.unwrap_or(1);
        let known =
            self.draft.lanes.iter().position(|lane| lane.name == heading.name.text && lane.nth == nth);
        let at = match known {
            Some(at) => at,
            None if self.is_full(self.draft.lanes.len() >= ROWS_MAX, line, ROWS_MAX) => return,
            None => {
                let name = heading.name.text.clone();
                let text = self.fitted(&name, TITLE_CHARS_MAX, line);
                let mut details = Details::new();
                name_it(&mut details, "name", text);
                self.draft.lanes.push(DraftLane { name, nth, details, id: None, y: None });
                self.draft.lanes.len() - 1
            }
        };
        self.lane = at + 1;
        let mut details = std::mem::take(&mut self.draft.lanes[at].details);
        let rest = self.heading(&mut details, heading, Thing::Lane, line);
        let lane = &mut self.draft.lanes[at];
        lane.details = details;
        for attr in rest {
            match attr {
                Attr::Id(id) => lane.id = id.parse().ok(),
                Attr::At(at) => lane.y = at.first().copied(),
                _ => {}
            }
        }
    }

    pub(super) fn sentence(&mut self, heading: &Heading, of: Thing, line: usize) {
        let count =
            if of == Thing::Decision { self.draft.decisions.len() } else { self.draft.requirements.len() };
        if self.is_full(count >= ROWS_MAX, line, ROWS_MAX) {
            return;
        }
        let text = self.fitted(&heading.name.text, WORDING_CHARS_MAX, line);
        let mut details = Details::new();
        name_it(&mut details, "text", text);
        let mut id = None;
        for attr in self.heading(&mut details, heading, of, line) {
            match attr {
                Attr::Id(text) => id = text.parse().ok(),
                Attr::Refs(name, refs) if of == Thing::Requirement => {
                    let wants = refs.into_iter().map(|it| (it, Wants::Requirement(count, name)));
                    self.wait(wants, line);
                }
                _ => {}
            }
        }
        let sentence = DraftSentence { details, refs: Vec::new(), id };
        if of == Thing::Decision { &mut self.draft.decisions } else { &mut self.draft.requirements }
            .push(sentence);
    }

    /// Takes over what a heading says beside its name, and hands back what is no detail.
    pub(super) fn heading(
        &mut self,
        details: &mut Details,
        heading: &Heading,
        of: Thing,
        line: usize,
    ) -> Vec<Attr> {
        if let Some(alias) = &heading.alias {
            let alias = self.fitted(alias, TITLE_CHARS_MAX, line);
            details.insert("alias".to_owned(), alias.into());
        }
        let mut rest = Vec::new();
        for attr in &heading.attrs {
            match attr {
                Attr::Detail(thing, name, value) if *thing == of => {
                    self.set(details, name, value.clone(), line)
                }
                other => rest.push(other.clone()),
            }
        }
        rest
    }
}

/// Sets what a thing is called. What is called nothing has no such detail.
pub(super) fn name_it(details: &mut Details, name: &str, text: String) {
    if !text.is_empty() {
        details.insert(name.to_owned(), text.into());
    }
}
