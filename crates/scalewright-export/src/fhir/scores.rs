//! Scores as calculated items, after the variables they are computed from.

use scalewright_model::{Band, Diagnostic, Formula, Scale};
use scalewright_scoring::emit::fhirpath;

use super::model::{Expression, Extension, Item};
use super::text;
use crate::ui::ui;
use crate::{ExportRequest, loss};

const VARIABLE: &str = "http://hl7.org/fhir/StructureDefinition/variable";
const CALCULATED: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";

/// The variables, and the group of scores; none when nothing may be scored.
pub(super) fn scores(
    request: &ExportRequest<'_>,
    refused: &mut Vec<Diagnostic>,
) -> (Vec<Extension>, Option<Item>) {
    let wanted = request.published();
    if !wanted.contains(&true) {
        return (Vec::new(), None);
    }
    let printed = fhirpath::emit(request.program, request.instrument, &wanted);
    let variables = printed.variables.into_iter().map(|variable| {
        let expression = Expression {
            description: Some(variable.description),
            name: Some(variable.name),
            language: "text/fhirpath",
            expression: variable.expression,
        };
        Extension::expression(VARIABLE, expression)
    });
    let (words, _) = ui(&request.wording.language);
    let mut group = Item::new("form-scores", "group");
    group.text = Some(words.scores.to_owned());
    // In the order of the definition, which is the order a reader expects.
    let mut order: Vec<usize> = (0..wanted.len()).filter(|&position| wanted[position]).collect();
    order.sort_by_key(|&position| request.program.scores[position].scale);
    for position in order {
        match &printed.scores[position] {
            Ok(variable) => group.item.extend(score(request, position, variable)),
            Err(unsupported) => {
                let scale = &request.instrument.scales[request.program.scores[position].scale.0];
                let what = format!("the score of `{}`", scale.id);
                refused.push(loss::refused(request, scale.pointer(), &what, unsupported));
            }
        }
    }
    (variables.collect(), Some(group))
}

/// The item that holds a score, and the one that holds its band.
fn score(request: &ExportRequest<'_>, position: usize, variable: &str) -> Vec<Item> {
    let index = request.program.scores[position].scale.0;
    let Scale {
        id,
        title: _,
        description,
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
        stated_range: _,
        bands,
        bands_source: _,
        band_sets,
    } = &request.instrument.scales[index];
    let words = &request.wording.scales[index];
    let kind = match &request.program.scores[position].formula {
        Formula::Number(_) => "decimal",
        Formula::Truth(_) => "boolean",
        Formula::Word { position: _, words: _ } => "string",
    };
    let mut item = Item::new(id.clone(), kind);
    item.text = Some(words.title.clone());
    item.text_element = text::translated(request, |other| Some(other.scales[index].title.as_str()));
    item.read_only = true;
    item.extension.push(calculated(format!("%{variable}"), description.clone()));
    let mut items = vec![item];
    if !bands.is_empty() {
        let words = words.bands.iter();
        items.push(band(request, (index, format!("{id}-band")), labelled(bands, words), variable));
    }
    for (set, words) in band_sets.iter().zip(&request.wording.scales[index].band_sets) {
        let link = format!("{id}-band-{}", set.id.replace('_', "-"));
        items.push(band(request, (index, link), labelled(&set.bands, words.iter()), variable));
    }
    items
}

fn labelled<'a>(
    bands: &'a [Band],
    words: impl Iterator<Item = &'a String>,
) -> Vec<(&'a Band, &'a str)> {
    bands.iter().zip(words.map(String::as_str)).collect()
}

fn band(
    request: &ExportRequest<'_>,
    (index, link): (usize, String),
    labelled: Vec<(&Band, &str)>,
    variable: &str,
) -> Item {
    let (words, _) = ui(&request.wording.language);
    let mut item = Item::new(link, "string");
    item.text = Some(format!("{}: {}", request.wording.scales[index].title, words.band));
    item.read_only = true;
    item.extension.push(calculated(fhirpath::band(variable, &labelled), None));
    item
}

fn calculated(expression: String, description: Option<String>) -> Extension {
    let expression = Expression { description, name: None, language: "text/fhirpath", expression };
    Extension::expression(CALCULATED, expression)
}
