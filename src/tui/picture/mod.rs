//! A screen as an SVG picture: the same cells, for a README, a report or `squall show`.
//!
//! Fonts do not agree how wide a Hangul syllable or how long a box line is, so every run of letters is told its length,
//! every wide glyph its place, and blocks, lines and arrow heads are drawn as shapes. The same cells give the same bytes.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::theme::{Shade, bare, rgb};

mod film;

pub use film::film;
/// The cells of a screen.
pub use ratatui::buffer::Buffer as Cells;

/// How large a cell is, in pixels: the shape most terminal fonts have.
const CELL: (u32, u32) = (8, 16);

const FONTS: &str =
    "'D2Coding','NanumGothicCoding','Noto Sans Mono CJK KR','JetBrains Mono',Menlo,Consolas,monospace";

/// The SVG of a screen whose cells without a colour have those of `shade`.
pub fn svg(buffer: &Buffer, shade: Shade) -> String {
    let mut picture = Picture::begun(buffer.area, shade, "");
    picture.out.push_str("<g shape-rendering=\"crispEdges\">\n");
    for y in 0..buffer.area.height {
        picture.grounds(buffer, y);
    }
    picture.out.push_str("</g>\n");
    for y in 0..buffer.area.height {
        picture.glyphs(buffer, y);
    }
    picture.out.push_str("</svg>\n");
    picture.out
}

struct Picture {
    out: String,
    shade: Shade,
}

impl Picture {
    /// An empty picture of so many cells, with these rules for what is in it.
    fn begun(area: Rect, shade: Shade, rules: &str) -> Picture {
        let (w, h) = (u32::from(area.width) * CELL.0, u32::from(area.height) * CELL.1);
        let mut picture = Picture { out: String::new(), shade };
        picture.add(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">\n\
             <style>text{{font:14px {FONTS};white-space:pre}}.b{{font-weight:bold}}{rules}</style>\n\
             <rect width=\"{w}\" height=\"{h}\" fill=\"#{:06x}\"/>\n",
            bare(shade).0
        ));
        picture
    }

    fn add(&mut self, text: std::fmt::Arguments<'_>) {
        self.out.write_fmt(text).expect("a String takes every character");
    }

    /// The ground and the ink of a cell.
    fn colors(&self, cell: &Cell) -> (u32, u32) {
        let (ground, ink) = bare(self.shade);
        let told = |color: Color, bare| rgb(color).unwrap_or(bare);
        let (ground, ink) = (told(cell.bg, ground), told(cell.fg, ink));
        if cell.modifier.contains(Modifier::REVERSED) { (ink, ground) } else { (ground, ink) }
    }

    fn grounds(&mut self, buffer: &Buffer, y: u16) {
        let mut x = 0;
        while x < buffer.area.width {
            let (ground, _) = self.colors(&buffer[(x, y)]);
            let same = |x: &u16| self.colors(&buffer[(*x, y)]).0 == ground;
            let cells = (x..buffer.area.width).take_while(same).count() as u16;
            if ground != bare(self.shade).0 {
                let (px, py) = place(x, y);
                let (w, h) = (u32::from(cells) * CELL.0, CELL.1);
                self.add(format_args!(
                    "<rect x=\"{px}\" y=\"{py}\" width=\"{w}\" height=\"{h}\" fill=\"#{ground:06x}\"/>\n"
                ));
            }
            x += cells;
        }
    }

    fn glyphs(&mut self, buffer: &Buffer, y: u16) {
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let (_, ink) = self.colors(cell);
            let width = cell.cell_width().max(1);
            if cell.symbol() == " " {
                x += 1;
            } else if let Some(shape) = shape(cell.symbol(), x, y) {
                let Shape(kind, path) = shape;
                match kind {
                    Drawn::Filled => self.add(format_args!(
                        "<path d=\"{path}\" fill=\"#{ink:06x}\" shape-rendering=\"crispEdges\"/>\n"
                    )),
                    Drawn::Line(width) => self.add(format_args!(
                        "<path d=\"{path}\" fill=\"none\" stroke=\"#{ink:06x}\" stroke-width=\"{width}\"/>\n"
                    )),
                }
                x += 1;
            } else if width > 1 {
                self.text(x, y, width, cell.symbol(), cell);
                x += width;
            } else {
                let joins = |x: &u16| {
                    let next = &buffer[(*x, y)];
                    let alike = self.colors(next).1 == ink && next.modifier == cell.modifier;
                    alike && next.cell_width() == 1 && shape(next.symbol(), *x, y).is_none()
                };
                let run: Vec<u16> = (x..buffer.area.width).take_while(joins).collect();
                let letters: String = run.iter().map(|x| buffer[(*x, y)].symbol()).collect();
                let letters = letters.trim_end();
                let columns = letters.chars().count() as u16;
                self.text(x, y, columns, letters, cell);
                x += columns.max(1);
            }
        }
    }

    fn text(&mut self, x: u16, y: u16, columns: u16, letters: &str, cell: &Cell) {
        let (px, py) = place(x, y);
        let (_, ink) = self.colors(cell);
        let bold = if cell.modifier.contains(Modifier::BOLD) { " class=\"b\"" } else { "" };
        let length = u32::from(columns) * CELL.0;
        let letters = letters.replace('&', "&amp;").replace('<', "&lt;");
        let baseline = py + 12;
        self.add(format_args!(
            "<text x=\"{px}\" y=\"{baseline}\" fill=\"#{ink:06x}\" textLength=\"{length}\"{bold}>{letters}</text>\n"
        ));
    }
}

