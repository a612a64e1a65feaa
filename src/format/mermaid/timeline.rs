use super::label;
use super::map::{line, more};
use crate::query::Outline;
use crate::query::outline::Chapter;
use crate::words::{Lang, Said, say};

/// Events in one picture, shared out among its chapters.
const EVENTS: usize = 240;
/// Chapters in one picture.
const CHAPTERS: usize = 60;

/// The chapters of the story and their events, in the order of time.
pub fn timeline(outline: &Outline, lang: Lang) -> Option<String> {
    let mut out = "timeline\n".to_owned();
    let told: Vec<&Chapter> = outline.chapters.iter().filter(|chapter| !chapter.events.is_empty()).collect();
    let share = EVENTS / told.len().clamp(1, CHAPTERS);
    for chapter in told.iter().take(CHAPTERS) {
        line(&mut out, format_args!("section {}", label(&title(outline, chapter, lang))));
        for event in chapter.events.iter().take(share) {
            line(&mut out, format_args!("  {}", label(outline.wording(*event))));
        }
        if chapter.events.len() > share {
            line(&mut out, format_args!("  {}", more(chapter.events.len() - share, lang)));
        }
    }
    let left: usize = told.iter().skip(CHAPTERS).map(|chapter| chapter.events.len()).sum();
    if left > 0 {
        line(&mut out, format_args!("section {}", more(left, lang)));
        line(&mut out, format_args!("  …"));
    }
    (!told.is_empty()).then_some(out)
}

fn title(outline: &Outline, chapter: &Chapter, lang: Lang) -> String {
    match (&chapter.name, chapter.after) {
        (Some(name), _) => name.clone(),
        (None, Some(event)) => Said::new("picture-after").with("event", outline.wording(event)).speak(lang),
        (None, None) => say(lang, "picture-beginning").to_owned(),
    }
}
