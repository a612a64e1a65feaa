//! The laws of the log, over many random schedules. Each failure names the seed that found it.

use std::collections::BTreeSet;

use squall::history::{Dropped, History};
use squall::model::entry::sealed;
use squall::model::{Applied, Author, Board, Change, EntryId, Line};
use squall::query::Projection;

use super::deeds::Names;
use super::desk::Desk;
use super::dice::Dice;
use super::slow::{self, tell};

/// A number that whoever runs the tests has given.
pub(crate) fn given(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|number| number.parse().ok())
}

/// Runs a law over so many seeds: over a hundredth of them where the program is slow.
pub(crate) fn try_all(law: &str, all: u64, run: fn(u64)) {
    try_exactly(law, if cfg!(debug_assertions) { all / 100 } else { all }, run);
}

/// Runs a law over as many seeds as were given, or as [`try_all`] does.
pub(crate) fn try_so_many(law: &str, given: Option<u64>, all: u64, run: fn(u64)) {
    match given {
        Some(count) => try_exactly(law, count, run),
        None => try_all(law, all, run),
    }
}

/// Runs a law over so many seeds, on all processors, and names the first that breaks it.
fn try_exactly(law: &str, count: u64, run: fn(u64)) {
    let runners = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let breaks = |first: usize| {
        let mut seeds = (0..count).skip(first).step_by(runners);
        seeds.find(|seed| std::panic::catch_unwind(|| run(*seed)).is_err())
    };
    let broken = std::thread::scope(|scope| {
        let running: Vec<_> = (0..runners).map(|first| scope.spawn(move || breaks(first))).collect();
        running.into_iter().filter_map(|running| running.join().expect("a runner catches panics")).min()
    });
    println!("{law}: {count} seeds");
    assert_eq!(broken, None, "{law}: broken by this seed");
}

/// A desk, its save file, and the wall as told to whoever watches it.
struct Seat {
    desk: Desk,
    /// The lines of its file in the order they were appended, `dropped` lines among them.
    file: Vec<String>,
    /// So many of them are on disk for certain.
    durable: usize,
    told: Told,
}

/// A wall put together from nothing but what a history says of its changes.
#[derive(Clone, PartialEq, Debug)]
struct Told {
    board: Board,
    projection: Projection,
}

impl Told {
    fn nothing() -> Told {
        Told { board: Board { id: "b".into(), ..Board::default() }, projection: Projection::default() }
    }

    fn hear(&mut self, applied: impl IntoIterator<Item = Applied>) {
        for applied in applied {
            self.projection.absorb(&applied);
            tell(&mut self.board, applied);
        }
    }
}

/// Five people, their files, and a network that loses, doubles and reorders.
struct World {
    dice: Dice,
    names: Names,
    seats: Vec<Seat>,
    voices: u64,
    /// Every line that ever was.
    all: Vec<Line>,
    /// Ids under which there is more than one line.
    twins: BTreeSet<EntryId>,
}

impl Seat {
    fn absorb(&mut self, line: Line) {
        let text = line.text.to_string();
        let before = self.desk.history.lines().len();
        self.told.hear(self.desk.history.absorb(line));
        if self.desk.history.lines().len() > before {
            self.file.push(text);
        }
        assert_eq!(&self.told.board, self.desk.board(), "what was told is what is shown");
    }

    /// Opens a file in a new process.
    fn open(&mut self, file: Vec<String>, voice: u64) {
        let mut history = History::new("b");
        let mut has_bad = false;
        let mut lines = Vec::new();
        self.file.clear();
        for text in file {
            if Dropped::is_line(&text) {
                match Dropped::read(&text) {
                    Ok(dropped) => history.absorb_dropped(&dropped),
                    Err(_) => has_bad = true,
                }
            } else {
                match Line::read(&text) {
                    Ok(line) => lines.push(line),
                    Err(_) => has_bad = true,
                }
            }
            self.file.push(text);
        }
        history.absorb_all(lines);
        if has_bad {
            history.void_dropped();
        }
        self.durable = self.file.len();
        self.desk.history = history;
        self.desk.restart(voice);
        self.told = Told::nothing();
        self.told.hear(self.desk.history.retell());
        assert_eq!(&self.told.board, self.desk.board());
    }

