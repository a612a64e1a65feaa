//! The first screen at work: offers what the saves folder holds, and lends the picker walls to draw.

use std::collections::HashMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::input::Input;
use super::local::{Front, Local};
use super::picker::{Offer, Picked, Picker};
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
    picked: Picked,
    size: (u16, u16),
}

impl Lobby {
    /// A lobby over a folder of boards.
    pub fn new(saves: &Saves, local: &Local, settings: &Settings) -> Result<Lobby, SaveError> {
        let boards = saves.list()?;
        let offer = |board: &SavedBoard| Offer::Board {
            name: board.name.clone(),
            changed: shown(&utc(board.changed)),
        };
        let samples = TEMPLATES.iter().filter(|template| template.is_sample());
        let samples = samples.map(|template| Offer::Sample(template.id));
        let offers = boards.iter().map(offer).chain(samples).collect();
        let lang = settings.lang().unwrap_or(local.look().lang);
        let theme = local.look().theme.worn(settings);
        Ok(Lobby {
            picker: Picker::new(lang, theme, local.size(), offers),
            saves: saves.clone(),
            boards,
            lang,
            lent: HashMap::new(),
            picked: Picked::Leave,
            size: local.size(),
        })
    }

    /// What somebody wants.
    pub fn picked(&self) -> &Picked {
        &self.picked
    }

    /// Tells something at the bottom of the screen.
    pub fn tell(&mut self, said: Said) {
        self.picker.tell(said);
    }
}

/// The wall behind an offer, to be drawn.
fn lend(offer: &Offer, boards: &[SavedBoard], saves: &Saves, lang: Lang) -> Option<Wall> {
    match offer {
        Offer::Board { name, .. } => {
            let board = boards.iter().find(|board| board.name == *name)?;
            let is_small = board.bytes <= PICTURED_BYTES_MAX;
            is_small.then(|| Wall::read(&board.path, &mut |_, _| ()).ok()).flatten()
        }
        Offer::Sample(id) => {
            let mut nobody = Seat::new(PersonId::default(), "", saves.clock().clone());
            Template::named(id)?.wall(lang, &mut nobody).ok()
        }
        Offer::New => None,
    }
}

impl Front for Lobby {
    fn input(&mut self, input: Input) -> Vec<Effect> {
        if let Input::Resize(w, h) = input {
            self.size = (w, h);
        }
        match self.picker.input(&input) {
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
