//! The folder of a relay.
//!
//! ```text
//! rooms/         the journal
//! create-link    the link that makes rooms, which only its owner may read
//! links/ROOM     the links of a room that was made here, the same
//! tls.pem        the certificate nobody vouches for, and its key, the same
//! ```

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy as _;

use crate::cli::failure::{Failure, Outcome};
use crate::model::RoomName;
use crate::relay::secret::{hash, role_name};
use crate::relay::tls::self_signed;
use crate::session::saves::disk::{make_folder, write_private};
use crate::session::saves::error::cause;
use crate::session::saves::{SaveError, Saves};
use crate::store::{Journal, Place, open};
use crate::wire::frame::{Role, Token};
use crate::wire::link::Link;
use crate::words::Said;

/// The folder.
#[derive(Clone, Debug)]
pub(crate) struct Data(PathBuf);

impl Data {
    /// This folder.
    pub(crate) fn at(folder: PathBuf) -> Data {
        Data(folder)
    }

    /// The folder that was asked for, else the platform's.
    pub(crate) fn find(asked: Option<PathBuf>) -> Outcome<Data> {
        match asked {
            Some(folder) => Ok(Data(folder)),
            None => {
                let platform = etcetera::choose_base_strategy().map_err(|_| SaveError::NoHome)?;
                Ok(Data(platform.data_dir().join("squall").join("relay")))
            }
        }
    }

    /// The folder of the relay of one wall that is hosted here. It goes by the wall's id, so that the wall may be given
    /// another name.
    pub(crate) fn of_wall(saves: &Saves, board: &str) -> Data {
        let id = match board.parse::<RoomName>() {
            Ok(name) => name.to_string(),
            Err(_) => hash(&Token(board.to_owned())),
        };
        Data(saves.folder().join("relay").join(id))
    }

    /// Opens the journal, and makes the folder where it is not there.
    pub(crate) fn open(&self) -> Outcome<Arc<dyn Journal>> {
        make_folder(&self.0).map_err(|error| unwritten(&self.0, &error))?;
        Ok(open(Place::Folder(self.0.join("rooms")))?)
    }

    /// Opens the journal of a relay that has run here.
    pub(crate) fn reopen(&self) -> Outcome<Arc<dyn Journal>> {
        match self.0.join("rooms").is_dir() {
            true => self.open(),
            false => Err(Failure::trouble(Said::new("relay-no-data").with("path", self.0.display()))
                .try_next(&["serve"])),
        }
    }

    /// Where the link that makes rooms is.
    pub(crate) fn create_link(&self) -> PathBuf {
        self.0.join("create-link")
    }

    /// Where the links of a room are, one for each role.
    pub(crate) fn room_link(&self, room: &RoomName, role: Role) -> PathBuf {
        self.0.join("links").join(format!("{room}.{}", role_name(role)))
    }

    /// A certificate and its key, made where there is none yet.
    pub(super) fn certificate(&self) -> Outcome<(PathBuf, String)> {
        let path = self.0.join("tls.pem");
        match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let made = self_signed();
                write_private(&path, &made).map_err(|error| unwritten(&path, &error))?;
                Ok((path, made))
            }
            Ok(text) => Ok((path, text)),
            Err(error) => Err(unread(&path, &error)),
        }
    }
}

/// The link in a file, if there is one.
pub(crate) fn link_in(path: &Path) -> Outcome<Option<Link>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.trim().parse().ok()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unread(path, &error)),
    }
}

/// Keeps a link in a file that only its owner may read.
pub(crate) fn keep_link(path: &Path, link: &Link) -> Outcome<()> {
    write_private(path, &format!("{link}\n")).map_err(|error| unwritten(path, &error))
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Failure::trouble(Said::new("file-unwritten").with("path", path.display())).because(cause(error))
}

pub(super) fn unread(path: &Path, error: &std::io::Error) -> Failure {
    Failure::trouble(Said::new("cli-file-unread").with("path", path.display())).because(cause(error))
}
