//! Recodings that several scales use: `use` names an entry of `[recodes]`.

use crate::file::{InstrumentFile, RecodeFile, SharedRecodeFile};
use crate::{Diagnostic, Pointer, did_you_mean};

use super::written::Expanded;

/// Whether a definition has a recoding that is written elsewhere, or not at all.
pub(super) fn any(file: &InstrumentFile) -> bool {
    let mut all = file.scales.iter().flat_map(|scale| &scale.recode);
    all.any(|recode| recode.shared.is_some() || recode.values.is_empty())
}

/// Copies the values of shared recodings to where they are used.
pub(super) fn expand(expanded: &mut Expanded<'_>) {
    let Expanded { file, written, found } = expanded;
    let file = file.to_mut();
    for (index, scale) in file.scales.iter_mut().enumerate() {
        for (at, recode) in scale.recode.iter_mut().enumerate() {
            let place = Pointer::scale(index).key("recode").index(at);
            let Some(name) = recode.shared.clone() else {
                found.extend(empty(recode, &place));
                continue;
            };
            let Some(SharedRecodeFile { values, missing }) = file.recodes.get(&name) else {
                let names = file.recodes.keys().map(String::as_str);
                found.push(unknown(&name, did_you_mean(&name, names), &place));
                continue;
            };
            // A definition that is written out already has the same values in both places.
            if recode.values == *values && recode.missing == *missing {
                continue;
            }
            let own =
                [("values", !recode.values.is_empty()), ("missing", recode.missing.is_some())];
            if let Some((key, _)) = own.into_iter().find(|(_, given)| *given) {
                found.push(twice(key, &place));
                continue;
            }
            recode.values.clone_from(values);
            recode.missing = *missing;
            let shared = Pointer::top("recodes").key(&name);
            for key in ["values", "missing"] {
                written.table(place.key(key), shared.key(key));
            }
        }
    }
}

fn empty(recode: &RecodeFile, place: &Pointer) -> Option<Diagnostic> {
    recode.values.is_empty().then(|| {
        Diagnostic::error("missing-key", "the recoding has no values")
            .at_key(place.clone(), "in this table")
            .help("give the value of each keyed answer: `values = { 0 = 0, 1 = 2 }`")
            .help("or name an entry of `[recodes]`: `use = \"…\"`")
    })
}

fn twice(key: &str, place: &Pointer) -> Diagnostic {
    Diagnostic::error("misplaced-key", format!("`use` and `{key}` are both given"))
        .at_key(place.key(key), "")
        .at_key(place.key("use"), "")
        .help("keep `use` if the recoding is that of `[recodes]`, and otherwise the values here")
}

fn unknown(name: &str, near: Option<String>, place: &Pointer) -> Diagnostic {
    Diagnostic::error("unknown-recode", format!("there is no recoding `{name}`"))
        .at(place.key("use"), "not defined in this file")
        .help(near.unwrap_or_else(|| format!("add `[recodes.{name}]` with its `values`")))
}
