//! Compares the facts about an instrument, other than its items and scores.

use std::collections::BTreeMap;

use scalewright_model::file::{AllowFile, InstrumentFile, RightsFile};
use scalewright_model::{Code, Fact, FactKey, Pointer, Reference, ReferenceIx, Respondent};

use super::{Both, Change, Kind, Touches};

/// The respondent of an instrument if nobody has found out who answers.
const UNKNOWN: &str = Respondent::Unknown.name();

pub(super) fn compare(both: &Both<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (both.old.instrument, both.new.instrument);
    // Both lists have the same facts in the same order, also those that are not stated.
    for (was, is) in old.facts().into_iter().zip(new.facts()) {
        let Fact { key, at, name, value } = was;
        // A change to another language is reported by `words`; a change of its region or script is reported here.
        let is_other_language =
            key == FactKey::Language && primary(&old.language) != primary(&new.language);
        let Some(kind) = kind(key).filter(|_| value != is.value && !is_other_language) else {
            continue;
        };
        // Nothing is asked differently when somebody finds out who has answered all along.
        let decided = key == FactKey::Respondent && value.as_deref() == Some(UNKNOWN);
        let kind = if decided { Kind::RespondentDecided } else { kind };
        let change = Change::new(kind, name).turns(value, is.value).at(at);
        changes.push(match kind {
            Kind::Respondent => change.touching(Touches::Everything),
            _ => change,
        });
    }
    works(&old.references, &new.references, changes);
    rest(both, changes);
}

/// Returns the kind of a change of a fact, or `None` for facts that other modules compare.
fn kind(key: FactKey) -> Option<Kind> {
    match key {
        FactKey::Id => Some(Kind::Id),
        FactKey::Respondent | FactKey::Subject => Some(Kind::Respondent),
        // `words` compares the recall period, because respondents read it.
        FactKey::Version | FactKey::References | FactKey::RecallPeriod => None,
        FactKey::Holder
        | FactKey::Licence
        | FactKey::WordingPolicy
        | FactKey::Notice
        | FactKey::Terms
        | FactKey::TermsUrl
        | FactKey::Obtain
        | FactKey::Uses
        | FactKey::Evidence => None,
        FactKey::Title
        | FactKey::ShortTitle
        | FactKey::Family
        | FactKey::Form
        | FactKey::Status
        | FactKey::Date
        | FactKey::Language
        | FactKey::Url
        | FactKey::Codes
        | FactKey::Description
        | FactKey::Authors
        | FactKey::Modes
        | FactKey::Minutes => Some(Kind::Metadata),
    }
}

fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

/// Joins codes of terminologies into a text, or returns `None` if there are none.
pub(super) fn listed_codes(codes: &[Code]) -> Option<String> {
    let codes: Vec<String> = codes.iter().map(Code::text).collect();
    (!codes.is_empty()).then(|| codes.join("; "))
}

fn works(old: &[Reference], new: &[Reference], changes: &mut Vec<Change>) {
    let mut before: BTreeMap<&str, (usize, &Reference)> = BTreeMap::new();
    before.extend(old.iter().enumerate().map(|(index, work)| (work.id.as_str(), (index, work))));
    for (index, after) in new.iter().enumerate() {
        let place = Pointer::reference(ReferenceIx(index));
        let Some((_, work)) = before.remove(after.id.as_str()) else {
            let what = format!("the reference `{}` is added", after.id);
            changes.push(Change::new(Kind::Source, what).at_key(place));
            continue;
        };
        let Reference { id, citation, doi, url, note } = work;
        let citations = (Some(citation.clone()), Some(after.citation.clone()));
        for (key, (was, is)) in [
            ("citation", citations),
            ("doi", (doi.clone(), after.doi.clone())),
            ("url", (url.clone(), after.url.clone())),
            ("note", (note.clone(), after.note.clone())),
        ] {
            if was != is {
                let change =
                    Change::new(Kind::Source, format!("the {key} of the reference `{id}`"));
                changes.push(change.turns(was, is).at(place.key(key)));
            }
        }
    }
    for (id, (index, _)) in before {
        let what = format!("the reference `{id}` is removed");
        changes.push(Change::new(Kind::Source, what).gone(Pointer::reference(ReferenceIx(index))));
    }
}

/// Compares what is in the file but not in the resolved instrument.
fn rest(both: &Both<'_>, changes: &mut Vec<Change>) {
    let InstrumentFile {
        format: _,
        id: _,
        title: _,
        short_title: _,
        family: _,
        form: _,
        short_form_of,
        parallel_to,
        version: _,
        status: _,
        date: _,
        language: _,
        translations,
        url: _,
        codes: _,
        description: _,
        authors: _,
        instructions: _,
        rights: RightsFile { digests, .. },
        administration: _,
        references: _,
        response_scales: _,
        sections: _,
        items: _,
        notes: _,
        scales: _,
        flags: _,
        tables: _,
        // Compared on the scales that use them.
        recodes: _,
        norms: _,
        models: _,
        allow,
    } = both.old.file;
    let new = both.new.file;
    if *translations != new.translations {
        let text = |all: &[String]| (!all.is_empty()).then(|| all.join(", "));
        let change = Change::new(Kind::Metadata, "the list of translations");
        let change = change.turns(text(translations), text(&new.translations));
        changes.push(change.at(Pointer::top("translations")));
    }
    if *short_form_of != new.short_form_of {
        let change = Change::new(Kind::Metadata, "the instrument that this is a short form of");
        let change = change.turns(short_form_of.clone(), new.short_form_of.clone());
        changes.push(change.at_key(Pointer::top("short-form-of")));
    }
    if *parallel_to != new.parallel_to {
        let text = |all: &[String]| (!all.is_empty()).then(|| all.join(", "));
        let change = Change::new(Kind::Metadata, "the list of parallel forms");
        let change = change.turns(text(parallel_to), text(&new.parallel_to));
        changes.push(change.at_key(Pointer::top("parallel-to")));
    }
    taken_from(both, changes);
    if *digests != new.rights.digests {
        let change = Change::new(Kind::RightsText, "the digests of the wording");
        changes.push(change.at_key(Pointer::top("rights")));
    }
    let texts = |all: &[AllowFile]| -> Vec<String> {
        let each = all.iter().map(|allow| {
            let AllowFile { lint, at, reason } = allow;
            format!("{lint:?} {at:?} {reason:?}")
        });
        each.collect()
    };
    if texts(allow) != texts(&new.allow) {
        let change = Change::new(Kind::Metadata, "the allowed lints");
        changes.push(change.at_key(Pointer::top("allow")));
    }
}

/// Compares which item of the long form each item is taken from, for items in both versions.
fn taken_from(both: &Both<'_>, changes: &mut Vec<Change>) {
    for (old, new) in both.pairs.items.iter().enumerate() {
        let Some(new) = *new else { continue };
        let of = |file: &InstrumentFile, item: usize| {
            file.items.get(item).and_then(|item| item.taken_from.clone())
        };
        let (was, is) = (of(both.old.file, old), of(both.new.file, new.0));
        if was != is {
            let id = both.new.item(new);
            let what = format!("the item of the long form that `{id}` is taken from");
            let change = Change::new(Kind::Metadata, what).turns(was, is);
            changes.push(change.at(Pointer::item(new).key("taken-from")));
        }
    }
}
