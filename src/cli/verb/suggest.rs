use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::progress::steps;
use crate::cli::wall::not_saved;
use crate::command::Command;
use crate::model::Id;
use crate::query::suggest::{
    Bond, Cut, GRANULARITIES, Group, Method, NOTES_MAX, Reason, Seam, SeamKind, Suggestion, Telling,
    group_line, suggest,
};
use crate::session::proposal::framed;
use crate::words::Said;

/// Proposes bounded contexts.
#[derive(Args)]
#[command(about = "cli-suggest")]
pub(super) struct Suggest {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(long, value_name = "value-by", help = "arg-by", default_value = "communities")]
    by: By,
    #[arg(long, value_name = "value-granularity", help = "arg-granularity", value_parser = granularity)]
    granularity: Option<usize>,
    #[arg(long, value_name = "value-accept", help = "arg-accept", value_parser = accepted)]
    accept: Option<Accept>,
    #[arg(long, help = "arg-json")]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum By {
    Communities,
    Aggregates,
    Islands,
}

/// Which of the proposed contexts are to be drawn, from 1.
#[derive(Clone, Debug)]
enum Accept {
    All,
    Some(Vec<usize>),
}

fn granularity(text: &str) -> Result<usize, Said> {
    let number = text.parse().ok().filter(|number| (1..=GRANULARITIES.len()).contains(number));
    number.ok_or_else(|| Said::new("suggest-no-granularity").with("max", GRANULARITIES.len()))
}

fn accepted(text: &str) -> Result<Accept, Said> {
    if text == "all" {
        return Ok(Accept::All);
    }
    let numbers: Option<Vec<usize>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
    numbers.map(Accept::Some).ok_or_else(|| Said::new("suggest-no-list"))
}

impl By {
    fn method(self) -> Method {
        match self {
            By::Communities => Method::Communities,
            By::Aggregates => Method::Aggregates,
            By::Islands => Method::Islands,
        }
    }
}

impl Verb for Suggest {
    fn run(self, face: &mut Face) -> Outcome {
        let wall = face.look(&self.board)?;
        let board = wall.board();
        let flow = &wall.projection().flow;
        let suggestion = suggest(board, flow, &mut steps(board, "suggest-progress", face.lang))
            .ok_or_else(|| Failure::refusal(Said::new("suggest-too-many").with("max", NOTES_MAX)))?;
        let granularity = self.granularity.map_or(suggestion.chosen(), |number| number - 1);
        let cut = suggestion.cut(self.by.method(), granularity);
        if cut.groups.is_empty() {
            return Err(Failure::refusal(Said::new("suggest-none")));
        }
        let telling = Telling { board, granularity };
        if let Some(accept) = &self.accept {
            let commands = drawn(&cut, accept)?;
            return self.draw(commands, face);
        }
        if self.json {
            let cuts = Method::ALL
                .map(|method| json(&suggestion, granularity, &suggestion.cut(method, granularity)) + "\n");
            print(cuts.concat())?;
        } else {
            let told = told(telling, &cut).into_iter().chain(others(telling, &suggestion, cut.method));
            let line =
                |(depth, said): (usize, Said)| format!("{:1$}{2}\n", "", 3 * depth, said.speak(face.lang));
            print(told.map(line).collect::<String>())?;
            face.tell(&Said::new("suggest-try").with("board", &self.board));
        }
        Ok(Done::Well)
    }
}

impl Suggest {
    /// Draws frames, one deed each, so that one undo takes one back.
    fn draw(&self, commands: Vec<(String, Command)>, face: &mut Face) -> Outcome {
        let mut wall = face.open(&self.board)?;
        let mut seat = face.seat(&face.saves()?);
        for (name, command) in commands {
            seat.perform(&mut wall, &command)?.wait().map_err(not_saved)?;
            face.tell(&Said::new("suggest-drawn").with("name", name));
        }
        face.close(wall)?;
        Ok(Done::Well)
    }
}

