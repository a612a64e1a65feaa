//! A word of the domain in the middle of a text, and another one in its place.

use super::ko::final_of;

/// The final ㄹ, after which one says 로.
const RIEUL: u32 = 8;
/// Korean particles that come in two forms: after a final consonant, and after a vowel.
const PARTICLES: [(&str, &str); 7] =
    [("을", "를"), ("은", "는"), ("이", "가"), ("과", "와"), ("으로", "로"), ("이나", "나"), ("이랑", "랑")];

/// The text with `new` wherever it said `old`, if it did.
///
/// A term begins where a word begins, whatever the case of its first letter, and ends where a word ends; inner capitals
/// begin words too. A Korean term may be followed by more Hangul, 주문 in 주문됨, and a particle after it takes the form
/// that fits the new one.
pub fn with_term(text: &str, old: &str, new: &str) -> Option<String> {
    let (mut done, mut rest, mut is_any) = (String::new(), text, false);
    while let Some(c) = rest.chars().next() {
        let here = rest.get(..old.len()).filter(|here| {
            !old.is_empty()
                && is_term(here, old)
                && begins(done.chars().next_back(), c)
                && ends(old, &rest[here.len()..])
        });
        let Some(here) = here else {
            done.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        is_any = true;
        done += &cased(new, old, here);
        rest = &rest[here.len()..];
        if let Some((particle, fitting)) = particle(rest, new) {
            done += fitting;
            rest = &rest[particle.len()..];
        }
    }
    is_any.then_some(done)
}

/// Whether this is the term itself, or the term with its first letter in the other case.
fn is_term(here: &str, old: &str) -> bool {
    let (mut a, mut b) = (here.chars(), old.chars());
    let is_alike = |(a, b): (char, char)| a.to_lowercase().eq(b.to_lowercase());
    a.next().zip(b.next()).is_some_and(is_alike) && a.as_str() == b.as_str()
}

/// Whether a word may begin between these two: after no letter, or where an inner capital starts as in `OrderPlaced`.
fn begins(before: Option<char>, first: char) -> bool {
    before.is_none_or(|before| !before.is_alphanumeric() || before.is_lowercase() && first.is_uppercase())
}

fn ends(term: &str, rest: &str) -> bool {
    let is_ascii = term.ends_with(|last: char| last.is_ascii());
    !is_ascii || !rest.starts_with(|next: char| next.is_lowercase() || next.is_ascii_digit())
}

/// The new term, its first letter as large as that of what it takes the place of.
fn cased(new: &str, old: &str, here: &str) -> String {
    let is_capital = |text: &str| text.starts_with(char::is_uppercase);
    let mut chars = new.chars();
    match chars.next() {
        Some(first) if is_capital(here) && !is_capital(old) => first.to_uppercase().chain(chars).collect(),
        Some(first) if !is_capital(here) && is_capital(old) => first.to_lowercase().chain(chars).collect(),
        _ => new.to_owned(),
    }
}

/// The particle that `rest` begins with, and its form after `term`.
fn particle(rest: &str, term: &str) -> Option<(&'static str, &'static str)> {
    let last = term.chars().next_back().and_then(final_of)?;
    let end = rest.find(|c| final_of(c).is_none()).unwrap_or(rest.len());
    let (hard, soft) = PARTICLES.into_iter().find(|(hard, soft)| [*hard, *soft].contains(&&rest[..end]))?;
    let is_soft = last == 0 || last == RIEUL && soft == "로";
    Some((if &rest[..end] == hard { hard } else { soft }, if is_soft { soft } else { hard }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, text: &str, expected: Option<&str>) {
        assert_eq!(with_term(text, old, new).as_deref(), expected, "{old} in {text}");
    }

    #[test]
    fn a_term_is_found_as_a_word() {
        check("order", "booking", "Order placed", Some("Booking placed"));
        check("Order", "Booking", "OrderPlaced by order", Some("BookingPlaced by booking"));
        check("order", "booking", "reordered borders", None);
        check("order", "booking", "orders", None);
        check("주문", "구매", "주문됨", Some("구매됨"));
        check("주문", "구매", "재주문 취소", None);
        check("é", "e", "é", Some("e"));
        check("", "e", "é", None);
    }

    #[test]
    fn a_particle_takes_the_form_that_fits() {
        check(
            "주문",
            "구매",
            "고객이 주문한다. 주문을 받고 주문으로",
            Some("고객이 구매한다. 구매를 받고 구매로"),
        );
        check("구매", "주문", "구매가 구매와", Some("주문이 주문과"));
        check("주문", "배달", "주문으로", Some("배달로"));
        check("주문", "Order", "주문을", Some("Order을"));
    }
}
