use clap::{Args, ValueEnum};

use super::Verb;
use crate::cli::face::{Face, paint};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::terminal;
use crate::model::{Board, EntryId, NoteKind, Point, Rect};
use crate::query::Projection;
use crate::tui::ascii::dress;
use crate::tui::picture::{Cells, svg};
use crate::tui::probe::Answers;
use crate::tui::screen::lines;
use crate::tui::state::Scene;
use crate::tui::theme::{Depth, Shade, Theme};
use crate::tui::view::picture;
use crate::tui::viewport::Viewport;
use crate::words::Said;

/// How large a wall is drawn where neither a terminal nor the person says.
const SIZE: (u16, u16) = (120, 40);
/// The largest picture, in cells each way.
const SIDE_MAX: u16 = 2_000;
/// The largest zoom, in percent: a cell of the wall in a cell of the screen.
const ZOOM_MAX: i64 = 100;

/// Draws a wall by the screen's own hand.
#[derive(Args)]
#[command(about = "cli-show")]
pub(super) struct Show {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[command(flatten)]
    pub(super) look: Look,
    #[arg(long, value_name = "value-deed", help = "arg-as-of", value_parser = super::log::deed)]
    as_of: Option<EntryId>,
}

/// How a wall is drawn.
#[derive(Args, Default)]
pub(super) struct Look {
    #[arg(long, value_name = "value-size", help = "arg-size", value_parser = size)]
    size: Option<(u16, u16)>,
    #[arg(long, value_name = "value-zoom", help = "arg-zoom", value_parser = zoom)]
    zoom: Option<Zoom>,
    #[arg(long, value_name = "value-point", help = "arg-at", value_parser = point, allow_hyphen_values = true)]
    at: Option<Point>,
    #[arg(long, value_name = "value-kinds", help = "arg-only", value_parser = kind, value_delimiter = ',')]
    only: Vec<NoteKind>,
    #[arg(long, value_name = "value-form", help = "arg-form")]
    format: Option<Form>,
    #[arg(long, value_name = "value-form", help = "arg-theme")]
    theme: Option<Ground>,
    #[arg(long, value_name = "value-form", help = "arg-depth")]
    depth: Option<Colors>,
    #[arg(long, value_name = "value-form", help = "arg-glyphs")]
    glyphs: Option<Glyphs>,
}

/// How many colours a wall is drawn in.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Colors {
    True,
    #[value(name = "256")]
    Indexed,
    #[value(name = "16")]
    Sixteen,
    None,
}

/// Which signs a wall is drawn with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Glyphs {
    All,
    Ascii,
}

/// Which ground a wall is drawn on.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Ground {
    Dark,
    Light,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zoom {
    Fit,
    Percent(i64),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Text,
    Ansi,
    Svg,
}

pub(super) fn size(text: &str) -> Result<(u16, u16), Said> {
    let side = |text: &str| text.parse().ok().filter(|side| (1..=SIDE_MAX).contains(side));
    let size = text.split_once('x').and_then(|(w, h)| Some((side(w)?, side(h)?)));
    size.ok_or_else(|| Said::new("cli-no-size").with("max", SIDE_MAX))
}

fn zoom(text: &str) -> Result<Zoom, Said> {
    let percent = || {
        text.trim_end_matches('%')
            .parse()
            .ok()
            .filter(|percent| (1..=ZOOM_MAX).contains(percent))
            .map(Zoom::Percent)
    };
    (text == "fit")
        .then_some(Zoom::Fit)
        .or_else(percent)
        .ok_or_else(|| Said::new("cli-no-zoom").with("max", ZOOM_MAX))
}

fn point(text: &str) -> Result<Point, Said> {
    let point = text
        .split_once(',')
        .and_then(|(x, y)| Some(Point::new(x.trim().parse().ok()?, y.trim().parse().ok()?)));
    point.filter(|point| point.on_wall()).ok_or_else(|| Said::new("cli-no-point"))
}

fn kind(text: &str) -> Result<NoteKind, Said> {
    text.parse().map_err(|()| Said::new("do-kind-unknown").with("kind", text))
}

impl Verb for Show {
    fn run(self, face: &mut Face) -> Outcome {
        let wall = face.look(&self.board)?;
        match self.as_of {
            None => self.look.draw(wall.board(), face),
            Some(deed) => {
                let board = wall.history().at(deed);
                let none = || Failure::refusal(Said::new("cli-no-such-deed").with("deed", deed));
                self.look.draw(&board.ok_or_else(none)?, face)
            }
        }
    }
}

