//! Which keys do what for one person: the table of actions in a profile, with keys of their own.
//!
//! The profile `vim` is the table as it stands. In `simple` letters type, so on the wall each letter of the table is
//! pressed with Alt, beside the keys that a row has for this profile. Keys of one's own stand in the place of a row's.

use std::sync::{Arc, LazyLock};

use super::actions::{ACTIONS, Action, Place, TOGETHER};
use super::input::{Code, Key};
use super::theme::Skin;
use crate::model::text::jamo;
use crate::model::{KINDS, NoteKind};
use crate::session::config::{Config, Own, Remark, Settings};
use crate::words::{Lang, Said};

/// What stands in the table for the letter of any kind.
const KIND: &str = "KIND";

/// What stands on the arrow keys.
const ARROWS: [(&str, &str); 4] = [("Left", "←"), ("Down", "↓"), ("Up", "↑"), ("Right", "→")];

/// Keys of one's own are no longer than this.
const STROKES_MAX: usize = 4;

/// The keys of one person.
#[derive(PartialEq, Eq, Debug)]
pub struct Keymap {
    ways: Vec<Way>,
    letters_type: bool,
    /// Whether keys are told in letters alone.
    plain: bool,
}

/// One way to press for a row.
#[derive(Clone, Debug)]
struct Way {
    strokes: Vec<Stroke>,
    name: String,
    row: &'static Action,
}

/// One key of a way: a certain one, or the letter of any kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stroke {
    Key(Key),
    Kind,
}

/// What people should know about a settings file, its keys and colours included.
pub fn remarks(config: &Config) -> Vec<Said> {
    let own = [Keymap::of(config.settings()).1, Skin::of(config.settings()).1].concat();
    config.remarks().iter().cloned().chain(own.into_iter().map(|remark| config.placed(remark))).collect()
}

/// What pressed keys come to.
#[derive(Clone, Copy)]
pub enum Found {
    /// This row is to be run, with the kind whose letter was pressed.
    Row(&'static Action, Option<NoteKind>),
    /// More keys have to come.
    Prefix,
    /// Nothing.
    Nothing,
}

/// The keys of somebody who set nothing.
static USUAL: LazyLock<Arc<Keymap>> = LazyLock::new(|| Arc::new(Keymap::of(&Settings::default()).0));

impl Keymap {
    /// The keys of somebody who set nothing.
    pub fn usual() -> Arc<Keymap> {
        Arc::clone(&USUAL)
    }

    /// The keys that these settings ask for, and what is wrong with them.
    pub fn of(settings: &Settings) -> (Keymap, Vec<Remark>) {
        let letters_type = settings.get("profile") == "simple";
        let usual = |row| usual_ways(row, letters_type);
        let is_own = |row: &Action| settings.keys.iter().any(|own| own.name == row.name);
        let ways = ACTIONS.iter().filter(|row| !is_own(row)).flat_map(usual).collect();
        let plain = settings.get("glyphs") == "ascii";
        let (mut map, mut remarks) = (Keymap { ways, letters_type, plain }, Vec::new());
        for own in &settings.keys {
            match ACTIONS.iter().find(|row| row.name == own.name) {
                Some(row) => map.take_own(own, row, &mut remarks),
                None => remarks.push((own.line, Said::new("keys-unknown").with("name", &own.name))),
            }
        }
        (map, remarks)
    }

    /// Gives a row keys of its own; where none of them holds, those it usually has.
    fn take_own(&mut self, own: &Own, row: &'static Action, remarks: &mut Vec<Remark>) {
        let before = self.ways.len();
        for keys in &own.values {
            let way = Way::read(keys, row).filter(|way| !way.is_taken(self.letters_type));
            let wrong = match way {
                None => Some(Said::new("keys-wrong").with("keys", keys).with("name", row.name)),
                Some(way) => match self.ways.iter().find(|other| way.clashes(other)) {
                    Some(other) => Some(
                        Said::new("keys-clash")
                            .with("keys", keys)
                            .with("other", other.row.name)
                            .with("name", row.name),
                    ),
                    None => {
                        self.ways.push(way);
                        None
                    }
                },
            };
            remarks.extend(wrong.map(|said| (own.line, said)));
        }
        // A row may be left without keys on purpose, but not the ways out.
        let must_have = matches!(row.place, Place::Out | Place::Any);
        if self.ways.len() == before && (must_have || !own.values.is_empty()) {
            let usual = usual_ways(row, self.letters_type);
            let free: Vec<Way> =
                usual.into_iter().filter(|way| !self.ways.iter().any(|other| way.clashes(other))).collect();
            self.ways.extend(free);
        }
    }

