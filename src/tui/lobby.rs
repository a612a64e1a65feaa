//! The first screen at work: offers what the saves folder holds, and lends the picker walls to draw.

use std::collections::HashMap;
use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::input::Input;
use super::local::{Front, Local};
use super::picker::{Offer, Picked, Picker, Upkeep};
use super::screen::Cursor;
use super::state::Effect;
use crate::model::PersonId;
use crate::session::clock::{local as shown, utc};
use crate::session::config::Settings;
use crate::session::saves::{SaveError, SavedBoard, Saves};
use crate::session::template::{TEMPLATES, Template};
use crate::session::{Seat, Wall};
use crate::words::{Lang, Said};

/// A board file of more bytes is not read for a picture of it.
const PICTURED_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The first screen. It is shown until somebody has [`picked`](Lobby::picked) something.
pub struct Lobby {
    picker: Picker,
    saves: Saves,
    boards: Vec<SavedBoard>,
    lang: Lang,
    /// Walls that were looked at once, nothing for those that cannot be drawn.
    lent: HashMap<String, Option<Wall>>,
    /// Whether somebody has begun the walk round the screen once.
    walked: bool,
    /// The board that was taken away last, and where it lies now.
    removed: Option<(String, PathBuf)>,
    picked: Picked,
    size: (u16, u16),
}

impl Lobby {
    /// A lobby over a folder of boards.
    pub fn new(saves: &Saves, local: &Local, settings: &Settings) -> Result<Lobby, SaveError> {
        let boards = recent(saves)?;
        let walked = !settings.get("tour").is_empty();
        let lang = settings.lang().unwrap_or(local.look().lang);
        let theme = local.look().theme.worn(settings);
        Ok(Lobby {
            picker: Picker::new(lang, theme, local.size(), offers(&boards, walked)),
            saves: saves.clone(),
            boards,
            lang,
            lent: HashMap::new(),
            removed: None,
            walked,
            picked: Picked::Leave,
            size: local.size(),
        })
    }

    /// What somebody wants.
    pub fn picked(&self) -> &Picked {
        &self.picked
    }

    /// Does something to a board, and tells how that went.
    fn keep(&mut self, upkeep: &Upkeep) {
        let told = self.try_to_keep(upkeep).unwrap_or_else(|error| error.said());
        match recent(&self.saves) {
            Ok(boards) => self.boards = boards,
            Err(error) => return self.picker.tell(error.said()),
        }
        self.lent.clear();
        self.picker.offer(offers(&self.boards, self.walked));
        self.picker.tell(told);
    }

    fn try_to_keep(&mut self, upkeep: &Upkeep) -> Result<Said, SaveError> {
        let saves = &self.saves;
        match upkeep {
            Upkeep::Rename(from, to) => {
                saves.rename(&saves.path_of(from)?, &saves.path_of(to)?)?;
                Ok(Said::new("picker-renamed").with("from", from).with("to", to))
            }
            Upkeep::Copy(from, to) => {
                saves.copy(&saves.path_of(from)?, &saves.path_of(to)?)?;
                Ok(Said::new("picker-copied").with("from", from).with("to", to))
            }
            Upkeep::Remove(name) => {
                self.removed = Some((name.clone(), saves.remove(&saves.path_of(name)?)?));
                Ok(Said::new("picker-removed").with("name", name))
            }
            Upkeep::Restore => match self.removed.take() {
                None => Ok(Said::new("picker-none-removed")),
                Some((name, kept)) => {
                    saves.rename(&kept, &saves.path_of(&name)?)?;
                    Ok(Said::new("picker-restored").with("name", name))
                }
            },
        }
    }

    /// Tells something at the bottom of the screen.
    pub fn tell(&mut self, said: Said) {
        self.picker.tell(said);
    }
}

/// The sample that somebody who speaks this language is walked round in.
pub fn walked_round(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "hotel",
        Lang::Ko => "shop",
    }
}

/// The boards of the folder, those written last first.
fn recent(saves: &Saves) -> Result<Vec<SavedBoard>, SaveError> {
    let mut boards = saves.list()?;
    boards.sort_by_key(|board| std::cmp::Reverse(board.changed));
    Ok(boards)
}

/// What there is to open: the walk for who never began it, boards, new ones, samples.
fn offers(boards: &[SavedBoard], walked: bool) -> Vec<Offer> {
    let board =
        |board: &SavedBoard| Offer::Board { name: board.name.clone(), changed: shown(&utc(board.changed)) };
    let (samples, mut templates): (Vec<_>, Vec<_>) =
        TEMPLATES.iter().partition(|template| template.is_sample());
    // The empty one first: it is what most people want.
    templates.rotate_right(1);
    let templates = templates.iter().map(|template| Offer::New(template.id));
    let samples = samples.iter().map(|template| Offer::Sample(template.id));
    let tour = (!walked).then_some(Offer::Tour);
    tour.into_iter().chain(boards.iter().map(board)).chain(templates).chain(samples).collect()
}

/// The wall behind an offer, to be drawn.
fn lend(offer: &Offer, boards: &[SavedBoard], saves: &Saves, lang: Lang) -> Option<Wall> {
    match offer {
        Offer::Board { name, .. } => {
            let board = boards.iter().find(|board| board.name == *name)?;
            let is_small = board.bytes <= PICTURED_BYTES_MAX;
            is_small.then(|| Wall::read(&board.path, &mut |_, _| ()).ok()).flatten()
        }
        Offer::Tour => lend(&Offer::Sample(walked_round(lang)), boards, saves, lang),
        Offer::Sample(id) | Offer::New(id) => {
            let mut nobody = Seat::new(PersonId::default(), "", saves.clock().clone());
            Template::named(id)?.wall(lang, &mut nobody).ok()
        }
    }
}

impl Front for Lobby {
    fn input(&mut self, input: Input) -> Vec<Effect> {
        if let Input::Resize(w, h) = input {
            self.size = (w, h);
        }
        match self.picker.input(&input) {
            Some(Picked::Keep(upkeep)) => {
                self.keep(&upkeep);
                Vec::new()
            }
            Some(picked) => {
                self.picked = picked;
                vec![Effect::Quit]
            }
            None => Vec::new(),
        }
    }

    fn draw(&mut self, buffer: &mut Buffer) -> Cursor {
        let Lobby { picker, saves, boards, lang, lent, size, .. } = self;
        buffer.resize(Rect::new(0, 0, size.0, size.1));
        picker.draw(
            move |offer| {
                let wall = || lend(offer, boards, saves, *lang);
                lent.entry(format!("{offer:?}")).or_insert_with(wall).as_ref()
            },
            buffer,
        )
    }
}
