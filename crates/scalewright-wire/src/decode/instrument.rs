//! The instrument from the wire. Wire types are destructured completely, so that a new field cannot be forgotten.

use scalewright_model as inner;
use scalewright_model::{
    Keying, Lower, OptionValue, Origin, ResponseScaleIx, SectionIx, Side, Upper,
};

use super::expression::{Decoder, fill, floats, pairs};
use super::ids::{Decoded, error};
use crate::instrument::{
    Administration, Ask, Band, BandSet, Instrument, Item, Missing, Note, Reference, Reliability,
    ResponseKind, ResponseOption, ResponseScale, Rights, Scale, ScaleItem, ScoreRange, Section,
    Terms, Transform,
};
use crate::number::Number;

pub(super) fn decoded<'a>(
    decoder: &mut Decoder<'a>,
    instrument: &'a Instrument,
) -> Decoded<inner::Instrument> {
    let Instrument {
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
        tables: _,
        models: _,
        parts: _,
    } = instrument;
    Ok(inner::Instrument {
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
        references: references.iter().map(reference).collect(),
        response_scales: response_scales.iter().map(response_scale).collect(),
        sections: sections.iter().map(section).collect(),
        items: items.iter().map(|of| item(decoder, of)).collect::<Decoded<_>>()?,
        notes: notes.iter().map(|of| note(decoder, of)).collect::<Decoded<_>>()?,
        scales: scales.iter().map(|of| scale(decoder, of)).collect::<Decoded<_>>()?,
        wordings: Vec::new(),
    })
}

fn rights(rights: &Rights) -> inner::Rights {
    let Rights { at: _, holder, licence, wording, notice, terms, url, obtain, usage, evidence } =
        rights;
    inner::Rights {
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

fn administration(administration: &Administration) -> inner::Administration {
    let Administration { at: _, respondent, subject, recall_period, modes, minutes } =
        administration;
    inner::Administration {
        respondent: *respondent,
        subject: subject.clone(),
        recall_period: recall_period.clone(),
        modes: modes.clone(),
        minutes: *minutes,
    }
}

fn reference(reference: &Reference) -> inner::Reference {
    let Reference { at: _, id, citation, doi, url, note } = reference;
    inner::Reference {
        id: id.clone(),
        citation: citation.clone(),
        doi: doi.clone(),
        url: url.clone(),
        note: note.clone(),
    }
}

fn response_scale(scale: &ResponseScale) -> inner::ResponseScale {
    use inner::ResponseKind as Inner;
    let ResponseScale { at: _, id, kind } = scale;
    let options = |options: &[ResponseOption]| options.iter().map(option).collect();
    let kind = match kind {
        ResponseKind::Coded { options: of } => Inner::Coded { options: options(of) },
        ResponseKind::SeveralChoice { options: of } => {
            Inner::SeveralChoice { options: options(of) }
        }
        ResponseKind::Numeric { min, max, decimals } => {
            Inner::Numeric { min: min.map(f64::from), max: max.map(f64::from), decimals: *decimals }
        }
        ResponseKind::VisualAnalogue { min, max, decimals } => {
            Inner::VisualAnalogue { min: min.0, max: max.0, decimals: *decimals }
        }
        ResponseKind::YesNo => Inner::YesNo,
        ResponseKind::Text { lines } => Inner::Text { lines: *lines },
        ResponseKind::Date => Inner::Date,
        ResponseKind::Time => Inner::Time,
    };
    inner::ResponseScale { name: id.clone(), kind }
}

fn option(option: &ResponseOption) -> inner::ResponseOption {
    let ResponseOption { value, code, non_response, unlabelled } = option;
    // A value with too many decimals codes nothing.
    let value = OptionValue::of(value.0).unwrap_or_default();
    inner::ResponseOption {
        value,
        code: code.clone(),
        non_response: *non_response,
        unlabelled: *unlabelled,
    }
}

fn section(section: &Section) -> inner::Section {
    let Section { at: _, id } = section;
    inner::Section { id: id.clone() }
}

fn item<'a>(decoder: &mut Decoder<'a>, item: &'a Item) -> Decoded<inner::Item> {
    let Item {
        at: _,
        id,
        number,
        response,
        section,
        required,
        ask_if,
        background,
        codes,
        taken_from,
    } = item;
    let section = section.as_ref().map(|id| decoder.ids.sections.get(id).map(SectionIx));
    Ok(inner::Item {
        id: id.clone(),
        number: number.clone(),
        response: ResponseScaleIx(decoder.ids.response_scales.get(response)?),
        section: section.transpose()?,
        required: *required,
        ask: ask_if.as_ref().map(|of| ask(decoder, of)).transpose()?,
        background: *background,
        codes: codes.clone(),
        taken_from: taken_from.clone(),
    })
}

fn note<'a>(decoder: &mut Decoder<'a>, note: &'a Note) -> Decoded<inner::FormNote> {
    let Note { at: _, id, before, after, ask_if } = note;
    let (item, side) = match (before, after) {
        (Some(item), None) => (item, Side::Before),
        (None, Some(item)) => (item, Side::After),
        _ => return Err(error(format!("the note `{id}` needs one place"))),
    };
    Ok(inner::FormNote {
        id: id.clone(),
        item: decoder.item(item)?,
        side,
        ask: ask_if.as_ref().map(|of| ask(decoder, of)).transpose()?,
    })
}

