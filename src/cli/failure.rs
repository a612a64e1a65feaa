//! How a verb ends.

use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use super::face::Colours;
use crate::model::text::SafeText;
use crate::session::Refusal;
use crate::session::file::NotPut;
use crate::session::saves::SaveError;
use crate::session::saves::error::cause;
use crate::session::upkeep::UpkeepError;
use crate::store::StoreError;
use crate::words::{Lang, Said, say};

/// How a verb ends, or why it could not do what it should.
pub(crate) type Outcome<T = Done> = Result<T, Failure>;

/// How a verb that worked ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Done {
    /// Exit code 0.
    Well,
    /// It found something or a difference, or was refused something: exit code 1.
    Found,
}

/// Why a verb could not do what it should: one sentence, its cause, one hint.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    said: Said,
    cause: Option<Box<Said>>,
    hint: Option<Box<Said>>,
    is_quiet: bool,
}

impl Failure {
    fn new(code: u8, said: Said) -> Failure {
        Failure { code, said, cause: None, hint: None, is_quiet: false }
    }

    /// The wall or squall will not do this: exit code 1.
    pub(crate) fn refusal(said: Said) -> Failure {
        Failure::new(1, said)
    }

    /// Nobody can do this, it is asked wrongly: exit code 2.
    pub(crate) fn usage(said: Said) -> Failure {
        Failure::new(2, said)
    }

    /// Something could not be read, written or locked: exit code 3.
    pub(crate) fn trouble(said: Said) -> Failure {
        Failure::new(3, said)
    }

    /// Standard output could not be written. Where nobody reads it any more there is nothing to say.
    pub(crate) fn output(error: &io::Error) -> Failure {
        let failure = Failure::trouble(Said::new("cli-output")).because(cause(error));
        Failure { is_quiet: error.kind() == ErrorKind::BrokenPipe, ..failure }
    }

    /// The same with what lies behind it.
    #[must_use]
    pub(crate) fn because(self, cause: Said) -> Failure {
        Failure { cause: Some(Box::new(cause)), ..self }
    }

    /// The same with what to try next.
    #[must_use]
    pub(crate) fn hint(self, hint: Said) -> Failure {
        Failure { hint: Some(Box::new(hint)), ..self }
    }

    /// The same with a call of squall to try next.
    #[must_use]
    pub(crate) fn try_next(self, words: &[&str]) -> Failure {
        self.hint(call(words))
    }

    /// Its sentence alone.
    pub(crate) fn into_said(self) -> Said {
        self.said
    }

    /// Tells it on standard error and gives the exit code.
    pub(crate) fn tell(&self, lang: Lang, colours: Colours) -> ExitCode {
        if self.is_quiet {
            return ExitCode::SUCCESS;
        }
        let speak = |said: &Said| SafeText::new(&said.speak(lang)).to_string();
        let mut text = format!("{} {}\n", colours.alarm("squall:"), speak(&self.said));
        for (key, said) in [("cli-cause", &self.cause), ("cli-hint", &self.hint)] {
            if let Some(said) = said {
                text += &format!("  {} {}\n", colours.faint(say(lang, key)), speak(said));
            }
        }
        // Where even this cannot be written, the exit code is all there is to give.
        drop(io::stderr().write_all(text.as_bytes()));
        ExitCode::from(self.code)
    }
}

/// A call of squall, as people type it.
pub(crate) fn call(words: &[&str]) -> Said {
    let quoted =
        |word: &&str| if word.contains(char::is_whitespace) { format!("{word:?}") } else { word.to_string() };
    let words: Vec<String> = ["squall"].iter().chain(words).map(quoted).collect();
    Said::new("cli-hint-call").with("call", words.join(" "))
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::refusal(refusal.said())
    }
}

impl From<UpkeepError> for Failure {
    fn from(error: UpkeepError) -> Failure {
        match error {
            UpkeepError::Save(error) => error.into(),
            UpkeepError::Refused(refusal) => refusal.into(),
            UpkeepError::TooMuch => Failure::trouble(error.said()),
            UpkeepError::TwoWalls | UpkeepError::NothingToDrop | UpkeepError::NothingToRepair => {
                Failure::refusal(error.said())
            }
        }
    }
}

impl From<NotPut> for Failure {
    fn from(not: NotPut) -> Failure {
        let failure = Failure::trouble(not.said());
        match not {
            NotPut::There(_) => failure.hint(Said::new("cli-hint-force-file")),
            NotPut::Unwritten(_, why) => failure.because(why),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        let code = if let StoreError::NoRoom(_) | StoreError::RoomExists(_) = error { 1 } else { 3 };
        Failure::new(code, error.said())
    }
}

impl From<SaveError> for Failure {
    fn from(error: SaveError) -> Failure {
        let failure = Failure::trouble(error.said());
        match error {
            SaveError::NoName(_) => Failure { code: 2, ..failure },
            SaveError::NotThere(_) => failure.try_next(&["ls"]),
            SaveError::Exists(_) => failure.hint(Said::new("cli-hint-force")),
            _ => failure,
        }
    }
}
