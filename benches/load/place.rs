//! Folders with the rooms that a relay is started over.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use squall::model::{Author, EntryId, RoomName};
use squall::relay::secret::hash;
use squall::store::{self, Journal, Place, RoomCard};
use squall::wire::frame::Token;

use crate::line::record;

/// The token of everybody.
pub(crate) const TOKEN: &str = "token-of-load";
/// Lines handed to a journal together, and authors they are of.
const AT_ONCE: usize = 1_000;
const AUTHORS: u64 = 100;

/// An empty folder of this name.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("load").join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).expect("there is room for a bench");
    folder
}

/// The journal a relay over this folder has.
pub(crate) fn journal(folder: &Path) -> Arc<dyn Journal> {
    store::open(Place::Folder(folder.join("rooms"))).expect("there is room for a bench")
}

/// The author of this number. Those who join have others than those who were there before.
pub(crate) fn author(nth: u64) -> Author {
    Author::from_random(nth.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Makes rooms with so many lines each.
pub(crate) async fn fill(folder: &Path, rooms: &[String], lines: u64) {
    let journal = journal(folder);
    let tokens = [("edit".to_owned(), vec![hash(&Token(TOKEN.to_owned()))])].into();
    let card = RoomCard { board: "bk3x9v2p4qd".to_owned(), tokens, ..RoomCard::default() };
    let each = |room: &String| room.parse::<RoomName>().expect("a plain name");
    let made: Vec<_> = rooms.iter().map(|room| journal.create(&each(room), card.clone())).collect();
    for made in made {
        made.await.expect("nothing is there yet");
    }
    let id = |nth| EntryId { author: author(u64::MAX / 2 + nth % AUTHORS), counter: nth / AUTHORS + 1 };
    let records: Vec<_> = (0..lines).map(|nth| record(id(nth))).collect();
    for room in rooms {
        for some in records.chunks(AT_ONCE) {
            drop(journal.append(&each(room), some.to_vec()).await.expect("the disk takes it"));
        }
    }
}
