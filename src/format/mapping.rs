//! Which kind a colour or a word of a file stands for, where the file alone does not tell.

use std::collections::BTreeMap;

use crate::model::NoteKind;

/// What somebody says of a file's labels: `orange` are events, `#a5d8ff` are commands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mapping(BTreeMap<String, NoteKind>);

/// A label of a file whose kind had to be guessed and could well be another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unclear {
    /// As [`Mapping`] takes it.
    pub label: String,
    /// What it was taken for.
    pub kind: NoteKind,
    /// What else it may be, the likeliest first.
    pub others: Vec<NoteKind>,
    /// The first wordings under it.
    pub wordings: Vec<String>,
    /// How many notes are under it.
    pub count: usize,
}

impl Mapping {
    /// What a label is said to stand for; case and the space around it do not count.
    pub fn kind_of(&self, label: &str) -> Option<NoteKind> {
        self.0.get(&folded(label)).copied()
    }

    /// Says what a label stands for.
    pub fn set(&mut self, label: &str, kind: NoteKind) {
        self.0.insert(folded(label), kind);
    }

    /// Every label, and its kind.
    pub fn iter(&self) -> impl Iterator<Item = (&str, NoteKind)> {
        self.0.iter().map(|(label, kind)| (label.as_str(), *kind))
    }
}

impl FromIterator<(String, NoteKind)> for Mapping {
    fn from_iter<I: IntoIterator<Item = (String, NoteKind)>>(pairs: I) -> Mapping {
        Mapping(pairs.into_iter().map(|(label, kind)| (folded(&label), kind)).collect())
    }
}

/// Takes a pair as in `orange=event`; the kind goes by any of its names.
pub fn pair(text: &str) -> Option<(String, NoteKind)> {
    let (label, kind) = text.rsplit_once('=')?;
    let label = label.trim();
    Some((label.to_owned(), kind.parse().ok()?)).filter(|_| !label.is_empty())
}

fn folded(label: &str) -> String {
    label.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_names_a_kind_in_either_language() {
        assert_eq!(pair("Orange = event"), Some(("Orange".to_owned(), NoteKind::DomainEvent)));
        assert_eq!(pair("#A5D8FF=커맨드"), Some(("#A5D8FF".to_owned(), NoteKind::Command)));
        assert!(["orange", "=event", "orange=", "orange=colour"].iter().all(|text| pair(text).is_none()));
        let mapping: Mapping = pair("#A5D8FF=커맨드").into_iter().collect();
        assert_eq!(mapping.kind_of(" #a5d8ff"), Some(NoteKind::Command));
    }
}
