use clap::Args;

use super::Verb;
use super::new::title_of;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::plain::talk;
use crate::cli::progress::progress;
use crate::cli::terminal;
use crate::command::Command;
use crate::session::person::new_board_id;
use crate::session::saves::{SaveError, Saves};
use crate::session::template::Template;
use crate::session::{Seat, Wall};
use crate::tui::lobby::{Lobby, walked_round};
use crate::tui::picker::Picked;
use crate::tui::probe::Answers;
use crate::tui::screen::Manner;
use crate::tui::{Left, Local, Look};
use crate::words::{Said, say};

/// Opens a wall in the terminal, and makes it where it is not there.
#[derive(Args)]
#[command(about = "cli-open")]
pub(super) struct Open {
    #[arg(value_name = "value-board", help = "arg-board", required_unless_present = "tour")]
    board: Option<String>,
    #[arg(long, help = "arg-view")]
    view: bool,
    #[arg(long, help = "arg-tour", conflicts_with = "view")]
    tour: bool,
    #[arg(long, help = "arg-plain", conflicts_with = "tour")]
    plain: bool,
}

impl Verb for Open {
    fn run(self, face: &mut Face) -> Outcome {
        let board = self.board.as_deref().unwrap_or(WALKED);
        let plain = self.plain || terminal::is_plain();
        if !terminal::is_there() && !plain {
            return Err(Failure::usage(Said::new("cli-no-terminal")).try_next(&["show", board]));
        }
        let saves = face.saves()?;
        let mut seat = face.seat(&saves);
        let mut wall = match self.view {
            true => Wall::read(&saves.path_of(board)?, &mut progress())?,
            false if self.tour => open_to_walk(board, &saves, &mut seat, face)?,
            false => open_or_make(board, &saves, &mut seat)?,
        };
        if plain {
            if !self.plain {
                face.tell(&Said::new("cli-dumb-terminal"));
            }
            face.connect(&mut wall).iter().for_each(|said| face.tell(said));
            return talk(wall, seat, face);
        }
        let local = enter(face)?;
        sit(local, wall, seat, face, self.tour)
    }
}

/// The name of the wall that people are walked round in, where they name none.
const WALKED: &str = "tour";

/// The wall of this name or path; a copy of a sample where it is not there.
fn open_to_walk(board: &str, saves: &Saves, seat: &mut Seat, face: &Face) -> Outcome<Wall> {
    let path = saves.path_of(board)?;
    match Wall::open_or_look(saves, &path, &mut progress()) {
        Err(SaveError::NotThere(_)) => {
            let sample =
                Template::named(walked_round(face.lang)).expect("the table has a sample of every language");
            let mut wall = sample.wall(face.lang, seat)?;
            wall.keep_at(saves, &path)?;
            Ok(wall)
        }
        wall => Ok(wall?),
    }
}

/// The wall of this name or path; a new one where it is not there.
pub(super) fn open_or_make(board: &str, saves: &Saves, seat: &mut Seat) -> Outcome<Wall> {
    let path = saves.path_of(board)?;
    match Wall::open_or_look(saves, &path, &mut progress()) {
        Err(SaveError::NotThere(_)) => {
            let mut wall = Wall::new(&new_board_id());
            let title = title_of(board).into();
            seat.perform(&mut wall, &Command::Set { of: None, field: "title".to_owned(), value: title })?;
            wall.keep_at(saves, &path)?;
            Ok(wall)
        }
        wall => Ok(wall?),
    }
}

fn enter(face: &Face) -> Outcome<Local> {
    let decide = |answers: &Answers| {
        let sync = face.config.settings().get("sync") != "off" && answers.sync != Some(false);
        let theme = terminal::theme(face.is_coloured, answers);
        let ascii = match face.config.settings().get("glyphs") {
            "ascii" => true,
            "all" => false,
            _ => answers.is_wide(),
        };
        Look { lang: face.usual_lang, theme, manner: Manner { sync, ascii, ..Manner::default() } }
    };
    Local::enter(decide).map_err(|error| no_screen(&error))
}

fn no_screen(error: &std::io::Error) -> Failure {
    Failure::trouble(Said::new("cli-screen")).because(Said::new("cause-other").with("text", error))
}

