//! A wall without a screen: lines in, lines out, for screen readers and for terminals that can do no more.
//!
//! Every note has a number, which it keeps while the talk lasts. What is understood are the verbs of `squall do`, rows
//! of the text form, and a few words to look around; one line is told for each thing that happened.

use std::io::{self, IsTerminal as _};

use super::ask::{ASKS, Names, Request, read_words};
use super::face::{Face, print};
use super::failure::{Done, Outcome};
use super::input::Input;
use crate::model::text::SafeText;
use crate::model::{Id, Note};
use crate::query::{Query, tell};
use crate::session::{Performed, Retold, Seat, Wall};
use crate::words::{Said, say};

/// What a word does, with what stands behind it.
type Run = fn(&mut Talk<'_>, &str) -> Outcome<()>;

/// Words to look around: each with what it does and the key of how it is told.
const WORDS: [(&str, Run, &str); 5] = [
    ("list", |talk, _| talk.list(), "plain-word-list"),
    ("show", |talk, rest| talk.show(rest), "plain-word-show"),
    ("find", |talk, rest| talk.find(rest), "plain-word-find"),
    ("help", |talk, _| talk.help(), "plain-word-help"),
    ("quit", |talk, _| talk.quit(), "plain-word-quit"),
];

/// Signs that join the notes of a row.
const JOINTS: [&str; 3] = [" > ", " ~> ", " => "];

/// Somebody and a wall, talking.
struct Talk<'a> {
    wall: Wall,
    seat: Seat,
    face: &'a Face,
    /// Notes by their numbers, from 1.
    numbered: Vec<Id>,
    over: bool,
}

/// Talks until there is nothing more to read, or the person is done.
pub(crate) fn talk(wall: Wall, seat: Seat, face: &Face) -> Outcome {
    let mut talk = Talk { wall, seat, face, numbered: Vec::new(), over: false };
    let done = talk.go();
    talk.face.close(talk.wall).and(done.map(|()| Done::Well))
}

