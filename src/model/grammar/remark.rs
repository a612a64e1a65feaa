//! What may be remarked on a wording beside its tense: noise, two things in one, causes, vagueness, names of no one.

use super::lexicon::Lexicon;
use super::wording::{Parts, Phrase};
use super::{en, ko};

/// What only a program does, in English; and what a program does to what only a program has.
static NOISE: Lexicon = Lexicon::of(
    "button click clicked hover hovered tapped scrolled popup modal dropdown checkbox textbox api endpoint http json db \
     database sql cache cached webhook url rendered",
);
static SHOWN: Lexicon =
    Lexicon::of("page screen form tab dialog view list menu row rows record records column field");
static SHOWING: Lexicon = Lexicon::of(
    "viewed opened loaded shown displayed submitted updated inserted deleted saved entered selected clicked refreshed",
);
/// The same in Korean: anywhere, and at the end.
static NOISE_KO: Lexicon = Lexicon::of(
    "버튼 클릭 화면 페이지 팝업 로딩 스크롤 드롭다운 체크박스 입력창 탭 api db url json 캐시 테이블행",
);
static NOISE_ENDS_KO: Lexicon =
    Lexicon::of("클릭됨 클릭함 입력됨 입력함 선택됨 선택함 조회됨 조회함 로딩됨 렌더링됨");

/// Two deeds in one, in Korean: joined by a word, or by the ending of all but the last.
static AND_KO: Lexicon = Lexicon::of("및 그리고");
static ALSO_KO: Lexicon = Lexicon::of("하고 되고 하며 되며 하면서 되면서");

/// By what means, not by whom: "paid by card".
static MEANS: Lexicon = Lexicon::of(
    "mail email post phone card cash bank transfer sms fax hand default mistake accident truck train air sea then noon \
     midnight deadline the",
);
static CAUSES_KO: Lexicon = Lexicon::of("때문에 인해 인하여 인한 의해 의하여");

/// Deeds that say nothing without what they are done to.
static VAGUE: Lexicon = Lexicon::of(
    "updated changed processed done handled modified edited completed finished started created deleted managed executed \
     data item thing info information status state record event object was has been is",
);
static VAGUE_KO: Lexicon =
    Lexicon::of("변경 처리 완료 수정 갱신 진행 실행 생성 삭제 데이터 정보 상태 내용 업데이트");

/// Roles that everybody has.
static ANYBODY: Lexicon =
    Lexicon::of("user users customer customers client member admin administrator system");
static ANYBODY_KO: Lexicon = Lexicon::of("사용자 고객 회원 관리자 유저 어드민 시스템");

/// What programs are called, not what the business keeps together.
static PROGRAMS: Lexicon =
    Lexicon::of("service manager handler processor controller helper util utils repository factory engine");
static PROGRAMS_KO: Lexicon = Lexicon::of("서비스 매니저 관리자 핸들러 처리기 컨트롤러 프로세서");
static NO_PLURALS: Lexicon =
    Lexicon::of("address process status business access news series class pass basis analysis campus");

fn small(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| word.to_lowercase()).collect()
}

impl Phrase<'_> {
    /// Whether it tells what a program does, not what happens in the business: "button clicked", 화면 조회됨.
    pub fn is_technical(&self) -> bool {
        match &self.parts {
            Parts::Ko(words) => {
                small(words).iter().any(|word| NOISE_KO.has(word))
                    || words.last().is_some_and(|last| NOISE_ENDS_KO.ends(last))
            }
            Parts::En(words, _) => {
                words.iter().any(|word| NOISE.has(word))
                    || words.windows(2).any(|two| SHOWN.has(&two[0]) && SHOWING.has(&two[1]))
            }
        }
    }

    /// Whether it tells two things in one: "order placed and paid", 접수되고 배정됨.
    pub fn is_two(&self) -> bool {
        let is_joined = || self.text.contains(" & ");
        is_joined()
            || match &self.parts {
                Parts::Ko(words) => words.split_last().is_some_and(|(_, words)| {
                    words.iter().any(|word| AND_KO.has(word) || ALSO_KO.ends(word))
                }),
                Parts::En(words, _) => {
                    let and = words.iter().position(|word| word == "and");
                    and.is_some_and(|and| en::past_at(&words[..and]).is_some() && and + 1 < words.len())
                }
            }
    }

    /// Whether it tells why or by whom: "due to …", "by customer", 때문에.
    pub fn tells_cause(&self) -> bool {
        match &self.parts {
            Parts::Ko(words) => words.iter().any(|word| CAUSES_KO.ends(word)),
            Parts::En(words, _) => {
                let is_agent =
                    |word: &str| !word.starts_with(|c: char| c.is_ascii_digit()) && !MEANS.has(word);
                words.iter().any(|word| word == "because")
                    || words.windows(2).any(|two| {
                        two[0] == "due" && two[1] == "to"
                            || two[0] == "by" && en::past_at(words).is_some() && is_agent(&two[1])
                    })
            }
        }
    }

    /// Whether it does not say what it happened to: "updated", 처리됨.
    pub fn is_vague(&self) -> bool {
        match &self.parts {
            Parts::Ko(words) => {
                words.iter().all(|word| VAGUE_KO.has(ko::stem(ko::without_particle(word, false))))
            }
            Parts::En(words, _) => words.len() == 1 || words.iter().all(|word| VAGUE.has(word)),
        }
    }

    /// Whether it names anybody at all: "user", 고객.
    pub fn is_anybody(&self) -> bool {
        match &self.parts {
            Parts::Ko(words) => words.len() == 1 && ANYBODY_KO.has(words[0]),
            Parts::En(words, _) => words.len() == 1 && ANYBODY.has(&words[0]),
        }
    }

    /// Whether it names a program, many things or a deed where one thing of the business is wanted: "OrderService".
    pub fn is_no_thing(&self) -> bool {
        match &self.parts {
            Parts::Ko(words) => {
                let ends =
                    |last: &&str| PROGRAMS_KO.ends_longer(last) || words.len() > 1 && PROGRAMS_KO.has(last);
                words.last().is_some_and(ends) || ko::ends_in_deed(words)
            }
            Parts::En(words, _) => words.last().is_some_and(|last| {
                let is_plural =
                    last.len() > 3 && last.ends_with('s') && !last.ends_with("ss") && !NO_PLURALS.has(last);
                words.len() > 1 && PROGRAMS.has(last) || is_plural || en::deed(words) == en::Deed::Surely
            }),
        }
    }
}

