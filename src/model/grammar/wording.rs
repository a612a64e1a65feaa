//! What a wording says of itself, in whichever language it is: the words that lint and the guesser both go by.

use super::{en, ko};

/// A wording taken apart once, to be asked as often as one likes how it is put.
pub struct Phrase<'a> {
    pub(super) text: &'a str,
    pub(super) parts: Parts<'a>,
}

/// The words of a wording, in the language of its last word.
pub(super) enum Parts<'a> {
    /// Korean: the words as they stand.
    Ko(Vec<&'a str>),
    /// English, or anything else without Hangul at its end: small words, and whether a comma parts them.
    En(Vec<String>, bool),
}

/// Whether it ends as a question: a hotspot, whatever else it says.
pub fn is_question(wording: &str) -> bool {
    wording.trim_end().ends_with(['?', '？'])
}

impl<'a> Phrase<'a> {
    /// Takes a wording apart.
    pub fn of(text: &'a str) -> Phrase<'a> {
        let words = ko::words(text);
        let parts = if words.last().is_some_and(|last| last.ends_with(ko::is_hangul)) {
            Parts::Ko(words)
        } else {
            Parts::En(en::words(text), text.contains(','))
        };
        Phrase { text, parts }
    }
}

impl Phrase<'_> {
    /// Whether it is read as Korean: its last word ends in Hangul.
    pub fn is_korean(&self) -> bool {
        matches!(self.parts, Parts::Ko(_))
    }

    /// Whether it is put as something that happened: a past tense, 주문됨, 결제 완료.
    pub fn is_completed(&self) -> bool {
        match &self.parts {
            Parts::Ko(words) => ko::ends_in_past(words) || ko::ends_in_done(words),
            Parts::En(words, _) => en::past_at(words).is_some() || words.len() == 1 && words[0] == "reset",
        }
    }

    /// Whether it tells what may be or still is, not what happened: "pending", 취소할 수 있음.
    pub fn is_possibility(&self) -> bool {
        match &self.parts {
            Parts::Ko(words) => ko::is_state(words),
            Parts::En(words, _) => en::is_state(words),
        }
    }

    /// Whether it is put as a reaction to something: "whenever …", 결제되면 …, 거절 시 …, "rejected → tell the guest".
    pub fn is_reaction(&self) -> bool {
        let is_pointed = || ["->", "=>", "→", "⇒"].iter().any(|arrow| self.text.contains(arrow));
        is_pointed()
            || match &self.parts {
                Parts::Ko(words) => ko::is_reaction(words),
                Parts::En(words, has_comma) => en::is_reaction(words, *has_comma),
            }
    }

    /// Whether it asks for a deed: an imperative first word, 주문하기, 취소한다.
    pub fn is_imperative(&self) -> bool {
        match &self.parts {
            Parts::Ko(words) => ko::ends_in_deed(words) || ko::ends_in_present(words),
            Parts::En(words, _) => en::deed(words) == en::Deed::Surely,
        }
    }

    /// Whether a command is put as something that already happened: "Placed order", 주문됨, 주문했다.
    pub fn is_commanded_in_past(&self) -> bool {
        match &self.parts {
            Parts::Ko(words) => ko::ends_in_plain_past(words),
            Parts::En(words, _) => en::is_deed_done(words),
        }
    }

