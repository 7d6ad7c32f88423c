//! Words other than those that were attested.

use scalewright_model::{Pointer, Severity};

use crate::wording_digest;

use super::{Context, Group, Hit, Lint};

/// Wording that is not the one whose digest is stated.
pub(super) static LINT: Lint = Lint {
    name: "altered-wording",
    summary: "wording that is not the one whose digest is stated",
    explain: include_str!("altered_wording.md"),
    group: Group::Rights,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let stated = &context.file.rights.digests;
    for wording in &context.instrument.wordings {
        let find =
            |(language, _): &(&String, &String)| language.eq_ignore_ascii_case(&wording.language);
        let Some((language, digest)) = stated.iter().find(find) else { continue };
        let now = wording_digest(context.instrument, wording);
        if now == *digest {
            continue;
        }
        let place = Pointer::top("rights").key("digests").key(language);
        let message = format!("the wording in `{language}` is not the one that was attested");
        hits.push(lint.hit(language, message, |d| {
            d.at(place, "the digest of other words").help(format!(
                "compare every word with the source and take back what was changed; if the source changed, state `{now}`"
            ))
        }));
    }
    verbatim(lint, context, hits);
}

/// A licence that forbids changes, with nothing by which they would be noticed.
fn verbatim(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let rights = &context.file.rights;
    let forbids = rights.licence.to_ascii_uppercase().split(['-', ' ']).any(|part| part == "ND");
    if !forbids || !rights.digests.is_empty() || context.instrument.wordings.is_empty() {
        return;
    }
    let message = format!(
        "the licence `{}` forbids changes, and no digest would tell of one",
        rights.licence
    );
    let language = &context.instrument.wordings[0].language;
    hits.push(lint.hit(&context.instrument.id, message, |mut d| {
        d.severity = Severity::Hint;
        d.at(Pointer::top("rights").key("licence"), "").help(format!(
            "`scalewright wording {} --language {language} --digest` prints what to state as `digests`",
            context.instrument.id
        ))
    }));
}
