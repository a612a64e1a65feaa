//! The same deed done to other things.

use super::{Area, Command};
use crate::model::Id;

impl Command {
    /// This, asked for these things; nothing where it is about certain things and no others.
    pub fn aimed_at(&self, things: &[Id]) -> Option<Command> {
        let to = || things.to_vec();
        Some(match self {
            Command::Move { by, .. } => Command::Move { things: to(), by: *by },
            Command::Recast { kind, .. } => Command::Recast { notes: to(), kind: *kind },
            Command::Layer { up, .. } => Command::Layer { notes: to(), up: *up },
            Command::SetAside { reason, .. } => Command::SetAside { notes: to(), reason: reason.clone() },
            Command::Remove { .. } => Command::Remove { things: to() },
            Command::FrameContext { frame, area: Area::Around(_), details } => {
                Command::FrameContext { frame: *frame, area: Area::Around(to()), details: details.clone() }
            }
            Command::Set { of: Some(_), field, value } => {
                let set =
                    |of: &Id| Command::Set { of: Some(*of), field: field.clone(), value: value.clone() };
                Command::All(things.iter().map(set).collect())
            }
            Command::All(commands) => {
                let mut aimed: Vec<Command> = Vec::new();
                for command in commands {
                    let command = command.aimed_at(things)?;
                    // What was asked of each thing by itself is asked of all of them once.
                    if aimed.last() != Some(&command) {
                        aimed.push(command);
                    }
                }
                Command::All(aimed)
            }
            Command::PlaceNotes { .. }
            | Command::ReshapeContext { .. }
            | Command::ResizeNote { .. }
            | Command::Reword { .. }
            | Command::Settle { .. }
            | Command::Stick { .. }
            | Command::Connect(_)
            | Command::Disconnect { .. }
            | Command::FrameContext { area: Area::Rect(_), .. }
            | Command::DrawLane { .. }
            | Command::Require { .. }
            | Command::Meet { .. }
            | Command::Agree { .. }
            | Command::CastVote { .. }
            | Command::Set { of: None, .. }
            | Command::Import(_) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Point;
    use crate::model::tests::id;

    #[test]
    fn what_was_asked_of_each_is_asked_of_the_others_once() {
        let set = |n| Command::Set { of: Some(id(n)), field: "owner".into(), value: "민수".into() };
        let both = Command::All(vec![set(1), set(2)]);
        let aimed = Command::All(vec![Command::All(vec![set(3), set(4)])]);
        assert_eq!(both.aimed_at(&[id(3), id(4)]), Some(aimed));
        let moved = |things: &[u32]| Command::Move {
            things: things.iter().map(|n| id(*n)).collect(),
            by: Point::new(5, 0),
        };
        assert_eq!(moved(&[1]).aimed_at(&[id(2), id(3)]), Some(moved(&[2, 3])));
        assert_eq!(Command::Agree { text: "x".into() }.aimed_at(&[id(2)]), None);
    }
}
