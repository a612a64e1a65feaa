//! A promise of what a journal will say.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use super::error::StoreError;

/// What a journal answers, some time later. Whoever does not wait for it takes nothing back: what was asked is done.
#[derive(Debug)]
#[must_use]
pub struct Answer<T>(oneshot::Receiver<Result<T, StoreError>>);

/// What keeps the promise.
pub(super) type Promise<T> = oneshot::Sender<Result<T, StoreError>>;

impl<T> Answer<T> {
    /// A promise, and what will keep it.
    pub(super) fn promised() -> (Promise<T>, Answer<T>) {
        let (promise, answer) = oneshot::channel();
        (promise, Answer(answer))
    }

    /// What is known already.
    pub(super) fn known(result: Result<T, StoreError>) -> Answer<T> {
        let (promise, answer) = Answer::promised();
        keep(promise, result);
        answer
    }
}

impl<T: Send + 'static> Answer<T> {
    /// What is found out on a thread that may wait for the disk.
    pub(super) fn looked_up(look: impl FnOnce() -> Result<T, StoreError> + Send + 'static) -> Answer<T> {
        let (promise, answer) = Answer::promised();
        drop(tokio::task::spawn_blocking(move || keep(promise, look())));
        answer
    }
}

/// Keeps a promise, whether anybody still waits for it or not.
pub(super) fn keep<T>(promise: Promise<T>, result: Result<T, StoreError>) {
    drop(promise.send(result));
}

impl<T> Future for Answer<T> {
    type Output = Result<T, StoreError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map(|kept| kept.unwrap_or(Err(StoreError::Closed)))
    }
}
