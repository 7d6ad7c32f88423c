//! Labels of variables, which SPSS limits.

use scalewright_model::Diagnostic;

use crate::code::script::{Column, Content, Script};
use crate::{ExportRequest, Loss};

/// The most bytes of the label of a variable.
const LONGEST: usize = 256;

/// The end of a long label.
pub(super) const CUT: Loss = Loss::new(
    &["scales[].title", "flags[].title", "norms[].title"],
    "the end of the title of `{id}`",
    "SPSS reads 256 bytes of the label of a variable",
)
.when("if the title is longer; scores are unchanged");

/// The label of a column.
pub(super) fn label(request: &ExportRequest<'_>, column: &Column) -> String {
    let label = whole(request, column);
    let mut end = LONGEST.min(label.len());
    while !label.is_char_boundary(end) {
        end -= 1;
    }
    label[..end].to_owned()
}

fn whole(request: &ExportRequest<'_>, column: &Column) -> String {
    let title = &request.wording.scales[column.scale.0].title;
    match column.content {
        Content::Score | Content::Band(_) => title.clone(),
        Content::Answered => format!("{title}: answered"),
        Content::Prorated => format!("{title}: prorated"),
    }
}

/// The labels that are cut, one finding for each scale.
pub(super) fn cut(request: &ExportRequest<'_>, script: &Script) -> Vec<Diagnostic> {
    let long = script.columns.iter().filter(|column| whole(request, column).len() > LONGEST);
    let mut scales: Vec<usize> = long.map(|column| column.scale.0).collect();
    scales.dedup();
    let scales = scales.into_iter().map(|at| &request.instrument.scales[at]);
    scales.map(|scale| CUT.of(scale.pointer().key("title"), &[("id", &scale.id)], None)).collect()
}
