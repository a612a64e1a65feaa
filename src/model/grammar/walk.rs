//! The kinds of a whole row: the cheapest walk through the grammar that its wordings allow.

use super::super::kind::{Level, NoteKind};
use super::sign::{GUESSED, costs};
use super::table::may_follow;
use super::wording::is_question;

/// A step the grammar does not know. Dearer than any noun's second thought, cheaper than denying a strong wording.
const UNKNOWN_STEP: u32 = 50;
/// What it costs to call a wording something else than the wall already does.
const OTHER_THAN_KNOWN: u32 = 30;
/// No walk passes here.
const NEVER: u32 = 10_000;

/// One sticky of a row, before its kind is known for sure.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// What stands on it.
    pub wording: &'a str,
    /// The kind its author marked, if any: never changed.
    pub mark: Option<NoteKind>,
    /// Whether the row names sources that feed it (`주문 현황 < 주문됨`).
    pub is_fed: bool,
}

/// What a row stands in.
pub struct Around<'a> {
    /// The level of the board: the kinds and steps it knows.
    pub level: Level,
    /// The kind of the sticky the row goes on from, if it begins with an arrow.
    pub from: Option<NoteKind>,
    /// The kind a wording already has on the wall.
    pub known: &'a dyn Fn(&str) -> Option<NoteKind>,
}

