//! Statements about rights that contradict the licence.

use scalewright_model::file::{
    InstrumentFile, Permission, Status, TranslationStatus, UseContext, WordingPolicy,
};
use scalewright_model::{Choice as _, Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// A statement about rights that contradicts the licence.
pub(super) static LINT: Lint = Lint {
    name: "licence-contradicted",
    summary: "a statement about rights that contradicts the licence",
    explain: include_str!("licence_contradicted.md"),
    group: Group::Rights,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let rights = &context.file.rights;
    let licence = Licence::of(&rights.licence);
    for (key, what, help) in contradictions(context.file, &licence) {
        let place = key.iter().fold(Pointer::top("rights"), |place, key| place.key(key));
        let message = format!("the licence `{}` contradicts this: {what}", rights.licence);
        hits.push(lint.hit(&context.file.id, message, |d| {
            d.at(place, "").at(Pointer::top("rights").key("licence"), "the licence").help(help)
        }));
    }
    if !licence.forbids_changes {
        return;
    }
    for (place, file) in context.wordings {
        let official =
            file.translation.as_ref().is_some_and(|t| t.status == TranslationStatus::Official);
        let own = file.language.eq_ignore_ascii_case(&context.file.language);
        if official
            || own
            || file.rights.is_some()
            || rights.usage.as_ref().is_some_and(|usage| usage.translation != Permission::Unknown)
        {
            continue;
        }
        let message = format!(
            "`{}` is a translation, but the licence `{}` forbids changes",
            file.language, rights.licence
        );
        let hit = lint.hit(&file.language, message, |d| {
            d.at(Pointer::top("language"), "").help(
                "state that it is the holder\u{2019}s own: `[translation] status = \"official\"`, or give it its own `[rights]`",
            )
        });
        hits.push(hit.inside(*place));
    }
}

/// What a licence states.
struct Licence {
    /// Commercial use is excluded.
    is_non_commercial: bool,
    /// Changed versions, also translations, are excluded.
    forbids_changes: bool,
    /// Everybody may use the words: a licence of Creative Commons, or the public domain.
    is_open: bool,
    /// The holder allows nothing without being asked.
    reserves_all: bool,
    /// Permission is needed.
    needs_permission: bool,
}

impl Licence {
    fn of(text: &str) -> Self {
        let lower = text.to_lowercase();
        let has = |word: &str| lower.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
        let is_creative_commons =
            lower.starts_with("cc-") || lower.starts_with("cc0") || lower.starts_with("cc ");
        // A sentence that only mentions a licence, as in *a licence … is recalled*, states nothing.
        let short = lower.len() < 60;
        let is_non_commercial = is_creative_commons && has("nc")
            || short && (lower.contains("non-commercial") || lower.contains("noncommercial"));
        let forbids_changes =
            is_creative_commons && has("nd") || short && lower.contains("no derivatives");
        let is_domain = short && lower.contains("public domain");
        Self {
            is_non_commercial,
            forbids_changes,
            is_open: is_creative_commons || is_domain || lower == "mit",
            reserves_all: lower.contains("all rights reserved"),
            needs_permission: lower == "permission required",
        }
    }
}

/// What contradicts a licence: the key, what it states, and what to do.
type Contradiction = (Vec<&'static str>, String, &'static str);

fn contradictions(file: &InstrumentFile, licence: &Licence) -> Vec<Contradiction> {
    let rights = &file.rights;
    let mut found: Vec<Contradiction> = Vec::new();
    if let Some(usage) = &rights.usage {
        let all = UseContext::ALL.iter().copied();
        for context in all {
            found.extend(stated(context, usage.of(context), licence));
        }
        let all = UseContext::ALL.iter();
        if licence.needs_permission
            && all.copied().all(|context| usage.of(context) == Permission::Allowed)
        {
            let what = "every use is allowed".to_owned();
            found.push((
                vec!["use"],
                what,
                "write `ask` for the uses that need permission, or correct the licence",
            ));
        }
    }
    // A draft of one's own is not distributed yet.
    let is_draft = file.status == Status::Development;
    if licence.reserves_all && rights.wording == WordingPolicy::Included && !is_draft {
        let what = "the wording is included".to_owned();
        found.push((vec!["wording"], what, "write `withheld` and remove the words, or state the licence under which they may be redistributed"));
    }
    if licence.is_open
        && !licence.forbids_changes
        && !licence.is_non_commercial
        && rights.wording == WordingPolicy::Withheld
    {
        let what = "the wording is withheld".to_owned();
        found.push((
            vec!["wording"],
            what,
            "words under this licence may be included; or correct the licence",
        ));
    }
    for (key, text) in [("notice", &rights.notice), ("terms", &rights.terms)] {
        let reserves =
            text.as_ref().is_some_and(|text| text.to_lowercase().contains("all rights reserved"));
        if licence.is_open && reserves {
            let what = "all rights are reserved".to_owned();
            found.push((
                vec![key],
                what,
                "correct the text or the licence: forms would print a contradiction",
            ));
        }
    }
    found
}

/// Returns the contradiction between a licence and the permission for one use.
fn stated(context: UseContext, permission: Permission, licence: &Licence) -> Option<Contradiction> {
    let restricted = match context {
        UseContext::Commercial => licence.is_non_commercial,
        UseContext::Translation => licence.forbids_changes,
        _ => false,
    };
    let is_allowed = permission == Permission::Allowed;
    let is_refused = matches!(permission, Permission::Prohibited | Permission::Ask);
    let wrong = if restricted { is_allowed } else { licence.is_open && is_refused };
    wrong.then(|| {
        let what = format!("{} use is `{}`", context.name(), permission.name());
        (
            vec!["use", context.name()],
            what,
            "read the licence again, and correct the statement or the licence",
        )
    })
}
