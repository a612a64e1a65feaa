//! Looking around: choosing, panning, zooming.

use super::Turn;
use crate::model::{Id, Mode as ArrowMode, NoteKind, Point, Rect};
use crate::query::Way;
use crate::tui::state::{Aim, Mode, Pick};

/// The letters put on notes, those under the fingers first.
const LETTERS: &str = "asdfghjklqwertyuiopzxcvbnm";

impl Turn<'_> {
    /// Chooses the nearest note that way; with nothing chosen, the one in the middle of the screen. Left of all notes
    /// are the names of the lanes they lie in.
    pub(in crate::tui) fn step(&mut self, way: Way) {
        if let Some(lane) = self.state.main.filter(|id| self.scene.board.lanes.contains_key(id)) {
            return self.step_from_lane(lane, way);
        }
        let space = &self.scene.projection.space;
        let from = self.state.main.and_then(|id| self.rect(id));
        let next = match from {
            Some(rect) => space.next(rect, way).map(|tile| tile.id),
            None => self.nearest_to_middle(),
        };
        let lane = || {
            let timeline = &self.scene.projection.timeline;
            match from {
                Some(rect) if way == Way::Left => timeline.lane_at(rect.center().y),
                Some(_) => None,
                None => timeline.lanes().next().map(|(_, id)| id),
            }
        };
        if let Some(id) = next.or_else(lane) {
            self.choose(id);
        }
    }

    /// From the name of a lane: to the lane above or below, and to the first note in it.
    fn step_from_lane(&mut self, lane: Id, way: Way) {
        let timeline = &self.scene.projection.timeline;
        let lanes: Vec<Id> = timeline.lanes().map(|(_, id)| id).collect();
        let at = lanes.iter().position(|id| *id == lane);
        let beside = |by: isize| at.and_then(|at| at.checked_add_signed(by)).and_then(|at| lanes.get(at));
        let next = match way {
            Way::Left => None,
            Way::Up => beside(-1).copied(),
            Way::Down => beside(1).copied(),
            Way::Right => {
                let inside = self.scene.projection.space.iter();
                let inside = inside.filter(|tile| timeline.lane_at(tile.rect.center().y) == Some(lane));
                inside.min_by_key(|tile| (tile.rect.at, tile.id)).map(|tile| tile.id)
            }
        };
        if let Some(id) = next {
            self.choose(id);
        }
    }

    pub(in crate::tui) fn follow_time(&mut self, on: bool) {
        let (timeline, space) = (&self.scene.projection.timeline, &self.scene.projection.space);
        let next = match self.state.main {
            Some(id) if on => timeline.next(id, space),
            Some(id) => timeline.previous(id, space),
            None => self.nearest_to_middle(),
        };
        if let Some(id) = next {
            self.choose(id);
        }
    }

    pub(in crate::tui) fn end_of_time(&mut self, last: bool) {
        let mut notes = self.scene.projection.timeline.iter();
        if let Some(id) = if last { notes.next_back() } else { notes.next() } {
            self.go_to(id);
        }
    }

    /// The arrows of the chosen note, one after the other; of the chosen arrow's start otherwise.
    pub(in crate::tui) fn next_arrow(&mut self) {
        let (board, wires) = (self.scene.board, &self.scene.projection.wires);
        let Some(main) = self.state.main else { return self.tell("tell-choose-first") };
        let (note, after) = board.arrows.get(&main).map_or((main, None), |arrow| (arrow.from, Some(main)));
        let arrows = wires.arrows_at(note);
        let at = after.and_then(|after| arrows.iter().position(|id| *id == after)).map_or(0, |at| at + 1);
        match arrows.get(at).or(arrows.first()) {
            Some(id) => self.choose(*id),
            None => self.tell("tell-no-arrows"),
        }
    }

    /// The next hotspot nobody has answered, round the wall.
    pub(in crate::tui) fn next_hotspot(&mut self) {
        let board = self.scene.board;
        let open = |id: &Id| {
            board.notes.get(id).is_some_and(|note| note.kind == NoteKind::Hotspot && !note.is_resolved())
        };
        let hotspots: Vec<Id> = self.scene.projection.timeline.iter().filter(open).collect();
        self.choose_among(&hotspots, true, "tell-no-hotspots");
    }

    pub(super) fn choose_among(&mut self, ids: &[Id], on: bool, none: &'static str) {
        let at = self.state.main.and_then(|main| ids.iter().position(|id| *id == main));
        let next = match at {
            Some(at) if on => ids.get(at + 1).or(ids.first()),
            Some(at) => at.checked_sub(1).and_then(|at| ids.get(at)).or(ids.last()),
            None if on => ids.first(),
            None => ids.last(),
        };
        match next {
            Some(id) => self.go_to(*id),
            None => self.tell(none),
        }
    }

    /// The next pivotal event on the right of what is chosen, or on the left.
    pub(in crate::tui) fn pivotal_beside(&mut self, on: bool) {
        let here = self.state.main.and_then(|id| self.rect(id)).map_or(self.middle_point(), |rect| rect.at);
        let (board, pivots) = (self.scene.board, self.scene.projection.timeline.pivots());
        let places = pivots.filter_map(|pivot| Some((board.notes.get(&pivot.note)?.at, pivot.note)));
        let beside = match on {
            true => places.filter(|(at, _)| at.x > here.x).min(),
            false => places.filter(|(at, _)| at.x < here.x).max(),
        };
        match beside {
            Some((_, id)) => self.go_to(id),
            None => self.tell("tell-no-pivotal"),
        }
    }

    /// The first pivotal event of the wall, or the last.
    pub(in crate::tui) fn end_of_pivotal(&mut self, last: bool) {
        let mut pivots = self.scene.projection.timeline.pivots().map(|pivot| pivot.note);
        match if last { pivots.last() } else { pivots.next() } {
            Some(id) => self.go_to(id),
            None => self.tell("tell-no-pivotal"),
        }
    }

    pub(in crate::tui) fn jump(&mut self) {
        self.pick(Aim::Jump);
    }

    /// Puts the letters of a jump on frames and arrows, and back on notes.
    pub(in crate::tui) fn jump_other(&mut self) {
        let Mode::Pick(pick) = &self.state.mode else { return };
        let on_notes = |(_, id): &(String, Id)| self.scene.board.notes.contains_key(id);
        if !pick.labels.iter().any(on_notes) {
            return self.pick(Aim::Jump);
        }
        let (projection, seen) = (self.scene.projection, self.state.window.seen());
        let wires = projection.wires.within(seen).into_iter().map(|wire| (wire.id, wire.rect));
        let frames = projection.frames.iter().filter(|(_, rect)| rect.overlaps(seen));
        let middle = self.middle_point();
        let things = wires.chain(frames).map(|(id, rect)| (distance(middle, rect), id)).collect();
        self.pick_among(Aim::Jump, things);
    }

    pub(in crate::tui) fn pick_arrow(&mut self, to: bool) {
        match self.state.main.filter(|id| self.scene.board.notes.contains_key(id)) {
            Some(_) if to => self.pick(Aim::ArrowTo(None)),
            Some(_) => self.pick(Aim::ArrowFrom(None)),
            None => self.tell("tell-choose-first"),
        }
    }

    /// Says whether somebody waits at the arrow that is being drawn.
    pub(in crate::tui) fn pick_mode(&mut self, mode: ArrowMode) {
        if let Mode::Pick(pick) = &mut self.state.mode {
            pick.aim = match pick.aim {
                aim @ (Aim::Jump | Aim::Host) => aim,
                Aim::ArrowTo(_) => Aim::ArrowTo(Some(mode)),
                Aim::ArrowFrom(_) => Aim::ArrowFrom(Some(mode)),
            };
        }
    }

    /// Puts letters on the notes in sight, short ones on the nearest.
    pub(super) fn pick(&mut self, aim: Aim) {
        let middle =
            self.state.main.and_then(|id| self.rect(id)).map_or_else(|| self.middle_point(), Rect::center);
        let mut notes: Vec<(i64, Id)> = Vec::new();
        let main = self.state.main;
        self.scene.projection.space.visit(self.state.window.seen(), |tile| {
            if Some(tile.id) != main {
                notes.push((distance(middle, tile.rect), tile.id));
            }
        });
        if notes.is_empty() {
            return self.tell("tell-nothing-in-sight");
        }
        self.pick_among(aim, notes);
    }

    /// Puts letters on things, the nearest first; where there are none everything stays as it is.
    fn pick_among(&mut self, aim: Aim, mut things: Vec<(i64, Id)>) {
        if things.is_empty() {
            return;
        }
        things.sort_unstable();
        let labels = labels(things.len()).zip(things).map(|(label, (_, id))| (label, id)).collect();
        self.state.mode = Mode::Pick(Pick { aim, labels, typed: String::new() });
    }

    pub(in crate::tui) fn pan_half(&mut self, columns: i32, rows: i32) {
        let (w, h) = self.state.window.size();
        self.state.window.pan(columns * i32::from(w / 2).max(1), rows * i32::from(h / 2).max(1));
    }

    /// The screen has this size now; what is chosen stays in sight, and so does what is being worded.
    pub(super) fn have_size(&mut self, size: (u16, u16)) {
        let chosen = self.state.main.and_then(|id| self.rect(id));
        let seen = chosen.filter(|rect| self.state.window.shows(*rect));
        self.state.resize(size);
        seen.into_iter().for_each(|rect| self.state.window.reveal(rect));
        self.show_writing();
    }

    pub(in crate::tui) fn zoom(&mut self, steps: i32) {
        let at = self.pivot();
        self.state.window.zoom(steps, at);
    }

    pub(in crate::tui) fn zoom_whole(&mut self) {
        let at = self.pivot();
        self.state.window.zoom_whole(at);
    }

    pub(in crate::tui) fn fit(&mut self) {
        if let Some(extent) = self.scene.projection.extent() {
            self.leave_place();
            self.state.window.fit(extent);
        }
    }

    /// Shows what is chosen as large as it fits.
    pub(in crate::tui) fn fit_chosen(&mut self) {
        match Rect::around(self.state.things().iter().filter_map(|id| self.rect(*id))) {
            Some(rect) => self.state.window.fit(rect),
            None => self.tell("tell-choose-first"),
        }
    }

    /// The cell that stays where it is when keys zoom: the chosen thing's, or the middle.
    fn pivot(&self) -> (i32, i32) {
        let (w, h) = self.state.window.size();
        let (w, h) = (i32::from(w), i32::from(h));
        let chosen = self
            .state
            .main
            .and_then(|id| self.rect(id))
            .map(|rect| self.state.window.to_screen(rect.center()));
        chosen.filter(|(x, y)| (0..w).contains(x) && (0..h).contains(y)).unwrap_or((w / 2, h / 2))
    }

    pub(super) fn middle_point(&self) -> Point {
        let (w, h) = self.state.window.size();
        self.state.window.to_board((i32::from(w / 2), i32::from(h / 2)))
    }

    fn nearest_to_middle(&self) -> Option<Id> {
        let middle = self.middle_point();
        let tiles = self.scene.projection.space.iter();
        tiles.min_by_key(|tile| (distance(middle, tile.rect), tile.id)).map(|tile| tile.id)
    }
}

/// How far a rectangle is from a place; a row counts as two columns, as cells are twice as high as wide.
fn distance(from: Point, to: Rect) -> i64 {
    let to = to.center();
    let (x, y) = (i64::from(to.x) - i64::from(from.x), i64::from(to.y) - i64::from(from.y));
    x * x + 4 * y * y
}

/// So many different labels, all of one length, the easiest first.
fn labels(count: usize) -> Box<dyn Iterator<Item = String>> {
    let pairs = || LETTERS.chars().flat_map(|a| LETTERS.chars().map(move |b| [a, b].iter().collect()));
    if count <= LETTERS.len() { Box::new(LETTERS.chars().map(String::from)) } else { Box::new(pairs()) }
}