    fn squash(&mut self, voice: u64) {
        let squashed = self.desk.history.squash();
        let mut file: Vec<String> = squashed.kept.iter().map(|line| line.text.to_string()).collect();
        file.extend(squashed.dropped.lines());
        let desk = &self.desk;
        let is_it = |line: &Line, deed: EntryId| line.entry.id == deed && line.entry.who == desk.who;
        let kept = |deed: &EntryId| squashed.kept.iter().any(|line| is_it(line, *deed));
        let undoable = desk.history.undoable(&desk.who).filter(kept);
        let before = (desk.board().clone(), desk.history.asking_heads(), desk.history.clock());
        self.open(file, voice);
        let desk = &self.desk;
        let after = (desk.board().clone(), desk.history.asking_heads(), desk.history.clock());
        assert_eq!(before, after, "a squash keeps the wall");
        assert!(undoable.is_none() || desk.history.undoable(&desk.who) == undoable);
    }
}

impl World {
    fn new(seed: u64) -> World {
        let seat =
            |at| Seat { desk: Desk::new(at % 4, at), file: Vec::new(), durable: 0, told: Told::nothing() };
        World {
            dice: Dice::new(seed),
            names: Names::default(),
            seats: (0..5).map(seat).collect(),
            voices: 100,
            all: Vec::new(),
            twins: BTreeSet::new(),
        }
    }

    fn voice(&mut self) -> u64 {
        self.voices += 1;
        self.voices
    }

    /// What a desk wrote reaches its own file and watchers.
    fn wrote(&mut self, at: usize, line: Line) {
        let seat = &mut self.seats[at];
        seat.file.push(line.text.to_string());
        seat.told.hear(std::mem::take(&mut seat.desk.applied));
        assert_eq!(&seat.told.board, seat.desk.board());
        self.all.push(line);
    }

    fn act(&mut self, at: usize) {
        let fair = !self.dice.one_in(4);
        let changes = self.names.deed(&self.seats[at].desk, &mut self.dice, fair);
        let line = self.seats[at].desk.act(changes);
        self.wrote(at, line);
    }

    /// Takes a deed back or does it again; what another person wrote later stays.
    fn retell(&mut self, at: usize, back: bool) {
        let desk = &mut self.seats[at].desk;
        let deed = if back { desk.history.undoable(&desk.who) } else { desk.history.redoable(&desk.who) };
        let Some(before) = deed.and_then(|deed| desk.history.trace(deed, &desk.who)) else { return };
        let Some((line, told)) = (if back { desk.undo() } else { desk.redo() }) else { return };
        let after = desk.history.trace(before.deed, &desk.who).expect("it is still here");
        for (before, after) in before.fields.iter().zip(&after.fields) {
            let last = before.writes.last().expect("the deed wrote it");
            if last.by != desk.who {
                let now = after.writes.last().map(|write| (write.stamp, &write.change));
                assert_eq!(now, Some((last.stamp, &last.change)), "another's later write was lost");
            }
        }
        for deed in &told.deeds {
            let mark = deed.at_mark.expect("it stands at the mark of what it takes back");
            let marked = desk.history.lines_of(mark.entry);
            let mut whose = marked.map(|line| &line.entry.who).peekable();
            assert!(
                whose.peek().is_none() || whose.any(|who| *who == desk.who),
                "it stands at another's mark"
            );
        }
        self.wrote(at, line);
    }

    /// One seat takes some of what another gives, in any order, some of it twice.
    fn pull(&mut self, to: usize, from: usize) {
        let had = self.seats[to].desk.history.asking_heads();
        let mut lines: Vec<Line> = self.seats[from].desk.history.since(&had).into_iter().cloned().collect();
        self.dice.shuffle(&mut lines);
        lines.truncate(1 + self.dice.below(lines.len() + 1));
        lines.extend(lines.first().cloned());
        for line in lines {
            self.seats[to].absorb(line);
        }
    }

    /// One file becomes the union of two, as git does it.
    fn unite(&mut self, to: usize, from: usize) {
        let mut lines: Vec<String> = [self.seats[to].file.as_slice(), &self.seats[from].file].concat();
        self.dice.shuffle(&mut lines);
        let voice = self.voice();
        self.seats[to].open(lines, voice);
    }

