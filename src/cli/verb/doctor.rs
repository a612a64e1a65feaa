use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use clap::Args;
use crossterm::{cursor, terminal as tty};
use serde_json::json;

use super::Verb;
use crate::cli::face::{Face, print};
use crate::cli::failure::{Done, Outcome};
use crate::cli::terminal;
use crate::session::saves::error::cause;
use crate::tui::keymap::remarks;
use crate::tui::theme::{Depth, Shade};
use crate::words::{Said, say};

/// A wall is worked on with ease from this size on.
const SIZE_MIN: (u16, u16) = (80, 24);
/// Glyphs of the screen, and how many columns each should take.
const GLYPHS: [(&str, u16); 5] = [("─", 1), ("▎", 1), ("▸", 1), ("…", 1), ("中", 2)];

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
        let findings = [
            screen(),
            colours(face),
            widths(),
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

fn colours(face: &Face) -> Finding {
    let theme = terminal::theme(face.is_coloured);
    let key = match theme.depth {
        Depth::True => "doctor-colours-true",
        Depth::Indexed => "doctor-colours-256",
        Depth::Sixteen => "doctor-colours-16",
        Depth::Mono => "doctor-colours-none",
    };
    let shade = if theme.shade == Shade::Dark { "doctor-dark" } else { "doctor-light" };
    finding("doctor-colours", true, Said::new(key).with_said("shade", Said::new(shade)))
}

/// Prints glyphs and asks the terminal where the cursor came to stand.
fn widths() -> Finding {
    let what = "doctor-widths";
    if !terminal::is_there() {
        return finding(what, true, Said::new("doctor-no-terminal"));
    }
    match odd_glyphs() {
        Err(_) => finding(what, true, Said::new("doctor-widths-unknown")),
        Ok(odd) if odd.is_empty() => finding(what, true, Said::new("doctor-widths-well")),
        Ok(odd) => finding(what, false, Said::new("doctor-widths-odd").with("glyphs", odd.join(" "))),
    }
}

fn odd_glyphs() -> io::Result<Vec<&'static str>> {
    tty::enable_raw_mode()?;
    let probed = GLYPHS.iter().filter_map(|(glyph, columns)| match columns_of(glyph) {
        Ok(taken) => (taken != *columns).then_some(Ok(*glyph)),
        Err(error) => Some(Err(error)),
    });
    let probed = probed.collect();
    tty::disable_raw_mode()?;
    probed
}

fn columns_of(glyph: &str) -> io::Result<u16> {
    let mut out = io::stdout();
    write!(out, "\r{glyph}")?;
    out.flush()?;
    let (column, _) = cursor::position()?;
    write!(out, "\r  \r")?;
    out.flush()?;
    Ok(column)
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
    match remarks(&face.config).into_iter().next() {
        Some(remark) => finding("doctor-settings", false, remark),
        None => finding("doctor-settings", true, Said::new("doctor-settings-well").with("path", path)),
    }
}

/// Advice that only helps some terminals.
fn input() -> Finding {
    let is_set = |name| std::env::var_os(name).is_some();
    let key = match () {
        () if is_set("TMUX") => "doctor-input-tmux",
        () if is_set("SSH_TTY") => "doctor-input-ssh",
        () => "doctor-input",
    };
    finding("doctor-typing", true, Said::new(key))
}
