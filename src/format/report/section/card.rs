use crate::format::report::desk::Desk;
use crate::format::report::document::{Block, Field, Section, Text};
use crate::model::Id;
use crate::query::outline::{Aggregate, ContextOutline, Party};

/// The card of an aggregate: what it is, what it goes through, what it keeps true.
pub(super) fn card(desk: &Desk<'_>, context: &ContextOutline, aggregate: &Aggregate) -> Section {
    let home = Party::Context(context.id);
    let field = |name: &'static str, items: Vec<Text>| Field {
        name: desk.say(name),
        items: if items.is_empty() { vec![desk.missing()] } else { items },
    };
    let each = |notes: &[Id]| notes.iter().map(|note| desk.note_seen_from(home, *note)).collect::<Vec<_>>();
    let told = desk.outline.chapters.iter().flat_map(|chapter| &chapter.events);
    let states: Vec<Id> = told.filter(|event| aggregate.events.contains(event)).copied().collect();
    let policies = context.policies.iter().filter(|it| it.on.iter().any(|on| aggregate.events.contains(on)));
    let policies: Vec<Id> = policies.map(|policy| policy.policy).collect();
    let definition = desk.outline.note(aggregate.id).and_then(|note| note.definition.as_deref());
    let path = Text::joined(states.iter().map(|event| desk.note(*event)), " → ");
    let fields = vec![
        field("report-description", definition.map(Text::from).into_iter().collect()),
        field(
            "report-states",
            (!states.is_empty()).then(|| path.and(" ").and(desk.guess())).into_iter().collect(),
        ),
        field("report-invariants", Vec::new()),
        field("report-corrective", each(&policies)),
        field("report-handled", each(&aggregate.commands)),
        field("report-created", each(&aggregate.events)),
        field("report-throughput", Vec::new()),
        field("report-size", Vec::new()),
    ];
    let heading = format!("{} {}", aggregate.name, desk.mark(aggregate.id).plain());
    Section::of(heading, vec![Block::Canvas(fields)])
}
