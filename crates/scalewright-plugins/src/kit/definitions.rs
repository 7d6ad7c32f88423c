//! The instruments that the kit requests: together they use every feature of the format.

use scalewright_check::{Checked, Input, Source, check};
use scalewright_model::Instrument;
use scalewright_model::file::ItemFile;
use scalewright_wire::NameRules;
use serde_json::Value;

/// A definition with the wording files in its folder, and those supplied from elsewhere.
struct Definition {
    text: &'static str,
    beside: &'static [(&'static str, &'static str)],
    supplied: &'static [(&'static str, &'static str)],
}

const DEFINITIONS: &[Definition] = &[
    Definition {
        text: include_str!("instruments/everything.toml"),
        beside: &[
            ("ar.toml", include_str!("instruments/everything.ar.toml")),
            ("de.toml", include_str!("instruments/everything.de.toml")),
        ],
        supplied: &[],
    },
    alone(include_str!("instruments/scoring.toml")),
    alone(include_str!("instruments/hostile.toml")),
    alone(include_str!("instruments/recalled.toml")),
    alone(include_str!("instruments/unscored.toml")),
    Definition {
        text: include_str!("instruments/withheld.toml"),
        beside: &[],
        supplied: &[
            ("en.toml", include_str!("instruments/withheld.en.toml")),
            ("de.toml", include_str!("instruments/withheld.de.toml")),
        ],
    },
    alone(include_str!("instruments/long.toml")),
];

const fn alone(text: &'static str) -> Definition {
    Definition { text, beside: &[], supplied: &[] }
}

/// An instrument that the kit requests.
#[derive(Debug)]
pub struct Sample {
    /// Its definition and wordings, with the compiled scores.
    pub checked: Checked,
    /// The instrument.
    pub instrument: Instrument,
    /// The definition as JSON, as places refer to it.
    pub definition: Value,
}

/// Returns the instruments of the kit.
///
/// # Errors
///
/// If a definition has errors, which a test excludes: its first error.
pub fn samples() -> Result<Vec<Sample>, String> {
    DEFINITIONS
        .iter()
        .map(|definition| read(definition.text, definition.beside, definition.supplied))
        .collect()
}

fn read(text: &str, beside: &[(&str, &str)], supplied: &[(&str, &str)]) -> Result<Sample, String> {
    let source = |(name, text): &(&str, &str)| Source {
        name: (*name).to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let checked = check(Input {
        beside: beside.iter().map(source).collect(),
        supplied: supplied.iter().map(source).collect(),
        ..Input::alone(source(&("instrument.toml", text)))
    });
    let Some(instrument) = checked.sound().cloned() else {
        let error = checked.findings.iter().find(|finding| finding.is_error());
        return Err(error.map(|error| error.message.clone()).unwrap_or_default());
    };
    let definition = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(Sample { checked, instrument, definition })
}

/// Returns an instrument whose ids are as long as the rules allow. `None` if there is no limit, or none that an id of the
/// format can reach.
pub(super) fn longest_names(rules: Option<&NameRules>) -> Result<Option<Sample>, String> {
    let longest = rules
        .and_then(|rules| rules.longest)
        .filter(|longest| (8..=ItemFile::LONGEST_ID).contains(longest));
    longest.map(|longest| read(&named(longest), &[], &[])).transpose()
}

fn named(longest: usize) -> String {
    let id = |start: &str| format!("{start}{}", "x".repeat(longest.saturating_sub(start.len())));
    let (first, second, total) = (id("ka"), id("kb"), id("kt"));
    format!(
        r#"format = 1
id = "kit-names"
title = "Names that are as long as the plug-in allows"
version = "1.0.0"
status = "development"
language = "en"

[rights]
holder = "scalewright authors"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.r]
options = [{{ value = 0, label = "No" }}, {{ value = 1, label = "Perhaps" }}, {{ value = 2, label = "Yes" }}]

[[items]]
id = "{first}"
stem = "Statement one."
response = "r"

[[items]]
id = "{second}"
stem = "Statement two."
response = "r"
ask-if = "{first} > 0"
when-not-asked = 0

[[scales]]
id = "{total}"
title = "Total"
items = ["{first}", "{second}"]
score = "sum"
missing = "no-score"
bands = [{{ label = "low", from = 0, to = 2 }}, {{ label = "high", above = 2, to = 4 }}]
"#
    )
}

#[cfg(test)]
mod tests {
    use scalewright_wire::NameRules;

    use super::{longest_names, samples};

    #[test]
    fn no_sample_has_errors() {
        let samples = samples().expect("the definitions have no errors");
        assert!(samples.len() >= 7);
        for longest in [8, 26, 100] {
            let rules = NameRules { longest: Some(longest), reserved: Vec::new() };
            let sample = longest_names(Some(&rules)).expect("the definition has no errors");
            let id = sample.expect("the limit can be reached").instrument.items[0].id.clone();
            assert_eq!(id.len(), longest);
        }
    }
}
