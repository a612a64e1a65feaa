use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::file::put;
use crate::format::report::{Form, Template, write};
use crate::words::Said;

/// Writes what a wall says for people who have never seen it.
#[derive(Args)]
#[command(about = "cli-report")]
pub(super) struct Report {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(long, value_name = "value-form", help = "arg-report-form")]
    format: Option<Written>,
    #[arg(long, value_name = "value-template", help = "arg-template-report", default_value = "default", value_parser = template)]
    template: Template,
    #[arg(short, long, value_name = "value-file", help = "arg-out-file")]
    output: Option<PathBuf>,
    #[arg(long, help = "arg-force-file")]
    force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Written {
    Md,
    Html,
}

fn template(name: &str) -> Result<Template, Said> {
    let found = Template::ALL.iter().find(|(known, _)| *known == name).map(|(_, template)| *template);
    let names = || Template::ALL.map(|(name, _)| name).join(" ");
    found.ok_or_else(|| Said::new("cli-values").with("values", names()))
}

impl Written {
    fn form(self) -> Form {
        match self {
            Written::Md => Form::Markdown,
            Written::Html => Form::Html,
        }
    }

    /// What the ending of a file asks for.
    fn told_by_ending(path: &Path) -> Option<Written> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        match ending.as_str() {
            "md" | "markdown" => Some(Written::Md),
            "html" | "htm" => Some(Written::Html),
            _ => None,
        }
    }
}

impl Verb for Report {
    fn run(self, face: &mut Face) -> Outcome {
        let output = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let told = self.format.or_else(|| output.and_then(Written::told_by_ending));
        if told.is_none() && output.is_some() {
            let asked = Failure::usage(Said::new("cli-no-report-form"));
            return Err(asked.try_next(&["report", &self.board, "--format", "html"]));
        }
        let form = told.unwrap_or(Written::Md).form();
        let wall = face.look(&self.board)?;
        let text = write(wall.board(), self.template, form, face.lang);
        match output {
            None => print(text)?,
            Some(path) => {
                put(path, &text, self.force)?;
                face.tell(&Said::new("cli-report-written").with("path", path.display()));
            }
        }
        Ok(Done::Well)
    }
}
