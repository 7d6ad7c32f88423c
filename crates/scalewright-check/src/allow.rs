//! `[[allow]]`: lints that the definition silences, each with a reason. Entries that silence nothing are reported.

use scalewright_model::file::InstrumentFile;
use scalewright_model::{Change, Diagnostic, Pointer, closest, did_you_mean};

use crate::levels::{Level, Levels};
use crate::lints::{File, Hit, LINTS};

/// The findings of the lints, divided by whether the definition allows them.
#[derive(Default)]
pub(crate) struct Divided {
    /// The findings that are not allowed, and findings about the `[[allow]]` entries.
    pub(crate) kept: Vec<(Diagnostic, File)>,
    /// The findings that are allowed, each with the reason that the definition states.
    pub(crate) silenced: Vec<(Diagnostic, File, String)>,
}

/// Separates the findings that the definition allows, and adds findings about stale and unknown `[[allow]]` entries.
pub(crate) fn apply(hits: Vec<Hit>, file: &InstrumentFile, levels: &Levels) -> Divided {
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
    let unused = unused(file, &used, levels).into_iter().map(|found| (found, File::Definition));
    divided.kept.extend(unused);
    divided
}

fn unused(file: &InstrumentFile, used: &[bool], levels: &Levels) -> Vec<Diagnostic> {
    // A lint that is switched off finds nothing, so an entry for it is not stale.
    let is_off = |name: &str| {
        LINTS.iter().any(|lint| lint.name == name && levels.given(lint) == Some(Level::Allow))
    };
    let allows = file.allow.iter().enumerate();
    let allows = allows.filter(|(index, allow)| !used[*index] && !is_off(&allow.lint));
    let findings = allows.map(|(index, allow)| {
        let entry = Pointer::allow(index);
        let place = entry.clone().key("lint");
        if LINTS.iter().any(|lint| lint.name == allow.lint) {
            Diagnostic::warning("stale-allow", format!("`{}` is allowed but not found", allow.lint))
                .at(place, "nothing to silence")
                .help("remove this entry: it silences nothing")
                .fix("remove the entry", vec![Change::Remove(entry)])
        } else {
            let names = LINTS.iter().map(|lint| lint.name);
            let found =
                Diagnostic::warning("unknown-lint", format!("there is no lint `{}`", allow.lint))
                    .at(place.clone(), "only lints can be silenced")
                    .help(
                        did_you_mean(&allow.lint, names)
                            .unwrap_or_else(|| "correct the name".to_owned()),
                    );
            let names = LINTS.iter().map(|lint| lint.name);
            match closest(&allow.lint, names) {
                Some(near) => found
                    .fix(format!("name `{near}`"), vec![Change::Replace(place, near.to_owned())]),
                None => found,
            }
        }
    });
    findings.collect()
}
