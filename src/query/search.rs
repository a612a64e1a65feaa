//! Finding: words, Korean also by its initial consonants, and filters such as `kind:event by:민수`.

use unicode_normalization::UnicodeNormalization;

use crate::model::thing::{text_of, texts_of};
use crate::model::{Board, Id, Note, NoteKind, Point};

/// What somebody looks for. All of its words and filters have to fit.
///
/// Words are looked for in wordings, aliases and definitions, whatever the case; `ㅈㅁ` finds `주문`; quotes keep
/// spaces. The filters are `kind:` `context:` `tag:` `by:` `is:`; what is no filter is a word.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Query {
    words: Vec<Vec<char>>,
    filters: Vec<Filter>,
}

#[derive(Clone, PartialEq, Debug)]
enum Filter {
    Kind(NoteKind),
    Context(Vec<char>),
    Tag(Vec<char>),
    By(Vec<char>),
    Is(State),
}

/// What a note may be beside its kind.
#[derive(Clone, Copy, PartialEq, Debug)]
enum State {
    Pivotal,
    Aside,
    Open,
    Resolved,
    Stuck,
    Torn,
}

/// The words of `is:`, English and Korean.
const STATES: [(State, [&str; 2]); 6] = [
    (State::Pivotal, ["pivotal", "피보탈"]),
    (State::Aside, ["aside", "탈락"]),
    (State::Open, ["open", "미해결"]),
    (State::Resolved, ["resolved", "해결"]),
    (State::Stuck, ["stuck", "붙음"]),
    (State::Torn, ["alternatives", "여럿"]),
];

impl Query {
    /// Understands what somebody typed.
    pub fn parse(text: &str) -> Query {
        let mut query = Query::default();
        for word in split(text) {
            match Filter::parse(&word) {
                Some(filter) => query.filters.push(filter),
                None => query.words.push(fold(&word)),
            }
        }
        query
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.filters.is_empty()
    }

    /// The notes that fit, and the frames by name where no filter is set: left to right, then downwards. Notes set
    /// aside are found only by `is:aside`.
    pub fn find(&self, board: &Board) -> Vec<Id> {
        if self.is_empty() {
            return Vec::new();
        }
        let notes = board.notes.values().filter(|note| self.fits(note, board)).map(|note| (note.at, note.id));
        let frames = board
            .contexts
            .values()
            .filter(|context| {
                self.filters.is_empty()
                    && self.words_in(&[context.name(), text_of(&context.details, "alias")])
            })
            .map(|context| (context.rect.at, context.id));
        let mut found: Vec<(Point, Id)> = notes.chain(frames).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// Whether a note is one that is looked for.
    pub fn fits(&self, note: &Note, board: &Board) -> bool {
        let hidden = note.aside().is_some() && !self.filters.contains(&Filter::Is(State::Aside));
        !hidden && self.filters.iter().all(|filter| filter.fits(note, board)) && {
            let mut texts = note.wording.alternatives();
            texts.extend([note.alias(), text_of(&note.details, "definition")]);
            self.words_in(&texts)
        }
    }

    fn words_in(&self, texts: &[&str]) -> bool {
        let texts: Vec<Vec<char>> = texts.iter().map(|text| fold(text)).collect();
        self.words.iter().all(|word| texts.iter().any(|text| holds(text, word)))
    }
}

impl Filter {
    fn parse(word: &str) -> Option<Filter> {
        let (name, value) = word.split_once(':').filter(|(_, value)| !value.is_empty())?;
        match name.to_lowercase().as_str() {
            "kind" | "종류" => value.parse().ok().map(Filter::Kind),
            "context" | "컨텍스트" => Some(Filter::Context(fold(value))),
            "tag" | "태그" => Some(Filter::Tag(fold(value))),
            "by" | "작성" => Some(Filter::By(fold(value))),
            "is" | "상태" => STATES
                .iter()
                .find(|(_, words)| words.contains(&value))
                .map(|(state, _)| Filter::Is(*state))
                .or_else(|| value.parse().ok().map(Filter::Kind)),
            _ => None,
        }
    }

