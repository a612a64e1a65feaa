//! Where the notes are: what lies in a rectangle, what is under a point, what comes next that way.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use rstar::{AABB, RTree, RTreeObject};

use crate::model::{Board, ByName, Id, Note, NoteKind, Point, Rect, Turn};

/// A note as it lies on the wall.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Tile {
    /// Which note.
    pub id: Id,
    /// What it covers.
    pub rect: Rect,
    /// Its layer.
    pub z: i64,
    /// What it stands for.
    pub kind: NoteKind,
    /// A number that changes with its wording: who keeps a picture of it need not compare texts.
    pub look: u64,
}

/// All that can be seen of a note from far away: little enough that a hundred thousand are read in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
    /// What it covers.
    pub rect: Rect,
    /// What it stands for.
    pub kind: NoteKind,
}

/// A direction on the wall.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// Back in time.
    Left,
    /// Down.
    Down,
    /// Up.
    Up,
    /// On in time.
    Right,
}

/// The notes of a wall by place. Those set aside do not stand on the wall and have no place here.
///
/// Tiles are kept twice: in a tree that answers for a part of the wall, and packed, because walking a tree through
/// most of its leaves is slower than reading all of them in a row.
#[derive(Clone, Debug, Default)]
pub struct Space {
    tree: RTree<Tile>,
    packed: Vec<Tile>,
    /// Of each packed tile, in the same order.
    spots: Vec<Spot>,
    slot: ByName<Id, usize>,
    /// The sum of the marks of all tiles.
    mark: u64,
    stuck: BTreeMap<Id, Vec<Id>>,
}

/// From this share of the tiles' extent on, in percent, all tiles are read in a row: a leaf found in the tree costs as
/// much as two hundred tiles in a row.
const PACKED_FROM_PERCENT: i64 = 2;

impl Tile {
    /// The tile of a note; nothing where it is set aside.
    pub fn of(note: &Note) -> Option<Tile> {
        note.aside().is_none().then(|| Tile::looking(note, mark(note.text())))
    }

    fn looking(note: &Note, look: u64) -> Tile {
        Tile { id: note.id, rect: note.rect(), z: note.z, kind: note.kind, look }
    }

    /// What is seen of it from far away.
    pub fn spot(&self) -> Spot {
        Spot { rect: self.rect, kind: self.kind }
    }

    /// What is drawn later lies above: by layer, then by id.
    fn layer(&self) -> (i64, Id) {
        (self.z, self.id)
    }
}

impl RTreeObject for Tile {
    type Envelope = AABB<[i64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        envelope(self.rect)
    }
}

/// The cells of a rectangle, last ones included; wide enough numbers that areas cannot overflow.
pub(super) fn envelope(rect: Rect) -> AABB<[i64; 2]> {
    AABB::from_corners(
        [rect.at.x.into(), rect.at.y.into()],
        [i64::from(rect.right()) - 1, i64::from(rect.bottom()) - 1],
    )
}

impl Space {
    pub(super) fn of(board: &Board) -> Space {
        let packed: Vec<Tile> = board.notes.values().filter_map(Tile::of).collect();
        let slot = packed.iter().enumerate().map(|(slot, tile)| (tile.id, slot)).collect();
        let mut space = Space {
            tree: RTree::bulk_load(packed.clone()),
            spots: packed.iter().map(Tile::spot).collect(),
            mark: packed.iter().fold(0, |sum, tile| sum.wrapping_add(mark(tile))),
            packed,
            slot,
            stuck: BTreeMap::new(),
        };
        for note in board.notes.values() {
            space.restick(note.id, None, note.host);
        }
        space
    }

    /// Takes in what happened to a note; whether it looks or lies otherwise than before.
    pub(super) fn absorb(&mut self, turn: &Turn<Note>) -> bool {
        let (before, after) = (turn.before.as_ref(), turn.after.as_ref());
        let was = before.and_then(|note| self.tile(note.id)).copied();
        let is = after.and_then(|note| {
            let is_worded_alike = before.is_some_and(|before| before.text() == note.text());
            match was.filter(|_| is_worded_alike) {
                Some(was) => note.aside().is_none().then(|| Tile::looking(note, was.look)),
                None => Tile::of(note),
            }
        });
        match (was, is) {
            (Some(was), Some(is)) if was != is => self.change(&was, is),
            (Some(was), None) => self.take(&was),
            (None, Some(is)) => self.put(is),
            _ => {}
        }
        if let Some(note) = after.or(before) {
            self.restick(note.id, before.and_then(|note| note.host), after.and_then(|note| note.host));
        }
        was != is
    }

    fn put(&mut self, tile: Tile) {
        self.tree.insert(tile);
        self.slot.insert(tile.id, self.packed.len());
        self.packed.push(tile);
        self.spots.push(tile.spot());
        self.mark = self.mark.wrapping_add(mark(tile));
    }

