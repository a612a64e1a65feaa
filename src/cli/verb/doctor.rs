use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use clap::Args;
use serde_json::json;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Outcome};
use crate::cli::terminal;
use crate::session::saves::error::cause;
use crate::tui::keymap::remarks;
use crate::tui::probe::Answers;
use crate::tui::terminal::ask;
use crate::tui::theme::{Depth, Shade};
use crate::words::{Said, say};

/// A wall is worked on with ease from this size on.
const SIZE_MIN: (u16, u16) = (80, 24);
/// Says what this terminal and this machine can do for a wall.
#[derive(Args)]
#[command(about = "cli-doctor")]
pub(super) struct Doctor {
    #[arg(long, help = "arg-json")]
    json: bool,
}

/// One thing that was looked at.
struct Finding {
    /// The key of its name.
    what: &'static str,
    said: Said,
    is_well: bool,
}

fn finding(what: &'static str, is_well: bool, said: Said) -> Finding {
    Finding { what, said, is_well }
}

impl Verb for Doctor {
    fn run(self, face: &mut Face) -> Outcome {
        let answers = if terminal::is_there() { ask().ok() } else { None };
        let findings = [
            screen(),
            colours(face, answers.as_ref()),
            widths(answers.as_ref()),
            sync(face, answers.as_ref()),
            mouse(face),
            language(face),
            saves(face),
            locks(face),
            settings(face),
            input(),
        ];
        let done = if findings.iter().all(|finding| finding.is_well) { Done::Well } else { Done::Found };
        print(findings.iter().map(|finding| self.row(finding, face)).collect::<String>())?;
        Ok(done)
    }
}

impl Doctor {
    fn row(&self, Finding { what, said, is_well }: &Finding, face: &Face) -> String {
        let say_it = said.speak(face.lang);
        if self.json {
            return format!(
                "{}\n",
                json!({"what": what.trim_start_matches("doctor-"), "ok": is_well, "say": say_it})
            );
        }
        let mark = say(face.lang, if *is_well { "doctor-well" } else { "doctor-ill" });
        format!("{mark}  {}: {say_it}\n", say(face.lang, what))
    }
}

fn screen() -> Finding {
    let Some((w, h)) = terminal::size() else {
        return finding("doctor-screen", true, Said::new("doctor-no-terminal"));
    };
    let is_large = w >= SIZE_MIN.0 && h >= SIZE_MIN.1;
    let key = if is_large { "doctor-size" } else { "doctor-size-small" };
    let said = Said::new(key).with("w", w).with("h", h);
    finding("doctor-screen", is_large, said)
}

fn colours(face: &Face, answers: Option<&Answers>) -> Finding {
    let unasked = Answers::default();
    let answers = answers.unwrap_or(&unasked);
    let usual = terminal::theme(face.is_coloured, answers);
    let theme = usual.worn(face.config.settings());
    let key = match theme.depth {
        Depth::True => "doctor-colours-true",
        Depth::Indexed => "doctor-colours-256",
        Depth::Sixteen => "doctor-colours-16",
        Depth::Mono => "doctor-colours-none",
    };
    let is_set = face.config.settings().get("depth") != "auto";
    let why = match (is_set, face.is_coloured) {
        (true, _) => "doctor-why-setting",
        (false, true) => terminal::colours(answers).1,
        (false, false) => "doctor-why-unwanted",
    };
    let shade = if theme.shade == Shade::Dark { "doctor-dark" } else { "doctor-light" };
    let said = Said::new(key).with_said("why", Said::new(why)).with_said("shade", Said::new(shade));
    finding("doctor-colours", true, said)
}

fn widths(answers: Option<&Answers>) -> Finding {
    let what = "doctor-widths";
    let Some(answers) = answers else { return finding(what, true, Said::new("doctor-no-terminal")) };
    let odd: Vec<&str> = answers.odd_glyphs().collect();
    match () {
        () if answers.columns.is_empty() => finding(what, true, Said::new("doctor-widths-unknown")),
        () if odd.is_empty() => finding(what, true, Said::new("doctor-widths-well")),
        () => finding(what, false, Said::new("doctor-widths-odd").with("glyphs", odd.join(" "))),
    }
}

