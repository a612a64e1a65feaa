use std::io;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::thread;

use clap::Args;
use crossterm::clipboard::CopyToClipboard;

use super::Verb;
use super::open::{open_or_make, show};
use super::share::upload;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome, call};
use crate::cli::hall::{Data, Hall, Purpose, Stop, Ways, print_links};
use crate::cli::terminal;
use crate::model::RoomName;
use crate::session::Wall;
use crate::session::saves::Saves;
use crate::session::uplink::JoinedRoom;
use crate::wire::frame::Role;
use crate::wire::link::Link;
use crate::words::Said;

/// Ports that will do where the usual one is taken and none was asked for.
const MORE_PORTS: u16 = 9;

/// Runs a relay for one wall, and opens the wall.
#[derive(Args)]
#[command(about = "cli-host", after_help = "cli-host-after")]
pub(super) struct Host {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[command(flatten)]
    ways: Ways,
    #[arg(long, value_name = "value-folder", help = "arg-data")]
    data: Option<PathBuf>,
}

impl Verb for Host {
    fn run(self, face: &mut Face) -> Outcome {
        let saves = face.saves()?;
        let mut seat = face.seat(&saves);
        let mut wall = open_or_make(&self.board, &saves, &mut seat)?;
        if let Some(why) = wall.read_only() {
            return Err(Failure::trouble(why.said()));
        }
        let usual = || Data::of_wall(&saves, &wall.board().id);
        let data = self.data.clone().map_or_else(usual, Data::at);
        let more_ports = if self.ways.listen.is_some() { 0 } else { MORE_PORTS };
        let hall = Hall::open(&data, &self.ways, &Purpose { more_ports, ..Purpose::default() })?;
        let (room, links) = hall.room_of(&data, &wall.board().id, &self.board)?;
        let joined = self.joined(&saves, &hall, &room, &links)?;
        wall.connect(joined, face.somebody()).map_err(|trouble| Failure::trouble(trouble.said()))?;
        wall.meet_here(&saves, face.somebody(), true);
        // Whoever reads the links may say stop at once.
        let stop = (!terminal::is_there()).then(|| hall.stop());
        upload(&mut wall, face);
        self.tell(&hall, &links, face)?;
        let done = match stop {
            None => wait_for_enter(&mut wall, &hall, face).and_then(|()| show(wall, face)),
            Some(stop) => serve(wall, &hall, stop, face),
        };
        hall.close();
        done
    }
}

/// Serves without a screen, a member like any other, until it is told to stop.
fn serve(mut wall: Wall, hall: &Hall, stop: Stop, face: &Face) -> Outcome {
    let bell = wall.bell();
    let served = hall.serve_beside(stop, &bell, || drop(wall.refresh()));
    face.close(wall)?;
    served?;
    face.tell(&Said::new("serve-over"));
    Ok(Done::Well)
}

/// The screen would cover the links. Whoever follows one meanwhile finds the wall.
fn wait_for_enter(wall: &mut Wall, hall: &Hall, face: &Face) -> Outcome<()> {
    face.tell(&Said::new("host-enter"));
    let ((tell, told), bell) = (channel(), wall.bell());
    let ring = bell.clone();
    thread::spawn(move || {
        drop(tell.send(io::stdin().read_line(&mut String::new())));
        ring.ring();
    });
    hall.serve_until(&told, &bell, || drop(wall.refresh()))?.map(|_| ()).map_err(|error| {
        Failure::trouble(Said::new("cli-input")).because(Said::new("cause-other").with("text", error))
    })
}

impl Host {
    /// Has the wall joined to its room here, where it is joined to none elsewhere.
    fn joined(
        &self,
        saves: &Saves,
        hall: &Hall,
        room: &RoomName,
        links: &[(Role, Link)],
    ) -> Outcome<JoinedRoom> {
        let path = saves.path_of(&self.board)?;
        let known = saves.room_of(&path)?;
        let is_here = |joined: &JoinedRoom| {
            joined.link.room.as_ref() == Some(room) && joined.link.relay.host == hall.near_link().relay.host
        };
        if known.as_ref().is_some_and(|joined| !is_here(joined)) {
            let said = Said::new("host-joined").with("name", &self.board);
            return Err(Failure::refusal(said).try_next(&["leave", &self.board]));
        }
        let own = links.iter().find(|(role, _)| *role == Role::Facilitate);
        let token = own.map(|(_, link)| link.token.clone()).expect("there is a link for every role");
        let fresh = JoinedRoom::new(hall.near_link().with(Some(room.clone()), token), self.ways.insecure);
        let joined = JoinedRoom { there: known.map(|known| known.there).unwrap_or_default(), ..fresh };
        saves.keep_room(&path, &joined)?;
        Ok(joined)
    }

    /// Says who can reach the wall, how more can, and by which links.
    fn tell(&self, hall: &Hall, links: &[(Role, Link)], face: &Face) -> Outcome<()> {
        face.tell(&hall.reach());
        if hall.is_pinned() {
            face.tell(&Said::new("relay-pinned"));
        }
        let port = hall.listens.port();
        if hall.listens.ip().is_loopback() && self.ways.public.is_none() {
            let network = call(&["host", &self.board, "--listen", &format!("0.0.0.0:{port}")]);
            let relay = call(&["share", &self.board, "--relay", "-"]);
            let ssh = format!("ssh -R {port}:localhost:{port}");
            face.tell(
                &Said::new("host-further")
                    .with_said("network", network)
                    .with("ssh", ssh)
                    .with_said("relay", relay),
            );
        }
        print_links(links)?;
        if terminal::is_there() {
            let edit = links.iter().find(|(role, _)| *role == Role::Edit);
            let copied = edit.map(|(_, link)| CopyToClipboard::to_clipboard_from(link.to_string()));
            // A terminal that does not copy shows the link all the same.
            drop(copied.map(|copy| crossterm::execute!(io::stdout(), copy)));
            face.tell(&Said::new("host-copied"));
        }
        Ok(())
    }
}
