//! The settings file: what a person wants everywhere, and who they are.
//!
//! It is TOML with a comment in both languages over each setting. squall only ever changes the one line it means to;
//! what it does not know stays as it is and is remarked on.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use toml::{Table, Value};

use super::person::new_person;
use super::saves::disk::{folder_of, make_folder, owner_only};
use super::saves::error::cause;
use crate::model::PersonId;
use crate::model::limit::NAME_CHARS_MAX;
use crate::words::{Lang, Said, say};

/// Bytes of the settings file.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// One setting: a row here, and a line and its comment in the file.
#[derive(Debug)]
pub struct Setting {
    /// Its name in the file.
    pub key: &'static str,
    /// The sentence about it.
    pub about: &'static str,
    /// What stands in the file as an example.
    pub example: &'static str,
    allows: fn(&Value) -> bool,
}

/// Every setting.
pub const SETTINGS: &[Setting] = &[
    Setting { key: "person", about: "config-person", example: "\"p0123456789\"", allows: is_name },
    Setting { key: "name", about: "config-name", example: "\"Ana\"", allows: is_name },
    Setting { key: "lang", about: "config-lang", example: "\"ko\"", allows: is_lang },
];

fn is_name(value: &Value) -> bool {
    value.as_str().is_some_and(|name| !name.trim().is_empty() && name.chars().count() <= NAME_CHARS_MAX)
}

fn is_lang(value: &Value) -> bool {
    value.as_str().is_some_and(|lang| lang.parse::<Lang>().is_ok())
}

/// The settings, as they stand in the file.
#[derive(Debug, Default)]
pub struct Config {
    path: PathBuf,
    text: String,
    table: Table,
    /// Whether the file is there and is no TOML: then nothing is written to it.
    is_unreadable: bool,
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
        match text.and_then(|text| match text.parse::<Table>() {
            Ok(table) => Ok((text, table)),
            Err(error) => Err(Said::new("cause-other").with("text", error.message())),
        }) {
            Ok((text, table)) => (config.text, config.table) = (text, table),
            Err(cause) => {
                config.is_unreadable = true;
                config.remark("config-unreadable", cause);
            }
        }
        config.check();
        config
    }

    fn check(&mut self) {
        let path = self.path.display().to_string();
        for (key, value) in &self.table {
            let remark = match SETTINGS.iter().find(|setting| setting.key == key) {
                None => "config-unknown",
                Some(setting) if !(setting.allows)(value) => "config-wrong",
                Some(_) => continue,
            };
            self.remarks.push(Said::new(remark).with("path", &path).with("key", key));
        }
    }

    fn remark(&mut self, key: &'static str, cause: Said) {
        self.remarks.push(Said::new(key).with("path", self.path.display()).with_said("cause", cause));
    }

    /// Where the file is or would be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What people should know about the file.
    pub fn remarks(&self) -> &[Said] {
        &self.remarks
    }

    /// A setting, where it is set to what it may be.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let setting = SETTINGS.iter().find(|setting| setting.key == key)?;
        self.table.get(key).filter(|value| (setting.allows)(value))
    }

    fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::as_str)
    }

    /// The language that is set.
    pub fn lang(&self) -> Option<Lang> {
        self.text_of("lang").and_then(|lang| lang.parse().ok())
    }

    /// The person's name: what the variable `SQUALL_NAME` says, else the setting, else the login.
    pub fn name(&self, variable: impl Fn(&str) -> Option<String>) -> String {
        let told = |name| variable(name).filter(|name: &String| !name.trim().is_empty());
        let login = || ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(told);
        let set = || self.text_of("name").map(str::to_owned);
        let name = told("SQUALL_NAME").or_else(set).or_else(login).unwrap_or_default();
        name.trim().chars().take(NAME_CHARS_MAX).collect()
    }

    /// Who the person is; drawn and written down where nobody was yet.
    pub fn person(&mut self) -> PersonId {
        if let Some(person) = self.text_of("person") {
            return PersonId(person.to_owned());
        }
        let person = new_person();
        if let Err(cause) = self.set("person", Value::String(person.0.clone())) {
            self.remark("config-unwritable", cause);
        }
        self.table.insert("person".into(), Value::String(person.0.clone()));
        person
    }

    /// The text of the file; where there is none yet, every setting with its comment and none set.
    pub fn text(&self) -> String {
        if !self.text.is_empty() {
            return self.text.clone();
        }
        let both = |key| format!("# {}\n# {}\n", say(Lang::En, key), say(Lang::Ko, key));
        let row = |row: &Setting| format!("\n{}# {} = {}\n", both(row.about), row.key, row.example);
        both("config-head") + &SETTINGS.iter().map(row).collect::<String>()
    }

    /// Makes the file, with nothing set, where it is not there.
    pub fn make(&mut self) -> Result<(), Said> {
        if self.text.is_empty() && !self.is_unreadable { self.write(self.text()) } else { Ok(()) }
    }

    /// Sets a setting, in its own line; every other line stays as it is.
    pub fn set(&mut self, key: &str, value: Value) -> Result<(), Said> {
        let text = with_line(&self.text(), key, &value);
        let is_set = text.parse::<Table>().is_ok_and(|table| table.get(key) == Some(&value));
        if self.is_unreadable || !is_set {
            return Err(Said::new("config-wrong").with("key", key).with("path", self.path.display()));
        }
        self.write(text)?;
        self.table.insert(key.to_owned(), value);
        Ok(())
    }

    fn write(&mut self, text: String) -> Result<(), Said> {
        write_private(&self.path, &text).map_err(|error| cause(&error))?;
        self.text = text;
        Ok(())
    }
}

