use std::time::Duration;

use clap::Args;

use super::Verb;
use super::show::{self, Look};
use crate::cli::face::{Face, paint, print};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::terminal;
use crate::model::text::SafeText;
use crate::session::Past;
use crate::tui::picture::film;
use crate::tui::theme::Theme;
use crate::words::{Said, say};

/// The fastest, in deeds a second.
const SPEED_MAX: u32 = 100;
/// The longest film, in deeds; a larger one is more than a browser likes to play.
const FILM_DEEDS_MAX: usize = 1_000;
/// How long a film shows each deed, and the last, in milliseconds.
const PAUSE: u32 = 500;
const PAUSE_AT_END: u32 = 3_000;

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
    #[arg(long, help = "arg-film", conflicts_with = "speed")]
    film: bool,
}

fn speed(text: &str) -> Result<u32, Said> {
    let speed = text.parse().ok().filter(|speed| (1..=SPEED_MAX).contains(speed));
    speed.ok_or_else(|| Said::new("cli-no-speed").with("max", SPEED_MAX))
}

impl Verb for Replay {
    fn run(self, face: &mut Face) -> Outcome {
        if self.film {
            self.film(face)
        } else if terminal::is_there() {
            super::open::watch(&self.board, self.speed, face)
        } else {
            self.print(face)
        }
    }
}

impl Replay {
    /// One SVG that plays the whole storm.
    fn film(&self, face: &mut Face) -> Outcome {
        let wall = face.look(&self.board)?;
        let deeds = wall.deeds();
        if deeds.len() > FILM_DEEDS_MAX {
            return Err(Failure::refusal(Said::new("cli-film-too-long").with("max", FILM_DEEDS_MAX)));
        }
        let look = Look::of_size(self.size);
        let (window, theme) = (look.window(wall.board()), Theme::default());
        let mut past = Past::of(&wall, &deeds, 0);
        let mut screens = Vec::new();
        for nth in 1..=deeds.len() {
            past.go(&wall, &deeds, nth);
            let pause = if nth == deeds.len() { PAUSE_AT_END } else { PAUSE };
            screens.push((look.seen(past.wall().board(), &window, theme, face), pause));
        }
        paint(film(&screens, theme.shade))?;
        Ok(Done::Well)
    }

    /// One picture after the other, all of the same part of the wall; at once where nobody says how fast.
    fn print(&self, face: &mut Face) -> Outcome {
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
