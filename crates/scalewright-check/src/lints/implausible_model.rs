//! Item response models with implausible parameters.

use scalewright_model::file::{ModelFile, ModelType};
use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint, shown};

/// A parameter of an item response model that is unlike the others, or a grid that is too narrow.
pub(super) static LINT: Lint = Lint {
    name: "implausible-model",
    summary: "an item response model with an implausible parameter or grid",
    explain: include_str!("implausible_model.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (name, model) in &context.file.models {
        let place = Pointer::model(name);
        for (at, what, help) in implausible(model) {
            let place = at.iter().fold(place.clone(), |place, step| match step {
                Step::Key(key) => place.key(key),
                Step::Index(index) => place.index(*index),
            });
            let message = format!("{what} of the model `{name}`");
            hits.push(lint.hit(name, message, |d| d.at(place, "").help(help)));
        }
    }
}

enum Step {
    Key(&'static str),
    Index(usize),
}

/// The implausible parameters of a model: where they are, what they are, and what to do.
fn implausible(model: &ModelFile) -> Vec<(Vec<Step>, String, &'static str)> {
    let mut found = Vec::new();
    let usual = median(model.items.iter().map(|item| item.discrimination.abs()));
    for (index, item) in model.items.iter().enumerate() {
        let at = |key| vec![Step::Key("items"), Step::Index(index), Step::Key(key)];
        let slope = item.discrimination;
        if slope <= 0.0 {
            let what = format!("the discrimination {} of `{}`", shown(slope), item.item);
            found.push((at("discrimination"), what, "a discrimination is positive: write `\"-id\"` for a reversed item, or compare the sign with the source"));
        } else if model.items.len() > 2 && (slope > usual * 5.0 || slope < usual / 5.0) {
            let what = format!(
                "the discrimination {} of `{}` is unlike the others",
                shown(slope),
                item.item
            );
            found.push((
                at("discrimination"),
                what,
                "compare it with the source: a decimal point may be misplaced",
            ));
        }
        let falls = item.thresholds.windows(2).any(|pair| pair[1] <= pair[0]);
        if falls && model.kind == ModelType::GradedResponse {
            let what = format!("the thresholds of `{}` do not rise", item.item);
            found.push((at("thresholds"), what, "each answer of a graded model begins above the one before: compare the thresholds with the source"));
        } else if let Some(far) = item.thresholds.iter().position(|threshold| threshold.abs() > 8.0)
        {
            let what = format!(
                "the threshold {} of `{}` is far outside the population",
                shown(item.thresholds[far]),
                item.item
            );
            let mut place = at("thresholds");
            place.push(Step::Index(far));
            found.push((place, what, "compare it with the source: a decimal point may be misplaced, or it may be an intercept"));
        }
    }
    found.extend(grid(model));
    found
}

/// A grid that leaves out a part of the population, or whose steps are wide.
fn grid(model: &ModelFile) -> Option<(Vec<Step>, String, &'static str)> {
    let (mean, sd) = (model.prior_mean.unwrap_or(0.0), model.prior_sd.unwrap_or(1.0));
    let grid = &model.grid;
    let help =
        "span at least three standard deviations on both sides of the mean, with 61 points or so";
    if grid.low > mean - 3.0 * sd || grid.high < mean + 3.0 * sd {
        let what = format!(
            "the grid from {} to {} is too narrow for the population",
            shown(grid.low),
            shown(grid.high)
        );
        return Some((vec![Step::Key("grid")], what, help));
    }
    let step = (grid.high - grid.low) / f64::from(grid.points.saturating_sub(1).max(1));
    let wide = step > sd * 0.51;
    wide.then(|| {
        (
            vec![Step::Key("grid")],
            format!("the steps of {} in the grid are too wide", shown(step)),
            help,
        )
    })
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
