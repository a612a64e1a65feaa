//! Work that takes long, on a thread of its own.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::Wall;
use crate::query::Watch;

/// Work over a wall as it was when it began. It ends at its next step once this is dropped.
pub struct Errand<T>(Arc<Shared<T>>);

struct Shared<T> {
    done: AtomicUsize,
    all: AtomicUsize,
    is_over: AtomicBool,
    found: Mutex<Option<T>>,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        let (done, all, is_over) = Default::default();
        Shared { done, all, is_over, found: Mutex::new(None) }
    }
}

impl<T: Send + 'static> Errand<T> {
    /// Begins it. The wall's watchers are called as it goes on.
    pub fn begin(wall: &Wall, work: impl FnOnce(Watch<'_>) -> T + Send + 'static) -> Errand<T> {
        let shared = Arc::new(Shared::default());
        let (theirs, call) = (Arc::clone(&shared), wall.caller());
        // Nobody waits for it: it stops at the next step once nobody wants to know.
        drop(thread::spawn(move || {
            let found = work(&mut |done, all| {
                theirs.done.store(done, Ordering::Relaxed);
                theirs.all.store(all, Ordering::Relaxed);
                call();
                if theirs.is_over.load(Ordering::Relaxed) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
            *theirs.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
            call();
        }));
        Errand(shared)
    }

    /// What it came to, once it has.
    pub fn take(&mut self) -> Option<T> {
        self.0.found.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<T> Errand<T> {
    /// How many of all steps are done.
    pub fn progress(&self) -> (usize, usize) {
        (self.0.done.load(Ordering::Relaxed), self.0.all.load(Ordering::Relaxed))
    }
}

impl<T> Drop for Errand<T> {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::Relaxed);
    }
}
