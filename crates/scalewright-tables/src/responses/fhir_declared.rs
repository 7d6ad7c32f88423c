//! What may be declared about FHIR responses: labels, words for yes and no, and codes of missing answers. The rest says how
//! tables write what FHIR writes in one way only.

use crate::Stop;

use super::map_file::Map;
use super::meaning::Meaning;

/// Refuses what has no meaning in FHIR responses, each with its reason.
pub(super) fn refuse(meaning: &Meaning, map: &Map) -> Result<(), Stop> {
    const NUMBERS: &str = "FHIR writes all numbers with a point";
    const DATES: &str = "FHIR writes all dates with the year first";
    const REVERSED: &str =
        "a response names the option that was chosen, so nothing in it can be reversed";
    let own = map.meaning();
    let declared = [
        (meaning.decimal.is_some(), "`--decimal`", NUMBERS),
        (own.decimal.is_some(), "`decimal` in a map", NUMBERS),
        (meaning.thousands.is_some(), "`--thousands`", NUMBERS),
        (own.thousands.is_some(), "`thousands` in a map", NUMBERS),
        (meaning.dates.is_some(), "`--date-format`", DATES),
        (own.dates.is_some(), "`date-format` in a map", DATES),
        (map.reversed().next().is_some(), "`reversed` in a map", REVERSED),
    ];
    let refused = declared.iter().filter(|(is_declared, ..)| *is_declared);
    let refused: Vec<String> =
        refused.map(|(_, what, why)| format!("{what} applies to tables: {why}")).collect();
    match refused.is_empty() {
        true => Ok(()),
        false => Err(Stop::usage(refused.join("; "))
            .help("leave it out: these are FHIR responses, for which labels, words for yes and no, and codes of missing answers can be declared")),
    }
}
