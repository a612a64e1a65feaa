//! Paints one note: its paper, its kind and author, its wording, its small signs.

use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::face::{Face, Marks};
use super::{CARD, FULL, size};
use crate::model::NoteKind;
use crate::model::text::{SafeText, wrap};
use crate::query::lint::Severity;
use crate::tui::canvas::{Canvas, Sprite, fitting};
use crate::tui::theme::{Paper, Shade, Theme};
use crate::tui::view::Wall;

/// From this height on a note has a line for its kind and author.
const ROWS_WITH_HEADER: i32 = 4;
/// From this width on there is room for the name of the kind.
const COLUMNS_WITH_KIND: i32 = 20;

/// Where the wording stands on a note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Body {
    /// Its first column.
    pub x: i32,
    /// Its first row.
    pub y: i32,
    /// Its columns.
    pub columns: i32,
    /// Its rows.
    pub rows: i32,
}

/// Where the wording stands on a note of this many columns and rows.
pub fn body(theme: Theme, w: i32, h: i32) -> Body {
    if !theme.fills() {
        Body { x: 2, y: 1, columns: w - 4, rows: h - 2 }
    } else if h >= ROWS_WITH_HEADER {
        Body { x: 2, y: 1, columns: w - 3, rows: h - 1 }
    } else {
        Body { x: 4, y: 0, columns: w - 5, rows: h }
    }
}

impl Body {
    /// The row that the first of so many lines stands on: few lines stand in the middle.
    pub fn first_row(&self, lines: usize) -> i32 {
        self.y + ((self.rows - lines as i32) / 2).max(0)
    }
}

/// A note while it is worded: all of its lines, and a hint where it says nothing yet. Gives its rows and the first one
/// of its wording.
pub(crate) fn worded(
    wall: &Wall<'_>,
    kind: NoteKind,
    (w, h): (i32, i32),
    text: &str,
    hint: &str,
) -> (Sprite, i32) {
    let columns = body(wall.theme, w, h).columns;
    let lines = wrap(text, columns.max(1) as usize);
    let h = h + (lines.len() as i32 - body(wall.theme, w, h).rows).max(0);
    let body = body(wall.theme, w, h);
    let first = body.first_row(lines.len());
    let face = Face {
        size: (w, h),
        theme: wall.theme,
        lang: wall.lang,
        kind,
        faded: false,
        look: 0,
        text: String::new(),
        author: String::new(),
        marks: Marks::default(),
    };
    let paper = wall.theme.paper(kind);
    let sprite = Sprite::new(size(w), size(h), |canvas| {
        ground(&face, canvas);
        foot(&face, first + lines.len() as i32, canvas);
        header(&face, "", first, canvas);
        for (row, line) in lines.iter().enumerate() {
            canvas.print(body.x, first + row as i32, line, paper.text);
        }
        if text.is_empty() && body.rows > 2 {
            canvas.print_within(body.x, body.y + body.rows - 1, body.columns, hint, paper.muted);
        }
    });
    (sprite, first)
}

/// Paints a note as large as its face says.
pub(super) fn paint(face: &Face, canvas: &mut Canvas<'_>) {
    let (w, h) = face.size;
    let paper = face.paper();
    let text = SafeText::new(&face.text);
    let text: &str = &text;
    ground(face, canvas);
    if w >= FULL.0 && h >= FULL.1 {
        let mut body = body(face.theme, w, h);
        let lines = wrap(text, body.columns.max(1) as usize);
        foot(face, body.first_row(lines.len()) + lines.len() as i32, canvas);
        let end = header(face, &face.author, body.first_row(lines.len()), canvas);
        if face.marks.paint(end, (w, h), paper, canvas) && face.theme.fills() {
            body.rows -= 1;
        }
        let first = body.first_row(lines.len());
        print_lines(&lines, (body.x, first), body.columns, body.y + body.rows - first, paper.text, canvas);
    } else if w >= CARD.0 && h >= CARD.1 {
        lettered(face.kind, text, (1, w - 2, h), paper, canvas);
    } else {
        lettered(face.kind, text, (0, w, h), paper, canvas);
    }
}

/// A wording that begins with the letter of its kind, from column `x` on.
fn lettered(
    kind: NoteKind,
    text: &str,
    (x, columns, h): (i32, i32, i32),
    paper: Paper,
    canvas: &mut Canvas<'_>,
) {
    let text = format!("{}{}", kind.row().tag, text.replace('\n', " "));
    let lines = if h > 1 { wrap(&text, columns.max(1) as usize) } else { vec![&*text] };
    print_lines(&lines, (x, 0), columns, h, paper.text, canvas);
    canvas.restyle(x, 0, (1, 1), paper.text.add_modifier(Modifier::BOLD));
}

/// The paper itself: filled and with its edge, or a box of the kind's own lines where there are no colours.
fn ground(face: &Face, canvas: &mut Canvas<'_>) {
    let (theme, kind, (w, h), paper) = (face.theme, face.kind, face.size, face.paper());
    canvas.fill(0, 0, (w, h), paper.text);
    if !theme.fills() {
        return edges(kind, (w, h), paper, canvas);
    }
    if w >= CARD.0 && h >= CARD.1 {
        for row in 0..h {
            canvas.print(0, row, "▎", paper.edge);
        }
    }
}

