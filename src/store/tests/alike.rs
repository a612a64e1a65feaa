//! The engine does what the reference does, whatever is asked in whichever order.

use std::sync::Arc;

use super::{Engine, InFolder, card, record, replayed, room};
use crate::model::{Heads, RoomName};
use crate::store::memory::Memory;
use crate::store::{Journal, Record};

/// Chance that can be had again.
struct Dice(u64);

impl Dice {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn room(&mut self) -> RoomName {
        room(["shop", "hotel", "bank"][self.below(3) as usize])
    }

    fn records(&mut self) -> Vec<Record> {
        let count = self.below(40);
        (0..count).map(|_| self.record()).collect()
    }

    fn record(&mut self) -> Record {
        let author = ["ana", "bo", "cy"][self.below(3) as usize];
        let counter = 1 + self.below(60) * [1, 500][self.below(2) as usize];
        // Mostly what belongs to the id, sometimes another time or another line.
        let (t, twist) = (counter * 5 + self.below(20) / 19, self.below(20) / 19);
        record(&format!("{author}.{counter}"), t, &format!("{author} {counter} {twist}"))
    }

    fn heads(&mut self) -> Heads {
        let mut heads = Heads::default();
        for _ in 0..self.below(120) {
            heads.insert(self.record().id);
        }
        heads
    }
}

/// Does one thing and tells what came of it.
async fn ask(journal: &dyn Journal, dice: &mut Dice) -> String {
    let (what, name) = (dice.below(20), dice.room());
    let board = format!("b{}", dice.below(9));
    match what {
        0..=1 => format!("{:?}", journal.create(&name, card(&board)).await),
        2 => format!("{:?}", journal.remove(&name).await),
        3 => format!("{:?}", journal.replace_card(&name, card(&board)).await),
        4 => format!("{:?}", journal.rooms().await),
        5 => format!("{:?}", journal.card(&name).await),
        6..=7 => format!("{:?}", journal.holdings(&name).await),
        8..=10 => format!("{:?}", replayed(journal, &name, dice.heads()).await),
        _ => format!("{:?}", journal.append(&name, dice.records()).await),
    }
}

#[tokio::test]
async fn the_embedded_engine_answers_as_the_reference_does() {
    for seed in 0..12 {
        let (reference, mut engine) = (Arc::<Memory>::default(), InFolder::new());
        let (mut one, mut other) = (Dice(seed), Dice(seed));
        for step in 0..150 {
            let wanted = ask(reference.journal(), &mut one).await;
            assert_eq!(ask(engine.journal(), &mut other).await, wanted, "seed {seed}, step {step}");
            if step % 50 == 49 {
                engine = engine.reopened();
            }
        }
    }
}
