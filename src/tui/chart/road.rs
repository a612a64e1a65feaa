//! The lines of the map: rows and columns for what the layout leaves to curves.

use std::collections::BTreeMap;

use crate::query::layers::{Extent, Placed, Sketch};
use crate::tui::route::{HEADS, Route};

/// The first cell of something of this many cells around a middle.
pub(super) fn begin(middle: f64, cells: i32) -> i32 {
    (middle - f64::from(cells) / 2.0 + 1e-6).floor() as i32
}

/// Where a line crosses over from one place to another, between two layers.
#[derive(Clone, Copy)]
struct Crossing {
    line: usize,
    /// Which of the line's runs it begins at.
    run: usize,
    /// Where the space between the layers begins, along.
    along: i32,
    from: i32,
    to: i32,
}

/// How many crossings lie side by side where they are the most.
pub(super) fn channels(sketch: &Sketch, placed: &Placed) -> i32 {
    tracks(&crossings(sketch, placed)).values().map(|track| track + 1).max().unwrap_or(0)
}

/// Moves the layers together where fewer crossings lie between them; `spare` cells stay beside those.
pub(super) fn tightened(sketch: &Sketch, mut placed: Placed, spare: i32) -> Placed {
    let (crossings, mut between) = (crossings(sketch, &placed), BTreeMap::new());
    for runs in placed.lines.iter().map(|line| &line.runs) {
        between.extend(runs.windows(2).map(|pair| (pair[0].1.round() as i32, pair[1].0.round() as i32)));
    }
    let tracks = tracks(&crossings);
    let needed = |start: i32| {
        let there = crossings.iter().filter(|it| it.along == start).map(|it| tracks[&(it.line, it.run)] + 1);
        there.max().unwrap_or(0) + spare
    };
    let surplus: Vec<(f64, f64)> =
        between.into_iter().map(|(start, end)| (end.into(), (end - start - needed(start)).into())).collect();
    let moved = |along: &mut f64| {
        let before = surplus.iter().filter(|(end, _)| *end <= *along + 0.5);
        *along -= before.map(|(_, cells)| cells).sum::<f64>();
    };
    placed.boxes.iter_mut().for_each(|middle| moved(&mut middle.along));
    for line in &mut placed.lines {
        moved(&mut line.label.along);
        line.runs.iter_mut().for_each(|(start, end, _)| [start, end].into_iter().for_each(&moved));
    }
    moved(&mut placed.whole.along);
    placed
}

/// The cells across of every run of a line.
fn places(sketch: &Sketch, placed: &Placed, line: usize) -> Vec<i32> {
    let (ends, way) = (sketch.lines[line], &placed.lines[line]);
    let last = way.runs.len().saturating_sub(1);
    let of_box = |at: usize, port: f64| {
        let (middle, size) = (placed.boxes[at].across, sketch.boxes[at].across);
        begin(middle, size as i32) + (port - (middle - size / 2.0)).floor() as i32
    };
    let is_label = |start: f64, end: f64| (start..=end).contains(&way.label.along);
    let place = |(at, (start, end, across)): (usize, &(f64, f64, f64))| match at {
        0 => of_box(ends.first, *across),
        at if at == last => of_box(ends.last, *across),
        _ if is_label(*start, *end) && *across == way.label.across => {
            let cells = ends.label.across as i32;
            begin(*across, cells) + (cells - 1) / 2
        }
        _ => begin(*across, 1),
    };
    way.runs.iter().enumerate().map(place).collect()
}

fn crossings(sketch: &Sketch, placed: &Placed) -> Vec<Crossing> {
    let of_line = |line: usize| {
        let (places, runs) = (places(sketch, placed, line), placed.lines[line].runs.clone());
        let crossing = move |run: usize| Crossing {
            line,
            run,
            along: runs[run].1.round() as i32,
            from: places[run],
            to: places[run + 1],
        };
        (0..placed.lines[line].runs.len().saturating_sub(1)).map(crossing)
    };
    (0..placed.lines.len()).flat_map(of_line).filter(|it| it.from != it.to).collect()
}

/// The track of each crossing, by its line and run: those that share cells lie side by side, in the order in which
/// they cut each other least.
fn tracks(crossings: &[Crossing]) -> BTreeMap<(usize, usize), i32> {
    let mut between: BTreeMap<i32, Vec<Crossing>> = BTreeMap::new();
    for crossing in crossings {
        between.entry(crossing.along).or_default().push(*crossing);
    }
    let mut tracks = BTreeMap::new();
    for mut there in between.into_values() {
        // Of those that go on, the last begins first; of those that go back, the first does.
        there.sort_by_key(|it| (it.from > it.to, if it.from < it.to { -it.from } else { it.from }, it.line));
        let mut laid: Vec<(Crossing, i32)> = Vec::new();
        for crossing in there {
            let ends = |it: &Crossing| (it.from.min(it.to), it.from.max(it.to));
            let (low, high) = ends(&crossing);
            let shares = |other: &Crossing| ends(other).0 <= high && low <= ends(other).1;
            let before = laid.iter().filter(|(other, _)| shares(other)).map(|(_, track)| track + 1);
            let track = before.max().unwrap_or(0);
            tracks.insert((crossing.line, crossing.run), track);
            laid.push((crossing, track));
        }
    }
    tracks
}

/// The way of every line, from its first box to its last.
pub(super) fn routes(sketch: &Sketch, placed: &Placed, is_down: bool) -> Vec<Route> {
    let crossings = crossings(sketch, placed);
    let tracks = tracks(&crossings);
    let turned = |(along, across): (i32, i32)| if is_down { (across, along) } else { (along, across) };
    let route = |line: usize| {
        let (ends, places) = (sketch.lines[line], places(sketch, placed, line));
        let edge = |at: usize| begin(placed.boxes[at].along, extent(sketch.boxes[at]).0);
        let start = edge(ends.first) + extent(sketch.boxes[ends.first]).0;
        let mut corners = vec![(start, places[0])];
        for (run, across) in places.iter().enumerate().skip(1) {
            if let Some(track) = tracks.get(&(line, run - 1)) {
                let along = placed.lines[line].runs[run - 1].1.round() as i32 + 1 + track;
                corners.extend([(along, places[run - 1]), (along, *across)]);
            }
        }
        corners.extend(places.last().map(|across| (edge(ends.last) - 1, *across)));
        corners.dedup();
        Route {
            foot: turned((start - 1, places[0])),
            corners: corners.into_iter().map(turned).collect(),
            head: if is_down { HEADS[2] } else { HEADS[0] },
        }
    };
    (0..sketch.lines.len()).map(route).collect()
}

fn extent(size: Extent) -> (i32, i32) {
    (size.along as i32, size.across as i32)
}

/// The same way from its end to its start.
pub(super) fn reversed(mut route: Route, is_down: bool) -> Route {
    let end = route.corners.last().copied().unwrap_or(route.foot);
    let foot = if is_down { (end.0, end.1 + 1) } else { (end.0 + 1, end.1) };
    route.corners.reverse();
    Route { foot, corners: route.corners, head: if is_down { HEADS[3] } else { HEADS[1] } }
}
