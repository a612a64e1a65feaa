//! The real relay and the real ends of its clients, over sockets and clocks that turmoil makes up: nets that hold back,
//! lose and part, a relay that is killed, machines that sleep for a minute, people whose programs end before the disk
//! has everything. Once it is calm all see one wall, and nothing that was called kept is missing. A failure names the
//! seed; `SQUALL_SEED` gives one and `SQUALL_GALES` how many.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use squall::model::{Heads, Line};
use squall::relay::secret::hash;
use squall::relay::{Relay, Settings};
use squall::store::{Journal, Place, RoomCard, open};
use squall::wire::close::Close;
use squall::wire::frame::{Frame as _, RelayFrame, Token};
use squall::wire::peer::{Net, Output};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use turmoil::net::{TcpListener, TcpStream};

use super::client::Client;
use crate::history::deeds::Names;
use crate::history::dice::Dice;
use crate::history::laws::{given, try_so_many};
use crate::history::slow;

const PEOPLE: [&str; 4] = ["ana", "bo", "chae", "dan"];
/// So long it blows, and so long it is calm afterwards: the dead are found out and the longest wait to come back ends.
const BLOWS: Duration = Duration::from_secs(150);
const CALM: Duration = Duration::from_secs(120);
/// So long a machine sleeps.
const SLEEP: Duration = Duration::from_secs(60);
const PORT: u16 = 7_070;

/// What one person's program has and is told, beyond the end of the made-up world.
struct Seat {
    client: Client,
    kept: Heads,
    /// How often a connection ended or could not be made.
    cuts: usize,
}

/// What everybody in a gale shares: chance, what has a name, how many voices were drawn.
struct Common {
    dice: Dice,
    names: Names,
    voices: u64,
}

impl Common {
    fn voice(&mut self) -> u64 {
        self.voices += 1;
        self.voices
    }
}

enum Event {
    Connected,
    Text(String),
    Pong,
    Gone(Option<Close>),
}

/// A connection and what goes over it.
async fn carry(mut orders: UnboundedReceiver<Message>, events: UnboundedSender<Event>) {
    let talk = async {
        let request = "ws://relay/v1/rooms/shop".into_client_request().ok()?;
        let reach =
            async { client_async(request, TcpStream::connect(("relay", PORT)).await.ok()?).await.ok() };
        let (mut socket, _) = timeout(Duration::from_secs(5), reach).await.ok()??;
        events.send(Event::Connected).ok()?;
        loop {
            tokio::select! {
                came = socket.next() => match came?.ok()? {
                    Message::Text(text) => events.send(Event::Text(text.as_str().to_owned())).ok()?,
                    Message::Pong(_) => events.send(Event::Pong).ok()?,
                    Message::Close(why) => return why.and_then(|why| Close::of(why.code.into(), &why.reason)),
                    _ => {}
                },
                order = orders.recv() => socket.send(order?).await.ok()?,
            }
        }
    };
    let why = talk.await;
    drop(events.send(Event::Gone(why)));
}

/// One person's program for as long as the world lasts.
struct Driver {
    seat: Rc<RefCell<Seat>>,
    common: Rc<RefCell<Common>>,
    began: Instant,
    events: UnboundedReceiver<Event>,
    happens: UnboundedSender<Event>,
    link: Option<(UnboundedSender<Message>, JoinHandle<()>)>,
}

impl Driver {
    fn now(&self) -> u64 {
        self.began.elapsed().as_millis() as u64
    }

    async fn run(mut self) -> turmoil::Result {
        self.seat.borrow_mut().client.peer.start();
        let mut deed_at = self.began;
        loop {
            self.heed();
            let wakes = self.seat.borrow().client.peer.wakes_at();
            let wakes = wakes.map_or(self.began + BLOWS + CALM, |at| self.began + Duration::from_millis(at));
            tokio::select! {
                Some(event) = self.events.recv() => self.hear(event),
                () = sleep_until(wakes) => {
                    let now = self.now();
                    let Seat { client, .. } = &mut *self.seat.borrow_mut();
                    client.peer.tick(&client.desk.history, now);
                }
                () = sleep_until(deed_at), if deed_at < self.began + BLOWS => {
                    let pause = self.common.borrow_mut().dice.below(4_000) as u64;
                    deed_at = Instant::now() + Duration::from_millis(pause);
                    self.act();
                    if self.common.borrow_mut().dice.one_in(80) {
                        // The machine sleeps. What came meanwhile is there when it wakes, and its clock has gone on.
                        tokio::time::sleep(SLEEP).await;
                    }
                }
                () = sleep_until(self.began + BLOWS + CALM) => return Ok(()),
            }
        }
    }

