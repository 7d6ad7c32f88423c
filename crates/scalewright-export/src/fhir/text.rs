//! Texts: translations beside the words, and markdown that cannot become markup.

use scalewright_model::file::Respondent;
use scalewright_model::{Administration, Instrument, Rights, Wording};

use super::model::{Element, Extension};
use crate::ExportRequest;
use crate::ui::{filled, ui};

/// The translations of a text into the languages beside the published one, when there are any.
pub(super) fn translated<'a, T: AsRef<str>>(
    request: &'a ExportRequest<'_>,
    of: impl Fn(&'a Wording) -> Option<T>,
) -> Option<Element> {
    let others = other_wordings(request);
    let extension: Vec<Extension> = others
        .filter_map(|wording| {
            let content = of(wording)?;
            let mut translation =
                Extension::new("http://hl7.org/fhir/StructureDefinition/translation");
            translation.extension = vec![
                Extension::code("lang", &wording.language),
                Extension::string("content", content.as_ref()),
            ];
            Some(translation)
        })
        .collect();
    (!extension.is_empty()).then_some(Element { extension })
}

/// The wordings beside the one that is published.
pub(super) fn other_wordings<'a>(
    request: &'a ExportRequest<'_>,
) -> impl Iterator<Item = &'a Wording> {
    let own = &request.wording.language;
    request.instrument.wordings.iter().filter(move |wording| wording.language != *own)
}

/// What it measures, who answers, about what period.
pub(super) fn description(instrument: &Instrument, wording: &Wording) -> String {
    let Administration { respondent, subject, recall_period: _, modes: _, minutes } =
        &instrument.administration;
    let (words, _) = ui(&wording.language);
    let [themselves, informant, rater] = words.answered_by;
    let respondent = match respondent {
        Respondent::SelfReport => themselves,
        Respondent::Informant => informant,
        Respondent::Rater => rater,
    };
    let mut facts = vec![respondent.to_owned()];
    let subject = subject.as_ref();
    facts.extend(subject.map(|subject| filled(words.about, &[("subject", subject)])));
    let period = wording.recall_period.as_ref();
    facts.extend(period.map(|period| filled(words.recall_period, &[("period", period)])));
    let minutes = minutes.map(|minutes| minutes.to_string());
    facts.extend(minutes.map(|minutes| filled(words.takes, &[("minutes", &minutes)])));
    let facts = facts.join(" ");
    let whole = match &instrument.description {
        Some(description) => format!("{description}\n\n{facts}"),
        None => facts,
    };
    markdown(&whole)
}

/// Who owns the wording and what may be done with it.
pub(super) fn copyright(rights: &Rights, notice: &str) -> String {
    let Rights {
        holder: _,
        licence,
        wording: _,
        notice: _,
        terms,
        url,
        obtain,
        usage: _,
        evidence: _,
    } = rights;
    let mut parts = vec![notice.to_owned()];
    if !notice.contains(licence.as_str()) {
        parts.push(format!("Licence: {licence}."));
    }
    parts.extend(terms.clone());
    parts.extend(obtain.clone());
    parts.extend(url.clone());
    markdown(&parts.join("\n\n"))
}

/// The same with plain spaces for all others: texts of R4 may have no white space but space, tab and line breaks, and
/// validators count a space that holds words together (U+00A0, U+202F) among the others.
pub(super) fn plain_spaces(json: String) -> String {
    let other = |c: char| (c.is_whitespace() && !c.is_ascii()) || c == '\u{feff}';
    // Most are plain ASCII, and long.
    match json.is_ascii() {
        true => json,
        false => json.chars().map(|c| if other(c) { ' ' } else { c }).collect(),
    }
}

/// Text where FHIR takes markdown: angle brackets could become HTML in a careless client.
pub(super) fn markdown(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
