//! The context map in place of the wall.

use ratatui::style::{Modifier, Style};
use unicode_width::UnicodeWidthStr;

use super::arrow;
use crate::model::NoteKind;
use crate::model::text::wrap;
use crate::tui::canvas::Canvas;
use crate::tui::chart::{Card, Chart, Line, Looks, Remark, Slip, Spot};
use crate::tui::state::{Overview, State};
use crate::words::{Said, say};

/// Draws it in the window of the wall.
pub(super) fn draw(map: &Overview, chart: &Chart, state: &State, canvas: &mut Canvas<'_>) {
    let (w, h) = canvas.size();
    canvas.clear(state.theme.wall());
    if chart.cards.is_empty() {
        let lines = wrap(say(state.lang, "map-empty"), (w - 4).max(1) as usize);
        for (y, line) in ((h - lines.len() as i32) / 2..).zip(lines) {
            canvas.print((w - line.width() as i32) / 2, y, line, state.theme.dim());
        }
        return;
    }
    let origin = chart.origin(map.corner, state.window.size());
    {
        let mut canvas = canvas.moved((-origin.0, -origin.1));
        let is_chosen = |line: &Line| line.slips.iter().any(|slip| Some(slip.spot) == map.chosen);
        let (chosen, others): (Vec<&Line>, Vec<&Line>) = chart.lines.iter().partition(|line| is_chosen(line));
        for (line, style) in others
            .iter()
            .map(|line| (line, state.theme.arrow()))
            .chain(chosen.iter().map(|line| (line, state.theme.accent())))
        {
            arrow::making(&mut canvas, &line.route, !line.is_sync, style);
        }
        for card in &chart.cards {
            draw_card(card, map.chosen == Some(Spot::Party(card.party)), state, &mut canvas);
        }
        for line in &chart.lines {
            line.slips.iter().for_each(|slip| draw_slip(slip, line, map, state, &mut canvas));
            for ((x, y, width, _), remark) in &line.notes {
                let text = match remark {
                    Remark::More(count) => format!("  +{count}"),
                    Remark::Patterns(patterns) => format!(" {patterns}"),
                };
                canvas.fill(*x, *y, (*width, 1), state.theme.wall());
                canvas.print_within(*x, *y, *width, &text, state.theme.dim());
            }
        }
    }
    if chart.left_out > 0 {
        let text = Said::new("map-left-out").with("count", chart.left_out).speak(state.lang);
        canvas.print_within(1, h - 1, w - 2, &text, state.theme.warn());
    }
}

fn draw_card(card: &Card, is_chosen: bool, state: &State, canvas: &mut Canvas<'_>) {
    let (theme, (x, y, w, h)) = (state.theme, card.area);
    let class = if let Looks::Context(class) = &card.looks { class } else { "" };
    let ink = match card.looks {
        _ if is_chosen => theme.accent(),
        Looks::Context(_) => theme.frame(class),
        Looks::Outside | Looks::System => theme.arrow(),
    };
    let [level, upright, corners @ ..] = match card.looks {
        Looks::Context(_) => ["─", "│", "╭", "╮", "╰", "╯"],
        Looks::Outside => ["╌", "╎", "╭", "╮", "╰", "╯"],
        Looks::System => ["━", "┃", "┏", "┓", "┗", "┛"],
    };
    canvas.fill(x, y, (w, h), theme.context());
    for column in x..x + w {
        canvas.print(column, y, level, ink);
        canvas.print(column, y + h - 1, level, ink);
    }
    for row in y..y + h {
        canvas.print(x, row, upright, ink);
        canvas.print(x + w - 1, row, upright, ink);
    }
    let ends = [(x, y), (x + w - 1, y), (x, y + h - 1), (x + w - 1, y + h - 1)];
    for ((x, y), corner) in ends.into_iter().zip(corners) {
        canvas.print(x, y, if is_chosen { "■" } else { corner }, ink);
    }
    let rows = card.name.len() + usize::from(!card.about.is_empty()) + usize::from(!card.counts.is_empty());
    let mut row = y + (h - rows as i32) / 2;
    let middle = |width: usize| x + (w - width as i32) / 2;
    let name = match card.looks {
        Looks::System if !is_chosen => theme.paper(NoteKind::ExternalSystem).text,
        _ => ink.add_modifier(Modifier::BOLD),
    };
    for line in &card.name {
        canvas.print(middle(line.width()), row, line, name);
        row += 1;
    }
    if !card.about.is_empty() {
        canvas.print(middle(card.about.width()), row, &card.about, theme.dim());
        row += 1;
    }
    let mut x = middle(card.counts_width());
    for (kind, count) in &card.counts {
        x = canvas.print(x, row, &format!(" {} ", kind.row().tag), theme.paper(*kind).text);
        x = canvas.print(x, row, &format!("{count}"), Style::default()) + 1;
    }
}

/// A message: how it is sent, the paper it is on, what it says.
fn draw_slip(slip: &Slip, line: &Line, map: &Overview, state: &State, canvas: &mut Canvas<'_>) {
    let (theme, (x, y, w, _)) = (state.theme, slip.area);
    let is_chosen = map.chosen == Some(slip.spot);
    let paper = if is_chosen { theme.chosen() } else { theme.paper(slip.kind).text };
    let sign = if line.is_sync { "=" } else { "~" };
    canvas.fill(x, y, (w, 1), paper);
    let mark = if is_chosen { "›" } else { " " };
    canvas.print(x, y, &format!("{mark}{sign} {} {}", slip.kind.row().tag, slip.text), paper);
}