/// Shows how a wall came to be.
pub(super) fn watch(board: &str, speed: Option<u32>, face: &mut Face) -> Outcome {
    let saves = face.saves()?;
    let seat = face.seat(&saves);
    let mut wall = Wall::read(&saves.path_of(board)?, &mut progress())?;
    let mut local = enter(face)?;
    let left = local.replay(&mut wall, seat, std::mem::take(&mut face.config), speed);
    drop(local);
    left.map_err(|error| no_screen(&error))?;
    Ok(Done::Well)
}

/// Shows a wall until the person leaves it, then gives the terminal back before anything is said.
fn sit(mut local: Local, mut wall: Wall, seat: Seat, face: &mut Face, walked: bool) -> Outcome {
    face.connect(&mut wall).into_iter().for_each(|said| wall.remark(said));
    let left = local.sit(&mut wall, seat, std::mem::take(&mut face.config), walked);
    drop(local);
    face.close(wall)?;
    left.map_err(|error| no_screen(&error))?;
    Ok(Done::Well)
}

/// Shows a wall that is connected already.
pub(super) fn show(mut wall: Wall, face: &mut Face) -> Outcome {
    let seat = face.seat(&face.saves()?);
    let mut local = enter(face)?;
    let left = local.sit(&mut wall, seat, std::mem::take(&mut face.config), false);
    drop(local);
    face.close(wall)?;
    left.map_err(|error| no_screen(&error))?;
    Ok(Done::Well)
}

/// Shows the first screen, and the wall that was picked there.
pub(super) fn pick(face: &mut Face) -> Outcome {
    let saves = face.saves()?;
    let mut seat = face.seat(&saves);
    let mut local = enter(face)?;
    let mut lobby = Lobby::new(&saves, &local, face.config.settings())?;
    loop {
        if local.show(&mut lobby).map_err(|error| no_screen(&error))? == Left::Told {
            return Ok(Done::Well);
        }
        let wall = match lobby.picked() {
            Picked::Leave => return Ok(Done::Well),
            Picked::Board(name) => open_or_make(name, &saves, &mut seat),
            Picked::New(name, "blank") if !name.is_empty() => open_or_make(name, &saves, &mut seat),
            Picked::New(name, template) => make(name, template, &saves, &mut seat, face),
            Picked::Tour => open_to_walk(WALKED, &saves, &mut seat, face),
            Picked::Sample(id) => copy_sample(id, &saves, &mut seat, face),
            Picked::Keep(_) => continue,
        };
        match wall {
            Ok(wall) => return sit(local, wall, seat, face, *lobby.picked() == Picked::Tour),
            Err(failure) => lobby.tell(failure.into_said()),
        }
    }
}

/// A copy of a sample under the first free name: `shop`, `shop-2`.
fn copy_sample(id: &str, saves: &Saves, seat: &mut Seat, face: &Face) -> Outcome<Wall> {
    let template = Template::named(id).expect("the lobby offers what is in the table");
    let mut wall = template.wall(face.lang, seat)?;
    keep_as(id, &mut wall, saves)?;
    Ok(wall)
}

/// A new wall from a template, by this name; where there is none, by the first free one.
fn make(name: &str, template: &str, saves: &Saves, seat: &mut Seat, face: &Face) -> Outcome<Wall> {
    let template = Template::named(template).expect("the lobby offers what is in the table");
    let mut wall = template.wall(face.lang, seat)?;
    let title = if name.is_empty() { say(face.lang, "picker-unnamed") } else { name };
    let set = Command::Set { of: None, field: "title".to_owned(), value: title_of(title).into() };
    seat.perform(&mut wall, &set)?;
    match name {
        "" => keep_as(title, &mut wall, saves)?,
        name => wall.keep_at(saves, &saves.path_of(name)?)?,
    }
    Ok(wall)
}

/// Keeps a wall under the first free name: `shop`, `shop-2`.
fn keep_as(name: &str, wall: &mut Wall, saves: &Saves) -> Outcome<()> {
    let names = (2..).map(|nth| format!("{name}-{nth}"));
    for name in std::iter::once(name.to_owned()).chain(names) {
        match wall.keep_at(saves, &saves.path_of(&name)?) {
            Err(SaveError::Exists(_)) => {}
            kept => return Ok(kept?),
        }
    }
    Ok(())
}
