//! Which step a story has come to.

use super::{Scene, Tale};
use crate::query::story::Telling;

impl Tale {
    /// The story as the wall tells it now, and the number of the step in it: the one that tells of most of the same notes,
    /// of several the nearest. Nothing where there is no story any more.
    pub fn step<'a>(&self, scene: &Scene<'a>) -> Option<(usize, &'a [Telling])> {
        let story = scene.record?.memo.story(self.from_end, scene);
        let shared = |step: &Telling| step.notes.iter().filter(|id| self.notes.contains(id)).count();
        let steps = story.iter().enumerate().map(|(at, step)| (shared(step), at));
        let known = steps.filter(|(shared, _)| *shared > 0);
        let best = known.max_by_key(|(shared, at)| (*shared, std::cmp::Reverse(at.abs_diff(self.at))));
        let last = story.len().checked_sub(1)?;
        Some((best.map_or(self.at.min(last), |(_, at)| at), story))
    }
}
