use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use clap::Args;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::history::{History, Step};
use crate::model::text::SafeText;
use crate::model::{Board, EntryId};
use crate::query::tell;
use crate::session::clock::local;
use crate::words::{Lang, Said, say};

/// How often a followed board is looked at again.
const FOLLOWED_EVERY: Duration = Duration::from_millis(250);

/// Tells the deeds of a board, oldest first.
#[derive(Args)]
#[command(about = "cli-log")]
pub(super) struct Log {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(long, help = "arg-log-json")]
    json: bool,
    #[arg(long, help = "arg-follow")]
    follow: bool,
    #[arg(long, value_name = "value-deed", help = "arg-since", value_parser = deed)]
    since: Option<EntryId>,
}

pub(super) fn deed(text: &str) -> Result<EntryId, Said> {
    text.parse().map_err(|_| Said::new("cli-no-deed-id"))
}

impl Verb for Log {
    fn run(self, face: &mut Face) -> Outcome {
        let path = face.saves()?.path_of(&self.board)?;
        let mut stamp = stamp_of(&path);
        let mut wall = face.look(&self.board)?;
        let mut told = self.since.map_or(Ok(BTreeSet::new()), |since| up_to(wall.history(), since))?;
        self.tell_new(wall.history(), &mut told, face.lang)?;
        if !self.follow {
            return Ok(Done::Well);
        }
        let (bell, mut seen) = (wall.bell(), wall.changes());
        loop {
            bell.wait(FOLLOWED_EVERY);
            wall.refresh();
            let now = stamp_of(&path);
            // While another file is being put in its place there is none.
            if now.is_some() && now != stamp {
                let there = face.look_at_file(&self.board)?;
                wall.learn(there.history().lines().to_vec());
                stamp = now;
            }
            if wall.changes() != seen {
                seen = wall.changes();
                self.tell_new(wall.history(), &mut told, face.lang)?;
            }
        }
    }
}

/// What changes whenever somebody writes to a file.
fn stamp_of(path: &Path) -> Option<(u64, SystemTime)> {
    let data = fs::metadata(path).ok()?;
    Some((data.len(), data.modified().ok()?))
}

/// The deeds up to one, itself included.
fn up_to(history: &History, since: EntryId) -> Outcome<BTreeSet<EntryId>> {
    let ids: Vec<EntryId> = history.replay().map(|step| step.line.entry.id).collect();
    let at = ids.iter().rposition(|id| *id == since);
    let at = at.ok_or_else(|| Failure::refusal(Said::new("cli-no-such-deed").with("deed", since)))?;
    Ok(ids[..=at].iter().copied().collect())
}

impl Log {
    /// Tells the deeds that are not told yet.
    fn tell_new(&self, history: &History, told: &mut BTreeSet<EntryId>, lang: Lang) -> Outcome<()> {
        let mut replay = history.replay();
        let mut text = String::new();
        while let Some(step) = replay.next() {
            if told.insert(step.line.entry.id) {
                text += &if self.json {
                    step.line.text.to_string()
                } else {
                    sentence(&step, replay.board(), lang)
                };
                text.push('\n');
            }
        }
        print(text)
    }
}

/// A deed: its id, when, who, what.
fn sentence(step: &Step<'_>, board: &Board, lang: Lang) -> String {
    let entry = &step.line.entry;
    let told: Vec<String> = tell(&step.applied, board, board).iter().map(|said| said.speak(lang)).collect();
    let told = if told.is_empty() { say(lang, "log-nothing").to_owned() } else { told.join(" · ") };
    let taken =
        |key, deed: Option<EntryId>| deed.map(|deed| Said::new(key).with("deed", deed).speak(lang) + " ");
    let taken = taken("log-undid", entry.undo).or_else(|| taken("log-redid", entry.redo)).unwrap_or_default();
    let at = local(&entry.at);
    let by = if entry.by.is_empty() { say(lang, "log-somebody") } else { &entry.by };
    format!("{}  {}  {}  {taken}{told}", entry.id, SafeText::line(&at), SafeText::line(by))
}
