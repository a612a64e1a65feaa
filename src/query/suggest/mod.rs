//! Where a wall could be cut into bounded contexts: three proposals side by side, each with its reasons.
//!
//! What people drew, the names of aggregates, shared words and nearness tie notes together (`graph`); communities of
//! that graph (`leiden`, `choose`), one context for each aggregate, and islands of notes (`island`) are three answers.
//! Frames that stand already are not looked at. The same wall always gets the same proposals, to the bit.

mod choose;
mod explain;
mod graph;
mod island;
mod leiden;
mod tell;
mod words;

pub use choose::GRANULARITIES;
pub use explain::{Doubt, Group, Reason, Seam, SeamKind};
pub use graph::Bond;
pub use leiden::likeness;
pub use tell::{Telling, group_line, short_head};

use super::{Flow, Watch};
use crate::model::{Board, Id};
use explain::Explainer;
use graph::Graph;
use leiden::Membership;

/// More notes than this are not cut: islands look at every pair of them.
pub const NOTES_MAX: usize = 20_000;

/// By what a wall is cut.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Method {
    /// Notes that are tied more to each other than to the rest.
    Communities,
    /// One context for each aggregate.
    Aggregates,
    /// Notes with wide gaps around them.
    Islands,
}

impl Method {
    /// All, as they are offered.
    pub const ALL: [Method; 3] = [Method::Communities, Method::Aggregates, Method::Islands];

    /// The word in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Method::Communities => "communities",
            Method::Aggregates => "aggregates",
            Method::Islands => "islands",
        }
    }
}

/// One way to cut a wall.
#[derive(Clone, PartialEq, Debug)]
pub struct Cut {
    /// By what.
    pub method: Method,
    /// The contexts it proposes, left to right.
    pub groups: Vec<Group>,
    /// The share of what ties notes that stays within groups, 0 to 1.
    pub kept: f64,
}

/// Every cut that was found, for who keeps them longer than the wall stays as it is.
#[derive(Clone, PartialEq, Debug)]
pub struct Cuts {
    /// Which of [`GRANULARITIES`] holds best.
    pub chosen: usize,
    cuts: Vec<Cut>,
}

impl Cuts {
    /// How many there are.
    pub const COUNT: usize = 2 * GRANULARITIES.len() + 1;

    /// The cut of a method. `granularity` is a place in [`GRANULARITIES`].
    pub fn cut(&self, method: Method, granularity: usize) -> &Cut {
        let fine = granularity.min(GRANULARITIES.len() - 1);
        &self.cuts[match method {
            Method::Communities => fine,
            Method::Islands => GRANULARITIES.len() + fine,
            Method::Aggregates => 2 * GRANULARITIES.len(),
        }]
    }
}

/// What was found out about a wall: any cut can be asked of it at once.
pub struct Suggestion<'a> {
    board: &'a Board,
    flow: &'a Flow,
    graph: Graph<'a>,
    sweep: choose::Sweep,
}

/// Looks for cuts. Nothing where the watcher broke off, or where the wall has more than [`NOTES_MAX`] notes.
pub fn suggest<'a>(board: &'a Board, flow: &'a Flow, watch: Watch<'_>) -> Option<Suggestion<'a>> {
    let graph = Graph::of(board, flow);
    if graph.notes.len() > NOTES_MAX {
        return None;
    }
    let sweep = choose::sweep(&graph, watch)?;
    Some(Suggestion { board, flow, graph, sweep })
}

impl Suggestion<'_> {
    /// Which of [`GRANULARITIES`] holds best.
    pub fn chosen(&self) -> usize {
        self.sweep.chosen
    }

    /// The cut of a method. `granularity` is a place in [`GRANULARITIES`]: how fine the communities are, and so how
    /// many islands there are.
    pub fn cut(&self, method: Method, granularity: usize) -> Cut {
        let membership = self.membership(method, granularity);
        let Suggestion { board, flow, graph, sweep } = self;
        Explainer { board, flow, graph, runs: &sweep.runs }.cut(method, &membership)
    }

    /// All cuts at once; nothing where the watcher broke off.
    pub fn cuts(&self, watch: Watch<'_>) -> Option<Cuts> {
        let all = |method| (0..GRANULARITIES.len()).map(move |granularity| (method, granularity));
        let ways = all(Method::Communities).chain(all(Method::Islands)).chain([(Method::Aggregates, 0)]);
        let cut = |(nth, (method, granularity))| {
            let cut = self.cut(method, granularity);
            watch(nth, Cuts::COUNT).is_continue().then_some(cut)
        };
        let cuts = (1..).zip(ways).map(cut).collect::<Option<_>>()?;
        Some(Cuts { chosen: self.chosen(), cuts })
    }

    /// What ties the notes: both ends and how much.
    pub fn ties(&self) -> impl Iterator<Item = (Id, Id, f64)> {
        let note = |at: &usize| self.graph.notes[*at].id;
        self.graph.ties.iter().map(move |((a, b), ties)| (note(a), note(b), Graph::weight(ties)))
    }

    /// The notes that were cut, each with the number of its group.
    pub fn assigned(&self, method: Method, granularity: usize) -> Vec<(Id, usize)> {
        let membership = self.membership(method, granularity);
        self.graph.notes.iter().map(|note| note.id).zip(membership).collect()
    }

    fn membership(&self, method: Method, granularity: usize) -> Membership {
        let communities = &self.sweep.best[granularity.min(GRANULARITIES.len() - 1)];
        match method {
            Method::Communities => communities.clone(),
            Method::Aggregates => choose::by_aggregate(&self.graph),
            Method::Islands => {
                let count = communities.iter().max().map_or(0, |last| last + 1);
                island::islands(&self.graph.notes, count)
            }
        }
    }
}
