//! The order in which people read a wall.

use super::super::geometry::Rect;

/// The rectangles in reading order: line by line from the top, each line from the left.
///
/// A line is what begins, or has its middle where `by_middle`, beside the topmost thing that is left.
pub fn reading_order(rects: &[Rect], by_middle: bool) -> Vec<usize> {
    let height = |at: usize| if by_middle { rects[at].center().y } else { rects[at].at.y };
    let mut order: Vec<usize> = (0..rects.len()).collect();
    order.sort_by_key(|&at| (height(at), rects[at].at.x, at));
    let mut rest = order.as_mut_slice();
    while let Some(&first) = rest.first() {
        let end = rest.partition_point(|&at| height(at) < rects[first].bottom());
        let (line, below) = rest.split_at_mut(end.max(1));
        line.sort_by_key(|&at| (rects[at].at.x, height(at), at));
        rest = below;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_from_the_top_and_each_from_the_left() {
        let at = |x, y| Rect::new(x, y, 9, 5);
        let rects = [at(30, 1), at(0, 4), at(10, 0), at(60, 9)];
        assert_eq!(reading_order(&rects, false), [1, 2, 0, 3]);
        assert_eq!(reading_order(&rects, true), [2, 0, 1, 3]);
    }
}
