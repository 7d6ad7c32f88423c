//! The instrument to the wire. Inner types are destructured completely, so that a new field cannot be forgotten.

use scalewright_model as inner;
use scalewright_model::{
    ItemIx, Keying, Lower, NoteIx, Origin, Pointer, ReferenceIx, SectionIx, Side, Upper,
};

use super::expression::{Encoder, fill, numbers, pairs};
use crate::expression::Parts;
use crate::instrument::{
    Administration, Ask, Band, BandSet, Instrument, Item, Missing, Note, Recode, Reference,
    Reliability, ResponseKind, ResponseOption, ResponseScale, Rights, Scale, ScaleItem, ScoreRange,
    Section, Terms, Transform,
};
use crate::number::Number;

pub(super) fn encoded(encoder: &mut Encoder<'_>) -> Instrument {
    let inner::Instrument {
        id,
        title,
        short_title,
        family,
        form,
        version,
        status,
        date,
        language,
        url,
        codes,
        description,
        authors,
        rights,
        administration,
        references,
        response_scales,
        sections,
        items,
        notes,
        scales,
        wordings: _,
    } = encoder.instrument;
    Instrument {
        id: id.clone(),
        title: title.clone(),
        short_title: short_title.clone(),
        family: family.clone(),
        form: form.clone(),
        version: version.clone(),
        status: *status,
        date: date.clone(),
        language: language.clone(),
        url: url.clone(),
        codes: codes.clone(),
        description: description.clone(),
        authors: authors.clone(),
        rights: self::rights(rights),
        administration: self::administration(administration),
        references: references.iter().enumerate().map(reference).collect(),
        response_scales: response_scales.iter().map(response_scale).collect(),
        sections: sections.iter().enumerate().map(section).collect(),
        items: items.iter().enumerate().map(|(at, of)| item(encoder, at, of)).collect(),
        notes: notes.iter().enumerate().map(|(at, of)| note(encoder, at, of)).collect(),
        scales: scales.iter().map(|of| scale(encoder, of)).collect(),
        tables: Vec::new(),
        models: Vec::new(),
        parts: Parts::default(),
    }
}

fn rights(rights: &inner::Rights) -> Rights {
    let inner::Rights { holder, licence, wording, notice, terms, url, obtain, usage, evidence } =
        rights;
    Rights {
        at: Pointer::top("rights").to_string(),
        holder: holder.clone(),
        licence: licence.clone(),
        wording: *wording,
        notice: notice.clone(),
        terms: terms.clone(),
        url: url.clone(),
        obtain: obtain.clone(),
        usage: usage.clone(),
        evidence: evidence.clone(),
    }
}

fn administration(administration: &inner::Administration) -> Administration {
    let inner::Administration { respondent, subject, recall_period, modes, minutes } =
        administration;
    Administration {
        at: Pointer::top("administration").to_string(),
        respondent: *respondent,
        subject: subject.clone(),
        recall_period: recall_period.clone(),
        modes: modes.clone(),
        minutes: *minutes,
    }
}

fn reference((at, reference): (usize, &inner::Reference)) -> Reference {
    let inner::Reference { id, citation, doi, url, note } = reference;
    Reference {
        at: Pointer::reference(ReferenceIx(at)).to_string(),
        id: id.clone(),
        citation: citation.clone(),
        doi: doi.clone(),
        url: url.clone(),
        note: note.clone(),
    }
}

fn response_scale(scale: &inner::ResponseScale) -> ResponseScale {
    let inner::ResponseScale { name, kind } = scale;
    ResponseScale {
        at: Pointer::response_scale(name).to_string(),
        id: name.clone(),
        kind: response_kind(kind),
    }
}

