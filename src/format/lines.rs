//! Plain lines: a wording on each, whose kind is guessed. Bullets, numbers and boxes to tick before it are left out.

use super::graph::Graph;
use super::{Mint, Reading};
use crate::model::Level;
use crate::model::grammar::guess_kind;
use crate::model::limit::IMPORT_ROWS_MAX;
use crate::words::Said;

/// Digits of the number before a line at most: a year is part of the wording.
const DIGITS_MAX: usize = 3;

/// Reads lines; the board is in the order of the file.
pub(super) fn read(text: &str, mint: Mint<'_>) -> Result<Reading, Said> {
    let mut graph = Graph::default();
    for line in text.lines().map(wording).filter(|line| !line.is_empty()) {
        if graph.notes.len() == IMPORT_ROWS_MAX {
            return Err(Said::new("import-too-many").with("max", IMPORT_ROWS_MAX));
        }
        graph.note(None, guess_kind(line, Level::Design).kind, line);
    }
    graph.reading(mint)
}

/// A line without what makes it one of a list.
fn wording(line: &str) -> &str {
    let line = line.trim();
    let bullet = line.strip_prefix(['-', '*', '•', '·', '–', '▪', '◦', '‣', '○', '●']);
    let line = bullet.filter(|rest| rest.starts_with(char::is_whitespace)).map_or(line, str::trim_start);
    let ticked = ["[ ]", "[x]", "[X]", "☐", "☑"].iter().find_map(|tick| line.strip_prefix(tick));
    numbered(ticked.unwrap_or(line).trim_start())
}

/// A line without the number before it: `1.`, `2)` or `(3)`.
fn numbered(line: &str) -> &str {
    let open = line.strip_prefix('(').unwrap_or(line);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match open.len() < line.len() {
        true => open[digits..].strip_prefix(')'),
        false => open[digits..].strip_prefix(['.', ')', ':']),
    };
    let rest = rest.filter(|rest| rest.starts_with(char::is_whitespace));
    rest.filter(|_| (1..=DIGITS_MAX).contains(&digits)).map_or(line, str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::graph::tests::told;
    use crate::format::named;
    use crate::model::tests::id;

    fn read(text: &str) -> Result<Reading, Said> {
        let mut nth = 0;
        named("lines").expect("a row").read(text, &mut || {
            nth += 1;
            id(nth)
        })
    }

    #[test]
    fn a_list_becomes_stickies_in_its_order() {
        let text = "\u{feff}- 주문하기\r\n1. 주문됨\n\n  2) 결제되면 배송을 준비한다\n(3) 환불은 누가 하나요?\n[ ] Order placed\n2026. 1. 1.\n-5도\n";
        let board = read(text.trim_start_matches('\u{feff}')).expect("lines").board;
        let expected = [
            "-/command: 주문하기",
            "-/domain-event: Order placed",
            "-/domain-event: 주문됨",
            "-/hotspot: 환불은 누가 하나요?",
            "-/policy: 결제되면 배송을 준비한다",
        ];
        let mut told = told(&board);
        told.retain(|line| !line.contains("2026. 1. 1.") && !line.contains("-5도"));
        assert_eq!(told, expected);
        assert_eq!(board.notes.len(), 7, "a date and a number are no item of a list");
        let order: Vec<_> = board.notes.values().map(|note| (note.at.y, note.at.x)).collect();
        assert!(order.is_sorted(), "{order:?}");
    }

    #[test]
    fn too_many_lines_are_one_sentence() {
        let many = read(&"a\n".repeat(IMPORT_ROWS_MAX + 1)).map(|_| ()).map_err(|said| said.key.0);
        assert_eq!(many, Err("import-too-many"));
        let odd = read("\0\n(\n1.\n<b>a</b>\n()\n").expect("lines").board;
        assert_eq!(odd.notes.len(), 5);
    }
}