    /// Whether letters on the wall are typed, not commands.
    pub fn letters_type(&self) -> bool {
        self.letters_type
    }

    /// Looks keys up in these places, in this order.
    pub fn find(&self, places: &[Place], keys: &[Key]) -> Found {
        let mut prefix = false;
        for place in places {
            for way in self.ways.iter().filter(|way| way.row.place == *place) {
                match way.begun(keys) {
                    Some(kind) if way.strokes.len() == keys.len() => return Found::Row(way.row, kind),
                    Some(_) => prefix = true,
                    None => {}
                }
            }
        }
        if prefix { Found::Prefix } else { Found::Nothing }
    }

    /// The keys of a row as people read them, the first first; `…` stands for the letter of a kind.
    pub fn keys<'a>(&'a self, row: &'a Action) -> impl Iterator<Item = String> + 'a {
        let ways = self.ways.iter().filter(|way| std::ptr::eq(way.row, row));
        ways.map(|way| self.told(&way.name).replace(KIND, "…"))
    }

    /// Every row as a table for the settings file, with what it does.
    pub fn table(&self, lang: Lang) -> String {
        let row = |row: &'static Action| {
            let ways = self.ways.iter().filter(|way| std::ptr::eq(way.row, row));
            let keys: Vec<&str> = ways.map(|way| way.name.as_str()).collect();
            let line = format!("{} = {keys:?}", row.name);
            format!("{line:<44}# {}\n", row.told(lang))
        };
        format!("[keys]\n{}", ACTIONS.iter().map(row).collect::<String>())
    }

    /// The first keys of a row, with the letter of this kind where they ask for one; nothing where it has none.
    pub fn first(&self, row: &Action, kind: Option<NoteKind>) -> String {
        let way = self.ways.iter().find(|way| std::ptr::eq(way.row, row));
        let letter = kind.map_or("…".to_owned(), |kind| letter(kind).to_string());
        way.map_or_else(String::new, |way| self.told(&way.name).replace(KIND, &letter))
    }

    /// What the keys that were pressed may go on with in these places, and what that does.
    pub fn continuations(&self, places: &[Place], begun: &[Key]) -> Vec<(String, &'static Action)> {
        let ways = self.ways.iter().filter(|way| places.contains(&way.row.place));
        let goes_on = ways.filter(|way| way.strokes.len() > begun.len() && way.begun(begun).is_some());
        let rest = |way: &Way| way.name.split(' ').skip(begun.len()).collect::<Vec<_>>().join(" ");
        goes_on.map(|way| (self.told(&rest(way)).replace(KIND, "…"), way.row)).collect()
    }

    /// The same keys told in letters alone, for a terminal that has no arrows to show.
    #[must_use]
    pub fn in_letters(self, plain: bool) -> Keymap {
        Keymap { plain, ..self }
    }

    /// Keys as people read them: arrow keys by the arrows on them.
    fn told(&self, name: &str) -> String {
        let signs: &[(&str, &str)] = if self.plain { &[] } else { &ARROWS };
        signs.iter().fold(name.to_owned(), |name, (key, sign)| name.replace(key, sign))
    }
}

/// The ways that a row has where nobody says otherwise.
fn usual_ways(row: &'static Action, letters_type: bool) -> Vec<Way> {
    let read = |keys: &str| Way::read(keys, row).expect("a test reads every key of the table");
    let mut ways: Vec<Way> = row.keys.iter().map(|keys| read(keys)).collect();
    if letters_type && types_text(row.place) {
        let with_alt = |way: Way| {
            if way.begins_with_text() { Way::read(&format!("Alt-{}", way.name), row) } else { Some(way) }
        };
        let own = row.simple.iter().map(|keys| read(keys));
        ways = own.chain(ways.into_iter().filter_map(with_alt)).filter(|way| !way.is_taken(true)).collect();
    }
    ways
}

