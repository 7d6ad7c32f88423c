//! Compares a form that is deployed somewhere with its definition.
//!
//! Items are matched by id, by the name of their column, or by their words; options by their words, then by their values.
//! Scores and conditions of the form are evaluated by the rules of its platform, those of the definition by ours, on the
//! same respondents. Scores with other names are matched by what they compute. What only the form has, such as another item, is not a finding; neither are order and markup.

mod band_codes;
mod bands;
mod both;
mod conditions;
mod items;
mod known;
mod matched;
mod no_answers;
mod notes;
mod paired;
pub mod report;
mod scores;
mod stale;
mod types;
mod values;

use scalewright_model::{Severity, Stop};

use crate::finding::Kind;
use crate::form::Form;
use crate::formats;
use crate::options::Options;
use crate::source::{Opened, Sources};
use known::Known;
use matched::Matched;

pub use types::{Against, Audit, Discrepancy, Names};

/// Compares the form of a file with a definition. `from` is the name of its format; `None` recognises it.
///
/// # Errors
///
/// Returns a stop if the file cannot be read as a form, or has no item of the definition.
pub fn audit(
    sources: &Sources<'_>,
    from: Option<&str>,
    options: &Options,
    names: &Names,
    against: &Against<'_>,
) -> Result<Audit, Stop> {
    let opened = Opened::of(sources)?;
    let format = formats::format_of(&opened, from)?;
    let forms = (format.read)(&opened, options)?;
    let known = forms.iter().map(Known::of);
    let best = known.map(|form| Matched::of(&form, against, names)).max_by_key(Matched::count);
    let matched = best.filter(|matched| matched.count() > 0).ok_or_else(|| {
        Stop::wrong(format!("{}: the file has no item of `{}`", sources.file, against.instrument.id))
            .help("name the items that have other names: `--names FILE`, a table with the columns `id` and `field_name`")
    })?;
    let mut findings = stale::findings(&opened, &matched);
    findings.extend(not_read(matched.form));
    findings.extend(items::findings(&matched));
    let scores = scores::compare(&matched, names);
    findings.extend(scores.findings);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Ok(Audit {
        format: (format.name.into(), format.title.into()),
        digest: crate::import::digest(sources.bytes),
        id: against.instrument.id.clone(),
        items: matched.count(),
        of_items: against.instrument.items.len(),
        proofs: scores.proofs,
        absent: scores.absent,
        renamed: scores.renamed,
        others: scores.others,
        findings,
    })
}

/// How many items of each definition a file has: for each of `against` with at least half of its items, its position and
/// both counts.
///
/// # Errors
///
/// Returns a stop if the file cannot be read as a form.
pub fn catalogue(
    sources: &Sources<'_>,
    from: Option<&str>,
    options: &Options,
    against: &[Against<'_>],
) -> Result<Vec<(usize, usize, usize)>, Stop> {
    let opened = Opened::of(sources)?;
    let forms = (formats::format_of(&opened, from)?.read)(&opened, options)?;
    let known: Vec<Known<'_>> = forms.iter().map(Known::of).collect();
    let mut held = Vec::new();
    for (index, one) in against.iter().enumerate() {
        let counts = known.iter().map(|form| Matched::of(form, one, &Names::default()).count());
        let most = counts.max().unwrap_or(0);
        let all = one.instrument.items.len();
        if most > 0 && most * 2 >= all {
            held.push((index, most, all));
        }
    }
    Ok(held)
}

/// Parts of the form that contradict themselves, or that were not understood.
fn not_read(form: &Form) -> impl Iterator<Item = Discrepancy> + '_ {
    let doubtful = form.findings.iter().filter(|finding| finding.kind == Kind::Doubtful);
    doubtful.map(|finding| Discrepancy {
        code: finding.code.clone(),
        severity: Severity::Warning,
        place: finding.place.clone(),
        message: finding.message.clone(),
        help: finding.help.clone(),
    })
}
