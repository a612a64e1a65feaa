use super::{Extent, Layers, Sketch, Spot};

/// Where everything is, from the corner before all of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Placed {
    /// The middle of each box.
    pub boxes: Vec<Extent>,
    /// Each line.
    pub lines: Vec<Line>,
    /// How large all of it is.
    pub whole: Extent,
}

/// A line from the far side of its first box to the near side of its last.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Line {
    /// The middle of its label.
    pub label: Extent,
    /// Straight stretches along the layers: where each begins and ends along, and where it lies across. Curves join
    /// them.
    pub runs: Vec<(f64, f64, f64)>,
}

/// Rounds of moving everything nearer to what it is joined to.
const ROUNDS: usize = 24;

pub(super) fn place(sketch: &Sketch, layers: &Layers) -> Placed {
    let across = across(layers, sketch.spacing.gap.across);
    let (starts, depths, along) = bands(layers, sketch.spacing.gap.along);
    let numbers = layers.numbers();
    let ports = ports(sketch, layers, &across);
    let mut placed = Placed::default();
    for at in 0..sketch.boxes.len() {
        let middle = starts[numbers[at]] + depths[numbers[at]] / 2.0;
        placed.boxes.push(Extent { along: middle, across: across[at] });
    }
    for (chain, (leaves, arrives)) in layers.chains.iter().zip(ports) {
        let mut line = Line::default();
        for (at, spot) in chain.iter().enumerate() {
            let (start, depth) = (starts[numbers[*spot]], depths[numbers[*spot]]);
            let (spot, own) = (layers.spots[*spot].0, across[*spot]);
            let reach =
                |size: Extent| ((start + (depth - size.along) / 2.0), (start + (depth + size.along) / 2.0));
            line.runs.push(match spot {
                Spot::Box(it) if at == 0 => (reach(sketch.boxes[it]).1, start + depth, leaves),
                Spot::Box(it) => (start, reach(sketch.boxes[it]).0, arrives),
                Spot::Label(_) | Spot::Bend => (start, start + depth, own),
            });
            if let Spot::Label(_) = spot {
                line.label = Extent { along: start + depth / 2.0, across: own };
            }
        }
        placed.lines.push(line);
    }
    let far = |(at, spot): (usize, &(Spot, Extent))| across[at] + spot.1.across / 2.0;
    placed.whole = Extent { along, across: layers.spots.iter().enumerate().map(far).fold(0.0, f64::max) };
    placed
}

/// Where each layer begins along, how deep it is, and where the last ends. What only holds bends needs no depth.
fn bands(layers: &Layers, gap: f64) -> (Vec<f64>, Vec<f64>, f64) {
    let deep = |layer: &Vec<usize>| layer.iter().map(|spot| layers.spots[*spot].1.along).fold(0.0, f64::max);
    let depths: Vec<f64> = layers.layers.iter().map(deep).collect();
    let mut next = 0.0;
    let mut starts = Vec::new();
    for depth in &depths {
        starts.push(next);
        next += depth + gap;
    }
    (starts, depths, (next - gap).max(0.0))
}

