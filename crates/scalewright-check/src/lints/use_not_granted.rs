//! Uses that the stated rights do not allow.

use std::collections::BTreeSet;

use scalewright_model::Choice as _;
use scalewright_model::file::{Permission, UseContext};
use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// A use that the stated rights do not allow.
pub(super) static LINT: Lint = Lint {
    name: "use-not-granted",
    summary: "a use that the stated rights do not allow",
    explain: include_str!("use_not_granted.md"),
    group: Group::Rights,
    level: Severity::Error,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let rights = &context.instrument.rights;
    // The same use may be given more than once.
    let uses: BTreeSet<UseContext> = context.study.uses.iter().copied().collect();
    for usage in uses {
        let permission = rights.usage.of(usage);
        if permission != Permission::Allowed {
            let stated = match permission {
                Permission::Unknown => "is not known to be allowed".to_owned(),
                Permission::Ask => "requires permission".to_owned(),
                _ => format!("is {}", permission.name()),
            };
            let message = format!("{} use of `{}` {stated}", usage.name(), context.instrument.id);
            hits.push(lint.hit(usage.name(), message, |d| {
                d.at(place(context, usage), "").help(help(context, permission))
            }));
        }
    }
}

/// The location of the permission if one is stated, or else of the rights.
fn place(context: &Context<'_>, usage: UseContext) -> Pointer {
    let rights = Pointer::top("rights");
    match &context.file.rights.usage {
        Some(_) => rights.key("use").key(usage.name()),
        None => rights.key("holder"),
    }
}

fn help(context: &Context<'_>, permission: Permission) -> String {
    let allow = "if you have permission, state it in an `[[allow]]` with the context as `at`";
    match (&context.instrument.rights.obtain, permission) {
        (_, Permission::Prohibited) | (None, _) => allow.to_owned(),
        (Some(how), _) => format!("{allow}; to obtain permission: {how}"),
    }
}
