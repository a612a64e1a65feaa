//! What each line of a text is.

use super::attr::{Attr, class, of_arrow, strip};
use super::item::{Item, Names, Numbered, Reference, alias, item, numbered, reference};
use super::sign::{Piece, bare, cut, label, list, meant, sign, split_at_sign, words};
use crate::model::{Level, Mode, Thing};

/// A line that says something.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Line {
    /// Its number in the text, from 1.
    pub(super) number: usize,
    /// How far it is indented.
    pub(super) indent: usize,
    pub(super) body: Body,
}

/// What a line says.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Body {
    /// `# title`
    Title(Heading),
    /// `## context`, `## subdomain/context`, `## subdomain/` or the bare `##` outside all of them.
    Section { subdomain: Option<Numbered>, context: Option<Heading> },
    /// `level:` and `scope:`
    Board(&'static str, String),
    /// `lane:`; nothing for above all lanes.
    Lane(Option<Heading>),
    /// `subdomain:`
    Subdomain(Heading),
    /// `require:`
    Requirement(Heading),
    /// `decision:`
    Decision(Heading),
    /// Stickies and arrows.
    Row(Row),
    /// Nothing of the above.
    Odd(String),
}

/// A name with what is said of it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Heading {
    pub(super) name: Numbered,
    pub(super) alias: Option<String>,
    /// Core, supporting or generic.
    pub(super) class: Option<&'static str>,
    pub(super) attrs: Vec<Attr>,
}

/// Stickies of which each leads to the next.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Row {
    pub(super) lead: Lead,
    /// Each sticky with the arrow that leads to it from the one before.
    pub(super) steps: Vec<Step>,
}

/// How a row begins.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Lead {
    /// With a sticky.
    None,
    /// With an arrow from the last sticky of the row it belongs to.
    Arrow,
    /// As an alternative to that sticky.
    Bar,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct Step {
    /// The arrow to this sticky, where one is drawn.
    pub(super) arrow: Option<Link>,
    pub(super) item: Item,
    /// What feeds it: `< 주문됨, 결제됨`.
    pub(super) sources: Vec<Reference>,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Link {
    pub(super) mode: Option<Mode>,
    pub(super) label: String,
    pub(super) attrs: Vec<Attr>,
}

/// Columns a tab is taken for.
const TAB: usize = 4;

/// Reads one line; nothing where it is blank or a comment.
pub(super) fn line(number: usize, text: &str, names: &Names) -> Option<Line> {
    let indent =
        text.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { TAB } else { 1 }).sum();
    let text = text.trim();
    if text.is_empty() || text.starts_with("//") {
        return None;
    }
    let told = heading(text, names).or_else(|| setting(text, names));
    let body = told.or_else(|| row(text, names).filter(|_| !is_broken_heading(text)).map(Body::Row));
    Some(Line { number, indent, body: body.unwrap_or_else(|| Body::Odd(text.to_owned())) })
}

/// Reads one line as a row, whatever it begins with.
pub(super) fn row_line(number: usize, text: &str, names: &Names) -> Option<Line> {
    let indent = text.chars().take_while(|c| c.is_whitespace()).count();
    let text = text.trim();
    let body = row(text, names).map_or_else(|| Body::Odd(text.to_owned()), Body::Row);
    (!text.is_empty()).then_some(Line { number, indent, body })
}

/// The frames that a line names, so that references to them are understood wherever they stand.
pub(super) fn learn(text: &str, names: &mut Names) {
    let text = text.trim();
    if !(text.starts_with(['#', '＃']) || text.contains([':', '：'])) {
        return;
    }
    match heading(text, names).or_else(|| setting(text, names)) {
        Some(Body::Section { subdomain, context }) => {
            names.subdomains.extend(subdomain.map(|name| name.text));
            names.contexts.extend(context.map(|heading| heading.name.text));
        }
        Some(Body::Subdomain(heading)) => {
            names.subdomains.insert(heading.name.text);
        }
        _ => {}
    }
}

fn heading(text: &str, names: &Names) -> Option<Body> {
    let marks: usize = text.chars().take_while(|c| sign(*c) == '#').map(char::len_utf8).sum();
    let rest =
        text[marks..].strip_prefix(char::is_whitespace).or((marks == text.len()).then_some(""))?.trim();
    match text[..marks].chars().count() {
        1 if !rest.is_empty() => Some(Body::Title(named(rest, Thing::Board, names))),
        2 => {
            let (rest, attrs) = strip(rest, &[Thing::Context], names);
            let slash = split_at_sign(rest, '/').filter(|(subdomain, _)| !subdomain.is_empty());
            let (subdomain, context) = match slash {
                Some((subdomain, context)) => (Some(numbered(subdomain)), context),
                None => (None, rest),
            };
            let context = (!context.is_empty()).then(|| titled(context, Thing::Context, attrs));
            Some(Body::Section { subdomain, context })
        }
        _ => None,
    }
}

