//! The names that Stata accepts. The names of longer columns are shortened.

use std::collections::BTreeSet;

use scalewright_model::Diagnostic;

use crate::code::names::NameLimits;
use crate::code::script::Script;
use crate::{ExportRequest, Loss};

/// The names that Stata accepts. The code has variables with two characters more than the item or the scale.
pub(super) const LIMITS: NameLimits =
    NameLimits { language: "Stata", longest: 32, shortens: true, longest_item: 30, is_reserved };

/// The names that Stata reserves, as far as an id can be one.
const RESERVED: [&str; 9] = ["byte", "double", "float", "if", "in", "int", "long", "using", "with"];

/// Whether Stata reserves a name: the types of texts are `str1`, `str2` and so on.
fn is_reserved(name: &str) -> bool {
    let digits = name.strip_prefix("str").unwrap_or_default();
    let is_type = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_type || RESERVED.contains(&name)
}

/// A column with a shortened name.
pub(super) const SHORTENED: Loss = Loss::new(
    &["scales[].id", "flags[].id", "norms[].id", "scales[].band-sets[].id"],
    "the name of the column `{id}`",
    "",
)
.verb("is shortened")
.when("if the name of a column is longer; the head of the do-file lists such columns");

/// The names of the columns of a script, in their order.
pub(super) fn columns(script: &Script) -> Vec<String> {
    let mut taken: BTreeSet<String> = script.columns.iter().map(|one| one.name.clone()).collect();
    let mut name = |name: &str| {
        if name.len() <= LIMITS.longest {
            return name.to_owned();
        }
        // At most as many tries as there are columns.
        let mut short = shortened(name, 1);
        for number in 2..=taken.len() + 1 {
            if !taken.contains(&short) {
                break;
            }
            short = shortened(name, number);
        }
        taken.insert(short.clone());
        short
    };
    script.columns.iter().map(|column| name(&column.name)).collect()
}

/// The beginning of a name and a number.
fn shortened(name: &str, number: usize) -> String {
    let ending = format!("_{number}");
    let begin = &name[..LIMITS.longest - ending.len()];
    format!("{}{ending}", begin.trim_end_matches('_'))
}

/// The columns with shortened names, each with the name in the do-file.
pub(super) fn changed<'a>(script: &'a Script, names: &'a [String]) -> Vec<(&'a str, &'a str)> {
    let all = script.columns.iter().zip(names);
    let pairs = all.map(|(column, name)| (column.name.as_str(), name.as_str()));
    pairs.filter(|(before, after)| before != after).collect()
}

/// A finding for each shortened name.
pub(super) fn reported(
    request: &ExportRequest<'_>,
    script: &Script,
    names: &[String],
) -> Vec<Diagnostic> {
    let all = script.columns.iter().zip(names).filter(|(column, name)| column.name != **name);
    let finding = |(column, name): (&crate::code::script::Column, &String)| {
        let place = request.instrument.scales[column.scale.0].pointer().key("id");
        let because = format!("Stata reads 32 characters of a name, so it is `{name}`");
        SHORTENED.of(place, &[("id", &column.name)], Some(&because))
    };
    all.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_reserved, shortened};

    #[test]
    fn types_are_reserved() {
        assert!(is_reserved("str5") && is_reserved("byte"));
        assert!(!is_reserved("str") && !is_reserved("str_1"));
    }

    #[test]
    fn a_long_name_keeps_its_beginning() {
        let name = "an_unusually_long_id_of_a_scale_answered";
        assert_eq!(shortened(name, 1), "an_unusually_long_id_of_a_scal_1");
        assert_eq!(shortened(name, 12), "an_unusually_long_id_of_a_sca_12");
        assert_eq!(shortened(name, 1).len(), 32);
    }
}
