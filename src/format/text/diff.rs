//! Which lines of two texts are the same.

use std::collections::HashMap;

/// Stretches larger than this, as a product of their lengths, are not compared line by line.
const TABLE_MAX: usize = 1_000_000;

/// Pairs of equal items, rising on both sides: what both have in common, as a reader would see it.
pub(super) fn same<T: Eq + std::hash::Hash>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut waiting = vec![(0..old.len(), 0..new.len())];
    while let Some((mut o, mut n)) = waiting.pop() {
        while !o.is_empty() && !n.is_empty() && old[o.start] == new[n.start] {
            pairs.push((o.start, n.start));
            (o.start, n.start) = (o.start + 1, n.start + 1);
        }
        while !o.is_empty() && !n.is_empty() && old[o.end - 1] == new[n.end - 1] {
            (o.end, n.end) = (o.end - 1, n.end - 1);
            pairs.push((o.end, n.end));
        }
        if o.is_empty() || n.is_empty() {
            continue;
        }
        let anchors = unique(&old[o.clone()], &new[n.clone()]);
        if anchors.is_empty() {
            let table = longest(&old[o.clone()], &new[n.clone()]);
            pairs.extend(table.into_iter().map(|(at, to)| (o.start + at, n.start + to)));
            continue;
        }
        let (mut from, mut to) = (o.start, n.start);
        for (at, other) in anchors {
            let (at, other) = (o.start + at, n.start + other);
            pairs.push((at, other));
            waiting.push((from..at, to..other));
            (from, to) = (at + 1, other + 1);
        }
        waiting.push((from..o.end, to..n.end));
    }
    pairs.sort_unstable();
    pairs
}

/// The items that each side has once, as far as they are in one order on both.
fn unique<T: Eq + std::hash::Hash>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let mut seen: HashMap<&T, [(usize, usize); 2]> = HashMap::new();
    for (side, items) in [old, new].into_iter().enumerate() {
        for (at, item) in items.iter().enumerate() {
            let spot = &mut seen.entry(item).or_default()[side];
            *spot = (spot.0 + 1, at);
        }
    }
    let mut both: Vec<(usize, usize)> = seen
        .into_values()
        .filter(|[old, new]| old.0 == 1 && new.0 == 1)
        .map(|[old, new]| (old.1, new.1))
        .collect();
    both.sort_unstable();
    rising(&both)
}

/// The longest part of the pairs whose second halves rise too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        ends.truncate(ends.len().max(length));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut chain = Vec::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        chain.push(pairs[at]);
        next = before[at];
    }
    chain.reverse();
    chain
}

/// The longest common part of two short stretches.
fn longest<T: Eq>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    if old.len().saturating_mul(new.len()) > TABLE_MAX {
        return Vec::new();
    }
    let mut table = vec![0_u32; (old.len() + 1) * width];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            table[at * width + to] = if old[at] == new[to] {
                table[(at + 1) * width + to + 1] + 1
            } else {
                table[(at + 1) * width + to].max(table[at * width + to + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut at, mut to) = (0, 0);
    while at < old.len() && to < new.len() {
        if old[at] == new[to] {
            pairs.push((at, to));
            (at, to) = (at + 1, to + 1);
        } else if table[(at + 1) * width + to] >= table[at * width + to + 1] {
            at += 1;
        } else {
            to += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn common(old: &str, new: &str) -> String {
        let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        same(&old, &new).into_iter().map(|(at, _)| old[at]).collect()
    }

    #[test]
    fn what_stayed_is_found() {
        assert_eq!(common("abcdef", "abxdef"), "abdef");
        assert_eq!(common("aabb", "abab").len(), 3);
        assert_eq!(common("abc", "xyz"), "");
        assert_eq!(common("", "abc"), "");
        assert_eq!(common("a1b1c", "c1a1b"), "a1b");
    }

    proptest! {
        #[test]
        fn pairs_are_equal_and_rise(old in "[a-d]{0,12}", new in "[a-d]{0,12}") {
            let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
            let pairs = same(&old, &new);
            prop_assert!(pairs.iter().all(|(at, to)| old[*at] == new[*to]));
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        }
    }
}
