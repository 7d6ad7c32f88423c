//! `[[allow]]`: lints that the definition silences, each with a reason. Entries that silence nothing are reported.

use scalewright_model::file::InstrumentFile;
use scalewright_model::{Change, Diagnostic, Pointer, closest, did_you_mean};

use crate::levels::{Level, Levels};
use crate::lints::{File, Hit, LINTS};
use crate::outside::{OutsideLints, OutsideProblem, plugin_of};

/// The lints of other programs that ran, with the errors of these programs.
type Outside<'a> = (&'a dyn OutsideLints, &'a [OutsideProblem]);

/// The findings of the lints, divided by whether the definition allows them.
#[derive(Default)]
pub(crate) struct Divided {
    /// The findings that are not allowed, and findings about the `[[allow]]` entries.
    pub(crate) kept: Vec<(Diagnostic, File)>,
    /// The findings that are allowed, each with the reason that the definition states.
    pub(crate) silenced: Vec<(Diagnostic, File, String)>,
}

/// Separates the findings that the definition allows, and adds findings about stale and unknown `[[allow]]` entries.
pub(crate) fn apply(
    hits: Vec<Hit>,
    file: &InstrumentFile,
    levels: &Levels,
    outside: Outside<'_>,
) -> Divided {
    let mut used = vec![false; file.allow.len()];
    let mut divided = Divided::default();
    for hit in hits {
        // Only the first entry that matches counts as used: a second one for the same finding is stale.
        let allows = file.allow.iter().enumerate().find(|(_, allow)| {
            allow.lint == hit.diagnostic.code
                && allow.at.as_ref().is_none_or(|at| hit.at.as_ref() == Some(at))
        });
        match allows {
            Some((index, allow)) => {
                used[index] = true;
                divided.silenced.push((hit.diagnostic, hit.file, allow.reason.clone()));
            }
            None => divided.kept.push((hit.diagnostic, hit.file)),
        }
    }
    let unused =
        unused(file, &used, levels, outside).into_iter().map(|found| (found, File::Definition));
    divided.kept.extend(unused);
    divided
}

fn unused(
    file: &InstrumentFile,
    used: &[bool],
    levels: &Levels,
    outside: Outside<'_>,
) -> Vec<Diagnostic> {
    // A lint that is switched off finds nothing, so an entry for it is not stale.
    let is_off =
        |name: &str| levels.given_outside(name) == Some(Level::Allow) || is_unsure(name, outside);
    let allows = file.allow.iter().enumerate();
    let allows = allows.filter(|(index, allow)| !used[*index] && !is_off(&allow.lint));
    let findings = allows.map(|(index, allow)| {
        let entry = Pointer::allow(index);
        let place = entry.clone().key("lint");
        let names: Vec<&str> = names(&allow.lint, outside);
        if names.contains(&allow.lint.as_str()) {
            Diagnostic::warning("stale-allow", format!("`{}` is allowed but not found", allow.lint))
                .at(place, "nothing to silence")
                .help("remove this entry: it silences nothing")
                .fix("remove the entry", vec![Change::Remove(entry)])
        } else {
            let found =
                Diagnostic::warning("unknown-lint", format!("there is no lint `{}`", allow.lint))
                    .at(place.clone(), "only lints can be silenced")
                    .help(
                        did_you_mean(&allow.lint, names.iter().copied())
                            .unwrap_or_else(|| "correct the name".to_owned()),
                    );
            match closest(&allow.lint, names) {
                Some(near) => found
                    .fix(format!("name `{near}`"), vec![Change::Replace(place, near.to_owned())]),
                None => found,
            }
        }
    });
    findings.collect()
}

/// Whether nobody knows what a lint of another program would find, because the program did not run or failed.
fn is_unsure(name: &str, (outside, problems): Outside<'_>) -> bool {
    plugin_of(name).is_some_and(|plugin| {
        let ran = outside.plugins().iter().any(|one| one == plugin);
        !ran || problems.iter().any(|problem| problem.plugin == plugin)
    })
}

/// Returns the lints that `name` may mean: those of the same program, or our own.
fn names<'a>(name: &str, (outside, _): Outside<'a>) -> Vec<&'a str> {
    match plugin_of(name) {
        Some(plugin) => {
            let all = outside.lints().iter().map(|lint| lint.name.as_str());
            all.filter(|lint| plugin_of(lint) == Some(plugin)).collect()
        }
        None => LINTS.iter().map(|lint| lint.name).collect(),
    }
}
