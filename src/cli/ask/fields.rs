//! The fields of one ask, each taken once.

use serde_json::{Map, Value};

use super::{AskRow, Names};
use crate::command::field_named;
use crate::model::field::FieldType;
use crate::model::{Details, Id, Mode, NoteKind, Point, Size, Thing};
use crate::query::lint::{RULES, rule};
use crate::words::Said;

/// The fields that hold names of lint's rules.
const OF_RULES: [&str; 2] = ["dismissed", "lint_off"];

/// Names of rules as lint knows them.
fn rules(holds: FieldType, value: Value) -> Result<Value, Said> {
    let typed = value.as_str().map(|text| holds.typed(text)).unwrap_or(value);
    let named = |name: &Value| {
        let name = name.as_str().unwrap_or_default();
        let ids = || RULES.iter().map(|rule| rule.id).collect::<Vec<_>>().join(" ");
        let unknown = || Said::new("do-rule-unknown").with("rule", name).with("rules", ids());
        rule(name).map(|rule| Value::from(rule.id)).ok_or_else(unknown)
    };
    if let Value::Array(names) = &typed { names.iter().map(named).collect() } else { Ok(typed) }
}

/// The fields that are left to read. Each reader takes its field away; what is left at the end was not understood.
pub(super) struct Fields<'a> {
    row: &'static AskRow,
    left: Map<String, Value>,
    pub(super) names: &'a Names<'a>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(row: &'static AskRow, left: Map<String, Value>, names: &'a Names<'a>) -> Fields<'a> {
        Fields { row, left, names }
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.left.contains_key(field)
    }

    pub(super) fn take(&mut self, field: &'static str) -> Result<Value, Said> {
        let missing =
            || Said::new("do-field-missing").with("field", field).with_said("form", self.row.form());
        self.left.remove(field).ok_or_else(missing)
    }

    fn must<T>(&self, field: &str, read: Option<T>) -> Result<T, Said> {
        read.ok_or_else(|| {
            Said::new("do-field-wrong").with("field", field).with_said("form", self.row.form())
        })
    }

    fn may<T>(
        &mut self,
        field: &'static str,
        read: impl FnOnce(&mut Self, &'static str) -> Result<T, Said>,
    ) -> Result<Option<T>, Said> {
        if self.left.get(field).is_some_and(Value::is_null) {
            self.left.remove(field);
        }
        if self.has(field) { read(self, field).map(Some) } else { Ok(None) }
    }

    pub(super) fn text(&mut self, field: &'static str) -> Result<String, Said> {
        let value = self.take(field)?;
        self.must(field, value.as_str().map(str::to_owned))
    }

    pub(super) fn may_text(&mut self, field: &'static str) -> Result<Option<String>, Said> {
        self.may(field, Self::text)
    }

    pub(super) fn kind(&mut self) -> Result<NoteKind, Said> {
        let word = self.text("kind")?;
        word.parse().map_err(|()| Said::new("do-kind-unknown").with("kind", word))
    }

    pub(super) fn mode(&mut self) -> Result<Option<Mode>, Said> {
        let Some(word) = self.may_text("mode")? else { return Ok(None) };
        let mode = [Mode::Sync, Mode::Async].into_iter().find(|mode| mode.id() == word);
        self.must("mode", mode).map(Some)
    }

    pub(super) fn id(&mut self, field: &'static str) -> Result<Id, Said> {
        self.names.find(&self.text(field)?)
    }

    pub(super) fn may_id(&mut self, field: &'static str) -> Result<Option<Id>, Said> {
        self.may(field, Self::id)
    }

    /// One name or a list of them.
    pub(super) fn ids(&mut self, field: &'static str) -> Result<Vec<Id>, Said> {
        let names = match self.take(field)? {
            Value::Array(names) => names,
            name => vec![name],
        };
        let some = (!names.is_empty()).then_some(names);
        let find = |name: &Value| self.names.find(self.must(field, name.as_str())?);
        self.must(field, some)?.iter().map(find).collect()
    }

    fn pair(&mut self, field: &'static str) -> Result<[i32; 2], Said> {
        let value = self.take(field)?;
        self.must(field, numbers(&value))
    }

    pub(super) fn point(&mut self, field: &'static str) -> Result<Point, Said> {
        self.pair(field).map(Point::from)
    }

    pub(super) fn may_point(&mut self, field: &'static str) -> Result<Option<Point>, Said> {
        self.may(field, Self::point)
    }

    pub(super) fn size(&mut self, field: &'static str) -> Result<Size, Said> {
        self.pair(field).map(Size::from)
    }

    pub(super) fn may_size(&mut self, field: &'static str) -> Result<Option<Size>, Said> {
        self.may(field, Self::size)
    }

    pub(super) fn row(&mut self, field: &'static str) -> Result<i32, Said> {
        let value = self.take(field)?;
        self.must(field, number(&value))
    }

    pub(super) fn count(&mut self, field: &'static str) -> Result<u32, Said> {
        let value = self.take(field)?;
        self.must(field, number(&value).and_then(|number| u32::try_from(number).ok()))
    }

    pub(super) fn may_count(&mut self, field: &'static str) -> Result<Option<u32>, Said> {
        self.may(field, Self::count)
    }

    /// Everything that is left, as details of a thing.
    pub(super) fn details(&mut self, of: Thing) -> Result<Details, Said> {
        let left = std::mem::take(&mut self.left);
        left.into_iter().map(|(word, value)| self.detail(of, &word, value)).collect()
    }

    /// A detail by any word people use for it; the names of things in its value become ids.
    pub(super) fn detail(&self, of: Thing, word: &str, value: Value) -> Result<(String, Value), Said> {
        let row = field_named(of, word).map_err(|rejection| rejection.0)?;
        let named =
            |name: &Value| Ok(self.names.find(self.must(row.name, name.as_str())?)?.to_string().into());
        let value = match (row.holds, value) {
            (FieldType::Id, Value::String(name)) if !name.is_empty() => named(&name.into())?,
            (FieldType::Ids, value) => {
                let names = value.as_str().map(|names| row.holds.typed(names)).unwrap_or(value);
                names.as_array().into_iter().flatten().map(named).collect::<Result<_, Said>>()?
            }
            (_, value) if OF_RULES.contains(&row.name) => rules(row.holds, value)?,
            (_, value) => value,
        };
        Ok((row.name.to_owned(), value))
    }

    pub(super) fn all_read(&self) -> Result<(), Said> {
        let unknown = |field: &String| {
            Said::new("do-field-unknown").with("field", field).with_said("form", self.row.form())
        };
        self.left.keys().next().map_or(Ok(()), |field| Err(unknown(field)))
    }
}

fn number(value: &Value) -> Option<i32> {
    value.as_i64().and_then(|number| i32::try_from(number).ok())
}

fn numbers(value: &Value) -> Option<[i32; 2]> {
    match value.as_array()?.as_slice() {
        [first, second] => Some([number(first)?, number(second)?]),
        _ => None,
    }
}
