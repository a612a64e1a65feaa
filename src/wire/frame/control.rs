//! What facilitators ask of a room, and how rooms are made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Role, Token};
use crate::model::Rect;

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
