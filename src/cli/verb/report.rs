use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Failure, Outcome};
use crate::cli::file::read;
use crate::cli::progress::steps;
use crate::format::report::{Form, Template, fill, write_watched};
use crate::format::text_in;
use crate::model::Board;
use crate::session::file::put;
use crate::session::order::growth;
use crate::words::{Lang, Said};

/// Writes what a wall says for people who have never seen it.
#[derive(Args)]
#[command(about = "cli-report")]
pub(super) struct Report {
    #[arg(value_name = "value-board", help = "arg-board")]
    board: String,
    #[arg(long, value_name = "value-form", help = "arg-report-form")]
    format: Option<Written>,
    #[arg(long, value_name = "value-template", help = "arg-template-report", default_value = "default", value_parser = template)]
    template: Chosen,
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

#[derive(Clone, Debug)]
enum Chosen {
    Brought(Template),
    /// The file of somebody's own.
    Own(PathBuf),
}

/// A name that squall knows, or else a file.
fn template(name: &str) -> Result<Chosen, Said> {
    let found = Template::ALL.into_iter().find(|template| template.name() == name);
    let is_file = name.contains(['.', '/', MAIN_SEPARATOR]) || Path::new(name).exists();
    match found {
        Some(template) => Ok(Chosen::Brought(template)),
        None if is_file => Ok(Chosen::Own(name.into())),
        None => {
            let names = Template::ALL.map(Template::name).join(" ");
            Err(Said::new("cli-values-or-file").with("values", names))
        }
    }
}

impl Written {
    fn form(self) -> Form {
        match self {
            Written::Md => Form::Markdown,
            Written::Html => Form::Html,
        }
    }
}

impl Verb for Report {
    fn run(self, face: &mut Face) -> Outcome {
        let output = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let told = self.format.map(Written::form).or_else(|| output.and_then(Form::told_by_ending));
        let is_brought = matches!(self.template, Chosen::Brought(_));
        if told.is_none() && output.is_some() && is_brought {
            let asked = Failure::usage(Said::new("cli-no-report-form"));
            return Err(asked.try_next(&["report", &self.board, "--format", "html"]));
        }
        let form = told.unwrap_or(Form::Markdown);
        let wall = face.look(&self.board)?;
        let text = match &self.template {
            Chosen::Brought(template) => {
                let growth = (*template == Template::Bootcamp).then(|| growth(wall.history()));
                let mut watch = steps(wall.board(), "handout-progress", face.lang);
                write_watched(wall.board(), growth.as_ref(), *template, form, face.lang, &mut watch)
                    .expect("nobody breaks off")
            }
            Chosen::Own(path) => own(wall.board(), path, form, face.lang)?,
        };
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

/// The report by a template of somebody's own, which is HTML where its name or the form says so.
fn own(board: &Board, path: &Path, form: Form, lang: Lang) -> Outcome<String> {
    let bytes = read(path)?;
    let is_html = form == Form::Html || Form::told_by_ending(path) == Some(Form::Html);
    let refused =
        |said| Failure::usage(Said::new("cli-template-fails").with("path", path.display())).because(said);
    let template = text_in(&bytes).map_err(refused)?;
    fill(board, template, is_html, lang).map_err(refused)
}
