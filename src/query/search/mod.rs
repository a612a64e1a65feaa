//! Finding: words, Korean also by its initial consonants, and qualifiers such as `kind:event by:민수 -is:aside`.

mod complete;
mod unknown;
mod word;

use word::{Word, fold_into};

use super::Projection;
use crate::model::thing::{text_of, texts_of};
use crate::model::{Board, Id, KINDS, Note, NoteKind, Point, Rect};

pub use complete::{Offers, offers};
pub use unknown::unknown_qualifier;

/// What somebody looks for. All of its terms have to fit.
///
/// Words are looked for in wordings, aliases and definitions; quotes keep spaces and take what they hold as it stands.
/// The qualifiers are `kind`, `context`, `tag`, `by` and `is`; a comma in one means either, and what is only begun fits everything it
/// may become. A `-` before a term says that it must not fit.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Query {
    terms: Vec<Term>,
}

/// One of the things that have to fit, or must not.
#[derive(Clone, PartialEq, Debug)]
struct Term {
    unwanted: bool,
    wants: Wants,
}

#[derive(Clone, PartialEq, Debug)]
enum Wants {
    Word(Word),
    /// One of these kinds or states.
    Is(Vec<NoteKind>, Vec<State>),
    Context(Vec<Word>),
    Tag(Vec<Word>),
    By(Vec<Word>),
}

/// What stands before the colon.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Qualifier {
    Kind,
    Context,
    Tag,
    By,
    Is,
}

/// The words of qualifiers, English and Korean.
const QUALIFIERS: [(Qualifier, [&str; 2]); 5] = [
    (Qualifier::Kind, ["kind", "종류"]),
    (Qualifier::Context, ["context", "컨텍스트"]),
    (Qualifier::Tag, ["tag", "태그"]),
    (Qualifier::By, ["by", "작성"]),
    (Qualifier::Is, ["is", "상태"]),
];

/// What a note may be beside its kind.
#[derive(Clone, Copy, PartialEq, Debug)]
enum State {
    Pivotal,
    Aside,
    Open,
    Resolved,
    Stuck,
    Torn,
    Alone,
}

/// The words of `is:`, English and Korean.
const STATES: [(State, [&str; 2]); 7] = [
    (State::Pivotal, ["pivotal", "피보탈"]),
    (State::Aside, ["aside", "탈락"]),
    (State::Open, ["open", "미해결"]),
    (State::Resolved, ["resolved", "해결"]),
    (State::Stuck, ["stuck", "붙음"]),
    (State::Torn, ["alternatives", "여럿"]),
    (State::Alone, ["alone", "외톨이"]),
];

/// One term as it was typed: where it stands, whether it was quoted from its start.
struct Typed<'a> {
    start: usize,
    text: &'a str,
}

impl Query {
    /// Understands what somebody typed.
    pub fn parse(text: &str) -> Query {
        Query { terms: split(text).filter_map(|typed| Term::parse(typed.text)).collect() }
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The notes that fit, and the frames by name where only words are looked for: left to right, then downwards.
    /// Notes set aside are found only by `is:aside`.
    pub fn find(&self, board: &Board, projection: &Projection) -> Vec<Id> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut finder = Finder::new(self, board, projection);
        let mut found: Vec<(Point, Id)> = Vec::new();
        for note in board.notes.values() {
            if finder.fits(note) {
                found.push((note.at, note.id));
            }
        }
        for context in board.contexts.values() {
            if finder.is_named(&[context.name(), text_of(&context.details, "alias")]) {
                found.push((context.rect.at, context.id));
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }
}

impl Term {
    fn parse(typed: &str) -> Option<Term> {
        let (unwanted, typed) = match typed.strip_prefix('-') {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, typed),
        };
        let qualified = typed.split_once(':').and_then(|(name, value)| Some((qualifier(name)?, value)));
        let wants = match qualified {
            Some((Qualifier::Kind, value)) => Wants::Is(either(value, kinds), Vec::new()),
            Some((Qualifier::Is, value)) => {
                let states = either(value, states);
                Wants::Is(if states.is_empty() { either(value, kinds) } else { Vec::new() }, states)
            }
            Some((Qualifier::Context, value)) => Wants::Context(words(value)),
            Some((Qualifier::Tag, value)) => Wants::Tag(words(value)),
            Some((Qualifier::By, value)) => Wants::By(words(value)),
            None => Wants::Word(Word::new(&bare(typed), typed.starts_with('"'))),
        };
        (!bare(typed).is_empty()).then_some(Term { unwanted, wants })
    }
}

fn qualifier(name: &str) -> Option<Qualifier> {
    let named = |words: &[&str; 2]| words.iter().any(|word| word.eq_ignore_ascii_case(name));
    QUALIFIERS.iter().find(|(_, words)| named(words)).map(|(qualifier, _)| *qualifier)
}

/// What any of the values between commas means.
fn either<T>(value: &str, mean: impl Fn(&str) -> Vec<T>) -> Vec<T> {
    value.split(',').flat_map(|value| mean(&bare(value))).collect()
}

fn words(value: &str) -> Vec<Word> {
    either(value, |value| vec![Word::new(value, false)])
}

/// The kind of this name, else all whose names begin so.
fn kinds(name: &str) -> Vec<NoteKind> {
    let squeezed = |name: &str| name.to_lowercase().replace([' ', '-', '_'], "");
    let begun = squeezed(name);
    let begins = |known: &&str| squeezed(known).starts_with(&begun);
    let known = KINDS.iter().filter(|row| row.en.iter().chain(row.ko).chain([&row.id]).any(begins));
    name.parse().map_or_else(|()| known.map(|row| row.kind).collect(), |kind| vec![kind])
}

/// The state of this name, else all whose names begin so.
fn states(name: &str) -> Vec<State> {
    let named = |fits: fn(&str, &str) -> bool| {
        let known = STATES.iter().filter(move |(_, words)| words.iter().any(|word| fits(word, name)));
        known.map(|(state, _)| *state)
    };
    let exact: Vec<State> = named(|word, name| word.eq_ignore_ascii_case(name)).collect();
    let kind = || name.parse::<NoteKind>().is_ok();
    if exact.is_empty() && !kind() { named(|word, name| word.starts_with(name)).collect() } else { exact }
}

/// Terms at spaces; double quotes keep them together.
fn split(text: &str) -> impl Iterator<Item = Typed<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let start = at + rest.find(|c: char| !c.is_whitespace())?;
        let mut quoted = false;
        let ends = |c: char| {
            quoted ^= c == '"';
            c.is_whitespace() && !quoted
        };
        at = text[start..].find(ends).map_or(text.len(), |length| start + length);
        Some(Typed { start, text: &text[start..at] })
    })
}

