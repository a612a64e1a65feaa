use clap::Args;

use super::Verb;
use super::import::tell_remarks;
use crate::cli::face::Face;
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::wall::not_saved;
use crate::query::tell;
use crate::session::edit::{NOTHING_CHANGES, NotEdited, Why, edit};
use crate::words::Said;

/// Opens the wall as text in an editor; what was changed comes back as one deed.
#[derive(Args)]
#[command(about = "cli-edit")]
pub(super) struct Edit {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
}

impl Verb for Edit {
    fn run(self, face: &mut Face) -> Outcome {
        let mut wall = face.open(&self.board)?;
        let mut seat = face.seat(&face.saves()?);
        match edit(&mut wall, &mut seat, face.lang)? {
            None => face.tell(&Said::new(NOTHING_CHANGES)),
            Some((performed, remarks)) => {
                tell_remarks(remarks, face);
                tell(&performed.applied, wall.board(), wall.board()).iter().for_each(|said| face.tell(said));
            }
        }
        face.close(wall)?;
        Ok(Done::Well)
    }
}

impl From<NotEdited> for Failure {
    fn from(not: NotEdited) -> Failure {
        let (said, cause) = (not.why.said(), not.why.cause());
        let failure = match not.why {
            Why::NoEditor => Failure::usage(said),
            Why::Refused(refusal) => refusal.into(),
            Why::NotSaved(why) => not_saved(why),
            Why::Unreadable(_) | Why::Unwritten(..) | Why::Editor(..) => Failure::trouble(said),
        };
        let failure = cause.into_iter().fold(failure, Failure::because);
        let kept = not.kept.map(|path| Said::new("cli-text-kept").with("path", path.display()));
        kept.into_iter().fold(failure, Failure::hint)
    }
}
