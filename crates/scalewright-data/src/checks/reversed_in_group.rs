//! Items that are reversed in one file or group only.

use scalewright_model::{Diagnostic, Severity};

use super::reversed_item::against;
use crate::check::{Check, ids, two};
use crate::collected::{Collected, Pairs};
use crate::statistics::{Z_99, Z_999, fisher};
use crate::turned::mirrored;

pub(super) static CHECK: Check = Check {
    name: "reversed-in-group",
    summary: "Answers are reversed in one file or group",
    level: Severity::Warning,
    explain: include_str!("reversed_in_group.md"),
    run,
};

/// The fewest respondents of a group, and of the others.
const FEWEST: f64 = 30.0;

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for groups in &collected.axes {
        for at in (0..groups.groups.len()).filter(|_| groups.groups.len() > 1) {
            let own = &groups.groups[at].pairs;
            let others = collected.whole.pairs.without(own);
            let name = groups.group_name(at);
            match mirrored(&collected.shape, own, &others) {
                Some((items, r)) => findings.push(whole(collected, &name, &items, r)),
                None => findings.extend(single(collected, &name, own, &others)),
            }
        }
    }
    findings
}

fn whole(collected: &Collected<'_>, name: &str, items: &[usize], r: f64) -> Diagnostic {
    let message = format!(
        "in {name}, all answers to {} look reversed: the means of these {} items mirror those elsewhere (correlation of \
         the means {})",
        ids(collected, items),
        items.len(),
        two(r)
    );
    CHECK
        .of_item(Severity::Warning, (collected, items[0]), message)
        .help("compare how this group coded the answers: is the lowest code the same answer?")
}

/// The items that run against their scale in a group, but not elsewhere.
fn single(collected: &Collected<'_>, name: &str, own: &Pairs, others: &Pairs) -> Vec<Diagnostic> {
    let mut done = Vec::new();
    let mut findings = Vec::new();
    for scale in &collected.shape.scales {
        for one in against(own, &scale.items, Z_99, FEWEST) {
            let sign = scale.items.iter().find(|(item, _)| *item == one.item).map_or(1.0, |x| x.1);
            let Some((r, n)) = others.with_rest(one.item, &scale.items) else { continue };
            let r = sign * r;
            let error = (1.0 / (one.n - 3.0) + 1.0 / (n - 3.0)).sqrt();
            let differs = (fisher(r) - fisher(one.r)) / error > Z_999;
            if r <= 0.0 || n < FEWEST || !differs || done.contains(&one.item) {
                continue;
            }
            done.push(one.item);
            let message = format!(
                "in {name}, `{}` runs against `{}`: its correlation with the rest is {} (n = {}), elsewhere {} (n = {n})",
                collected.shape.items[one.item].id,
                scale.id,
                two(one.r),
                one.n,
                two(r),
            );
            let finding = CHECK.of_item(Severity::Warning, (collected, one.item), message);
            findings.push(finding.help("compare how this group coded the item"));
        }
    }
    findings
}
