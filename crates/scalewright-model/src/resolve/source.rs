//! The words in the definition itself: required if they are included, forbidden if they are withheld.

use crate::file::{InstrumentFile, ResponseScaleFile, ResponseType};
use crate::vocabulary::WordingPolicy;
use crate::{
    Diagnostic, ItemIx, Pointer, ResponseWording, Scale, ScaleWording, SectionIx, SectionWording,
    Wording,
};

/// Returns the texts for respondents that the definition has or could have: the place, whether the text is given,
/// whether it is required if the wording is included, and the key.
fn words(file: &InstrumentFile) -> Vec<(Pointer, bool, bool, &'static str)> {
    let mut words =
        vec![(Pointer::top("instructions"), file.instructions.is_some(), false, "instructions")];
    for (name, scale) in &file.response_scales {
        let place = Pointer::response_scale(name);
        words.extend(response_words(scale, &place));
    }
    for (index, section) in file.sections.iter().enumerate() {
        let place = Pointer::section(SectionIx(index));
        words.push((place.key("title"), section.title.is_some(), false, "title"));
        words.push((place.key("lead-in"), section.lead_in.is_some(), false, "lead-in"));
        let given = section.instructions.is_some();
        words.push((place.key("instructions"), given, false, "instructions"));
    }
    for (index, item) in file.items.iter().enumerate() {
        words.push((Pointer::item(ItemIx(index)).key("stem"), item.stem.is_some(), true, "stem"));
    }
    words
}

fn response_words(
    scale: &ResponseScaleFile,
    place: &Pointer,
) -> Vec<(Pointer, bool, bool, &'static str)> {
    let options = scale.options.iter().enumerate().map(|(index, option)| {
        let place = place.key("options").index(index).key("label");
        (place, option.label.is_some(), true, "label")
    });
    let analogue = scale.kind == ResponseType::VisualAnalogue;
    let ends = [
        (place.key("min-label"), scale.min_label.is_some(), analogue, "min-label"),
        (place.key("max-label"), scale.max_label.is_some(), analogue, "max-label"),
        (place.key("yes-label"), scale.yes_label.is_some(), false, "yes-label"),
        (place.key("no-label"), scale.no_label.is_some(), false, "no-label"),
    ];
    options.chain(ends).collect()
}

/// Reports words that are given although the wording is withheld, and missing words although it is included.
pub(super) fn check_policy(file: &InstrumentFile, found: &mut Vec<Diagnostic>) {
    for (place, given, needed, key) in words(file) {
        match file.rights.wording {
            WordingPolicy::Withheld if given => found.push(
                Diagnostic::error(
                    "withheld-wording",
                    "the file contains wording, although the wording is withheld",
                )
                .at(place, "these words may not be redistributed")
                .at(Pointer::top("rights").key("wording"), "withheld here")
                .help(format!(
                    "remove the `{key}`, and supply it in a wording file that is stored elsewhere: \
                         `scalewright wording {} --language {}`",
                    file.id, file.language
                ))
                .help("if the wording may be redistributed, write `wording = \"included\"`"),
            ),
            WordingPolicy::Included if needed && !given => found.push(
                Diagnostic::error("missing-wording", format!("the `{key}` is missing"))
                    // The key itself does not exist, so what lacks it is marked.
                    .at_key(place.parent(), "it belongs here")
                    .help(format!("add `{key} = \"…\"`"))
                    .help(
                        "if the wording may not be redistributed, write `wording = \"withheld\"`",
                    ),
            ),
            _ => {}
        }
    }
}

/// Returns the words of the definition. `None` if the wording is withheld, or a stem or label is missing.
pub(super) fn wording(file: &InstrumentFile, scales: &[Scale]) -> Option<Wording> {
    if file.rights.wording == WordingPolicy::Withheld {
        return None;
    }
    let responses: Option<Vec<ResponseWording>> =
        file.response_scales.values().map(response).collect();
    let sections = file.sections.iter().map(|section| SectionWording {
        title: section.title.clone(),
        lead_in: section.lead_in.clone(),
        instructions: section.instructions.clone(),
    });
    let stems: Option<Vec<String>> = file.items.iter().map(|item| item.stem.clone()).collect();
    let scales = scales.iter().map(|scale| ScaleWording {
        title: scale.title.clone(),
        unit: scale.unit.clone(),
        bands: scale.bands.iter().map(|band| band.label.clone()).collect(),
        band_sets: scale
            .band_sets
            .iter()
            .map(|set| set.bands.iter().map(|band| band.label.clone()).collect())
            .collect(),
    });
    Some(Wording {
        language: file.language.clone(),
        title: file.title.clone(),
        instructions: file.instructions.clone(),
        recall_period: file.administration.recall_period.clone(),
        translation: None,
        notice: None,
        responses: responses?,
        sections: sections.collect(),
        stems: stems?,
        scales: scales.collect(),
    })
}

fn response(scale: &ResponseScaleFile) -> Option<ResponseWording> {
    let labels: Option<Vec<String>> = scale.options.iter().map(|o| o.label.clone()).collect();
    Some(ResponseWording {
        labels: labels?,
        min_label: scale.min_label.clone(),
        max_label: scale.max_label.clone(),
        yes_label: scale.yes_label.clone(),
        no_label: scale.no_label.clone(),
        unit: scale.unit.clone(),
    })
}
