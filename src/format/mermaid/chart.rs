use super::label;
use super::map::line;
use crate::format::landscape::{class_name, name_of};
use crate::query::Outline;
use crate::query::outline::{ContextOutline, Party};
use crate::words::{Lang, say};

/// Points in one picture.
const POINTS: usize = 120;

/// The core domain chart: contexts by how hard they are and how far they set the business apart, where people said both.
pub fn core_domain_chart(outline: &Outline, lang: Lang) -> Option<String> {
    let point = |context: &ContextOutline| {
        let name = name_of(outline, Party::Context(context.id), lang);
        Some((name, context.card.complexity?, context.card.differentiation?))
    };
    let points: Vec<(String, f64, f64)> = outline.contexts.iter().filter_map(point).take(POINTS).collect();
    let quoted = |text: &str| format!("\"{}\"", label(text));
    let axis = |low, high| format!("{} --> {}", quoted(low), quoted(high));
    let mut out = "quadrantChart\n".to_owned();
    let (simple, complex) = (say(lang, "picture-simple"), say(lang, "picture-complex"));
    let (alike, apart) = (say(lang, "picture-alike"), say(lang, "picture-apart"));
    line(&mut out, format_args!("x-axis {}", axis(simple, complex)));
    line(&mut out, format_args!("y-axis {}", axis(alike, apart)));
    line(&mut out, format_args!("quadrant-1 {}", quoted(class_name("core", lang).unwrap_or_default())));
    for (name, complexity, differentiation) in &points {
        let (x, y) = (share(*complexity), share(*differentiation));
        line(&mut out, format_args!("{}: [{x}, {y}]", quoted(name)));
    }
    (!points.is_empty()).then_some(out)
}

/// A number from 0 to 1 as the grammar spells it: exactly `1`, or `0` with two digits.
fn share(value: f64) -> String {
    let hundredths = (value.clamp(0.0, 1.0) * 100.0).round();
    if hundredths >= 100.0 { "1".to_owned() } else { format!("{:.2}", hundredths / 100.0) }
}
