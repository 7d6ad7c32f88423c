//! Numbers of the sample that judgements depend on. They can be frozen, so that a client's result does not change when
//! another joins the file.

use std::collections::BTreeMap;
use std::fmt::Write;

use scalewright_model::Stop;
use scalewright_model::text::message;
use serde::Deserialize;

/// The numbers of one scale and form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SampleNumbers {
    /// The standard deviation around the persons' own lines, pooled.
    pub pooled_sd: Option<f64>,
    /// The standard deviation of the first scores.
    pub first_sd: Option<f64>,
}

/// The numbers by scale and form.
pub type Parameters = BTreeMap<String, BTreeMap<String, SampleNumbers>>;

/// Reads frozen parameters.
///
/// # Errors
///
/// When the text is no such file.
pub fn read(name: &str, text: &str) -> Result<Parameters, Stop> {
    let all: Parameters = toml::from_str(text).map_err(|error| {
        Stop::wrong(format!("{name}: {}", message(error.message())))
            .help("`--parameters` reads what an earlier run wrote")
    })?;
    let numbers = all.values().flat_map(BTreeMap::values);
    let mut values = numbers.flat_map(|one| [one.pooled_sd, one.first_sd]).flatten();
    match values.any(|value| !value.is_finite() || value < 0.0) {
        true => Err(Stop::wrong(format!("{name}: a standard deviation is below 0"))),
        false => Ok(all),
    }
}

/// The file that [`read()`] reads.
#[must_use]
pub fn text(parameters: &Parameters) -> String {
    let mut text =
        "# Numbers of a sample, frozen by `scalewright course --parameters`.\n".to_owned();
    for (scale, forms) in parameters {
        for (form, numbers) in forms {
            let key = |name: &str| serde_json::Value::String(name.to_owned()).to_string();
            let _ = write!(text, "\n[{}.{}]\n", key(scale), key(form));
            for (name, value) in [("pooled-sd", numbers.pooled_sd), ("first-sd", numbers.first_sd)]
            {
                if let Some(value) = value {
                    let _ = writeln!(text, "{name} = {value:?}");
                }
            }
        }
    }
    text
}
