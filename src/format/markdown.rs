//! A report as Markdown, as GitHub reads it.

use std::collections::BTreeMap;

use super::report::document::{Block, Document, Field, Picture, Span, Table, Text};
use crate::model::text::SafeText;

/// The deepest heading Markdown has.
const DEPTH_MAX: usize = 6;

/// Writes a report.
pub fn write(document: &Document) -> String {
    let mut out = format!("# {}\n\n", heading_of(&document.title));
    document.front.iter().for_each(|block| out += &written(block));
    let sections = document.numbered();
    if let Some(heading) = &document.contents {
        out += &format!("## {}\n\n", heading_of(heading));
        let mut anchors = Anchors::default();
        [&document.title, heading].into_iter().for_each(|taken| drop(anchors.of(taken)));
        for section in &sections {
            let anchor = anchors.of(&section.heading());
            if section.path.len() <= 2 {
                let indent = "  ".repeat(section.path.len() - 1);
                out += &format!("{indent}- [{}](#{anchor})\n", heading_of(&section.heading()));
            }
        }
        out += "\n";
    }
    for section in &sections {
        let level = "#".repeat((section.path.len() + 1).min(DEPTH_MAX));
        out += &format!("{level} {}\n\n", heading_of(&section.heading()));
        section.section.blocks.iter().for_each(|block| out += &written(block));
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

/// The names by which headings are found, as GitHub makes them.
#[derive(Default)]
struct Anchors(BTreeMap<String, usize>);

impl Anchors {
    fn of(&mut self, heading: &str) -> String {
        let heading = SafeText::line(heading).to_lowercase();
        let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let anchor: String =
            heading.trim().chars().filter(is_kept).map(|c| if c == ' ' { '-' } else { c }).collect();
        let count = self.0.entry(anchor.clone()).or_default();
        *count += 1;
        if *count == 1 { anchor } else { format!("{anchor}-{}", *count - 1) }
    }
}

fn written(block: &Block) -> String {
    let text = match block {
        Block::Paragraph(text) => match text.0.as_slice() {
            // Leaning words alone on a line look like a heading.
            [Span::Missing(words)] => line(words),
            _ => text_of(text),
        },
        Block::List(items) => items.iter().map(|item| format!("- {}\n", text_of(item))).collect(),
        Block::Steps(items) => (1..).zip(items).map(|(n, it)| format!("{n}. {}\n", text_of(it))).collect(),
        Block::Table(table) => table_of(table),
        Block::Canvas(fields) => fields.iter().map(field).collect(),
        Block::Picture(picture) => picture_of(picture),
    };
    if text.is_empty() { text } else { text.trim_end().to_owned() + "\n\n" }
}

fn field(field: &Field) -> String {
    let items = field.items.iter().map(|item| format!("  - {}\n", text_of(item)));
    format!("- **{}**\n{}", line(&field.name), items.collect::<String>())
}

fn table_of(table: &Table) -> String {
    let row = |cells: &mut dyn Iterator<Item = String>| {
        cells.fold("|".to_owned(), |row, cell| row + " " + &cell + " |") + "\n"
    };
    let rule = |column| if table.is_number(column) { "---:".to_owned() } else { "---".to_owned() };
    let heads = row(&mut table.heads.iter().map(|head| line(head)));
    let rule = row(&mut (0..table.heads.len()).map(rule));
    let rows = table.rows.iter().map(|it| row(&mut it.cells.iter().map(text_of)));
    format!("{}\n\n{heads}{rule}{}", line(&table.caption), rows.collect::<String>())
}

/// A picture in a fence that nothing in it can close.
fn picture_of(picture: &Picture) -> String {
    let Some(drawn) = &picture.mermaid else { return String::new() };
    let longest = drawn.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    format!("{}\n\n{fence}mermaid\n{}\n{fence}\n", line(&picture.caption), drawn.trim_end())
}

fn text_of(text: &Text) -> String {
    let mut out = String::new();
    for span in &text.0 {
        let words = escaped(span.words());
        out += &match span {
            Span::Plain(_) | Span::Mark(_) => words,
            _ if words.trim().is_empty() => String::new(),
            Span::Strong(_) => format!("**{}**", words.trim()),
            Span::Guess(_) => format!("({words})"),
            Span::Missing(_) => format!("*{}*", words.trim()),
        };
    }
    begun(out.trim())
}

/// Words behind the signs of a heading, whose last signs could end it.
fn heading_of(words: &str) -> String {
    let words = escaped(words);
    let words = words.trim();
    let end = words.trim_end_matches('#');
    end.to_owned() + &"\\#".repeat(words.len() - end.len())
}

/// Words for one line of their own.
fn line(words: &str) -> String {
    begun(escaped(words).trim())
}

/// Words in which no sign means anything but itself, wherever in a line they stand.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in SafeText::line(words).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '&' => out.extend(['\\', c]),
            '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Words that neither begin a heading, a list, a rule, a quote or, in a spreadsheet, a formula.
fn begun(words: &str) -> String {
    let digits = words.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = words.split_at(digits);
    let is_sign = |signs: &[char]| rest.starts_with(signs);
    match digits {
        0 if is_sign(&['#', '-', '+', '=', '@', ':']) => format!("\\{words}"),
        1.. if is_sign(&['.', ')']) => format!("{number}\\{rest}"),
        _ => words.to_owned(),
    }
}
