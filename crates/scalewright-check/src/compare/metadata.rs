//! What is stated about an instrument beside its items and scores.

use std::collections::BTreeMap;

use scalewright_model::file::{AllowFile, CodeFile, InstrumentFile, Respondent, RightsFile};
use scalewright_model::{Administration, Instrument, Pointer, Reference};

use super::{Both, Change, Kind, Touches, entry, word};

pub(super) fn compare(both: &Both<'_>, changes: &mut Vec<Change>) {
    let Instrument {
        id,
        title,
        short_title,
        family,
        form,
        version: _,
        status,
        date,
        language,
        url,
        codes,
        description,
        authors,
        rights: _,
        administration,
        references,
        response_scales: _,
        sections: _,
        items: _,
        scales: _,
        wordings: _,
    } = both.old.instrument;
    let new = both.new.instrument;
    let root = Pointer::root();
    let mut text = |what: &str, key: &str, old: Option<&String>, new: Option<&String>| {
        if old != new {
            let kind = if key == "id" { Kind::Id } else { Kind::Metadata };
            let change = Change::new(kind, format!("the {what}"));
            changes.push(change.turns(old.cloned(), new.cloned()).at(root.key(key)));
        }
    };
    text("id", "id", Some(id), Some(&new.id));
    text("title", "title", Some(title), Some(&new.title));
    text("short title", "short-title", short_title.as_ref(), new.short_title.as_ref());
    text("family", "family", family.as_ref(), new.family.as_ref());
    text("form", "form", form.as_ref(), new.form.as_ref());
    text("status", "status", Some(&word(status)), Some(&word(new.status)));
    text("date", "date", date.as_ref(), new.date.as_ref());
    text("address", "url", url.as_ref(), new.url.as_ref());
    text("codes", "codes", listed_codes(codes).as_ref(), listed_codes(&new.codes).as_ref());
    text("description", "description", description.as_ref(), new.description.as_ref());
    let names = |authors: &[String]| (!authors.is_empty()).then(|| authors.join("; "));
    text("authors", "authors", names(authors).as_ref(), names(&new.authors).as_ref());
    // Another language altogether is told among words.
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    if primary(language) == primary(&new.language) {
        text("language tag", "language", Some(language), Some(&new.language));
    }
    given(administration, &new.administration, changes);
    works(references, &new.references, changes);
    rest(both, changes);
}

/// Codes of terminologies as a text; nothing for none.
pub(super) fn listed_codes(codes: &[CodeFile]) -> Option<String> {
    let codes: Vec<String> =
        codes.iter().map(|CodeFile { system, code }| format!("{system} {code}")).collect();
    (!codes.is_empty()).then(|| codes.join("; "))
}

fn given(old: &Administration, new: &Administration, changes: &mut Vec<Change>) {
    // The recall period is words that respondents read.
    let Administration { respondent, subject, recall_period: _, modes, minutes } = old;
    let place = Pointer::root().key("administration");
    let mut note = |kind: Kind, what: &str, key: &str, was: Option<String>, is: Option<String>| {
        if was != is {
            let change = Change::new(kind, what).turns(was, is).at(place.key(key));
            changes.push(match kind {
                Kind::Respondent => change.touching(Touches::Everything),
                _ => change,
            });
        }
    };
    let who = |respondent: Respondent| match respondent {
        Respondent::SelfReport => Some("self".to_owned()),
        Respondent::Informant | Respondent::Rater => Some(word(respondent)),
    };
    note(Kind::Respondent, "who answers", "respondent", who(*respondent), who(new.respondent));
    let (was, is) = (subject.clone(), new.subject.clone());
    note(Kind::Respondent, "who is described", "subject", was, is);
    let told = |modes: &[scalewright_model::file::Mode]| {
        (!modes.is_empty()).then(|| modes.iter().map(word).collect::<Vec<String>>().join(", "))
    };
    note(Kind::Metadata, "how it is given", "modes", told(modes), told(&new.modes));
    let told = |minutes: Option<u32>| minutes.map(|minutes| minutes.to_string());
    note(Kind::Metadata, "the minutes it takes", "minutes", told(*minutes), told(new.minutes));
}

fn works(old: &[Reference], new: &[Reference], changes: &mut Vec<Change>) {
    let mut before: BTreeMap<&str, (usize, &Reference)> = BTreeMap::new();
    before.extend(old.iter().enumerate().map(|(index, work)| (work.id.as_str(), (index, work))));
    for (index, after) in new.iter().enumerate() {
        let place = entry("references", index);
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
        changes.push(Change::new(Kind::Source, what).gone(entry("references", index)));
    }
}

/// What the file says and no resolved instrument holds.
fn rest(both: &Both<'_>, changes: &mut Vec<Change>) {
    let InstrumentFile {
        format: _,
        id: _,
        title: _,
        short_title: _,
        family: _,
        form: _,
        short_form_of,
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
        scales: _,
        flags: _,
        tables: _,
        norms: _,
        models: _,
        allow,
    } = both.old.file;
    let new = both.new.file;
    if *translations != new.translations {
        let told = |all: &[String]| (!all.is_empty()).then(|| all.join(", "));
        let change = Change::new(Kind::Metadata, "the translations that are promised");
        let change = change.turns(told(translations), told(&new.translations));
        changes.push(change.at(Pointer::root().key("translations")));
    }
    if *short_form_of != new.short_form_of {
        let change = Change::new(Kind::Metadata, "what it is a short form of");
        let change = change.turns(short_form_of.clone(), new.short_form_of.clone());
        changes.push(change.at_key(Pointer::root().key("short-form-of")));
    }
    taken_from(both, changes);
    if *digests != new.rights.digests {
        let change = Change::new(Kind::RightsText, "the digests of its wording");
        changes.push(change.at_key(Pointer::root().key("rights")));
    }
    let told = |all: &[AllowFile]| -> Vec<String> {
        let each = all.iter().map(|allow| {
            let AllowFile { lint, at, reason } = allow;
            format!("{lint:?} {at:?} {reason:?}")
        });
        each.collect()
    };
    if told(allow) != told(&new.allow) {
        let change = Change::new(Kind::Metadata, "the lints that are allowed");
        changes.push(change.at_key(Pointer::root().key("allow")));
    }
}

/// Which item of a long form each item is: of those that both versions have.
fn taken_from(both: &Both<'_>, changes: &mut Vec<Change>) {
    for (old, new) in both.pairs.items.iter().enumerate() {
        let Some(new) = *new else { continue };
        let of = |file: &InstrumentFile, item: usize| {
            file.items.get(item).and_then(|item| item.taken_from.clone())
        };
        let (was, is) = (of(both.old.file, old), of(both.new.file, new.0));
        if was != is {
            let id = both.new.item(new);
            let what = format!("which item of the long form `{id}` is");
            let change = Change::new(Kind::Metadata, what).turns(was, is);
            changes.push(change.at(entry("items", new.0).key("taken-from")));
        }
    }
}
