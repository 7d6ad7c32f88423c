//! Checks that the fields of a form are in their original order on the page. A button that was moved next to the words
//! of another option would record the wrong answer.
//!
//! Items follow each other down the pages. The options of an item follow each other in rows or columns, in the order of
//! the definition.

use scalewright_pdf::Spot;

/// Fields whose centres are at most this far apart are in one row or column, in hundredths of a point.
const NEAR: i32 = 300;

/// Whether the options of an item are in order: each is below the previous one, beside it in the direction of reading,
/// or on a later page.
pub(super) fn are_in_order(spots: &[Spot], rightward: bool) -> bool {
    spots.windows(2).all(|two| {
        let (one, next) = (two[0], two[1]);
        // In a PDF, y grows upwards. A field in the next column may be above the one before it.
        let across = if rightward { next.x - one.x } else { one.x - next.x };
        let is_below = next.y < one.y - NEAR && across.abs() <= NEAR;
        next.page > one.page || (next.page == one.page && (is_below || across > NEAR))
    })
}

/// Whether all fields of one item are above all fields of the next.
pub(super) fn is_above(one: &[Spot], next: &[Spot]) -> bool {
    // y grows upwards, so it is negated to follow the pages.
    let lowest = one.iter().map(|spot| (spot.page, -spot.y)).max();
    let highest = next.iter().map(|spot| (spot.page, -spot.y)).min();
    match (lowest, highest) {
        (Some((page, low)), Some((next_page, high))) => {
            next_page > page || (next_page == page && high > low + NEAR)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{Spot, are_in_order, is_above};

    fn spots(places: &[(usize, i32, i32)]) -> Vec<Spot> {
        places.iter().map(|&(page, x, y)| Spot { page, x, y }).collect()
    }

    #[test]
    fn options_follow_each_other_in_rows_and_columns() {
        for (places, rightward, expected) in [
            (&[(0, 1000, 5000), (0, 2000, 5000), (0, 3000, 5000)][..], true, true),
            (&[(0, 3000, 5000), (0, 2000, 5000), (0, 1000, 5000)], true, false),
            (&[(0, 3000, 5000), (0, 2000, 5000), (0, 1000, 5000)], false, true),
            (&[(0, 1000, 5000), (0, 1000, 4000), (0, 2000, 5000)], true, true),
            (&[(0, 1000, 4000), (0, 1000, 5000)], true, false),
            (&[(0, 1000, 500), (1, 1000, 5000)], true, true),
            (&[(1, 1000, 500), (0, 1000, 5000)], true, false),
            (&[(0, 2000, 5000), (0, 1000, 4000)], true, false),
        ] {
            assert_eq!(are_in_order(&spots(places), rightward), expected, "{places:?}");
        }
    }

    #[test]
    fn items_follow_each_other_down_the_pages() {
        let (first, second) = (spots(&[(0, 1, 5000), (0, 9, 5000)]), spots(&[(0, 1, 4000)]));
        assert!(is_above(&first, &second) && !is_above(&second, &first));
        assert!(is_above(&second, &spots(&[(1, 1, 9000)])) && is_above(&[], &first));
    }
}
