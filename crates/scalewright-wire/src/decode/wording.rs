//! Words from the wire, put into the order of the instrument.

use std::collections::BTreeMap;

use scalewright_model as inner;

use super::ids::{Decoded, error};
use crate::Instrument;
use crate::instrument::ResponseKind;
use crate::wording::{
    ItemWording, NoteWording, ResponseWording, ScaleWording, SectionWording, Wording,
};

pub(super) fn decoded(instrument: &Instrument, wording: &Wording) -> Decoded<inner::Wording> {
    let Wording {
        language,
        title,
        instructions,
        recall_period,
        translation,
        notice,
        response_scales,
        sections,
        items,
        notes,
        scales,
    } = wording;
    let of_response = |scale: &crate::instrument::ResponseScale| {
        Ok(response(&scale.kind, words("response scale", response_scales, &scale.id)?))
    };
    let of_section =
        |of: &crate::instrument::Section| Ok(section(words("section", sections, &of.id)?));
    let of_item = |item: &crate::instrument::Item| {
        let ItemWording { stem } = words("item", items, &item.id)?;
        Ok(stem.clone())
    };
    let of_note = |note: &crate::instrument::Note| {
        let NoteWording { text } = words("note", notes, &note.id)?;
        Ok(text.clone())
    };
    let of_scale = |of: &crate::instrument::Scale| scale(of, words("scale", scales, &of.id)?);
    Ok(inner::Wording {
        language: language.clone(),
        title: title.clone(),
        instructions: instructions.clone(),
        recall_period: recall_period.clone(),
        translation: *translation,
        notice: notice.clone(),
        responses: instrument.response_scales.iter().map(of_response).collect::<Decoded<_>>()?,
        sections: instrument.sections.iter().map(of_section).collect::<Decoded<_>>()?,
        stems: instrument.items.iter().map(of_item).collect::<Decoded<_>>()?,
        notes: instrument.notes.iter().map(of_note).collect::<Decoded<_>>()?,
        scales: instrument.scales.iter().map(of_scale).collect::<Decoded<_>>()?,
    })
}

fn words<'w, T>(what: &str, words: &'w BTreeMap<String, T>, id: &str) -> Decoded<&'w T> {
    words.get(id).ok_or_else(|| error(format!("the wording has no words for {what} `{id}`")))
}

fn response(kind: &ResponseKind, words: &ResponseWording) -> inner::ResponseWording {
    let ResponseWording { options, min_label, max_label, yes_label, no_label, unit } = words;
    let labels = match kind {
        // They repeat `yes_label` and `no_label`, or are the usual words.
        ResponseKind::YesNo => Vec::new(),
        _ => options.iter().map(|option| option.label.clone()).collect(),
    };
    inner::ResponseWording {
        labels,
        min_label: min_label.clone(),
        max_label: max_label.clone(),
        yes_label: yes_label.clone(),
        no_label: no_label.clone(),
        unit: unit.clone(),
    }
}

fn section(words: &SectionWording) -> inner::SectionWording {
    let SectionWording { title, lead_in, instructions } = words;
    inner::SectionWording {
        title: title.clone(),
        lead_in: lead_in.clone(),
        instructions: instructions.clone(),
    }
}

fn scale(scale: &crate::instrument::Scale, words: &ScaleWording) -> Decoded<inner::ScaleWording> {
    let ScaleWording { title, unit, bands, band_sets, feedback } = words;
    let sets = scale.band_sets.iter().map(|set| set.bands.len());
    if bands.len() != scale.bands.len() || !sets.eq(band_sets.iter().map(Vec::len)) {
        return Err(error(format!("the wording does not name every band of `{}`", scale.id)));
    }
    let sets = [bands].into_iter().filter(|own| !own.is_empty()).chain(band_sets);
    let without: Vec<Vec<Option<String>>> = sets.map(|set| vec![None; set.len()]).collect();
    let is_parallel = feedback.iter().map(Vec::len).eq(without.iter().map(Vec::len));
    if !feedback.is_empty() && !is_parallel {
        return Err(error(format!("the feedback is not that of the bands of `{}`", scale.id)));
    }
    Ok(inner::ScaleWording {
        title: title.clone(),
        unit: unit.clone(),
        bands: bands.clone(),
        band_sets: band_sets.clone(),
        feedback: if feedback.is_empty() { without } else { feedback.clone() },
    })
}
