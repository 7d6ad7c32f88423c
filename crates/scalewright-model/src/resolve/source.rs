//! The words in the definition itself: required if they are included, forbidden if they are withheld.

use crate::file::{InstrumentFile, ResponseScaleFile, ResponseType};
use crate::vocabulary::WordingPolicy;
use crate::{
    Diagnostic, ItemIx, NoteIx, Pointer, ResponseScale, ResponseWording, Scale, ScaleWording,
    SectionIx, SectionWording, Wording,
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
    for (index, note) in file.notes.iter().enumerate() {
        words.push((Pointer::note(NoteIx(index)).key("text"), note.text.is_some(), true, "text"));
    }
    words
}

fn response_words(
    scale: &ResponseScaleFile,
    place: &Pointer,
) -> Vec<(Pointer, bool, bool, &'static str)> {
    let options = scale.options.iter().enumerate().map(|(index, option)| {
        let place = place.key("options").index(index).key("label");
        (place, option.label.is_some(), !option.unlabelled, "label")
    });
    // Beside options, words at the ends are an error already.
    let states_ends = super::responses::has_ends(scale) && scale.options.is_empty();
    let has_ends = scale.kind == ResponseType::VisualAnalogue || states_ends;
    let ends = [
        (place.key("min-label"), scale.min_label.is_some(), has_ends, "min-label"),
        (place.key("max-label"), scale.max_label.is_some(), has_ends, "max-label"),
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
                    .maybe_help((key == "label").then(|| {
                        "if the option has no words, write `unlabelled = true`".to_owned()
                    }))
                    .help(
                        "if the wording may not be redistributed, write `wording = \"withheld\"`",
                    ),
            ),
            _ => {}
        }
    }
}

/// Returns the words of the definition. `None` if the wording is withheld, or a stem or label is missing.
pub(super) fn wording(
    file: &InstrumentFile,
    response_scales: &[ResponseScale],
    scales: &[Scale],
) -> Option<Wording> {
    if file.rights.wording == WordingPolicy::Withheld {
        return None;
    }
    let scales_of_answers = file.response_scales.values().zip(response_scales);
    let responses: Option<Vec<ResponseWording>> =
        scales_of_answers.map(|(file, scale)| response(file, scale)).collect();
    let sections = file.sections.iter().map(|section| SectionWording {
        title: section.title.clone(),
        lead_in: section.lead_in.clone(),
        instructions: section.instructions.clone(),
    });
    let stems: Option<Vec<String>> = file.items.iter().map(|item| item.stem.clone()).collect();
    let notes: Option<Vec<String>> = file.notes.iter().map(|note| note.text.clone()).collect();
    let scales = scales.iter().map(|scale| ScaleWording {
        title: scale.title.clone(),
        unit: scale.unit.clone(),
        bands: scale.bands.iter().map(|band| band.label.clone()).collect(),
        band_sets: scale
            .band_sets
            .iter()
            .map(|set| set.bands.iter().map(|band| band.label.clone()).collect())
            .collect(),
        feedback: scale
            .all_bands()
            .map(|(_, bands)| bands.iter().map(|band| band.feedback.clone()).collect())
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
        notes: notes?,
        scales: scales.collect(),
    })
}

fn response(file: &ResponseScaleFile, scale: &ResponseScale) -> Option<ResponseWording> {
    // The words at the ends of a line, and the labels of the lowest and the highest of several numbers.
    let ends = [file.min_label.clone(), file.max_label.clone()];
    let has_ends = super::responses::has_ends(file);
    let given: Vec<Option<String>> = match has_ends {
        true => ends_of(scale.options().len(), ends.clone()),
        false => file.options.iter().map(|option| option.label.clone()).collect(),
    };
    let all = scale.options().iter().zip(given);
    let labels: Option<Vec<String>> =
        all.map(|(o, label)| if o.unlabelled { Some(o.number()) } else { label }).collect();
    let [min_label, max_label] = if has_ends { [None, None] } else { ends };
    Some(ResponseWording {
        labels: labels?,
        min_label,
        max_label,
        yes_label: file.yes_label.clone(),
        no_label: file.no_label.clone(),
        unit: file.unit.clone(),
    })
}

/// Returns the words of `count` options of which only the first and the last have any.
fn ends_of(count: usize, [first, last]: [Option<String>; 2]) -> Vec<Option<String>> {
    let mut all = vec![None; count];
    if let [low, .., high] = all.as_mut_slice() {
        (*low, *high) = (first, last);
    }
    all
}
