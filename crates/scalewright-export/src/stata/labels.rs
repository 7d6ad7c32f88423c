//! Labels of variables, which Stata limits.

use scalewright_model::Diagnostic;

use crate::code::script::{Column, Content, Script};
use crate::{ExportRequest, Loss};

/// The most characters of the label of a variable.
const LONGEST: usize = 80;

/// The end of a long label.
pub(super) const CUT: Loss = Loss::new(
    &["scales[].title", "flags[].title", "norms[].title"],
    "the end of the title of `{id}`",
    "Stata reads 80 characters of the label of a variable",
)
.when("if the title is longer; scores are unchanged");

/// The label of a column; none for the columns about the answers, whose names say what they are.
pub(super) fn label(request: &ExportRequest<'_>, column: &Column) -> Option<String> {
    let title = title(request, column)?;
    Some(title.chars().take(LONGEST).collect())
}

fn title<'a>(request: &'a ExportRequest<'_>, column: &Column) -> Option<&'a str> {
    let labelled = matches!(column.content, Content::Score | Content::Band(_));
    labelled.then(|| request.wording.scales[column.scale.0].title.as_str())
}

/// The labels that are cut, one finding for each scale.
pub(super) fn cut(request: &ExportRequest<'_>, script: &Script) -> Vec<Diagnostic> {
    let is_long = |column: &&Column| {
        title(request, column).is_some_and(|title| title.chars().count() > LONGEST)
    };
    let mut scales: Vec<usize> =
        script.columns.iter().filter(is_long).map(|column| column.scale.0).collect();
    scales.dedup();
    let scales = scales.into_iter().map(|at| &request.instrument.scales[at]);
    scales.map(|scale| CUT.of(scale.pointer().key("title"), &[("id", &scale.id)], None)).collect()
}
