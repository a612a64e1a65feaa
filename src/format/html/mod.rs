//! A report as one HTML file that needs nothing else: no script, no font, no picture from elsewhere.

use std::collections::BTreeSet;

use super::report::document::{Block, Document, Field, Picture, Row, Span, Table, Text};
use crate::model::text::SafeText;

const STYLE: &str = include_str!("report.css");

/// The deepest heading HTML has.
const DEPTH_MAX: usize = 6;

/// Writes a report.
pub fn write(document: &Document) -> String {
    let title = escaped(&document.title);
    let page = Page { anchors: anchors(document) };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"UTF-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n",
        document.lang.code()
    );
    document.front.iter().for_each(|block| out += &page.block(block));
    out += "</header>\n";
    out += &contents(document);
    out += "<main>\n";
    let sections = document.numbered();
    for (at, section) in sections.iter().enumerate() {
        let depth = section.path.len();
        let level = (depth + 1).min(DEPTH_MAX);
        let anchor = section.number("-");
        out += &format!("<section aria-labelledby=\"part-{anchor}\">\n<h{level} id=\"part-{anchor}\">");
        out += &format!(
            "<span class=\"number\">{}</span> {}</h{level}>\n",
            section.number("."),
            escaped(&section.section.heading)
        );
        section.section.blocks.iter().for_each(|block| out += &page.block(block));
        let next = sections.get(at + 1).map_or(1, |next| next.path.len());
        out += &"</section>\n".repeat((depth + 1).saturating_sub(next));
    }
    out + "</main>\n</body>\n</html>\n"
}

/// The names of rows that marks may lead to.
fn anchors(document: &Document) -> BTreeSet<&str> {
    let sections = document.numbered();
    let blocks = sections.iter().flat_map(|it| &it.section.blocks);
    let rows =
        blocks.filter_map(|block| if let Block::Table(table) = block { Some(&table.rows) } else { None });
    rows.flatten().filter_map(|row| row.anchor.as_deref()).collect()
}

fn contents(document: &Document) -> String {
    let Some(heading) = &document.contents else { return String::new() };
    let sections = document.numbered();
    let entry = |section: &&super::report::document::Numbered<'_>| {
        format!(
            "<li class=\"depth-{}\"><a href=\"#part-{}\">{}</a></li>\n",
            section.path.len(),
            section.number("-"),
            escaped(&section.heading())
        )
    };
    let entries: String = sections.iter().filter(|it| it.path.len() <= 2).map(|it| entry(&it)).collect();
    let heading = escaped(heading);
    format!(
        "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">{heading}</h2>\n<ul>\n{entries}</ul>\n</nav>\n"
    )
}

/// What is known while a page is written.
struct Page<'a> {
    anchors: BTreeSet<&'a str>,
}

impl Page<'_> {
    fn block(&self, block: &Block) -> String {
        match block {
            Block::Paragraph(text) => format!("<p>{}</p>\n", self.text(text)),
            Block::List(items) => self.items("ul", items),
            Block::Steps(items) => self.items("ol", items),
            Block::Table(table) => self.table(table),
            Block::Canvas(fields) => {
                let fields: String = fields.iter().map(|field| self.field(field)).collect();
                format!("<dl class=\"canvas\">\n{fields}</dl>\n")
            }
            Block::Picture(picture) => picture_of(picture),
        }
    }

    fn items(&self, tag: &str, items: &[Text]) -> String {
        let items: String = items.iter().map(|item| format!("<li>{}</li>\n", self.text(item))).collect();
        format!("<{tag}>\n{items}</{tag}>\n")
    }

    fn field(&self, field: &Field) -> String {
        let items: String = field.items.iter().map(|item| format!("<dd>{}</dd>", self.text(item))).collect();
        format!("<div><dt>{}</dt>{items}</div>\n", escaped(&field.name))
    }

    fn table(&self, table: &Table) -> String {
        let classes: Vec<&str> = (0..table.heads.len())
            .map(|column| if table.is_number(column) { " class=\"digits\"" } else { "" })
            .collect();
        let head = |(column, head): (usize, &String)| {
            format!("<th scope=\"col\"{}>{}</th>", classes[column], escaped(head))
        };
        let heads: String = table.heads.iter().enumerate().map(head).collect();
        let cell = |(column, cell): (usize, &Text)| match column {
            0 => format!("<th scope=\"row\">{}</th>", self.text(cell)),
            _ => format!("<td{}>{}</td>", classes[column], self.text(cell)),
        };
        let row = |row: &Row| {
            let id =
                row.anchor.as_ref().map_or_else(String::new, |anchor| format!(" id=\"{}\"", escaped(anchor)));
            let cells: String = row.cells.iter().enumerate().map(cell).collect();
            format!("<tr{id}>{cells}</tr>\n")
        };
        let rows: String = table.rows.iter().map(row).collect();
        format!(
            "<div class=\"wide\">\n<table>\n<caption>{}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n",
            escaped(&table.caption)
        )
    }

    fn text(&self, text: &Text) -> String {
        text.0.iter().map(|span| self.span(span)).collect()
    }

    fn span(&self, span: &Span) -> String {
        let words = escaped(span.words());
        match span {
            Span::Plain(_) => words,
            Span::Strong(_) => format!("<strong>{words}</strong>"),
            Span::Mark(mark) => {
                let anchor = mark.to_lowercase();
                if self.anchors.contains(anchor.as_str()) {
                    format!("<a class=\"mark\" href=\"#{anchor}\">{words}</a>")
                } else {
                    format!("<span class=\"mark\">{words}</span>")
                }
            }
            Span::Guess(_) => format!("<em class=\"guess\">{words}</em>"),
            Span::Missing(_) => format!("<em class=\"missing\">{words}</em>"),
        }
    }
}

fn picture_of(picture: &Picture) -> String {
    let Some(drawn) = &picture.svg else { return String::new() };
    format!(
        "<figure>\n<div class=\"wide\">{}</div>\n<figcaption>{}</figcaption>\n</figure>\n",
        drawn.trim(),
        escaped(&picture.caption)
    )
}

/// Words in which no sign means anything but itself.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in SafeText::line(words).chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            c => out.push(c),
        }
    }
    out
}
