//! The report for courses: each step with the wall as the log says it stood when the step was done.

use std::sync::Arc;

use serde_json::json;
use squall::command::{Area, Command, NewNote};
use squall::format::report::{Form, Template, write};
use squall::model::NoteKind::{Actor, Aggregate, Command as Wish, DomainEvent, Policy};
use squall::model::{Frame, Id, NoteKind, PersonId, Point};
use squall::session::clock::MachineClock;
use squall::session::order::growth;
use squall::session::{Seat, Wall};
use squall::words::Lang;

/// A wall, and the only person before it.
struct Course {
    wall: Wall,
    seat: Seat,
}

impl Course {
    fn new() -> Course {
        let seat = Seat::new(PersonId("p1".into()), "민수", Arc::new(MachineClock));
        Course { wall: Wall::new("b1"), seat }
    }

    fn act(&mut self, command: &Command) -> Vec<Id> {
        self.seat.perform(&mut self.wall, command).expect("it is allowed").made
    }

    fn place(&mut self, notes: &[(NoteKind, &str, i32)]) -> Vec<Id> {
        let note =
            |(kind, wording, x): &(NoteKind, &str, i32)| NewNote::new(*kind, *wording).at(Point::new(*x, 0));
        self.act(&Command::PlaceNotes { notes: notes.iter().map(note).collect(), arrows: Vec::new() })
    }

    /// The text of each section, and the picture in it.
    fn sections(&self, form: Form) -> Vec<String> {
        let growth = growth(self.wall.history());
        let text = write(self.wall.board(), Some(&growth), Template::Bootcamp, form, Lang::En);
        let parts = text.split(if form == Form::Html { "<section" } else { "\n## " });
        parts.map(str::to_owned).collect()
    }
}

/// The wall of a course whose room changed its mind, more than once.
fn course() -> Course {
    let mut course = Course::new();
    let events = course.place(&[
        (DomainEvent, "Order placed", 60),
        (DomainEvent, "Page opened", 100),
        (DomainEvent, "Order sent", 140),
        (DomainEvent, "Order posted", 180),
    ]);
    course.act(&Command::SetAside { notes: vec![events[1]], reason: Some("a screen".into()) });
    course.act(&Command::Remove { things: vec![events[3]] });
    let commands = course.place(&[(Actor, "Guest", 0), (Wish, "Place order", 20)]);
    course.act(&Command::Reword { note: commands[1], wording: "Order now".into() });
    course.place(&[(Aggregate, "Basket", 40)]);
    let details = [("name".to_owned(), json!("Sales"))].into_iter().collect();
    let area = Area::Around(vec![events[0], commands[1]]);
    course.act(&Command::FrameContext { frame: Frame::Context, area, details });
    course.place(&[(Policy, "Whenever an order is placed, send it", 220)]);
    course.place(&[(DomainEvent, "Order lost", 300)]);
    course.act(&Command::Reword { note: events[0], wording: "Order taken".into() });
    course.act(&Command::Remove { things: vec![commands[0]] });
    course
}

#[test]
fn each_step_shows_the_wall_as_it_was_when_the_step_was_done() {
    let course = course();
    for form in [Form::Markdown, Form::Html] {
        let parts = course.sections(form);
        let part = |heading: &str| {
            let has = |part: &&String| part.lines().take(2).any(|line| line.contains(heading));
            parts.iter().rfind(has).expect("the section is there").as_str()
        };
        let check = |heading, has: &[&str], lacks: &[&str]| {
            let text = part(heading);
            has.iter().for_each(|it| assert!(text.contains(it), "{it} is missing: {text}"));
            lacks.iter().for_each(|it| assert!(!text.contains(it), "{it} is too early or too late: {text}"));
        };
        check(
            "Finding events",
            &["Order placed", "Page opened", "Order posted"],
            &["Order taken", "Order lost", "Place order"],
        );
        check("dropped", &["Page opened", "a screen", "Order posted", "Order placed"], &["Order taken"]);
        check(
            "actors and commands",
            &["Order now", "Guest", "Order placed"],
            &["Page opened", "Order posted", "Basket"],
        );
        check("aggregates", &["Basket", "Guest"], &["Sales", "Whenever"]);
        check("Drawing", &["Sales", "Basket"], &["Whenever", "Order lost"]);
        check("Adding policies", &["Whenever", "Order lost", "Order taken"], &["Guest", "Order placed"]);
    }
}
