//! Compares the bands of scores, set by set.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Band, BandSet, Lower, Pointer, Scale, ScaleIx, Upper};

use super::{Both, Change, Kind, Touches, listed, shown};

/// The bands of one set, with its name in messages.
struct Set<'a> {
    name: String,
    bands: &'a [Band],
    place: Pointer,
}

pub(super) fn compare(both: &Both<'_>, changes: &mut Vec<Change>) {
    for (old, new) in both.pairs.scales.iter().enumerate() {
        let Some(new) = *new else { continue };
        let before = sets(&both.old.instrument.scales[old]);
        let after = sets(&both.new.instrument.scales[new.0]);
        for (id, set) in &after {
            match before.get(id) {
                Some(old) => one(old, set, new, changes),
                None => {
                    let what = format!("{} are added", set.name);
                    changes.push(Change::new(Kind::BandsAdded, what).at_key(set.place.clone()));
                }
            }
        }
        for (_, set) in before.iter().filter(|(id, _)| !after.contains_key(*id)) {
            let what = format!("{} are removed", set.name);
            let change = Change::new(Kind::BandsRemoved, what).gone(set.place.clone());
            changes.push(change.touching(Touches::Scale(new)));
        }
        titles(both, ScaleIx(old), new, changes);
    }
}

/// Returns the sets of bands of a scale by id. The scale's own bands have the key `None`.
fn sets(scale: &Scale) -> BTreeMap<Option<&str>, Set<'_>> {
    let mut sets = BTreeMap::new();
    if !scale.bands.is_empty() {
        let name = format!("the bands of `{}`", scale.id);
        let place = scale.pointer().key("bands");
        sets.insert(None, Set { name, bands: &scale.bands, place });
    }
    for (index, set) in scale.band_sets.iter().enumerate() {
        let name = format!("the bands `{}` of `{}`", set.id, scale.id);
        let place = scale.pointer().key("band-sets").index(index).key("bands");
        sets.insert(Some(set.id.as_str()), Set { name, bands: &set.bands, place });
    }
    sets
}

fn titles(both: &Both<'_>, old: ScaleIx, new: ScaleIx, changes: &mut Vec<Change>) {
    let scale = &both.new.instrument.scales[new.0];
    let names = |side: &super::Side<'_>, works: &[scalewright_model::ReferenceIx]| {
        let ids = works.iter().map(|work| side.instrument.references[work.0].id.clone());
        ids.collect::<Vec<String>>().join(", ")
    };
    for (index, after) in scale.band_sets.iter().enumerate() {
        let sets = &both.old.instrument.scales[old.0].band_sets;
        let Some(before) = sets.iter().find(|set| set.id == after.id) else { continue };
        let BandSet { id, title, bands: _, source } = before;
        let place = scale.pointer().key("band-sets").index(index);
        if *title != after.title {
            let what = format!("the title of the bands `{id}` of `{}`", scale.id);
            let change = Change::new(Kind::Metadata, what);
            let change = change.turns(title.clone(), after.title.clone());
            changes.push(change.at(place.key("title")));
        }
        let (was, is) = (names(&both.old, source), names(&both.new, &after.source));
        if was != is {
            let what = format!("the source of the bands `{id}` of `{}`", scale.id);
            let some = |text: String| (!text.is_empty()).then_some(text);
            let change = Change::new(Kind::Source, what).turns(some(was), some(is));
            changes.push(change.at(place.key("source")));
        }
    }
}

fn one(old: &Set<'_>, new: &Set<'_>, scale: ScaleIx, changes: &mut Vec<Change>) {
    let mut note = |change: Change| changes.push(change.touching(Touches::Scale(scale)));
    let of = new.name.strip_prefix("the bands").unwrap_or(&new.name);
    // Bands have no ids, so they are paired by label.
    let before: BTreeMap<&str, &Band> =
        old.bands.iter().map(|band| (band.label.as_str(), band)).collect();
    let after: BTreeMap<&str, &Band> =
        new.bands.iter().map(|band| (band.label.as_str(), band)).collect();
    let mut renamed = BTreeSet::new();
    for (index, band) in new.bands.iter().enumerate() {
        let place = new.place.index(index);
        let Band { label, lower, upper, feedback } = band;
        if let Some(old) = before.get(label.as_str()).filter(|old| old.feedback != *feedback) {
            let what = format!("the feedback on the band `{label}`{of}");
            let change = Change::new(Kind::Feedback, what);
            let change = change.turns(old.feedback.clone(), feedback.clone());
            note(change.at(place.key("feedback")));
        }
        match before.get(label.as_str()) {
            Some(old) if old.lower == *lower && old.upper == *upper => {}
            Some(old) => {
                let change = Change::new(Kind::Bands, format!("the band `{label}`{of}"));
                note(change.was(interval(old)).is(interval(band)).at(place));
            }
            None => {
                // The same interval under another label is a renamed band.
                let same = old.bands.iter().find(|old| {
                    old.lower == *lower
                        && old.upper == *upper
                        && !after.contains_key(old.label.as_str())
                });
                let change = match same {
                    Some(old) => {
                        renamed.insert(old.label.as_str());
                        let what = format!("the name of the band {}{of}", interval(band));
                        Change::new(Kind::Bands, what).was(&old.label).is(label)
                    }
                    None => Change::new(Kind::Bands, format!("the band `{label}`{of} is added"))
                        .is(interval(band)),
                };
                note(change.at(place));
            }
        }
    }
    let gone = old.bands.iter().filter(|band| {
        !after.contains_key(band.label.as_str()) && !renamed.contains(band.label.as_str())
    });
    let gone: Vec<&str> = gone.map(|band| band.label.as_str()).collect();
    if !gone.is_empty() {
        let what = format!("removed from {}: {}", new.name, listed(gone));
        note(Change::new(Kind::Bands, what).at_key(new.place.clone()));
    }
}

/// The limits of a band in a message.
fn interval(band: &Band) -> String {
    let lower = match band.lower {
        Lower::From(from) => format!("from {}", shown(from)),
        Lower::Above(above) => format!("above {}", shown(above)),
    };
    match band.upper {
        Upper::To(to) => format!("{lower} to {}", shown(to)),
        Upper::Below(below) => format!("{lower} to below {}", shown(below)),
    }
}
