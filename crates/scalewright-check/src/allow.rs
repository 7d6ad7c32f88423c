//! `[[allow]]`: lints silenced in the file, each with its reason. A stale one is itself reported.

use scalewright_model::file::InstrumentFile;
use scalewright_model::{Change, Diagnostic, Pointer, closest, did_you_mean};

use crate::lints::{File, Hit, LINTS};

/// Leaves out what the file allows, and adds what is wrong with its allowing.
pub(crate) fn apply(hits: Vec<Hit>, file: &InstrumentFile) -> Vec<(Diagnostic, File)> {
    let mut used = vec![false; file.allow.len()];
    let mut kept = Vec::new();
    for hit in hits {
        let allows = file.allow.iter().enumerate().find(|(_, allow)| {
            allow.lint == hit.diagnostic.code
                && allow.at.as_ref().is_none_or(|at| hit.at.as_ref() == Some(at))
        });
        match allows {
            Some((index, _)) => used[index] = true,
            None => kept.push((hit.diagnostic, hit.file)),
        }
    }
    kept.extend(unused(file, &used).into_iter().map(|found| (found, File::Definition)));
    kept
}

fn unused(file: &InstrumentFile, used: &[bool]) -> Vec<Diagnostic> {
    let allows = file.allow.iter().enumerate().filter(|(index, _)| !used[*index]);
    let findings = allows.map(|(index, allow)| {
        let entry = Pointer::root().key("allow").index(index);
        let place = entry.clone().key("lint");
        if LINTS.iter().any(|lint| lint.name == allow.lint) {
            Diagnostic::warning("stale-allow", format!("`{}` is allowed but not found", allow.lint))
                .at(place, "nothing to silence")
                .help("remove this entry: what it silenced is gone")
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