fn response_kind(kind: &inner::ResponseKind) -> ResponseKind {
    use inner::ResponseKind as Inner;
    let options = |options: &[inner::ResponseOption]| options.iter().map(option).collect();
    match kind {
        Inner::Coded { options: of } => ResponseKind::Coded { options: options(of) },
        Inner::SeveralChoice { options: of } => {
            ResponseKind::SeveralChoice { options: options(of) }
        }
        Inner::Numeric { min, max, decimals } => ResponseKind::Numeric {
            min: min.map(Number),
            max: max.map(Number),
            decimals: *decimals,
        },
        Inner::VisualAnalogue { min, max, decimals } => ResponseKind::VisualAnalogue {
            min: Number(*min),
            max: Number(*max),
            decimals: *decimals,
        },
        Inner::YesNo => ResponseKind::YesNo,
        Inner::Text { lines } => ResponseKind::Text { lines: *lines },
        Inner::Date => ResponseKind::Date,
        Inner::Time => ResponseKind::Time,
    }
}

fn option(option: &inner::ResponseOption) -> ResponseOption {
    let inner::ResponseOption { value, code, non_response, unlabelled } = option;
    ResponseOption {
        value: Number(value.number()),
        code: code.clone(),
        non_response: *non_response,
        unlabelled: *unlabelled,
    }
}

fn section((at, section): (usize, &inner::Section)) -> Section {
    let inner::Section { id } = section;
    Section { at: Pointer::section(SectionIx(at)).to_string(), id: id.clone() }
}

fn item(encoder: &mut Encoder<'_>, at: usize, item: &inner::Item) -> Item {
    let inner::Item { id, number, response, section, required, ask, background, codes, taken_from } =
        item;
    let place = Pointer::item(ItemIx(at));
    let instrument = encoder.instrument;
    Item {
        at: place.to_string(),
        id: id.clone(),
        number: number.clone(),
        response: instrument.response_scales[response.0].name.clone(),
        section: section.map(|section| instrument.sections[section.0].id.clone()),
        required: *required,
        ask_if: ask.as_ref().map(|ask| self::ask(encoder, &place, ask)),
        background: *background,
        codes: codes.clone(),
        taken_from: taken_from.clone(),
    }
}

fn note(encoder: &mut Encoder<'_>, at: usize, note: &inner::FormNote) -> Note {
    let inner::FormNote { id, item, side, ask } = note;
    let place = Pointer::note(NoteIx(at));
    let beside = |of: Side| (*side == of).then(|| encoder.item(*item));
    let (before, after) = (beside(Side::Before), beside(Side::After));
    let ask_if = ask.as_ref().map(|ask| self::ask(encoder, &place, ask));
    Note { at: place.to_string(), id: id.clone(), before, after, ask_if }
}

fn ask(encoder: &mut Encoder<'_>, place: &Pointer, ask: &inner::Ask) -> Ask {
    let inner::Ask { when, text, otherwise } = ask;
    Ask {
        at: place.key("ask-if").to_string(),
        text: text.clone(),
        test: encoder.test(when),
        when_not_asked: otherwise.map(Number),
    }
}

fn scale(encoder: &mut Encoder<'_>, scale: &inner::Scale) -> Scale {
    let place = scale.pointer();
    let inner::Scale {
        id,
        title,
        description,
        unit,
        codes,
        parent,
        origin,
        terms,
        score,
        weights,
        transform,
        round,
        missing,
        key_status,
        key_source,
        missing_source,
        reliability,
        stated_range,
        bands,
        bands_source,
        band_sets,
    } = scale;
    let derived = match origin {
        Origin::Norm(_, derived) => Some(*derived),
        Origin::Scale(_) | Origin::Flag(_) => None,
    };
    let reliability =
        reliability.as_ref().map(|of| self::reliability(encoder, place.key("reliability"), of));
    Scale {
        at: place.to_string(),
        id: id.clone(),
        derived,
        title: title.clone(),
        description: description.clone(),
        unit: unit.clone(),
        codes: codes.clone(),
        parent: parent.map(|parent| encoder.scale(parent)),
        terms: self::terms(encoder, terms),
        score: *score,
        weights: weights.as_deref().map(numbers),
        transform: self::transform(*transform),
        round: *round,
        missing: self::missing(missing),
        key_status: *key_status,
        key_source: encoder.references(key_source),
        missing_source: encoder.references(missing_source),
        reliability,
        stated_range: stated_range.map(self::stated_range),
        bands: self::bands(&place.key("bands"), bands),
        bands_source: encoder.references(bands_source),
        band_sets: self::band_sets(encoder, &place.key("band-sets"), band_sets),
    }
}

