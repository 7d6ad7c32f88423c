//! Flags that are only true, or only false, in cases.

use scalewright_model::{Origin, Severity};

use super::{Context, Group, Hit, Lint};

/// A flag that no case makes true, or none makes false.
pub(super) static LINT: Lint = Lint {
    name: "flag-without-case",
    summary: "a flag that no case makes true, or none makes false",
    explain: include_str!("flag_without_case.md"),
    group: Group::Cases,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let Some(file) = context.cases.filter(|file| !file.cases.is_empty()) else { return };
    for scale in &context.instrument.scales {
        let Origin::Flag(_) = scale.origin else { continue };
        let expected: Vec<bool> =
            file.cases.iter().filter_map(|case| case.flags.get(&scale.id).copied()).collect();
        // If no case expects this flag, `scale-without-case` reports it.
        let Some(&first) = expected.first() else { continue };
        if expected.contains(&!first) {
            continue;
        }
        let message = format!("no case has the flag `{}` {}", scale.id, !first);
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("when"), "").help(
                "add a case on the other side of the cut score: otherwise a condition that always gives the same result would go unnoticed",
            )
        }));
    }
}
