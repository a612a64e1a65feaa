//! People in a storm: nets that are slow, cut, go silent and flip bits. Once it is over all see one wall, nothing that
//! was called kept is missing, and no deed was lost. A failure names the seed; `SQUALL_SEED` gives one.

use std::time::Duration;

use squall::model::Heads;
use squall::session::Wall;
use tokio::time::Instant;

use super::weather::{Fate, Way, Weather};
use super::whole::Whole;
use super::{Person, all};
use crate::history::dice::Dice;

const PEOPLE: [&str; 3] = ["Ana", "Bo", "Cho"];
/// Connections of one person that something happens to.
const FATES: usize = 3;
/// Deeds of one person that are done while anything happens, at most.
const DEEDS_MAX: usize = 200;
/// A round trip of 200 ms, and up to 80 more.
const DELAY: Duration = Duration::from_millis(100);
const JITTER: Duration = Duration::from_millis(40);
/// How long people watch between two deeds.
const PAUSE: Duration = Duration::from_millis(30);

struct Storm {
    whole: Whole,
    skies: Vec<Weather>,
    people: Vec<Person>,
    /// What the relay was known to have while it stormed.
    kept: Heads,
    done: Vec<String>,
}

impl Storm {
    /// Everybody comes by a net of their own.
    fn gathers(seed: u64, fate: fn(&mut Dice) -> Fate) -> Storm {
        let whole = Whole::start();
        let mut dice = Dice::new(seed);
        let mut sky = |_| {
            let mut fated = || {
                // Beyond what opening the conversation takes.
                let way = if dice.one_in(2) { Way::Up } else { Way::Down };
                (way, fate(&mut dice))
            };
            let fates: Vec<_> = (0..FATES).map(|_| fated()).collect();
            Weather::over(whole.port, DELAY, JITTER, dice.bits(), &fates)
        };
        let skies: Vec<Weather> = PEOPLE.iter().map(&mut sky).collect();
        let people = PEOPLE.iter().zip(&skies).map(|(name, sky)| whole.person(name, sky.port)).collect();
        Storm { whole, skies, people, kept: Heads::default(), done: Vec::new() }
    }

    /// Everybody does deeds until so much has happened to each, and something was kept.
    fn rages(&mut self, fates: usize, with: &str) {
        for nth in 0..DEEDS_MAX {
            if self.skies.iter().all(|sky| sky.passed() >= fates) && !self.kept.0.is_empty() {
                return;
            }
            for person in &mut self.people {
                let wording = format!("{} {fates}.{nth}", person.name);
                person.write(&wording);
                self.done.push(wording);
                person.wall.wait_until(PAUSE, |_| false);
                self.kept.extend(&person.wall.room().expect("it is in a room").there);
            }
        }
        let passed: Vec<usize> = self.skies.iter().map(Weather::passed).collect();
        panic!("{with}: it is not over: {passed:?}");
    }

    /// Everybody ends and opens their file again, once what was on its way has come: a process that ends before it has
    /// seen what became of its deeds cannot tell that they were damaged.
    fn all_come_again(&mut self) {
        let until = Instant::now() + 8 * (DELAY + JITTER);
        while Instant::now() < until {
            for person in &mut self.people {
                person.wall.wait_until(PAUSE, |_| false);
            }
        }
        for (person, sky) in std::mem::take(&mut self.people).into_iter().zip(&self.skies) {
            let mut person = person.restart();
            self.whole.connect(&mut person, sky.port);
            self.people.push(person);
        }
    }

    /// All see one wall with every deed on it. One that was on its way beside a damaged one may be there twice: its voice
    /// was lost before it was known to be kept.
    fn is_over(&mut self, can_double: bool, with: &str) {
        let mut people: Vec<&mut Person> = self.people.iter_mut().collect();
        let wall = |person: &Person| person.wall.history().heads().clone();
        all(&mut people, with, |people| {
            let is_well = |person: &Person| person.wall.is_live() && person.wall.unsent() == 0;
            people.iter().all(|person| is_well(person) && wall(person) == wall(people[0]))
        });
        let json = people[0].json();
        assert!(people.iter().all(|person| person.json() == json), "{with}: one wall");
        let mut wordings: Vec<String> =
            people[0].wall.board().notes.values().map(|note| note.text().to_owned()).collect();
        wordings.sort();
        if can_double {
            wordings.dedup();
        }
        self.done.sort();
        assert_eq!(wordings, self.done, "{with}: each deed once");
        let mut late = self.whole.person("Dan", self.whole.port);
        late.wait(with, Wall::is_live);
        assert_eq!(late.json(), json, "{with}: the relay has it all");
    }
}

fn given() -> u64 {
    std::env::var("SQUALL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

#[test]
fn through_nets_that_are_slow_and_cut_and_go_silent_all_come_to_one_wall() {
    let (seed, mut with) = (given(), String::new());
    for seed in seed..seed + 2 {
        with = format!("seed {seed}");
        let mut storm = Storm::gathers(seed, |dice| {
            let at = 1_000 + dice.below(3_000);
            if dice.one_in(2) { Fate::Cut(at) } else { Fate::Silence(at) }
        });
        storm.rages(FATES, &with);
        let kept = std::mem::take(&mut storm.kept);
        storm.is_over(false, &with);
        let is_there = storm.people[0].wall.history().heads().covers(&kept);
        assert!(is_there, "{with}: what was kept is there");
    }
    println!("{with} and the one before");
}

#[test]
fn bits_that_flip_on_the_way_damage_nothing_that_stays() {
    let seed = given();
    let with = format!("seed {seed}");
    let mut storm = Storm::gathers(seed, |dice| Fate::Flip(1_500 + dice.below(3_000)));
    // A flip need not end a connection, and may end it for good where a link or a wall seems to be another.
    for met in 1..=FATES {
        storm.rages(met, &with);
        storm.all_come_again();
    }
    storm.is_over(true, &with);
}
