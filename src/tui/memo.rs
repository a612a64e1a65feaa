//! What is read from a wall when somebody first asks for it, and kept until the wall changes.
//!
//! It is no state: thrown away, it comes back the same. It lets a panel of a hundred thousand rows cost what is seen of
//! it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::chart::Chart;
use super::side::{Item, TABS, tab};
use super::state::Scene;
use crate::query::lint::{Finding, Lint};
use crate::query::outage::Outage;
use crate::query::outline::{Outline, Party};
use crate::query::story::{Telling, backwards, forwards};
use crate::session::{DeedHead, Wall};
use crate::words::{Lang, Said};

/// So many deeds are told at once: telling one means replaying the wall to it.
const TOLD_AT_ONCE: usize = 64;

/// Some deeds, each with what it did.
type Told = Arc<Vec<Vec<Said>>>;

/// The context map for a language and a size of window.
type Drawn = ((Lang, (u16, u16)), Arc<Chart>);

/// What was read from a wall.
#[derive(Default)]
pub struct Memo {
    changes: u64,
    shown: Option<usize>,
    asks_lint: bool,
    lint: OnceLock<Arc<Lint>>,
    items: [OnceLock<Vec<Item>>; TABS.len()],
    outline: OnceLock<Outline>,
    story: [OnceLock<Vec<Telling>>; 2],
    outage: Mutex<Option<Arc<Outage>>>,
    deeds: OnceLock<Vec<DeedHead>>,
    told: Mutex<BTreeMap<usize, Told>>,
    chart: Mutex<Option<Drawn>>,
}

impl Memo {
    /// Forgets what is not so any more of a wall, of which the first `shown` deeds are looked at, and of which all is to
    /// be told that lint finds, or not.
    pub fn renew(&mut self, wall: &Wall, shown: Option<usize>, asks_lint: bool) {
        let changes = wall.changes();
        if changes != self.changes {
            *self = Memo { changes, asks_lint, ..Memo::default() };
        }
        if asks_lint != self.asks_lint {
            self.asks_lint = asks_lint;
            self.items[tab("findings")] = OnceLock::new();
        }
        if shown != self.shown {
            (self.shown, self.items, self.chart) = Default::default();
            (self.outline, self.story, self.outage) = Default::default();
            self.shown = shown;
        }
    }

    /// Forgets what is not so any more because others came or went, or a deed was not taken.
    pub fn renew_company(&mut self) {
        for name in ["people", "unsettled"] {
            self.items[tab(name)] = OnceLock::new();
        }
    }

    /// What stands in a tab of the side panel.
    pub fn items(&self, tab: usize, scene: &Scene<'_>) -> &[Item] {
        self.items[tab].get_or_init(|| (TABS[tab].items)(scene))
    }

    /// The context map of what is shown.
    pub fn chart(&self, scene: &Scene<'_>, lang: Lang, size: (u16, u16)) -> Arc<Chart> {
        let mut kept = self.chart.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((of, chart)) if *of == (lang, size) => Arc::clone(chart),
            _ => {
                let chart = Arc::new(Chart::of(self.outline(scene), lang, size));
                *kept = Some(((lang, size), Arc::clone(&chart)));
                chart
            }
        }
    }

    /// What lint finds on the wall.
    pub fn lint(&self, wall: &Wall) -> &Lint {
        self.lint.get_or_init(|| wall.lint())
    }

    /// Whether lint tells a finding now.
    pub fn tells(&self, finding: &Finding, lint: &Lint) -> bool {
        self.asks_lint || lint.speaks_unasked(finding)
    }

    /// What the wall says.
    pub fn outline(&self, scene: &Scene<'_>) -> &Outline {
        self.outline.get_or_init(|| Outline::of(scene.board, scene.projection))
    }

    /// The story of the wall, from its beginning or from its end.
    pub fn story(&self, from_end: bool, scene: &Scene<'_>) -> &[Telling] {
        let read = if from_end { backwards } else { forwards };
        let tell = || read(scene.board, &scene.projection.flow, self.outline(scene));
        self.story[usize::from(from_end)].get_or_init(tell)
    }

    /// How the wall fares while these are down; nothing where nothing is.
    pub fn outage(&self, down: &[Party], scene: &Scene<'_>) -> Option<Arc<Outage>> {
        let mut kept = self.outage.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_none_or(|outage| outage.down != down) {
            let outage = || Outage::of(scene.board, &scene.projection.flow, self.outline(scene), down);
            *kept = (!down.is_empty()).then(outage).map(Arc::new);
        }
        kept.clone()
    }

    /// The deeds of the wall, oldest first.
    pub fn deeds(&self, wall: &Wall) -> &[DeedHead] {
        self.deeds.get_or_init(|| wall.deeds())
    }

    /// What one of the deeds did.
    pub fn told(&self, wall: &Wall, deed: usize) -> Vec<Said> {
        let chunk = deed / TOLD_AT_ONCE;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let told = told.entry(chunk).or_insert_with(|| {
            let deeds = self.deeds(wall);
            let from = chunk * TOLD_AT_ONCE;
            Arc::new(wall.tell_deeds(deeds, from..deeds.len().min(from + TOLD_AT_ONCE)))
        });
        told.get(deed % TOLD_AT_ONCE).cloned().unwrap_or_default()
    }
}
