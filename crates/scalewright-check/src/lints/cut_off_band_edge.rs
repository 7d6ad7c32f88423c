//! Cut scores that divide a band edge differently.

use scalewright_model::{
    Band, Comparison, Expr, Lower, Operation, Scale, Severity, TOLERANCE, Test, Upper,
};
use scalewright_scoring::test_text;

use super::{Context, Group, Hit, Lint, cut_score_out_of_range, shown};

/// A comparison with the edge of a band that puts the edge on the other side.
pub(super) static LINT: Lint = Lint {
    name: "cut-off-band-edge",
    summary: "a cut score on the edge of a band that puts the edge on the other side",
    explain: include_str!("cut_off_band_edge.md"),
    group: Group::Range,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (id, test, place) in context.conditions() {
        for part in cut_score_out_of_range::parts(context, Operation::Truth(test)) {
            let Operation::Truth(part) = part else { continue };
            let Some((scale, cut, label)) = off(context, part) else { continue };
            let text = test_text(part, context.instrument);
            let message =
                format!("`{text}` does not divide the scores where a band of `{}` does", scale.id);
            let place = place.clone();
            let edge = shown(cut);
            hits.push(lint.hit(id, message, |d| {
                d.at(place, format!("a score of {edge} is on the other side of the edge of the band `{label}`"))
                    .at_key(scale.pointer().key("bands"), "the bands")
                    .help("compare `<` and `<=`, or `>` and `>=`, with the source: bands and cut scores usually agree")
            }));
        }
    }
}

/// The scale, the number and the band if a condition compares a score with the edge of a band, and divides the scores on
/// the other side of this number.
fn off<'a>(context: &Context<'a>, test: &Test) -> Option<(&'a Scale, f64, &'a str)> {
    let Test::Compare { comparison, left, right } = test else { return None };
    let (scale, cut, comparison) = match (&**left, &**right) {
        (Expr::Score(scale), Expr::Number(cut)) => (scale, *cut, *comparison),
        (Expr::Number(cut), Expr::Score(scale)) => (scale, *cut, comparison.turned()),
        _ => return None,
    };
    // `<` and `>=` divide the scores just below the number, `<=` and `>` just above it.
    let below = match comparison {
        Comparison::Less | Comparison::AtLeast => true,
        Comparison::AtMost | Comparison::Greater => false,
        Comparison::Equal | Comparison::Unequal => return None,
    };
    let scale = &context.instrument.scales[scale.0];
    let edges: Vec<(f64, bool, &str)> = scale.bands.iter().flat_map(edges).collect();
    let at = |(edge, _, _): &&(f64, bool, &str)| (edge - cut).abs() <= TOLERANCE;
    let mut here = edges.iter().filter(at).peekable();
    let first = here.peek().copied()?;
    // The ends of the whole range divide nothing.
    let inner = edges.iter().any(|edge| edge.0 < cut - TOLERANCE)
        && edges.iter().any(|edge| edge.0 > cut + TOLERANCE);
    (inner && here.all(|(_, side, _)| *side != below)).then_some((scale, cut, first.2))
}

/// The two ends of a band, each with whether it divides the scores just below its number.
fn edges(band: &Band) -> [(f64, bool, &str); 2] {
    let lower = match band.lower {
        Lower::From(from) => (from, true, band.label.as_str()),
        Lower::Above(above) => (above, false, band.label.as_str()),
    };
    let upper = match band.upper {
        Upper::To(to) => (to, false, band.label.as_str()),
        Upper::Below(below) => (below, true, band.label.as_str()),
    };
    [lower, upper]
}
