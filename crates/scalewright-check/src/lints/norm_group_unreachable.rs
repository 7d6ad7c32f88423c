//! Groups of a norm that no respondent can be in.

use std::collections::BTreeMap;

use scalewright_model::{Pointer, Severity, Test};

use super::{Cells, Context, Group, Hit, Lint, norm_group_gap};

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
        let found = hits.len();
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
        if hits.len() == found
            && let Some(at) = empty(context, &norm_group_gap::tests(context, index))
        {
            let message = format!("no respondent can be in group {} of `{}`", at + 1, norm.id);
            hits.push(lint.hit(&norm.id, message, |d| {
                d.at(groups.index(at).key("when"), "")
                    .help("compare its numbers with the answers that the item accepts, and with the earlier groups, which take their respondents first")
            }));
        }
    }
}

/// The greatest number of groups that are compared with one another.
const MOST: usize = 60;

/// The first group whose condition is false for everybody, or whose respondents are all in earlier groups.
fn empty(context: &Context<'_>, tests: &[&Test]) -> Option<usize> {
    if tests.len() > MOST {
        return None;
    }
    let cells = Cells::of(context.possible(), tests)?;
    let mut reached = vec![false; tests.len()];
    for row in cells.rows() {
        if let Some(group) = tests.iter().position(|test| cells.holds(test, &row)) {
            reached[group] = true;
        }
    }
    reached.iter().position(|reached| !reached)
}
