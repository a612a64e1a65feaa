//! Reading a save file: once, from front to back, in bounded memory whatever stands in it.
//!
//! Reading takes no lock, writes nothing and repairs nothing. A line that cannot be used is set aside and named, and
//! all others count. What follows the last line end counts only where it is whole by its own check sum.

use std::io::{self, Read};
use std::sync::Arc;

use super::record::{Header, Record, dropped_lines};
use crate::model::entry::BadLine;
use crate::model::limit::LINE_BYTES_MAX;
use crate::model::{Heads, Line};
use crate::words::Said;

/// How many lines that are set aside are kept by number; of more, their count.
pub const NAMED_MAX: usize = 1_000;
const CHUNK_BYTES: usize = 256 * 1024;

/// What a save file holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// The highest versions and the one board its header lines name.
    pub header: Option<Header>,
    /// Whether header lines name different boards.
    pub has_two_boards: bool,
    /// The deeds, in the order of the file.
    pub lines: Vec<Line>,
    /// What a squash left out.
    pub dropped: Heads,
    /// The lines that could not be used.
    pub aside: Vec<AsideLine>,
    /// How many there are of those.
    pub aside_count: u64,
    /// The byte after the last whole line.
    pub whole_to: u64,
    /// How many bytes follow it.
    pub torn: u64,
    /// Whether the last whole line lacks its line end.
    pub is_open_ended: bool,
}

/// A line that could not be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AsideLine {
    /// Which line of the file, from 1.
    pub number: u64,
    /// What is wrong with it.
    pub why: BadLine,
    /// What it says, where it is text of a line's size.
    pub text: Option<Box<str>>,
}

impl AsideLine {
    /// The sentence that names it.
    pub fn said(&self) -> Said {
        Said::new("save-line-aside").with("number", self.number).with_said("why", Said::new(self.why.key()))
    }
}

/// Hears how far reading is: bytes read, of so many.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);

/// Reads a whole file of `size` bytes.
pub fn read(file: &mut dyn Read, size: u64, progress: Progress<'_>) -> io::Result<Reading> {
    let mut reading = Reading::default();
    let mut lines = Lines::default();
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let count = match file.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        lines.feed(&chunk[..count], &mut |number, line| reading.take(number, line));
        progress(lines.fed, size.max(lines.fed));
    }
    reading.finish(&lines);
    Ok(reading)
}

impl Reading {
    fn take(&mut self, number: u64, line: Option<&[u8]>) {
        let record = line.ok_or(BadLine::TooLong).and_then(Record::read);
        match record {
            Ok(record) => self.keep(record),
            Err(why) => {
                self.aside_count += 1;
                if self.aside.len() < NAMED_MAX {
                    let text = line.and_then(|line| std::str::from_utf8(line).ok()).map(Box::from);
                    self.aside.push(AsideLine { number, why, text });
                }
            }
        }
    }

    fn keep(&mut self, record: Record) {
        match record {
            Record::Deed(line) => self.lines.push(line),
            Record::Dropped(heads) => self.dropped.extend(&heads),
            Record::Blank => {}
            Record::Header(new) => match &mut self.header {
                Some(header) => {
                    self.has_two_boards |= header.board != new.board;
                    header.read = header.read.max(new.read);
                    header.write = header.write.max(new.write);
                }
                None => self.header = Some(new),
            },
        }
    }

    /// Judges what follows the last line end.
    fn finish(&mut self, lines: &Lines) {
        self.whole_to = lines.line_start;
        if lines.fed > lines.line_start {
            match Record::read(&lines.open) {
                Ok(record) if !lines.is_too_long => {
                    self.keep(record);
                    self.whole_to = lines.fed;
                    self.is_open_ended = true;
                }
                _ => self.torn = lines.fed - lines.line_start,
            }
        }
        if self.aside_count > 0 {
            self.dropped = Heads::default();
        }
    }

    /// Whether there is nothing in it that belongs to a wall.
    pub fn is_no_wall(&self) -> bool {
        self.header.is_none() && self.lines.is_empty() && self.dropped.0.is_empty()
    }

    /// All lines of a file that says the same, without those set aside.
    pub fn texts(&self, board: &str) -> Vec<Arc<str>> {
        let mut header = Header::of(board);
        if let Some(old) = &self.header {
            header.read = header.read.max(old.read);
            header.write = header.write.max(old.write);
        }
        let head = std::iter::once(header.line()).chain(dropped_lines(&self.dropped));
        head.map(Arc::from).chain(self.lines.iter().map(|line| line.text.clone())).collect()
    }

    /// The sentences about what was found.
    pub fn remarks(&self) -> Vec<Said> {
        let mut remarks: Vec<Said> = self.aside.iter().map(AsideLine::said).collect();
        if self.aside_count > remarks.len() as u64 {
            let more = self.aside_count - remarks.len() as u64;
            remarks.push(Said::new("save-more-aside").with("count", more));
        }
        remarks
    }
}

/// Cuts what is fed to it into lines. Of a line that is too long it keeps nothing.
#[derive(Default)]
struct Lines {
    /// Bytes fed so far.
    fed: u64,
    /// Where the open line began.
    line_start: u64,
    /// How many lines have ended.
    ended: u64,
    /// The open line so far.
    open: Vec<u8>,
    is_too_long: bool,
}

impl Lines {
    /// Hands on each line that ends in `bytes`, with its number; nothing in the place of one that is too long.
    fn feed(&mut self, bytes: &[u8], each: &mut dyn FnMut(u64, Option<&[u8]>)) {
        let mut rest = bytes;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            self.ended += 1;
            if self.is_too_long || self.open.len() + end > LINE_BYTES_MAX + 1 {
                each(self.ended, None);
            } else if self.open.is_empty() {
                each(self.ended, Some(&rest[..end]));
            } else {
                self.open.extend_from_slice(&rest[..end]);
                each(self.ended, Some(&self.open));
            }
            self.open.clear();
            self.is_too_long = false;
            rest = &rest[end + 1..];
            self.line_start = self.fed + (bytes.len() - rest.len()) as u64;
        }
        self.fed += bytes.len() as u64;
        self.is_too_long |= self.open.len() + rest.len() > LINE_BYTES_MAX + 1;
        if self.is_too_long {
            self.open.clear();
        } else {
            self.open.extend_from_slice(rest);
        }
    }
}
