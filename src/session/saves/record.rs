//! The lines of a save file: its header, what a squash left out, and the deeds.
//!
//! ```text
//! {"squall":"wall","read":1,"write":1,"board":"bk3x9v2p4qd","sum":"…"}
//! {"dropped":{"k3x9v2p4qd":"1-16,18"},"t":812,"sum":"…"}
//! {"id":"k3x9v2p4qd.17",…,"sum":"…"}
//! ```
//! They may stand in any order and more than once, as they do after git has joined two files.

use serde::{Deserialize, Serialize};

use super::error::ReadOnly;
use crate::history::Dropped;
use crate::model::Line;
use crate::model::entry::{BEGINNING, BadLine, check_sum, sealed};

/// The format this version reads; a file that asks for more is refused.
pub const READ_VERSION: u32 = 1;
/// The format this version writes; a file that asks for more is opened for reading only.
pub const WRITE_VERSION: u32 = 1;
/// Characters of a wall's name.
const BOARD_CHARS_MAX: usize = 64;

/// What a header line says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Header {
    /// What sort of file this is, always `wall`.
    squall: String,
    /// The least format a squall must know to read the file.
    pub read: u32,
    /// The least format a squall must know to write to it.
    pub write: u32,
    /// The wall.
    pub board: String,
}

/// What one line of a save file is.
#[derive(Clone, PartialEq, Debug)]
pub enum Record {
    /// A header.
    Header(Header),
    /// Deeds a squash left out.
    Dropped(Dropped),
    /// A deed.
    Deed(Line),
    /// An empty line, or what git leaves where it could not join: nothing.
    Blank,
}

impl Header {
    /// The header of a wall, as this version writes it.
    pub fn of(board: &str) -> Header {
        Header { squall: "wall".into(), read: READ_VERSION, write: WRITE_VERSION, board: board.into() }
    }

    /// Whether its wall has a name that a header may hold.
    pub fn names_a_wall(&self) -> bool {
        (1..=BOARD_CHARS_MAX).contains(&self.board.chars().count())
    }

    /// What this version may do with such a file: nothing where it cannot even read it.
    pub fn access(&self) -> Result<(), Option<ReadOnly>> {
        if self.read > READ_VERSION {
            Err(None)
        } else if self.write > WRITE_VERSION {
            Err(Some(ReadOnly::NewerWriter))
        } else {
            Ok(())
        }
    }

    /// Its line.
    pub fn line(&self) -> String {
        sealed(&serde_json::to_string(self).expect("a header is plain data"))
    }
}

const CONFLICT_MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

impl Record {
    /// Reads a line, without its line end.
    pub fn read(line: &[u8]) -> Result<Record, BadLine> {
        let text = std::str::from_utf8(line).map_err(|_| BadLine::WrongSum)?;
        let text = text.strip_suffix('\r').unwrap_or(text);
        if text.starts_with(BEGINNING) {
            return Line::read(text).map(Record::Deed);
        }
        let is_mark =
            |mark: &str| text.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        if text.trim().is_empty() || CONFLICT_MARKS.iter().any(|mark| is_mark(mark)) {
            return Ok(Record::Blank);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.starts_with("{\"squall\":") {
            check_sum(text)?;
            let header: Header = serde_json::from_str(text).map_err(|_| BadLine::NoEnvelope)?;
            return if header.squall == "wall" && header.names_a_wall() {
                Ok(Record::Header(header))
            } else {
                Err(BadLine::NoEnvelope)
            };
        }
        if Dropped::is_line(text) {
            return Dropped::read(text).map(Record::Dropped);
        }
        Line::read(text).map(Record::Deed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_what_it_was_written_as() {
        let header = Header::of("b1");
        assert_eq!(Record::read(header.line().as_bytes()), Ok(Record::Header(header.clone())));
        assert_eq!(
            Record::read(format!("\u{feff}{}\r", header.line()).as_bytes()),
            Ok(Record::Header(header))
        );
        for blank in ["", "\r", "  ", "<<<<<<< HEAD", "=======\r", ">>>>>>> theirs", "||||||| base"] {
            assert_eq!(Record::read(blank.as_bytes()), Ok(Record::Blank), "{blank:?}");
        }
        assert_eq!(Record::read(b"[[[["), Err(BadLine::NoSum));
        assert_eq!(Record::read(b"\xff\xfe"), Err(BadLine::WrongSum));
        assert_eq!(Record::read(b"========"), Err(BadLine::NoSum));
    }
}
