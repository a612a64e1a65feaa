//! What will be durable with the next sync.

use std::collections::{BTreeMap, HashMap};

use fjall::OwnedWriteBatch;

use super::block::Block;
use super::keys::{self, BlockKey, LineKey, Number};
use super::queue::Append;
use super::shelves::{Shelves, read_block};
use crate::model::RoomName;
use crate::store::error::Cause;
use crate::store::{Record, StoreError, Stored};

/// Appends on their way, each record weighed against what is on the shelves and what is in the draft already.
pub(super) struct Draft<'a> {
    shelves: &'a Shelves,
    rooms: HashMap<RoomName, Option<Number>>,
    blocks: BTreeMap<BlockKey, Block>,
    lines: BTreeMap<LineKey, Record>,
}

/// What an append will be answered, once the draft is durable: per record, and which are new.
pub(super) type Weighed = Result<(Vec<Stored>, Vec<Record>), StoreError>;

impl<'a> Draft<'a> {
    pub(super) fn on(shelves: &'a Shelves) -> Draft<'a> {
        Draft { shelves, rooms: HashMap::new(), blocks: BTreeMap::new(), lines: BTreeMap::new() }
    }

    /// Takes an append in.
    pub(super) fn weigh(&mut self, append: &Append) -> Result<Weighed, Cause> {
        let Some(number) = self.number(&append.room)? else {
            return Ok(Err(StoreError::NoRoom(append.room.clone())));
        };
        let (mut stored, mut new) = (Vec::with_capacity(append.records.len()), Vec::new());
        for record in &append.records {
            let fate = self.keep(number, record)?;
            stored.push(fate);
            if fate == Stored::New {
                new.push(record.clone());
            }
        }
        Ok(Ok((stored, new)))
    }

    /// Everything new in it.
    pub(super) fn batch(self) -> OwnedWriteBatch {
        let mut batch = self.shelves.batch();
        for (key, block) in self.blocks {
            batch.insert(&self.shelves.blocks, key, block.to_string());
        }
        for (key, record) in self.lines {
            batch.insert(&self.shelves.lines, key, keys::value(&record));
        }
        batch
    }

    fn keep(&mut self, number: Number, record: &Record) -> Result<Stored, Cause> {
        let line_key = keys::line(number, record.t, record.id);
        if self.block(number, record)?.insert(record) {
            self.lines.insert(line_key, record.clone());
            return Ok(Stored::New);
        }
        let is_same = match self.lines.get(&line_key) {
            Some(kept) => kept == record,
            None => self.shelves.lines.get(line_key)?.is_some_and(|kept| *kept == *keys::value(record)),
        };
        Ok(if is_same { Stored::Known } else { Stored::Taken })
    }

    fn block(&mut self, number: Number, record: &Record) -> Result<&mut Block, Cause> {
        use std::collections::btree_map::Entry;
        Ok(match self.blocks.entry(keys::block(number, record.id)) {
            Entry::Occupied(block) => block.into_mut(),
            Entry::Vacant(place) => {
                let kept = self.shelves.blocks.get(place.key())?;
                place.insert(kept.map(|block| read_block(&block)).transpose()?.unwrap_or_default())
            }
        })
    }

    fn number(&mut self, room: &RoomName) -> Result<Option<Number>, Cause> {
        if let Some(number) = self.rooms.get(room) {
            return Ok(*number);
        }
        let number = self.shelves.room(room)?.map(|room| room.number);
        self.rooms.insert(room.clone(), number);
        Ok(number)
    }
}
