//! Recodings whose results both rise and fall.

use scalewright_model::{Expr, Operation, Severity, TOLERANCE};

use super::{Context, Group, Hit, Lint, shown};

/// A recoding whose results both rise and fall.
pub(super) static LINT: Lint = Lint {
    name: "recode-not-monotone",
    summary: "a recoding whose results both rise and fall",
    explain: include_str!("recode_not_monotone.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (scale, items) in context.keyed() {
        let turns = items.iter().find_map(|entry| turn(&entry.recode.as_ref()?.table));
        if let Some(turn) = turns {
            let place = scale.pointer().key("recode");
            hits.push(
                lint.hit(&scale.id, message(&scale.id, turn), |d| d.at_key(place, "").help(HELP)),
            );
        }
    }
    for (scale, formula, place) in context.formulas() {
        let turns = formula.root().all().into_iter().find_map(|part| match part {
            Operation::Number(Expr::Recode { table, .. }) => turn(table),
            _ => None,
        });
        if let Some(turn) = turns {
            let place = place.clone();
            hits.push(
                lint.hit(&scale.id, message(&scale.id, turn), |d| d.at(place, "").help(HELP)),
            );
        }
    }
}

const HELP: &str = "compare the recoding with the source: two numbers may be exchanged";

type Turn = [(f64, f64); 2];

fn message(id: &str, [one, two]: Turn) -> String {
    format!(
        "the results of a recoding of `{id}` both rise and fall: {} becomes {}, {} becomes {}",
        shown(one.0),
        shown(one.1),
        shown(two.0),
        shown(two.1)
    )
}

/// The two neighbours between which a recoding goes against its own direction.
fn turn(table: &[(f64, f64)]) -> Option<Turn> {
    let mut results: Vec<f64> = table.iter().map(|(_, result)| *result).collect();
    let same = |a: f64, b: f64| (a - b).abs() <= TOLERANCE;
    // The middle counts most, or least, on purpose.
    let mirrored = results.iter().zip(results.iter().rev()).all(|(a, b)| same(*a, *b));
    let pairs = || table.windows(2).map(|pair| [pair[0], pair[1]]);
    let [rises, falls]: [Vec<Turn>; 2] = [
        pairs().filter(|[a, b]| b.1 > a.1 + TOLERANCE).collect(),
        pairs().filter(|[a, b]| b.1 < a.1 - TOLERANCE).collect(),
    ];
    results.sort_by(f64::total_cmp);
    results.dedup_by(|a, b| same(*a, *b));
    // With two results, such as right and wrong, the answers have no order.
    // Weights from an analysis, such as those of the RAND-12, need not rise.
    let is_weight = results.iter().any(|result| result.fract() != 0.0);
    if mirrored || is_weight || results.len() < 3 || rises.is_empty() || falls.is_empty() {
        return None;
    }
    if falls.len() <= rises.len() { falls.first().copied() } else { rises.first().copied() }
}