    /// Whether it tells that something did not work out: "Payment declined", 결제 거절됨.
    pub fn is_failure(&self) -> bool {
        match &self.parts {
            Parts::Ko(words) => ko::is_failure(words),
            Parts::En(words, _) => en::is_failure(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: fn(&Phrase<'_>) -> bool, yes: &str, no: &str) {
        let list =
            |text: &str| -> Vec<String> { text.split('/').map(|word| word.trim().to_owned()).collect() };
        let wrong = list(yes)
            .into_iter()
            .filter(|w| !rule(&Phrase::of(w)))
            .chain(list(no).into_iter().filter(|w| rule(&Phrase::of(w))));
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
    }

    #[test]
    fn korean_events_are_over_and_done() {
        check(
            |it| it.is_completed(),
            "결제 승인됨 / 주문되었다. / 주문했습니다 / 배송 완료 / 도서가 폐기되었음 / 결제됐어요 / 상품이 담김 / 검사가 끝남 \
             / 문이 닫힘 / 영업점이 바뀜 / 기한이 지남 / 예약 취소함 / 한도 초과 / 주문이 들어옴 / 재고가 줄어듦 / 결제 실패! \
             / 재고 부족함 / 인공호흡기를 뗌",
            "재고 / 신고 / 알림 / 그림 / 마감 / 다음 / 처음 / 마음 / 묶음 / 녹음 / 소음 / 이름 / 구름 / 맞춤 / 보관함 / 우편함 \
             / 사물함 / 수납함 / 재고 있음 / 재고 없음 / 환불 가능함 / 확인이 필요함 / 배송하고 있다 / 취소될 수 있습니다 \
             / 승인해야 함 / 주문 / 주문 취소 / 주문하기 / 주문한다 / 포인트 차감 / 가을 모임 / 문자를 알림",
        );
    }

    #[test]
    fn english_events_have_a_past_tense_anywhere() {
        check(
            |it| it.is_completed(),
            "Order placed / OrderPlacedEvent / Payment sent / Invoice paid / Password reset / Price set / Loan overdue \
             / Guest did not show up / Item put aside / PDFExported / order_shipped / Offer withdrawn / Limit was cut",
            "Order / Place order / Speed / Feed / Put aside / Set price / Seed bed / Exceed limit / Reading list",
        );
    }

    #[test]
    fn commands_in_the_past_are_told() {
        check(
            |it| it.is_commanded_in_past(),
            "Placed order / Sent mail / Order placed / Order was paid by guest / Shipment split into two \
             / 주문됨 / 주문했다 / 결제되었음",
            "Place order / Set price / Put aside / Cut price / Reset password / Read mail / Mark order paid / Review rejected claims / Place bid / Password reset \
             / Split order into two / 배송 완료 / 주문",
        );
    }

    #[test]
    fn reactions_are_told_by_their_condition() {
        check(
            |it| it.is_reaction(),
            "결제가 거절되면 주문을 취소한다 / 결제될 때마다 배송을 준비한다 / 재고 부족 시 발주 / 품절시 알림 / 승인 즉시 발송 \
             / 금액이 큰 경우 심사 / 등급에 따라 할인 / 도착하는 대로 알린다 / 연체하면 정지 / Whenever paid, ship / If rejected, tell \
             / When an order is placed, reserve stock / As soon as it arrives, notify / For each order, print a label \
             / Send a mail when it ships",
            "화면 / 측면 / 반면 / 장면 / 표시 / 게시 / 지시 / 개시 / 감시 / 제시 / 명시 / 임시 / 다시 / 오전 9시 / 설정 화면 \
             / 결제됨 / Check if stock is left / Order placed / On",
        );
    }

    #[test]
    fn imperatives_ask_for_a_deed() {
        check(
            |it| it.is_imperative(),
            "주문하기 / 장바구니에 담기 / 메일 보내기 / 주문을 취소한다 / 알려 주세요 / Send mail / Put cash aside / Order a pizza \
             / CancelOrder / Reassign parcels / Finalize bill",
            "경기 / 만기 / 전자기기 / 학기 / 보기 / 주문했다 / 필요 / Order / Order history / Enterprise customer / Room",
        );
    }

    #[test]
    fn possibilities_and_states_did_not_happen() {
        check(
            |it| it.is_possibility(),
            "재고 있음 / 취소할 수 있다 / 승인해야 함 / 늦겠습니다 / 환불 불가능함 / Order may be cancelled / Payment pending",
            "주문됨 / 있었음 / 끝났다 / Order placed",
        );
    }

    #[test]
    fn failures_are_told_by_a_word() {
        check(
            |it| it.is_failure(),
            "결제 거절됨 / 배송 실패 / 주문이 취소되었다 / 쿠폰 만료됨 / 신청 반려됨 / Payment declined / OrderCancelled / Card was rejected \
             / Offer expired",
            "결제됨 / 주문 취소 정책 / 취소 수수료 / Order placed / Fail over / Cancellation fee",
        );
    }

    #[test]
    fn a_question_is_told_by_its_mark() {
        check(|it| is_question(it.text), "왜? / Who pays?  / 정말？", "왜 / Who");
    }
}
