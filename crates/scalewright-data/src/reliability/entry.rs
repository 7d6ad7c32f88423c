//! The `reliability` entry of a definition, from an analysis.

use std::fmt::Write;

use scalewright_model::text::line;
use scalewright_model::{Stop, is_date};

use super::result::{Analysis, ScaleAnalysis};

/// What is known about the sample of an entry. The user states it: nothing is made up.
pub struct Entry<'a> {
    /// Who answered.
    pub sample: &'a str,
    /// The day or the month of the data, `YYYY-MM-DD`.
    pub date: &'a str,
}

/// The `reliability` entries of all scales as TOML: to be pasted into `[[scales]]`, or read by a person.
///
/// # Errors
///
/// When the date is no date, the sample is divided into groups, or no coefficient can be an entry.
pub fn entry(analysis: &Analysis, of: &Entry<'_>) -> Result<String, Stop> {
    if !is_date(of.date) {
        return Err(
            Stop::usage(format!("`--date {}` is no date", of.date)).help("write it as 2026-11-29")
        );
    }
    if of.sample.trim().is_empty() || of.sample.chars().count() > 500 {
        return Err(Stop::usage("`--sample` has 1 to 500 characters")
            .help("state who answered: `--sample \"outpatients of three clinics\"`"));
    }
    let [group] = analysis.groups.as_slice() else {
        return Err(Stop::usage(
            "an entry describes one sample, but there are several groups or none",
        )
        .help("leave out `--by`, or analyse the rows of one group"));
    };
    let mut text = format!(
        "# Reliability of {} {} in this sample: paste each entry below the `id` of its scale.\n# Cite the work that publishes the numbers with `source = [\"…\"]`.\n",
        line(&analysis.instrument),
        line(&analysis.version)
    );
    let mut any = false;
    for (id, scale) in &group.scales {
        let _ = match lines(scale, of, group.rows) {
            Ok(lines) => {
                any = true;
                write!(text, "\n# {}\n{lines}", line(id))
            }
            Err(why) => write!(text, "\n# {}: no entry, because {why}\n", line(id)),
        };
    }
    if any { Ok(text) } else { Err(Stop::wrong("no scale has a coefficient that can be an entry")) }
}

/// The entry of one scale: alpha, with the standard deviation of the score of the same respondents.
fn lines(scale: &ScaleAnalysis, of: &Entry<'_>, rows: u64) -> Result<String, String> {
    let Some(statistics) = &scale.statistics else {
        return Err(scale.not_computed.clone().unwrap_or_default());
    };
    let alpha = statistics.alpha;
    if !(0.0..=1.0).contains(&alpha) {
        return Err(format!("alpha is {alpha:.3}, and an entry is from 0 to 1"));
    }
    let Some(sd) = statistics.score.and_then(|score| score.sd) else {
        return Err("the score has no standard deviation by pairs".to_owned());
    };
    let population = format!(
        "{} ({}), {} of {rows} respondents with complete answers",
        of.sample, of.date, scale.n
    );
    // JSON strings are TOML strings.
    let population = serde_json::Value::String(line(&population));
    Ok(format!(
        "reliability = {{ value = {alpha:.4}, kind = \"alpha\", sd = {sd:.4}, population = {population} }}\n"
    ))
}
