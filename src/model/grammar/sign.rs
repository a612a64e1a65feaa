//! What a wording says of its own kind.

use super::super::kind::{Level, NoteKind};
use super::wording::{Parts, Phrase};
use super::{en, ko, wording};

/// The kinds a wording alone may be taken for, in the order that settles a tie. Others need a mark.
pub(super) const GUESSED: [NoteKind; 9] = [
    NoteKind::DomainEvent,
    NoteKind::Command,
    NoteKind::Actor,
    NoteKind::Policy,
    NoteKind::ReadModel,
    NoteKind::ExternalSystem,
    NoteKind::Aggregate,
    NoteKind::UserInterface,
    NoteKind::Time,
];

/// How much a wording says of its kind.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Strength {
    /// A mere noun: only its place in the row can tell.
    Weak,
    /// A noun that often names this kind: a role, a system, a list, a deed.
    Likely,
    /// The wording is put in this kind's own way.
    Strong,
}

/// The kind a single wording is taken for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Guess {
    /// The likeliest kind of this level.
    pub kind: NoteKind,
    /// How much the wording says for it.
    pub strength: Strength,
}

/// What was noticed about a wording. The order of the rows is the order in which they are looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sign {
    Reaction,
    Deed,
    Past,
    DeedOrPast,
    Passive,
    Done,
    Rule,
    Moment,
    Telling,
    Person,
    Screen,
    View,
    System,
    DeedNoun,
    BareDeed,
    Participle,
    Sentence,
    Noun,
}

/// What it costs to take a wording with this sign for each kind, in the order of [`GUESSED`]. A step that the grammar
/// does not know costs 50: only a strong sign outweighs it.
fn costs_of(sign: Sign) -> [u32; 9] {
    //                      E   C   A   P   R   S   G   U   T
    match sign {
        Sign::Reaction => [60, 60, 80, 0, 80, 80, 60, 80, 60],
        Sign::Deed => [60, 0, 70, 25, 60, 60, 60, 60, 60],
        Sign::Past => [0, 60, 80, 60, 70, 80, 70, 80, 80],
        Sign::DeedOrPast => [3, 0, 60, 40, 40, 60, 60, 60, 60],
        Sign::Passive => [6, 40, 60, 4, 40, 60, 40, 60, 60],
        Sign::Done => [0, 14, 60, 40, 30, 60, 50, 60, 60],
        Sign::Rule => [40, 40, 60, 0, 14, 50, 12, 60, 60],
        Sign::Moment => [30, 30, 40, 20, 14, 30, 20, 40, 0],
        Sign::Telling => [40, 0, 60, 5, 60, 60, 50, 60, 60],
        Sign::Person => [30, 16, 0, 30, 12, 12, 8, 30, 40],
        Sign::Screen => [30, 20, 30, 30, 8, 10, 12, 0, 40],
        Sign::View => [24, 8, 20, 24, 0, 14, 8, 6, 30],
        Sign::System => [30, 24, 10, 30, 12, 0, 10, 14, 40],
        Sign::DeedNoun => [12, 0, 20, 12, 8, 16, 6, 20, 24],
        Sign::BareDeed => [10, 2, 20, 20, 10, 16, 0, 20, 24],
        Sign::Participle => [0, 16, 12, 24, 8, 16, 10, 20, 30],
        Sign::Sentence => [16, 12, 24, 4, 14, 20, 10, 24, 20],
        Sign::Noun => [16, 8, 3, 12, 5, 4, 0, 14, 20],
    }
}

fn strength_of(sign: Sign) -> Strength {
    match sign {
        Sign::Reaction | Sign::Deed | Sign::Past | Sign::Done => Strength::Strong,
        Sign::Noun | Sign::BareDeed => Strength::Weak,
        _ => Strength::Likely,
    }
}

/// The first sign found in a wording.
pub(super) fn sign_of(text: &str) -> Sign {
    match Phrase::of(text).parts {
        Parts::Ko(words) => korean(&words),
        Parts::En(words, has_comma) => english(text, &words, has_comma),
    }
}

