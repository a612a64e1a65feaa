//! The rows of one cell: what lies in one frame and one lane.

use std::collections::HashMap;

use super::super::geometry::{Point, Size};
use super::{GAP, ROW_GAP, Row, Start};

/// Rows are at least this high, so that small notes stand in the middle of a line like any other.
const LINE_HEIGHT: i32 = 5;
/// How many lone notes share a line.
const LONE_PER_LINE: usize = 6;
/// A row that comes this far begins a new line.
const LINE_MAX: i32 = 20_000;
/// Cells that keep a branch apart from another it shares a line with.
const STREAM_GAP: i32 = 4 * GAP;

/// Places of notes within a cell, from its top-left corner, and how much room they take.
#[derive(Default)]
pub(super) struct Laid {
    pub(super) places: Vec<(usize, Point)>,
    pub(super) size: Size,
}

struct Line {
    height: i32,
    right: i32,
    lone: usize,
}

/// Rows as they are put down, line by line. Every note comes right of the one before it or in a lower line, so that
/// reading the lines tells the rows in the order they were put down.
struct Sheet<'a> {
    sizes: &'a [Size],
    rows: &'a [&'a Row],
    after: HashMap<usize, Vec<usize>>,
    under: HashMap<usize, Vec<usize>>,
    done: Vec<bool>,
    lines: Vec<Line>,
    /// Left edge and line of each note.
    spots: HashMap<usize, (i32, usize)>,
    order: Vec<usize>,
}

/// Lays the rows of one cell.
pub(super) fn lay(rows: &[&Row], sizes: &[Size]) -> Laid {
    let mut sheet = Sheet {
        sizes,
        rows,
        after: HashMap::new(),
        under: HashMap::new(),
        done: vec![false; rows.len()],
        lines: Vec::new(),
        spots: HashMap::new(),
        order: Vec::new(),
    };
    let here: HashMap<usize, usize> =
        rows.iter().enumerate().flat_map(|(at, row)| row.notes.iter().map(move |note| (*note, at))).collect();
    let mut begins = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let elsewhere = |note: &usize| here.get(note).is_none_or(|row| *row == at);
        match row.start {
            Start::After(note) if !elsewhere(&note) => sheet.after.entry(note).or_default().push(at),
            Start::Under(note) if !elsewhere(&note) => sheet.under.entry(note).or_default().push(at),
            Start::Fresh | Start::After(_) | Start::Under(_) => begins.push(at),
        }
    }
    // Rows that go round in a circle hang on nothing: they begin where they are met.
    for at in begins.into_iter().chain(0..rows.len()) {
        sheet.put(at);
    }
    sheet.laid()
}

impl Sheet<'_> {
    /// Puts a row down, and all that hangs on it.
    fn put(&mut self, begin: usize) {
        let mut waiting = vec![(begin, None)];
        while let Some((at, x)) = waiting.pop() {
            if self.done[at] {
                continue;
            }
            let x = self.begin(at, x);
            let notes = self.strand(at, x);
            let mut beside = Vec::new();
            for note in notes {
                let (x, _) = self.spots[&note];
                let next = x.saturating_add(self.sizes[note].w).saturating_add(GAP);
                let under = self.under.get(&note).into_iter().flatten().map(|row| (*row, Some(x)));
                let after = self.after.get(&note).into_iter().flatten().map(|row| (*row, Some(next)));
                beside.extend(under.chain(after));
            }
            waiting.extend(beside.into_iter().rev());
        }
    }

    /// Opens a line for a row, or shares the last one; says where the row begins.
    fn begin(&mut self, at: usize, x: Option<i32>) -> i32 {
        let lone = self.rows[at].lone && x.is_none();
        let x = x.map(|x| if x > LINE_MAX { 0 } else { x });
        let shared = self.lines.last().and_then(|line| match x {
            Some(x) => (line.right + STREAM_GAP <= x).then_some(x),
            None => (lone && (1..LONE_PER_LINE).contains(&line.lone)).then_some(line.right + GAP),
        });
        if shared.is_none() {
            self.open_line();
        }
        if let Some(line) = self.lines.last_mut() {
            line.lone = if lone { line.lone + 1 } else { 0 };
        }
        shared.or(x).unwrap_or(0)
    }

    fn open_line(&mut self) {
        self.lines.push(Line { height: LINE_HEIGHT, right: 0, lone: 0 });
    }

    /// Puts down a row and, in the same line, the first row that follows its last note, and so on.
    fn strand(&mut self, begin: usize, mut x: i32) -> Vec<usize> {
        let mut notes = Vec::new();
        let mut next = Some(begin);
        while let Some(at) = next {
            self.done[at] = true;
            for &note in &self.rows[at].notes {
                if self.spots.contains_key(&note) {
                    continue;
                }
                if x > LINE_MAX {
                    self.open_line();
                    x = 0;
                }
                let line = self.lines.len() - 1;
                self.spots.insert(note, (x, line));
                self.order.push(note);
                notes.push(note);
                let size = self.sizes[note];
                self.lines[line].right = x.saturating_add(size.w);
                // An odd height has a middle line that every note of it can share.
                self.lines[line].height = self.lines[line].height.max(size.h | 1);
                x = x.saturating_add(size.w).saturating_add(GAP);
            }
            let last = self.rows[at].notes.last();
            let followers = last.and_then(|last| self.after.get(last)).into_iter().flatten();
            next = followers.copied().find(|row| !self.done[*row]);
        }
        notes
    }

    fn laid(self) -> Laid {
        let mut tops = Vec::with_capacity(self.lines.len());
        let mut y = 0;
        for line in &self.lines {
            tops.push(y);
            y = line.height.saturating_add(ROW_GAP).saturating_add(y);
        }
        let place = |note: usize| {
            let (x, line) = self.spots[&note];
            let down = (self.lines[line].height - self.sizes[note].h) / 2;
            Point::new(x, tops[line].saturating_add(down))
        };
        let width = self.lines.iter().map(|line| line.right).max().unwrap_or(0);
        Laid {
            places: self.order.iter().map(|note| (*note, place(*note))).collect(),
            size: Size::new(width, (y - ROW_GAP).max(0)),
        }
    }
}
