//! Names of programmers as words of people.

use crate::format::ident::{Idents, Style};

/// `OrderPlaced`, `order_placed` and `order-placed` as `Order Placed` and `order placed`.
pub(in crate::format) fn spaced(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut words = String::with_capacity(name.len() + 4);
    for (at, &c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let is_new = c.is_uppercase()
            && before.is_some_and(|before| {
                let next_is_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
                before.is_lowercase() || before.is_ascii_digit() || before.is_uppercase() && next_is_small
            });
        if is_new {
            words.push(' ');
        }
        words.push(if c == '_' || c == '-' { ' ' } else { c });
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as an alias of a wording: nothing where the wording gives the name by itself.
pub(in crate::format) fn alias_of(name: &str, wording: &str) -> Option<String> {
    let by_itself = Idents::new(Style::Pascal, &[]).free(None, wording, "");
    (!name.is_empty() && name != wording && name != by_itself).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_apart_where_its_words_begin() {
        let table = [
            ("OrderPlaced", "Order Placed"),
            ("HTTPServerDown", "HTTP Server Down"),
            ("insurance_quote_requests", "insurance quote requests"),
            ("Level2Reached", "Level2 Reached"),
            ("주문됨", "주문됨"),
            ("order-placed", "order placed"),
            ("_", ""),
        ];
        for (name, words) in table {
            assert_eq!(spaced(name), words);
        }
        assert_eq!(alias_of("OrderPlaced", "Order Placed"), None);
        assert_eq!(alias_of("Jumundoem", "주문됨"), None);
        assert_eq!(alias_of("OrderPlaced", "주문됨"), Some("OrderPlaced".to_owned()));
    }
}
