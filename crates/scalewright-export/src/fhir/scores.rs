//! Scores as calculated items, after the variables they are computed from.

use scalewright_model::{Band, Scale};
use scalewright_scoring::emit::fhirpath;

use super::model::{Expression, Extension, Item};
use super::text;
use crate::ExportRequest;
use crate::ui::ui;

const VARIABLE: &str = "http://hl7.org/fhir/StructureDefinition/variable";
const CALCULATED: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";

/// The variables, and the group of scores; none when nothing may be scored.
pub(super) fn scores(request: &ExportRequest<'_>) -> (Vec<Extension>, Option<Item>) {
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
        group.item.extend(score(request, position, &printed.scores[position]));
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
        score: _,
        round: _,
        missing: _,
        key_status: _,
        key_source: _,
        missing_source: _,
        stated_range: _,
        bands,
        bands_source: _,
    } = &request.instrument.scales[index];
    let words = &request.wording.scales[index];
    let mut item = Item::new(id.clone(), "decimal");
    item.text = Some(words.title.clone());
    item.text_element = text::translated(request, |other| Some(other.scales[index].title.as_str()));
    item.read_only = true;
    item.extension.push(calculated(format!("%{variable}"), description.clone()));
    let mut items = vec![item];
    if !bands.is_empty() {
        items.push(band(request, (index, id), bands, variable));
    }
    items
}

fn band(
    request: &ExportRequest<'_>,
    (index, id): (usize, &str),
    bands: &[Band],
    variable: &str,
) -> Item {
    let (words, _) = ui(&request.wording.language);
    let labels = &request.wording.scales[index].bands;
    let labelled: Vec<(&Band, &str)> =
        bands.iter().zip(labels.iter().map(String::as_str)).collect();
    let mut item = Item::new(format!("{id}-band"), "string");
    item.text = Some(format!("{}: {}", request.wording.scales[index].title, words.band));
    item.read_only = true;
    item.extension.push(calculated(fhirpath::band(variable, &labelled), None));
    item
}

fn calculated(expression: String, description: Option<String>) -> Extension {
    let expression = Expression { description, name: None, language: "text/fhirpath", expression };
    Extension::expression(CALCULATED, expression)
}
