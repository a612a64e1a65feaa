//! Who is at either end, and who else is in the room.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{ClientFrame, Frame};
use crate::model::PersonId;
use crate::model::limit::NAME_CHARS_MAX;
use crate::wire::close::Close;
use crate::wire::limit::{HELLO_BYTES_MAX, VERSION};
use crate::wire::presence::Presence;

/// The first frame of a client, of [`HELLO_BYTES_MAX`] at most.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Hello {
    /// The version it speaks.
    pub v: u32,
    /// What its link carries.
    pub token: Token,
    /// Its person.
    pub person: Somebody,
    /// Its seat: random, drawn once in a process, told to nobody else. A new connection of a seat replaces the old one.
    pub client: String,
}

/// The secret of a link. It shows in no log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Token(pub String);

/// A person as the others see them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Somebody {
    /// Who it is, whatever name they go by.
    pub id: PersonId,
    /// The name, of 40 characters at most. No two in a room have the same: the relay tells them apart.
    #[schemars(length(max = 40))]
    pub name: String,
    /// The colour they chose, in the client's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schemars(length(max = 40))]
    pub color: String,
}

/// What somebody may do in a room; each may do what those before it may.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Look.
    View,
    /// Write.
    Edit,
    /// Say who may.
    Facilitate,
}

/// What a relay answers to `hello`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Welcome {
    /// The version it speaks.
    pub v: u32,
    /// Which member the client is.
    pub you: u32,
    /// What it may do.
    pub role: Role,
    /// The wall's id.
    pub board: String,
    /// Everybody who is there, the client included.
    pub people: Vec<Member>,
}

/// Somebody in a room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    /// Their number in this room.
    pub n: u32,
    /// Who it is.
    pub person: Somebody,
    /// What they may do.
    pub role: Role,
}

/// What changed about a member. What is left out stays as it was.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Sighting {
    /// Their number in this room.
    pub n: u32,
    /// Who it is: given when they come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Somebody>,
    /// What they may do: given when they come and when it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// What they sent last, as they sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Presence>")]
    pub is: Option<Box<RawValue>>,
}

impl Role {
    /// Whether it may do deeds.
    pub fn writes(self) -> bool {
        self > Role::View
    }
}

impl Hello {
    /// Reads the first message of a connection; how to close the connection where it is no `hello`.
    pub fn decode(text: &str) -> Result<Hello, Close> {
        if text.len() > HELLO_BYTES_MAX {
            return Err(Close::Token);
        }
        let ClientFrame::Hello(hello) = ClientFrame::decode(text)? else { return Err(Close::BadFrame) };
        if hello.v != VERSION {
            return Err(Close::Version);
        }
        let is_short = |text: &str| text.chars().count() <= NAME_CHARS_MAX;
        let texts = [&hello.person.id.0, &hello.person.name, &hello.person.color, &hello.client];
        let is_fine = texts.into_iter().all(|text| is_short(text)) && !hello.client.is_empty();
        if is_fine { Ok(hello) } else { Err(Close::BadFrame) }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}
