//! Wording that differs from the wording whose digest is stated.

use scalewright_model::{Pointer, Severity};

use crate::wording_digest;

use super::{Context, Group, Hit, Lint};

/// A wording whose digest differs from the stated one.
pub(super) static LINT: Lint = Lint {
    name: "altered-wording",
    summary: "a wording that differs from the one whose digest is stated",
    explain: include_str!("altered_wording.md"),
    group: Group::Rights,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let stated = &context.file.rights.digests;
    for wording in &context.instrument.wordings {
        // The case of letters does not matter in BCP 47 tags.
        let find =
            |(language, _): &(&String, &String)| language.eq_ignore_ascii_case(&wording.language);
        let Some((language, digest)) = stated.iter().find(find) else { continue };
        let now = wording_digest(context.instrument, wording);
        if now == *digest {
            continue;
        }
        let place = Pointer::top("rights").key("digests").key(language);
        let message =
            format!("the wording in `{language}` differs from the one whose digest is stated");
        hits.push(lint.hit(language, message, |d| {
            d.at(place, "the digest of a different wording").help(format!(
                "compare every word with the source and undo the changes; if the source itself changed, state `{now}`"
            ))
        }));
    }
    verbatim(lint, context, hits);
}

/// Reports a licence that forbids changes if no digest is stated that would reveal them.
fn verbatim(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let rights = &context.file.rights;
    // In SPDX names `ND` is a part between hyphens; its letters alone also occur inside other words.
    let forbids = rights.licence.to_ascii_uppercase().split(['-', ' ']).any(|part| part == "ND");
    if !forbids || !rights.digests.is_empty() || context.instrument.wordings.is_empty() {
        return;
    }
    let message =
        format!("the licence `{}` forbids changes, and no digest would reveal one", rights.licence);
    let language = &context.instrument.wordings[0].language;
    hits.push(lint.hit(&context.instrument.id, message, |mut d| {
        d.severity = Severity::Hint;
        d.at(Pointer::top("rights").key("licence"), "").help(format!(
            "`scalewright wording {} --language {language} --digest` prints the value for `digests`",
            context.instrument.id
        ))
    }));
}