fn or_nothing(error: io::Error) -> io::Result<String> {
    if error.kind() == io::ErrorKind::NotFound { Ok(String::new()) } else { Err(error) }
}

/// `text` with one line for `key`: in the place of the line that sets it, else of its example, else before the first
/// table.
fn with_line(text: &str, key: &str, value: &Value) -> String {
    let line = format!("{key} = {value}");
    let mut lines: Vec<&str> = text.lines().collect();
    let tables = lines.iter().position(|line| line.trim_start().starts_with('[')).unwrap_or(lines.len());
    let names = |line: &&str, sign: &str| {
        let rest = line.trim_start().strip_prefix(sign).map(str::trim_start);
        let rest = rest.and_then(|rest| rest.strip_prefix(key)).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with('='))
    };
    let at = |sign| lines[..tables].iter().position(|line| names(line, sign));
    match at("").or_else(|| at("#")) {
        Some(at) => lines[at] = &line,
        None => lines.insert(tables, &line),
    }
    lines.join("\n") + "\n"
}

/// Writes a file that only its owner may read, whole or not at all.
fn write_private(path: &Path, text: &str) -> io::Result<()> {
    make_folder(folder_of(path))?;
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.into());
    let temp = path.with_extension("new");
    drop(fs::remove_file(&temp));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    owner_only(&mut options);
    let mut file = options.open(&temp)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&temp, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_one_line_leaves_all_others() {
        let check = |text: &str, expected: &str| {
            assert_eq!(with_line(text, "name", &Value::String("Bo".into())), expected);
        };
        check("", "name = \"Bo\"\n");
        check("# hi\nname = \"A\"  # me\nmine = 1\n", "# hi\nname = \"Bo\"\nmine = 1\n");
        check("# name = \"Ana\"\n[keys]\nname = 1\n", "name = \"Bo\"\n[keys]\nname = 1\n");
        check("names = 1\n[keys]\n", "names = 1\nname = \"Bo\"\n[keys]\n");
    }

    #[test]
    fn the_example_file_is_readable_and_sets_nothing() {
        let config = Config::default();
        assert!(config.text().parse::<Table>().unwrap().is_empty());
        let example =
            config.text().replace("# person", "person").replace("# name", "name").replace("# lang", "lang");
        assert_eq!(example.parse::<Table>().unwrap().len(), SETTINGS.len());
    }

    #[test]
    fn a_name_comes_from_the_variable_then_the_file_then_the_login() {
        let config = Config { table: "name = \"Ana\"".parse().unwrap(), ..Config::default() };
        assert_eq!(config.name(|_| None), "Ana");
        assert_eq!(config.name(|name| (name == "SQUALL_NAME").then(|| "Bo".into())), "Bo");
        assert_eq!(Config::default().name(|name| (name == "USER").then(|| "cy".into())), "cy");
    }
}
