//! What is left of a wording when everything goes that only says it another way.

use std::sync::LazyLock;

use super::super::id::ByName;
use super::ko;
use super::lexicon::Lexicon;
use super::wording::{Parts, Phrase};

/// Small words that carry no meaning of their own in an event.
static SMALL: Lexicon = Lexicon::of("a an the was were is are has have had been be");

/// Words that mean one thing, a line for each thing.
const SAME: &[&str] = &[
    "order purchase",
    "customer client buyer",
    "item product article goods",
    "delivery shipment",
    "staff employee",
    "supplier vendor",
    "invoice bill",
    "booking reservation",
    "주문 구매",
    "고객 손님 구매자",
    "상품 제품 물품",
    "배송 배달",
    "결제 지불",
    "직원 사원 종업원",
    "예약 예매",
    "회원 유저",
];

/// The words that matter, in small letters: `OrderPlaced` is "order placed", 주문이 완료됨 and 주문되었다 are 주문.
pub fn folded(wording: &str) -> Vec<String> {
    match Phrase::of(wording).parts {
        Parts::Ko(words) => korean(&words),
        Parts::En(mut words, _) => {
            if !words.iter().all(|word| SMALL.has(word)) {
                words.retain(|word| !SMALL.has(word));
            }
            words
        }
    }
}

fn korean(words: &[&str]) -> Vec<String> {
    let Some((last, rest)) = words.split_last() else { return Vec::new() };
    let stem = ko::stem(last);
    let is_bare = |word: &str| word.is_empty() || word == "완료";
    let stem = Some(stem).filter(|stem| !is_bare(stem) || rest.is_empty());
    let stem = stem.map(|stem| stem.strip_suffix("완료").filter(|it| !it.is_empty()).unwrap_or(stem));
    rest.iter().map(|word| ko::without_particle(word, false)).chain(stem).map(str::to_lowercase).collect()
}

/// The thing that a word names where others name it otherwise: a number for the thing, and one for the word.
pub fn synonym(word: &str) -> Option<(usize, usize)> {
    static NUMBERS: LazyLock<ByName<&str, (usize, usize)>> = LazyLock::new(|| {
        let words = |(thing, words): (usize, &&'static str)| {
            words.split(' ').enumerate().map(move |(at, word)| (word, (thing, at)))
        };
        SAME.iter().enumerate().flat_map(words).collect()
    });
    NUMBERS.get(word).copied()
}

/// The word behind the numbers of [`synonym`].
pub fn synonym_word((thing, word): (usize, usize)) -> &'static str {
    SAME.get(thing).and_then(|words| words.split(' ').nth(word)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wordings: &[&str], fold: &str) {
        for wording in wordings {
            assert_eq!(folded(wording).join(" "), fold, "{wording}");
        }
    }

    #[test]
    fn wordings_of_one_event_fold_to_one() {
        check(
            &[
                "Order placed",
                "OrderPlaced",
                "order_placed",
                "The order was placed.",
                "ORDER  PLACED",
                "OrderPlacedEvent",
            ],
            "order placed",
        );
        check(
            &[
                "주문됨",
                "주문되었다",
                "주문이 완료됨",
                "주문 완료",
                "주문했습니다.",
                "주문이 되었음",
                "주문완료",
            ],
            "주문",
        );
        check(&["방이 배정됨", "방 배정되었다"], "방 배정");
        check(&["완료됨"], "완료");
        check(&["The"], "the");
        check(&[""], "");
        assert_ne!(folded("주문됨"), folded("결제됨"));
    }

    #[test]
    fn synonyms_have_one_number() {
        let (order, purchase) = (synonym("주문").unwrap(), synonym("구매").unwrap());
        assert_eq!(order.0, purchase.0);
        assert_eq!(synonym_word(purchase), "구매");
        assert_eq!(synonym("도서"), None);
    }
}
