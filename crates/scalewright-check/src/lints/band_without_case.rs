//! Bands in which no case has a score.

use scalewright_model::{Band, Severity};
use scalewright_scoring::evaluate;

use crate::cases;

use super::{Context, Group, Hit, Lint};

/// A band in which no case has a score.
pub(super) static LINT: Lint = Lint {
    name: "band-without-case",
    summary: "a band in which no case has a score",
    explain: include_str!("band_without_case.md"),
    group: Group::Cases,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let Some(file) = context.cases.filter(|file| !file.cases.is_empty()) else { return };
    let scored = evaluate(context.program, &cases::responses(file, context.instrument));
    for (score, scored) in context.program.scores.iter().zip(&scored) {
        let scale = &context.instrument.scales[score.scale.0];
        let there: Vec<f64> =
            (0..file.cases.len()).filter_map(|row| scored.score.get(row)).collect();
        let untouched: Vec<(usize, &Band)> = scale
            .bands
            .iter()
            .enumerate()
            .filter(|(_, band)| !there.iter().any(|score| band.contains(*score)))
            .collect();
        // If no case has a score on this scale, `scale-without-case` reports it.
        if untouched.is_empty() || there.is_empty() {
            continue;
        }
        let labels: Vec<String> =
            untouched.iter().map(|(_, band)| format!("`{}`", band.label)).collect();
        let message = format!("no case has a score of `{}` in {}", scale.id, labels.join(", "));
        hits.push(lint.hit(&scale.id, message, |mut d| {
            for (index, _) in untouched.into_iter().take(MOST) {
                d = d.at(scale.pointer().key("bands").index(index), "");
            }
            d.help("add a case at each edge of the band, from the source that states it")
        }));
    }
}

/// The number of bands that are marked in the file; the message names all.
const MOST: usize = 5;
