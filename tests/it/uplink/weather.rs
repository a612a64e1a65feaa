//! A proxy between somebody and the relay that does what nets do: it is slow, it cuts, it goes silent, it flips bits.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep_until, timeout};

use super::whole::runtime;
use crate::history::dice::Dice;

/// What happens to a connection after so many bytes of one way. The other way is fair.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fate {
    /// It ends.
    Cut(usize),
    /// Nothing comes through any more, and after a while it ends.
    Silence(usize),
    /// One bit is another, and all goes on.
    Flip(usize),
}

/// Which way something happens: to the relay or from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    Up,
    Down,
}

/// How long a connection that has gone silent stands.
const SILENCE: Duration = Duration::from_millis(400);
/// Pieces that are on their way at once.
const ON_THE_WAY_MAX: usize = 4_096;

/// How a proxy treats what comes.
struct Sky {
    /// How long a piece takes, and how much longer at most.
    delay: Duration,
    jitter: Duration,
    dice: Mutex<Dice>,
    /// What happens to the connections to come, one after the other; later ones are fair.
    fates: Mutex<VecDeque<(Way, Fate)>>,
}

/// A proxy in a thread.
pub(super) struct Weather {
    pub(super) port: u16,
    /// Told of each fate that came to pass.
    passed: watch::Receiver<usize>,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Weather {
    /// Each piece takes as long as `delay` and up to `jitter` more, each way.
    pub(super) fn over(
        port: u16,
        delay: Duration,
        jitter: Duration,
        seed: u64,
        fates: &[(Way, Fate)],
    ) -> Weather {
        let fates = Mutex::new(fates.iter().copied().collect());
        let sky = Arc::new(Sky { delay, jitter, dice: Mutex::new(Dice::new(seed)), fates });
        let ((stop, stopped), (tell, told)) = (oneshot::channel(), std::sync::mpsc::channel());
        let (count, passed) = watch::channel(0);
        let thread = thread::spawn(move || {
            runtime().block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap().port()).unwrap();
                let passing = async {
                    loop {
                        let (near, _) = listener.accept().await.unwrap();
                        // A relay that is away answers nobody.
                        if let Ok(far) = TcpStream::connect(("127.0.0.1", port)).await {
                            tokio::spawn(sky.clone().join(near, far, count.clone()));
                        }
                    }
                };
                tokio::select! { () = passing => {}, _ = stopped => {} }
            });
        });
        Weather { port: told.recv().unwrap(), passed, running: Some((stop, thread)) }
    }

    /// How many fates came to pass.
    pub(super) fn passed(&self) -> usize {
        *self.passed.borrow()
    }
}

impl Drop for Weather {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            thread.join().unwrap();
        }
    }
}

impl Sky {
    async fn join(self: Arc<Self>, near: TcpStream, far: TcpStream, passed: watch::Sender<usize>) {
        for socket in [&near, &far] {
            socket.set_nodelay(true).unwrap();
        }
        let fate = self.fates.lock().unwrap().front().copied();
        let of = |way| fate.filter(|(its, _)| *its == way).map(|(_, fate)| fate);
        let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
        tokio::select! {
            () = self.carry(near_in, far_out, of(Way::Up), &passed) => {}
            () = self.carry(far_in, near_out, of(Way::Down), &passed) => {}
        }
    }

    /// Carries what comes one way until it ends.
    async fn carry(
        &self,
        from: impl AsyncRead + Unpin,
        to: impl AsyncWrite + Unpin,
        fate: Option<Fate>,
        passed: &watch::Sender<usize>,
    ) {
        let (sender, receiver) = channel(ON_THE_WAY_MAX);
        // What is on its way when one end goes arrives all the same.
        tokio::join!(self.take(from, sender, fate, passed), give(to, receiver));
    }

    async fn take(
        &self,
        mut from: impl AsyncRead + Unpin,
        sender: Sender<(Instant, Vec<u8>)>,
        mut fate: Option<Fate>,
        passed: &watch::Sender<usize>,
    ) {
        let (mut seen, mut piece) = (0, [0; 2_048]);
        while let Ok(count @ 1..) = from.read(&mut piece).await {
            let due = Instant::now() + self.takes();
            let mut bytes = piece[..count].to_vec();
            match fate {
                Some(Fate::Cut(at)) if seen + count > at => {
                    bytes.truncate(at.saturating_sub(seen));
                    drop(sender.send((due, bytes)).await);
                    return self.comes_to_pass(passed);
                }
                Some(Fate::Silence(at)) if seen + count > at => {
                    self.comes_to_pass(passed);
                    // What comes is taken, and goes nowhere.
                    let silence = async { while let Ok(1..) = from.read(&mut piece).await {} };
                    return drop(timeout(SILENCE, silence).await);
                }
                Some(Fate::Flip(at)) if seen + count > at => {
                    bytes[at.saturating_sub(seen)] ^= 1 << self.dice.lock().unwrap().below(7);
                    self.comes_to_pass(passed);
                    fate = None;
                }
                _ => {}
            }
            seen += count;
            if sender.send((due, bytes)).await.is_err() {
                return;
            }
        }
    }

    /// A fate that a connection did not live to see is the next one's.
    fn comes_to_pass(&self, passed: &watch::Sender<usize>) {
        let fate = self.fates.lock().unwrap().pop_front();
        passed.send_modify(|count| *count += usize::from(fate.is_some()));
    }

    fn takes(&self) -> Duration {
        let most = self.jitter.as_millis() as usize + 1;
        self.delay + Duration::from_millis(self.dice.lock().unwrap().below(most) as u64)
    }
}

async fn give(mut to: impl AsyncWrite + Unpin, mut receiver: Receiver<(Instant, Vec<u8>)>) {
    while let Some((due, bytes)) = receiver.recv().await {
        sleep_until(due).await;
        if to.write_all(&bytes).await.is_err() {
            return;
        }
    }
}