fn sync(face: &Face, answers: Option<&Answers>) -> Finding {
    let what = "doctor-sync";
    let Some(answers) = answers else { return finding(what, true, Said::new("doctor-no-terminal")) };
    let key = match answers.sync {
        _ if face.config.settings().get("sync") == "off" => "doctor-sync-unwanted",
        Some(true) => "doctor-sync-well",
        Some(false) => "doctor-sync-none",
        None => "doctor-sync-unknown",
    };
    finding(what, true, Said::new(key))
}

fn mouse(face: &Face) -> Finding {
    let is_free = face.config.settings().get("mouse") == "off";
    finding("doctor-mouse", true, Said::new(if is_free { "doctor-mouse-free" } else { "doctor-mouse-held" }))
}

fn language(face: &Face) -> Finding {
    let mut set = ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| std::env::var(name).ok());
    let locale = set.find(|value| !value.is_empty()).unwrap_or_default();
    let is_utf8 = locale.to_lowercase().replace('-', "").contains("utf8");
    let key = if is_utf8 { "doctor-locale" } else { "doctor-locale-odd" };
    finding("doctor-language", is_utf8, Said::new(key).with("locale", locale).with("lang", face.lang.code()))
}

fn saves(face: &Face) -> Finding {
    let what = "doctor-saves";
    let saves = match face.saves() {
        Ok(saves) => saves,
        Err(failure) => return finding(what, false, failure.into_said()),
    };
    let folder = saves.folder();
    let path = folder.display();
    if !folder.exists() {
        return finding(what, true, Said::new("doctor-saves-new").with("path", path));
    }
    match (try_to_write(folder), saves.list()) {
        (Err(error), _) => finding(
            what,
            false,
            Said::new("doctor-saves-closed").with("path", path).with_said("cause", cause(&error)),
        ),
        (_, Err(error)) => finding(what, false, error.said()),
        (Ok(_), Ok(boards)) => {
            finding(what, true, Said::new("doctor-saves-open").with("path", path).with("count", boards.len()))
        }
    }
}

/// Whether a second process would be kept from writing a board that is open here.
fn locks(face: &Face) -> Finding {
    let holds = face.saves().ok().map(|saves| saves.folder().to_owned()).filter(|folder| folder.exists());
    let holds = holds.and_then(|folder| try_to_write(&folder).ok());
    let key = match holds {
        None => "doctor-locks-unknown",
        Some(true) => "doctor-locks-hold",
        Some(false) => "doctor-locks-fail",
    };
    finding("doctor-locks", holds != Some(false), Said::new(key))
}

/// Writes a file in a folder and takes it away again; whether a lock on it keeps others out.
fn try_to_write(folder: &Path) -> io::Result<bool> {
    let path = folder.join(format!(".doctor-{}", std::process::id()));
    let mine = OpenOptions::new().write(true).create_new(true).open(&path)?;
    let tried = (|| {
        (&mine).write_all(b"squall")?;
        let is_mine = mine.try_lock().is_ok();
        let other = OpenOptions::new().write(true).open(&path)?;
        Ok(is_mine && other.try_lock().is_err())
    })();
    fs::remove_file(&path)?;
    tried
}

fn settings(face: &Face) -> Finding {
    let path = face.config.path().display();
    let remarks = remarks(&face.config);
    let more = remarks.len().saturating_sub(1);
    match remarks.into_iter().next() {
        Some(first) if more > 0 => {
            let said = Said::new("doctor-settings-ill").with_said("first", first).with("more", more);
            finding("doctor-settings", false, said)
        }
        Some(remark) => finding("doctor-settings", false, remark),
        None => finding("doctor-settings", true, Said::new("doctor-settings-well").with("path", path)),
    }
}

/// Advice that only helps some terminals.
fn input() -> Finding {
    let is_set = |name| std::env::var_os(name).is_some();
    let key = match () {
        () if std::env::var("TERM_PROGRAM").is_ok_and(|program| program == "vscode") => "doctor-input-vscode",
        () if is_set("TERMINAL_EMULATOR") => "doctor-input-jetbrains",
        () if is_set("MSYSTEM") => "doctor-input-mintty",
        () if is_set("TMUX") => "doctor-input-tmux",
        () if is_set("SSH_TTY") => "doctor-input-ssh",
        () => "doctor-input",
    };
    finding("doctor-typing", true, Said::new(key))
}