struct Shape(Drawn, String);

enum Drawn {
    Filled,
    /// With a pen so many pixels wide.
    Line(u8),
}

fn place(x: u16, y: u16) -> (u32, u32) {
    (u32::from(x) * CELL.0, u32::from(y) * CELL.1)
}

/// Glyphs that must touch their neighbours, as shapes.
fn shape(glyph: &str, x: u16, y: u16) -> Option<Shape> {
    if glyph.len() < 2 {
        return None;
    }
    let at = place(x, y);
    block(glyph, at).or_else(|| dots(glyph, at)).or_else(|| head(glyph, at)).or_else(|| line(glyph, at))
}

/// Blocks, in eighths of a cell: left, top, width, height.
fn block(glyph: &str, (x, y): (u32, u32)) -> Option<Shape> {
    let (left, top, w, h) = match glyph {
        "█" => (0, 0, 8, 8),
        "▀" => (0, 0, 8, 4),
        "▄" => (0, 4, 8, 4),
        "▌" => (0, 0, 4, 8),
        "▐" => (4, 0, 4, 8),
        "▎" => (0, 0, 2, 8),
        "▁" => (0, 7, 8, 1),
        "▔" => (0, 0, 8, 1),
        "▘" => (0, 0, 4, 4),
        "▝" => (4, 0, 4, 4),
        "▖" => (0, 4, 4, 4),
        "▗" => (4, 4, 4, 4),
        _ => return None,
    };
    let (w, h) = (w * CELL.0 / 8, h * CELL.1 / 8);
    let (x, y) = (x + left * CELL.0 / 8, y + top * CELL.1 / 8);
    Some(Shape(Drawn::Filled, format!("M{x} {y}h{w}v{h}h-{w}z")))
}

/// What fonts for Korean make as wide as a syllable.
fn dots(glyph: &str, (x, y): (u32, u32)) -> Option<Shape> {
    let path = match glyph {
        "…" => format!("M{x} {}h2v2h-2zm3 0h2v2h-2zm3 0h2v2h-2z", y + 11),
        "·" => format!("M{} {}h2v2h-2z", x + 3, y + 8),
        _ => return None,
    };
    Some(Shape(Drawn::Filled, path))
}

