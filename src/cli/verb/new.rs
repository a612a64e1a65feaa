use std::path::Path;

use clap::Args;

use super::Verb;
use super::mv::make_room;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Outcome};
use crate::command::Command;
use crate::session::Wall;
use crate::session::saves::Saves;
use crate::session::template::{TEMPLATES, Template};
use crate::words::Said;

/// Makes a board.
#[derive(Args)]
#[command(about = "cli-new", after_help = "cli-new-after")]
pub(super) struct New {
    #[arg(value_name = "value-new", help = "arg-new-name")]
    board: String,
    #[arg(long, value_name = "value-template", help = "arg-template", value_parser = template)]
    template: Option<&'static Template>,
    #[arg(long, help = "arg-force")]
    force: bool,
}

fn template(name: &str) -> Result<&'static Template, Said> {
    let names = || TEMPLATES.iter().map(|template| template.id).collect::<Vec<_>>().join(" ");
    Template::named(name).ok_or_else(|| Said::new("cli-values").with("values", names()))
}

impl Verb for New {
    fn run(self, face: &mut Face) -> Outcome {
        let saves = face.saves()?;
        let path = saves.path_of(&self.board)?;
        let blank = || Template::named("blank").expect("the table has it; a test begins every template");
        let template = self.template.unwrap_or_else(blank);
        let mut seat = face.seat(&saves);
        let mut wall = template.wall(face.lang, &mut seat)?;
        if wall.board().title().is_empty() {
            let title = title_of(&self.board).into();
            seat.perform(&mut wall, &Command::Set { of: None, field: "title".to_owned(), value: title })?;
        }
        keep(wall, &saves, &path, self.force, face)?;
        Ok(Done::Well)
    }
}

/// The title of a board that is made under a name or path.
pub(super) fn title_of(board: &str) -> String {
    let stem = Path::new(board).file_name().map_or(board.into(), |name| name.to_string_lossy());
    stem.strip_suffix(".storm").unwrap_or(&stem).to_owned()
}

/// Gives a new wall its file, and says where.
pub(super) fn keep(mut wall: Wall, saves: &Saves, path: &Path, force: bool, face: &Face) -> Outcome<()> {
    if force {
        make_room(saves, path, face)?;
    }
    wall.keep_at(saves, path)?;
    face.close(wall)?;
    face.tell(&Said::new("cli-made").with("path", path.display()));
    Ok(())
}
