//! Completed years between two dates.
//!
//! A date is the number of its eight digits, so the difference of two dates has the completed years before its last four
//! digits: 2026-02-28 is 20260228, minus 20000229 is 259999, and 25 years are completed. A person born on 29 February
//! completes a year on 1 March, unless the year has a 29 February.

use super::{AggregateKind, Comparison, Expr, Function, Operator, Test};
use crate::index::ItemIx;

/// What a difference of one year adds to the number of a date.
const YEAR: f64 = 10_000.0;

impl Expr {
    /// The completed years from the date `from` to the date `to`. Missing if a date is, or if `to` is before `from`.
    #[must_use]
    pub fn years_between(from: ItemIx, to: ItemIx) -> Self {
        let days = Self::arithmetic(Operator::Subtract, Self::Answer(to), Self::Answer(from));
        let of = Self::arithmetic(Operator::Divide, days, Self::Number(YEAR));
        let years = Self::Apply { function: Function::Floor, of: Box::new(of) };
        let (left, right) = (Box::new(years.clone()), Box::new(Self::Number(0.0)));
        let test = Test::Compare { comparison: Comparison::AtLeast, left, right };
        // Never below 0 where the condition is true. The maximum makes this known to the range of the score.
        let years = Self::of_all(AggregateKind::Max, vec![years, Self::Number(0.0)]);
        Self::choice(test, years, Self::Missing)
    }

    /// The two dates, if this is an expression of [`years_between`](Self::years_between).
    #[must_use]
    pub fn dates_between(&self) -> Option<(ItemIx, ItemIx)> {
        let Self::If { test, .. } = self else { return None };
        let Test::Compare { left, .. } = &**test else { return None };
        let Self::Apply { function: Function::Floor, of } = &**left else { return None };
        let Self::Arithmetic { operator: Operator::Divide, left, .. } = &**of else { return None };
        let Self::Arithmetic { left: to, right: from, .. } = &**left else { return None };
        let (Self::Answer(from), Self::Answer(to)) = (&**from, &**to) else { return None };
        (*self == Self::years_between(*from, *to)).then_some((*from, *to))
    }
}

#[cfg(test)]
mod tests {
    use super::{Expr, ItemIx};

    #[test]
    fn the_dates_are_found_again() {
        let years = Expr::years_between(ItemIx(3), ItemIx(1));
        assert_eq!(years.dates_between(), Some((ItemIx(3), ItemIx(1))));
        assert_eq!(Expr::Number(1.0).dates_between(), None);
    }
}