impl Ground {
    fn shade(self) -> Shade {
        match self {
            Ground::Dark => Shade::Dark,
            Ground::Light => Shade::Light,
        }
    }
}

impl Colors {
    fn depth(self) -> Depth {
        match self {
            Colors::True => Depth::True,
            Colors::Indexed => Depth::Indexed,
            Colors::Sixteen => Depth::Sixteen,
            Colors::None => Depth::Mono,
        }
    }
}

impl Look {
    /// The beginning of a wall, near enough to be read.
    pub(super) fn close_up() -> Look {
        Look { zoom: Some(Zoom::Percent(67)), ..Look::default() }
    }

    /// All of a wall in a picture of this size.
    pub(super) fn of_size(size: Option<(u16, u16)>) -> Look {
        Look { size, ..Look::default() }
    }

    /// Draws a board on standard output.
    pub(super) fn draw(&self, board: &Board, face: &Face) -> Outcome {
        self.draw_within(board, &self.window(board), face)
    }

    /// Draws what a window shows of a board.
    pub(super) fn draw_within(&self, board: &Board, window: &Viewport, face: &Face) -> Outcome {
        let form = self.format.unwrap_or(if face.is_coloured { Form::Ansi } else { Form::Text });
        let mut theme = match form {
            Form::Text => Theme { depth: Depth::Mono, ..Theme::default() },
            Form::Ansi => terminal::theme(true, &Answers::default()),
            Form::Svg => Theme::default(),
        };
        theme.shade = self.theme.map_or(theme.shade, Ground::shade);
        theme.depth = self.depth.map_or(theme.depth, Colors::depth);
        let mut buffer = self.seen(board, window, theme, face);
        if self.glyphs == Some(Glyphs::Ascii) {
            dress(&mut buffer);
        }
        paint(match form {
            Form::Text => lines(&buffer, false),
            Form::Ansi => lines(&buffer, true),
            Form::Svg => svg(&buffer, theme.shade),
        })?;
        Ok(Done::Well)
    }

    /// What a window shows of a board.
    pub(super) fn seen(&self, board: &Board, window: &Viewport, theme: Theme, face: &Face) -> Cells {
        let only = (!self.only.is_empty()).then(|| self.narrowed(board));
        let board = only.as_ref().unwrap_or(board);
        let projection = Projection::of(board);
        let scene = Scene::still(board, &projection);
        picture(&scene, window, theme, face.lang)
    }

    /// The board with notes of the wanted kinds only, and the arrows between those.
    fn narrowed(&self, board: &Board) -> Board {
        let mut board = board.clone();
        board.notes.retain(|_, note| self.only.contains(&note.kind));
        let notes = &board.notes;
        board.arrows.retain(|_, arrow| notes.contains_key(&arrow.from) && notes.contains_key(&arrow.to));
        board
    }

    /// The part of a board that is drawn.
    pub(super) fn window(&self, board: &Board) -> Viewport {
        let terminal = || terminal::size().map(|(w, h)| (w, h.saturating_sub(1).max(1)));
        let mut window = Viewport::new(self.size.or_else(terminal).unwrap_or(SIZE));
        let frames = board.contexts.values().map(|context| context.rect);
        let all = Rect::around(board.standing().map(|note| note.rect()).chain(frames));
        let zoom = self.zoom.unwrap_or(if self.at.is_some() { Zoom::Percent(100) } else { Zoom::Fit });
        match (zoom, all) {
            (Zoom::Fit, Some(all)) => window.fit(all),
            (Zoom::Fit, None) => {}
            (Zoom::Percent(percent), _) => {
                let mut last = 0;
                while window.percent() > percent && window.percent() != last {
                    last = window.percent();
                    window.zoom(-1, (0, 0));
                }
            }
        }
        match (self.at, all) {
            (Some(at), _) => {
                let (columns, rows) = window.to_screen(at);
                window.pan(columns, rows);
            }
            (None, Some(all)) if zoom != Zoom::Fit => begin(&mut window, all),
            (None, _) => {}
        }
        window
    }
}

/// Shows a wall from its beginning, in the middle where it fits.
fn begin(window: &mut Viewport, all: Rect) {
    window.center(all.center());
    let (columns, rows) = window.to_screen(all.at);
    window.pan((columns - 2).min(0), (rows - 1).min(0));
}
