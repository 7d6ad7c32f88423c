//! The statements of a definition about the instrument as a whole, as a list. Comparisons of versions use the list, and
//! so do exports to platforms that store only some of the statements.

use super::{Administration, Instrument, Reference, Rights};
use crate::pointer::Pointer;
use crate::vocabulary::{Choice, Code, Evidence, Permissions, UseContext};

/// The kind of a fact about an instrument. Code that exports or compares facts matches it exhaustively, so that no new
/// kind is forgotten.
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
    /// The form within the family.
    Form,
    /// The version of the definition.
    Version,
    /// Whether the instrument is in development, active or retired.
    Status,
    /// The publication date of the version.
    Date,
    /// The language of the definition.
    Language,
    /// The permanent address.
    Url,
    /// The codes in terminologies.
    Codes,
    /// The description.
    Description,
    /// The authors.
    Authors,
    /// The rights holder.
    Holder,
    /// The licence.
    Licence,
    /// Whether the wording is included or withheld.
    WordingPolicy,
    /// The rights notice.
    Notice,
    /// The terms of use.
    Terms,
    /// The address of the terms.
    TermsUrl,
    /// How to obtain the wording.
    Obtain,
    /// The permission for each context of use.
    Uses,
    /// The evidence for the statements about rights.
    Evidence,
    /// Who answers.
    Respondent,
    /// The person described, if that is not the respondent.
    Subject,
    /// The period that respondents are asked about.
    RecallPeriod,
    /// The modes of administration.
    Modes,
    /// The usual duration in minutes.
    Minutes,
    /// The works cited.
    References,
}

/// One fact about an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The kind of fact.
    pub key: FactKey,
    /// The place of the fact in the definition.
    pub at: Pointer,
    /// The name of the fact in a sentence, as the object of "changes" or "loses": `the short title`, `who answers`.
    pub name: &'static str,
    /// The value as text. `None` if the definition does not state it.
    pub value: Option<String>,
}

impl Instrument {
    /// Returns all facts, stated or not, in the order of the file. The list always has the same facts in the same
    /// order, so that two versions can be compared fact by fact. Sections, items, response scales, scales and wordings
    /// are not facts.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        // All fields are named, without `..`, so that a new field must be made a fact or left out on purpose.
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
            notes: _,
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

/// Joins a list to one text. Returns `None` for an empty list.
fn joined<T>(list: &[T], text: impl Fn(&T) -> String) -> Option<String> {
    (!list.is_empty()).then(|| list.iter().map(text).collect::<Vec<String>>().join("; "))
}
