use super::Sketch;

/// The layer of each box, from 0: behind everybody it is told after and joined to, and no further than it has to be.
pub(super) fn ranks(sketch: &Sketch) -> Vec<usize> {
    let count = sketch.boxes.len();
    let mut lines: Vec<(usize, usize)> = sketch.lines.iter().map(|line| (line.first, line.last)).collect();
    lines.sort_unstable();
    let mut ranks = vec![0; count];
    for (first, last) in &lines {
        ranks[*last] = ranks[*last].max(ranks[*first] + 1);
    }
    let (mut is_joined, mut is_last) = (vec![false; count], vec![false; count]);
    for (first, last) in &lines {
        (is_joined[*first], is_joined[*last], is_last[*last]) = (true, true, true);
    }
    for at in (0..count).rev().filter(|at| is_joined[*at] && !is_last[*at]) {
        let next = lines.iter().filter(|(first, _)| *first == at).map(|(_, last)| ranks[*last]).min();
        ranks[at] = next.map_or(0, |next| next - 1);
    }
    share_out(sketch, &mut ranks, &is_joined);
    ranks
}

/// Puts the boxes that nothing joins where there is most room.
fn share_out(sketch: &Sketch, ranks: &mut [usize], is_joined: &[bool]) {
    let used = (0..ranks.len()).filter(|at| is_joined[*at]).map(|at| ranks[at] + 1).max().unwrap_or(0);
    let square = (1..).find(|side| side * side >= ranks.len()).unwrap_or(1);
    let mut full = vec![0.0; used.max(square)];
    for at in (0..ranks.len()).filter(|at| is_joined[*at]) {
        full[ranks[at]] += sketch.boxes[at].across;
    }
    for at in (0..ranks.len()).filter(|at| !is_joined[*at]) {
        let emptiest = (0..full.len()).min_by(|a, b| f64::total_cmp(&full[*a], &full[*b])).unwrap_or(0);
        full[emptiest] += sketch.boxes[at].across;
        ranks[at] = emptiest;
    }
}