/// Whether a place is one where the profile `simple` types.
fn types_text(place: Place) -> bool {
    matches!(place, Place::Wall | Place::Arrow | Place::Room)
}

impl PartialEq for Way {
    fn eq(&self, other: &Way) -> bool {
        std::ptr::eq(self.row, other.row) && self.strokes == other.strokes
    }
}

impl Eq for Way {}

impl Way {
    /// Reads keys such as `g x`; a row that asks for a kind gets its letter as the last one.
    fn read(keys: &str, row: &'static Action) -> Option<Way> {
        let mut names: Vec<&str> = keys.split_whitespace().collect();
        if row.asks_kind() && names.last() != Some(&KIND) {
            names.push(KIND);
        }
        let last = names.len().checked_sub(1)?;
        let stroke = |(at, name): (usize, &&str)| match *name {
            KIND => (at == last && at > 0 && row.asks_kind()).then_some(Stroke::Kind),
            name => name.parse().ok().map(Stroke::Key),
        };
        let strokes: Vec<Stroke> = names.iter().enumerate().map(stroke).collect::<Option<_>>()?;
        (strokes.len() <= STROKES_MAX).then(|| Way { strokes, name: names.join(" "), row })
    }

    /// Whether one of its keys never arrives, or would take away what is typed.
    fn is_taken(&self, letters_type: bool) -> bool {
        let row = self.row;
        let types = matches!(
            row.place,
            Place::Write
                | Place::Text
                | Place::Field
                | Place::Line
                | Place::Ask
                | Place::List
                | Place::Find
                | Place::Out
                | Place::Any
        ) || letters_type && types_text(row.place);
        types && self.begins_with_text()
            || self
                .strokes
                .iter()
                .any(|stroke| matches!(stroke, Stroke::Key(key) if is_reserved(*key, row.place)))
    }

    fn begins_with_text(&self) -> bool {
        matches!(self.strokes.first(), Some(Stroke::Key(key)) if key.text().is_some())
    }

    /// Whether nobody could tell this way from the other: their places hold together, and one begins the other.
    fn clashes(&self, other: &Way) -> bool {
        let together = TOGETHER
            .iter()
            .any(|places| places.contains(&self.row.place) && places.contains(&other.row.place));
        let shorter = self.strokes.len().min(other.strokes.len());
        together && self.strokes[..shorter] == other.strokes[..shorter]
    }

    /// Whether `keys` begin it, with the kind whose letter is among them.
    fn begun(&self, keys: &[Key]) -> Option<Option<NoteKind>> {
        let mut named = None;
        for (at, key) in keys.iter().enumerate() {
            match self.strokes.get(at)? {
                Stroke::Key(wanted) if wanted == key => {}
                Stroke::Kind => named = Some(kind(*key)?),
                Stroke::Key(_) => return None,
            }
        }
        Some(named)
    }
}

/// Whether terminals, browsers, multiplexers or input methods keep a key for themselves.
fn is_reserved(key: Key, place: Place) -> bool {
    match key.code {
        Code::Char('j') if key.mods.ctrl => place != Place::Text,
        Code::Char('c') if key.mods.ctrl => place != Place::Any,
        Code::Char(c) if key.mods.ctrl => "himsqzgpnotwab[ ".contains(c),
        // After Escape these begin longer sequences; window managers take Alt and Space.
        Code::Char(c) if key.mods.alt => "[]OPX^_\\ ".contains(c),
        Code::Char(' ') => key.mods.shift,
        Code::F(n) => matches!(n, 5 | 11 | 12),
        _ => false,
    }
}

/// The kind whose letter a key is.
fn kind(key: Key) -> Option<NoteKind> {
    let letter = key.text()?.to_ascii_uppercase();
    KINDS.iter().find(|row| row.tag == letter).map(|row| row.kind)
}

/// The letter that names a kind after a prefix.
pub fn letter(kind: NoteKind) -> char {
    kind.row().tag.to_ascii_lowercase()
}

