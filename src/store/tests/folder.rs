//! The folder: who may open it, and what becomes of a half-done thing in it.

use std::fs;
use std::path::Path;

use super::{Engine, InFolder, Scratch, all, card, records, room};
use crate::store::embedded::Embedded;
use crate::store::{Journal, Place, StoreError, open};

/// A folder with two hundred lines of the room `shop`.
async fn filled() -> Scratch {
    let folder = Scratch::new();
    let journal = Embedded::open(&folder).unwrap();
    journal.create(&room("shop"), card("b1")).await.unwrap();
    journal.append(&room("shop"), records("ana", 200)).await.unwrap();
    folder
}

async fn is_whole(folder: &Path) {
    let journal = Embedded::open(folder).unwrap();
    assert_eq!(all(&journal, &room("shop")).await, records("ana", 200));
    let left: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left.len(), 4, "{left:?}");
}

#[tokio::test]
async fn a_folder_is_opened_by_one_at_a_time() {
    let folder = filled().await;
    let first = open(Place::Folder(folder.to_path_buf())).unwrap();
    assert_eq!(
        open(Place::Folder(folder.to_path_buf())).err(),
        Some(StoreError::InUse(folder.to_path_buf()))
    );
    drop(first);
    is_whole(&folder).await;
}

#[tokio::test]
async fn a_newer_format_is_refused_and_nothing_is_touched() {
    let folder = filled().await;
    fs::write(folder.join("format"), "{\"squall\":\"store\",\"version\":2}\n").unwrap();
    assert_eq!(Embedded::open(&folder).err(), Some(StoreError::Newer(folder.to_path_buf())));
    fs::write(folder.join("format"), "{\"squall\":\"store\",\"version\":1}\n").unwrap();
    is_whole(&folder).await;
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    for (name, text) in [("notes.txt", "mine"), ("format", "{\"squall\":\"wall\",\"version\":1}")] {
        let folder = Scratch::new();
        fs::create_dir_all(&*folder).unwrap();
        fs::write(folder.join(name), text).unwrap();
        assert_eq!(Embedded::open(&folder).err(), Some(StoreError::NotAStore(folder.to_path_buf())));
        assert_eq!(fs::read_dir(&*folder).unwrap().count(), 1);
    }
    let folder = Scratch::new();
    fs::write(&*folder, "a file").unwrap();
    assert!(matches!(Embedded::open(&folder).err(), Some(StoreError::Unusable { .. })));
    fs::remove_file(&*folder).unwrap();
}

#[tokio::test]
async fn what_is_not_trusted_is_written_anew() {
    let folder = filled().await;
    let engine = |folder: &Path| fs::read_dir(folder.join("journal")).unwrap().count();
    assert!(engine(&folder) > 0);
    fs::remove_file(folder.join("trusted")).unwrap();
    is_whole(&folder).await;
    assert!(folder.join("trusted").exists());
}

#[tokio::test]
async fn whatever_was_half_done_is_ended_or_begun_again() {
    let folder = filled().await;
    // Killed between putting the old journal aside and putting the new one in its place.
    fs::remove_file(folder.join("trusted")).unwrap();
    fs::rename(folder.join("journal"), folder.join("journal.old")).unwrap();
    fs::create_dir_all(folder.join("journal.new/half")).unwrap();
    is_whole(&folder).await;
    // Killed before the old one was taken away.
    fs::create_dir_all(folder.join("journal.old/half")).unwrap();
    is_whole(&folder).await;
    // Killed before anything was in the folder but its lock, then before the first journal was made.
    let empty = Scratch::new();
    fs::create_dir_all(&*empty).unwrap();
    fs::write(empty.join("lock"), "").unwrap();
    fs::write(empty.join("lock.tmp"), "{").unwrap();
    drop(Embedded::open(&empty).unwrap());
    fs::remove_dir_all(empty.join("journal")).unwrap();
    fs::create_dir_all(empty.join("journal.new")).unwrap();
    fs::write(empty.join("journal.new/0.jnl"), "").unwrap();
    assert_eq!(Embedded::open(&empty).unwrap().rooms().await, Ok(Vec::new()));
}

#[tokio::test]
async fn appends_of_many_rooms_share_syncs() {
    let engine = InFolder::new();
    let rooms: Vec<_> = (0..20).map(|n| room(&format!("room-{n}"))).collect();
    for room in &rooms {
        engine.journal().create(room, card("b")).await.unwrap();
    }
    let lines = records("ana", 50);
    let answers: Vec<_> = lines
        .iter()
        .flat_map(|line| rooms.iter().map(|room| engine.journal().append(room, vec![line.clone()])))
        .collect();
    for answer in answers {
        answer.await.unwrap();
    }
    let pulse = engine.journal().pulse();
    assert!(pulse.lines == 1_000 && pulse.syncs < 500, "{pulse:?}");
}

#[tokio::test]
async fn the_lines_of_a_removed_room_are_swept_away() {
    let engine = InFolder::new();
    let shop = room("shop");
    engine.journal().create(&shop, card("b")).await.unwrap();
    engine.journal().append(&shop, records("ana", 10_000)).await.unwrap();
    engine.journal().remove(&shop).await.unwrap();
    // Dropped in the middle of it, the rest is swept once it is opened again.
    let engine = engine.reopened();
    while engine.lines_of_all() > 0 {
        tokio::task::yield_now().await;
    }
}
