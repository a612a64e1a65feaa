//! The mark on a list that is longer than its window.

/// How many rows lie above and below those that are shown; nothing where all of them are.
pub(in crate::tui) fn more(first: usize, shown: usize, count: usize) -> Option<String> {
    let below = count.saturating_sub(first + shown);
    let side = |arrow: &str, rows: usize| (rows > 0).then(|| format!(" {arrow} {rows} "));
    let marks: String = [side("↑", first), side("↓", below)].into_iter().flatten().collect();
    (!marks.is_empty()).then_some(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_above_and_below_is_counted() {
        for (first, shown, count, says) in [
            (0, 5, 5, None),
            (0, 5, 3, None),
            (0, 5, 9, Some(" ↓ 4 ")),
            (2, 5, 9, Some(" ↑ 2  ↓ 2 ")),
            (4, 5, 9, Some(" ↑ 4 ")),
        ] {
            assert_eq!(more(first, shown, count).as_deref(), says, "{first} {shown} {count}");
        }
    }
}
