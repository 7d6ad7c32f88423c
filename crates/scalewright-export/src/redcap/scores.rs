//! Scores as calculated fields, and bands as calculated texts.

use scalewright_model::file::ScoreKind;
use scalewright_model::{Band, Diagnostic, Pointer, Scale};
use scalewright_scoring::emit::{Unsupported, number};

use super::field::Field;
use super::field_names::field_name;
use super::fields::free_name;
use super::names::Names;
use super::{dialect, html, losses};
use crate::ui::{filled, ui};
use crate::{ExportRequest, loss};

/// Returns the fields of all scores that may be published, in the order of the definition.
pub(super) fn fields(
    request: &ExportRequest<'_>,
    names: &Names,
    mut formulas: Vec<Result<String, Unsupported>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    diagnostics.extend(loss::unscored(request, "REDCap"));
    let published = request.published();
    let mut order: Vec<usize> =
        (0..published.len()).filter(|&position| published[position]).collect();
    order.sort_by_key(|&position| request.program.scores[position].scale);
    let mut fields = Vec::new();
    for position in order {
        let unused = Ok(String::new());
        let formula = std::mem::replace(&mut formulas[position], unused);
        fields.extend(score(request, (position, formula), names, diagnostics));
    }
    fields
}

fn score(
    request: &ExportRequest<'_>,
    (position, formula): (usize, Result<String, Unsupported>),
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    let index = request.program.scores[position].scale.0;
    let scale = &request.instrument.scales[index];
    let Scale {
        id,
        title: _,
        description: _,
        unit: _,
        codes: _,
        parent: _,
        terms: _,
        origin: _,
        score: _,
        weights: _,
        transform: _,
        round: _,
        missing: _,
        key_status: _,
        key_source: _,
        missing_source: _,
        reliability: _,
        stated_range: _,
        bands: _,
        bands_source: _,
        band_sets: _,
    } = scale;
    let formula = match formula {
        Ok(formula) => formula,
        Err(unsupported) => {
            let score = (&losses::SCORE, id.as_str());
            diagnostics.push(loss::refused(request, scale.pointer(), score, &unsupported));
            return Vec::new();
        }
    };
    let field = Field {
        name: names.field(&field_name(id)),
        form: names.form.clone(),
        label: html::label(&request.wording.scales[index].title),
        note: note(request, position),
        ..Field::default()
    };
    // A calculated field can contain only numbers, so a word needs a text field.
    let field = match scale.words() {
        Some(_) => Field { kind: "text", annotation: calculated_text(&formula), ..field },
        None => {
            let annotation = "@HIDDEN-SURVEY".to_owned();
            Field { kind: "calc", choices: formula, annotation, ..field }
        }
    };
    let mut fields = vec![field];
    fields.extend(texts(request, index, names, diagnostics));
    fields
}

fn calculated_text(formula: &str) -> String {
    format!("@CALCTEXT({formula}) @HIDDEN-SURVEY")
}

/// Returns the field note: the kind of the score, its range and its unit.
fn note(request: &ExportRequest<'_>, position: usize) -> String {
    let score = &request.program.scores[position];
    let scale = &request.instrument.scales[score.scale.0];
    let (own, _) = ui(&request.wording.language);
    if scale.is_truth() {
        return own.truth.to_owned();
    }
    if let Some(words) = scale.words() {
        return html::label(&words.join(", "));
    }
    let reach = &request.ranges[position].any;
    let [sum, mean, lowest, highest, other] = own.made;
    let made = match scale.score {
        ScoreKind::Sum => sum,
        ScoreKind::Mean => mean,
        ScoreKind::Min => lowest,
        ScoreKind::Max => highest,
        ScoreKind::Formula => other,
    };
    let range = filled(own.range, &[("min", &short(reach.low)), ("max", &short(reach.high))]);
    // A score of numbers without limits has no range to print.
    let limited = reach.low.is_finite() && reach.high.is_finite();
    let range = if limited { format!(", {range}") } else { String::new() };
    let unit = request.wording.scales[score.scale.0].unit.as_ref();
    let unit = unit.map(|unit| format!(" {}", html::label(unit))).unwrap_or_default();
    format!("{made}{range}{unit}")
}

/// Returns a text field for each set of bands of a scale, with the name of the band that contains the score.
fn texts(
    request: &ExportRequest<'_>,
    index: usize,
    names: &Names,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Field> {
    let scale = &request.instrument.scales[index];
    let words = &request.wording.scales[index];
    let alone = field_name(&scale.id);
    let field = names.field(&alone);
    let mut texts: Vec<(String, Result<String, Unsupported>, Pointer)> = Vec::new();
    for ((set, bands), labels) in scale.all_bands().zip(words.all_bands()) {
        let labelled: Vec<(&Band, &str)> =
            bands.iter().zip(labels.iter().map(String::as_str)).collect();
        let (name, key) = match set {
            None => (format!("{}_band", scale.id), "bands"),
            Some(set) => (format!("{}_band_{set}", scale.id), "band-sets"),
        };
        texts.push((name, dialect::band(&field, &labelled), scale.pointer().key(key)));
    }
    let mut fields = Vec::new();
    for (name, formula, place) in texts {
        match formula {
            Ok(formula) => fields.push(Field {
                name: names.field(&free_name(request, &field_name(&name))),
                form: names.form.clone(),
                about: alone.clone(),
                kind: "text",
                label: html::label(&words.title),
                annotation: calculated_text(&formula),
                ..Field::default()
            }),
            Err(unsupported) => {
                let bands = (&losses::BANDS, scale.id.as_str());
                diagnostics.push(loss::refused(request, place, bands, &unsupported));
            }
        }
    }
    fields
}

/// Formats a number with at most two decimals.
fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    number(text.parse().unwrap_or(value))
}