/// On a light wall a paper has an edge below too, where the text, which ends above this row, leaves room for it.
fn foot(face: &Face, text_end: i32, canvas: &mut Canvas<'_>) {
    let (w, h) = face.size;
    if face.theme.fills() && face.theme.shade == Shade::Light && text_end < h {
        (1..w).for_each(|x| {
            canvas.print(x, h - 1, "▁", face.paper().edge);
        });
    }
}

/// Without colours a kind is told by its lines as well as by its letter.
fn edges(kind: NoteKind, (w, h): (i32, i32), paper: Paper, canvas: &mut Canvas<'_>) {
    let [level, upright, corners] = match kind {
        NoteKind::Command => ["═", "║", "╔╗╚╝"],
        NoteKind::ExternalSystem | NoteKind::Hotspot => ["━", "┃", "┏┓┗┛"],
        NoteKind::Policy | NoteKind::Time => ["╌", "╎", "┌┐└┘"],
        NoteKind::Actor | NoteKind::Value => ["─", "│", "╭╮╰╯"],
        NoteKind::DomainEvent
        | NoteKind::ReadModel
        | NoteKind::Aggregate
        | NoteKind::Opportunity
        | NoteKind::UserInterface
        | NoteKind::Note => ["─", "│", "┌┐└┘"],
    };
    for row in 0..h {
        canvas.print(0, row, upright, paper.text);
        canvas.print(w - 1, row, upright, paper.text);
    }
    if h >= FULL.1 {
        canvas.print(1, 0, &level.repeat((w - 2).max(0) as usize), paper.text);
        canvas.print(1, h - 1, &level.repeat((w - 2).max(0) as usize), paper.text);
        let places = [(0, 0), (w - 1, 0), (0, h - 1), (w - 1, h - 1)];
        for ((x, y), corner) in places.into_iter().zip(corners.chars()) {
            canvas.print(x, y, corner.encode_utf8(&mut [0; 4]), paper.text);
        }
    }
}

/// The letter, and where there is a row for it the kind and who wrote it. Gives the column after it.
fn header(face: &Face, author: &str, text_row: i32, canvas: &mut Canvas<'_>) -> i32 {
    let ((w, h), paper) = (face.size, face.paper());
    if h < ROWS_WITH_HEADER {
        return letter(face, if face.theme.fills() { text_row } else { 0 }, canvas);
    }
    let mut end = letter(face, 0, canvas);
    if w >= COLUMNS_WITH_KIND {
        end = canvas.print_within(end + 1, 0, w - end - 2, face.kind.label(face.lang), paper.muted);
    }
    let author = SafeText::line(author);
    let room = w - end - 3;
    if !author.is_empty() && room >= 4 {
        let name = format!("@{}", fitting(&author, room - 1));
        end = canvas.print(w - 1 - name.width() as i32, 0, &name, paper.muted);
    }
    end
}

/// The letter of its kind, and close to it the sign that lint has something to say.
fn letter(face: &Face, row: i32, canvas: &mut Canvas<'_>) -> i32 {
    let paper = face.paper();
    let style = paper.text.add_modifier(Modifier::BOLD);
    let end = canvas.print(2, row, &face.kind.row().tag.to_string(), style);
    match face.marks.remarked {
        Some(Severity::Error | Severity::Warning) => canvas.print(end, row, "~", style),
        Some(Severity::Hint) => canvas.print(end, row, "·", paper.muted),
        None => end,
    }
}

/// Prints as many lines as there are rows; what is left out shows as `…`.
fn print_lines(
    lines: &[&str],
    (x, y): (i32, i32),
    columns: i32,
    rows: i32,
    style: Style,
    canvas: &mut Canvas<'_>,
) {
    for (row, line) in lines.iter().enumerate().take(rows.max(0) as usize) {
        let (row, line) = (row as i32, line.trim_end());
        if row + 1 == rows && lines.len() as i32 > rows {
            let end = canvas.print(x, y + row, fitting(line, columns - 1), style);
            canvas.print(end, y + row, "…", style);
        } else {
            canvas.print_within(x, y + row, columns, line, style);
        }
    }
}

impl Marks {
    /// Paints them into the last row; on a low note at the right end of the first. Says whether a row is taken.
    fn paint(self, header_end: i32, (w, h): (i32, i32), paper: Paper, canvas: &mut Canvas<'_>) -> bool {
        let mut signs = Vec::new();
        if self.pivotal {
            signs.push("◆".to_owned());
        }
        if self.resolved {
            signs.push("✓".to_owned());
        }
        if self.negative {
            signs.push("−".to_owned());
        }
        if self.wordings > 1 {
            signs.push(format!("≠{}", self.wordings));
        }
        if self.votes > 0 {
            signs.push(format!("▲{}", self.votes));
        }
        let signs = signs.join(" ");
        let row = if h >= ROWS_WITH_HEADER { h - 1 } else { 0 };
        let x = w - 1 - signs.width() as i32;
        if signs.is_empty() || (row == 0 && x <= header_end) {
            return false;
        }
        canvas.print(x, row, &signs, paper.text.add_modifier(Modifier::BOLD));
        row > 0
    }
}
