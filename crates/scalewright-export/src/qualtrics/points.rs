//! Points of cells, and the scoring categories that add them up.
//!
//! What is known of Qualtrics' scoring: a category is the sum of the points of the selected cells, and what is not
//! answered adds nothing. Only whole numbers from 0 are used as points, because these occur in real surveys.

use std::collections::BTreeMap;

use scalewright_model::{ItemIx, OptionValue};

use crate::code::lines::{Print, unsupported};

/// A choice: an item and the code of one of its options.
pub(super) type Cell = (ItemIx, OptionValue);

/// How far a product of points and a power of ten may be from a whole number.
const WHOLE: f64 = 1e-7;

/// The most decimals of points.
const DECIMALS: i32 = 6;

/// The points of cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Points(pub(super) BTreeMap<Cell, f64>);

impl Points {
    /// One point for each of `cells`.
    pub(super) fn ones(cells: impl IntoIterator<Item = Cell>) -> Self {
        let mut points = Self::default();
        cells.into_iter().for_each(|cell| points.add(cell, 1.0));
        points
    }

    /// Adds points to a cell.
    pub(super) fn add(&mut self, cell: Cell, points: f64) {
        *self.0.entry(cell).or_insert(0.0) += points;
    }

    /// Adds other points, multiplied by a factor.
    pub(super) fn add_all(&mut self, other: &Self, factor: f64) {
        other.0.iter().for_each(|(cell, points)| self.add(*cell, points * factor));
    }

    /// The points multiplied by a factor.
    pub(super) fn times(&self, factor: f64) -> Self {
        Self(self.0.iter().map(|(cell, points)| (*cell, points * factor)).collect())
    }

    /// The least and the greatest sum of points that a respondent can get, or a wider range.
    pub(super) fn range(&self) -> (f64, f64) {
        let mut ends: BTreeMap<ItemIx, (f64, f64)> = BTreeMap::new();
        for ((item, _), points) in &self.0 {
            let (low, high) = ends.entry(*item).or_insert((0.0, 0.0));
            (*low, *high) = (low.min(*points), high.max(*points));
        }
        ends.values().fold((0.0, 0.0), |(low, high), (l, h)| (low + l, high + h))
    }

    /// The power of ten that makes all points whole.
    pub(super) fn scale(&self) -> Print<f64> {
        let is_whole = |scale: &f64| {
            self.0.values().all(|points| {
                let product = points * scale;
                (product - product.round()).abs() < WHOLE && product.abs() < 1e9
            })
        };
        let mut scales = (0..=DECIMALS).map(|decimals| 10_f64.powi(decimals));
        match scales.find(is_whole) {
            Some(scale) => Ok(scale),
            None => unsupported("its points in Qualtrics would have more than six decimals"),
        }
    }

    /// The whole points after multiplication by `scale` and addition of `shift`.
    pub(super) fn whole(&self, scale: f64, shift: i64) -> BTreeMap<Cell, i64> {
        #[expect(clippy::cast_possible_truncation, reason = "below 1e9")]
        let whole = |points: f64| (points * scale).round() as i64 + shift;
        self.0.iter().map(|(cell, points)| (*cell, whole(*points))).collect()
    }
}

/// The position of a category in the survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CategoryIx(pub(super) usize);

/// A scoring category.
#[derive(Debug, Clone)]
pub(super) struct Category {
    /// What it adds up, for readers.
    pub(super) name: String,
    /// The points of each cell.
    pub(super) points: BTreeMap<Cell, i64>,
}

/// The scoring categories of a survey.
#[derive(Debug, Default)]
pub(super) struct Categories {
    /// How many categories the survey has before these.
    pub(super) before: usize,
    /// In the order in which they are first needed.
    pub(super) all: Vec<Category>,
}

impl Categories {
    /// The category with these points, which is added if there is none.
    pub(super) fn of(&mut self, name: &str, points: BTreeMap<Cell, i64>) -> CategoryIx {
        if let Some(at) = self.all.iter().position(|category| category.points == points) {
            return CategoryIx(self.before + at);
        }
        let taken = self.all.iter().filter(|category| category.name.starts_with(name)).count();
        let name = match taken {
            0 => name.to_owned(),
            taken => format!("{name} ({})", taken + 1),
        };
        self.all.push(Category { name, points });
        CategoryIx(self.before + self.all.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{ItemIx, Points};

    #[test]
    fn points_become_whole() {
        let mut points = Points::ones([(ItemIx(0), 1.into()), (ItemIx(0), 2.into())]);
        assert_eq!(points.scale(), Ok(1.0));
        points.add((ItemIx(0), 2.into()), 0.25);
        assert_eq!(points.scale(), Ok(100.0));
        assert_eq!(points.whole(100.0, 5).into_values().collect::<Vec<_>>(), [105, 130]);
        assert_eq!(points.range(), (0.0, 1.25));
        points.add((ItemIx(1), 2.into()), 1.0 / 3.0);
        assert!(points.scale().is_err());
    }
}
