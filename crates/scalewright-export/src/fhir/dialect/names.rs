//! Names of variables: letters and digits only, which every parser accepts.

use std::collections::BTreeSet;

/// Names that must not be used: variables of the specifications or of engines, and keywords of FHIRPath, which do not
/// parse after `%`.
pub(super) const RESERVED: [&str; 40] = [
    "resource",
    "rootResource",
    "context",
    "questionnaire",
    "qitem",
    "ucum",
    "sct",
    "loinc",
    "map",
    "vs",
    "ext",
    "terminologies",
    "and",
    "as",
    "contains",
    "div",
    "false",
    "implies",
    "in",
    "is",
    "mod",
    "or",
    "true",
    "xor",
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "hour",
    "hours",
    "minute",
    "minutes",
    "second",
    "seconds",
    "millisecond",
    "milliseconds",
];

/// Returns an unused name derived from `id`: `sbs_tasks` becomes `sbsTasks`.
pub(super) fn free_name(taken: &mut BTreeSet<String>, id: &str) -> String {
    let mut base = String::new();
    for (index, part) in id.split('_').enumerate() {
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if index > 0 => base.extend(first.to_uppercase()),
            Some(first) => base.push(first),
            None => {}
        }
        base.extend(letters);
    }
    // R4 limits the names of expressions to 64 characters, and a number may follow.
    base.truncate(48);
    let mut name = base.clone();
    let mut count = 2;
    while taken.contains(&name) {
        name = format!("{base}V{count}");
        count += 1;
    }
    taken.insert(name.clone());
    name
}
