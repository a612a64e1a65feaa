//! Names for grammars that know ASCII only: from the alias, else from the wording in Latin letters, else a number.

use std::collections::BTreeSet;

use deunicode::deunicode;
use unicode_normalization::UnicodeNormalization;

/// Letters of a name at most.
const LETTERS_MAX: usize = 48;

/// How the words of a name are joined.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// `OrderPlaced`
    Pascal,
    /// `orderPlaced`
    Camel,
    /// `order-placed`
    Kebab,
}

/// Gives each name once; two that differ in case only count as one.
#[derive(Clone, Debug)]
pub(super) struct Idents {
    style: Style,
    taken: BTreeSet<String>,
}

impl Idents {
    /// No name is given; those in `reserved` never will be.
    pub(super) fn new(style: Style, reserved: &[&str]) -> Idents {
        let taken = reserved.iter().map(|word| word.to_lowercase()).collect();
        Idents { style, taken }
    }

    /// A name that nothing has yet; `sort` names what says nothing. Asked for the same in the same order, it gives the
    /// same.
    pub(super) fn free(&mut self, alias: Option<&str>, wording: &str, sort: &str) -> String {
        let told = alias.into_iter().chain([wording]).map(|text| self.spelled(text));
        let base = told.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| self.spelled(sort));
        let numbered = (2..).map(|nth| match self.style {
            Style::Pascal | Style::Camel => format!("{base}_{nth}"),
            Style::Kebab => format!("{base}-{nth}"),
        });
        let mut names = std::iter::once(base.clone()).chain(numbered);
        let name = names.find(|name| !self.taken.contains(&name.to_lowercase())).expect("numbers do not end");
        self.taken.insert(name.to_lowercase());
        name
    }

    fn spelled(&self, text: &str) -> String {
        let latin = deunicode(&text.nfc().collect::<String>());
        let mut name = String::new();
        for word in latin.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
            match self.style {
                Style::Camel if name.is_empty() => {
                    name.extend(word.chars().take(1).map(|c| c.to_ascii_lowercase()));
                    name.push_str(&word[1..]);
                }
                Style::Pascal | Style::Camel => {
                    name.extend(word.chars().take(1).map(|c| c.to_ascii_uppercase()));
                    name.push_str(&word[1..]);
                }
                Style::Kebab if name.is_empty() => name.push_str(&word.to_ascii_lowercase()),
                Style::Kebab => {
                    name.push('-');
                    name.push_str(&word.to_ascii_lowercase());
                }
            }
        }
        name.truncate(LETTERS_MAX);
        let name = name.trim_end_matches('-');
        let is_word = !name.starts_with(|c: char| c.is_ascii_digit());
        match self.style {
            _ if is_word => name.to_owned(),
            Style::Pascal => format!("N{name}"),
            Style::Camel | Style::Kebab => format!("n{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(style: Style, things: &[(Option<&str>, &str)]) -> Vec<String> {
        let mut idents = Idents::new(style, &["Map"]);
        things.iter().map(|(alias, wording)| idents.free(*alias, wording, "event")).collect()
    }

    #[test]
    fn a_name_is_the_alias_or_romanised_or_a_number_and_never_another_ones() {
        let things = [
            (Some("Order placed"), "주문됨"),
            (None, "order  placed!"),
            (None, "결제됨"),
            (None, ""),
            (None, "…"),
            (None, "3일 지남"),
            (None, "map"),
        ];
        let pascal = names(Style::Pascal, &things);
        assert_eq!(
            pascal,
            ["OrderPlaced", "OrderPlaced_2", "Gyeoljedoem", "Event", "Event_2", "N3ilJinam", "Map_2"]
        );
        let camel = names(Style::Camel, &things);
        assert_eq!(
            camel,
            ["orderPlaced", "orderPlaced_2", "gyeoljedoem", "event", "event_2", "n3ilJinam", "map_2"]
        );
        let kebab = names(Style::Kebab, &things);
        assert_eq!(
            kebab,
            ["order-placed", "order-placed-2", "gyeoljedoem", "event", "event-2", "n3il-jinam", "map-2"]
        );
    }

    #[test]
    fn every_name_is_ascii_and_its_own_whatever_a_wall_says() {
        let hostile =
            ["주문", "注文", "\u{202e}abc", "<script>", "🙂", "a".repeat(9_000).leak(), "é", "É", "\0"];
        for style in [Style::Pascal, Style::Camel, Style::Kebab] {
            let names = names(style, &hostile.map(|wording| (None, wording)));
            assert!(
                names.iter().all(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())),
                "{names:?}"
            );
            assert!(names.iter().all(|name| name.len() <= LETTERS_MAX + 4), "{names:?}");
            assert_eq!(
                names.iter().map(|name| name.to_lowercase()).collect::<BTreeSet<_>>().len(),
                hostile.len()
            );
        }
    }
}
