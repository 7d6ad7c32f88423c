//! Scores as calculated fields, bands as calculated texts.

use scalewright_model::file::ScoreKind;
use scalewright_model::{Band, Diagnostic, Pointer, Scale};
use scalewright_scoring::emit::{Unsupported, number, redcap};

use super::fields::free_name;
use super::{Field, html};
use crate::{ExportRequest, loss};

/// The fields of all scores that may be published.
pub(super) fn fields(
    request: &ExportRequest<'_>,
    form: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    diagnostics.extend(loss::unscored(request, "REDCap"));
    let published = request.published();
    let mut order: Vec<usize> =
        (0..published.len()).filter(|&position| published[position]).collect();
    order.sort_by_key(|&position| request.program.scores[position].scale);
    let mut fields = Vec::new();
    let mut formulas = redcap::emit(request.program, request.instrument);
    for position in order {
        let unused = Ok(String::new());
        let formula = std::mem::replace(&mut formulas[position], unused);
        fields.extend(score(request, (position, formula), form, diagnostics));
    }
    fields
}

fn score(
    request: &ExportRequest<'_>,
    (position, formula): (usize, Result<String, Unsupported>),
    form: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    let index = request.program.scores[position].scale.0;
    let Scale {
        id,
        title: _,
        description: _,
        parent: _,
        terms: _,
        score: kind,
        round: _,
        missing: _,
        key_status: _,
        key_source: _,
        missing_source: _,
        stated_range: _,
        bands,
        bands_source: _,
    } = &request.instrument.scales[index];
    let place = Pointer::root().key("scales").index(index);
    let formula = match formula {
        Ok(formula) => formula,
        Err(unsupported) => {
            let what = format!("the score of `{id}`");
            diagnostics.push(refused(place, &what, &unsupported.because));
            return Vec::new();
        }
    };
    let reach = &request.ranges[position].any;
    let made = match kind {
        ScoreKind::Sum => "Sum",
        ScoreKind::Mean => "Mean",
    };
    let field = Field {
        name: id.clone(),
        form: form.to_owned(),
        kind: "calc",
        label: html::label(&request.wording.scales[index].title),
        choices: formula,
        note: format!("{made}, {} to {}", short(reach.low), short(reach.high)),
        annotation: "@HIDDEN-SURVEY".to_owned(),
        ..Field::default()
    };
    let mut fields = vec![field];
    if !bands.is_empty() {
        fields.extend(band(request, index, form, diagnostics));
    }
    fields
}

fn band(
    request: &ExportRequest<'_>,
    index: usize,
    form: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Field> {
    let scale = &request.instrument.scales[index];
    let words = &request.wording.scales[index];
    let labels = words.bands.iter().map(String::as_str);
    let labelled: Vec<(&Band, &str)> = scale.bands.iter().zip(labels).collect();
    match redcap::band(&scale.id, &labelled) {
        Ok(formula) => Some(Field {
            name: free_name(request, &format!("{}_band", scale.id)),
            form: form.to_owned(),
            kind: "text",
            label: html::label(&words.title),
            annotation: format!("@CALCTEXT({formula}) @HIDDEN-SURVEY"),
            ..Field::default()
        }),
        Err(unsupported) => {
            let place = Pointer::root().key("scales").index(index).key("bands");
            let what = format!("the bands of `{}`", scale.id);
            diagnostics.push(refused(place, &what, &unsupported.because));
            None
        }
    }
}

/// A score that would not be equal is an error: the export is not made.
fn refused(place: Pointer, what: &str, because: &str) -> Diagnostic {
    let finding = loss::lost(place, what, because);
    Diagnostic { severity: scalewright_model::Severity::Error, ..finding }
}

fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    number(text.parse().unwrap_or(value))
}
