//! What two ends say to each other: text frames, each one JSON object with the frame's name as its only key.

mod control;
mod people;

use std::io::Write as _;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::close::{Close, Refusal};
use super::limit::MESSAGE_BYTES_MAX;
use super::presence::Presence;
use crate::model::{Author, EntryId, Heads};

pub use control::{Control, Create, Links, Told};
pub use people::{Hello, Member, Role, Sighting, Somebody, Token, Welcome};

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
    /// Makes a room, on a link for that: see [`Create`].
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

impl Refused {
    /// A refusal of these lines.
    pub fn new(code: Refusal, ids: Vec<EntryId>, retry: Option<u64>) -> Refused {
        Refused { code, ids, say: code.key().to_owned(), retry }
    }
}

impl Item {
    /// Its JSON, to be put into a frame by [`entries`].
    pub fn encode(&self) -> String {
        let mut json = Vec::with_capacity(ITEM_BYTES + 2 * self.line.len());
        self.put(&mut json);
        String::from_utf8(json).expect("a line is text, and so is what stands around it")
    }

    /// Writes its JSON as serde would, in half the time: most bytes of a relay are lines.
    fn put(&self, json: &mut Vec<u8>) {
        let Item { id, t, seal, line } = self;
        let head = match seal {
            0 => write!(json, r#"{{"id":"{id}","t":{t},"line":""#),
            seal => write!(json, r#"{{"id":"{id}","t":{t},"seal":{seal},"line":""#),
        };
        head.expect("memory takes everything");
        for byte in line.bytes() {
            match byte {
                b'"' | b'\\' => json.extend([b'\\', byte]),
                b' '.. => json.push(byte),
                b'\n' => json.extend(br"\n"),
                b'\r' => json.extend(br"\r"),
                b'\t' => json.extend(br"\t"),
                0x08 => json.extend(br"\b"),
                0x0c => json.extend(br"\f"),
                control => write!(json, r"\u{control:04x}").expect("memory takes everything"),
            }
        }
        json.extend(br#""}"#);
    }

    /// Bytes its JSON takes at most.
    pub fn bytes(&self) -> usize {
        let written = |byte: u8| match byte {
            b'"' | b'\\' => 2,
            0..=0x1f => 6,
            _ => 1,
        };
        ITEM_BYTES + self.line.bytes().map(written).sum::<usize>()
    }
}

/// Bytes of an item without its line, at most.
const ITEM_BYTES: usize = 96;

/// A frame of these items.
pub fn entries_of(items: &[Item]) -> String {
    let mut json = Vec::with_capacity(items.iter().map(Item::bytes).sum());
    json.extend(br#"{"entries":["#);
    for (nth, item) in items.iter().enumerate() {
        if nth > 0 {
            json.push(b',');
        }
        item.put(&mut json);
    }
    json.extend(b"]}");
    String::from_utf8(json).expect("lines are text, and so is what stands around them")
}

/// A frame of entries from the JSON of its items, separated by commas. It is the same from both ends.
pub fn entries(items: &str) -> String {
    ["{\"entries\":[", items, "]}"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_written_as_serde_writes_it_and_takes_no_more_bytes_than_it_says() {
        let all: String = (0..=0xff_u8).map(char::from).collect();
        for line in ["", "plain", "\"quoted\" \\ \u{1}\n\t\u{7f}", "주문됨 🎉", &"\u{0}".repeat(99), &all]
        {
            let id = "k3x9v2p4qd.9007199254740992".parse().expect("an id");
            for seal in [0, 255] {
                let item = Item { id, t: u64::MAX, seal, line: line.into() };
                assert_eq!(item.encode(), serde_json::to_string(&item).unwrap());
                let (bytes, most) = (item.encode().len(), item.bytes());
                assert!(bytes <= most && most < bytes + 64, "{bytes} {most} {line:?}");
                let frame = RelayFrame::Entries(vec![item.clone(), item]);
                let RelayFrame::Entries(items) = &frame else { unreachable!() };
                assert_eq!(entries_of(items), frame.encode());
            }
        }
        assert_eq!(entries_of(&[]), RelayFrame::Entries(Vec::new()).encode());
    }
}