    fn hear(&mut self, event: Event) {
        let now = self.now();
        let Seat { client, kept, cuts } = &mut *self.seat.borrow_mut();
        match event {
            Event::Connected => client.peer.connected(now),
            Event::Text(text) => {
                if let Ok(RelayFrame::Kept(more)) = RelayFrame::decode(&text) {
                    kept.extend(&more);
                }
                client.peer.receive(&text, &client.desk.history, now);
            }
            Event::Pong => client.peer.pong(now),
            Event::Gone(why) => {
                self.link = None;
                *cuts += 1;
                client.peer.disconnected(why, self.common.borrow_mut().dice.bits(), now);
            }
        }
    }

    /// A deed, or one taken back; saved at once, later or never, since the program may end before.
    fn act(&mut self) {
        let now = self.now();
        let mut common = self.common.borrow_mut();
        let Common { dice, names, voices } = &mut *common;
        let Seat { client, .. } = &mut *self.seat.borrow_mut();
        match dice.below(14) {
            0 => drop(client.desk.undo().map(|(line, _)| client.wrote(line))),
            1 => {
                let lost = dice.below(client.file.len() - client.durable + 1);
                let mut file = client.file.clone();
                file.truncate(file.len() - lost);
                *voices += 1;
                client.open(file, *voices);
                client.peer.start();
                // What it still had to say goes with it.
                if let Some((_, task)) = self.link.take() {
                    task.abort();
                }
                (self.happens, self.events) = unbounded_channel();
            }
            _ => {
                let changes = names.deed(&client.desk, dice, true);
                let line = client.desk.act(changes);
                client.wrote(line);
            }
        }
        if !dice.one_in(4) {
            client.save(now);
        }
    }

    /// Does what the peer says.
    fn heed(&mut self) {
        loop {
            let outputs = self.seat.borrow_mut().client.heed();
            let is_quiet = outputs.is_empty();
            outputs.into_iter().for_each(|output| self.perform(output));
            let Seat { client, .. } = &mut *self.seat.borrow_mut();
            if std::mem::take(&mut client.wants_link) {
                let (orders, inbox) = unbounded_channel();
                let task = tokio::task::spawn_local(carry(inbox, self.happens.clone()));
                self.link = Some((orders, task));
            }
            let lost = std::mem::take(&mut client.lost);
            if is_quiet && lost.is_empty() {
                if self.began.elapsed() >= BLOWS && !client.unsaved.is_empty() {
                    client.save(self.now());
                    continue;
                }
                return;
            }
            for (author, again) in lost {
                let voice = self.common.borrow_mut().voice();
                client.speak_anew(author, &again, voice, self.now());
            }
        }
    }

    fn perform(&mut self, output: Output) {
        let message = match output {
            Output::Send(text) => Message::text(text),
            Output::Ping => Message::Ping(Default::default()),
            Output::Hangup => {
                if let Some((_, task)) = self.link.take() {
                    task.abort();
                    drop(self.happens.send(Event::Gone(None)));
                }
                return;
            }
            _ => return,
        };
        if let Some((orders, _)) = &self.link {
            drop(orders.send(message));
        }
    }
}

/// The relay over what is durable, for as long as it is not killed.
async fn serve(journal: Arc<dyn Journal>) -> turmoil::Result {
    let relay = Relay::new(journal, Settings::default());
    let listener = TcpListener::bind(("0.0.0.0", PORT)).await?;
    loop {
        let (socket, from) = listener.accept().await?;
        tokio::spawn(relay.clone().serve_one(socket, from.ip()));
    }
}

/// A journal with the room `shop`, and all that lies in it.
async fn journal() -> Arc<dyn Journal> {
    let journal = open(Place::Memory).unwrap();
    let tokens = BTreeMap::from([("edit".to_owned(), vec![hash(&Token("edit".into()))])]);
    let card = RoomCard { board: "b".into(), tokens, ..RoomCard::default() };
    journal.create(&"shop".parse().unwrap(), card).await.unwrap();
    journal
}

