use std::time::Duration;

use clap::Args;

use super::Verb;
use super::show::{self, Look};
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Outcome};
use crate::cli::terminal;
use crate::model::text::SafeText;
use crate::session::Past;
use crate::words::{Said, say};

/// The fastest, in deeds a second.
const SPEED_MAX: u32 = 100;

/// Watches the storm happen again: on the screen, or without a terminal a picture after each deed.
#[derive(Args)]
#[command(about = "cli-replay")]
pub(super) struct Replay {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(long, value_name = "value-speed", help = "arg-speed", value_parser = speed)]
    speed: Option<u32>,
    #[arg(long, value_name = "value-size", help = "arg-size", value_parser = show::size)]
    size: Option<(u16, u16)>,
}

fn speed(text: &str) -> Result<u32, Said> {
    let speed = text.parse().ok().filter(|speed| (1..=SPEED_MAX).contains(speed));
    speed.ok_or_else(|| Said::new("cli-no-speed").with("max", SPEED_MAX))
}

impl Verb for Replay {
    fn run(self, face: &mut Face) -> Outcome {
        if terminal::is_there() {
            super::open::watch(&self.board, self.speed, face)
        } else {
            self.print(face)
        }
    }
}

impl Replay {
    /// One picture after the other, all of the same part of the wall; at once where nobody says how fast.
    fn print(&self, face: &Face) -> Outcome {
        let wall = face.look(&self.board)?;
        let deeds = wall.deeds();
        let look = Look::of_size(self.size);
        let window = look.window(wall.board());
        let mut past = Past::of(&wall, &deeds, 0);
        for (nth, head) in (1..).zip(&deeds) {
            past.go(&wall, &deeds, nth);
            let told: Vec<String> = past.told().iter().map(|said| said.speak(face.lang)).collect();
            let by = if head.by.is_empty() { say(face.lang, "log-somebody") } else { &head.by };
            let line = format!("{nth}/{}  {}  {by}  {}", deeds.len(), head.when(), told.join(" · "));
            print(format!("{}\n", SafeText::line(&line)))?;
            look.draw_within(past.wall().board(), &window, face)?;
            if let Some(speed) = self.speed {
                std::thread::sleep(Duration::from_secs(1) / speed);
            }
        }
        Ok(Done::Well)
    }
}
