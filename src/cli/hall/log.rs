//! What a relay tells those who run it.

use std::io;

use clap::ValueEnum;

use crate::cli::face::Face;
use crate::words::Said;

/// How it is told, on standard error. No secret is ever in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub(crate) enum Log {
    /// A line for people.
    #[default]
    Text,
    /// An object of JSON a line.
    Json,
}

impl Log {
    /// From now on what happens is told.
    pub(crate) fn begin(self) {
        let log = tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).with_target(false);
        // Begun before by somebody in the same process, it goes on as it is.
        drop(match self {
            Log::Text => log.try_init(),
            Log::Json => log.json().flatten_event(true).try_init(),
        });
    }

    /// Says something to whoever started it.
    pub(crate) fn tell(self, face: &Face, said: &Said) {
        match self {
            Log::Text => face.tell(said),
            Log::Json => tracing::info!("{}", said.speak(face.lang)),
        }
    }
}
