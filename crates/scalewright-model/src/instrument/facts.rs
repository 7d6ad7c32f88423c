//! What is stated about an instrument beside its items and scores, as a list: for comparisons, and for platforms that
//! carry some of it and lose the rest.

use super::{Administration, Instrument, Reference, Rights};
use crate::pointer::Pointer;
use crate::vocabulary::{Code, Evidence, Permissions, UseContext};

/// One fact about an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Where it is in the definition.
    pub at: Pointer,
    /// What it is, to follow "changes" or "loses": `the short title`, `who answers`.
    pub name: &'static str,
    /// Its value as text; none where nothing is stated.
    pub value: Option<String>,
}

impl Instrument {
    /// Every fact, stated or not, in the order of the file: always the same facts in the same order, so that two
    /// versions can be compared one by one. Sections, items, response scales, scales and wordings are no facts.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let Self {
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
            response_scales: _,
            sections: _,
            items: _,
            scales: _,
            wordings: _,
        } = self;
        let fact = |key, name, value| Fact { at: Pointer::top(key), name, value };
        let mut facts = vec![
            fact("id", "the id", Some(id.clone())),
            fact("title", "the title", Some(title.clone())),
            fact("short-title", "the short title", short_title.clone()),
            fact("family", "the family", family.clone()),
            fact("form", "the form", form.clone()),
            fact("version", "the version", Some(version.clone())),
            fact("status", "the status", Some(status.name().to_owned())),
            fact("date", "the date", date.clone()),
            fact("language", "the language tag", Some(language.clone())),
            fact("url", "the address", url.clone()),
            fact("codes", "the codes", joined(codes, Code::text)),
            fact("description", "the description", description.clone()),
            fact("authors", "the authors", joined(authors, Clone::clone)),
        ];
        facts.extend(rights.facts());
        facts.extend(administration.facts());
        facts.push(fact("references", "the references", joined(references, Reference::text)));
        facts
    }
}

impl Rights {
    fn facts(&self) -> Vec<Fact> {
        let Self { holder, licence, wording, notice, terms, url, obtain, usage, evidence } = self;
        let fact = |key, name, value| Fact { at: Pointer::top("rights").key(key), name, value };
        vec![
            fact("holder", "the holder of the rights", Some(holder.clone())),
            fact("licence", "the licence", Some(licence.clone())),
            fact("wording", "the wording policy", Some(wording.name().to_owned())),
            fact("notice", "the notice of rights", Some(notice.clone())),
            fact("terms", "the terms of use", terms.clone()),
            fact("url", "the address of the terms", url.clone()),
            fact("obtain", "how to obtain the wording", obtain.clone()),
            fact("use", "the permitted uses", permitted(usage)),
            fact("evidence", "the evidence of the rights", joined(evidence, Evidence::text)),
        ]
    }
}

impl Administration {
    fn facts(&self) -> Vec<Fact> {
        let Self { respondent, subject, recall_period, modes, minutes } = self;
        let fact =
            |key, name, value| Fact { at: Pointer::top("administration").key(key), name, value };
        let names: Vec<&str> = modes.iter().map(|mode| mode.name()).collect();
        vec![
            fact("respondent", "who answers", Some(respondent.name().to_owned())),
            fact("subject", "who is described", subject.clone()),
            fact("recall-period", "the recall period", recall_period.clone()),
            fact("modes", "how it is given", (!names.is_empty()).then(|| names.join(", "))),
            fact("minutes", "the minutes it takes", minutes.map(|minutes| minutes.to_string())),
        ]
    }
}

impl Reference {
    fn text(&self) -> String {
        let Self { id, citation, doi, url, note } = self;
        let further = [doi, url, note].into_iter().flatten();
        let parts = [id, citation].into_iter().chain(further).map(String::as_str);
        parts.collect::<Vec<&str>>().join(" ")
    }
}

fn permitted(usage: &Permissions) -> Option<String> {
    let stated = UseContext::ALL.map(|context| (context.name(), usage.of(context).name()));
    joined(&stated, |(context, permission)| format!("{context}: {permission}"))
}

/// A list as one text; nothing for an empty one.
fn joined<T>(list: &[T], text: impl Fn(&T) -> String) -> Option<String> {
    (!list.is_empty()).then(|| list.iter().map(text).collect::<Vec<String>>().join("; "))
}
