//! What the relay says.

use std::collections::BTreeMap;

use super::{Aside, Output, Peer, Stage};
use crate::history::History;
use crate::model::{Author, EntryId, Heads, Line};
use crate::wire::close::{Close, Refusal};
use crate::wire::frame::{ClientFrame, Frame, Item, Refused, RelayFrame, Sighting, Voice, Welcome};
use crate::wire::limit::HEADS_BYTES_ALL_MAX;

impl Peer {
    /// A text message came.
    pub fn receive(&mut self, text: &str, history: &History, now: u64) {
        self.heard = now;
        let frame = match (self.stage, RelayFrame::decode(text)) {
            (Stage::Greeting(_), Ok(RelayFrame::Welcome(welcome))) => return self.welcome(welcome, now),
            (Stage::CatchingUp | Stage::Live(_), Ok(frame)) => frame,
            (Stage::Greeting(_) | Stage::CatchingUp | Stage::Live(_), _) => {
                return self.end(Some(Close::BadFrame));
            }
            _ => return,
        };
        match frame {
            RelayFrame::Welcome(_) => self.end(Some(Close::BadFrame)),
            RelayFrame::HeadsPart(part) => {
                self.parts.0.extend(&part);
                self.parts.1 += text.len();
                if self.parts.1 > HEADS_BYTES_ALL_MAX {
                    self.end(Some(Close::BadFrame));
                }
            }
            RelayFrame::Heads(part) => self.hear_heads(&part, history, now),
            RelayFrame::Entries(items) => self.take_in(items, history, now),
            RelayFrame::Live {} => self.live(now),
            RelayFrame::Kept(kept) => {
                self.there.extend(&kept);
                self.outbox.kept(|(_, id)| kept.contains(id));
                self.unsure.retain(|(_, id)| !kept.contains(*id));
                self.pump(history, now);
            }
            RelayFrame::Presence(seen) => self.see(&seen, now),
            RelayFrame::Left(n) => {
                self.is_so(n, None);
                if self.people.leave(n) {
                    self.out.push(Output::People);
                }
            }
            RelayFrame::Control(told) => {
                self.is_told(&told);
                self.out.push(Output::Told(told));
            }
            RelayFrame::Refused(refused) => self.refused(&refused, history, now),
        }
    }

    fn welcome(&mut self, welcome: Welcome, now: u64) {
        match &self.board {
            Some(board) if *board != welcome.board => {
                self.out.push(Output::OtherBoard(welcome.board));
                return self.end(Some(Close::OtherBoard));
            }
            Some(_) => {}
            None => {
                self.board = Some(welcome.board.clone());
                self.out.push(Output::Board(welcome.board));
            }
        }
        self.stage = Stage::CatchingUp;
        self.you = Some(welcome.you);
        self.role = Some(welcome.role);
        let others = welcome.people.into_iter().filter(|member| member.n != welcome.you);
        others.for_each(|member| self.people.come(&member));
        self.out.push(Output::People);
        for (author, from) in self.voices.clone() {
            self.send(&ClientFrame::Voice(Voice { author, from }));
        }
        self.say_heads(now);
        self.ask_again();
        self.throttle.again(now);
        self.digest(now);
        self.tell_presence(now);
    }

    fn live(&mut self, now: u64) {
        if self.stage == Stage::CatchingUp {
            self.stage = Stage::Live(now);
        }
    }

    /// What is durable there is known: what it lacks is to be sent, and nothing else counts as kept.
    fn hear_heads(&mut self, part: &Heads, history: &History, now: u64) {
        let mut heads = std::mem::take(&mut self.parts).0;
        heads.extend(part);
        let unsure = &self.unsure;
        self.outbox.kept(|place| heads.contains(place.1) && !unsure.contains(&place));
        if self.knows_there {
            self.there.extend(&heads);
        } else {
            self.there = heads;
            self.knows_there = true;
        }
        self.refill(history);
        self.pump(history, now);
    }