    fn take(&mut self, tile: &Tile) {
        self.tree.remove(tile);
        let Some(slot) = self.slot.remove(&tile.id) else { return };
        self.packed.swap_remove(slot);
        self.spots.swap_remove(slot);
        self.mark = self.mark.wrapping_sub(mark(tile));
        if let Some(moved) = self.packed.get(slot) {
            self.slot.insert(moved.id, slot);
        }
    }

    /// What stays on the wall keeps its slot.
    fn change(&mut self, before: &Tile, after: Tile) {
        let Some(&slot) = self.slot.get(&before.id) else { return };
        self.tree.remove(before);
        self.tree.insert(after);
        self.packed[slot] = after;
        self.spots[slot] = after.spot();
        self.mark = self.mark.wrapping_sub(mark(before)).wrapping_add(mark(after));
    }

    fn restick(&mut self, note: Id, from: Option<Id>, to: Option<Id>) {
        if from == to {
            return;
        }
        if let Some(host) = from {
            remove_from(&mut self.stuck, host, note);
        }
        if let Some(host) = to {
            add_to(&mut self.stuck, host, note);
        }
    }

    /// How many notes stand on the wall.
    pub fn len(&self) -> usize {
        self.packed.len()
    }

    /// Whether none does.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// Where a note lies.
    pub fn tile(&self, note: Id) -> Option<&Tile> {
        self.slot.get(&note).map(|slot| &self.packed[*slot])
    }

    /// The notes stuck on a note, by id.
    pub fn stuck_on(&self, host: Id) -> &[Id] {
        self.stuck.get(&host).map_or(&[], Vec::as_slice)
    }

    /// Every note, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Tile> {
        self.packed.iter()
    }

    /// Every note as it is seen from far away, in no order.
    pub fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// A number that changes when a note comes, goes, lies elsewhere or is worded anew, and is the same for the same notes: whoever
    /// remembers what follows from the places of notes remembers this with it.
    pub fn mark(&self) -> u64 {
        self.mark
    }

    /// What encloses every note.
    pub fn extent(&self) -> Option<Rect> {
        let [from, to] = [self.tree.root().envelope().lower(), self.tree.root().envelope().upper()];
        let cell = |v: i64| i32::try_from(v).ok();
        let corner = |[x, y]: [i64; 2]| Some(Point::new(cell(x)?, cell(y)?));
        (!self.is_empty()).then_some(())?;
        Some(Rect::between(corner(from)?, corner([to[0] + 1, to[1] + 1])?))
    }

    /// Shows every note that has a cell in `rect`, in no order.
    pub fn visit(&self, rect: Rect, mut show: impl FnMut(&Tile)) {
        if self.extent().is_some_and(|all| shared(all, rect) >= all.area() / 100 * PACKED_FROM_PERCENT) {
            let there = self.spots.iter().zip(&self.packed).filter(|(spot, _)| spot.rect.overlaps(rect));
            there.for_each(|(_, tile)| show(tile));
        } else {
            let asked = envelope(rect);
            let ControlFlow::Continue(()) = self.tree.locate_in_envelope_intersecting_int(asked, |tile| {
                show(tile);
                ControlFlow::<std::convert::Infallible>::Continue(())
            });
        }
    }

    /// The notes that have a cell in `rect`, the lowest first, as they are drawn.
    pub fn drawn(&self, rect: Rect) -> Vec<Tile> {
        let mut tiles = Vec::new();
        self.visit(rect, |tile| tiles.push(*tile));
        tiles.sort_unstable_by_key(Tile::layer);
        tiles
    }

    /// The note one sees at a place: the topmost there.
    pub fn under(&self, point: Point) -> Option<&Tile> {
        let cell = [point.x.into(), point.y.into()];
        self.tree.locate_in_envelope_intersecting(AABB::from_point(cell)).max_by_key(|tile| tile.layer())
    }

    /// The note one comes to from `from` that way: the nearest in a quarter cone, or else the nearest on that side.
    pub fn next(&self, from: Rect, way: Way) -> Option<&Tile> {
        let nearest = |wide: bool| {
            self.packed
                .iter()
                .filter_map(|tile| Some((steps(from, tile.rect, way, wide)?, tile)))
                .min_by_key(|(steps, tile)| (*steps, tile.id))
                .map(|(_, tile)| tile)
        };
        nearest(false).or_else(|| nearest(true))
    }
}

/// A number that things which differ hardly ever share.
pub(super) fn mark(thing: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    hasher.finish()
}

/// How many cells two rectangles share.
fn shared(a: Rect, b: Rect) -> i64 {
    let span = |from: i32, to: i32| i64::from(to).saturating_sub(from.into()).max(0);
    span(a.at.x.max(b.at.x), a.right().min(b.right())) * span(a.at.y.max(b.at.y), a.bottom().min(b.bottom()))
}

