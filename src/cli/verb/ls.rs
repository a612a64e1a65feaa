use std::fmt::Write as _;

use clap::Args;
use serde_json::json;
use unicode_width::UnicodeWidthStr as _;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Outcome};
use crate::model::text::SafeText;
use crate::session::clock::{local, utc};
use crate::session::saves::SavedBoard;
use crate::words::Said;

/// Lists the boards of the saves folder.
#[derive(Args)]
#[command(about = "cli-ls")]
pub(super) struct Ls {
    #[arg(long, help = "arg-json")]
    json: bool,
}

impl Verb for Ls {
    fn run(self, face: &mut Face) -> Outcome {
        let saves = face.saves()?;
        let boards = saves.list()?;
        // What cannot be read is told when the board is opened.
        let room_of = |board: &SavedBoard| Some(saves.room_of(&board.path).ok()??.link.page());
        if self.json {
            let rows = boards.iter().map(|board| {
                let changed = utc(board.changed);
                let mut row =
                    json!({"name": board.name, "path": board.path, "bytes": board.bytes, "changed": changed});
                if let Some(room) = room_of(board) {
                    row["room"] = room.into();
                }
                row.to_string()
            });
            print(rows.map(|row| row + "\n").collect::<String>())?;
            return Ok(Done::Well);
        }
        if boards.is_empty() {
            face.tell(&Said::new("cli-ls-none").with("folder", saves.folder().display()));
        }
        let names: Vec<String> = boards.iter().map(|board| SafeText::line(&board.name).to_string()).collect();
        let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
        let mut text = String::new();
        for (board, name) in boards.iter().zip(&names) {
            let gap = " ".repeat(widest - name.width());
            let kib = board.bytes.div_ceil(1024);
            let joined =
                room_of(board).map(|room| Said::new("ls-joined").with("room", room).speak(face.lang));
            let joined = joined.map(|joined| format!("  {joined}")).unwrap_or_default();
            writeln!(text, "{name}{gap}  {}  {kib:>7} KiB{joined}", local(&utc(board.changed)))
                .expect("a text takes every word");
        }
        print(text)?;
        Ok(Done::Well)
    }
}