    /// A process ends, and its disk has lost or garbled something.
    fn crash(&mut self, at: usize) {
        let voice = self.voice();
        let seat = &mut self.seats[at];
        let mut file = seat.file.clone();
        file.truncate(seat.durable + self.dice.below(file.len() - seat.durable + 1));
        if self.dice.one_in(2)
            && let Some(line) = Some(self.dice.below(file.len().max(1))).and_then(|at| file.get_mut(at))
        {
            let mut bytes = std::mem::take(line).into_bytes();
            let (byte, bit) = (self.dice.below(bytes.len()), self.dice.below(7));
            bytes[byte] ^= 1 << bit;
            *line = String::from_utf8_lossy(&bytes).into_owned();
        }
        seat.open(file, voice);
    }

    /// Lines no honest squall writes.
    fn mischief(&mut self, at: usize) {
        let voice = self.voice();
        let history = &self.seats[at].desk.history;
        let far = history.clock() + [1, 900_000, 1_000_001, 1_900_000, 1 << 52][self.dice.below(5)];
        let id = EntryId { author: Author::from_random(voice), counter: 1 };
        let text = match self.dice.below(3) {
            // What a later version may write.
            0 => format!(
                r#"{{"id":"{id}","t":{far},"mood":1,"do":[{{"note_folded":{{}}}},{{"lane_drawn":{{"y":3}}}}]}}"#
            ),
            // A write at any mark it likes.
            1 => {
                let lines = history.lines();
                if lines.is_empty() {
                    return;
                }
                let marked = &lines[self.dice.below(lines.len())].entry;
                let about = marked.deeds.first().and_then(|(_, deed)| deed.change.about());
                let Some(note) = about else { return };
                format!(
                    r#"{{"id":"{id}","t":{far},"who":"p0","undo":"{}","do":[{{"note_moved":{{"note":"{note}","to":[5,5]}},"as":[{},"{}",{},0]}}]}}"#,
                    marked.id, marked.t, marked.id.author, marked.id.counter
                )
            }
            // A second line under an id that is in use.
            _ => {
                let lines = history.lines();
                if lines.is_empty() {
                    return;
                }
                let taken = &lines[self.dice.below(lines.len())].entry;
                let Some(note) = self.dice.pick(&self.names.notes) else { return };
                self.twins.insert(taken.id);
                let x = self.dice.below(9);
                format!(
                    r#"{{"id":"{}","t":{},"do":[{{"note_moved":{{"note":"{note}","to":[{x},8]}}}},{{"note_layered":{{"note":"{note}","z":{x}}}}}]}}"#,
                    taken.id, taken.t
                )
            }
        };
        let line = Line::read(&sealed(&text)).expect("it has an envelope");
        self.all.push(line.clone());
        self.seats[at].absorb(line);
    }

    fn step(&mut self) {
        let (at, other) = (self.dice.below(5), self.dice.below(5));
        match self.dice.below(24) {
            0..=9 => self.act(at),
            10..=12 => self.retell(at, true),
            13 | 14 => self.retell(at, false),
            15..=19 => self.pull(at, other),
            20 => self.unite(at, other),
            21 => self.crash(at),
            22 => self.mischief(at),
            _ => {
                let voice = self.voice();
                self.seats[at].squash(voice);
            }
        }
    }

    /// Everybody hears from everybody until nobody has anything to say.
    fn heal(&mut self) {
        if !self.twins.is_empty() {
            // Two lines under one id only ever meet in files.
            for to in 0..5 {
                for from in 0..5 {
                    let lines = self.seats[from].desk.history.lines().to_vec();
                    lines.into_iter().for_each(|line| self.seats[to].absorb(line));
                }
            }
        }
        loop {
            let mut sent = 0;
            for to in 0..5 {
                for from in 0..5 {
                    let had = self.seats[to].desk.history.asking_heads();
                    let given: Vec<Line> =
                        self.seats[from].desk.history.since(&had).into_iter().cloned().collect();
                    sent += given.len();
                    given.into_iter().for_each(|line| self.seats[to].absorb(line));
                }
            }
            if sent == 0 {
                return;
            }
        }
    }

