//! The reachable scores, in words.

use super::phrases::{fill, plural};
use super::{Describer, shown};
use crate::{Range, Reach};

/// Whether the ends are the bounds of the analysis, which says nothing about the score.
fn is_unknown(reach: &Reach) -> bool {
    const FARTHEST: f64 = 1e9;
    let far = |end: f64| end.is_finite() && end.abs() >= FARTHEST;
    !reach.exact && far(reach.low) && far(reach.high)
}

impl Describer<'_> {
    /// The scores with all answers, and with missing ones if the ends or the number of scores differ.
    pub(super) fn reach(&self, range: &Range) -> [Option<String>; 2] {
        let (complete, any) = (self.possible(&range.complete), self.possible(&range.any));
        let with_missing =
            (complete != any && !is_unknown(&range.any)).then(|| self.whole(&range.any, &any));
        let complete =
            (!is_unknown(&range.complete)).then(|| self.whole(&range.complete, &complete));
        [complete, with_missing]
    }

    fn whole(&self, reach: &Reach, ends: &str) -> String {
        match reach.may_miss && !reach.is_empty() {
            true => format!("{ends}, {}", self.phrases.or_none),
            false => ends.to_owned(),
        }
    }

    fn possible(&self, reach: &Reach) -> String {
        let phrases = self.phrases;
        if reach.is_empty() {
            return phrases.never.to_owned();
        }
        let (low, high) = (about(reach.low), about(reach.high));
        let ends = [("low", low.as_str()), ("high", &high)];
        let count = reach.values.as_ref().map(Vec::len);
        if reach.low.is_infinite() && reach.high.is_infinite() {
            return phrases.unlimited.to_owned();
        }
        if !reach.exact {
            return fill(phrases.within, &ends);
        }
        match count {
            Some(1) => fill(phrases.always, &[("value", &low)]),
            Some(count) => {
                let different =
                    fill(plural(phrases.different, count), &[("count", &count.to_string())]);
                format!("{}, {different}", fill(phrases.to, &ends))
            }
            None => fill(phrases.to, &ends),
        }
    }
}

/// An end of a range: exact with up to three decimals, otherwise rounded to three.
fn about(value: f64) -> String {
    let rounded = (value * 1000.0).round() / 1000.0;
    let exact = (value - rounded).abs() < 1e-9;
    format!("{}{}", if exact || !value.is_finite() { "" } else { "≈ " }, shown(rounded))
}
