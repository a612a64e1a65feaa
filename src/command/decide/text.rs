//! The door for words: composed, without control characters, without spaces at the ends, within their limit.

use super::{Rejection, refuse};
use crate::model::limit::{TITLE_CHARS_MAX, WORDING_CHARS_MAX};
use crate::model::text::tidied;

/// Whether a text has more than one line.
pub(super) fn is_broken(text: &str) -> bool {
    text.contains(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
}

/// The same on a single line.
pub(super) fn tidied_line(text: &str) -> String {
    let text = tidied(text);
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a note, a requirement or a decision says.
pub(super) fn wording(text: &str) -> Result<String, Rejection> {
    let text = tidied(text);
    match text.chars().count() {
        0 => Err(refuse::empty_wording()),
        length if length > WORDING_CHARS_MAX => Err(refuse::wording_too_long(length)),
        _ => Ok(text),
    }
}

/// A text on one line, where an empty one has no meaning.
pub(super) fn line(field: &str, text: &str, empty: fn() -> Rejection) -> Result<String, Rejection> {
    let text = tidied_line(text);
    match text.chars().count() {
        0 => Err(empty()),
        length if length > TITLE_CHARS_MAX => Err(refuse::text_too_long(field, length, TITLE_CHARS_MAX)),
        _ => Ok(text),
    }
}