    fn fits(&self, note: &Note, board: &Board) -> bool {
        match self {
            Filter::Kind(kind) => note.kind == *kind,
            Filter::Context(name) => {
                let centre = note.rect().center();
                let mut around = board.contexts.values().filter(|context| context.rect.holds(centre));
                around.any(|context| holds(&fold(context.name()), name))
            }
            Filter::Tag(tag) => texts_of(&note.details, "tags").any(|other| holds(&fold(other), tag)),
            Filter::By(name) => holds(&fold(&note.author), name),
            Filter::Is(State::Pivotal) => note.is_pivotal(),
            Filter::Is(State::Aside) => note.aside().is_some(),
            Filter::Is(State::Open) => note.kind == NoteKind::Hotspot && !note.is_resolved(),
            Filter::Is(State::Resolved) => note.is_resolved(),
            Filter::Is(State::Stuck) => note.host.is_some(),
            Filter::Is(State::Torn) => note.wording.alternatives().len() > 1,
        }
    }
}

/// Words at spaces; double quotes keep them together.
fn split(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            letter if letter.is_whitespace() && !quoted => words.push(String::new()),
            letter => words.last_mut().into_iter().for_each(|word| word.push(letter)),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Composed, in lower case.
fn fold(text: &str) -> Vec<char> {
    text.nfc().flat_map(char::to_lowercase).collect()
}

fn holds(text: &[char], word: &[char]) -> bool {
    word.is_empty()
        || text
            .windows(word.len())
            .any(|part| part.iter().zip(word).all(|(have, want)| is_like(*have, *want)))
}

/// The same letter, or a syllable that begins with the wanted consonant.
fn is_like(have: char, want: char) -> bool {
    const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
    const SYLLABLES: std::ops::RangeInclusive<char> = '가'..='힣';
    const SYLLABLES_AN_INITIAL: u32 = 21 * 28;
    have == want
        || SYLLABLES.contains(&have) && {
            let initial = (have as u32 - '가' as u32) / SYLLABLES_AN_INITIAL;
            INITIALS.chars().nth(initial as usize) == Some(want)
        }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::Rect;
    use crate::model::tests::{board, id, note};

    #[track_caller]
    fn check(query: &str, found: &[u32]) {
        let mut order = note(0, NoteKind::DomainEvent, "주문 접수됨", 0, 0);
        order.details.insert("alias".into(), json!("Order Placed"));
        order.author = "민수".into();
        let mut pain = note(1, NoteKind::Hotspot, "Who answers?", 40, 0);
        pain.details.insert("tags".into(), json!(["later"]));
        let mut gone = note(2, NoteKind::DomainEvent, "화면 열림", 80, 0);
        gone.details.insert("aside".into(), json!("화면 이벤트"));
        let board = board([order, pain, gone]).framed(9, "주문", Rect::new(-5, -5, 40, 20));
        let found: Vec<Id> = found.iter().map(|n| id(*n)).collect();
        assert_eq!(Query::parse(query).find(&board), found, "{query}");
    }

    #[test]
    fn words_filters_and_first_consonants_find() {
        check("", &[]);
        check("WHO", &[1]);
        check("주문", &[9, 0]);
        check("ㅈㅁ", &[9, 0]);
        check("주ㅁ 접수", &[0]);
        check("\"문 접\"", &[0]);
        check("\u{110c}\u{116e}문", &[9, 0]);
        check("order placed", &[0]);
        check("kind:event", &[0]);
        check("is:hotspot", &[1]);
        check("is:open", &[1]);
        check("is:aside", &[2]);
        check("화면", &[]);
        check("context:주문", &[0]);
        check("tag:late who", &[1]);
        check("by:민수 kind:hotspot", &[]);
        check("https://x", &[]);
    }
}
