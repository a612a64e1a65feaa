//! The gate: how many come, from which address, and how often they knock in vain.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::time::Time;
use crate::wire::bucket::Bucket;
use crate::wire::limit::{
    CONNECTIONS_MAX, CONNECTIONS_OF_ADDRESS_MAX, CONNECTS_OF_ADDRESS, CREATES_OF_ADDRESS,
    WRONG_TOKENS_OF_ADDRESS,
};

/// Why somebody does not get in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Turned {
    /// As many are here as can be.
    Full,
    /// Too many come from there.
    Often,
}

/// Who has come from where.
#[derive(Debug)]
pub(super) struct Gate {
    time: Time,
    /// Whether those who come from this machine are many, and not one.
    is_behind: bool,
    state: Mutex<State>,
    /// Told when the last one goes.
    is_empty: Notify,
}

#[derive(Debug, Default)]
struct State {
    connections: usize,
    callers: HashMap<IpAddr, Caller>,
    /// Callers that are remembered before those that are as good as new are forgotten.
    forget_at: usize,
}

#[derive(Debug)]
struct Caller {
    connections: usize,
    connects: Bucket,
    wrong_tokens: Bucket,
    creates: Bucket,
}

/// A connection that was let in, for as long as it lasts.
#[derive(Debug)]
pub(super) struct Pass {
    gate: Arc<Gate>,
    from: IpAddr,
}

/// Callers that are remembered at least.
const CALLERS_MIN: usize = 1_024;

impl Gate {
    pub(super) fn new(time: Time, is_behind: bool) -> Arc<Gate> {
        Arc::new(Gate { time, is_behind, state: Mutex::default(), is_empty: Notify::new() })
    }

    /// Lets a connection in, or not.
    pub(super) fn enter(self: &Arc<Self>, from: IpAddr) -> Result<Pass, Turned> {
        let (from, now) = (network(from), self.time.now());
        let mut state = self.state();
        if state.connections >= CONNECTIONS_MAX {
            return Err(Turned::Full);
        }
        state.forget(now);
        let caller = state.callers.entry(from).or_insert_with(|| Caller::new(now));
        let is_one = !(self.is_behind && from.is_loopback());
        let has_many = || caller.connections >= CONNECTIONS_OF_ADDRESS_MAX;
        if is_one && (has_many() || caller.connects.take(1, now).is_err()) {
            return Err(Turned::Often);
        }
        caller.connections += 1;
        state.connections += 1;
        drop(state);
        Ok(Pass { gate: self.clone(), from })
    }

    /// How many are here.
    pub(super) fn connections(&self) -> usize {
        self.state().connections
    }

