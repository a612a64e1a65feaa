//! The lines of a file, its strings and comments.

use std::fmt::Write;

use crate::model::text::SafeText;

/// A file being written.
#[derive(Default)]
pub(super) struct Out {
    pub(super) text: String,
    depth: usize,
}

impl Out {
    pub(super) fn line(&mut self, text: &str) {
        let indent = if text.is_empty() { 0 } else { self.depth * 2 };
        writeln!(self.text, "{:indent$}{text}", "").expect("a String takes every character");
    }

    /// What people wrote of the next line.
    pub(super) fn comment(&mut self, text: &str) {
        self.line(format!("// {}", SafeText::line(text.trim())).trim_end());
    }

    /// What stands between braces.
    pub(super) fn block(&mut self, head: &str, inner: impl FnOnce(&mut Out)) {
        self.line(&format!("{head} {{"));
        self.depth += 1;
        inner(self);
        self.depth -= 1;
        self.line("}");
    }
}

/// A text that ends where it should, whatever it says.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", SafeText::line(text.trim()).replace('\\', r"\\").replace('"', "\\\""))
}

/// Several.
pub(super) fn all_quoted<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}
