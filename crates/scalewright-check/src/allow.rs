//! `[[allow]]`: lints silenced in the file, each with its reason. A stale one is itself reported.

use scalewright_model::file::InstrumentFile;
use scalewright_model::{Change, Diagnostic, Pointer, closest, did_you_mean};

use crate::levels::{Level, Levels};
use crate::lints::{File, Hit, LINTS};

/// What the lints found, when the file's allowing has had its say.
#[derive(Default)]
pub(crate) struct Sifted {
    /// What remains, and what is wrong with the allowing.
    pub(crate) kept: Vec<(Diagnostic, File)>,
    /// What the file silences, each with the reason it gives.
    pub(crate) silenced: Vec<(Diagnostic, File, String)>,
}

/// Takes out what the file allows, and adds what is wrong with its allowing.
pub(crate) fn apply(hits: Vec<Hit>, file: &InstrumentFile, levels: &Levels) -> Sifted {
    let mut used = vec![false; file.allow.len()];
    let mut sifted = Sifted::default();
    for hit in hits {
        let allows = file.allow.iter().enumerate().find(|(_, allow)| {
            allow.lint == hit.diagnostic.code
                && allow.at.as_ref().is_none_or(|at| hit.at.as_ref() == Some(at))
        });
        match allows {
            Some((index, allow)) => {
                used[index] = true;
                sifted.silenced.push((hit.diagnostic, hit.file, allow.reason.clone()));
            }
            None => sifted.kept.push((hit.diagnostic, hit.file)),
        }
    }
    let unused = unused(file, &used, levels).into_iter().map(|found| (found, File::Definition));
    sifted.kept.extend(unused);
    sifted
}

fn unused(file: &InstrumentFile, used: &[bool], levels: &Levels) -> Vec<Diagnostic> {
    // A lint that is switched off finds nothing; that says nothing about what silences it.
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