impl Talk<'_> {
    fn go(&mut self) -> Outcome<()> {
        let input = Input::start(&mut self.wall);
        self.number();
        let title = SafeText::line(self.wall.board().title()).into_string();
        let count = self.wall.projection().space.len();
        self.answer(&Said::new("plain-begin").with("title", title).with("count", count))?;
        while !self.over {
            if io::stdin().is_terminal() && io::stdout().is_terminal() {
                print("> ")?;
            }
            match input.next(&mut self.wall)? {
                None => break,
                Some(Ok(line)) => {
                    self.number();
                    self.hear(line.trim())?;
                }
                Some(Err(why)) => self.answer(&why)?,
            }
        }
        Ok(())
    }

    fn hear(&mut self, line: &str) -> Outcome<()> {
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        if let Some((_, run, _)) = WORDS.iter().find(|row| row.0 == first) {
            return run(self, rest.trim());
        }
        let is_verb = ASKS.iter().any(|row| row.verb == first);
        let is_row = !is_verb && JOINTS.iter().any(|joint| line.contains(joint));
        let words = if is_row { vec!["line".to_owned(), line.to_owned()] } else { split(line) };
        let names = Names { board: self.wall.board(), made: &[], listed: &self.numbered };
        match read_words(&words, &names) {
            Ok(request) => self.perform(request),
            Err(why) => self.answer(&why),
        }
    }

    /// Does it, and tells each thing that happened.
    fn perform(&mut self, request: Request) -> Outcome<()> {
        let done = match request {
            Request::Do(command, remarks) => {
                for remark in &remarks {
                    self.answer(remark)?;
                }
                let before = self.wall.board().clone();
                self.seat.perform(&mut self.wall, &command).map(|performed| {
                    let told = tell(&performed.applied, &before, self.wall.board());
                    (performed, told)
                })
            }
            Request::Undo => self.seat.undo(&mut self.wall).map(|retold| back("tell-undone", retold)),
            Request::Redo => self.seat.redo(&mut self.wall).map(|retold| back("tell-redone", retold)),
        };
        let (performed, told) = match done {
            Ok(done) => done,
            Err(refusal) => return self.answer(&refusal.said()),
        };
        if let Err(why) = performed.wait() {
            self.answer(&Said::new("plain-not-saved").with_said("cause", why))?;
        }
        for said in &told {
            self.answer(said)?;
        }
        self.number();
        self.notes(&performed.made)
    }

    fn list(&mut self) -> Outcome<()> {
        let notes: Vec<Id> = self.wall.projection().timeline.iter().collect();
        if notes.is_empty() { self.answer(&Said::new("plain-empty")) } else { self.notes(&notes) }
    }

    fn find(&mut self, words: &str) -> Outcome<()> {
        let found = Query::parse(words).find(self.wall.board(), self.wall.projection());
        if found.is_empty() { self.answer(&Said::new("plain-nothing")) } else { self.notes(&found) }
    }

    /// One note, what leads to it and what follows from it.
    fn show(&mut self, name: &str) -> Outcome<()> {
        let board = self.wall.board();
        let names = Names { board, made: &[], listed: &self.numbered };
        let id = match names.find(name) {
            Ok(id) => id,
            Err(why) => return self.answer(&why),
        };
        let Some(note) = board.notes.get(&id) else { return self.answer(&Said::new("plain-nothing")) };
        let mut lines = vec![self.line(note)];
        for arrow in self.wall.projection().wires.arrows_at(id).iter().filter_map(|id| board.arrows.get(id)) {
            let (key, other) =
                if arrow.from == id { ("plain-to", arrow.to) } else { ("plain-from", arrow.from) };
            let other = board.notes.get(&other).map(|note| self.line(note));
            lines.extend(other.map(|line| Said::new(key).with("note", line).speak(self.face.lang)));
        }
        for stuck in self.wall.projection().space.stuck_on(id) {
            let stuck = board.notes.get(stuck).map(|note| self.line(note));
            lines.extend(stuck.map(|line| Said::new("plain-stuck").with("note", line).speak(self.face.lang)));
        }
        print(lines.join("\n") + "\n")
    }

    fn help(&mut self) -> Outcome<()> {
        let lang = self.face.lang;
        let words = WORDS.iter().map(|row| say(lang, row.2).to_owned());
        let forms = ASKS.iter().map(|row| Said::new(row.form).speak(lang));
        let lines: Vec<String> = words.chain([say(lang, "plain-numbers").to_owned()]).chain(forms).collect();
        print(lines.join("\n") + "\n")
    }

    fn quit(&mut self) -> Outcome<()> {
        self.over = true;
        Ok(())
    }

    /// Tells these notes, each in a line.
    fn notes(&self, ids: &[Id]) -> Outcome<()> {
        let board = self.wall.board();
        let lines = ids.iter().filter_map(|id| board.notes.get(id)).map(|note| self.line(note) + "\n");
        print(lines.collect::<String>())
    }

    /// A note in a line: its number, its kind, its wording, where it leads.
    fn line(&self, note: &Note) -> String {
        let lang = self.face.lang;
        let number = |id: &Id| self.numbered.iter().position(|other| other == id).map(|at| at + 1);
        let (board, projection) = (self.wall.board(), self.wall.projection());
        let arrows = projection.wires.arrows_at(note.id).iter().filter_map(|id| board.arrows.get(id));
        let leads = arrows.filter(|arrow| arrow.from == note.id).filter_map(|arrow| number(&arrow.to));
        let leads: Vec<String> = leads.map(|number| number.to_string()).collect();
        let wording = SafeText::line(&note.text().replace('\n', " ")).into_string();
        let said = Said::new("plain-note")
            .with("number", number(&note.id).unwrap_or(0))
            .with("kind", note.kind.label(lang))
            .with("wording", wording);
        match &leads[..] {
            [] => said.speak(lang),
            leads => {
                Said::new("plain-leads").with_said("note", said).with("numbers", leads.join(", ")).speak(lang)
            }
        }
    }

    /// Gives every note that has none the next number.
    fn number(&mut self) {
        let new = self.wall.projection().timeline.iter().filter(|id| !self.numbered.contains(id));
        let new: Vec<Id> = new.collect();
        self.numbered.extend(new);
    }

    fn answer(&self, said: &Said) -> Outcome<()> {
        print(said.speak(self.face.lang) + "\n")
    }
}

/// A deed that was taken back or done again, and what is to be told of it.
fn back(key: &'static str, retold: Retold) -> (Performed, Vec<Said>) {
    let told = retold.told.into_iter().map(|said| Said::new(key).with_said("what", said));
    (retold.performed, told.collect())
}

/// Words at blanks; quotes keep them together.
fn split(line: &str) -> Vec<String> {
    let (mut words, mut open, mut quoted) = (Vec::new(), None::<String>, false);
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                open.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => words.extend(open.take()),
            c => open.get_or_insert_default().push(c),
        }
    }
    words.extend(open);
    words
}