/// Whether this is a heading without a name, or of a depth that a wall does not have.
fn is_broken_heading(text: &str) -> bool {
    let rest = text.trim_start_matches(['#', '＃']);
    rest.len() < text.len() && (rest.is_empty() || text.chars().nth(2).is_some_and(|c| sign(c) == '#'))
}

/// A name with its alias, its class and its attributes.
fn named(text: &str, of: Thing, names: &Names) -> Heading {
    let (text, attrs) = strip(text, &[of], names);
    titled(text, of, attrs)
}

fn titled(text: &str, of: Thing, attrs: Vec<Attr>) -> Heading {
    let last = words(text).into_iter().skip(1).last();
    let found = last.filter(|_| of == Thing::Context).and_then(|(at, word)| Some((at, class(word)?)));
    let (text, class) = match found {
        Some((at, class)) => (text[..at].trim(), Some(class)),
        None => (text, None),
    };
    let has_alias = matches!(of, Thing::Context | Thing::Board);
    let (text, alias) = if has_alias { alias(text) } else { (text, None) };
    let is_numbered = matches!(of, Thing::Context | Thing::Lane);
    let name = if is_numbered { numbered(text) } else { Numbered { text: meant(text), nth: None } };
    Heading { name, alias, class, attrs }
}

fn setting(text: &str, names: &Names) -> Option<Body> {
    let (key, said) = split_at_sign(text, ':')?;
    let plain = |name| (!said.is_empty()).then(|| Body::Board(name, meant(said)));
    let about = |of| (!said.is_empty()).then(|| named(said, of, names));
    match key.to_lowercase().as_str() {
        "level" | "수준" => match meant(said).parse::<Level>() {
            Ok(level) => Some(Body::Board("level", level.id().to_owned())),
            Err(()) => Some(Body::Odd(text.to_owned())),
        },
        "scope" | "범위" => plain("scope"),
        "lane" | "레인" => Some(Body::Lane(about(Thing::Lane))),
        "subdomain" | "하위도메인" | "하위 도메인" => about(Thing::Context).map(Body::Subdomain),
        "require" | "requirement" | "요구" | "요구사항" => {
            about(Thing::Requirement).map(Body::Requirement)
        }
        "decision" | "결정" => about(Thing::Decision).map(Body::Decision),
        _ => None,
    }
}

fn row(text: &str, names: &Names) -> Option<Row> {
    let bullet =
        text.strip_prefix(['-', '•', '·', '–']).and_then(|rest| rest.strip_prefix(char::is_whitespace));
    let text = bullet.unwrap_or(text);
    let bar = text.chars().next().filter(|c| sign(*c) == '|').map(char::len_utf8);
    let (bar_said, begin) = match bar {
        Some(bar) => {
            let closings: Vec<usize> =
                bare(text).filter(|(_, c)| sign(*c) == ')').map(|(at, _)| at).collect();
            label(text, bar, &closings)
        }
        None => ("", 0),
    };
    let mut lead = if bar.is_some() { Lead::Bar } else { Lead::None };
    let mut arrow = bar.map(|_| link(None, bar_said, names));
    let mut steps: Vec<Step> = Vec::new();
    let mut feeds = false;
    for piece in cut(&text[begin..]) {
        match piece {
            Piece::Arrow(mode, said) => {
                if steps.is_empty() && lead == Lead::None {
                    lead = Lead::Arrow;
                }
                arrow = Some(link(mode, said, names));
                feeds = false;
            }
            Piece::From => feeds = !steps.is_empty(),
            Piece::Text(said) if feeds => {
                let (said, attrs) = strip(said, &[Thing::Note, Thing::Arrow], names);
                if let Some(step) = steps.last_mut() {
                    step.sources.extend(list(said).into_iter().filter_map(|it| reference(it, names)));
                    step.item.attrs.extend(attrs);
                }
                feeds = false;
            }
            Piece::Text(said) => {
                let item = item(said, names)?;
                steps.push(Step { arrow: arrow.take(), item, sources: Vec::new() });
            }
        }
    }
    (!steps.is_empty()).then_some(Row { lead, steps })
}

fn link(mode: Option<Mode>, said: &str, names: &Names) -> Link {
    let (label, attrs) = of_arrow(said, names);
    Link { mode, label, attrs }
}
