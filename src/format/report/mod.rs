//! The bounded-context report: what a wall says, told to people who have never seen it.
//!
//! A section is one function from the outline to a [`Section`], told in a language; writers know
//! documents and no sections. Equal boards give equal bytes.

mod desk;
pub mod document;
mod own;
mod section;

pub use own::fill;

use std::ops::ControlFlow;
use std::path::Path;

use super::{Choices, html, json, markdown};
use crate::model::Board;
use crate::query::growth::Growth;
use crate::query::lint::Lint;
use crate::query::story::forwards;
use crate::query::{Outline, Projection, Watch};
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

impl Form {
    /// What the ending of a file asks for.
    pub fn told_by_ending(path: &Path) -> Option<Form> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        match ending.as_str() {
            "md" | "markdown" => Some(Form::Markdown),
            "html" | "htm" => Some(Form::Html),
            _ => None,
        }
    }
}

/// Which sections a report has, and in which order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Template {
    /// All there is to tell.
    Default,
    /// The page that anybody can read.
    Onepage,
    /// Step by step, as courses teach it, each with the wall as it was then; see [`growth`](crate::query::growth).
    Bootcamp,
}

/// One row of a template: makes a section.
type Part = fn(&Desk<'_>) -> Section;

impl Template {
    /// The templates that squall brings.
    pub const ALL: [Template; 3] = [Template::Default, Template::Onepage, Template::Bootcamp];

    /// The name people ask for it by.
    pub fn name(self) -> &'static str {
        match self {
            Template::Default => "default",
            Template::Onepage => "onepage",
            Template::Bootcamp => "bootcamp",
        }
    }

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

/// Steps beside the parts: what the wall says, what lint finds, the writing.
const STEPS_BESIDE: usize = 3;

/// Makes the report on a board; nothing where the watcher broke off, who is told before every step.
fn document(
    board: &Board,
    growth: Option<&Growth>,
    template: Template,
    lang: Lang,
    watch: Watch<'_>,
) -> Option<Document> {
    let parts = template.parts();
    let mut steps = 0..parts.len() + STEPS_BESIDE;
    let all = steps.len();
    let mut step = || steps.next().and_then(|done| watch(done, all).continue_value());
    step()?;
    let projection = Projection::of(board);
    let outline = Outline::of(board, &projection);
    let story = forwards(board, &projection.flow, &outline);
    step()?;
    let lint = Lint::of(board, &projection);
    let contents = json::write(board, &Choices::default());
    let sum = crc32fast::hash(contents.as_bytes());
    let mut desk = Desk::new(board, &outline, &story, &lint, lang, sum);
    desk.growth = growth;
    let mut section = |part: &Part| step().map(|()| part(&desk));
    let sections = parts.iter().map(&mut section).collect::<Option<_>>()?;
    step()?;
    Some(Document {
        lang,
        title: desk.title(),
        contents: (parts.len() > 1).then(|| say(lang, "report-contents").to_owned()),
        front: section::front(&desk),
        sections,
    })
}

/// Writes the report on a board. Steps of a course are shown as `growth` tells them; without it, as the wall stands now.
pub fn write(board: &Board, growth: Option<&Growth>, template: Template, form: Form, lang: Lang) -> String {
    let watch: Watch<'_> = &mut |_, _| ControlFlow::Continue(());
    write_watched(board, growth, template, form, lang, watch).expect("nobody breaks off")
}

/// The same, told step by step; nothing where the watcher broke off.
pub fn write_watched(
    board: &Board,
    growth: Option<&Growth>,
    template: Template,
    form: Form,
    lang: Lang,
    watch: Watch<'_>,
) -> Option<String> {
    let document = document(board, growth, template, lang, watch)?;
    Some(match form {
        Form::Markdown => markdown::write(&document),
        Form::Html => html::write(&document),
    })
}
