use std::time::Duration;

use clap::Args;

use super::Verb;
use super::join::link_given;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::hall::{new_links, print_links, room_names};
use crate::cli::wall::{is_off, why_not};
use crate::model::RoomName;
use crate::session::Wall;
use crate::session::uplink::{JoinedRoom, NotFounded, found};
use crate::wire::close::Close;
use crate::wire::frame::{Create, Links, Role};
use crate::wire::link::Link;
use crate::words::Said;

/// How long a wall may take to go up: one of the largest, at the rate a relay takes.
const UPLOAD: Duration = Duration::from_secs(600);

/// Puts a wall on a relay.
#[derive(Args)]
#[command(about = "cli-share", after_help = "cli-share-after")]
pub(super) struct Share {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(long, value_name = "value-link", help = "arg-relay")]
    relay: Option<String>,
    #[arg(long, help = "arg-insecure")]
    insecure: bool,
}

impl Verb for Share {
    fn run(self, face: &mut Face) -> Outcome {
        let maker = link_given(self.relay.as_deref(), face)?;
        if maker.room.is_some() {
            return Err(Failure::usage(Said::new("share-room-link")));
        }
        let saves = face.saves()?;
        let path = saves.path_of(&self.board)?;
        if saves.room_of(&path)?.is_some() {
            let said = Said::new("share-joined").with("name", &self.board);
            return Err(Failure::refusal(said).try_next(&["leave", &self.board]));
        }
        let mut wall = face.open(&self.board)?;
        let (tokens, hashes) = new_links();
        let room = self.found(&maker, wall.board().id.clone(), &hashes, face)?;
        let links = tokens.map(|(role, token)| (role, maker.with(Some(room.clone()), token)));
        let [.., (Role::Facilitate, own)] = &links else { unreachable!("the last role may most") };
        let joined = JoinedRoom::new(own.clone(), self.insecure);
        saves.keep_room(&path, &joined)?;
        wall.connect(joined, face.somebody()).map_err(|trouble| Failure::trouble(trouble.said()))?;
        upload(&mut wall, face);
        let notes = wall.projection().space.len();
        face.close(wall)?;
        print_links(&links)?;
        face.tell(&Said::new("share-done").with("notes", notes));
        face.tell(&Said::new("share-links"));
        Ok(Done::Well)
    }
}

impl Share {
    /// Makes a room for the wall, under the first name that is free.
    fn found(&self, maker: &Link, board: String, tokens: &Links, face: &mut Face) -> Outcome<RoomName> {
        let create = Create { board, tokens: tokens.clone() };
        let mut why = NotFounded::Closed(Close::OtherBoard);
        for room in room_names(&self.board) {
            let link = maker.with(Some(room.clone()), maker.token.clone());
            match found(&link, self.insecure, face.somebody(), create.clone()) {
                Ok(()) => return Ok(room),
                Err(again @ NotFounded::Closed(Close::OtherBoard)) => why = again,
                Err(other) => return Err(not_made(&other)),
            }
        }
        Err(not_made(&why))
    }
}

/// Waits until the room has all of the wall, so that nobody who follows a link finds it empty; else says what is amiss.
pub(super) fn upload(wall: &mut Wall, face: &Face) {
    let is_up = |wall: &Wall| wall.is_live() && wall.unsent() == 0;
    wall.wait_until(UPLOAD, |wall| is_up(wall) || is_off(wall));
    if !is_up(wall) {
        face.tell(&why_not(wall));
    }
}

fn not_made(why: &NotFounded) -> Failure {
    let failure = match why {
        NotFounded::Closed(Close::Token) => Failure::refusal,
        NotFounded::Closed(_) | NotFounded::Trouble(_) => Failure::trouble,
    };
    failure(Said::new("share-not")).because(why.said())
}
