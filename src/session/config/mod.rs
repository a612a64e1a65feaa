//! The settings file: what a person wants everywhere, and who they are.
//!
//! It is TOML with a comment in both languages over each setting. squall only ever changes the one value it means to;
//! what it does not know stays as it is and is remarked on, and a file of a newer squall is never written to.

mod setting;

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use toml::Value;
use toml::de::DeTable;

use setting::VERSION;
pub use setting::{Choice, Own, Remark, SETTINGS, Setting, Settings};

use super::person::new_person;
use super::saves::disk::write_private;
use super::saves::error::cause;
use crate::model::PersonId;
use crate::model::limit::NAME_CHARS_MAX;
use crate::words::{Key, Lang, Said};

/// Bytes of the settings file.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// The tables of one's own, as the example file shows them.
const TABLES: [(Key, &str); 2] = [
    (Key("config-keys"), "# [keys]\n# find = [\"/\", \"g /\"]\n"),
    (Key("config-colors"), "# [colors]\n# event = \"#ffb000\"\n# wall = \"#002b36\"\n"),
];

/// The settings file, and the settings in force.
#[derive(Debug, Default)]
pub struct Config {
    path: PathBuf,
    text: String,
    settings: Settings,
    /// Why nothing is written to the file, if nothing is: it is no TOML, or of a newer squall.
    closed: Option<Said>,
    remarks: Vec<Said>,
}

impl Config {
    /// The settings file that a variable names, else the platform's.
    pub fn find(variable: Option<OsString>) -> Config {
        let platform =
            || Some(etcetera::choose_base_strategy().ok()?.config_dir().join("squall/config.toml"));
        let named = variable.filter(|path| !path.is_empty()).map(PathBuf::from);
        named.or_else(platform).map_or_else(Config::default, |path| Config::at(&path))
    }

    /// The settings of this file; all as usual where it is not there.
    pub fn at(path: &Path) -> Config {
        let mut config = Config { path: path.into(), ..Config::default() };
        let text = match fs::metadata(path) {
            Ok(data) if !data.is_file() => Err(Said::new("save-no-file").with("path", path.display())),
            Ok(data) if data.len() > FILE_BYTES_MAX => Err(Said::new("config-too-large")),
            _ => fs::read_to_string(path).or_else(or_nothing).map_err(|error| cause(&error)),
        };
        match text {
            Ok(text) => config.read(text),
            Err(cause) => config.close("config-unreadable", cause),
        }
        config
    }

    fn read(&mut self, text: String) {
        match DeTable::parse(&text) {
            Ok(table) => {
                let (settings, remarks) = Settings::read(table.get_ref(), &text);
                self.settings = settings;
                if setting::version(table.get_ref()) > VERSION {
                    let newer = Said::new("config-newer").with("path", self.path.display());
                    self.closed = Some(newer.clone());
                    self.remarks.push(newer);
                }
                let placed = remarks.into_iter().map(|remark| self.placed(remark));
                let placed: Vec<Said> = placed.collect();
                self.remarks.extend(placed);
            }
            Err(error) => {
                let cause = Said::new("cause-other").with("text", error.message());
                let cause = match error.span() {
                    Some(span) => Said::new("config-line")
                        .with("line", setting::line_of(&text, span.start))
                        .with_said("what", cause),
                    None => cause,
                };
                self.close("config-unreadable", cause);
            }
        }
        self.text = text;
    }

    fn close(&mut self, key: &'static str, cause: Said) {
        let why = Said::new(key).with("path", self.path.display()).with_said("cause", cause);
        self.closed = Some(why.clone());
        self.remarks.push(why);
    }

    /// The same with the place in the file it is about.
    pub fn placed(&self, (line, said): Remark) -> Said {
        Said::new("config-at").with("path", self.path.display()).with("line", line).with_said("what", said)
    }

    /// Where the file is or would be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What people should know about the file.
    pub fn remarks(&self) -> &[Said] {
        &self.remarks
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Passes a setting over in this process: something said louder stands against it.
    pub fn pass_over(&mut self, key: &str) {
        self.settings.unset(key);
    }

    /// Goes by this name in this process, whatever is set: somebody has said so.
    pub fn go_by(&mut self, name: &str) {
        let setting = Setting::named("name").expect("it is in the table");
        self.settings.put(setting, name);
    }

    /// The person's name: what the variable `SQUALL_NAME` says, else the setting, else the login.
    pub fn name(&self, variable: impl Fn(&str) -> Option<String>) -> String {
        let told = |name| variable(name).filter(|name: &String| !name.trim().is_empty());
        let login = || ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(told);
        let set = || Some(self.settings.get("name").to_owned()).filter(|name| !name.is_empty());
        let name = told("SQUALL_NAME").or_else(set).or_else(login).unwrap_or_default();
        name.trim().chars().take(NAME_CHARS_MAX).collect()
    }

    /// Who the person is; drawn and written down where nobody was yet.
    pub fn person(&mut self) -> PersonId {
        let set = self.settings.get("person");
        if !set.is_empty() {
            return PersonId(set.to_owned());
        }
        let person = new_person();
        if let Err(why) = self.set("person", &person.0) {
            self.remarks.push(why);
        }
        person
    }

    /// The text of the file; where there is none yet, every setting with its comment and none set.
    pub fn text(&self) -> String {
        if !self.text.is_empty() || self.closed.is_some() {
            return self.text.clone();
        }
        let both = |key: Key| {
            let lines = Lang::ALL.map(|lang| format!("# {}\n", key.say(lang)));
            lines.concat()
        };
        let row = |row: &Setting| {
            let choices: Vec<&str> = row.choices.iter().map(|choice| choice.0).collect();
            let choices =
                if choices.is_empty() { String::new() } else { format!("# {}\n", choices.join(" | ")) };
            format!("\n{}{choices}# {} = {:?}\n", both(row.about), row.key, row.example)
        };
        let tables = TABLES.map(|(about, example)| format!("\n{}{example}", both(about)));
        both(Key("config-head")) + &SETTINGS.iter().map(row).collect::<String>() + &tables.concat()
    }

    /// Makes the file, with nothing set, where it is not there.
    pub fn make(&mut self) -> Result<(), Said> {
        if self.text.is_empty() && self.closed.is_none() { self.write(self.text()) } else { Ok(()) }
    }

    /// Sets a setting to what it may be: at once for this process, and in the file, where only its value changes.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), Said> {
        let wrong = || Said::new("config-wrong").with("key", key);
        let setting = Setting::named(key).filter(|setting| setting.allows(value)).ok_or_else(wrong)?;
        self.settings.put(setting, value);
        if let Some(why) = &self.closed {
            return Err(why.clone());
        }
        let text = with_value(&self.text(), key, &Value::from(value)).ok_or_else(wrong)?;
        self.write(text)
    }

