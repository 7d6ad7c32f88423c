//! What is stated about an instrument beside its items and scores, as a list: for comparisons, and for platforms that
//! carry some of it and lose the rest.

use super::{Administration, Instrument, Reference, Rights};
use crate::pointer::Pointer;
use crate::vocabulary::{Choice, Code, Evidence, Permissions, UseContext};

/// Which fact about an instrument: whoever publishes or compares facts decides on each in a `match`, so that a new one is
/// not forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKey {
    /// The id.
    Id,
    /// The title.
    Title,
    /// The short title.
    ShortTitle,
    /// The family of instruments.
    Family,
    /// Which form of the family it is.
    Form,
    /// The version of the definition.
    Version,
    /// Whether it is in development, active or retired.
    Status,
    /// The day of the version.
    Date,
    /// The language of the definition.
    Language,
    /// Its address.
    Url,
    /// What terminologies call it.
    Codes,
    /// What it measures.
    Description,
    /// Who made it.
    Authors,
    /// Who holds the rights.
    Holder,
    /// The licence.
    Licence,
    /// Whether the wording may be passed on.
    WordingPolicy,
    /// The notice of rights.
    Notice,
    /// The terms of use.
    Terms,
    /// The address of the terms.
    TermsUrl,
    /// How to obtain the wording.
    Obtain,
    /// Which uses are permitted.
    Uses,
    /// The evidence of the rights.
    Evidence,
    /// Who answers.
    Respondent,
    /// Who is described.
    Subject,
    /// The period that answers are about.
    RecallPeriod,
    /// How it is given.
    Modes,
    /// How many minutes it takes.
    Minutes,
    /// The works cited.
    References,
}

/// One fact about an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Which fact it is.
    pub key: FactKey,
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
        let fact = |key, at, name, value| Fact { key, at: Pointer::top(at), name, value };
        let mut facts = vec![
            fact(FactKey::Id, "id", "the id", Some(id.clone())),
            fact(FactKey::Title, "title", "the title", Some(title.clone())),
            fact(FactKey::ShortTitle, "short-title", "the short title", short_title.clone()),
            fact(FactKey::Family, "family", "the family", family.clone()),
            fact(FactKey::Form, "form", "the form", form.clone()),
            fact(FactKey::Version, "version", "the version", Some(version.clone())),
            fact(FactKey::Status, "status", "the status", Some(status.name().to_owned())),
            fact(FactKey::Date, "date", "the date", date.clone()),
            fact(FactKey::Language, "language", "the language tag", Some(language.clone())),
            fact(FactKey::Url, "url", "the address", url.clone()),
            fact(FactKey::Codes, "codes", "the codes", joined(codes, Code::text)),
            fact(FactKey::Description, "description", "the description", description.clone()),
            fact(FactKey::Authors, "authors", "the authors", joined(authors, Clone::clone)),
        ];
        facts.extend(rights.facts());
        facts.extend(administration.facts());
        facts.push(fact(
            FactKey::References,
            "references",
            "the references",
            joined(references, Reference::text),
        ));
        facts
    }
}

impl Rights {
    fn facts(&self) -> Vec<Fact> {
        let Self { holder, licence, wording, notice, terms, url, obtain, usage, evidence } = self;
        let place = Pointer::top("rights");
        let fact = |key, at, name, value| Fact { key, at: place.clone().key(at), name, value };
        vec![
            fact(FactKey::Holder, "holder", "the holder of the rights", Some(holder.clone())),
            fact(FactKey::Licence, "licence", "the licence", Some(licence.clone())),
            fact(
                FactKey::WordingPolicy,
                "wording",
                "the wording policy",
                Some(wording.name().to_owned()),
            ),
            fact(FactKey::Notice, "notice", "the notice of rights", Some(notice.clone())),
            fact(FactKey::Terms, "terms", "the terms of use", terms.clone()),
            fact(FactKey::TermsUrl, "url", "the address of the terms", url.clone()),
            fact(FactKey::Obtain, "obtain", "how to obtain the wording", obtain.clone()),
            fact(FactKey::Uses, "use", "the permitted uses", permitted(usage)),
            fact(
                FactKey::Evidence,
                "evidence",
                "the evidence of the rights",
                joined(evidence, Evidence::text),
            ),
        ]
    }
}

impl Administration {
    fn facts(&self) -> Vec<Fact> {
        let Self { respondent, subject, recall_period, modes, minutes } = self;
        let place = Pointer::top("administration");
        let fact = |key, at, name, value| Fact { key, at: place.clone().key(at), name, value };
        let names: Vec<&str> = modes.iter().map(|mode| mode.name()).collect();
        vec![
            fact(
                FactKey::Respondent,
                "respondent",
                "who answers",
                Some(respondent.name().to_owned()),
            ),
            fact(FactKey::Subject, "subject", "who is described", subject.clone()),
            fact(
                FactKey::RecallPeriod,
                "recall-period",
                "the recall period",
                recall_period.clone(),
            ),
            fact(
                FactKey::Modes,
                "modes",
                "how it is given",
                (!names.is_empty()).then(|| names.join(", ")),
            ),
            fact(
                FactKey::Minutes,
                "minutes",
                "the minutes it takes",
                minutes.map(|minutes| minutes.to_string()),
            ),
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
    let stated: Vec<_> =
        UseContext::ALL.iter().map(|context| (context.name(), usage.of(*context).name())).collect();
    joined(&stated, |(context, permission)| format!("{context}: {permission}"))
}

/// A list as one text; nothing for an empty one.
fn joined<T>(list: &[T], text: impl Fn(&T) -> String) -> Option<String> {
    (!list.is_empty()).then(|| list.iter().map(text).collect::<Vec<String>>().join("; "))
}
