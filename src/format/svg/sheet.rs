//! A sheet that shapes and letters are put on, one after the other; what comes later lies on top.

use std::fmt::{Arguments, Write};

use super::measure::leading;
use crate::format::ink;
use crate::model::text::SafeText;

const FONTS: &str =
    "'Noto Sans CJK KR','Noto Sans KR','Apple SD Gothic Neo','Malgun Gothic',system-ui,sans-serif";

/// The text of an SVG on its way. Places are whole pixels.
pub(super) struct Sheet {
    out: String,
}

/// Where a text stands to its place.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Anchor {
    Start,
    Middle,
}

/// How letters look.
#[derive(Clone, Copy)]
pub(super) struct Type {
    /// Pixels.
    pub(super) size: i64,
    pub(super) is_bold: bool,
    pub(super) ink: &'static str,
    pub(super) anchor: Anchor,
}

/// A place and a size: left, top, width, height.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Area {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) w: i64,
    pub(super) h: i64,
}

impl Area {
    pub(super) fn new(x: i64, y: i64, w: i64, h: i64) -> Area {
        Area { x, y, w, h }
    }

    pub(super) fn center(self) -> (i64, i64) {
        (self.x + self.w / 2, self.y + self.h / 2)
    }
}

impl Sheet {
    /// An empty sheet, told to those who do not see it by a title and a sentence.
    pub(super) fn new(area: Area, title: &str, about: &str) -> Sheet {
        let mut sheet = Sheet { out: String::new() };
        let Area { x, y, w, h } = area;
        sheet.add(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"{x} {y} {w} {h}\" \
             role=\"img\" font-family=\"{FONTS}\">\n<title>{}</title>\n<desc>{}</desc>",
            escaped(&SafeText::line(title)),
            escaped(&SafeText::line(about))
        ));
        sheet.rect(area, 0, format_args!("fill=\"{}\"", ink::GROUND));
        sheet
    }

    /// The whole text.
    pub(super) fn done(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }

    /// A line of markup.
    pub(super) fn add(&mut self, markup: Arguments<'_>) {
        writeln!(self.out, "{markup}").expect("a String takes every character");
    }

    /// A rectangle with round corners.
    pub(super) fn rect(&mut self, area: Area, round: i64, looks: Arguments<'_>) {
        let Area { x, y, w, h } = area;
        let round = if round > 0 { format!(" rx=\"{round}\"") } else { String::new() };
        self.add(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"{round} {looks}/>"));
    }

    /// A path.
    pub(super) fn path(&mut self, path: &str, looks: Arguments<'_>) {
        self.add(format_args!("<path d=\"{path}\" {looks}/>"));
    }

    /// Lines of text, the middle of all of them at a height.
    pub(super) fn text(&mut self, at: (i64, i64), lines: &[String], letters: Type) {
        let Type { size, is_bold, ink, anchor } = letters;
        let weight = if is_bold { " font-weight=\"700\"" } else { "" };
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
        };
        let first = at.1 - (lines.len() as i64 - 1) * leading(size) / 2 + size * 7 / 20;
        for (y, line) in (first..).step_by(leading(size).unsigned_abs() as usize).zip(lines) {
            if !line.trim().is_empty() {
                self.add(format_args!(
                    "<text x=\"{}\" y=\"{y}\" font-size=\"{size}\" fill=\"{ink}\"{weight}{anchor}>{}</text>",
                    at.0,
                    escaped(line)
                ));
            }
        }
    }
}

/// A text as XML takes it, within an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
