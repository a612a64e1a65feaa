//! Which shapes are frames around others, and which texts are whose words.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::{Area, Shape, Sort, words};
use crate::model::Frame;
use crate::model::limit::CONTEXTS_MAX;

/// A frame covers at least so many stickies' room.
const STICKIES_MIN: f64 = 3.0;

/// How large most stickies are.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    pub(super) w: f64,
    pub(super) h: f64,
}

/// What becomes of a shape.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Role {
    /// A note of its own.
    Note,
    /// A frame.
    Frame,
    /// Words of another shape.
    Words(usize),
    /// The title of a frame.
    Title(usize),
    /// An entry of the legend, or nothing at all.
    Left,
}

impl Unit {
    /// The size of a sticky in squall's own pictures, where a board has none.
    const USUAL: Unit = Unit { w: 176.0, h: 100.0 };

    /// The median of the stickies.
    pub(super) fn of(shapes: &[Shape]) -> Unit {
        let is_sticky = |shape: &&Shape| {
            matches!(shape.sort, Sort::Sticky | Sort::Kind(_))
                && !shape.fill.is_empty()
                && shape.area.size() > 0.0
        };
        let stickies = || shapes.iter().filter(is_sticky);
        let median = |mut lengths: Vec<f64>, usual: f64| {
            lengths.sort_by(f64::total_cmp);
            lengths.get(lengths.len() / 2).copied().unwrap_or(usual)
        };
        Unit {
            w: median(stickies().map(|shape| shape.area.w).collect(), Unit::USUAL.w),
            h: median(stickies().map(|shape| shape.area.h).collect(), Unit::USUAL.h),
        }
    }

    /// The longer side.
    pub(super) fn long(self) -> f64 {
        self.w.max(self.h)
    }
}

/// The role of every shape; a legend is not looked for.
pub(super) fn roles(shapes: &[Shape], unit: Unit) -> Vec<Role> {
    let mut roles: Vec<Role> =
        shapes.iter().map(|shape| if shape.sort == Sort::Frame { Role::Frame } else { Role::Note }).collect();
    for at in large(shapes, unit) {
        roles[at] = Role::Frame;
    }
    settle_texts(shapes, unit, &mut roles);
    roles
}

fn is_sticky(shape: &Shape) -> bool {
    matches!(shape.sort, Sort::Sticky | Sort::Kind(_))
}

/// Boxes so large that they stand for what lies in them: around a coloured sticky where one sees through them, around
/// two or more else.
fn large(shapes: &[Shape], unit: Unit) -> Vec<usize> {
    let room = STICKIES_MIN * unit.w * unit.h;
    let mut large: Vec<usize> = (0..shapes.len())
        .filter(|at| shapes[*at].sort == Sort::Sticky && shapes[*at].area.size() >= room)
        .collect();
    large.sort_by(|one, two| shapes[*two].area.size().total_cmp(&shapes[*one].area.size()));
    large.truncate(CONTEXTS_MAX);
    let small = |shape: &&Shape| is_sticky(shape) && !shape.fill.is_empty() && shape.area.size() < room;
    let centers: Vec<(f64, f64)> = shapes.iter().filter(small).map(|shape| shape.area.center()).collect();
    large.retain(|at| {
        let enough = if shapes[*at].fill.is_empty() { 1 } else { 2 };
        centers.iter().filter(|center| shapes[*at].area.holds(**center)).take(enough).count() == enough
    });
    large
}

/// Says of every text whose words it is.
fn settle_texts(shapes: &[Shape], unit: Unit, roles: &mut [Role]) {
    let boxes = shapes.iter().enumerate().map(|(at, shape)| (at, shape.area));
    let stickies: Vec<(usize, Area)> =
        boxes.clone().filter(|(at, _)| is_sticky(&shapes[*at]) && roles[*at] == Role::Note).collect();
    let frames: Vec<(usize, Area)> = boxes.filter(|(at, _)| roles[*at] == Role::Frame).collect();
    let raised = |area: Area| Area::new(area.x, area.y - unit.h, area.w, area.h + unit.h);
    let inside = Grid::of(stickies.iter().copied(), unit.long());
    let around = Grid::of(frames.iter().map(|(at, area)| (*at, raised(*area))), unit.long());
    let groups = lone_in_groups(shapes, &stickies);
    let mut titles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, shape) in shapes.iter().enumerate().filter(|(_, shape)| shape.sort == Sort::Text) {
        let center = shape.area.center();
        let home = groups.get(shape.group.as_str()).copied().or_else(|| inside.under(center));
        if let Some(home) = home.filter(|home| shapes[*home].page == shape.page) {
            roles[at] = Role::Words(home);
        } else if let Some(frame) = around.under(center).filter(|it| shapes[*it].text.trim().is_empty()) {
            titles.entry(frame).or_default().push(at);
        }
    }
    for (frame, texts) in titles {
        if let Some(best) = texts.into_iter().min_by(|one, two| {
            let rank =
                |at: usize| (named(&shapes[at].text).1.is_none(), -shapes[at].area.h, shapes[at].area.y);
            rank(*one).partial_cmp(&rank(*two)).unwrap_or(std::cmp::Ordering::Equal)
        }) {
            roles[best] = Role::Title(frame);
        }
    }
}

/// The only sticky of each group that has just one.
fn lone_in_groups<'a>(shapes: &'a [Shape], stickies: &[(usize, Area)]) -> BTreeMap<&'a str, usize> {
    let mut groups: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (at, _) in stickies.iter().filter(|(at, _)| !shapes[*at].group.is_empty()) {
        groups.entry(&shapes[*at].group).and_modify(|lone| *lone = None).or_insert(Some(*at));
    }
    groups.into_iter().filter_map(|(group, lone)| Some((group, lone?))).collect()
}

/// The name in the title of a frame, and what it says it bounds; a title that says nothing of that ranks lower.
pub(super) fn named(title: &str) -> (String, Option<Frame>) {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = words::ENDINGS.iter().find_map(|(ending, frame)| {
        let at = title.len().checked_sub(ending.len()).filter(|at| title.is_char_boundary(*at))?;
        let is_it = title[at..].to_lowercase() == *ending && at > 0;
        is_it.then(|| (title[..at].trim().to_owned(), Some(*frame)))
    });
    said.unwrap_or((title, None))
}
