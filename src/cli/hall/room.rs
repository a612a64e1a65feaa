//! Rooms as those see them who make them: their names, and the links that lead into them.

use super::Hall;
use super::data::{Data, keep_link, link_in};
use crate::cli::face::paint;
use crate::cli::failure::Outcome;
use crate::model::{Author, RoomName};
use crate::relay::secret::{ROLES, hash, new_token, role_name};
use crate::session::person::new_author;
use crate::store::{RoomCard, StoreError};
use crate::wire::frame::{Links, Role, Token};
use crate::wire::link::Link;

/// Characters of a board's name that a room's name takes over.
const NAME_CHARS_MAX: usize = 40;

/// Names for the room of a board, the best first: its own, and its own with something nobody has behind it.
pub(crate) fn room_names(board: &str) -> [RoomName; 2] {
    names(board, new_author())
}

fn names(board: &str, chance: Author) -> [RoomName; 2] {
    let stem = board.rsplit(['/', '\\']).next().unwrap_or(board).trim_end_matches(".storm");
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let plain: String = stem.chars().map(plain).collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(NAME_CHARS_MAX).collect();
    let name = name.trim_matches('-');
    let name = if name.is_empty() { "wall" } else { name };
    [name.to_owned(), format!("{name}-{chance}")]
        .map(|name| name.parse().expect("it is made of plain letters"))
}

/// A fresh token for each role, and the hashes that a relay is told.
pub(crate) fn new_links() -> ([(Role, Token); 3], Links) {
    let tokens = ROLES.map(|role| (role, new_token()));
    let [view, edit, facilitate] = tokens.each_ref().map(|(_, token)| hash(token));
    (tokens, Links { view, edit, facilitate })
}

/// Prints the links of a room, that for working on the wall first.
pub(crate) fn print_links(links: &[(Role, Link)]) -> Outcome<()> {
    let mut text = String::new();
    for wanted in [Role::Edit, Role::View, Role::Facilitate] {
        for (role, link) in links.iter().filter(|(role, _)| *role == wanted) {
            text += &format!("{:10}  {link}\n", role_name(*role));
        }
    }
    paint(text)
}

impl Hall {
    /// The room of a wall on this relay, made where it is not there, and its links, drawn anew where they are not known.
    pub(crate) fn room_of(
        &self,
        data: &Data,
        board: &str,
        name: &str,
    ) -> Outcome<(RoomName, Vec<(Role, Link)>)> {
        let rooms = self.ask(|journal| journal.rooms())?;
        let known = rooms.into_iter().find(|(_, card)| card.board == board);
        let (room, mut card) = match known {
            Some(known) => known,
            None => self.make_room(board, name)?,
        };
        let before = card.clone();
        // Who opens it again wants it open.
        card.is_closed = false;
        let mut links = Vec::new();
        for role in ROLES {
            let path = data.room_link(&room, role);
            let hashes = card.tokens.entry(role_name(role).to_owned()).or_default();
            let known = link_in(&path)?.map(|link| link.token).filter(|token| hashes.contains(&hash(token)));
            let token = known.unwrap_or_else(|| {
                let token = new_token();
                hashes.push(hash(&token));
                token
            });
            let link = self.link().with(Some(room.clone()), token);
            keep_link(&path, &link)?;
            links.push((role, link));
        }
        if card != before {
            self.ask(|journal| journal.replace_card(&room, card))?;
        }
        Ok((room, links))
    }

    fn make_room(&self, board: &str, name: &str) -> Outcome<(RoomName, RoomCard)> {
        let card = RoomCard { board: board.to_owned(), ..RoomCard::default() };
        let [plain, other] = room_names(name);
        match self.ask(|journal| journal.create(&plain, card.clone())) {
            Ok(()) => return Ok((plain, card)),
            Err(StoreError::RoomExists(_)) => {}
            Err(error) => return Err(error.into()),
        }
        self.ask(|journal| journal.create(&other, card.clone()))?;
        Ok((other, card))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_called_like_its_board_as_far_as_links_allow() {
        for (board, wanted) in [
            ("shop", "shop"),
            ("Online Shop!", "online-shop"),
            ("./walls/shop.storm", "shop"),
            ("주문", "wall"),
            ("주문 2차 draft", "2-draft"),
            (&"long ".repeat(30), "long-long-long-long-long-long-long-long"),
        ] {
            let [plain, other] = names(board, Author::from_random(7));
            assert_eq!(plain.as_str(), wanted);
            assert!(other.as_str().starts_with(&format!("{wanted}-")));
        }
    }
}
