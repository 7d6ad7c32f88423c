//! The options of response scales as contained value sets, to which questions refer. Each list is written once, even if
//! many questions share it.

use scalewright_model::file::Status;
use scalewright_model::{ResponseKind, ResponseOption, ResponseScaleIx};

use super::form::{Form, Release};
use super::model::{
    Compose, Concept, ConceptNumber, Contains, Designation, Expansion, Extension, Include,
    PropertyName, ValueSet, json_number,
};
use super::names::option_system;
use super::text::{self, other_wordings};
use crate::choices;

/// The property for the number of a concept.
const NUMBER: &str = "itemWeight";
const NUMBER_URI: &str = "http://hl7.org/fhir/concept-properties#itemWeight";

/// Returns the address of a response scale's value set within the questionnaire.
pub(super) fn address(form: &Form<'_>, response: ResponseScaleIx) -> String {
    format!("#{}", id(form, response))
}

/// Returns the value sets of all response scales that are used. FHIR forbids contained resources without a reference to
/// them.
pub(super) fn contained(form: &Form<'_>) -> Vec<ValueSet> {
    let instrument = form.request.instrument;
    let used = |response: ResponseScaleIx| {
        instrument.items.iter().any(|item| item.response == response)
            && match instrument.response_scales[response.0].kind {
                ResponseKind::Coded { options: _ } | ResponseKind::SeveralChoice { options: _ } => {
                    true
                }
                _ => instrument.has_own_yes_and_no(response),
            }
    };
    let scales = (0..instrument.response_scales.len()).map(ResponseScaleIx);
    scales.filter(|&response| used(response)).map(|response| value_set(form, response)).collect()
}

/// Returns the id of a response scale's value set. Names of response scales, unlike FHIR ids, may contain underscores
/// and be longer than 64 characters.
fn id(form: &Form<'_>, response: ResponseScaleIx) -> String {
    let name = &form.request.instrument.response_scales[response.0].name;
    let whole = format!("options-{}", name.replace('_', "-"));
    let clear = whole.len() <= 64 && !name.contains('_');
    // Shortened or changed names could collide: the position makes them unique.
    // FHIR ids have at most 64 characters: 58, a hyphen and up to five digits.
    if clear { whole } else { format!("{}-{}", &whole[..whole.len().min(58)], response.0) }
}

fn value_set(form: &Form<'_>, response: ResponseScaleIx) -> ValueSet {
    let request = form.request;
    let instrument = request.instrument;
    let system = option_system(instrument, &instrument.response_scales[response.0].name);
    let notice = request.wording.notice.as_ref().unwrap_or(&instrument.rights.notice);
    let options = choices::options(instrument, response);
    let labels = choices::labels(instrument, request.wording, response);
    let mut concepts = Vec::new();
    let mut contains = Vec::new();
    for (position, (option, label)) in options.iter().zip(labels).enumerate() {
        let (code, display) = (option.value.to_string(), label.to_owned());
        let designation = designations(form, response, position);
        contains.push(Contains {
            system: system.clone(),
            code: code.clone(),
            display: display.clone(),
            designation: designation.clone(),
            property: number(form, option).into_iter().collect(),
        });
        let extension = weight(form, option).into_iter().collect();
        concepts.push(Concept { extension, code, display, designation });
    }
    ValueSet {
        resource_type: "ValueSet",
        id: id(form, response),
        language: request.wording.language.clone(),
        status: form.status(),
        experimental: instrument.status == Status::Development,
        // A value set may be copied to a terminology server, so it states the rights itself.
        copyright: text::copyright(&instrument.rights, notice),
        compose: Compose { include: vec![Include { system, concept: concepts }] },
        // An expansion must have a timestamp. The time of the export would change the file at every export.
        expansion: Expansion {
            timestamp: instrument.date.clone().unwrap_or_else(|| "1970-01-01".to_owned()),
            property: match form.release {
                Release::R4 => Vec::new(),
                Release::R5 => vec![PropertyName { code: NUMBER, uri: NUMBER_URI }],
            },
            contains,
        },
    }
}

fn designations(form: &Form<'_>, response: ResponseScaleIx, position: usize) -> Vec<Designation> {
    let others = other_wordings(form.request).map(|other| Designation {
        language: other.language.clone(),
        value: choices::labels(form.request.instrument, other, response)[position].to_owned(),
    });
    others.collect()
}

/// Returns the number of an option as an extension of the concept, for R4.
fn weight(form: &Form<'_>, option: &ResponseOption) -> Option<Extension> {
    let carried = form.release == Release::R4 && !option.non_response;
    carried.then(|| Extension::decimal(form.release.weight(), option.value.number()))
}

/// Returns the number of an option as a property in the expansion, for R5, which does not allow the extension there.
fn number(form: &Form<'_>, option: &ResponseOption) -> Option<ConceptNumber> {
    let carried = form.release == Release::R5 && !option.non_response;
    carried
        .then(|| ConceptNumber { code: NUMBER, value_decimal: json_number(option.value.number()) })
}
