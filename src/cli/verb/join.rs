use std::io::{self, Read as _};
use std::time::Duration;

use clap::Args;

use super::Verb;
use super::open::show;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::progress::progress;
use crate::cli::terminal;
use crate::cli::wall::{reached, why_not};
use crate::session::saves::{SaveError, Saves};
use crate::session::uplink::JoinedRoom;
use crate::session::{News, Wall};
use crate::wire::limit::HANDSHAKE_MS_MAX;
use crate::wire::link::{Link, NotALink};
use crate::words::Said;

/// How long a first look at a room may take: two handshakes, and what is on the wall.
const FIRST_LOOK: Duration = Duration::from_millis(4 * HANDSHAKE_MS_MAX);
/// Bytes of a link on standard input.
const LINK_BYTES_MAX: u64 = 4_096;

/// Joins a room by its link; from then on the board of this name is joined to it.
#[derive(Args)]
#[command(about = "cli-join", after_help = "cli-join-after")]
pub(super) struct Join {
    #[arg(value_name = "value-link", help = "arg-link")]
    link: Option<String>,
    #[arg(value_name = "value-board", help = "arg-join-name")]
    board: Option<String>,
    #[arg(long, help = "arg-insecure")]
    insecure: bool,
}

impl Verb for Join {
    fn run(self, face: &mut Face) -> Outcome {
        let link = link_given(self.link.as_deref(), face)?;
        let Some(room) = &link.room else { return Err(Failure::usage(Said::new("join-create-link"))) };
        let name = self.board.clone().unwrap_or_else(|| room.to_string());
        let saves = face.saves()?;
        let path = saves.path_of(&name)?;
        let known = saves.room_of(&path)?.filter(|known| known.link == link);
        let mut wall = match Wall::open(&saves, &path, &mut progress()) {
            Err(SaveError::NotThere(_)) => Wall::new(""),
            Err(SaveError::Busy(_)) if known.is_some() => Wall::open_or_look(&saves, &path, &mut progress())?,
            wall => wall?,
        };
        let is_known = known.is_some() && wall.path().is_some();
        let joined = known.unwrap_or_else(|| JoinedRoom::new(link.clone(), self.insecure));
        let trouble = wall.connect(joined, face.somebody());
        trouble.map_err(|trouble| Failure::usage(trouble.said()))?;
        let is_live = reached(&mut wall, FIRST_LOOK);
        if wall.news().iter().any(|news| matches!(news, News::OtherBoard(_))) {
            let said = Said::new("join-other-board").with("name", &name);
            return Err(Failure::refusal(said).hint(Said::new("join-other-name")));
        }
        if !is_live && !is_known {
            return Err(Failure::trouble(Said::new("join-not")).because(why_not(&wall)));
        }
        settle(&mut wall, &saves, &path)?;
        if !wall.is_guest() {
            wall.meet_here(&saves, face.somebody(), true);
        }
        if terminal::is_there() {
            return show(wall, face);
        }
        let (title, people) = (wall.board().title().to_owned(), wall.people().count());
        let notes = wall.projection().space.len();
        face.close(wall)?;
        let said = Said::new(if is_live { "join-done" } else { "join-offline" });
        face.tell(&said.with("name", name).with("title", title).with("notes", notes).with("people", people));
        Ok(Done::Well)
    }
}

/// The wall gets a file where it has none, and that is joined to the room.
fn settle(wall: &mut Wall, saves: &Saves, path: &std::path::Path) -> Outcome<()> {
    if wall.path().is_none() {
        wall.keep_at(saves, path)?;
    }
    if let Some(room) = wall.room() {
        saves.keep_room(path, &room)?;
    }
    Ok(())
}

/// The link: typed, on standard input, or in the environment.
pub(super) fn link_given(typed: Option<&str>, face: &Face) -> Outcome<Link> {
    let text = match typed {
        Some("-") => {
            let mut text = String::new();
            let read = io::stdin().lock().take(LINK_BYTES_MAX).read_to_string(&mut text);
            let failed = |error| Said::new("cause-other").with("text", error);
            read.map_err(|error: io::Error| Failure::trouble(Said::new("cli-input")).because(failed(error)))?;
            text
        }
        Some(link) => {
            face.tell(&Said::new("join-in-history"));
            link.to_owned()
        }
        None => std::env::var("SQUALL_LINK").map_err(|_| Failure::usage(Said::new("join-no-link")))?,
    };
    text.trim().parse().map_err(|NotALink| Failure::usage(Said::new("join-bad-link")))
}
