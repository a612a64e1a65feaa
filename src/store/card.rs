//! What is known of a room beside its lines.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is known of a room beside its lines. It is replaced whole.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RoomCard {
    /// The wall's id.
    pub board: String,
    /// Per role, by its name, the hashes of the tokens that give it. The tokens themselves are never kept.
    pub tokens: BTreeMap<String, Vec<String>>,
    /// Whether nobody may write.
    #[serde(default, rename = "read_only")]
    pub is_read_only: bool,
    /// Whether no link lets anybody new in.
    #[serde(default, rename = "locked")]
    pub are_links_locked: bool,
    /// What is remembered of people, by their ids, in a word of the room's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub standings: BTreeMap<String, String>,
    /// Whether it has ended: nobody comes in any more.
    #[serde(rename = "closed")]
    pub is_closed: bool,
}
