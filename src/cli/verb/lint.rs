use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Outcome};
use crate::cli::file::read;
use crate::cli::wall::not_saved;
use crate::command::Command;
use crate::format::sarif::{Place, sarif};
use crate::model::{Board, EntryId, Level};
use crate::query::Projection;
use crate::query::lint::{Finding, Fix, Lint as Findings, RULES, Rule, Severity, rule};
use crate::session::Wall;
use crate::session::mend::mending;
use crate::words::{Key, Said};

/// Remarks on a wall what a colleague would.
#[derive(Args)]
#[command(about = "cli-lint")]
pub(super) struct Lint {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(long, value_name = "value-level", help = "arg-lint-level", value_parser = level)]
    level: Option<Level>,
    #[arg(
        long = "rule",
        value_name = "value-rules",
        help = "arg-rule",
        value_delimiter = ',',
        value_parser = named
    )]
    rules: Vec<&'static Rule>,
    #[arg(long, value_name = "value-form", help = "arg-lint-format", default_value = "text")]
    format: Form,
    #[arg(long, value_name = "value-severity", help = "arg-fail-on", default_value = "warning")]
    fail_on: FailOn,
    #[arg(long, help = "arg-fix", conflicts_with = "level")]
    fix: bool,
}

#[derive(Clone, Copy, PartialEq, Debug, ValueEnum)]
enum Form {
    Text,
    Json,
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Hint,
    Never,
}

fn level(text: &str) -> Result<Level, Said> {
    let values = || Level::ALL.map(Level::id).join(" ");
    text.parse().map_err(|()| Said::new("cli-values").with("values", values()))
}

fn named(id: &str) -> Result<&'static Rule, Said> {
    let ids = || RULES.iter().map(|rule| rule.id).collect::<Vec<_>>().join(" ");
    rule(id).ok_or_else(|| Said::new("cli-values").with("values", ids()))
}

impl FailOn {
    fn is_met_by(self, severity: Severity) -> bool {
        match self {
            FailOn::Error => severity <= Severity::Error,
            FailOn::Warning => severity <= Severity::Warning,
            FailOn::Hint => true,
            FailOn::Never => false,
        }
    }
}

impl Verb for Lint {
    fn run(self, face: &mut Face) -> Outcome {
        let wall = if self.fix { self.mend(face)? } else { face.look(&self.board)? };
        let mut board = wall.board().clone();
        if let Some(level) = self.level {
            board.details.insert("level".to_owned(), level.id().into());
        }
        let found = self.found(&board);
        match self.format {
            Form::Text => print(found.iter().map(|finding| line(finding, face)).collect::<String>())?,
            Form::Json => print(found.iter().map(|finding| object(finding, face)).collect::<String>())?,
            Form::Sarif => print(sarif(&found, &board, &place(&wall)?, face.lang))?,
        }
        if self.format == Form::Text {
            let count = |severity| found.iter().filter(|it| it.rule.severity == severity).count();
            let [errors, warnings, hints] = [Severity::Error, Severity::Warning, Severity::Hint].map(count);
            face.tell(
                &Said::new("lint-counts")
                    .with("errors", errors)
                    .with("warnings", warnings)
                    .with("hints", hints),
            );
        }
        if self.fix {
            face.close(wall)?;
        }
        let is_met = found.iter().any(|finding| self.fail_on.is_met_by(finding.rule.severity));
        Ok(if is_met { Done::Found } else { Done::Well })
    }
}

impl Lint {
    fn found(&self, board: &Board) -> Vec<Finding> {
        let lint = Findings::of(board, &Projection::of(board));
        let is_asked = |finding: &&Finding| self.rules.is_empty() || self.rules.contains(&finding.rule);
        lint.findings().filter(is_asked).cloned().collect()
    }

    /// Does what can be mended without anybody thinking about it, as one deed.
    fn mend(&self, face: &mut Face) -> Outcome<Wall> {
        let mut wall = face.open(&self.board)?;
        let found = self.found(wall.board());
        let mechanical = found.iter().filter(|finding| finding.fix.as_ref().is_some_and(Fix::is_mechanical));
        let commands: Vec<Command> =
            mechanical.filter_map(|finding| mending(finding, wall.board(), face.lang)).collect();
        let count = commands.len();
        if count > 0 {
            let mut seat = face.seat(&face.saves()?);
            seat.perform(&mut wall, &Command::All(commands))?.wait().map_err(not_saved)?;
        }
        face.tell(&Said::new("lint-mended").with("count", count));
        Ok(wall)
    }
}

/// The key of what a severity is called.
fn called(severity: Severity) -> Key {
    match severity {
        Severity::Error => Key("lint-error"),
        Severity::Warning => Key("lint-warning"),
        Severity::Hint => Key("lint-hint"),
    }
}

fn line(finding: &Finding, face: &Face) -> String {
    let (said, todo) = (finding.said.speak(face.lang), finding.rule.todo().speak(face.lang));
    let severity = called(finding.rule.severity).say(face.lang);
    format!("{severity} {}: {said}\n   {todo}\n", finding.rule.id)
}

fn object(finding: &Finding, face: &Face) -> String {
    let rule = finding.rule;
    let mut object = json!({
        "rule": rule.id,
        "severity": rule.severity.id(),
        "about": finding.about,
        "others": finding.others,
        "say": finding.said.speak(face.lang),
        "why": rule.why.say(face.lang),
        "do": rule.todo.say(face.lang),
    });
    if let Some(Fix::Reword(wording)) = &finding.fix {
        object["reword"] = wording.as_str().into();
    }
    format!("{object}\n")
}

/// The file of a wall and the line of each entry in it.
fn place(wall: &Wall) -> Outcome<Place> {
    let Some(path) = wall.path() else { return Ok(Place::default()) };
    let bytes = read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    let entry =
        |line: &str| -> Option<EntryId> { line.split_once("\"id\":\"")?.1.split_once('"')?.0.parse().ok() };
    let lines = (1..).zip(text.lines()).filter_map(|(at, line)| Some((entry(line)?, at)));
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Place { file, lines: lines.collect::<BTreeMap<_, _>>() })
}
