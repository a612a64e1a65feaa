//! The story between its pivotal events: by what leads to what, and by place where nothing is known to lead there.

mod cause;
mod place;
#[cfg(test)]
mod tests;
mod told;

use super::beside::Chapter;
use super::context::ContextOutline;
use super::ground::Ground;
use cause::Causes;
use place::Place;
use told::Told;

/// The chapters, and the events of each, in the order in which they are told.
pub(super) fn chapters(ground: &Ground<'_>, contexts: &[ContextOutline]) -> Vec<Chapter> {
    let place = Place::of(ground);
    let causes = Causes::of(ground, contexts, &place);
    let told = Told::of(place.events.len(), &causes);
    let mut pivots: Vec<_> = ground.projection.timeline.pivots().collect();
    pivots.retain(|pivot| place.number(pivot.note).is_some());
    pivots.sort_by_key(|pivot| place.number(pivot.note).map(|event| told.moment[event]));
    let mut chapters = vec![Chapter { after: None, name: None, events: Vec::new() }];
    chapters.extend(pivots.iter().map(|pivot| Chapter {
        after: Some(pivot.note),
        name: Some(pivot.chapter.clone()).filter(|name| !name.is_empty()),
        events: Vec::new(),
    }));
    let numbers: Vec<usize> = pivots.iter().filter_map(|pivot| place.number(pivot.note)).collect();
    let chapter = told.chapters(&numbers, &place, &causes.siblings);
    for event in told.order {
        chapters[chapter[event]].events.push(place.events[event].id);
    }
    chapters.retain(|chapter| chapter.after.is_some() || !chapter.events.is_empty());
    chapters
}