    /// The lines that somebody has or counts as had.
    fn claimed(&self) -> Vec<Line> {
        let texts: BTreeSet<&str> =
            self.seats.iter().flat_map(|seat| seat.desk.history.lines()).map(|line| &*line.text).collect();
        let heads: Vec<_> = self.seats.iter().map(|seat| seat.desk.history.asking_heads()).collect();
        let is_claimed = |line: &&Line| {
            let id = line.entry.id;
            texts.contains(&*line.text)
                || !self.twins.contains(&id) && heads.iter().any(|heads| heads.contains(id))
        };
        self.all.iter().filter(is_claimed).cloned().collect()
    }
}

fn check_schedule(seed: u64) {
    let mut world = World::new(seed);
    for _ in 0..30 + world.dice.below(50) {
        world.step();
    }
    world.heal();
    let wall = slow::wall(&world.claimed());
    for seat in &world.seats {
        let history = &seat.desk.history;
        assert_eq!(history.board(), &wall, "all see the wall of all lines");
        let mut anew = Told::nothing();
        anew.hear(history.retell());
        assert_eq!(seat.told, anew, "told anew it is what was told on the way");
    }
    let seat = &mut world.seats[world.dice.below(5)];
    let history = &seat.desk.history;
    let mut replay = history.replay();
    let mut told = Told::nothing();
    replay.by_ref().for_each(|step| told.hear(step.applied));
    assert_eq!((replay.board(), &told), (&wall, &seat.told), "told again from the start it ends the same");
    if let Some(last) = history.readable().last() {
        assert_eq!(history.at(last.entry.id).as_ref(), Some(&wall));
    }
    let mut newcomer = Desk::new(9, 9);
    newcomer.pull(&seat.desk);
    assert_eq!(newcomer.board(), &wall, "a newcomer fed by one alone sees the same");
    seat.squash(9_000);
    seat.squash(9_001);
}

#[test]
fn all_replicas_show_one_wall_whatever_happened_on_the_way() {
    try_all("one wall", 10_000, check_schedule);
}

/// A board without what a deed and its undo may differ in: the names and the order of wordings.
fn plain(board: &Board) -> (Board, Vec<BTreeSet<String>>) {
    let mut board = board.clone();
    let texts = board.notes.values_mut().map(|note| {
        let values = std::mem::take(&mut note.wording.values);
        values.into_iter().map(|(_, text)| text).collect()
    });
    let texts = texts.collect();
    (board, texts)
}

/// One person, after others have gone, walks back and forth through what they did.
fn check_stack(seed: u64) {
    let mut dice = Dice::new(seed);
    let mut names = Names::default();
    let mut desk = Desk::new(1, 1);
    for person in 2..4 {
        let mut other = Desk::new(person, person);
        other.pull(&desk);
        for _ in 0..6 {
            let fair = !dice.one_in(3);
            let mut changes = names.deed(&other, &mut dice, fair);
            // Which edge of a loop is hidden depends on when each was drawn, and an undo draws anew.
            changes.retain(|change| {
                fair || !matches!(change, Change::NoteStuck { .. } | Change::NotePlaced { .. })
            });
            other.act(changes);
        }
        desk.pull(&other);
    }
    let mut walls = vec![plain(desk.board())];
    let mut now = 0;
    for step in 0..40 {
        match dice.below(5) {
            0 | 1 => {
                let changes = names.deed(&desk, &mut dice, true);
                desk.act(changes);
                walls.truncate(now + 1);
                walls.push(plain(desk.board()));
                now += 1;
            }
            2 | 3 if now > 0 => {
                let (_, told) = desk.undo().expect("there is something to take back");
                assert_eq!(told.remarks, []);
                now -= 1;
            }
            4 if now + 1 < walls.len() => {
                let (_, told) = desk.redo().expect("there is something to do again");
                assert_eq!(told.remarks, []);
                now += 1;
            }
            _ => desk.restart(1_000 + step),
        }
        assert_eq!(plain(desk.board()), walls[now], "step {step}");
        assert_eq!(desk.history.undoable(&desk.who).is_some(), now > 0);
        assert_eq!(desk.history.redoable(&desk.who).is_some(), now + 1 < walls.len());
    }
}

#[test]
fn whoever_is_alone_walks_back_and_forth_through_the_very_same_walls() {
    try_all("undo and redo", 10_000, check_stack);
}