    fn take_in(&mut self, items: Vec<Item>, history: &History, now: u64) {
        let (mut lines, mut aside) = (Vec::new(), Vec::new());
        let (mut lost, mut doubts) = (Vec::new(), false);
        let mut broken = BTreeMap::<Author, Vec<EntryId>>::new();
        for item in items {
            let line = match read(&item) {
                Ok(line) => line,
                // A net flipped a bit, on the way here or on the way there: it is looked at once more.
                Err(_) if self.outbox.awaits(item.id) && self.doubted.insert(item.id) => {
                    doubts = true;
                    continue;
                }
                Err(why) => {
                    if self.doubted.remove(&item.id) {
                        broken.entry(item.id.author).or_default().push(item.id);
                    }
                    self.aside.insert(item.id);
                    aside.push(why);
                    continue;
                }
            };
            let mut here = history.lines_of(item.id).peekable();
            let is_twin = here.peek().is_some();
            if here.any(|here| here.text == line.text) {
                self.there.insert(item.id);
                self.doubted.remove(&item.id);
                self.outbox.came_back(item.id);
                continue;
            }
            // A line that was had and is not here was dropped by a squash.
            let is_known = self.had.contains(item.id) || self.withdrawn.remove(&item.id);
            let is_strange = is_twin || !is_known;
            let is_own = is_strange && self.voices.contains_key(&item.id.author);
            if is_own {
                lost.push(item.id.author);
            }
            if !(is_own && is_twin) {
                self.there.insert(item.id);
                lines.push(line);
            }
        }
        if !aside.is_empty() {
            self.out.push(Output::Aside(aside));
        }
        if !lines.is_empty() {
            self.out.push(Output::Absorb(lines));
        }
        lost.into_iter().for_each(|author| self.lose(author));
        for (author, ids) in broken {
            self.voices.remove(&author);
            self.out.push(Output::FreshVoice(author, ids));
        }
        if doubts {
            self.say_heads(now);
        }
    }

    /// Somebody else speaks as this author.
    fn lose(&mut self, author: Author) {
        if self.voices.remove(&author).is_some() {
            let again = self.outbox.take_voice(author);
            self.unsure.retain(|(_, id)| id.author != author);
            self.out.push(Output::FreshVoice(author, again));
        }
    }

    fn refused(&mut self, refused: &Refused, history: &History, now: u64) {
        let is_lost = |author: &Author| self.voices.contains_key(author);
        let lost: Vec<Author> = match refused.code {
            Refusal::Voice => refused.ids.iter().map(|id| id.author).filter(is_lost).collect(),
            _ => Vec::new(),
        };
        lost.into_iter().for_each(|author| self.lose(author));
        if refused.ids.is_empty() {
            self.not_done(refused.code);
        }
        let unwanted = self.outbox.refuse(&refused.ids, refused.code, refused.retry, now);
        if !unwanted.is_empty() {
            self.out.push(Output::NotAccepted(unwanted, refused.code));
        }
        self.pump(history, now);
    }

    fn see(&mut self, seen: &[Sighting], now: u64) {
        if self.digested.0 != self.changes {
            self.digest(now);
        }
        for sighting in seen {
            sighting.role.into_iter().for_each(|role| self.is_so(sighting.n, Some(role)));
            if Some(sighting.n) == self.you {
                let might = self.may_write();
                self.role = sighting.role.or(self.role);
                if self.may_write() && !might {
                    self.outbox.let_go();
                }
            } else if let Some(at) = self.people.see(sighting) {
                self.out.push(Output::Pinged(sighting.n, at));
            }
        }
        self.out.push(Output::People);
    }
}

/// The line of an item, if it can be used and is what it came as.
fn read(item: &Item) -> Result<Line, Aside> {
    let aside = |why| Aside { id: item.id, why };
    if item.seal != 0 {
        return Err(aside(None));
    }
    let line = Line::read(&item.line).map_err(|why| aside(Some(why)))?;
    if (line.entry.id, line.entry.t) == (item.id, item.t) { Ok(line) } else { Err(aside(None)) }
}
