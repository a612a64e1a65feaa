//! What two ends say to each other: text frames, each one JSON object with the frame's name as its only key.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::close::{Close, Refusal};
use super::limit::{HELLO_BYTES_MAX, MESSAGE_BYTES_MAX, VERSION};
use super::presence::Presence;
use crate::model::limit::NAME_CHARS_MAX;
use crate::model::{Author, EntryId, Heads, PersonId, Rect};

/// What a client says.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(title = "squall.v1, from a client")]
pub enum ClientFrame {
    /// The first frame of a connection: who is there, and what lets them in.
    Hello(Hello),
    /// From now on this author speaks here alone, from this counter on.
    Voice(Voice),
    /// A part of what is had; more follows.
    HeadsPart(Heads),
    /// What is had, or the last part of it. The relay answers with what that lacks, then `live`.
    Heads(Heads),
    /// Lines the relay lacks, by ascending time.
    Entries(Vec<Item>),
    /// Where its person is.
    Presence(#[schemars(with = "Presence")] Box<RawValue>),
    /// What a facilitator asks of the room.
    Control(Control),
    /// Makes a room, on a link for that.
    Create(Create),
}

/// What a relay says.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(title = "squall.v1, from a relay")]
pub enum RelayFrame {
    /// The answer to `hello`.
    Welcome(Welcome),
    /// A part of what is durable here; more follows.
    HeadsPart(Heads),
    /// What is durable here, or the last part of it.
    Heads(Heads),
    /// Lines: what is missing, by ascending time, and what comes in, which may be one's own.
    Entries(Vec<Item>),
    /// Everything that was missing has been sent.
    Live {},
    /// Of the lines this client sent, these are durable now.
    Kept(Heads),
    /// What changed about people.
    Presence(Vec<Sighting>),
    /// This member is gone.
    Left(u32),
    /// What a facilitator did to the room.
    Control(Told),
    /// Lines, or something else, that were not taken.
    Refused(Refused),
}

/// The first frame of a client, of [`HELLO_BYTES_MAX`] at most.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Hello {
    /// The version it speaks.
    pub v: u32,
    /// What its link carries.
    pub token: Token,
    /// Its person.
    pub person: Somebody,
    /// Its seat: random, drawn once in a process. A new connection of a seat replaces the old one.
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

/// An author, and from which counter on it speaks on this connection alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Voice {
    /// Who speaks.
    pub author: Author,
    /// The counter of the next line. Lines before it may come from anybody who has them.
    pub from: u64,
}

/// One line on its way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// Its id, which the line repeats.
    pub id: EntryId,
    /// Its time, which the line repeats.
    pub t: u64,
    /// How the line is to be read: 0 plain, 1 sealed.
    #[serde(default, skip_serializing_if = "is_plain")]
    pub seal: u8,
    /// The line, opaque to the relay.
    pub line: Arc<str>,
}

fn is_plain(seal: &u8) -> bool {
    *seal == 0
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

/// What a facilitator asks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// Everybody looks at this part of the wall.
    Bring(Rect),
    /// A member may do this from now on.
    Role {
        /// Which member.
        of: u32,
        /// What they may do.
        role: Role,
    },
    /// A member has to go.
    Kick(u32),
    /// Whether nobody may write.
    ReadOnly(bool),
    /// The link of a role gets a new token; the old one ends.
    Renew(Role),
    /// Whether no link lets anybody new in.
    LockLinks(bool),
    /// The room ends for everybody.
    Close {},
}

/// What a facilitator did, as everybody hears of it; `renewed` is for them alone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// Look at this part of the wall.
    Bring {
        /// Which member asks.
        by: u32,
        /// What to look at.
        to: Rect,
    },
    /// Whether nobody may write.
    ReadOnly(bool),
    /// The new token of a link.
    Renewed {
        /// Whose link.
        role: Role,
        /// Its token.
        token: Token,
    },
    /// Whether no link lets anybody new in.
    LockLinks(bool),
}

/// Makes a room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    /// The wall's id.
    pub board: String,
    /// The hashes of its links' tokens, in hexadecimal.
    pub tokens: Links,
}

/// Something for each link of a room.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Links {
    /// The link to look.
    pub view: String,
    /// The link to write.
    pub edit: String,
    /// The link to say who may.
    pub facilitate: String,
}

/// What was not taken, and why.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Refused {
    /// Why.
    pub code: Refusal,
    /// Which lines; none where it was none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<EntryId>,
    /// The same as a word, for those who read along.
    pub say: String,
    /// After how many milliseconds it may be tried again, where it may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<u64>,
}

/// A frame of either end.
pub trait Frame: Serialize + DeserializeOwned {
    /// Its text.
    fn encode(&self) -> String {
        serde_json::to_string(self).expect("a frame is plain data")
    }

    /// Reads a text message; how to close the connection where it is no frame.
    fn decode(text: &str) -> Result<Self, Close> {
        if text.len() > MESSAGE_BYTES_MAX {
            return Err(Close::TooBig);
        }
        serde_json::from_str(text).map_err(|_| Close::BadFrame)
    }
}

impl Frame for ClientFrame {}
impl Frame for RelayFrame {}

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
        if texts.into_iter().all(|text| is_short(text)) { Ok(hello) } else { Err(Close::BadFrame) }
    }
}

impl Refused {
    /// A refusal of these lines.
    pub fn new(code: Refusal, ids: Vec<EntryId>, retry: Option<u64>) -> Refused {
        Refused { code, ids, say: code.key().to_owned(), retry }
    }
}

impl Item {
    /// Its JSON, to be put into a frame by [`entries`].
    pub fn encode(&self) -> String {
        serde_json::to_string(self).expect("an item is plain data")
    }
}

/// A frame of entries from the JSON of its items, separated by commas. It is the same from both ends.
pub fn entries(items: &str) -> String {
    ["{\"entries\":[", items, "]}"].concat()
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}