fn ask<'a>(decoder: &mut Decoder<'a>, ask: &'a Ask) -> Decoded<inner::Ask> {
    let Ask { at: _, text, test, when_not_asked } = ask;
    Ok(inner::Ask {
        when: decoder.truth(test)?,
        text: text.clone(),
        otherwise: when_not_asked.map(f64::from),
    })
}

fn scale<'a>(decoder: &mut Decoder<'a>, scale: &'a Scale) -> Decoded<inner::Scale> {
    let Scale {
        at,
        id,
        derived,
        title,
        description,
        unit,
        codes,
        parent,
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
    let sets = band_sets.iter().map(|set| band_set(decoder, set)).collect::<Decoded<_>>()?;
    let reliability = reliability.as_ref().map(|of| self::reliability(decoder, of)).transpose()?;
    Ok(inner::Scale {
        id: id.clone(),
        title: title.clone(),
        description: description.clone(),
        unit: unit.clone(),
        codes: codes.clone(),
        parent: parent.as_ref().map(|id| decoder.scale(id)).transpose()?,
        origin: origin(at, *derived)?,
        terms: self::terms(decoder, terms)?,
        score: *score,
        weights: weights.as_deref().map(floats),
        transform: self::transform(transform.as_ref()),
        round: *round,
        missing: self::missing(missing),
        key_status: *key_status,
        key_source: decoder.references(key_source)?,
        missing_source: decoder.references(missing_source)?,
        reliability,
        stated_range: stated_range.as_ref().map(self::stated_range),
        bands: self::bands(bands)?,
        bands_source: decoder.references(bands_source)?,
        band_sets: sets,
    })
}

/// Reads the entry that defines a scale from its place: `/scales/3`.
fn origin(at: &str, derived: Option<inner::Derived>) -> Decoded<Origin> {
    let wrong = || error(format!("`{at}` is not the place of a scale, a flag or a norm"));
    let mut parts = at.strip_prefix('/').ok_or_else(wrong)?.split('/');
    let (list, position, end) = (parts.next(), parts.next(), parts.next());
    let position = position.and_then(|text| text.parse().ok()).ok_or_else(wrong)?;
    match (list, derived, end) {
        (Some("scales"), None, None) => Ok(Origin::Scale(position)),
        (Some("flags"), None, None) => Ok(Origin::Flag(position)),
        (Some("norms"), Some(derived), None) => Ok(Origin::Norm(position, derived)),
        _ => Err(wrong()),
    }
}

