//! Texts: translations as extensions, descriptions, and escaped markdown.

use scalewright_model::file::Respondent;
use scalewright_model::{Administration, Instrument, Rights, Wording};

use super::model::{Element, Extension};
use crate::ExportRequest;
use crate::ui::{filled, ui};

/// Returns the translations of a text into the languages other than the published one, or `None` if there are none.
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

/// Returns the wordings other than the published one.
pub(super) fn other_wordings<'a>(
    request: &'a ExportRequest<'_>,
) -> impl Iterator<Item = &'a Wording> {
    let own = &request.wording.language;
    request.instrument.wordings.iter().filter(move |wording| wording.language != *own)
}

/// Returns the description: what the instrument measures, who answers, about which subject and period, and how long it
/// takes. `None` if none of them is known.
pub(super) fn description(instrument: &Instrument, wording: &Wording) -> Option<String> {
    let Administration { respondent, subject, recall_period: _, modes: _, minutes } =
        &instrument.administration;
    let (words, _) = ui(&wording.language);
    let [themselves, informant, rater] = words.answered_by;
    let respondent = match respondent {
        Respondent::SelfReport => Some(themselves),
        Respondent::Informant => Some(informant),
        Respondent::Rater => Some(rater),
        Respondent::Unknown => None,
    };
    let mut facts: Vec<String> = respondent.into_iter().map(str::to_owned).collect();
    let subject = subject.as_ref();
    facts.extend(subject.map(|subject| filled(words.about, &[("subject", subject)])));
    let period = wording.recall_period.as_ref();
    facts.extend(period.map(|period| filled(words.recall_period, &[("period", period)])));
    let minutes = minutes.map(|minutes| minutes.to_string());
    facts.extend(minutes.map(|minutes| filled(words.takes, &[("minutes", &minutes)])));
    let facts = facts.join(" ");
    // A client renders an empty line as a paragraph.
    let parts = [instrument.description.clone(), Some(facts).filter(|facts| !facts.is_empty())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| markdown(&parts.join("\n\n")))
}

/// Returns the copyright text: who owns the wording and what may be done with it.
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
    // A notice may name the licence already.
    if !notice.contains(licence.as_str()) {
        parts.push(format!("Licence: {licence}."));
    }
    parts.extend(terms.clone());
    parts.extend(obtain.clone());
    parts.extend(url.clone());
    markdown(&parts.join("\n\n"))
}

/// Replaces all other white space by plain spaces. Texts of R4 may contain only spaces, tabs and line breaks, and
/// validators reject no-break spaces (U+00A0, U+202F).
pub(super) fn plain_spaces(json: String) -> String {
    let other = |c: char| (c.is_whitespace() && !c.is_ascii()) || c == '\u{feff}';
    // Most questionnaires are long and plain ASCII: avoid copying them.
    match json.is_ascii() {
        true => json,
        false => json.chars().map(|c| if other(c) { ' ' } else { c }).collect(),
    }
}

/// Escapes text for FHIR's markdown elements, because careless clients could render angle brackets as HTML.
pub(super) fn markdown(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
