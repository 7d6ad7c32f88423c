//! Groups of a norm that no respondent can be in.

use std::collections::BTreeMap;

use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// A group of a norm whose respondents are all in an earlier group.
pub(super) static LINT: Lint = Lint {
    name: "norm-group-unreachable",
    summary: "a group of a norm that no respondent can be in",
    explain: include_str!("norm_group_unreachable.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (index, norm) in context.file.norms.iter().enumerate() {
        let groups = Pointer::norm(index).key("groups");
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut everybody = None;
        for (at, group) in norm.groups.iter().enumerate() {
            // Conditions are compared as texts, because a line that was copied and not changed is the usual mistake.
            let when = group.when.as_deref().map(str::trim);
            let before = everybody.or_else(|| seen.get(when?).copied());
            if let Some(before) = before {
                let message = format!("no respondent can be in group {} of `{}`", at + 1, norm.id);
                hits.push(lint.hit(&norm.id, message, |d| {
                    d.at_key(groups.index(at), "")
                        .at_key(groups.index(before), "this earlier group includes all of them")
                        .help("a respondent is in the first group whose `when` is true: correct the condition")
                }));
            }
            match when {
                None => everybody = everybody.or(Some(at)),
                Some(when) => {
                    seen.entry(when).or_insert(at);
                }
            }
        }
    }
}
