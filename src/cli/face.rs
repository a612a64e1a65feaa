//! Where a verb reads and writes, and what was said before it.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Style};

use super::failure::{Failure, Outcome};
use super::given::{Given, When};
use crate::model::text::SafeText;
use crate::session::Seat;
use crate::session::config::Config;
use crate::session::saves::Saves;
use crate::wire::frame::Somebody;
use crate::words::{Lang, Said};

/// What every verb knows: the language, the settings, the saves folder, whether colours are wanted.
pub(crate) struct Face {
    /// The language people are spoken to.
    pub(crate) lang: Lang,
    /// The language where the settings say none.
    pub(crate) usual_lang: Lang,
    /// The settings.
    pub(crate) config: Config,
    /// Whether standard output gets colours.
    pub(crate) is_coloured: bool,
    /// Whether joined boards are left unconnected.
    pub(crate) is_offline: bool,
    name: Option<String>,
    saves: Option<PathBuf>,
}

/// How words are coloured on standard error.
#[derive(Clone, Copy)]
pub(crate) struct Colours(bool);

/// Writes data to standard output as it is; where that is a terminal, without what a board could do to it.
pub(crate) fn print(text: impl AsRef<str>) -> Outcome<()> {
    let text = text.as_ref();
    if io::stdout().is_terminal() { paint(SafeText::new(text).to_string()) } else { paint(text) }
}

/// Writes what may steer a terminal, and was made for it, to standard output.
pub(crate) fn paint(data: impl AsRef<[u8]>) -> Outcome<()> {
    let mut out = io::stdout().lock();
    out.write_all(data.as_ref()).and_then(|()| out.flush()).map_err(|error| Failure::output(&error))
}

impl Face {
    /// What is typed stands against what is set.
    pub(crate) fn new(mut config: Config, given: Given, usual_lang: Lang) -> Face {
        if given.lang.is_some() {
            config.pass_over("lang");
        }
        if given.colour != When::Auto {
            config.pass_over("depth");
        }
        let variable = || std::env::var("SQUALL_NAME").ok().filter(|name| !name.trim().is_empty());
        if let Some(name) = given.name.clone().or_else(variable) {
            config.go_by(name.trim());
        }
        let lang = config.settings().lang().unwrap_or(usual_lang);
        let is_coloured = given.colour.for_output();
        Face {
            lang,
            usual_lang,
            config,
            is_offline: given.offline,
            name: given.name,
            saves: given.saves,
            is_coloured,
        }
    }

    /// The folder of board files.
    pub(crate) fn saves(&self) -> Outcome<Saves> {
        Ok(Saves::find(self.saves.clone(), std::env::var_os("SQUALL_SAVES"))?)
    }

    /// The name to sign with.
    pub(crate) fn name(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.config.name(|name| std::env::var(name).ok()))
    }

    /// The person at this machine, before no wall yet.
    pub(crate) fn seat(&mut self, saves: &Saves) -> Seat {
        let person = self.config.person();
        self.config.remarks().iter().for_each(|remark| self.tell(remark));
        Seat::new(person, self.name(), saves.clock().clone())
    }

    /// The person at this machine, as others see them.
    pub(crate) fn somebody(&mut self) -> Somebody {
        let color = self.config.settings().get("color").to_owned();
        Somebody { id: self.config.person(), name: self.name(), color }
    }

    /// Says something on standard error, which nobody has to hear.
    pub(crate) fn tell(&self, said: &Said) {
        drop(writeln!(io::stderr(), "{}", SafeText::new(&said.speak(self.lang))));
    }
}

impl When {
    /// Whether standard output gets colours.
    pub(crate) fn for_output(self) -> bool {
        self.holds(io::stdout().is_terminal())
    }

    /// How words on standard error are coloured.
    pub(crate) fn for_talk(self) -> Colours {
        Colours(self.holds(io::stderr().is_terminal()))
    }

    fn holds(self, is_terminal: bool) -> bool {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        match self {
            When::Always => true,
            When::Never => false,
            When::Auto => is_terminal && !is_set("NO_COLOR") && !is_dumb(),
        }
    }
}

impl Colours {
    pub(crate) fn alarm(self, text: &str) -> String {
        self.paint(AnsiColor::Red.on_default().bold(), text)
    }

    pub(crate) fn faint(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    fn paint(self, style: Style, text: &str) -> String {
        if self.0 { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
