//! The room that a board is joined to: a small file beside the board's own.
//!
//! It holds the link, secret and all, so only its owner may read it; and what the relay was last known to have, so that
//! what waits for it is known before it is reached. Without it the board is as it was, and joined to nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Saves;
use super::disk::{Disk as _, MachineDisk, folder_of, write_private};
use super::error::SaveError;
use crate::model::Heads;
use crate::session::uplink::JoinedRoom;
use crate::wire::frame::Role;
use crate::words::{Lang, say};

/// How the name of such a file ends.
const ENDING: &str = "room";
const VERSION: u32 = 1;
/// Bytes of such a file: the heads of as many authors as a board has at most, and more.
const BYTES_MAX: u64 = 8 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
struct RoomFile {
    version: u32,
    link: String,
    #[serde(default)]
    may_be_open: bool,
    role: Option<Role>,
    #[serde(default)]
    there: Heads,
}

impl Saves {
    /// The room that a board is joined to, if it is to any.
    pub fn room_of(&self, board: &Path) -> Result<Option<JoinedRoom>, SaveError> {
        let path = place(board);
        let damaged = || SaveError::BadRoom(path.clone());
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(SaveError::io(&path, error)),
            Ok(data) if !data.is_file() || data.len() > BYTES_MAX => return Err(damaged()),
            Ok(_) => {}
        }
        let text = fs::read_to_string(&path).map_err(|error| SaveError::io(&path, error))?;
        let file: RoomFile = toml::from_str(&text).map_err(|_| damaged())?;
        let link = file.link.parse().map_err(|_| damaged())?;
        if file.version > VERSION {
            return Err(damaged());
        }
        Ok(Some(JoinedRoom { link, may_be_open: file.may_be_open, role: file.role, there: file.there }))
    }

    /// Joins a board to a room from now on.
    pub fn keep_room(&self, board: &Path, room: &JoinedRoom) -> Result<(), SaveError> {
        keep_room(board, room)
    }

    /// Joins a board to nothing from now on; whether it was joined to anything.
    pub fn forget_room(&self, board: &Path) -> Result<bool, SaveError> {
        let path = place(board);
        match fs::remove_file(&path).and_then(|()| MachineDisk.sync_folder(folder_of(&path))) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(SaveError::io(&path, error)),
        }
    }

    /// The room goes where its board goes.
    pub(super) fn move_room(&self, from: &Path, to: &Path) -> Result<(), SaveError> {
        match fs::rename(place(from), place(to)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(SaveError::io(&place(from), error)),
            _ => Ok(()),
        }
    }
}

fn place(board: &Path) -> PathBuf {
    board.with_extension(ENDING)
}

/// Joins a board to a room from now on.
pub(in crate::session) fn keep_room(board: &Path, room: &JoinedRoom) -> Result<(), SaveError> {
    let file = RoomFile {
        version: VERSION,
        link: room.link.to_string(),
        may_be_open: room.may_be_open,
        role: room.role,
        there: room.there.clone(),
    };
    let path = place(board);
    let text = toml::to_string(&file).map_err(io::Error::other);
    let head = Lang::ALL.map(|lang| format!("# {}\n", say(lang, "room-file"))).concat();
    let written = text.and_then(|text| write_private(&path, &(head + &text)));
    written.map_err(|error| SaveError::io(&path, error))
}