    fn write(&mut self, text: String) -> Result<(), Said> {
        write_private(&self.path, &text).map_err(|error| {
            let path = self.path.display();
            Said::new("config-unwritable").with("path", path).with_said("cause", cause(&error))
        })?;
        self.text = text;
        Ok(())
    }
}

fn or_nothing(error: io::Error) -> io::Result<String> {
    if error.kind() == io::ErrorKind::NotFound { Ok(String::new()) } else { Err(error) }
}

/// `text` with `key` set: its value replaced where it stands, else in the place of its example, else before the first
/// table. Every other byte stays as it is.
fn with_value(text: &str, key: &str, value: &Value) -> Option<String> {
    let table = DeTable::parse(text).ok()?;
    if let Some(old) = table.get_ref().get(key) {
        let mut text = text.to_owned();
        text.replace_range(old.span(), &value.to_string());
        return Some(text);
    }
    let line = format!("{key} = {value}");
    let mut lines: Vec<&str> = text.lines().collect();
    let tables = lines.iter().position(|line| line.trim_start().starts_with('[')).unwrap_or(lines.len());
    let is_example = |line: &&str| {
        let rest = line.trim_start().strip_prefix('#').map(str::trim_start);
        rest.and_then(|rest| rest.strip_prefix(key)).is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    match lines[..tables].iter().position(is_example) {
        Some(at) => lines[at] = &line,
        None => lines.insert(tables, &line),
    }
    Some(lines.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_one_value_leaves_every_other_byte() {
        let check = |text: &str, expected: &str| {
            assert_eq!(with_value(text, "name", &Value::from("Bo")).as_deref(), Some(expected));
        };
        check("", "name = \"Bo\"\n");
        check("# hi\nname  = \"A\"  # me\r\nmine = 1", "# hi\nname  = \"Bo\"  # me\r\nmine = 1");
        check("name = \"\"\"\nA\"\"\"\n", "name = \"Bo\"\n");
        check("# name = \"Ana\"\n[keys]\nname = 1\n", "name = \"Bo\"\n[keys]\nname = 1\n");
        check("names = 1\n[keys]\n", "names = 1\nname = \"Bo\"\n[keys]\n");
        assert_eq!(with_value("name = ", "name", &Value::from("Bo")), None);
    }

    fn read(text: &str) -> Config {
        let mut config = Config { path: "c".into(), ..Config::default() };
        config.read(text.to_owned());
        config
    }

    #[test]
    fn the_example_file_sets_nothing_and_every_example_in_it_may_be_set() {
        let text = Config::default().text();
        assert_eq!(read(&text).settings, Settings::default());
        let uncommented = |line: &str| match line.strip_prefix("# ") {
            Some(rest) if rest.contains(" = ") || rest.starts_with('[') => rest.to_owned() + "\n",
            _ => String::new(),
        };
        let config = read(&text.lines().map(uncommented).collect::<String>());
        assert_eq!(config.remarks, []);
        assert!(SETTINGS.iter().all(|setting| config.settings.get(setting.key) == setting.example));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_the_rest_holds() {
        let config = read(
            "name = 3\ntheme = \"light\"\n\nlang = \"fr\"\nnew = 1\n[keys]\nfind = 7\nundo = \"Ctrl-U\"\n",
        );
        let told: Vec<String> = config.remarks.iter().map(|said| said.speak(Lang::En)).collect();
        let line = |told: &str| {
            told.split("line ").nth(1).and_then(|rest| rest.split(':').next()).unwrap().to_owned()
        };
        assert_eq!(told.iter().map(|told| line(told)).collect::<Vec<_>>(), ["1", "4", "5", "7"], "{told:?}");
        assert_eq!((config.settings.get("theme"), config.settings.lang()), ("light", None));
        assert_eq!(config.settings.keys.len(), 1);
    }

    #[test]
    fn a_file_of_a_newer_squall_is_read_and_never_written() {
        let mut config = read("version = 2\ntheme = \"light\"\n");
        assert_eq!((config.settings.get("theme"), config.remarks.len()), ("light", 1));
        assert!(config.set("theme", "dark").is_err());
        assert_eq!(
            (config.settings.get("theme"), config.text()),
            ("dark", "version = 2\ntheme = \"light\"\n".into())
        );
    }

    #[test]
    fn a_name_comes_from_the_variable_then_the_file_then_the_login() {
        let config = read("name = \"Ana\"");
        assert_eq!(config.name(|_| None), "Ana");
        assert_eq!(config.name(|name| (name == "SQUALL_NAME").then(|| "Bo".into())), "Bo");
        assert_eq!(Config::default().name(|name| (name == "USER").then(|| "cy".into())), "cy");
    }
}
