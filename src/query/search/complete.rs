//! What a query that is being typed may go on with: qualifiers, and the values that the wall has for them.

use std::collections::BTreeSet;

use super::word::{Word, fold_into};
use super::{QUALIFIERS, Qualifier, STATES, qualifier, split};
use crate::model::thing::texts_of;
use crate::model::{Board, NoteKind};
use crate::words::Lang;

/// As many as anybody looks through.
const OFFERS_MAX: usize = 12;

/// What may stand in place of what was typed before the cursor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Offers {
    /// Where that begins, in bytes.
    pub from: usize,
    /// What may stand there, the likeliest first.
    pub texts: Vec<String>,
}

/// What the term before the cursor may become; every qualifier where none is begun.
pub fn offers(text: &str, cursor: usize, board: &Board, lang: Lang) -> Offers {
    let typed = &text[..cursor];
    let term = split(typed).last().filter(|term| term.start + term.text.len() == cursor);
    let (start, term) = term.map_or((cursor, ""), |term| (term.start, term.text));
    let minus = usize::from(term.starts_with('-'));
    let (from, term) = (start + minus, &term[minus..]);
    match term.split_once(':') {
        Some((name, value)) => {
            let value_from = value.rfind(',').map_or(0, |at| at + 1);
            let from = from + name.len() + 1 + value_from;
            let known = qualifier(name).map(|qualifier| values(qualifier, board, lang)).unwrap_or_default();
            Offers { from, texts: fitting(known, &value[value_from..]) }
        }
        None if term.starts_with('"') => Offers { from, texts: Vec::new() },
        None => {
            let names = [lang, other(lang)].map(|lang| QUALIFIERS.map(|(_, words)| words[lang as usize]));
            let offered = names.as_flattened().iter().filter(|name| name.starts_with(term));
            let most = if term.is_empty() { QUALIFIERS.len() } else { OFFERS_MAX };
            Offers { from, texts: offered.take(most).map(|name| format!("{name}:")).collect() }
        }
    }
}

fn other(lang: Lang) -> Lang {
    match lang {
        Lang::En => Lang::Ko,
        Lang::Ko => Lang::En,
    }
}

/// What the wall has for a qualifier.
fn values(qualifier: Qualifier, board: &Board, lang: Lang) -> Vec<String> {
    let kind = |kind: NoteKind| match lang {
        Lang::En => kind.id().to_owned(),
        Lang::Ko => kind.label(lang).replace(' ', ""),
    };
    let distinct = |texts: BTreeSet<&str>| texts.into_iter().map(str::to_owned).collect();
    let notes = || board.notes.values();
    match qualifier {
        Qualifier::Kind => {
            let there: BTreeSet<NoteKind> = notes().map(|note| note.kind).collect();
            there.into_iter().map(kind).collect()
        }
        Qualifier::Is => {
            let states = STATES.iter().map(|(_, words)| words[lang as usize].to_owned());
            states.chain([kind(NoteKind::Hotspot)]).collect()
        }
        Qualifier::Context => distinct(board.contexts.values().map(|context| context.name()).collect()),
        Qualifier::Tag => distinct(notes().flat_map(|note| texts_of(&note.details, "tags")).collect()),
        Qualifier::By => distinct(notes().map(|note| note.author.as_str()).collect()),
    }
}

/// Those that hold what was typed and say more than it, quoted where they need it.
fn fitting(known: Vec<String>, typed: &str) -> Vec<String> {
    let bare = super::bare(typed);
    let word = Word::new(&bare, false);
    let mut room = Vec::new();
    let holds = |text: &String| {
        room.clear();
        fold_into(&mut room, text);
        !text.is_empty() && *text != bare && word.is_in(&room)
    };
    let quoted = |text: String| match text.contains([' ', ',']) {
        true => format!("\"{text}\""),
        false => text,
    };
    known.into_iter().filter(holds).take(OFFERS_MAX).map(quoted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rect;
    use crate::model::tests::{board, note};

    #[track_caller]
    fn check(typed: &str, lang: Lang, becomes: &[&str]) {
        let mut order = note(0, NoteKind::DomainEvent, "주문됨", 0, 0);
        order.author = "민수".into();
        order.details.insert("tags".into(), serde_json::json!(["새 기능", "later"]));
        let board = board([order, note(1, NoteKind::Policy, "x", 0, 9)]).framed(
            9,
            "주문 관리",
            Rect::new(0, 0, 40, 20),
        );
        let Offers { from, texts } = offers(typed, typed.len(), &board, lang);
        let after: Vec<String> = texts.iter().map(|text| format!("{}{text}", &typed[..from])).collect();
        assert_eq!(after, becomes, "{typed}");
    }

    #[test]
    fn qualifiers_are_completed_and_then_what_the_wall_has_for_them() {
        check("", Lang::En, &["kind:", "context:", "tag:", "by:", "is:"]);
        check("주문 ", Lang::Ko, &["주문 종류:", "주문 컨텍스트:", "주문 태그:", "주문 작성:", "주문 상태:"]);
        check("ki", Lang::Ko, &["kind:"]);
        check("-종", Lang::Ko, &["-종류:"]);
        check("주문", Lang::Ko, &[]);
        check("kind:", Lang::En, &["kind:domain-event", "kind:policy"]);
        check("kind:policy,e", Lang::En, &["kind:policy,domain-event"]);
        check("종류:ㄷㅁㅇ", Lang::Ko, &["종류:도메인이벤트"]);
        check("context:ㅈ", Lang::Ko, &["context:\"주문 관리\""]);
        check("태그:\"새", Lang::Ko, &["태그:\"새 기능\""]);
        check("by:ㅁ", Lang::Ko, &["by:민수"]);
        check("by:민수", Lang::Ko, &[]);
        check("is:ho", Lang::En, &["is:hotspot"]);
        check("상태:외", Lang::Ko, &["상태:외톨이"]);
        check("nobody:", Lang::En, &[]);
        check("\"주", Lang::Ko, &[]);
    }
}
