//! Who is told that something may have changed, and how to wait for that.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Those to be told.
#[derive(Default)]
pub(super) struct Tellers(Mutex<Vec<Box<dyn Fn() + Send>>>);

impl Tellers {
    pub(super) fn add(&self, teller: impl Fn() + Send + 'static) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(teller));
    }

    pub(super) fn tell(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().for_each(|teller| teller());
    }
}

/// A bell that one thread waits for and others ring. A ring that nobody waited for is heard by the next who does.
#[derive(Clone, Default)]
pub struct Bell(Arc<(Mutex<bool>, Condvar)>);

impl Bell {
    /// Rings it.
    pub fn ring(&self) {
        let (rung, heard) = &*self.0;
        *rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        heard.notify_all();
    }

    /// Waits until it rings, but no longer than this.
    pub fn wait(&self, most: Duration) {
        let (rung, heard) = &*self.0;
        let rung = rung.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = heard.wait_timeout_while(rung, most, |rung| !*rung);
        *waited.unwrap_or_else(PoisonError::into_inner).0 = false;
    }
}