/// The kinds of the items of a row, in order.
///
/// A mark is kept, a question is a hotspot and stands aside, and the rest is the cheapest walk: strong wordings first,
/// what the wall already knows next, then the order of the grammar. At the big picture what is left is an event.
pub fn guess_row(items: &[Item<'_>], around: &Around<'_>) -> Vec<NoteKind> {
    let mut kinds: Vec<Option<NoteKind>> = items.iter().map(|item| settled(item, around)).collect();
    let walked: Vec<usize> =
        (0..items.len()).filter(|&at| kinds[at].is_none_or(|kind| GUESSED.contains(&kind))).collect();
    let prices: Vec<_> = walked.iter().map(|&at| price(&items[at], kinds[at], around)).collect();
    for (at, kind) in walked.into_iter().zip(cheapest(&prices, around)) {
        kinds[at] = Some(kind);
    }
    kinds.into_iter().map(|kind| kind.unwrap_or(NoteKind::Note)).collect()
}

/// What is sure before any walk.
fn settled(item: &Item<'_>, around: &Around<'_>) -> Option<NoteKind> {
    let asked = || is_question(item.wording).then_some(NoteKind::Hotspot);
    let big = || {
        let known = || (around.known)(item.wording).unwrap_or(NoteKind::DomainEvent);
        (around.level == Level::BigPicture).then(known)
    };
    item.mark.or_else(asked).or_else(big)
}

/// What it costs to take one item for each kind.
fn price(item: &Item<'_>, settled: Option<NoteKind>, around: &Around<'_>) -> [u32; 9] {
    if let Some(kind) = settled {
        return GUESSED.map(|other| if other == kind { 0 } else { NEVER });
    }
    let known = (around.known)(item.wording).filter(|kind| GUESSED.contains(kind));
    let mut price = costs(item.wording);
    for (cost, kind) in price.iter_mut().zip(GUESSED) {
        if !kind.belongs_to(around.level) && known != Some(kind) {
            *cost = NEVER;
        }
        if known.is_some_and(|known| known != kind) {
            *cost += OTHER_THAN_KNOWN;
        }
        if item.is_fed {
            *cost += step(NoteKind::DomainEvent, kind, around.level);
        }
    }
    price
}

fn step(from: NoteKind, to: NoteKind, level: Level) -> u32 {
    may_follow(from, to, level).map_or(UNKNOWN_STEP, |step| step.cost)
}

/// How unusual it is to begin a row with a kind.
fn opening(kind: NoteKind) -> u32 {
    match kind {
        NoteKind::Actor | NoteKind::DomainEvent | NoteKind::ReadModel | NoteKind::Time => 0,
        NoteKind::Policy | NoteKind::ExternalSystem | NoteKind::UserInterface => 1,
        NoteKind::Command => 7,
        _ => 8,
    }
}

/// How unusual it is to end a row with a kind.
fn closing(kind: NoteKind) -> u32 {
    match kind {
        NoteKind::DomainEvent => 0,
        NoteKind::Policy | NoteKind::ReadModel => 1,
        NoteKind::Command | NoteKind::ExternalSystem => 2,
        _ => 4,
    }
}

/// The cheapest walk over the prices of a row (Viterbi); equal walks are settled by the order of [`GUESSED`].
fn cheapest(prices: &[[u32; 9]], around: &Around<'_>) -> Vec<NoteKind> {
    let Some((first, rest)) = prices.split_first() else { return Vec::new() };
    let enter = |kind| around.from.map_or(opening(kind), |from| step(from, kind, around.level));
    let mut total: Vec<u32> = first.iter().zip(GUESSED).map(|(cost, kind)| cost + enter(kind)).collect();
    let mut came_from = Vec::with_capacity(rest.len());
    for price in rest {
        let arrivals: Vec<(u32, usize)> = GUESSED
            .into_iter()
            .zip(price)
            .map(|(to, cost)| {
                let by = |at: usize| total[at] + step(GUESSED[at], to, around.level) + cost;
                (0..GUESSED.len()).map(|at| (by(at), at)).min().unwrap_or((NEVER, 0))
            })
            .collect();
        total = arrivals.iter().map(|arrival| arrival.0).collect();
        came_from.push(arrivals.into_iter().map(|arrival| arrival.1).collect::<Vec<_>>());
    }
    let ended = |at: &usize| (total[*at] + closing(GUESSED[*at]), *at);
    let mut at = (0..GUESSED.len()).min_by_key(ended).unwrap_or(0);
    let mut kinds = vec![GUESSED[at]];
    for back in came_from.iter().rev() {
        at = back[at];
        kinds.push(GUESSED[at]);
    }
    kinds.reverse();
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, level: Level, known: &[(&str, NoteKind)]) -> String {
        let items: Vec<_> =
            text.split(" > ").map(|wording| Item { wording, mark: None, is_fed: false }).collect();
        let known = |wording: &str| known.iter().find(|(name, _)| *name == wording).map(|(_, kind)| *kind);
        let kinds = guess_row(&items, &Around { level, from: None, known: &known });
        kinds.iter().map(|kind| kind.row().tag).collect()
    }

    #[test]
    fn place_tells_what_a_noun_is() {
        assert_eq!(row("상품 목록 > 고객 > 주문하기 > 주문 > 주문됨", Level::Design, &[]), "RACGE");
        assert_eq!(row("고객 > 주문 > 주문 > 주문됨", Level::Design, &[]), "ACGE");
        assert_eq!(row("주문 > 주문 > 주문?", Level::BigPicture, &[]), "EE!");
    }

    #[test]
    fn what_the_wall_knows_outweighs_the_order_but_no_strong_wording() {
        let taken = [("주문됨", NoteKind::Policy), ("재고", NoteKind::ExternalSystem)];
        assert_eq!(row("고객 > 주문하기 > 재고 > 주문됨", Level::Design, &taken), "ACSE");
    }

    #[test]
    fn a_mark_stands_and_a_fed_noun_is_a_read_model() {
        let around = Around { level: Level::Design, from: None, known: &|_| None };
        let mark = Some(NoteKind::Value);
        let items = [
            Item { wording: "주문됨", mark, is_fed: false },
            Item { wording: "주문 현황판", mark: None, is_fed: true },
        ];
        assert_eq!(guess_row(&items, &around), [NoteKind::Value, NoteKind::ReadModel]);
        assert_eq!(guess_row(&[], &around), []);
    }

    #[test]
    fn a_row_goes_on_from_the_sticky_above() {
        let around = Around { level: Level::Design, from: Some(NoteKind::Policy), known: &|_| None };
        let items = [Item { wording: "주문", mark: None, is_fed: false }];
        assert_eq!(guess_row(&items, &around), [NoteKind::Command]);
    }
}