    /// Waits until nobody is here.
    pub(super) async fn empties(&self) {
        while self.connections() > 0 {
            self.is_empty.notified().await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Forgets those who are gone and have not done much of late, each time twice as many are known as were left.
    fn forget(&mut self, now: u64) {
        if self.callers.len() >= self.forget_at.max(CALLERS_MIN) {
            self.callers.retain(|_, caller| !caller.is_as_new(now));
            self.forget_at = 2 * self.callers.len();
        }
    }
}

impl Caller {
    fn new(now: u64) -> Caller {
        Caller {
            connections: 0,
            connects: Bucket::new(CONNECTS_OF_ADDRESS, now),
            wrong_tokens: Bucket::new(WRONG_TOKENS_OF_ADDRESS, now),
            creates: Bucket::new(CREATES_OF_ADDRESS, now),
        }
    }

    fn is_as_new(&mut self, now: u64) -> bool {
        let buckets = [&mut self.connects, &mut self.wrong_tokens, &mut self.creates];
        self.connections == 0 && buckets.into_iter().all(|bucket| bucket.is_full(now))
    }
}

impl Pass {
    /// Where it comes from: an address, or the network of one.
    pub(super) fn from(&self) -> IpAddr {
        self.from
    }

    /// Its token let nobody in.
    pub(super) fn was_wrong(&self) {
        self.may(|caller| &mut caller.wrong_tokens);
    }

    /// Whether its tokens are looked at: who has tried many that let nobody in has to wait.
    pub(super) fn is_heard(&self) -> bool {
        let now = self.gate.time.now();
        self.gate
            .state()
            .callers
            .get(&self.from)
            .is_none_or(|it| it.wrong_tokens.clone().take(1, now).is_ok())
    }

    /// Makes a room where anybody may; whether it may make one more.
    pub(super) fn creates(&self) -> bool {
        self.may(|caller| &mut caller.creates)
    }

    fn may(&self, bucket: impl FnOnce(&mut Caller) -> &mut Bucket) -> bool {
        let now = self.gate.time.now();
        let mut state = self.gate.state();
        let caller = state.callers.entry(self.from).or_insert_with(|| Caller::new(now));
        bucket(caller).take(1, now).is_ok()
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut state = self.gate.state();
        state.connections -= 1;
        if let Some(caller) = state.callers.get_mut(&self.from) {
            caller.connections -= 1;
        }
        if state.connections == 0 {
            self.gate.is_empty.notify_one();
        }
    }
}

/// Who has one address of the newer sort has 2^64 of them: they count as one.
fn network(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(ip) if !ip.is_loopback() => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        ip => ip,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn so_many_come_from_one_address_and_so_often() {
        let gate = Gate::new(Time::start(), false);
        let burst = CONNECTS_OF_ADDRESS.burst as usize;
        let passes: Vec<Pass> = (0..burst).map(|_| gate.enter(ip("10.0.0.1")).unwrap()).collect();
        assert_eq!(gate.enter(ip("10.0.0.1")).err(), Some(Turned::Often), "too often");
        assert!(gate.enter(ip("10.0.0.2")).is_ok(), "others are not kept out");
        tokio::time::advance(std::time::Duration::from_secs(60)).await;
        let left = CONNECTIONS_OF_ADDRESS_MAX - burst;
        let more: Vec<Pass> = (0..left).map(|_| gate.enter(ip("::ffff:10.0.0.1")).unwrap()).collect();
        assert_eq!(gate.enter(ip("10.0.0.1")).err(), Some(Turned::Often), "too many");
        drop((passes, more));
        assert_eq!(gate.connections(), 0);
        assert!(gate.enter(ip("10.0.0.1")).is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn behind_a_proxy_those_of_this_machine_are_many() {
        let gate = Gate::new(Time::start(), true);
        let passes: Vec<Pass> = (0..200).map(|_| gate.enter(ip("127.0.0.1")).unwrap()).collect();
        let others = (0..200).filter_map(|_| gate.enter(ip("10.0.0.1")).ok()).count();
        assert_eq!((passes.len(), others), (200, CONNECTS_OF_ADDRESS.burst as usize));
    }

    #[tokio::test(start_paused = true)]
    async fn who_guesses_tokens_is_soon_not_heard() {
        let gate = Gate::new(Time::start(), false);
        let guess = |from: &str| {
            let pass = gate.enter(ip(from)).unwrap();
            let is_heard = pass.is_heard();
            pass.was_wrong();
            is_heard
        };
        let heard = (0..20).filter(|nth| guess(&format!("2001:db8::{nth}"))).count();
        assert_eq!(heard as u64, WRONG_TOKENS_OF_ADDRESS.burst);
        assert!(guess("2001:db8:0:1::1"));
        tokio::time::advance(std::time::Duration::from_secs(6)).await;
        assert!(guess("2001:db8::1") && !guess("2001:db8::1"));
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_gone_is_forgotten() {
        let gate = Gate::new(Time::start(), false);
        for nth in 0..4 * CALLERS_MIN as u32 {
            tokio::time::advance(std::time::Duration::from_millis(100)).await;
            drop(gate.enter(IpAddr::from(nth.to_be_bytes())));
        }
        assert!(gate.state().callers.len() <= CALLERS_MIN);
    }
}
