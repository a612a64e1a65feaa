//! The bounded-context report: what a wall says, told to people who have never seen it.
//!
//! A section is one function from the outline to a [`Section`], told in a language; writers know
//! documents and no sections. Equal boards give equal bytes.

mod desk;
pub mod document;
mod own;
mod section;

pub use own::fill;

use super::{Choices, html, json, markdown};
use crate::model::Board;
use crate::query::lint::Lint;
use crate::query::story::forwards;
use crate::query::{Outline, Projection};
use crate::words::{Lang, say};
use desk::Desk;
use document::{Document, Section};

/// What a report is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// As GitHub reads it.
    Markdown,
    /// One file that needs nothing else.
    Html,
}

/// Which sections a report has, and in which order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Template {
    /// All there is to tell.
    Default,
    /// The page that anybody can read.
    Onepage,
    /// Step by step, as courses teach it.
    Bootcamp,
}

/// One row of a template: makes a section.
type Part = fn(&Desk<'_>) -> Section;

impl Template {
    /// The templates that squall brings, by the names people ask for them by.
    pub const ALL: [(&'static str, Template); 3] =
        [("default", Template::Default), ("onepage", Template::Onepage), ("bootcamp", Template::Bootcamp)];

    fn parts(self) -> &'static [Part] {
        match self {
            Template::Default => &[
                section::summary,
                section::big_picture,
                section::map,
                section::talk,
                section::contexts,
                section::glossary,
                section::coverage,
                section::services,
                section::findings,
                section::questions,
                section::appendix,
            ],
            Template::Onepage => &[section::summary],
            Template::Bootcamp => &[
                section::bootcamp::scenario,
                section::bootcamp::events,
                section::bootcamp::dropped,
                section::bootcamp::commands,
                section::bootcamp::aggregates,
                section::bootcamp::frames,
                section::bootcamp::policies,
                section::map,
                section::bootcamp::model,
                section::coverage,
            ],
        }
    }
}

/// Makes the report on a board.
pub fn document(board: &Board, template: Template, lang: Lang) -> Document {
    let projection = Projection::of(board);
    let outline = Outline::of(board, &projection);
    let story = forwards(board, &projection.flow, &outline);
    let lint = Lint::of(board, &projection);
    let contents = json::write(board, &Choices::default());
    let desk = Desk::new(board, &outline, &story, &lint, lang, crc32fast::hash(contents.as_bytes()));
    let parts = template.parts();
    Document {
        lang,
        title: desk.title(),
        contents: (parts.len() > 1).then(|| say(lang, "report-contents").to_owned()),
        front: section::front(&desk),
        sections: parts.iter().map(|part| part(&desk)).collect(),
    }
}

/// Writes the report on a board.
pub fn write(board: &Board, template: Template, form: Form, lang: Lang) -> String {
    let document = document(board, template, lang);
    match form {
        Form::Markdown => markdown::write(&document),
        Form::Html => html::write(&document),
    }
}
