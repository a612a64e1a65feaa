//! The secrets of links: drawn here, told once, and kept as hashes only.

use sha2::{Digest, Sha256};

use crate::wire::frame::{Role, Token};

/// Bytes of a token: 128 bits, which nobody finds by guessing.
const TOKEN_BYTES: usize = 16;

/// The token with which anybody may make rooms, where anybody may.
pub const OPEN: &str = "open";

/// A token that nobody has, as 32 hexadecimal digits.
pub fn new_token() -> Token {
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes).expect("an operating system that has a network has chance to give");
    Token(hex(&bytes))
}

/// What is kept of a token. Tokens are looked up by it, so how long that takes tells nothing about them.
pub fn hash(token: &Token) -> String {
    hex(&Sha256::digest(token.0.as_bytes()))
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes everything");
        text
    })
}

/// What a role is called on a room's card.
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::View => "view",
        Role::Edit => "edit",
        Role::Facilitate => "facilitate",
    }
}

/// Every role, the least first.
pub const ROLES: [Role; 3] = [Role::View, Role::Edit, Role::Facilitate];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_hash() {
        assert_eq!(
            hash(&Token("abc".into())),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let (one, two) = (new_token(), new_token());
        assert_eq!(one.0.len(), 32);
        assert_ne!(hash(&one), hash(&two));
    }
}
