//! Scores as calculated items, and the variables that they are computed from.

use scalewright_model::{Band, Diagnostic, Formula, Scale};
use scalewright_scoring::Range;

use super::dialect::{self, FhirPath, Variable};
use super::form::Form;
use super::items::UNIT;
use super::model::{Coding, Expression, Extension, Item, codings};
use super::names::score_system;
use super::{losses, text, ucum};
use crate::ui::ui;
use crate::{ExportRequest, loss};

const VARIABLE: &str = "http://hl7.org/fhir/StructureDefinition/variable";
const MIN_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/minValue";
const MAX_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/maxValue";
const DESIGN_NOTE: &str = "http://hl7.org/fhir/StructureDefinition/designNote";
const EXTRACT: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-observationExtract";
const CALCULATED: &str =
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";

/// Returns the printed scores and conditions, and the group of score items. There is no group if no score may be
/// published.
pub(super) fn scores(form: &Form<'_>, refused: &mut Vec<Diagnostic>) -> (FhirPath, Option<Item>) {
    let request = form.request;
    let wanted = request.published();
    let printed =
        dialect::print(request.program, request.instrument, &wanted, form.options.scoring);
    if !wanted.contains(&true) {
        return (printed, None);
    }
    let definitions = request.program.text(request.instrument);
    // The text has one line per score, in the order of the program.
    let definitions: Vec<&str> = definitions.lines().collect();
    let (words, _) = ui(&request.wording.language);
    let mut group = Item::new("form-scores", "group");
    group.text = Some(words.scores.to_owned());
    group.text_element = text::translated(request, |other| {
        let (words, known) = ui(&other.language);
        known.then_some(words.scores)
    });
    // Readers expect the order of the definition, not that of the program.
    let mut order: Vec<usize> = (0..wanted.len()).filter(|&position| wanted[position]).collect();
    order.sort_by_key(|&position| request.program.scores[position].scale);
    for position in order {
        match &printed.scores[position] {
            Ok(variable) => {
                group.item.extend(score(request, (position, definitions[position]), variable))
            }
            Err(unsupported) => {
                let scale = &request.instrument.scales[request.program.scores[position].scale.0];
                let score = (&losses::SCORE, scale.id.as_str());
                refused.push(loss::refused(request, scale.pointer(), score, unsupported));
            }
        }
    }
    (printed, Some(group))
}

/// Returns the variables as extensions of the Questionnaire, each after those that it uses.
pub(super) fn variables(variables: Vec<Variable>) -> impl Iterator<Item = Extension> {
    variables.into_iter().map(|variable| {
        let Variable { name, description, expression } = variable;
        let expression = Expression {
            description: Some(description),
            name: Some(name),
            language: "text/fhirpath",
            expression,
        };
        Extension::expression(VARIABLE, expression)
    })
}

/// Returns the lowest and highest score as extensions, if they are exact and finite.
fn range(range: &Range) -> Vec<Extension> {
    let Range { any, complete: _ } = range;
    // Other engines compute inexact bounds slightly differently: a score at the bound must not be rejected.
    let (low, high) = any.outward();
    let ends = [(MIN_VALUE, low), (MAX_VALUE, high)];
    let known = ends.into_iter().filter(|(_, end)| any.exact && end.is_finite());
    known.map(|(url, end)| Extension::decimal(url, end)).collect()
}

/// Returns the item of a score, and those of its bands.
fn score(
    request: &ExportRequest<'_>,
    (position, definition): (usize, &str),
    variable: &str,
) -> Vec<Item> {
    let index = request.program.scores[position].scale.0;
    let Scale {
        id,
        title: _,
        description,
        unit: _,
        codes,
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
        bands,
        bands_source: _,
        band_sets,
    } = &request.instrument.scales[index];
    let words = &request.wording.scales[index];
    let kind = match &request.program.scores[position].formula {
        // Never `integer`: the expressions compute with decimals only, and `2.0` is not a valid integer.
        Formula::Number(_) => "decimal",
        Formula::Truth(_) => "boolean",
        Formula::Word { position: _, words: _ } => "string",
    };
    let mut item = Item::new(id.clone(), kind);
    item.text = Some(words.title.clone());
    item.text_element = text::translated(request, |other| Some(other.scales[index].title.as_str()));
    item.read_only = true;
    item.extension.push(calculated(format!("%{variable}"), description.clone()));
    item.extension.push(Extension::markdown(DESIGN_NOTE, text::markdown(definition)));
    if kind == "decimal" {
        item.extension.extend(unit(request, index));
        item.extension.extend(range(&request.ranges[position]));
    }
    // An Observation extracted from the item needs a code. Its words are in `text`.
    item.code.push(Coding::new(&score_system(request.instrument), id, None));
    item.code.extend(codings(codes));
    item.extension.push(Extension::yes(EXTRACT));
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
    item.text_element = text::translated(request, |other| {
        let (words, known) = ui(&other.language);
        known.then(|| format!("{}: {}", other.scales[index].title, words.band))
    });
    item.read_only = true;
    item.extension.push(calculated(dialect::band(variable, &labelled), None));
    item
}

/// Returns the unit of a score.
fn unit(request: &ExportRequest<'_>, index: usize) -> Option<Extension> {
    let meant = request.instrument.scales[index].unit.as_deref();
    let shown = request.wording.scales[index].unit.as_deref()?;
    Some(Extension::coding(UNIT, ucum::coding(meant, shown)))
}

fn calculated(expression: String, description: Option<String>) -> Extension {
    let expression = Expression { description, name: None, language: "text/fhirpath", expression };
    Extension::expression(CALCULATED, expression)
}
