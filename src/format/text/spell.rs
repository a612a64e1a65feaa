//! How each thing is spelled: as plainly as is read back as meant, in quotes where plain is not enough.

use serde_json::Value;

use super::attr::{Attr, of_arrow, strip, understood};
use super::item::{Item, Names, Reference, Within, reference};
use super::line::{Body, Heading, Lead, Link, Row, line};
use super::sign::{Piece, cut, list, quoted, words};
use super::write::composed;
use crate::model::field::{FieldType, field};
use crate::model::{Mode, NoteKind, Thing};

/// A text as it stands, where nothing in it could be taken for a sign of its own, and in quotes.
fn ways(text: &str) -> impl Iterator<Item = String> {
    let is_plain =
        !text.is_empty() && text.trim() == text && !text.contains(['"', '＂', '“', '”', '\\', '\r', '\t']);
    let plain = is_plain.then(|| text.replace('\n', "\\n"));
    plain.into_iter().chain([quoted(text)])
}

fn number(nth: Option<u32>) -> String {
    nth.map(|nth| format!("#{nth}")).unwrap_or_default()
}

/// Each way to spell what names a sticky: the frame it is in, its wording and its number.
fn bodies(said: &Reference) -> Vec<String> {
    let frames: Vec<String> = match &said.within {
        None => vec![String::new()],
        Some(Within::Outside) => vec!["-/".to_owned()],
        Some(Within::Context(name)) => ways(&name.text).map(|it| it + &number(name.nth) + "/").collect(),
        Some(Within::Subdomain(name)) => ways(&name.text).map(|it| it + &number(name.nth) + "//").collect(),
    };
    let name = |frame: &String| -> Vec<String> {
        ways(&said.wording.text).map(|text| format!("{frame}{text}{}", number(said.wording.nth))).collect()
    };
    frames.iter().flat_map(name).collect()
}

/// A wording with the mark of its kind.
fn marked(item: &Item, body: &str, gap: &str) -> String {
    let mark = match item.reference.kind {
        Some(NoteKind::DomainEvent) if item.pivotal => return format!("**{body}**"),
        Some(NoteKind::Aggregate) => return format!("[{body}]"),
        Some(NoteKind::ExternalSystem) => return format!("[[{body}]]"),
        Some(NoteKind::DomainEvent) => "*",
        Some(NoteKind::Command) => "/",
        Some(NoteKind::Actor) => "@",
        Some(NoteKind::Policy) => "%",
        Some(NoteKind::ReadModel) => "=",
        Some(NoteKind::Hotspot) => "!",
        Some(NoteKind::Opportunity) => "+",
        Some(NoteKind::Value) => match item.sign {
            Some('-') => "$-",
            Some(_) => "$+",
            None => return format!("value:{gap}{body}"),
        },
        Some(NoteKind::UserInterface) => return format!("ui:{gap}{body}"),
        Some(NoteKind::Time) => return format!("time:{gap}{body}"),
        Some(NoteKind::Note) => return format!("note:{gap}{body}"),
        None => "",
    };
    format!("{mark}{body}")
}

/// An item of a row.
pub(super) fn item(item: &Item, names: &Names) -> String {
    let things = [Thing::Note, Thing::Arrow];
    let mut last = String::new();
    for meant in with_alias_as_attr(item) {
        let attrs = attrs(&meant.attrs, &things, names);
        let alias = meant.alias.as_ref().map(|alias| format!(" ({alias})")).unwrap_or_default();
        let is_inside = matches!(meant.reference.kind, Some(NoteKind::Aggregate | NoteKind::ExternalSystem));
        for body in bodies(&meant.reference) {
            let form = if is_inside {
                marked(&meant, &(body + &alias), " ") + &attrs
            } else {
                marked(&meant, &body, " ") + &alias + &attrs
            };
            if is_read_as(&form, &meant, names) {
                return form;
            }
            last = form;
        }
    }
    last
}

