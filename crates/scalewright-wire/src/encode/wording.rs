//! Words to the wire.

use scalewright_model as inner;
use scalewright_model::ResponseKind;

use crate::number::Number;
use crate::wording::{
    ItemWording, NoteWording, OptionWording, ResponseWording, ScaleWording, SectionWording, Wording,
};

pub(super) fn encoded(
    instrument: &inner::Instrument,
    wording: &inner::Wording,
    yes_and_no: (&str, &str),
) -> Wording {
    let inner::Wording {
        language,
        title,
        instructions,
        recall_period,
        translation,
        notice,
        responses,
        sections,
        stems,
        notes,
        scales,
    } = wording;
    let responses = instrument.response_scales.iter().zip(responses);
    let items = instrument.items.iter().zip(stems);
    let notes = instrument.notes.iter().zip(notes);
    Wording {
        language: language.clone(),
        title: title.clone(),
        instructions: instructions.clone(),
        recall_period: recall_period.clone(),
        translation: *translation,
        notice: notice.clone(),
        response_scales: responses
            .map(|(scale, words)| (scale.name.clone(), response(scale, words, yes_and_no)))
            .collect(),
        sections: instrument
            .sections
            .iter()
            .zip(sections)
            .map(|(section, words)| (section.id.clone(), self::section(words)))
            .collect(),
        items: items
            .map(|(item, stem)| (item.id.clone(), ItemWording { stem: stem.clone() }))
            .collect(),
        notes: notes
            .map(|(note, text)| (note.id.clone(), NoteWording { text: text.clone() }))
            .collect(),
        scales: instrument
            .scales
            .iter()
            .zip(scales)
            .map(|(scale, words)| (scale.id.clone(), self::scale(words)))
            .collect(),
    }
}

fn response(
    scale: &inner::ResponseScale,
    words: &inner::ResponseWording,
    (yes, no): (&str, &str),
) -> ResponseWording {
    let inner::ResponseWording { labels, min_label, max_label, yes_label, no_label, unit } = words;
    let option = |value, label: &str| OptionWording { value, label: label.to_owned() };
    let options = match scale.kind {
        ResponseKind::YesNo => vec![
            option(Number(1.0), yes_label.as_deref().unwrap_or(yes)),
            option(Number(0.0), no_label.as_deref().unwrap_or(no)),
        ],
        _ => {
            let options = scale.options().iter().zip(labels);
            options.map(|(of, label)| option(Number(of.value.number()), label)).collect()
        }
    };
    ResponseWording {
        options,
        min_label: min_label.clone(),
        max_label: max_label.clone(),
        yes_label: yes_label.clone(),
        no_label: no_label.clone(),
        unit: unit.clone(),
    }
}

fn section(words: &inner::SectionWording) -> SectionWording {
    let inner::SectionWording { title, lead_in, instructions } = words;
    SectionWording {
        title: title.clone(),
        lead_in: lead_in.clone(),
        instructions: instructions.clone(),
    }
}

fn scale(words: &inner::ScaleWording) -> ScaleWording {
    let inner::ScaleWording { title, unit, bands, band_sets, feedback } = words;
    let has_any = feedback.iter().flatten().any(Option::is_some);
    ScaleWording {
        title: title.clone(),
        unit: unit.clone(),
        bands: bands.clone(),
        band_sets: band_sets.clone(),
        feedback: if has_any { feedback.clone() } else { Vec::new() },
    }
}