/// Without its quotes.
fn bare(text: &str) -> String {
    text.replace('"', "")
}

/// A query at work on a wall; one room serves for comparing all notes.
struct Finder<'a> {
    query: &'a Query,
    board: &'a Board,
    projection: &'a Projection,
    /// For each term the frames it names.
    frames: Vec<Vec<Rect>>,
    shows_aside: bool,
    room: Vec<char>,
}

impl<'a> Finder<'a> {
    fn new(query: &'a Query, board: &'a Board, projection: &'a Projection) -> Finder<'a> {
        let mut room = Vec::new();
        let frames = query.terms.iter().map(|term| match &term.wants {
            Wants::Context(words) => {
                let named = board.contexts.values().filter(|it| any_in(words, it.name(), &mut room));
                named.map(|context| context.rect).collect()
            }
            Wants::Word(_) | Wants::Is(..) | Wants::Tag(_) | Wants::By(_) => Vec::new(),
        });
        let frames = frames.collect();
        let asks_aside = |term: &Term| {
            let aside = matches!(&term.wants, Wants::Is(_, states) if states.contains(&State::Aside));
            aside && !term.unwanted
        };
        let shows_aside = query.terms.iter().any(asks_aside);
        Finder { query, board, projection, frames, shows_aside, room }
    }

    /// Whether a note is one that is looked for.
    fn fits(&mut self, note: &Note) -> bool {
        if note.aside().is_some() && !self.shows_aside {
            return false;
        }
        let query = self.query;
        let qualified = |term: &&Term| !matches!(term.wants, Wants::Word(_));
        let mut terms = query.terms.iter().enumerate();
        terms.all(|(at, term)| !qualified(&term) || self.has(note, at, term) != term.unwanted) && {
            let wordings = note.wording.values.iter().map(|(_, text)| text.as_str());
            self.holds_words(wordings.chain([note.alias(), text_of(&note.details, "definition")]))
        }
    }

    /// Whether something is found by its names alone.
    fn is_named(&mut self, names: &[&str]) -> bool {
        let only_words = self.query.terms.iter().all(|term| matches!(term.wants, Wants::Word(_)));
        only_words && self.holds_words(names.iter().copied())
    }

    fn holds_words<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> bool {
        self.room.clear();
        for text in texts {
            fold_into(&mut self.room, text);
            // No word reaches from one text into the next: nobody types this.
            self.room.push('\0');
        }
        self.query.terms.iter().all(|term| match &term.wants {
            Wants::Word(word) => word.is_in(&self.room) != term.unwanted,
            Wants::Is(..) | Wants::Context(_) | Wants::Tag(_) | Wants::By(_) => true,
        })
    }

    /// Whether a note is what the `at`th term wants.
    fn has(&mut self, note: &Note, at: usize, term: &Term) -> bool {
        match &term.wants {
            Wants::Word(_) => true,
            Wants::Is(kinds, states) => {
                kinds.contains(&note.kind) || states.iter().any(|state| self.is(note, *state))
            }
            Wants::Context(_) => {
                let centre = note.rect().center();
                self.frames[at].iter().any(|frame| frame.holds(centre))
            }
            Wants::Tag(words) => {
                texts_of(&note.details, "tags").any(|tag| any_in(words, tag, &mut self.room))
            }
            Wants::By(words) => any_in(words, &note.author, &mut self.room),
        }
    }

    fn is(&self, note: &Note, state: State) -> bool {
        let Projection { wires, space, .. } = self.projection;
        match state {
            State::Pivotal => note.is_pivotal(),
            State::Aside => note.aside().is_some(),
            State::Open => note.kind == NoteKind::Hotspot && !note.is_resolved(),
            State::Resolved => note.is_resolved(),
            State::Stuck => note.host.is_some(),
            State::Torn => note.wording.alternatives().len() > 1,
            State::Alone => {
                let lonely = note.host.is_none_or(|host| !self.board.notes.contains_key(&host));
                lonely && wires.arrows_at(note.id).is_empty() && space.stuck_on(note.id).is_empty()
            }
        }
    }
}

fn any_in(words: &[Word], text: &str, room: &mut Vec<char>) -> bool {
    room.clear();
    fold_into(room, text);
    words.iter().any(|word| word.is_in(room))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::tests::{board, id, note};
    use crate::model::{Arrow, Rect};

    fn wall() -> Board {
        let mut order = note(0, NoteKind::DomainEvent, "주문 접수됨", 0, 0);
        order.details.insert("alias".into(), json!("Order Placed"));
        order.author = "민수".into();
        let mut pain = note(1, NoteKind::Hotspot, "Who answers?", 40, 0);
        pain.details.insert("tags".into(), json!(["later", "새 기능"]));
        let mut gone = note(2, NoteKind::DomainEvent, "화면 열림", 80, 0);
        gone.details.insert("aside".into(), json!("화면 이벤트"));
        let policy = note(3, NoteKind::Policy, "주문되면 알린다", 40, 10);
        let mut board = board([order, pain, gone, policy]).framed(9, "주문 관리", Rect::new(-5, -5, 40, 20));
        board.arrows.insert(id(8), Arrow { id: id(8), from: id(0), to: id(3), details: Default::default() });
        board
    }

    #[track_caller]
    fn check(query: &str, found: &[u32]) {
        let (board, found) = (wall(), found.iter().map(|n| id(*n)).collect::<Vec<Id>>());
        assert_eq!(Query::parse(query).find(&board, &Projection::of(&board)), found, "{query}");
    }

    #[test]
    fn words_are_found_in_wordings_aliases_and_names_of_frames() {
        check("", &[]);
        check("WHO", &[1]);
        check("주문", &[9, 0, 3]);
        check("ㅈㅁ", &[9, 0, 3]);
        check("주무", &[9, 0, 3]);
        check("주ㅁ 접수", &[0]);
        check("\"문 접\"", &[0]);
        check("order placed", &[0]);
        check("화면", &[]);
        check("https://x", &[]);
    }

    #[test]
    fn qualifiers_narrow_and_what_is_begun_fits_what_it_may_become() {
        check("kind:event", &[0]);
        check("kind:이벤트,정책", &[0, 3]);
        check("kind:pol", &[3]);
        check("kind:", &[0, 1, 3]);
        check("kind:nothing", &[]);
        check("is:hotspot", &[1]);
        check("is:open", &[1]);
        check("is:aside", &[2]);
        check("상태:탈락", &[2]);
        check("is:alone", &[1]);
        check("context:주문", &[0]);
        check("context:\"주문 관리\" 접수", &[0]);
        check("tag:late who", &[1]);
        check("태그:\"새 기\"", &[1]);
        check("by:민수 kind:hotspot", &[]);
    }

    #[test]
    fn a_minus_says_what_must_not_fit() {
        check("주문 -접수", &[9, 3]);
        check("-kind:event", &[1, 3]);
        check("-is:alone -is:hotspot", &[0, 3]);
        check("kind:event,policy -by:민수", &[3]);
        check("-", &[]);
        check("\"-접수\"", &[]);
    }
    #[test]
    fn a_large_wall_is_searched_in_one_room() {
        let notes = (0..100_000).map(|n| note(n, NoteKind::DomainEvent, "주문이 접수되었다", 0, n as i32));
        let board = board(notes);
        let (query, projection) = (Query::parse("ㅈㅁ -kind:policy"), Projection::default());
        let mut found = 0;
        let memory = allocation_counter::measure(|| found = query.find(&board, &projection).len());
        // One room to compare in, and a list of hits that doubles as it grows.
        assert!(found == 100_000 && memory.count_total < 40, "{found}, {} allocations", memory.count_total);
    }
}
