//! Lists of a JSON file of which each item is looked at by itself, and never more of them than squall reads.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Sketch;
use crate::format::json::quoted;
use crate::model::limit::IMPORT_ROWS_MAX;
use crate::words::Said;

/// A list whose items are not read yet.
#[derive(Default)]
pub(in crate::format) struct Rows<'a> {
    items: Vec<&'a RawValue>,
    is_cut: bool,
}

struct RowsVisitor;

impl<'de> Visitor<'de> for RowsVisitor {
    type Value = Rows<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Rows<'de>, A::Error> {
        let mut rows = Rows::default();
        while rows.items.len() <= IMPORT_ROWS_MAX {
            match list.next_element()? {
                Some(item) => rows.items.push(item),
                None => return Ok(rows),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        rows.is_cut = true;
        Ok(rows)
    }

    fn visit_unit<E>(self) -> Result<Rows<'de>, E> {
        Ok(Rows::default())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Rows<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(RowsVisitor)
    }
}

/// Says so where lists hold more than squall reads.
pub(in crate::format) fn counted(lists: &[&Rows<'_>]) -> Result<(), Said> {
    let count: usize = lists.iter().map(|rows| rows.items.len()).sum();
    let is_fine = count <= IMPORT_ROWS_MAX && lists.iter().all(|rows| !rows.is_cut);
    if is_fine { Ok(()) } else { Err(Said::new("import-too-many").with("max", IMPORT_ROWS_MAX)) }
}

/// The items that can be read, with their number; what cannot is remarked, and nothing is said of `null`.
pub(in crate::format) fn each<T: DeserializeOwned>(rows: &Rows<'_>, sketch: &mut Sketch) -> Vec<(usize, T)> {
    let mut read = Vec::with_capacity(rows.items.len());
    for (nth, item) in rows.items.iter().enumerate() {
        match serde_json::from_str::<Option<T>>(item.get()) {
            Ok(it) => read.extend(it.map(|it| (nth, it))),
            Err(why) => sketch.remarks.push(
                Said::new("import-element-unreadable")
                    .with("id", nth + 1)
                    .with("why", quoted(&why.to_string())),
            ),
        }
    }
    read
}
