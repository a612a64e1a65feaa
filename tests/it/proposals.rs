//! Proposed contexts over the wall: gone through, drawn, left.

use squall::model::Level;
use squall::query::suggest::{GRANULARITIES, Method};
use squall::tui::state::{Mode, Proposing, State};
use squall::tui::theme::Theme;

use crate::sitter::Sitter;

fn proposing(state: &State) -> Option<&Proposing> {
    match &state.mode {
        Mode::Propose(proposing) => Some(proposing),
        _ => None,
    }
}

/// A sample without its frames, once contexts have been found.
fn found(size: (u16, u16)) -> Sitter {
    let mut sitter = Sitter::at_sample("shop", size, Theme::default());
    let things = sitter.board().contexts.keys().copied().collect();
    sitter.perform(&squall::command::Command::Remove { things });
    sitter.press("g c");
    sitter.until(|state| proposing(state).is_none_or(|it| it.found.is_some()));
    sitter
}

#[test]
fn proposed_contexts_are_ghosts_on_the_wall_with_the_reasons_of_one() {
    insta::assert_snapshot!(found((120, 40)).screen());
}

#[test]
fn proposed_contexts_at_80x24() {
    insta::assert_snapshot!(found((80, 24)).press("Tab").screen());
}

#[test]
fn leaving_leaves_the_wall_as_it_was() {
    let mut sitter = Sitter::at_sample("shop", (100, 30), Theme::default());
    let (before, shown) = (sitter.board().clone(), sitter.screen());
    sitter.press("g c");
    sitter.until(|state| proposing(state).is_some_and(|it| it.found.is_some()));
    assert_ne!(sitter.screen(), shown);
    sitter.press("Tab m + - Esc");
    assert_eq!(sitter.screen(), shown);
    assert_eq!(sitter.board(), &before);
}

#[test]
fn a_search_that_is_broken_off_brings_nothing() {
    let mut sitter = Sitter::at_sample("shop", (100, 30), Theme::default());
    let shown = sitter.screen();
    assert_ne!(sitter.press("g c").screen(), shown, "it says that it looks");
    assert_eq!(sitter.press("Esc").screen(), shown);
}

#[test]
fn one_is_drawn_by_one_deed_and_all_by_another() {
    let mut sitter = found((120, 40));
    let cut = proposing(sitter.state()).and_then(Proposing::cut).cloned().expect("something was found");
    sitter.press("Enter");
    assert_eq!(sitter.board().contexts.len(), 1);
    sitter.press("Enter");
    assert_eq!(sitter.board().contexts.len(), 1, "what stands is not drawn twice: {}", sitter.screen());
    sitter.press("u");
    assert_eq!(sitter.board().contexts.len(), 0);
    sitter.press("a");
    assert_eq!((sitter.board().contexts.len(), &sitter.state().mode), (cut.groups.len(), &Mode::Wall));
    let names: Vec<&str> = sitter.board().contexts.values().map(|context| context.name()).collect();
    assert_eq!(names, cut.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>());
    assert_eq!(sitter.press("u").board().contexts.len(), 0);
}

#[test]
fn keys_switch_the_method_and_make_it_finer() {
    let mut sitter = found((120, 40));
    let shown = |sitter: &Sitter| proposing(sitter.state()).map(|it| (it.method, it.granularity));
    let (_, chosen) = shown(&sitter).expect("contexts were found");
    sitter.press("+");
    assert_eq!(shown(&sitter), Some((Method::Communities, chosen + 1)));
    sitter.press(&"- ".repeat(20));
    assert_eq!(shown(&sitter), Some((Method::Communities, 0)));
    sitter.press(&"+ ".repeat(20)).press("m");
    assert_eq!(shown(&sitter), Some((Method::Aggregates, GRANULARITIES.len() - 1)));
    sitter.press("m m");
    assert_eq!(shown(&sitter).map(|it| it.0), Some(Method::Communities));
}

#[test]
fn a_wall_with_nothing_on_it_says_so() {
    let mut sitter = Sitter::new(Some(Level::Design), (100, 30));
    sitter.press("g c");
    sitter.until(|state| state.mode == Mode::Wall);
    assert!(sitter.screen().contains("이벤트, 커맨드"), "{}", sitter.screen());
}
