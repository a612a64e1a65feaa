//! Names of contexts and pivotal events can be read at every zoom, and so can the picture under them.

use std::fmt::Write;

use ratatui::buffer::Buffer;
use squall::format;
use squall::model::{Author, Board, EntryId, Note, Rect};
use squall::query::Projection;
use squall::session::template::TEMPLATES;
use squall::tui::state::Scene;
use squall::tui::theme::{Depth, Theme};
use squall::tui::view::picture;
use squall::tui::viewport::Viewport;
use squall::words::Lang;

use crate::sitter::{seat, text_of};

const SIZES: [(u16, u16); 2] = [(80, 24), (200, 60)];

/// From this percentage on a note shows what it says.
const PERCENT_OF_CARDS: i64 = 34;

/// Shows a board from its middle and from places off it, at every zoom.
fn look_at(board: &Board, mut look: impl FnMut(&Viewport, &Buffer)) {
    let projection = Projection::of(board);
    let scene = Scene::still(board, &projection);
    let all = projection.space.extent().expect("notes stand on it");
    for size in SIZES {
        for depth in [Depth::True, Depth::Mono] {
            for steps in 0..9 {
                for (columns, rows) in [(0, 0), (i32::from(size.0) / 3, 3), (-7, i32::from(size.1) / 3)] {
                    let mut window = Viewport::new(size);
                    window.zoom(-steps, (0, 0));
                    window.center(all.center());
                    window.pan(columns, rows);
                    let theme = Theme { depth, ..Theme::default() };
                    look(&window, &picture(&scene, &window, theme, Lang::Ko));
                }
            }
        }
    }
}

fn is_in_sight(window: &Viewport, rect: Rect) -> bool {
    let (left, top, w, h) = window.span(rect);
    let (columns, rows) = window.size();
    left < columns.into() && top < rows.into() && left + w > 0 && top + h > 0
}

/// What is named in sight, and the mark each would leave.
fn named<'a>(board: &'a Board, window: &Viewport) -> Vec<(&'a str, &'static str)> {
    let frames = board.contexts.values().filter(|context| is_in_sight(window, context.rect));
    let is_small = window.percent() < PERCENT_OF_CARDS;
    let pivots =
        board.standing().filter(|note| is_small && note.is_pivotal() && is_in_sight(window, note.rect()));
    frames.map(|context| (context.name(), "◇")).chain(pivots.map(|note| (note.text(), "◆"))).collect()
}

/// Whether a name is there: whole, in several lines, or cut.
fn is_there(shown: &str, name: &str) -> bool {
    let ends = name.char_indices().map(|(at, _)| at).skip(2);
    name.split(' ').all(|word| shown.contains(word))
        || ends.into_iter().any(|end| shown.contains(&format!("{}…", &name[..end])))
}

/// How many cells of the glow there are, and of how many one still sees something.
fn glowing(bare: &Buffer, full: &Buffer) -> (usize, usize) {
    let is_glow =
        |cell: &&ratatui::buffer::Cell| ["▀", "▄", "░", "▒", "▓", "█", "!"].contains(&cell.symbol());
    let seen = bare.content().iter().zip(full.content()).filter(|(bare, _)| is_glow(bare));
    let kept = seen.clone().filter(|(_, full)| is_glow(full));
    (seen.count(), kept.count())
}

/// A board on which nothing has a name.
fn bare(board: &Board) -> Board {
    let mut bare = board.clone();
    bare.contexts.clear();
    bare.notes.values_mut().for_each(|note: &mut Note| drop(note.details.remove("pivotal")));
    bare
}

fn assert_most_is_seen(board: &Board) {
    let mut pictures = Vec::new();
    look_at(&bare(board), |_, buffer| pictures.push(buffer.clone()));
    let mut pictures = pictures.into_iter();
    look_at(board, |window, full| {
        let bare = pictures.next().expect("both are looked at alike");
        if window.is_far() {
            let (there, seen) = glowing(&bare, full);
            let shown = text_of(full);
            assert!(seen * 4 >= there * 3, "{seen} of {there} at {} %:\n{shown}", window.percent());
        }
    });
}

#[test]
fn every_name_of_a_sample_can_be_read_and_so_can_what_lies_under_it() {
    for sample in TEMPLATES.iter().filter(|template| template.is_sample()) {
        for lang in [Lang::Ko, Lang::En] {
            let wall = sample.wall(lang, &mut seat(1)).expect("a sample can be copied");
            look_at(wall.board(), |window, buffer| {
                let shown = text_of(buffer);
                for (name, _) in named(wall.board(), window) {
                    let at = format!("{} at {} % of {:?}", sample.id, window.percent(), window.size());
                    assert!(is_there(&shown, name), "{name} of {at}:\n{shown}");
                }
            });
            assert_most_is_seen(wall.board());
        }
    }
}

/// Sixty contexts full of rows, each with a pivotal event.
fn dense() -> Board {
    let mut text = String::new();
    for context in 0..60 {
        writeln!(text, "## 컨텍스트 {context}").unwrap();
        for row in 0..context * 7 % 11 + 1 {
            let star = if row == 0 { "**" } else { "*" };
            writeln!(text, "@담당 > /요청 {context}-{row} > [장부] > {star}처리 {context}-{row}됨").unwrap();
        }
    }
    let mut counter = 0;
    let mut mint = || {
        counter += 1;
        EntryId { author: Author::from_random(9), counter: 1 }.thing(counter)
    };
    format::named("text").expect("it is known").read(&text, &mut mint).expect("it can be read").board
}

#[test]
fn a_crowd_of_names_leaves_the_picture_in_sight_and_a_mark_where_there_is_no_room() {
    let board = dense();
    look_at(&board, |window, buffer| {
        let shown = text_of(buffer);
        for (name, mark) in named(&board, window) {
            assert!(
                is_there(&shown, name) || shown.contains(mark),
                "{name} at {} %:\n{shown}",
                window.percent()
            );
        }
    });
    assert_most_is_seen(&board);
}
