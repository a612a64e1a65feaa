//! Things brought into one line, or spread evenly along it.

use super::super::geometry::{Point, Rect};
use super::{GAP, ROW_GAP};

/// The line that things are brought into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Line {
    /// Their left edges stand below each other, at the leftmost.
    Left,
    /// Their upper edges stand in a row, at the uppermost.
    Top,
    /// Their middles stand in a row, that of the first.
    Middle,
}

/// Where things go to stand in a line, in their order.
pub fn align(rects: &[Rect], line: Line) -> Vec<Point> {
    let left = rects.iter().map(|rect| rect.at.x).min().unwrap_or_default();
    let top = rects.iter().map(|rect| rect.at.y).min().unwrap_or_default();
    let first = rects.iter().min_by_key(|rect| rect.at).map_or(0, |rect| rect.center().y);
    let place = |rect: &Rect| match line {
        Line::Left => Point::new(left, rect.at.y),
        Line::Top => Point::new(rect.at.x, top),
        Line::Middle => Point::new(rect.at.x, first - rect.size.h / 2),
    };
    rects.iter().map(place).collect()
}

/// Where things go so that all of them are equally far from the next, across or down, between the first and the last.
/// Where there is too little room between those, the usual gap pushes the others on.
pub fn spread(rects: &[Rect], down: bool) -> Vec<Point> {
    let start = |rect: &Rect| if down { rect.at.y } else { rect.at.x };
    let length = |rect: &Rect| if down { rect.size.h } else { rect.size.w };
    let mut order: Vec<usize> = (0..rects.len()).collect();
    order.sort_by_key(|at| (start(&rects[*at]), rects[*at].at, *at));
    let mut places: Vec<Point> = rects.iter().map(|rect| rect.at).collect();
    let (Some(first), Some(last)) = (order.first(), order.last()) else { return places };
    let gaps = i64::try_from(order.len() - 1).unwrap_or(1).max(1);
    let all =
        i64::from(start(&rects[*last])) + i64::from(length(&rects[*last])) - i64::from(start(&rects[*first]));
    let filled: i64 = rects.iter().map(|rect| i64::from(length(rect))).sum();
    let usual = i64::from(if down { ROW_GAP } else { GAP }) * gaps;
    let free = if all > filled { all - filled } else { usual };
    let mut covered = i64::from(start(&rects[*first]));
    for (nth, at) in (0..).zip(&order) {
        // What cannot be divided is given away one cell after the other, so that the last stays where it is.
        let begin = i32::try_from(covered + free * nth / gaps).unwrap_or(start(&rects[*at]));
        if down {
            places[*at].y = begin;
        } else {
            places[*at].x = begin;
        }
        covered += i64::from(length(&rects[*at]));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECTS: [Rect; 3] = [Rect::new(0, 10, 22, 5), Rect::new(50, 8, 14, 3), Rect::new(103, 12, 30, 5)];

    #[test]
    fn a_line_takes_its_place_from_the_first() {
        let told = |line| align(&RECTS, line).into_iter().map(<[i32; 2]>::from).collect::<Vec<_>>();
        assert_eq!(told(Line::Left), [[0, 10], [0, 8], [0, 12]]);
        assert_eq!(told(Line::Top), [[0, 8], [50, 8], [103, 8]]);
        assert_eq!(told(Line::Middle), [[0, 10], [50, 11], [103, 10]]);
    }

    #[test]
    fn things_are_spread_between_the_first_and_the_last() {
        let told = |rects: &[Rect], down| -> Vec<i32> {
            spread(rects, down).into_iter().map(|at| if down { at.y } else { at.x }).collect()
        };
        assert_eq!(told(&RECTS, false), [0, 55, 103]);
        assert_eq!(told(&[RECTS[0], RECTS[0], RECTS[0]], false), [0, 26, 52]);
        assert_eq!(told(&[RECTS[0], Rect::new(0, 16, 22, 5), Rect::new(0, 30, 22, 5)], true), [10, 20, 30]);
        assert_eq!(told(&[], true), [0; 0]);
    }
}