async fn kept_lines(journal: &dyn Journal) -> Vec<Line> {
    let mut replay = journal.replay(&"shop".parse().unwrap(), Heads::default());
    let mut lines = Vec::new();
    while let Some(records) = replay.next().await.unwrap() {
        lines.extend(records.iter().map(|record| Line::read(&record.line).unwrap()));
    }
    lines
}

/// What the weather does to the net, each time it turns.
fn turn(sim: &mut turmoil::Sim<'_>, dice: &mut Dice) {
    let one = PEOPLE[dice.below(PEOPLE.len())];
    match dice.below(12) {
        0 | 1 => sim.partition(one, "relay"),
        2 => sim.partition_oneway(one, "relay"),
        3 => sim.partition_oneway("relay", one),
        4 | 5 => sim.hold(one, "relay"),
        6 => sim.crash("relay"),
        7 => sim.set_link_fail_rate(one, "relay", 0.01),
        8 => sim.set_link_latency(one, "relay", Duration::from_millis(200)),
        _ => calm(sim, one),
    }
    if !sim.is_host_running("relay") && dice.one_in(2) {
        sim.bounce("relay");
    }
}

fn calm(sim: &mut turmoil::Sim<'_>, one: &str) {
    sim.release(one, "relay");
    sim.repair(one, "relay");
    sim.set_link_fail_rate(one, "relay", 0.0);
}

fn check_gale(seed: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let journal = runtime.block_on(journal());
    let common =
        Rc::new(RefCell::new(Common { dice: Dice::new(seed), names: Names::default(), voices: 100 }));
    let mut sim = turmoil::Builder::new()
        .rng_seed(seed)
        .simulation_duration(BLOWS + 2 * CALM)
        .tick_duration(Duration::from_millis(5))
        .min_message_latency(Duration::from_millis(1))
        .max_message_latency(Duration::from_millis(80))
        .build();
    let serves = journal.clone();
    sim.host("relay", move || serve(serves.clone()));
    let seats: Vec<Rc<RefCell<Seat>>> = (0..PEOPLE.len() as u64)
        .map(|at| {
            let client = Client::new(PEOPLE[at as usize], "edit", at, at);
            Rc::new(RefCell::new(Seat { client, kept: Heads::default(), cuts: 0 }))
        })
        .collect();
    for (name, seat) in PEOPLE.iter().zip(&seats) {
        let (seat, common) = (seat.clone(), common.clone());
        sim.client(*name, async move {
            let (happens, events) = unbounded_channel();
            Driver { seat, common, began: Instant::now(), events, happens, link: None }.run().await
        });
    }
    let (mut weather, mut turns_at) = (Dice::new(seed ^ 0x5eed), Duration::from_secs(2));
    let mut blows = true;
    while !sim.step().unwrap() {
        if blows && sim.elapsed() >= turns_at {
            turns_at += Duration::from_millis(500 + weather.below(6_000) as u64);
            blows = sim.elapsed() < BLOWS;
            if blows {
                turn(&mut sim, &mut weather);
            } else {
                PEOPLE.iter().for_each(|one| calm(&mut sim, one));
                if !sim.is_host_running("relay") {
                    sim.bounce("relay");
                }
            }
        }
    }
    let lines = runtime.block_on(kept_lines(&*journal));
    let wall = slow::wall(&lines);
    let cuts: usize = seats.iter().map(|seat| seat.borrow().cuts).sum();
    assert!(lines.len() > 50 && cuts > 5, "it blew: {} lines, {cuts} cuts", lines.len());
    let mut had = Heads::default();
    for line in &lines {
        had.insert(line.entry.id);
    }
    for (name, seat) in PEOPLE.iter().zip(&seats) {
        let Seat { client, kept, .. } = &*seat.borrow();
        let how = client.peer.status();
        assert_eq!((how.net, how.waiting), (Net::Live, 0), "{name}");
        assert!(had.covers(kept), "{name}: what was called kept is there");
        assert!(*client.desk.board() == wall, "{name} sees another wall");
    }
}

#[test]
fn all_ends_come_to_one_wall_whatever_the_weather_did() {
    match given("SQUALL_SEED") {
        Some(seed) => check_gale(seed),
        None => try_so_many("one wall after a gale", given("SQUALL_GALES"), 300, check_gale),
    }
}
