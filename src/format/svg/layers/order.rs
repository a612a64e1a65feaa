use super::Layers;

/// Rounds of sorting, there and back; hardly any map changes after the sixth.
const ROUNDS: usize = 10;

/// Orders each layer so that few lines cross: again and again by the middle of what each spot is joined to, and the
/// best of all rounds counts.
pub(super) fn settle(layers: &mut Layers) {
    let numbers = layers.numbers();
    let mut joined = vec![(Vec::new(), Vec::new()); layers.spots.len()];
    for (from, to) in &layers.steps {
        joined[*from].1.push(*to);
        joined[*to].0.push(*from);
    }
    let mut best = (crossings(layers, &numbers), layers.layers.clone());
    for round in 0..ROUNDS {
        let count = layers.layers.len();
        let is_back = round % 2 == 1;
        for at in 0..count {
            let at = if is_back { count - 1 - at } else { at };
            let places = places(layers);
            let middle = |spot: usize, at: usize| {
                let near = if is_back { &joined[spot].1 } else { &joined[spot].0 };
                let sum: usize = near.iter().map(|near| 2 * places[*near]).sum();
                if near.is_empty() { 2.0 * at as f64 } else { sum as f64 / near.len() as f64 }
            };
            let mut keyed: Vec<(f64, usize, usize)> = layers.layers[at]
                .iter()
                .enumerate()
                .map(|(at, spot)| (middle(*spot, at), at, *spot))
                .collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            layers.layers[at] = keyed.into_iter().map(|(_, _, spot)| spot).collect();
        }
        let crossed = crossings(layers, &numbers);
        if crossed < best.0 {
            best = (crossed, layers.layers.clone());
        }
    }
    layers.layers = best.1;
}

/// The place of each spot in its layer.
fn places(layers: &Layers) -> Vec<usize> {
    let mut places = vec![0; layers.spots.len()];
    for layer in &layers.layers {
        layer.iter().enumerate().for_each(|(at, spot)| places[*spot] = at);
    }
    places
}

/// How many pairs of lines cross between two layers.
fn crossings(layers: &Layers, numbers: &[usize]) -> usize {
    let places = places(layers);
    let mut between: Vec<Vec<(usize, usize)>> = vec![Vec::new(); layers.layers.len()];
    for (from, to) in &layers.steps {
        between[numbers[*from]].push((places[*from], places[*to]));
    }
    let crossed = |steps: &Vec<(usize, usize)>| {
        let pairs =
            steps.iter().enumerate().flat_map(|(at, one)| steps[..at].iter().map(move |other| (one, other)));
        pairs.filter(|(a, b)| a.0 < b.0 && a.1 > b.1 || a.0 > b.0 && a.1 < b.1).count()
    };
    between.iter().map(crossed).sum()
}
