//! Runs the lints at the levels that are set.

use super::context::{Context, Hit};
use crate::levels::{Level, Levels};
use crate::lints::LINTS;

/// Runs every lint that is not switched off.
pub(crate) fn run(context: &Context<'_>, levels: &Levels) -> Vec<Hit> {
    let mut hits = Vec::new();
    for lint in LINTS {
        let first = hits.len();
        match levels.given(lint) {
            Some(Level::Allow) => {}
            None => (lint.run)(lint, context, &mut hits),
            // A lint may give some of its findings a lower severity; a level that is set applies to all of them.
            Some(level) => {
                (lint.run)(lint, context, &mut hits);
                let severity = level.severity();
                hits[first..].iter_mut().for_each(|hit| hit.diagnostic.severity = severity);
            }
        }
    }
    hits
}
