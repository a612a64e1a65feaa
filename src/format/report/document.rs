//! A report before it is written: sections of paragraphs, lists, tables and pictures, in words of one language.
//!
//! Nothing in it is escaped, and nothing in it knows how it will be written.

use crate::words::Lang;

/// A whole report.
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    /// The language it is told in.
    pub lang: Lang,
    /// What stands above it.
    pub title: String,
    /// What stands above the list of its sections; nothing where it is too short for such a list.
    pub contents: Option<String>,
    /// What comes before the first section.
    pub front: Vec<Block>,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// What stands under one heading.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Section {
    /// The heading, without its number.
    pub heading: String,
    /// What stands there, in order.
    pub blocks: Vec<Block>,
    /// The sections within it.
    pub parts: Vec<Section>,
}

/// One thing among those that stand under each other.
#[derive(Clone, PartialEq, Debug)]
pub enum Block {
    /// A few sentences.
    Paragraph(Text),
    /// Items without an order.
    List(Vec<Text>),
    /// Items in their order.
    Steps(Vec<Text>),
    /// Rows under heads.
    Table(Table),
    /// Named fields side by side.
    Canvas(Vec<Field>),
    /// Something drawn.
    Picture(Picture),
}

/// Rows under heads. The first cell of a row names it.
#[derive(Clone, PartialEq, Debug)]
pub struct Table {
    /// What it tells.
    pub caption: String,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// Its rows, each with a cell for every head.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The name under which marks find it.
    pub anchor: Option<String>,
    /// Its cells.
    pub cells: Vec<Text>,
}

/// A field of a canvas.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// What it asks for.
    pub name: String,
    /// What is known of it.
    pub items: Vec<Text>,
}

/// Something drawn, in the languages that readers draw from.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Picture {
    /// What it shows.
    pub caption: String,
    /// As a diagram in Mermaid's language.
    pub mermaid: Option<String>,
    /// As a drawing.
    pub svg: Option<String>,
}

/// Words in a row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text(pub Vec<Span>);

/// Words of one sort.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Span {
    /// Words as they are, people's or ours.
    Plain(String),
    /// Words that lead the eye.
    Strong(String),
    /// The short name of a sticky.
    Mark(String),
    /// Says that nobody has said so.
    Guess(String),
    /// Stands for what nobody has filled in yet.
    Missing(String),
}

/// A section with its number and depth, in the order of reading.
pub struct Numbered<'a> {
    /// The numbers from the outermost section to this one, from 1.
    pub path: Vec<usize>,
    /// The section.
    pub section: &'a Section,
}

impl Document {
    /// Every section, each before those within it.
    pub fn numbered(&self) -> Vec<Numbered<'_>> {
        let mut all = Vec::new();
        number(&self.sections, &[], &mut all);
        all
    }
}

fn number<'a>(sections: &'a [Section], above: &[usize], all: &mut Vec<Numbered<'a>>) {
    for (at, section) in sections.iter().enumerate() {
        let path = [above, &[at + 1]].concat();
        all.push(Numbered { path: path.clone(), section });
        number(&section.parts, &path, all);
    }
}

impl Section {
    /// A section of its own blocks only.
    pub fn of(heading: String, blocks: Vec<Block>) -> Section {
        Section { heading, blocks, parts: Vec::new() }
    }
}

impl Numbered<'_> {
    /// The numbers with a sign between.
    pub fn number(&self, sign: &str) -> String {
        self.path.iter().map(usize::to_string).collect::<Vec<_>>().join(sign)
    }

    /// The heading with its number.
    pub fn heading(&self) -> String {
        format!("{} {}", self.number("."), self.section.heading)
    }
}

impl Table {
    /// Whether a column holds numbers only.
    pub fn is_number(&self, column: usize) -> bool {
        let is_digit = |c: char| c.is_ascii_digit() || c == '.';
        let cells = || self.rows.iter().map(|row| row.cells[column].plain()).filter(|cell| cell != NOTHING);
        column > 0 && cells().next().is_some() && cells().all(|cell| cell.chars().all(is_digit))
    }
}

/// What stands in a cell where there is nothing to tell.
pub const NOTHING: &str = "—";

impl Text {
    /// Words as they are.
    pub fn plain_of(words: impl Into<String>) -> Text {
        Text(vec![Span::Plain(words.into())])
    }

    /// The same with more behind it.
    #[must_use]
    pub fn and(mut self, more: impl Into<Text>) -> Text {
        self.0.extend(more.into().0);
        self
    }

    /// Texts with words between.
    pub fn joined(texts: impl IntoIterator<Item = Text>, between: &str) -> Text {
        let mut all = Text::default();
        for text in texts {
            if !all.0.is_empty() {
                all.0.push(Span::Plain(between.to_owned()));
            }
            all.0.extend(text.0);
        }
        all
    }

    /// The same, or a dash where there is nothing.
    #[must_use]
    pub fn or_nothing(self) -> Text {
        if self.plain().is_empty() { Text::plain_of(NOTHING) } else { self }
    }

    /// All of its words.
    pub fn plain(&self) -> String {
        self.0.iter().map(Span::words).collect()
    }
}

impl Span {
    /// Its words, whatever their sort.
    pub fn words(&self) -> &str {
        match self {
            Span::Plain(words)
            | Span::Strong(words)
            | Span::Mark(words)
            | Span::Guess(words)
            | Span::Missing(words) => words,
        }
    }
}

impl From<Span> for Text {
    fn from(span: Span) -> Text {
        Text(vec![span])
    }
}

impl From<String> for Text {
    fn from(words: String) -> Text {
        Text::plain_of(words)
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Text {
        Text::plain_of(words)
    }
}

impl From<Vec<Text>> for Row {
    fn from(cells: Vec<Text>) -> Row {
        Row { anchor: None, cells }
    }
}