/// The middle of each spot across: as near to what it is joined to as its layer lets it.
fn across(layers: &Layers, gap: f64) -> Vec<f64> {
    let mut joined: Vec<Vec<(usize, f64, bool)>> = vec![Vec::new(); layers.spots.len()];
    for (from, to) in &layers.steps {
        let is_bend = |spot: usize| layers.spots[spot].0 == Spot::Bend;
        let weight = match (is_bend(*from), is_bend(*to)) {
            (true, true) => 8.0,
            (false, false) => 1.0,
            _ => 2.0,
        };
        joined[*from].push((*to, weight, true));
        joined[*to].push((*from, weight, false));
    }
    let mut middles = vec![0.0; layers.spots.len()];
    for round in 0..ROUNDS {
        let count = layers.layers.len();
        for at in 0..count {
            let layer = &layers.layers[if round % 2 == 0 { at } else { count - 1 - at }];
            let wish = |spot: &usize| {
                let counts = |onward: bool| round > 1 || onward == (round == 1);
                let near = joined[*spot].iter().filter(|(_, _, onward)| counts(*onward));
                let (sum, weight) = near.fold((0.0, 0.0), |(sum, all), (to, weight, _)| {
                    (sum + middles[*to] * weight, all + weight)
                });
                if weight > 0.0 { (sum / weight, weight) } else { (middles[*spot], 0.1) }
            };
            let wishes: Vec<(f64, f64)> = layer.iter().map(wish).collect();
            let half = |spot: usize| layers.spots[spot].1.across / 2.0;
            let apart: Vec<f64> = layer.windows(2).map(|pair| half(pair[0]) + half(pair[1]) + gap).collect();
            for (spot, middle) in layer.iter().zip(apart_by(&wishes, &apart)) {
                middles[*spot] = middle;
            }
        }
    }
    let near = |(at, spot): (usize, &(Spot, Extent))| middles[at] - spot.1.across / 2.0;
    let least = layers.spots.iter().enumerate().map(near).fold(f64::INFINITY, f64::min);
    middles.into_iter().map(|middle| middle - least).collect()
}

/// Places in order, so far apart, as near to the wishes as they can be: the squares of the distances, each by its
/// weight, add up to the least. Neighbours that would come too close share the mean of their wishes.
fn apart_by(wishes: &[(f64, f64)], apart: &[f64]) -> Vec<f64> {
    let mut shift = 0.0;
    let mut shifts = Vec::new();
    // Mean, weight and number of those that stand side by side.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for (at, (wish, weight)) in wishes.iter().enumerate() {
        shift += at.checked_sub(1).map_or(0.0, |before| apart[before]);
        shifts.push(shift);
        let mut block = (wish - shift, *weight, 1);
        while let Some(before) = blocks.pop_if(|before| before.0 > block.0) {
            let weight = before.1 + block.1;
            block = ((before.0 * before.1 + block.0 * block.1) / weight, weight, before.2 + block.2);
        }
        blocks.push(block);
    }
    let means = blocks.into_iter().flat_map(|(mean, _, count)| std::iter::repeat_n(mean, count));
    means.zip(shifts).map(|(mean, shift)| mean + shift).collect()
}

/// Where each line leaves its first box and reaches its last, across: opposite to where it goes on, if it can.
fn ports(sketch: &Sketch, layers: &Layers, across: &[f64]) -> Vec<(f64, f64)> {
    let port = sketch.spacing.port;
    let mut ports = vec![(0.0, 0.0); layers.chains.len()];
    for at in 0..sketch.boxes.len() {
        for leaves in [true, false] {
            let end = |chain: &Vec<usize>| {
                let (own, next) = if leaves {
                    (chain[0], chain[1])
                } else {
                    (chain[chain.len() - 1], chain[chain.len() - 2])
                };
                (own == at).then(|| across[next])
            };
            let mut there: Vec<(f64, usize)> = layers
                .chains
                .iter()
                .enumerate()
                .filter_map(|(line, chain)| Some((end(chain)?, line)))
                .collect();
            there.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let half = sketch.boxes[at].across / 2.0 - port;
            let rest = port * there.len().saturating_sub(1) as f64;
            let (low, high) = (across[at] - half, (across[at] + half - rest).max(across[at] - half));
            let wish = |(place, (wish, _)): (usize, &(f64, usize))| {
                let shift = port * place as f64;
                ((wish - shift).clamp(low, high) + shift, 1.0)
            };
            let wishes: Vec<(f64, f64)> = there.iter().enumerate().map(wish).collect();
            let apart = vec![port; there.len().saturating_sub(1)];
            for ((_, line), at) in there.iter().zip(apart_by(&wishes, &apart)) {
                *(if leaves { &mut ports[*line].0 } else { &mut ports[*line].1 }) = at;
            }
        }
    }
    ports
}
