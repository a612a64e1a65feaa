use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::Verb;
use crate::cli::face::{Face, paint};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::hall::{Data, keep_link, link_in, print_links, runtime};
use crate::cli::wall::{is_off, why_not};
use crate::model::RoomName;
use crate::relay::secret::{ROLES, hash, new_token, role_name};
use crate::session::uplink::JoinedRoom;
use crate::session::{News, Wall};
use crate::store::{Journal, RoomCard};
use crate::wire::frame::{Control, Role, Told};
use crate::wire::room::let_back_in;
use crate::words::{Said, say};

/// How long a relay may take to make another link.
const ANSWER: Duration = Duration::from_secs(5);

/// Tells the rooms of a relay that rests, and renews their links; and those of joined boards.
#[derive(Args)]
#[command(about = "cli-links", after_help = "cli-links-after")]
pub(super) struct Links {
    #[arg(value_name = "value-room", help = "arg-room", required_unless_present_any = ["all"])]
    room: Option<String>,
    #[arg(long, help = "arg-all", conflicts_with = "room")]
    all: bool,
    #[arg(long, value_name = "value-role", help = "arg-renew", requires = "room")]
    renew: Option<Renewed>,
    #[arg(long, value_name = "value-folder", help = "arg-data")]
    data: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Renewed {
    View,
    Edit,
    Facilitate,
}

impl Verb for Links {
    fn run(self, face: &mut Face) -> Outcome {
        if let (Some(board), None) = (&self.room, &self.data)
            && let Some(joined) = joined(board, face)
        {
            return match self.renew {
                Some(role) => renew_there(board, role.into(), face),
                None => {
                    print_links(&joined.role.map(|role| (role, joined.link)).into_iter().collect::<Vec<_>>())
                }
            }
            .map(|()| Done::Well);
        }
        let data = Data::find(self.data.clone())?;
        let (runtime, journal) = (runtime()?, data.reopen()?);
        let _within = runtime.enter();
        let mut rooms = runtime.block_on(journal.rooms())?;
        if let Some(room) = &self.room {
            rooms.retain(|(name, _)| name.as_str() == room);
            let no_room = || Failure::refusal(Said::new("store-no-room").with("room", room));
            let (room, card) = rooms.first().ok_or_else(no_room)?;
            match self.renew {
                Some(role) => runtime.block_on(renew(&data, &*journal, room, card.clone(), role.into()))?,
                None => tell_links(&data, room, card, face)?,
            }
            return Ok(Done::Well);
        }
        for (room, card) in &rooms {
            let holdings = runtime.block_on(journal.holdings(room))?;
            let marks = [
                (card.is_read_only, "links-read-only"),
                (card.are_links_locked, "links-locked"),
                (card.is_closed, "links-closed"),
            ];
            let marks = marks.iter().filter(|(is_so, _)| *is_so).map(|(_, key)| say(face.lang, key));
            let said = Said::new("links-room")
                .with("lines", holdings.lines)
                .with("kib", holdings.bytes.div_ceil(1024));
            let told: Vec<String> =
                std::iter::once(said.speak(face.lang)).chain(marks.map(str::to_owned)).collect();
            paint(format!("{room}  {}\n", told.join(", ")))?;
        }
        if rooms.is_empty() {
            face.tell(&Said::new("links-none"));
        }
        Ok(Done::Well)
    }
}

impl From<Renewed> for Role {
    fn from(role: Renewed) -> Role {
        match role {
            Renewed::View => Role::View,
            Renewed::Edit => Role::Edit,
            Renewed::Facilitate => Role::Facilitate,
        }
    }
}

/// The room that a board of this name is joined to, if it is to any.
fn joined(board: &str, face: &Face) -> Option<JoinedRoom> {
    let saves = face.saves().ok()?;
    saves.room_of(&saves.path_of(board).ok()?).ok()?
}

/// Has the relay end the link of a role to a joined board's room and make another.
fn renew_there(board: &str, role: Role, face: &mut Face) -> Outcome<()> {
    let mut wall = face.look(board)?;
    match wall.you() {
        None => return Err(not_renewed(&wall)),
        Some((_, may)) if may < Role::Facilitate => {
            return Err(Failure::refusal(Said::new("tell-not-facilitator")));
        }
        Some(_) => {}
    }
    let room = wall.room().expect("whoever is a member of a room is in one");
    wall.control(&Control::Renew(role));
    let answer = wall.wait_for(ANSWER, |wall| {
        let renewed = wall.news().into_iter().find_map(|news| match news {
            News::Told(Told::Renewed { role: of, token }) if of == role => Some(token),
            _ => None,
        });
        if renewed.is_some() || is_off(wall) { Some(renewed) } else { None }
    });
    let token = answer.flatten().ok_or_else(|| not_renewed(&wall))?;
    let link = room.link.with(room.link.room.clone(), token);
    if let Some(name) = &link.room {
        // Where the board is hosted here, its next relay lets people in by this link and no other.
        let path = Data::of_wall(&face.saves()?, &wall.board().id).room_link(name, role);
        if let Some(hosted) = link_in(&path)? {
            keep_link(&path, &hosted.with(link.room.clone(), link.token.clone()))?;
        }
    }
    print_links(&[(role, link)])?;
    face.tell(&Said::new("links-renewed"));
    Ok(())
}

fn not_renewed(wall: &Wall) -> Failure {
    Failure::trouble(Said::new("links-not-renewed")).because(why_not(wall))
}

/// Tells the links of a room that were made on this machine, and how many of others a relay knows by their hashes only.
fn tell_links(data: &Data, room: &RoomName, card: &RoomCard, face: &Face) -> Outcome<()> {
    let mut links = Vec::new();
    for role in ROLES {
        let hashes = card.tokens.get(role_name(role)).map_or(&[][..], Vec::as_slice);
        let known = link_in(&data.room_link(room, role))?.filter(|link| hashes.contains(&hash(&link.token)));
        let unknown = hashes.len() - usize::from(known.is_some());
        links.extend(known.map(|link| (role, link)));
        if unknown > 0 {
            face.tell(&Said::new("links-hashes").with("role", role_name(role)).with("count", unknown));
        }
    }
    print_links(&links)
}

/// Ends the links of a role and makes another.
async fn renew(
    data: &Data,
    journal: &dyn Journal,
    room: &RoomName,
    mut card: RoomCard,
    role: Role,
) -> Outcome<()> {
    let path = data.room_link(room, role);
    let maker = link_in(&data.create_link())?.or(link_in(&path)?);
    let maker = maker.ok_or_else(|| Failure::trouble(Said::new("links-no-address")))?;
    let token = new_token();
    card.tokens.insert(role_name(role).to_owned(), vec![hash(&token)]);
    let_back_in(&mut card.standings);
    journal.replace_card(room, card).await?;
    let link = maker.with(Some(room.clone()), token);
    keep_link(&path, &link)?;
    print_links(&[(role, link)])
}