/// A key pressed with Alt or Ctrl while the Hangul layout is on, as the Latin key it is.
pub fn latin(key: Key) -> Key {
    match key.code {
        Code::Char(c) if key.text().is_none() => match jamo::keys(c).collect::<Vec<_>>()[..] {
            [latin] => Key { code: Code::Char(latin), ..key },
            _ => key,
        },
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(profile: &str, keys: &[(&str, &[&str])]) -> Settings {
        let own = |(line, (name, values)): (usize, &(&str, &[&str]))| Own {
            name: (*name).to_owned(),
            values: values.iter().map(|keys| (*keys).to_owned()).collect(),
            line: line + 1,
        };
        let mut settings = Settings::with(&[("profile", profile)]);
        settings.keys = keys.iter().enumerate().map(own).collect();
        settings
    }

    fn profiles() -> [Keymap; 2] {
        ["vim", "simple"].map(|profile| Keymap::of(&settings(profile, &[])).0)
    }

    #[test]
    fn no_keys_of_one_place_begin_others() {
        for map in profiles() {
            for (at, way) in map.ways.iter().enumerate() {
                for other in &map.ways[at + 1..] {
                    assert!(
                        !way.clashes(other),
                        "{}: {} and {}: {}",
                        way.row.name,
                        way.name,
                        other.row.name,
                        other.name
                    );
                }
            }
        }
    }

    #[test]
    fn no_key_is_one_that_terminals_browsers_or_input_methods_take() {
        for map in profiles() {
            for way in &map.ways {
                assert!(!way.is_taken(map.letters_type), "{}: {}", way.row.name, way.name);
            }
        }
    }

    #[test]
    fn every_row_off_the_wall_has_keys_in_both_profiles_and_nearly_every_one_on_it() {
        for map in profiles() {
            let bare = ACTIONS.iter().filter(|row| map.first(row, None).is_empty());
            let bare: Vec<&str> = bare.map(|row| row.name).collect();
            assert_eq!(bare, [""; 0]);
        }
    }

    #[track_caller]
    fn check(own: &[(&str, &[&str])], told: &[&str], keys: &[(&str, &[&str])]) {
        let (map, remarks) = Keymap::of(&settings("vim", own));
        let said: Vec<String> = remarks.iter().map(|(line, said)| format!("{line} {}", said.key.0)).collect();
        assert_eq!(said, told);
        assert!(remarks.iter().all(|(_, said)| !said.speak(Lang::Ko).contains('{')));
        for (name, wanted) in keys {
            let row = ACTIONS.iter().find(|row| row.name == *name).unwrap();
            assert_eq!(map.keys(row).collect::<Vec<_>>(), *wanted, "{name}");
        }
    }

    #[test]
    fn own_keys_stand_in_the_place_of_the_usual_ones() {
        check(&[("find", &["F7", "g /"])], &[], &[("find", &["F7", "g /"]), ("undo", &["u"])]);
        check(&[("new-kind", &["f7"])], &[], &[("new-kind", &["f7 …"])]);
        check(&[("raise", &[])], &[], &[("raise", &[])]);
        check(&[("find", &["u"]), ("undo", &["ctrl+u"])], &[], &[("find", &["u"]), ("undo", &["ctrl+u"])]);
    }

    #[test]
    fn own_keys_that_cannot_be_are_told_one_by_one_and_the_rest_holds() {
        check(&[("fly", &["x"]), ("find", &["F7"])], &["1 keys-unknown"], &[("find", &["F7"])]);
        check(&[("find", &["u"])], &["1 keys-clash"], &[("find", &["/"])]);
        check(&[("find", &["g", "F7"])], &["1 keys-clash"], &[("find", &["F7"])]);
        check(&[("find", &["Ctrl-H", "Blah", "", "a a a a a"])], &["1 keys-wrong"; 4], &[("find", &["/"])]);
        check(&[("save", &["x"])], &["1 keys-wrong"], &[("save", &["Enter"])]);
        check(&[("leave", &[])], &[], &[("leave", &["Esc"])]);
        check(&[("find", &["KIND"])], &["1 keys-wrong"], &[("find", &["/"])]);
    }

    #[test]
    fn alt_and_a_hangul_letter_is_alt_and_its_key() {
        let key = |name: &str| name.parse::<Key>().unwrap();
        assert_eq!(latin(key("Alt-ㅐ")), key("Alt-o"));
        assert_eq!(latin(key("ㅐ")), key("ㅐ"));
        assert_eq!(latin(key("Alt-x")), key("Alt-x"));
    }
}
