//! Proposed contexts: looked for on a thread of their own, told of on the way, and drawn as ordinary deeds.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::Wall;
use crate::command::{Area, Command};
use crate::model::{Details, Frame};
use crate::query::suggest::{Cuts, Group, suggest};

/// What draws a proposed context; nothing where all of it stands in one frame already.
pub fn framed(group: &Group) -> Option<Command> {
    if group.stands_in.is_some_and(|(_, count)| count == group.notes.len()) {
        return None;
    }
    let details = Details::from([("name".to_owned(), group.name.clone().into())]);
    let area = Area::Around(group.notes.clone());
    Some(Command::FrameContext { frame: Frame::Context, area, details })
}

/// A search for proposals over the wall as it was when it began. It ends when this is dropped.
pub struct Search(Arc<Shared>);

#[derive(Default)]
struct Shared {
    done: AtomicUsize,
    all: AtomicUsize,
    is_over: AtomicBool,
    found: Mutex<Option<Option<Cuts>>>,
}

impl Search {
    /// Begins one. The wall's watchers are called as it goes on.
    pub fn begin(wall: &Wall) -> Search {
        let shared = Arc::new(Shared::default());
        let (theirs, call) = (Arc::clone(&shared), wall.caller());
        let (board, flow) = (wall.board().clone(), wall.projection().flow.clone());
        // Nobody waits for it: it stops at the next run once nobody wants to know.
        drop(thread::spawn(move || {
            let mut watch = |done, all| {
                theirs.done.store(done, Ordering::Relaxed);
                theirs.all.store(all, Ordering::Relaxed);
                call();
                if theirs.is_over.load(Ordering::Relaxed) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            };
            let cuts = suggest(&board, &flow, &mut watch).map(|suggestion| suggestion.cuts());
            *theirs.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(cuts);
            call();
        }));
        Search(shared)
    }

    /// How many of all runs are done.
    pub fn progress(&self) -> (usize, usize) {
        (self.0.done.load(Ordering::Relaxed), self.0.all.load(Ordering::Relaxed))
    }

    /// What it came to, once it has; nothing within that where the wall cannot be cut.
    pub fn take(&mut self) -> Option<Option<Cuts>> {
        self.0.found.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::Relaxed);
    }
}
