//! Who speaks, which deed, which thing.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const AUTHOR_LEN: usize = 10;
const BASE36: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// One voice: ten base-36 characters, drawn at the first deed of a process and never used again afterwards.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Author([u8; AUTHOR_LEN]);

/// A deed's name: `<author>.<counter>`, counted from 1 without gaps.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId {
    /// Who speaks.
    pub author: Author,
    /// Which of this author's entries, from 1.
    pub counter: u64,
}

/// The name of a thing on the wall, `<entry>/<index>`: the entry that made it and the how-manieth thing it made.
///
/// Two kinds of `Id` are no names yet. [`Id::HERE`] stands in a line for "named by its place in this line", and
/// [`Id::made`] stands in a command for "what this very command makes". Neither ever reaches a board.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    /// The deed that made it.
    pub entry: EntryId,
    /// Its place among what that deed made.
    pub index: u32,
}

/// A map by names. They are looked up all the time, so it hashes faster than the usual one, each with a seed of its own.
pub type ByName<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// A person, whatever name they go by and on how many machines.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct PersonId(pub String);

/// Text that is no id.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

impl Author {
    /// The author whose ten characters are drawn from 64 random bits.
    pub fn from_random(bits: u64) -> Author {
        let mut rest = bits;
        Author(std::array::from_fn(|_| {
            let digit = BASE36[(rest % 36) as usize];
            rest /= 36;
            digit
        }))
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("?")
    }
}

impl EntryId {
    /// The `index`th thing this deed makes.
    pub const fn thing(self, index: u32) -> Id {
        Id { entry: self, index }
    }
}

impl Id {
    /// Stands in a line for "named by its place in this line".
    pub const HERE: Id = EntryId { author: Author([0; AUTHOR_LEN]), counter: 0 }.thing(0);

    const MADE: EntryId = EntryId { author: Author([1; AUTHOR_LEN]), counter: 0 };

    /// Stands in a command for the `nth` thing that this very command makes.
    pub const fn made(nth: u32) -> Id {
        Self::MADE.thing(nth)
    }

    /// Which thing of its own command this stands for, if it is such a stand-in.
    pub fn as_made(self) -> Option<u32> {
        (self.entry == Self::MADE).then_some(self.index)
    }

    /// Whether this is [`Id::HERE`].
    pub fn is_here(&self) -> bool {
        *self == Self::HERE
    }

    pub(crate) fn here() -> Id {
        Self::HERE
    }
}

impl FromStr for Author {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let bytes: [u8; AUTHOR_LEN] = text.as_bytes().try_into().map_err(|_| NotAnId)?;
        if bytes.iter().all(|byte| BASE36.contains(byte)) { Ok(Author(bytes)) } else { Err(NotAnId) }
    }
}

/// A counter or an index: decimal digits without leading zeros, so that every id has one spelling.
fn number<T: FromStr>(text: &str) -> Result<T, NotAnId> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text.len() == 1 || !text.starts_with('0'));
    if plain { text.parse().map_err(|_| NotAnId) } else { Err(NotAnId) }
}

impl FromStr for EntryId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (author, counter) = text.split_once('.').ok_or(NotAnId)?;
        let counter = number(counter)?;
        if counter == 0 || counter > super::limit::COUNTER_MAX {
            return Err(NotAnId);
        }
        Ok(EntryId { author: author.parse()?, counter })
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (entry, index) = text.split_once('/').ok_or(NotAnId)?;
        Ok(Id { entry: entry.parse()?, index: number(index)? })
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.author, self.counter)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.entry, self.index)
    }
}

macro_rules! as_text {
    ($type:ident, $pattern:literal) => {
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl de::Visitor<'_> for Text {
                    type Value = $type;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(stringify!($type))
                    }
                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$type, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    };
}

as_text!(Author, "^[0-9a-z]{10}$");
as_text!(EntryId, "^[0-9a-z]{10}\\.[1-9][0-9]*$");
as_text!(Id, "^[0-9a-z]{10}\\.[1-9][0-9]*/[0-9]+$");