/// The bare name of a deed as something that happened: 주문 취소 as 주문 취소됨.
pub fn completed(wording: &str) -> Option<String> {
    let bare = wording.trim_end_matches(|c: char| !c.is_alphanumeric());
    match Phrase::of(bare).parts {
        Parts::Ko(words) if ko::ends_in_action(&words) => Some(format!("{bare}됨")),
        _ => None,
    }
}

/// Something that happened as a deed to do: 주문됨 as 주문하기.
pub fn commanded(wording: &str) -> Option<String> {
    let bare = wording.trim_end_matches(|c: char| !c.is_alphanumeric());
    match Phrase::of(bare).parts {
        Parts::Ko(words) => {
            let (last, rest) = words.split_last()?;
            let stem = Some(ko::stem(last)).filter(|stem| stem.len() < last.len() && !stem.is_empty())?;
            let rest = rest.iter().map(|word| ko::without_particle(word, true));
            Some(rest.chain([&*format!("{stem}하기")]).collect::<Vec<_>>().join(" "))
        }
        Parts::En(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: fn(&Phrase<'_>) -> bool, yes: &str, no: &str) {
        let list = |text: &str| text.split(" / ").map(str::to_owned).collect::<Vec<_>>();
        let wrong = list(yes)
            .into_iter()
            .filter(|w| !rule(&Phrase::of(w)))
            .chain(list(no).into_iter().filter(|w| rule(&Phrase::of(w))));
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
    }

    #[test]
    fn a_program_at_work_is_noise() {
        check(
            |it| it.is_technical(),
            "Button clicked / page viewed / Row updated / API called / 저장 버튼 클릭됨 / 주문 화면 열림 / API 호출됨 / 주소 입력됨",
            "Table reserved / Order placed / Form of payment agreed / 결제 승인됨 / 주문됨",
        );
    }

    #[test]
    fn two_things_in_one_are_told() {
        check(
            |it| it.is_two(),
            "Order placed and paid / Order placed & invoice sent / 주문이 접수되고 결제됨 / 상품 및 재고 등록됨 / 결제하며 쿠폰 사용됨",
            "Terms and conditions accepted / 재고 소진됨 / 사고 신고 접수됨 / Input/output checked / 광고 게시됨",
        );
    }

    #[test]
    fn causes_and_performers_are_told() {
        check(
            |it| it.tells_cause(),
            "Order cancelled by customer / Flight delayed due to fog / 재고 부족 때문에 취소됨 / 연체로 인해 정지됨",
            "Price cut by 10% / Paid by card / Order placed / 주문됨",
        );
    }

    #[test]
    fn what_says_nothing_is_vague() {
        check(
            |it| it.is_vague(),
            "Updated / Data processed / 변경됨 / 처리 완료 / 상태 변경됨",
            "Order updated / 주문됨 / 주소 변경됨 / Limit exceeded",
        );
        check(|it| it.is_anybody(), "User / 고객 / 관리자", "Librarian / 우수 고객 / Guest user");
        check(
            |it| it.is_no_thing(),
            "OrderService / Orders / 주문 관리자 / Cancel order / 주문하기",
            "Order / Address / 주문 / 재고 / Bus",
        );
    }

    #[test]
    fn korean_endings_are_mended() {
        assert_eq!(completed("주문 취소").as_deref(), Some("주문 취소됨"));
        assert_eq!(completed("도서 목록"), None);
        assert_eq!(commanded("결제가 승인되었습니다").as_deref(), Some("결제 승인하기"));
        assert_eq!(commanded("쿠폰을 적용했다").as_deref(), Some("쿠폰을 적용하기"));
        assert_eq!(commanded("주문됨").as_deref(), Some("주문하기"));
        assert_eq!(commanded("주문이 됨"), None);
        assert_eq!(commanded("Order placed"), None);
    }
}
