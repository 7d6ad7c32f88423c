//! Numbers that a file gives by the names of a scale's terms, such as weights.

use std::collections::BTreeMap;

use crate::{Diagnostic, Pointer};

/// Returns the number in `given` for each of `terms`, or `default` for a term that is not in it. Returns `None` if a
/// term has neither, which is reported. Names that are not terms are reported too. `what` names the numbers, in the
/// plural.
pub(super) fn by_term(
    what: &str,
    given: &BTreeMap<String, f64>,
    terms: &[&str],
    default: Option<f64>,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<f64>> {
    for name in
        given.keys().filter(|name| !terms.contains(&name.as_str())).take(crate::MOST_FINDINGS)
    {
        let finding = Diagnostic::error("unknown-item", format!("`{name}` is not on this scale"))
            .at_key(place.key(name), "")
            .help(
                crate::unsigned_name(name, terms.iter().copied())
                    .unwrap_or_else(|| "remove it, or add it to the scale".to_owned()),
            );
        found.push(finding);
    }
    let lacking: Vec<&str> = terms
        .iter()
        .copied()
        .filter(|term| !given.contains_key(*term) && default.is_none())
        .collect();
    if let Some(first) = lacking.first() {
        let more = if lacking.len() > 1 {
            format!(" and {} more", lacking.len() - 1)
        } else {
            String::new()
        };
        let finding = Diagnostic::error("incomplete-table", format!("{what} lack `{first}`{more}"))
            .at_key(place.clone(), "")
            .help(format!("add `{first} = …`"));
        found.push(finding);
    }
    terms.iter().map(|term| given.get(*term).copied().or(default)).collect()
}
