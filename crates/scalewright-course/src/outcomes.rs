//! The outcomes of respondents.

use std::collections::BTreeMap;

/// The outcomes of each respondent by number, in the order of the sessions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcomes {
    pub(crate) of: BTreeMap<u32, Vec<f64>>,
}

impl Outcomes {
    /// The first and the last outcome of a respondent. `None` if there is one only.
    pub(crate) fn pair(&self, respondent: u32) -> Option<(f64, f64)> {
        let all = self.of.get(&respondent).filter(|all| all.len() > 1)?;
        Some((*all.first()?, *all.last()?))
    }

    /// The last outcome of a respondent, which may be the only one.
    pub(crate) fn last(&self, respondent: u32) -> Option<f64> {
        self.of.get(&respondent).and_then(|all| all.last().copied())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }
}