/// The frames that were accepted, by name, each as a command.
fn drawn(cut: &Cut, accept: &Accept) -> Outcome<Vec<(String, Command)>> {
    let numbers = match accept {
        Accept::All => (1..=cut.groups.len()).collect(),
        Accept::Some(numbers) => numbers.clone(),
    };
    let frame = |number: usize| {
        let group = number.checked_sub(1).and_then(|at| cut.groups.get(at));
        let none = Said::new("suggest-no-such").with("number", number).with("count", cut.groups.len());
        let group = group.ok_or_else(|| Failure::refusal(none))?;
        let stands = || Said::new("suggest-framed").with("number", number).with("name", &group.name);
        let command = framed(group).ok_or_else(|| Failure::refusal(stands()))?;
        Ok((group.name.clone(), command))
    };
    numbers.into_iter().map(frame).collect()
}

/// One cut with all its reasons, each line with how far in it stands.
fn told(telling: Telling<'_>, cut: &Cut) -> Vec<(usize, Said)> {
    let mut told = vec![(0, telling.head(cut))];
    for (number, group) in (1..).zip(&cut.groups) {
        told.push((0, group_line(number, group)));
        told.extend(telling.group(cut, group).into_iter().map(|said| (1, said)));
    }
    told
}

/// The other cuts, a line each.
fn others<'a>(
    telling: Telling<'a>,
    suggestion: &'a Suggestion<'a>,
    told: Method,
) -> impl Iterator<Item = (usize, Said)> + 'a {
    let others = Method::ALL.into_iter().filter(move |method| *method != told);
    let heads = others.map(move |method| (1, telling.head(&suggestion.cut(method, telling.granularity))));
    std::iter::once((0, Said::new("suggest-others"))).chain(heads)
}

/// One cut as one line of JSON.
fn json(suggestion: &Suggestion<'_>, granularity: usize, cut: &Cut) -> String {
    json!({
        "by": cut.method.id(),
        "granularity": granularity + 1,
        "chosen": granularity == suggestion.chosen(),
        "kept": cut.kept,
        "contexts": cut.groups.iter().map(group_json).collect::<Vec<_>>(),
    })
    .to_string()
}

fn group_json(group: &Group) -> Value {
    let ids = |ids: &[Id]| ids.iter().map(Id::to_string).collect::<Vec<_>>();
    let reason = |reason: &Reason| {
        let (bond, word) = match &reason.bond {
            Bond::Step => ("step", None),
            Bond::SameAggregate => ("same-aggregate", None),
            Bond::Words(word) => ("words", Some(word)),
            Bond::Near => ("near", None),
        };
        json!({"from": reason.from, "to": reason.to, "bond": bond, "word": word, "weight": reason.weight})
    };
    let seam = |seam: &Seam| {
        let kind = match seam.kind {
            SeamKind::Event => "event",
            SeamKind::Order => "order",
            SeamKind::Query => "query",
            SeamKind::Tight => "tight",
        };
        let (from, to) = (seam.edge.from, seam.edge.to);
        json!({"from": from, "to": to, "kind": kind, "other": seam.other + 1, "out": seam.is_out})
    };
    let doubts = group.doubts.iter();
    let doubts = doubts.map(|it| json!({"note": it.note, "support": it.support, "other": it.other + 1}));
    json!({
        "name": group.name,
        "notes": ids(&group.notes),
        "rect": [group.rect.at.x, group.rect.at.y, group.rect.size.w, group.rect.size.h],
        "stands-in": group.stands_in.map(|(frame, count)| json!({"context": frame, "notes": count})),
        "strangers": ids(&group.strangers),
        "reasons": group.reasons.iter().map(reason).collect::<Vec<_>>(),
        "seams": group.seams.iter().map(seam).collect::<Vec<_>>(),
        "ended-by": ids(&group.ended_by),
        "conductance": group.conductance,
        "stability": group.stability,
        "doubts": doubts.collect::<Vec<_>>(),
    })
}
