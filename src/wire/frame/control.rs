//! What facilitators ask of a room, and how rooms are made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ClientFrame, Frame, Role, Token};
use crate::model::Rect;
use crate::wire::close::Close;
use crate::wire::limit::HELLO_BYTES_MAX;

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
    /// Whether no link lets anybody new in. Who somebody is stands on their own word, and whoever was at the wall knows
    /// the others' ids: it keeps out those who only have a link, and a renewed link those who have been here.
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

/// Makes a room: said right after a `hello` whose token is that of a create link, over the new room's address, and
/// answered by `welcome` as a facilitator of it once it is durable. It stands within the limits of a `hello`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    /// The wall's id.
    pub board: String,
    /// The SHA-256 of its links' tokens, in lower-case hexadecimal.
    pub tokens: Links,
}

impl Create {
    /// Reads the message after a `hello` on a create link; how to close the connection where it makes no room.
    pub fn decode(text: &str) -> Result<Create, Close> {
        if text.len() > HELLO_BYTES_MAX {
            return Err(Close::Token);
        }
        let ClientFrame::Create(create) = ClientFrame::decode(text)? else { return Err(Close::BadFrame) };
        let is_hash = |text: &String| text.len() == HASH_CHARS && text.bytes().all(is_lower_hex);
        let Links { view, edit, facilitate } = &create.tokens;
        let is_fine = [view, edit, facilitate].into_iter().all(is_hash) && !create.board.is_empty();
        if is_fine { Ok(create) } else { Err(Close::BadFrame) }
    }
}

/// Characters of the SHA-256 of a token.
const HASH_CHARS: usize = 64;

fn is_lower_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
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