/// The item as it is, and with its alias told as an attribute.
fn with_alias_as_attr(item: &Item) -> Vec<Item> {
    let mut forms = vec![item.clone()];
    if let Some(alias) = &item.alias {
        let mut other = item.clone();
        other.alias = None;
        other.attrs.insert(0, Attr::Detail(Thing::Note, "alias".to_owned(), Value::from(alias.as_str())));
        forms.push(other);
    }
    forms
}

fn is_read_as(form: &str, item: &Item, names: &Names) -> bool {
    match line(1, &composed(form), names).map(|line| line.body) {
        Some(Body::Row(Row { lead: Lead::None, steps })) => {
            matches!(&steps[..], [step] if step.item == *item && step.sources.is_empty())
        }
        _ => false,
    }
}

/// What names a sticky elsewhere: in a list after `<`, or as one word in an attribute.
pub(super) fn named(said: &Reference, names: &Names, is_word: bool) -> String {
    let item = Item { reference: said.clone(), pivotal: false, sign: None, alias: None, attrs: Vec::new() };
    let mut last = String::new();
    for body in bodies(said) {
        let form = marked(&item, &body, if is_word { "" } else { " " });
        let is_one = list(&form).len() == 1 && (!is_word || words(&form).len() == 1);
        let is_row = matches!(cut(&format!("x < {form}"))[..], [_, Piece::From, Piece::Text(_)]);
        let is_no_attr = strip(&format!("x {form}"), &[Thing::Note, Thing::Arrow], names).1.is_empty();
        if is_one && is_row && is_no_attr && reference(&composed(&form), names).as_ref() == Some(said) {
            return form;
        }
        last = form;
    }
    last
}

/// Attributes, each with a space before it. What cannot be said is left out.
fn attrs(attrs: &[Attr], of: &[Thing], names: &Names) -> String {
    attrs.iter().filter_map(|attr| spelled(attr, of, names)).map(|attr| format!(" {attr}")).collect()
}

/// An attribute, if there is a way to say it.
pub(super) fn spelled(attr: &Attr, of: &[Thing], names: &Names) -> Option<String> {
    let refs =
        |refs: &[Reference]| refs.iter().map(|it| named(it, names, true)).collect::<Vec<_>>().join(",");
    let forms = match attr {
        Attr::Detail(thing, name, value) => detail(*thing, name, value),
        Attr::Refs(name, said) => {
            vec![format!("{}:{}", word(Thing::Note, name), refs(said)), format!("{name}:{}", refs(said))]
        }
        Attr::At(at) => vec![format!("at:{}", at.iter().map(i32::to_string).collect::<Vec<_>>().join(","))],
        Attr::Size(size) => vec![format!("size:{}x{}", size.w, size.h)],
        Attr::Id(id) => vec![format!("id:{id}"), format!("id:{}", quoted(id))],
        Attr::By(name) => ways(name).map(|name| format!("by:{name}")).collect(),
        Attr::On(host) => vec![format!("on:{}", named(host, names, true))],
        Attr::New => vec!["+new".to_owned()],
        Attr::Layer(z) => vec![format!("z:{z}")],
        Attr::Or(wording) => ways(wording).map(|wording| format!("or:{wording}")).collect(),
    };
    let is_whole = |form: &str| match of {
        [Thing::Arrow] => in_brackets(form),
        _ => matches!(cut(form)[..], [Piece::Text(whole)] if whole == form),
    };
    let is_read = |form: &String| {
        is_whole(form)
            && words(form).len() == 1
            && understood(&composed(form), of, names).as_ref() == Some(attr)
    };
    forms.into_iter().find(is_read)
}

/// The word people type for a detail.
fn word(of: Thing, name: &str) -> &str {
    field(of, name).map_or(name, |row| row.words[0])
}

