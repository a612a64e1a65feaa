//! Boxes in layers: who sends stands before who receives, and a label has a place of its own between the two.
//!
//! A layout knows two directions: *along* the layers, and *across* one of them. Every line between two boxes is cut
//! where it passes a layer, and there it has a place among the boxes and labels, which nothing else covers. So no line
//! crosses a box and no label lies on anything. The same sketch gives the same picture.

mod order;
mod place;
mod rank;

pub use place::{Line, Placed};

/// How large something is in the two directions.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Extent {
    /// Along the layers.
    pub along: f64,
    /// Across.
    pub across: f64,
}

/// What is to be laid out: boxes in the order in which they are told, and lines between them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sketch {
    /// How large each box is.
    pub boxes: Vec<Extent>,
    /// The lines.
    pub lines: Vec<Sketched>,
    /// How far apart all of it is kept.
    pub spacing: Spacing,
}

/// How far apart things are kept, in whatever the extents are measured in.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Spacing {
    /// Between two layers, and between two things of one.
    pub gap: Extent,
    /// Between two lines at one side of a box.
    pub port: f64,
    /// What a line that passes a layer keeps for itself across.
    pub bend: f64,
}

/// A line between two boxes, whichever way it points.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sketched {
    /// The box that is told first.
    pub first: usize,
    /// The box that is told later.
    pub last: usize,
    /// The label's size.
    pub label: Extent,
}

/// What stands in a layer.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Spot {
    Box(usize),
    Label(usize),
    /// A line passes here.
    Bend,
}

/// The sketch cut into layers: boxes in those of even number, labels in those between.
struct Layers {
    spots: Vec<(Spot, Extent)>,
    /// The spots of each layer, in order.
    layers: Vec<Vec<usize>>,
    /// From one layer to the next.
    steps: Vec<(usize, usize)>,
    /// The spots of each line, from its first box to its last.
    chains: Vec<Vec<usize>>,
}

impl Sketch {
    /// Of these boxes, each widened where its lines need more room, and these lines.
    pub fn new(mut boxes: Vec<Extent>, lines: Vec<Sketched>, spacing: Spacing) -> Sketch {
        for (at, extent) in boxes.iter_mut().enumerate() {
            let leaving = lines.iter().filter(|line| line.first == at).count();
            let arriving = lines.iter().filter(|line| line.last == at).count();
            extent.across = extent.across.max(spacing.port * (leaving.max(arriving) + 2) as f64);
        }
        Sketch { boxes, lines, spacing }
    }

    /// The layout of this sketch.
    pub fn placed(&self) -> Placed {
        let ranks = rank::ranks(self);
        let mut layers = Layers::of(self, &ranks);
        order::settle(&mut layers);
        place::place(self, &layers)
    }
}

impl Layers {
    fn of(sketch: &Sketch, ranks: &[usize]) -> Layers {
        let count = ranks.iter().max().map_or(0, |last| 2 * last + 1);
        let mut layers = Layers {
            spots: Vec::new(),
            layers: vec![Vec::new(); count],
            steps: Vec::new(),
            chains: Vec::new(),
        };
        for (at, extent) in sketch.boxes.iter().enumerate() {
            layers.add(2 * ranks[at], Spot::Box(at), *extent);
        }
        for (at, line) in sketch.lines.iter().enumerate() {
            let (from, to) = (2 * ranks[line.first], 2 * ranks[line.last]);
            let labelled = from + (to - from) / 4 * 2 + 1;
            let mut chain = vec![line.first];
            for layer in from + 1..to {
                chain.push(if layer == labelled {
                    layers.add(layer, Spot::Label(at), line.label)
                } else {
                    layers.add(layer, Spot::Bend, Extent { along: 0.0, across: sketch.spacing.bend })
                });
            }
            chain.push(line.last);
            layers.steps.extend(chain.windows(2).map(|pair| (pair[0], pair[1])));
            layers.chains.push(chain);
        }
        layers
    }

    fn add(&mut self, layer: usize, spot: Spot, extent: Extent) -> usize {
        self.spots.push((spot, extent));
        self.layers[layer].push(self.spots.len() - 1);
        self.spots.len() - 1
    }

    /// The layer of each spot.
    fn numbers(&self) -> Vec<usize> {
        let mut numbers = vec![0; self.spots.len()];
        for (number, layer) in self.layers.iter().enumerate() {
            layer.iter().for_each(|spot| numbers[*spot] = number);
        }
        numbers
    }
}