fn head(glyph: &str, (x, y): (u32, u32)) -> Option<Shape> {
    let path = match glyph {
        "▸" => format!("M{x} {}v8l8 -4z", y + 4),
        "◂" => format!("M{} {}v8l-8 -4z", x + 8, y + 4),
        "▾" => format!("M{x} {}h8l-4 8z", y + 6),
        "▴" => format!("M{x} {}h8l-4 -8z", y + 10),
        _ => return None,
    };
    Some(Shape(Drawn::Filled, path))
}

/// Box lines, by the sides they reach: up, right, down, left.
fn line(glyph: &str, (x, y): (u32, u32)) -> Option<Shape> {
    let (sides, pen) = match glyph {
        "─" => ("rl", 1),
        "│" => ("ud", 1),
        "┌" => ("rd", 1),
        "┐" => ("dl", 1),
        "└" => ("ur", 1),
        "┘" => ("ul", 1),
        "├" => ("urd", 1),
        "┤" => ("udl", 1),
        "┬" => ("rdl", 1),
        "┴" => ("url", 1),
        "┼" => ("urdl", 1),
        "━" | "═" => ("rl", 2),
        "┃" | "║" => ("ud", 2),
        "┏" | "╔" => ("rd", 2),
        "┓" | "╗" => ("dl", 2),
        "┗" | "╚" => ("ur", 2),
        "┛" | "╝" => ("ul", 2),
        "╭" => return Some(arc(x + 4, y + 16, (x + 4, y + 8), x + 8, y + 8)),
        "╮" => return Some(arc(x, y + 8, (x + 4, y + 8), x + 4, y + 16)),
        "╰" => return Some(arc(x + 4, y, (x + 4, y + 8), x + 8, y + 8)),
        "╯" => return Some(arc(x, y + 8, (x + 4, y + 8), x + 4, y)),
        "╌" => return Some(Shape(Drawn::Line(1), format!("M{} {}h2m2 0h2", x + 1, y + 8))),
        "╎" | "┆" => return Some(Shape(Drawn::Line(1), format!("M{} {}v4m0 4v4", x + 4, y + 2))),
        _ => return None,
    };
    let mut path = String::new();
    for side in sides.chars() {
        let end = match side {
            'u' => "v-8",
            'r' => "h4",
            'd' => "v8",
            _ => "h-4",
        };
        write!(path, "M{} {}{end}", x + 4, y + 8).expect("a String takes every character");
    }
    Some(Shape(Drawn::Line(pen), path))
}

fn arc(x: u32, y: u32, (cx, cy): (u32, u32), to_x: u32, to_y: u32) -> Shape {
    Shape(Drawn::Line(1), format!("M{x} {y}Q{cx} {cy} {to_x} {to_y}"))
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;
    use crate::tui::canvas::Canvas;

    #[test]
    fn letters_come_in_runs_and_every_wide_glyph_has_its_own_place() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
        let style =
            Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Rgb(255, 0, 0)).add_modifier(Modifier::BOLD);
        Canvas::new(&mut buffer).print(1, 0, "a<b 주문", style);
        let svg = svg(&buffer, Shade::Dark);
        let drawn: Vec<&str> = svg.lines().skip(4).filter(|line| line.contains('"')).collect();
        assert_eq!(
            drawn,
            [
                r##"<rect x="8" y="0" width="64" height="16" fill="#ff0000"/>"##,
                r##"<text x="8" y="12" fill="#010203" textLength="24" class="b">a&lt;b</text>"##,
                r##"<text x="40" y="12" fill="#010203" textLength="16" class="b">주</text>"##,
                r##"<text x="56" y="12" fill="#010203" textLength="16" class="b">문</text>"##,
            ]
        );
    }

    #[test]
    fn lines_blocks_and_heads_are_shapes() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        Canvas::new(&mut buffer).print(0, 0, "─▐▸╭x", Style::new());
        let svg = svg(&buffer, Shade::Light);
        assert_eq!(svg.matches("<path").count(), 4);
        assert_eq!(svg.matches("<text").count(), 1);
    }
}