/// How far it is from one rectangle to another that way, or nothing where it does not lie that way. Going aside costs
/// double, rows count as two columns, and what shares a row (or, up and down, a column) is straight ahead.
fn steps(from: Rect, to: Rect, way: Way, wide: bool) -> Option<i64> {
    let (a, b) = (from.center(), to.center());
    let (x, y) = (i64::from(b.x) - i64::from(a.x), 2 * (i64::from(b.y) - i64::from(a.y)));
    let same_row = from.at.y < to.bottom() && to.at.y < from.bottom();
    let same_column = from.at.x < to.right() && to.at.x < from.right();
    let (ahead, aside, straight) = match way {
        Way::Right => (x, y, same_row),
        Way::Left => (-x, y, same_row),
        Way::Down => (y, x, same_column),
        Way::Up => (-y, x, same_column),
    };
    let aside = if straight { 0 } else { aside.abs() };
    (ahead > 0 && (wide || aside <= ahead)).then_some(ahead + 2 * aside)
}

/// Adds to a sorted list in a map.
pub(super) fn add_to(map: &mut BTreeMap<Id, Vec<Id>>, key: Id, item: Id) {
    let list = map.entry(key).or_default();
    if let Err(place) = list.binary_search(&item) {
        list.insert(place, item);
    }
}

/// Removes from a sorted list in a map, and an empty list with it.
pub(super) fn remove_from(map: &mut BTreeMap<Id, Vec<Id>>, key: Id, item: Id) {
    let Some(list) = map.get_mut(&key) else { return };
    list.retain(|other| *other != item);
    if list.is_empty() {
        map.remove(&key);
    }
}

/// Equal when the same tiles lie in the tree and in the row and the same notes are stuck, whatever the order.
impl PartialEq for Space {
    fn eq(&self, other: &Space) -> bool {
        let sorted = |mut tiles: Vec<Tile>| {
            tiles.sort_unstable_by_key(|tile| tile.id);
            tiles
        };
        let tiles = |space: &Space| sorted(space.packed.clone());
        let spots = |space: &Space| space.packed.iter().map(Tile::spot).eq(space.spots.iter().copied());
        self.stuck == other.stuck
            && self.mark == other.mark
            && spots(self)
            && spots(other)
            && tiles(self) == tiles(other)
            && [self, other].iter().all(|space| sorted(space.tree.iter().copied().collect()) == tiles(space))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::{board, id, note};

    fn wall(places: &[(i32, i32)]) -> Space {
        let notes = (0..).zip(places).map(|(n, (x, y))| note(n, NoteKind::DomainEvent, "주문됨", *x, *y));
        Space::of(&board(notes))
    }

    #[track_caller]
    fn check(places: &[(i32, i32)], way: Way, next: Option<u32>) {
        let space = wall(places);
        let from = space.tile(id(0)).unwrap().rect;
        assert_eq!(space.next(from, way).map(|tile| tile.id), next.map(id));
    }

    #[test]
    fn the_row_goes_before_what_is_nearer_but_aside() {
        check(&[(0, 0), (60, 1), (24, 20)], Way::Right, Some(1));
        check(&[(60, 0), (0, 1), (36, 20)], Way::Left, Some(1));
        check(&[(0, 0), (2, 20), (24, 7)], Way::Down, Some(1));
        check(&[(0, 20), (2, 0), (24, 13)], Way::Up, Some(1));
    }

    #[test]
    fn far_aside_is_better_than_nowhere() {
        check(&[(0, 0), (30, 90)], Way::Right, Some(1));
        check(&[(0, 0), (30, 90)], Way::Left, None);
        check(&[(0, 0)], Way::Down, None);
    }

    #[test]
    fn one_sees_the_topmost_note() {
        let mut below = note(0, NoteKind::Command, "주문하기", 0, 0);
        let above = note(1, NoteKind::DomainEvent, "주문됨", 5, 1);
        let space = Space::of(&board([below.clone(), above.clone()]));
        assert_eq!(space.under(Point::new(6, 2)).map(|tile| tile.id), Some(id(1)));
        assert_eq!(space.under(Point::new(0, 0)).map(|tile| tile.id), Some(id(0)));
        assert_eq!(space.under(Point::new(-1, 0)), None);
        below.z = 1;
        let space = Space::of(&board([below, above]));
        assert_eq!(space.under(Point::new(6, 2)).map(|tile| tile.id), Some(id(0)));
    }

    #[test]
    fn the_whole_wall_can_be_asked_for() {
        let reach = crate::model::geometry::REACH;
        let space = wall(&[(-reach, -reach), (reach, reach), (0, 0)]);
        assert_eq!(space.drawn(Rect::new(-reach, -reach, 2 * reach + 100, 2 * reach + 100)).len(), 3);
        assert_eq!(space.drawn(Rect::new(0, 0, 1, 1)).len(), 1);
        assert_eq!(
            space.extent(),
            Some(Rect::between(Point::new(-reach, -reach), Point::new(reach + 22, reach + 5)))
        );
        assert_eq!(Space::default().extent(), None);
    }
}
