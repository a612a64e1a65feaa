//! The arrows of the samples can be followed, from wherever one looks.

use squall::model::{Point, Rect, Size};
use squall::query::{Projection, Wire};
use squall::session::Wall;
use squall::session::saves::look;
use squall::tui::route::{Route, Ways, in_sight};
use squall::tui::viewport::Viewport;

const SAMPLES: [&str; 3] = ["shop", "hotel", "squall"];
const ALL: Rect = Rect { at: Point { x: -4_000, y: -4_000 }, size: Size { w: 9_000, h: 9_000 } };

fn sample(name: &str) -> Projection {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("saves/{name}.storm"));
    let lines = look(&path, &mut |_, _| ()).expect("a sample can be read").lines;
    Projection::of(Wall::of("sample", lines).board())
}

/// A window so many steps smaller than the wall.
fn window(steps: i32) -> Viewport {
    let mut window = Viewport::new((200, 60));
    window.zoom(-steps, (0, 0));
    window
}

/// The ways of these arrows, found in this order by somebody who has just come.
fn ways<'a>(
    projection: &Projection,
    window: &Viewport,
    wires: impl Iterator<Item = &'a Wire>,
) -> Vec<(Wire, Route)> {
    let (base, _) = window.base();
    let mut ways = Ways::default();
    let ways = ways.of(projection, &base);
    let found = wires.filter_map(|wire| {
        ways.find(projection, &base, wire);
        Some((*wire, ways.get(wire.id)?.clone()))
    });
    found.collect()
}

#[test]
fn an_arrow_runs_the_same_way_from_wherever_one_looks() {
    for name in SAMPLES {
        let projection = sample(name);
        for steps in 0..4 {
            let mut window = window(steps);
            let all = projection.wires.within(ALL);
            let whole = ways(&projection, &window, all.iter());
            assert!(whole.len() > 20, "{name} has {} arrows", whole.len());
            for (columns, rows) in [(0, 0), (30, 0), (45, 22), (-90, 17), (140, 40)] {
                window.pan(columns, rows);
                let seen = in_sight(&projection.wires, &window);
                for found in ways(&projection, &window, seen.iter().rev()) {
                    assert!(whole.contains(&found), "{name}, {steps} steps away: {found:?}");
                }
            }
        }
    }
}

/// How many cells two ways share lengthwise.
fn shared(one: &Route, other: &Route) -> i32 {
    let pairs = one.legs().flat_map(|leg| other.legs().map(move |second| (leg, second)));
    let along = pairs.map(|((a, b), (c, d))| {
        let run =
            |a: i32, b: i32, c: i32, d: i32| (a.max(b).min(c.max(d)) - a.min(b).max(c.min(d)) + 1).max(0);
        match (a.1 == b.1, c.1 == d.1) {
            (true, true) if a.1 == c.1 => run(a.0, b.0, c.0, d.0),
            (false, false) if a.0 == c.0 => run(a.1, b.1, c.1, d.1),
            _ => 0,
        }
    });
    along.sum()
}

/// From far away some corridors are narrower than what runs through them.
#[test]
fn lines_of_a_sample_run_together_only_where_they_share_an_end() {
    for (name, steps) in [("shop", 0), ("shop", 1), ("hotel", 0), ("hotel", 1), ("hotel", 2), ("squall", 0)] {
        let projection = sample(name);
        let all = projection.wires.within(ALL);
        let found = ways(&projection, &window(steps), all.iter());
        for (nth, (one, way)) in found.iter().enumerate() {
            for (other, second) in &found[..nth] {
                let shares_end = (one.from == other.from) != (one.to == other.to);
                assert!(
                    shares_end || shared(way, second) == 0,
                    "{name}, {steps} steps away: {way:?} {second:?}"
                );
            }
        }
    }
}