fn terms(encoder: &mut Encoder<'_>, terms: &inner::Terms) -> Terms {
    match terms {
        inner::Terms::Items(items) => {
            Terms::Items { items: items.iter().map(|item| scale_item(encoder, item)).collect() }
        }
        inner::Terms::Scales(scales) => {
            let reversed = scales.iter().enumerate();
            let reversed = reversed.filter(|(_, part)| part.keying == Keying::Negative);
            Terms::Scales {
                scales: scales.iter().map(|part| encoder.scale(part.scale)).collect(),
                reversed: reversed.map(|(at, _)| at).collect(),
            }
        }
        inner::Terms::Formula(formula) => Terms::Formula { formula: encoder.formula(formula) },
        inner::Terms::Unknown => Terms::Unknown,
    }
}

fn scale_item(encoder: &Encoder<'_>, item: &inner::ScaleItem) -> ScaleItem {
    let inner::ScaleItem { item, keying, recode } = item;
    let recode = recode.as_ref().map(|inner::Recode { table, missing }| Recode {
        pairs: pairs(table),
        missing: missing.map(Number),
    });
    let reversed = match keying {
        Keying::Negative => true,
        Keying::Positive => false,
    };
    ScaleItem { item: encoder.item(*item), reversed, recode }
}

fn transform(transform: inner::Transform) -> Option<Transform> {
    match transform {
        inner::Transform::None => None,
        inner::Transform::Linear { multiply, divide, add } => Some(Transform::Linear {
            multiply: Number(multiply),
            divide: (divide != 1.0).then_some(Number(divide)),
            add: Number(add),
        }),
        inner::Transform::Rescale { low, high } => {
            Some(Transform::Rescale { low: Number(low), high: Number(high) })
        }
    }
}

fn missing(missing: &inner::Missing) -> Missing {
    let inner::Missing { kind, need, mandatory, fill } = missing;
    Missing { kind: *kind, need: *need, mandatory: mandatory.clone(), fill: self::fill(fill) }
}

fn reliability(
    encoder: &Encoder<'_>,
    place: Pointer,
    reliability: &inner::Reliability,
) -> Reliability {
    let inner::Reliability { value, kind, sd, population, source } = reliability;
    Reliability {
        at: place.to_string(),
        value: Number(*value),
        kind: *kind,
        sd: sd.map(Number),
        population: population.clone(),
        source: encoder.references(source),
    }
}

fn stated_range(range: inner::ScoreRange) -> ScoreRange {
    let inner::ScoreRange { low, high } = range;
    ScoreRange { low: Number(low), high: Number(high) }
}

fn band_sets(encoder: &Encoder<'_>, place: &Pointer, sets: &[inner::BandSet]) -> Vec<BandSet> {
    let set = |(at, set): (usize, &inner::BandSet)| {
        let inner::BandSet { id, title, bands, source } = set;
        let place = place.index(at);
        BandSet {
            at: place.to_string(),
            id: id.clone(),
            title: title.clone(),
            bands: self::bands(&place.key("bands"), bands),
            source: encoder.references(source),
        }
    };
    sets.iter().enumerate().map(set).collect()
}

fn bands(place: &Pointer, bands: &[inner::Band]) -> Vec<Band> {
    let band = |(at, band): (usize, &inner::Band)| {
        let inner::Band { label, lower, upper, feedback } = band;
        let (from, above) = match lower {
            Lower::From(from) => (Some(Number(*from)), None),
            Lower::Above(above) => (None, Some(Number(*above))),
        };
        let (to, below) = match upper {
            Upper::To(to) => (Some(Number(*to)), None),
            Upper::Below(below) => (None, Some(Number(*below))),
        };
        let (at, feedback) = (place.index(at).to_string(), feedback.clone());
        Band { at, label: label.clone(), from, above, to, below, feedback }
    };
    bands.iter().enumerate().map(band).collect()
}
