//! Lines on their way from the journal to members who lack them. What several lack at the same time is read once, and
//! the frame they leave in is made beside the room, which goes on meanwhile.

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::task::JoinHandle;

use super::room::item;
use crate::store::{Answer, Record, StoreError};
use crate::wire::frame::Item;
use crate::wire::room::{Conn, Found, Place};

type Answered = (u64, Result<Found, StoreError>);

/// What is read for the members of a room.
#[derive(Default)]
pub(super) struct Reads {
    asked: Vec<Read>,
    answers: FuturesUnordered<JoinHandle<Answered>>,
    last: u64,
}

struct Read {
    number: u64,
    places: Vec<Place>,
    conns: Vec<Conn>,
}

impl Reads {
    /// Has lines read for a member, unless they are read for another already.
    pub(super) fn begin(
        &mut self,
        conn: Conn,
        places: Vec<Place>,
        ask: impl FnOnce(Vec<Place>) -> Answer<Vec<Record>>,
    ) {
        if let Some(read) = self.asked.iter_mut().find(|read| read.places == places) {
            return read.conns.push(conn);
        }
        self.last += 1;
        let (number, answer) = (self.last, ask(places.clone()));
        self.asked.push(Read { number, places, conns: vec![conn] });
        let found = |lines: Vec<Record>| Found::of(&lines.into_iter().map(item).collect::<Vec<Item>>());
        self.answers.push(tokio::spawn(async move { (number, answer.await.map(found)) }));
    }

    /// What was found, and for whom; never where nothing is read. Given up half-way, nothing is lost.
    pub(super) async fn next(&mut self) -> (Vec<Conn>, Result<Found, StoreError>) {
        match self.answers.next().await {
            Some(Ok((number, found))) => {
                let at = self.asked.iter().position(|read| read.number == number);
                let conns = at.map(|at| self.asked.swap_remove(at).conns);
                (conns.unwrap_or_default(), found)
            }
            // The runtime ends.
            Some(Err(_)) => (Vec::new(), Err(StoreError::Closed)),
            None => std::future::pending().await,
        }
    }
}