fn detail(of: Thing, name: &str, value: &Value) -> Vec<String> {
    let word = word(of, name);
    let text = value.as_str().unwrap_or_default();
    let items = || value.as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut forms: Vec<String> = match field(of, name).map(|row| row.holds) {
        Some(FieldType::Text(_) | FieldType::Choice(_)) => {
            ways(text).map(|text| format!("{word}:{text}")).collect()
        }
        Some(FieldType::Texts(_) | FieldType::Choices(_)) => {
            let is_plain = |text: &str| !text.is_empty() && !text.contains(|c: char| !c.is_alphanumeric());
            let item = |text| if is_plain(text) { text.to_owned() } else { quoted(text) };
            vec![format!("{word}:{}", items().map(item).collect::<Vec<_>>().join(","))]
        }
        Some(FieldType::Flag) if *value == Value::Bool(true) => vec![format!("+{word}")],
        Some(FieldType::Flag | FieldType::Share) => vec![format!("{word}:{value}")],
        Some(FieldType::Id | FieldType::Ids) | None => Vec::new(),
    };
    forms.push(format!(".{name}:{}", quoted(&value.to_string())));
    forms
}

/// An arrow, or the bar of an alternative, with what is said of it.
pub(super) fn arrow(link: &Link, is_bar: bool, names: &Names) -> String {
    let (token, mode) = match (is_bar, link.mode) {
        (true, mode) => ("|", mode),
        (false, None) => (">", None),
        (false, Some(Mode::Sync)) => ("=>", None),
        (false, Some(Mode::Async)) => ("~>", None),
    };
    let mode = mode.map(|mode| format!(" mode:{}", mode.id())).unwrap_or_default();
    let mut last = token.to_owned();
    let labels = if link.label.is_empty() { vec![String::new()] } else { ways(&link.label).collect() };
    for label in labels {
        let said = label + &mode + &attrs(&link.attrs, &[Thing::Arrow], names);
        let said = said.trim_start();
        if said.is_empty() {
            break;
        }
        last = format!("{token}({said})");
        if of_arrow(said, names).0 == link.label && in_brackets(said) {
            break;
        }
    }
    last
}

/// Whether a text can stand in brackets.
fn in_brackets(said: &str) -> bool {
    matches!(cut(&format!(">({said}) x"))[..], [Piece::Arrow(_, inside), Piece::Text("x")] if inside == said)
}

/// A line with a heading: what stands before the name, the heading, and the body it is to be read as.
pub(super) fn heading(
    prefix: &str,
    heading: &Heading,
    of: Thing,
    names: &Names,
    body: impl Fn(Heading) -> Body,
) -> String {
    let mut forms = vec![heading.clone()];
    if let Some(alias) = &heading.alias {
        let mut other = heading.clone();
        other.alias = None;
        other.attrs.insert(0, Attr::Detail(of, "alias".to_owned(), Value::from(alias.as_str())));
        forms.push(other);
    }
    let mut last = String::new();
    for meant in forms {
        let alias = meant.alias.as_ref().map(|alias| format!(" ({alias})")).unwrap_or_default();
        let class = meant.class.map(|class| format!(" {class}")).unwrap_or_default();
        let attrs = attrs(&meant.attrs, &[of], names);
        for name in ways(&meant.name.text) {
            let form = format!("{prefix}{name}{}{alias}{class}{attrs}", number(meant.name.nth));
            if line(1, &composed(&form), names).is_some_and(|line| line.body == body(meant.clone())) {
                return form;
            }
            last = form;
        }
    }
    last
}

/// The name of a subdomain before the slash.
pub(super) fn subdomain(name: &super::item::Numbered, names: &Names) -> String {
    let mut last = String::new();
    for text in ways(&name.text) {
        let form = format!("{text}{}/", number(name.nth));
        let read = line(1, &format!("## {form}"), names).map(|line| line.body);
        if read == Some(Body::Section { subdomain: Some(name.clone()), context: None }) {
            return form;
        }
        last = form;
    }
    last
}
