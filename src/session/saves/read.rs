//! Reading a save file: once, from front to back, in bounded memory whatever stands in it.
//!
//! Reading takes no lock, writes nothing and repairs nothing. A line that cannot be used is set aside and named, and
//! all others count. What follows the last line end counts only where it is whole by its own check sum.

use std::io::{self, Read};
use std::sync::Arc;

use super::record::{Header, Record};
use crate::history::Dropped;
use crate::model::Line;
use crate::model::entry::{BadLine, SUM_KEY, SUM_LEN};
use crate::model::limit::LINE_BYTES_MAX;
use crate::words::Said;

/// How many lines that are set aside are named; of more, their count.
const NAMED_MAX: usize = 100;
/// Bytes of lines set aside that are kept to be repaired.
const ASIDE_BYTES_MAX: usize = 16 * 1024 * 1024;
/// What a line set aside takes beside its text.
const ASIDE_FRAME_BYTES: usize = 64;
const CHUNK_BYTES: usize = 256 * 1024;
/// Bytes of the file's line that are looked at: two deeds' lines, where the line end between them was lost.
const RAW_BYTES_MAX: usize = 2 * (LINE_BYTES_MAX + 2);

/// How each line begins that can be found within another.
const BEGINNINGS: [&[u8]; 3] = [b"{\"id\":", b"{\"squall\":", b"{\"dropped\":"];
/// How often a damaged line is searched for whole ones.
const SALVAGE_TRIES_MAX: usize = 16;

/// What a save file holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// The highest versions and the one board its header lines name.
    pub header: Option<Header>,
    /// Whether header lines name different boards.
    pub has_two_boards: bool,
    /// The deeds, in the order of the file.
    pub lines: Vec<Line>,
    /// What a squash left out; void where a line had to be set aside.
    pub dropped: Dropped,
    /// The lines that could not be used, as many as are kept.
    pub aside: Vec<AsideLine>,
    aside_bytes: usize,
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
                let is_saved = line.is_some_and(|line| self.salvage(line));
                self.aside_count += 1;
                let text = line.filter(|line| !is_saved && line.len() <= LINE_BYTES_MAX);
                let text: Option<Box<str>> =
                    text.and_then(|line| std::str::from_utf8(line).ok()).map(Box::from);
                let bytes = text.as_ref().map_or(0, |text| text.len()) + ASIDE_FRAME_BYTES;
                if self.aside_bytes + bytes <= ASIDE_BYTES_MAX {
                    self.aside_bytes += bytes;
                    self.aside.push(AsideLine { number, why, text });
                }
            }
        }
    }

    /// Keeps every record that stands whole within a damaged line, as where its line end was lost; whether there was
    /// any.
    fn salvage(&mut self, line: &[u8]) -> bool {
        let mut from = 0;
        let mut is_any = false;
        for _ in 0..SALVAGE_TRIES_MAX {
            let Some(start) = BEGINNINGS.iter().filter_map(|it| find(line, from, it)).min() else { break };
            let end = find(line, start, SUM_KEY.as_bytes()).map(|sum| sum + SUM_LEN);
            let Some(inner) = end.and_then(|end| line.get(start..end)) else { break };
            from = start + 1;
            if let Ok(record) = Record::read(inner) {
                self.keep(record);
                is_any = true;
                from = start + inner.len();
            }
        }
        is_any
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

    /// Judges what follows the last line end: it is whole as far as its own check sum says.
    fn finish(&mut self, lines: &Lines) {
        self.whole_to = lines.line_start;
        let open = if lines.is_too_long { &[] } else { &*lines.open };
        let whole = [Some(open.len()), find(open, 0, SUM_KEY.as_bytes()).map(|sum| sum + SUM_LEN)];
        let whole = whole.into_iter().flatten().find_map(|end| {
            let record = Record::read(open.get(..end)?).ok()?;
            Some((record, end as u64))
        });
        if let Some((record, end)) = whole {
            self.keep(record);
            self.whole_to += end;
            self.is_open_ended = end > 0;
        }
        self.torn = lines.fed - self.whole_to;
    }

    /// Whether there is nothing in it that belongs to a wall.
    pub fn is_no_wall(&self) -> bool {
        self.header.is_none() && self.lines.is_empty() && self.dropped.ids.0.is_empty()
    }

    /// All lines of a file that says the same, without those set aside.
    pub fn texts(&self, board: &str) -> Vec<Arc<str>> {
        let mut header = Header::of(board);
        if let Some(old) = &self.header {
            header.read = header.read.max(old.read);
            header.write = header.write.max(old.write);
        }
        let head = std::iter::once(header.line()).chain(self.dropped_lines());
        head.map(Arc::from).chain(self.lines.iter().map(|line| line.text.clone())).collect()
    }

    /// The lines that tell what a squash left out: none where they are void.
    pub fn dropped_lines(&self) -> Vec<String> {
        if self.aside_count > 0 { Vec::new() } else { self.dropped.lines() }
    }

    /// The sentences about what was found.
    pub fn remarks(&self) -> Vec<Said> {
        let mut remarks: Vec<Said> = self.aside.iter().take(NAMED_MAX).map(AsideLine::said).collect();
        if self.aside_count > remarks.len() as u64 {
            let more = self.aside_count - remarks.len() as u64;
            remarks.push(Said::new("save-more-aside").with("count", more));
        }
        remarks
    }
}

/// Where `sought` stands in `bytes`, at or after `from`.
fn find(bytes: &[u8], from: usize, sought: &[u8]) -> Option<usize> {
    bytes[from..].windows(sought.len()).position(|window| window == sought).map(|at| from + at)
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
            if self.is_too_long || self.open.len() + end > RAW_BYTES_MAX {
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
        self.is_too_long |= self.open.len() + rest.len() > RAW_BYTES_MAX;
        if self.is_too_long {
            self.open.clear();
        } else {
            self.open.extend_from_slice(rest);
        }
    }
}