fn korean(words: &[&str]) -> Sign {
    match () {
        () if ko::is_moment(words) => Sign::Moment,
        () if ko::is_reaction(words) => Sign::Reaction,
        () if ko::ends_in_deed(words) => Sign::Deed,
        () if ko::ends_in_past(words) => Sign::Past,
        () if ko::ends_in_done(words) => Sign::Done,
        () if ko::is_rule(words) => Sign::Rule,
        () if ko::ends_in_present(words) => Sign::Telling,
        () if ko::is_person(words) => Sign::Person,
        () if ko::is_screen(words) => Sign::Screen,
        () if ko::is_view(words) => Sign::View,
        () if ko::is_system(words) => Sign::System,
        () if ko::ends_in_action(words) && words.len() > 1 => Sign::DeedNoun,
        () if ko::ends_in_action(words) => Sign::BareDeed,
        () if words.len() > 4 => Sign::Sentence,
        () => Sign::Noun,
    }
}

fn english(text: &str, words: &[String], has_comma: bool) -> Sign {
    let deed = en::deed(words);
    let past = en::past_at(words);
    match () {
        () if en::is_moment(words, has_comma) => Sign::Moment,
        () if en::is_reaction(words, has_comma) || en::is_holding(words) => Sign::Reaction,
        () if en::is_brand(text, words) => Sign::System,
        () if deed == en::Deed::Surely && words.len() > 2 && en::ends_in_past(words) => Sign::DeedOrPast,
        () if deed == en::Deed::Surely && !en::ends_in_past(words) => Sign::Deed,
        () if en::is_present_passive(words) => Sign::Passive,
        () if past > Some(0) || past.is_some() && words.len() == 1 => Sign::Past,
        () if en::is_rule(words) => Sign::Rule,
        () if en::is_person(words) => Sign::Person,
        () if en::is_screen(words) => Sign::Screen,
        () if en::is_view(words) => Sign::View,
        () if en::is_system(words) => Sign::System,
        () if past.is_some() => Sign::Participle,
        () if en::begins_in_third_person(words) => Sign::Telling,
        () if deed == en::Deed::Perhaps && words.len() > 1 => Sign::DeedNoun,
        () if deed == en::Deed::Perhaps => Sign::BareDeed,
        () if words.len() > 4 => Sign::Sentence,
        () => Sign::Noun,
    }
}

/// What it costs to take a wording for each kind a board of this level has, in the order of [`GUESSED`].
pub(super) fn costs(text: &str) -> [u32; 9] {
    costs_of(sign_of(text))
}

/// The kind of a single wording, by nothing but its words. At the big picture everything is an event or a question.
pub fn guess_kind(text: &str, level: Level) -> Guess {
    if wording::is_question(text) {
        return Guess { kind: NoteKind::Hotspot, strength: Strength::Strong };
    }
    let sign = sign_of(text);
    if level == Level::BigPicture {
        let strength =
            if matches!(sign, Sign::Past | Sign::Done) { Strength::Strong } else { Strength::Likely };
        return Guess { kind: NoteKind::DomainEvent, strength };
    }
    let priced = GUESSED.into_iter().zip(costs_of(sign)).filter(|(kind, _)| kind.belongs_to(level));
    let kind = priced.min_by_key(|(_, cost)| *cost).map_or(NoteKind::Note, |(kind, _)| kind);
    Guess { kind, strength: strength_of(sign) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_put_in_its_own_way_is_known_alone() {
        for (text, kind) in [
            ("주문됨", NoteKind::DomainEvent),
            ("결제되면 배송을 준비한다", NoteKind::Policy),
            ("누가 환불하나?", NoteKind::Hotspot),
            ("주문하기", NoteKind::Command),
            ("OrderPlaced", NoteKind::DomainEvent),
            ("Whenever paid, ship", NoteKind::Policy),
            ("Send invoice", NoteKind::Command),
        ] {
            assert_eq!(guess_kind(text, Level::Design), Guess { kind, strength: Strength::Strong }, "{text}");
        }
        assert_eq!(guess_kind("주문", Level::Design).strength, Strength::Weak);
        assert_ne!(guess_kind("주문", Level::Process).kind, NoteKind::Aggregate);
        assert_eq!(guess_kind("주문", Level::BigPicture).kind, NoteKind::DomainEvent);
    }
}