fn terms<'a>(decoder: &mut Decoder<'a>, terms: &'a Terms) -> Decoded<inner::Terms> {
    Ok(match terms {
        Terms::Items { items } => {
            let items = items.iter().map(|item| scale_item(decoder, item));
            inner::Terms::Items(items.collect::<Decoded<_>>()?)
        }
        Terms::Scales { scales, reversed } => {
            let part = |(at, id): (usize, &'a String)| {
                let keying =
                    if reversed.contains(&at) { Keying::Negative } else { Keying::Positive };
                Ok(inner::ScalePart { scale: decoder.scale(id)?, keying })
            };
            inner::Terms::Scales(scales.iter().enumerate().map(part).collect::<Decoded<_>>()?)
        }
        Terms::Formula { formula } => inner::Terms::Formula(Box::new(decoder.formula(formula)?)),
        Terms::Unknown => inner::Terms::Unknown,
    })
}

fn scale_item(decoder: &Decoder<'_>, item: &ScaleItem) -> Decoded<inner::ScaleItem> {
    let ScaleItem { item, reversed, recode } = item;
    let recode = recode.as_ref().map(|recode| inner::Recode {
        table: pairs(&recode.pairs).into(),
        missing: recode.missing.map(f64::from),
    });
    let keying = if *reversed { Keying::Negative } else { Keying::Positive };
    Ok(inner::ScaleItem { item: decoder.item(item)?, keying, recode })
}

fn transform(transform: Option<&Transform>) -> inner::Transform {
    match transform {
        None => inner::Transform::None,
        Some(Transform::Linear { multiply, divide, add }) => inner::Transform::Linear {
            multiply: multiply.0,
            divide: divide.map_or(1.0, f64::from),
            add: add.0,
        },
        Some(Transform::Rescale { low, high }) => {
            inner::Transform::Rescale { low: low.0, high: high.0 }
        }
    }
}

fn missing(missing: &Missing) -> inner::Missing {
    let Missing { kind, need, mandatory, fill } = missing;
    inner::Missing {
        kind: *kind,
        need: *need,
        mandatory: mandatory.clone(),
        fill: self::fill(fill.as_ref()),
    }
}

fn reliability(decoder: &Decoder<'_>, of: &Reliability) -> Decoded<inner::Reliability> {
    let Reliability { at: _, value, kind, sd, population, source } = of;
    Ok(inner::Reliability {
        value: value.0,
        kind: *kind,
        sd: sd.map(f64::from),
        population: population.clone(),
        source: decoder.references(source)?,
    })
}

fn stated_range(range: &ScoreRange) -> inner::ScoreRange {
    let ScoreRange { low, high } = range;
    inner::ScoreRange { low: low.0, high: high.0 }
}

fn band_set(decoder: &Decoder<'_>, set: &BandSet) -> Decoded<inner::BandSet> {
    let BandSet { at: _, id, title, bands, source } = set;
    Ok(inner::BandSet {
        id: id.clone(),
        title: title.clone(),
        bands: self::bands(bands)?,
        source: decoder.references(source)?,
    })
}

fn bands(bands: &[Band]) -> Decoded<Vec<inner::Band>> {
    bands.iter().map(band).collect()
}

fn band(band: &Band) -> Decoded<inner::Band> {
    let Band { at, label, from, above, to, below, feedback } = band;
    let one = |a: Option<Number>, b: Option<Number>| a.is_some() != b.is_some();
    if !(one(*from, *above) && one(*to, *below)) {
        return Err(error(format!("the band at `{at}` needs one lower and one upper end")));
    }
    let lower = match (from, above) {
        (_, Some(above)) => Lower::Above(above.0),
        (from, None) => Lower::From(from.map_or(0.0, f64::from)),
    };
    let upper = match (to, below) {
        (_, Some(below)) => Upper::Below(below.0),
        (to, None) => Upper::To(to.map_or(0.0, f64::from)),
    };
    Ok(inner::Band { label: label.clone(), lower, upper, feedback: feedback.clone() })
}
