use clap::Args;
use serde_json::json;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::model::Board;
use crate::model::text::SafeText;
use crate::query::outline::Outline;
use crate::query::story::{Telling, backwards, chapter_name, forwards};
use crate::words::{Lang, Said};

/// Reads the wall aloud.
#[derive(Args)]
#[command(about = "cli-tell")]
pub(super) struct Tell {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(long, help = "arg-backwards")]
    backwards: bool,
    #[arg(long, help = "arg-json")]
    json: bool,
}

impl Verb for Tell {
    fn run(self, face: &mut Face) -> Outcome {
        let wall = face.look(&self.board)?;
        let board = wall.board();
        let outline = Outline::of(board, wall.projection());
        let read = if self.backwards { backwards } else { forwards };
        let story = read(board, &wall.projection().flow, &outline);
        if story.is_empty() {
            return Err(Failure::refusal(Said::new("story-none")));
        }
        let told: String = match self.json {
            true => story.iter().map(|step| json(step, face.lang)).collect(),
            false => aloud(&story, board, face.lang),
        };
        print(told)?;
        Ok(Done::Well)
    }
}

fn json(step: &Telling, lang: Lang) -> String {
    let (say, gap) = (step.speak(lang), step.gap.is_some());
    format!("{}\n", json!({"say": say, "notes": step.notes, "gap": gap, "chapter": step.chapter}))
}

/// The steps line by line, each chapter under its name.
fn aloud(story: &[Telling], board: &Board, lang: Lang) -> String {
    let mut told = String::new();
    let mut chapter = None;
    for step in story {
        if step.chapter != chapter {
            chapter = step.chapter;
            let name = SafeText::line(chapter_name(board, chapter));
            told += &Said::new("story-chapter").with("chapter", name).speak(lang);
            told.push('\n');
        }
        told += &step.speak(lang);
        told.push('\n');
    }
    told
}
