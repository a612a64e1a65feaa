use super::label;
use super::map::{line, more};
use crate::format::ident::{Idents, Style};
use crate::format::landscape::name_of;
use crate::query::Outline;
use crate::query::outline::{Aggregate, Party};
use crate::words::Lang;

/// Aggregates in one picture.
const AGGREGATES: usize = 120;

/// The aggregates as classes, contexts as namespaces: commands as what a class does, events as what it lets happen.
pub(super) fn aggregates(outline: &Outline, lang: Lang) -> Option<String> {
    let mut out = "classDiagram\n  direction LR\n".to_owned();
    let mut spaces = Idents::new(Style::Pascal, &[]);
    let (mut drawn, mut left) = (0, 0);
    for context in outline.contexts.iter().filter(|context| !context.aggregates.is_empty()) {
        let room = context.aggregates.len().min(AGGREGATES - drawn);
        left += context.aggregates.len() - room;
        if room == 0 {
            continue;
        }
        let name = name_of(outline, Party::Context(context.id), lang);
        let space = spaces.free(context.card.alias.as_deref(), &name, "context");
        line(&mut out, format_args!("namespace {space} {{"));
        for aggregate in &context.aggregates[..room] {
            class(&mut out, outline, aggregate, drawn);
            drawn += 1;
        }
        line(&mut out, format_args!("}}"));
    }
    if left > 0 {
        line(&mut out, format_args!("class more[\"{}\"]", more(left, lang)));
    }
    (drawn > 0).then_some(out)
}

fn class(out: &mut String, outline: &Outline, aggregate: &Aggregate, at: usize) {
    line(out, format_args!("  class a{at}[\"{}\"] {{", label(&aggregate.name)));
    let mut events: Vec<&str> = aggregate.events.iter().map(|note| outline.wording(*note)).collect();
    events.dedup();
    for event in events {
        line(out, format_args!("    {}", label(event)));
    }
    for command in &aggregate.commands {
        line(out, format_args!("    {}()", label(outline.wording(*command))));
    }
    line(out, format_args!("  }}"));
}
