//! Communities of a weighted graph by the Leiden algorithm: the one place that knows the crate behind it.

use leiden_rs::{GraphData, GraphDataBuilder, Leiden, LeidenConfig, QualityType};

/// To which community each node belongs: numbered in the order in which nodes first meet them.
pub(super) type Membership = Vec<usize>;

/// A graph ready to be cut.
pub(super) struct Network {
    data: GraphData,
    nodes: usize,
}

impl Network {
    /// Nothing where no edge ties anything.
    pub(super) fn of(nodes: usize, edges: impl IntoIterator<Item = (usize, usize, f64)>) -> Option<Network> {
        let mut builder = GraphDataBuilder::new(nodes);
        let mut is_empty = true;
        for (a, b, weight) in edges.into_iter().filter(|(.., weight)| *weight > 0.0) {
            builder.add_edge(a, b, weight).ok()?;
            is_empty = false;
        }
        let data = builder.build().ok()?;
        (!is_empty).then_some(Network { data, nodes })
    }

    /// One run: the quality of the cut, and the cut. The larger `granularity`, the smaller the communities; the same
    /// `seed` gives the same cut.
    pub(super) fn cut(&self, granularity: f64, seed: u64) -> (f64, Membership) {
        let config = LeidenConfig {
            seed: Some(seed),
            resolution: granularity,
            quality: QualityType::RBConfiguration,
            ..LeidenConfig::default()
        };
        match Leiden::new(config).run(&self.data) {
            Ok(found) => {
                (found.quality, numbered((0..self.nodes).map(|node| found.partition.community_of(node))))
            }
            Err(_) => (f64::NEG_INFINITY, (0..self.nodes).collect()),
        }
    }
}

/// The same groups, numbered in the order in which they come.
pub(super) fn numbered(groups: impl IntoIterator<Item = usize>) -> Membership {
    let mut seen: std::collections::BTreeMap<usize, usize> = Default::default();
    groups
        .into_iter()
        .map(|group| {
            let next = seen.len();
            *seen.entry(group).or_insert(next)
        })
        .collect()
}

/// How alike two cuts of the same nodes are: the adjusted Rand index, 1 for equal ones, around 0 for chance.
pub fn likeness(a: &[usize], b: &[usize]) -> f64 {
    if a.len() < 2 || a == b { 1.0 } else { leiden_rs::metrics::ari(a, b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Zachary's karate club (1977), the friendships of 34 people.
    const KARATE: &str = "0-1 0-2 0-3 0-4 0-5 0-6 0-7 0-8 0-10 0-11 0-12 0-13 0-17 0-19 0-21 0-31 1-2 1-3 1-7 1-13 1-17 1-19 1-21 \
                          1-30 2-3 2-7 2-8 2-9 2-13 2-27 2-28 2-32 3-7 3-12 3-13 4-6 4-10 5-6 5-10 5-16 6-16 8-30 8-32 8-33 9-33 \
                          13-33 14-32 14-33 15-32 15-33 18-32 18-33 19-33 20-32 20-33 22-32 22-33 23-25 23-27 23-29 23-32 23-33 \
                          24-25 24-27 24-31 25-31 26-29 26-33 27-33 28-31 28-33 29-32 29-33 30-32 30-33 31-32 31-33 32-33";

    fn karate() -> Network {
        let edges = KARATE.split_whitespace().map(|edge| {
            let (a, b) = edge.split_once('-').unwrap();
            (a.parse().unwrap(), b.parse().unwrap(), 1.0)
        });
        Network::of(34, edges).unwrap()
    }

    #[test]
    fn the_karate_club_falls_into_its_four_known_communities() {
        let club = karate();
        let best = (0..10).map(|seed| club.cut(1.0, seed)).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
        assert_eq!(best.1.iter().max(), Some(&3));
        // The largest modularity there is for this graph is 0.41979 (Brandes et al., 2008).
        assert!((best.0 - 0.419_79).abs() < 1e-5, "{}", best.0);
        let groups = |node: usize| best.1[node];
        assert_eq!([groups(0), groups(1), groups(33), groups(32)], [0, 0, groups(33), groups(33)]);
        assert_ne!(groups(0), groups(33));
    }

    #[test]
    fn a_seed_always_gives_the_same_cut() {
        let club = karate();
        for seed in 0..5 {
            assert_eq!(club.cut(0.7, seed), club.cut(0.7, seed));
        }
    }

    #[test]
    fn groups_are_numbered_as_they_come() {
        assert_eq!(numbered([7, 3, 7, 0]), [0, 1, 0, 2]);
        assert!(Network::of(3, []).is_none());
    }

    #[test]
    fn alike_cuts_are_told_from_others() {
        assert!((likeness(&[0, 0, 1, 1], &[1, 1, 0, 0]) - 1.0).abs() < 1e-9);
        assert!(likeness(&[0, 0, 1, 1], &[0, 1, 0, 1]) < 0.1);
    }
}
