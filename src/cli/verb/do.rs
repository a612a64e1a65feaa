use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use clap::Args;
use serde_json::json;

use super::Verb;
use crate::cli::ask::{Names, Request, made_by, read_json, read_words};
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::input::Input;
use crate::cli::wall::not_saved;
use crate::command::Command;
use crate::model::Id;
use crate::session::saves::Ticket;
use crate::session::{Performed, Refusal, Retold, Seat, Wall};
use crate::words::{Lang, Said};

/// Deeds that may wait to be answered before more are read.
const WAITING_MAX: usize = 1_024;

/// Does something on a board: one deed in words, or one in every line of standard input.
#[derive(Args)]
#[command(about = "cli-do", after_help = "cli-do-after")]
pub(super) struct Do {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(long, help = "arg-atomic")]
    atomic: bool,
    #[arg(
        value_name = "value-words",
        help = "arg-words",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    words: Vec<String>,
}

impl Verb for Do {
    fn run(self, face: &mut Face) -> Outcome {
        let from_input = self.words == ["-"] || self.words.is_empty() && !io::stdin().is_terminal();
        if self.words.is_empty() && !from_input {
            return Err(Failure::usage(Said::new("do-nothing-said")).try_next(&["do", "--help"]));
        }
        let (wall, seat) = (face.open(&self.board)?, face.seat(&face.saves()?));
        let mut desk = Desk { wall, seat, made: Vec::new(), face };
        let done = match (from_input, self.atomic) {
            (false, _) => desk.answer_words(&self.words),
            (true, false) => desk.answer_lines(),
            (true, true) => desk.answer_at_once(),
        };
        desk.face.close(desk.wall).and(done)
    }
}

/// Somebody before an open wall.
struct Desk<'a> {
    wall: Wall,
    seat: Seat,
    /// What each answered line made.
    made: Vec<Vec<Id>>,
    face: &'a Face,
}

/// A deed that was done, and where it retold another what that one had done.
struct Reply {
    performed: Performed,
    told: Option<Vec<Said>>,
}

impl From<Retold> for Reply {
    fn from(retold: Retold) -> Reply {
        Reply { performed: retold.performed, told: Some(retold.told) }
    }
}

/// What is answered to a line, once its deed is on the disk.
struct Answer {
    text: String,
    ticket: Option<Ticket>,
    is_refusal: bool,
}

impl Answer {
    fn done(Reply { performed, told }: &Reply, lang: Lang) -> Answer {
        let mut answer = json!({"entry": performed.entry, "made": performed.made});
        if let Some(told) = told {
            answer["say"] = told.iter().map(|said| said.speak(lang)).collect::<Vec<_>>().join(" · ").into();
        }
        let text = answer.to_string();
        Answer { text, ticket: performed.ticket.clone(), is_refusal: false }
    }

    fn refused(said: &Said, lang: Lang) -> Answer {
        let text = json!({"refused": {"code": said.key.0, "say": said.speak(lang)}}).to_string();
        Answer { text, ticket: None, is_refusal: true }
    }

    /// Prints it when its deed is on the disk.
    fn give(&self) -> Outcome<()> {
        self.ticket.as_ref().map_or(Ok(()), Ticket::wait).map_err(not_saved)?;
        print(format!("{}\n", self.text))
    }
}

impl Desk<'_> {
    fn names(&self) -> Names<'_> {
        Names { board: self.wall.board(), made: &self.made, listed: &[] }
    }

    fn perform(&mut self, request: Request) -> Result<Reply, Said> {
        let refused = |refusal: Refusal| refusal.said();
        match request {
            Request::Do(command, remarks) => {
                remarks.iter().for_each(|remark| self.face.tell(remark));
                let performed = self.seat.perform(&mut self.wall, &command).map_err(refused)?;
                Ok(Reply { performed, told: None })
            }
            Request::Undo => self.seat.undo(&mut self.wall).map(Reply::from).map_err(refused),
            Request::Redo => self.seat.redo(&mut self.wall).map(Reply::from).map_err(refused),
        }
    }

    /// One deed in words: the answer in JSON, and a refusal for people too.
    fn answer_words(&mut self, words: &[String]) -> Outcome {
        let performed = read_words(words, &self.names()).and_then(|request| self.perform(request));
        match performed {
            Ok(reply) => Answer::done(&reply, self.face.lang).give().map(|()| Done::Well),
            Err(said) => {
                Answer::refused(&said, self.face.lang).give()?;
                Err(Failure::refusal(said))
            }
        }
    }

    /// A deed for each line. The next lines are read while the first are on their way to the disk, so that many share
    /// one sync; answers keep the order of the lines.
    fn answer_lines(&mut self) -> Outcome {
        let (sender, answers) = sync_channel(WAITING_MAX);
        thread::scope(|scope| {
            let giver = scope.spawn(move || give_all(&answers));
            let read = self.perform_lines(&sender);
            drop(sender);
            let given = giver.join().expect("giving answers does not panic");
            given.and_then(|done| read.map(|()| done))
        })
    }

    fn perform_lines(&mut self, answers: &SyncSender<Answer>) -> Outcome<()> {
        let input = Input::start(&mut self.wall);
        while let Some(line) = input.next(&mut self.wall)? {
            let performed = line
                .and_then(|line| read_json(&line, &self.names()))
                .and_then(|request| self.perform(request));
            let answer = match &performed {
                Ok(reply) => Answer::done(reply, self.face.lang),
                Err(said) => Answer::refused(said, self.face.lang),
            };
            self.made.push(performed.map_or_else(|_| Vec::new(), |reply| reply.performed.made));
            if answers.send(answer).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// All lines as one deed: what a line makes is named for the next ones by its place in the deed.
    fn answer_at_once(&mut self) -> Outcome {
        let mut commands: Vec<Command> = Vec::new();
        let mut count = 0;
        let input = Input::start(&mut self.wall);
        while let Some(line) = input.next(&mut self.wall)? {
            let request = line.and_then(|line| read_json(&line, &self.names()));
            let command = request.and_then(|request| match request {
                Request::Do(command, remarks) => {
                    remarks.iter().for_each(|remark| self.face.tell(remark));
                    Ok(command)
                }
                Request::Undo | Request::Redo => Err(Said::new("do-not-atomic")),
            });
            match command {
                Ok(command) => {
                    let makes = made_by(&command);
                    self.made.push((count..count + makes).map(Id::made).collect());
                    count += makes;
                    commands.push(command);
                }
                Err(said) => {
                    let said =
                        Said::new("do-line-refused").with("line", self.made.len() + 1).with_said("why", said);
                    return refuse(&said, self.face.lang);
                }
            }
        }
        match self.perform(Command::All(commands).into()) {
            Ok(reply) => Answer::done(&reply, self.face.lang).give().map(|()| Done::Well),
            Err(said) => refuse(&said, self.face.lang),
        }
    }
}

fn refuse(said: &Said, lang: Lang) -> Outcome {
    Answer::refused(said, lang).give().map(|()| Done::Found)
}

fn give_all(answers: &Receiver<Answer>) -> Outcome {
    let mut done = Done::Well;
    for answer in answers {
        answer.give()?;
        if answer.is_refusal {
            done = Done::Found;
        }
    }
    Ok(done)
}
