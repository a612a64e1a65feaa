//! Why a connection ends, and why a line is not taken.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Why a connection ends: the close code of the socket.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Close {
    /// A message that is no frame, or not one that may stand there.
    BadFrame,
    /// No room of this name for this token, or a `hello` that is too long.
    Token,
    /// No `hello` in time: perhaps the machine slept, and its link is as good as before.
    Silent,
    /// Not allowed here any more.
    NotAllowed,
    /// Too slow to take what it is sent, or gone without a word.
    TooSlow,
    /// The room holds another wall.
    OtherBoard,
    /// Another process has taken this seat: the machine was cloned. The client comes back on a seat of its own.
    Replaced,
    /// The room is full.
    Full,
    /// No version in common.
    Version,
    /// Too much at once.
    Rate,
    /// The relay stops, or loads the room again.
    GoingDown,
    /// A message over [`MESSAGE_BYTES_MAX`](super::limit::MESSAGE_BYTES_MAX).
    TooBig,
}

impl Close {
    /// All of them.
    pub const ALL: [Close; 12] = [
        Close::BadFrame,
        Close::Token,
        Close::Silent,
        Close::NotAllowed,
        Close::TooSlow,
        Close::OtherBoard,
        Close::Replaced,
        Close::Full,
        Close::Version,
        Close::Rate,
        Close::GoingDown,
        Close::TooBig,
    ];

    /// The close code of the socket.
    pub fn code(self) -> u16 {
        match self {
            Close::BadFrame => 4400,
            Close::Token | Close::Silent => 4401,
            Close::NotAllowed => 4403,
            Close::TooSlow => 4408,
            Close::OtherBoard => 4409,
            Close::Replaced => 4410,
            Close::Full => 4413,
            Close::Version => 4426,
            Close::Rate => 4429,
            Close::GoingDown => 4503,
            Close::TooBig => 1009,
        }
    }

    /// What a close code means, by its reason where two have it.
    pub fn of(code: u16, reason: &str) -> Option<Close> {
        let mut those = Close::ALL.into_iter().filter(|close| close.code() == code);
        those.clone().find(|close| close.key() == reason).or_else(|| those.next())
    }

    /// The key of the sentence that tells people.
    pub fn key(self) -> &'static str {
        match self {
            Close::BadFrame => "close-bad-frame",
            Close::Token => "close-token",
            Close::Silent => "close-silent",
            Close::NotAllowed => "close-not-allowed",
            Close::TooSlow => "close-too-slow",
            Close::OtherBoard => "close-other-board",
            Close::Replaced => "close-replaced",
            Close::Full => "close-full",
            Close::Version => "close-version",
            Close::Rate => "close-rate",
            Close::GoingDown => "close-going-down",
            Close::TooBig => "close-too-big",
        }
    }

    /// Whether a client tries again by itself.
    pub fn tries_again(self) -> bool {
        !matches!(self, Close::Token | Close::NotAllowed | Close::OtherBoard | Close::Version)
    }

    /// Whether it tries only after the longest wait.
    pub fn tries_late(self) -> bool {
        matches!(self, Close::BadFrame | Close::Full | Close::Rate | Close::TooBig)
    }
}

/// Why a relay does not take a line. The connection stays.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Refusal {
    /// The link is for looking only, or the room is read-only.
    Role,
    /// Another line has this id, or its author speaks on another connection.
    Voice,
    /// The room is full.
    Full,
    /// Over the size of a line, or of a presence.
    TooLarge,
    /// Too much at once: later.
    Rate,
    /// What a later version of the relay may have against it.
    Other(u16),
}

impl Refusal {
    const ALL: [Refusal; 5] =
        [Refusal::Role, Refusal::Voice, Refusal::Full, Refusal::TooLarge, Refusal::Rate];

    /// Its number in a frame.
    pub fn code(self) -> u16 {
        match self {
            Refusal::Role => 4403,
            Refusal::Voice => 4410,
            Refusal::Full => 4413,
            Refusal::TooLarge => 4422,
            Refusal::Rate => 4429,
            Refusal::Other(code) => code,
        }
    }

    /// The key of the sentence that tells people.
    pub fn key(self) -> &'static str {
        match self {
            Refusal::Role => "refused-role",
            Refusal::Voice => "refused-voice",
            Refusal::Full => "refused-full",
            Refusal::TooLarge => "refused-too-large",
            Refusal::Rate => "refused-rate",
            Refusal::Other(_) => "refused-other",
        }
    }
}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.code())
    }
}

impl<'de> Deserialize<'de> for Refusal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = u16::deserialize(deserializer)?;
        if code < 4_000 {
            return Err(de::Error::custom("no code of a refusal"));
        }
        let known = Refusal::ALL.into_iter().find(|refusal| refusal.code() == code);
        Ok(known.unwrap_or(Refusal::Other(code)))
    }
}

impl JsonSchema for Refusal {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Refusal".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": 4000, "maximum": 65535 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_apart_and_found_again() {
        for close in Close::ALL {
            assert_eq!(Close::of(close.code(), close.key()), Some(close));
        }
        for refusal in Refusal::ALL {
            let code = serde_json::to_string(&refusal).unwrap();
            assert_eq!(serde_json::from_str::<Refusal>(&code).unwrap(), refusal);
        }
        assert_eq!(Close::of(4401, ""), Some(Close::Token));
        assert_eq!(Close::of(1000, ""), None);
        assert_eq!(serde_json::from_str::<Refusal>("4499").unwrap(), Refusal::Other(4499));
    }
}
