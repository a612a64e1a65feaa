//! Deeds of a lost voice, told again by a fresh one.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::entry::{Mark, Part};
use crate::model::{Deed, Entry, EntryId, Id, Line};

/// What became of the lines that were told again, so that those after them name what they made as it is called now.
#[derive(Clone, Debug, Default)]
pub struct Again {
    /// Their new ids and times.
    told: BTreeMap<EntryId, (EntryId, u64)>,
}

impl Again {
    /// The line of the same deed under another id and time. Lines are told in the order in which they were done.
    /// Nothing where it holds what this version cannot read, or does not fit into a line any more.
    pub fn tell(&mut self, line: &Line, id: EntryId, t: u64) -> Option<Line> {
        let entry = Some(&line.entry).filter(|entry| !entry.has_unread)?;
        self.told.insert(entry.id, (id, t));
        let named = |old: EntryId| self.told.get(&old).map_or(old, |(new, _)| *new);
        Line::write(Entry {
            id,
            t,
            part: entry.part.map(|part| Part { of: named(part.of), ..part }),
            undo: entry.undo.map(named),
            redo: entry.redo.map(named),
            deeds: entry.deeds.iter().map(|(place, deed)| (*place, self.renamed(deed))).collect(),
            ..entry.clone()
        })
    }

    fn renamed(&self, deed: &Deed) -> Deed {
        let mut change = serde_json::to_value(&deed.change).expect("a change is plain data");
        self.rename(&mut change);
        let anew = |mark: Mark| match self.told.get(&mark.entry) {
            Some((entry, t)) => Mark { t: *t, entry: *entry, ..mark },
            None => mark,
        };
        Deed {
            change: serde_json::from_value(change).expect("only names have changed"),
            at_mark: deed.at_mark.map(anew),
        }
    }

    /// Gives every name of what a lost line made its new form.
    fn rename(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                let id = text.parse::<Id>().ok();
                if let Some((id, (entry, _))) = id.and_then(|id| Some((id, self.told.get(&id.entry)?))) {
                    *text = entry.thing(id.index).to_string();
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.rename(value)),
            Value::Object(fields) => fields.values_mut().for_each(|value| self.rename(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entry::sealed;

    #[test]
    fn what_a_lost_line_made_is_called_anew_and_nothing_else_is() {
        let line = |counter: u64, rest: &str| {
            Line::read(&sealed(&format!(r#"{{"id":"k3x9v2p4qd.{counter}","t":{counter},{rest}}}"#))).unwrap()
        };
        let placed = r#""do":[{"note_placed":{"kind":"domain-event","wording":"k3x9v2p4qd","at":[0,0],"size":[16,5],"z":0}}]"#;
        let moved = r#""do":[{"note_moved":{"note":"k3x9v2p4qd.4/0","to":[9,9]}},{"note_moved":{"note":"k3x9v2p4qd.3/0","to":[8,8]}}]"#;
        let back = r#""undo":"k3x9v2p4qd.5","do":[{"note_moved":{"note":"k3x9v2p4qd.4/0","to":[0,0]},"as":[5,"k3x9v2p4qd",5,0]}]"#;
        let mut again = Again::default();
        let mut tell = |counter: u64, rest: &str| {
            let id = format!("aaaaaaaaaa.{}", counter - 3).parse().unwrap();
            let told = again.tell(&line(counter, rest), id, counter + 60).unwrap();
            assert_eq!(Line::read(&told.text).as_ref(), Ok(&told));
            told.text.to_string()
        };
        assert!(tell(4, placed).contains(r#""wording":"k3x9v2p4qd""#));
        let moved = tell(5, moved);
        assert!(moved.contains("aaaaaaaaaa.1/0") && moved.contains("k3x9v2p4qd.3/0"), "{moved}");
        let back = tell(6, back);
        assert!(back.contains(r#""as":[65,"aaaaaaaaaa",2,0]"#), "{back}");
        assert!(back.contains(r#""undo":"aaaaaaaaaa.2""#) && !back.contains("k3x9v2p4qd"), "{back}");
    }
}
