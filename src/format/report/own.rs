//! Reports by people's own templates, in the language of Jinja: one text, no files, an end to everything.

use std::io::{self, Write};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior};

use crate::format::outline;
use crate::model::Board;
use crate::model::limit::{TEMPLATE_BYTES_MAX, TEMPLATE_OUTPUT_MAX, TEMPLATE_STEPS_MAX};
use crate::model::text::SafeText;
use crate::query::story::forwards;
use crate::query::{Outline, Projection};
use crate::words::{Lang, Said, find};

/// Bytes between two braces; how deep an expression nests hangs on its length.
const TAG_BYTES_MAX: usize = 1_000;
/// How deep macros and loops may call themselves.
const RECURSION_MAX: usize = 100;

/// How the details end of statements that would read another file.
const OTHER_FILES: [&str; 4] =
    [" statement include", " statement import", " statement from", " statement extends"];

/// Fills a template with the outline of a board as `outline-json` writes it, and beside it `lang`, `story` and `remarks`,
/// its sentences, and `words(key)`, squall's own words. For HTML all that is filled in is escaped.
pub fn fill(board: &Board, template: &str, is_html: bool, lang: Lang) -> Result<String, Said> {
    if template.len() > TEMPLATE_BYTES_MAX {
        return Err(Said::new("template-too-large").with("max", TEMPLATE_BYTES_MAX >> 20));
    }
    if let Some(line) = long_tag(template) {
        return Err(Said::new("template-tag-too-long").with("line", line).with("max", TAG_BYTES_MAX));
    }
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(move |_| if is_html { AutoEscape::Html } else { AutoEscape::None });
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_syntax(lines_stay_lines());
    environment.set_fuel(Some(TEMPLATE_STEPS_MAX));
    environment.set_recursion_limit(RECURSION_MAX);
    environment.add_function("words", move |key: &str| find(lang, key));
    let mut page = Page::default();
    let filled = environment
        .template_from_str(template)
        .and_then(|template| template.render_captured_to(context(board, lang), &mut page).map(drop));
    filled.map_err(|error| told(&error))?;
    Ok(String::from_utf8_lossy(&page.0).into_owned())
}

/// The line of the first expression or statement that is too long.
fn long_tag(template: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = template[at..].find('{').map(|found| at + found) {
        let rest = &template[start + 1..];
        let length = if rest.starts_with('#') {
            rest.find("#}").unwrap_or(rest.len())
        } else if rest.starts_with(['{', '%']) {
            let length = tag_length(&rest[1..]);
            if length > TAG_BYTES_MAX {
                return Some(template[..start].matches('\n').count() + 1);
            }
            length + 1
        } else {
            0
        };
        at = start + 1 + length;
    }
    None
}

/// The bytes up to the brace that ends a tag: none in quotes, none that ends another.
fn tag_length(tag: &str) -> usize {
    let (mut quote, mut is_escaped, mut depth) = (None, false, 0);
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), b'\\') => is_escaped = true,
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') if depth == 0 => return at,
            (None, b'}') => depth -= 1,
            (None, _) => {}
        }
    }
    tag.len()
}

/// A statement on a line of its own leaves no empty line behind.
fn lines_stay_lines() -> SyntaxConfig {
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    syntax.build().expect("the delimiters are the usual ones")
}

/// What a template may name.
fn context(board: &Board, lang: Lang) -> Value {
    let projection = Projection::of(board);
    let outline = Outline::of(board, &projection);
    let story = forwards(board, &projection.flow, &outline);
    let speak = |said: &Said| said.speak(lang);
    let mut all = outline::value(&outline);
    all["lang"] = lang.code().into();
    all["story"] = story.iter().flat_map(|telling| &telling.sentences).map(speak).collect();
    all["remarks"] = outline.findings.iter().map(|finding| speak(&finding.said)).collect();
    make_safe(&mut all);
    Value::from(Serde(all))
}

/// Takes from all texts what steers a terminal or hides what follows.
fn make_safe(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => *text = SafeText::new(text).into_string(),
        serde_json::Value::Array(items) => items.iter_mut().for_each(make_safe),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(make_safe),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

/// A page that is full at some point.
#[derive(Default)]
struct Page(Vec<u8>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > TEMPLATE_OUTPUT_MAX {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Why a template could not be filled, and in which line.
fn told(error: &Error) -> Said {
    let line = error.line().unwrap_or(1);
    let detail = error.detail().unwrap_or_default();
    let asks_for_file = || OTHER_FILES.iter().any(|it| detail.ends_with(it));
    match error.kind() {
        ErrorKind::OutOfFuel => Said::new("template-endless").with("line", line),
        ErrorKind::WriteFailure => {
            Said::new("template-output-too-large").with("line", line).with("max", TEMPLATE_OUTPUT_MAX >> 20)
        }
        ErrorKind::UndefinedError => Said::new("template-unknown-name").with("line", line),
        ErrorKind::SyntaxError if asks_for_file() => Said::new("template-other-file").with("line", line),
        ErrorKind::SyntaxError => Said::new("template-unreadable").with("line", line).with("detail", detail),
        kind => {
            let detail = format!("{kind}: {detail}");
            Said::new("template-fails").with("line", line).with("detail", detail)
        }
    }
}
