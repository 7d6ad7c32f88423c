//! LimeSurvey: survey structures as tab-separated text, and archives (`.lss`).

mod form;
mod lss;
mod survey;
mod table;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use scalewright_model::Stop;

use crate::empty;
use crate::encoding::decode;
use crate::finding::{Finding, Kind};
use crate::form::Form;
use crate::format::Format;
use crate::options::Options;
use crate::place::Place;
use crate::source::Opened;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "limesurvey",
    title: "a LimeSurvey survey structure, as tab-separated text or `.lss`",
    recognises,
    read,
};

fn recognises(opened: &Opened<'_>) -> bool {
    text(opened).is_some_and(|(text, _)| table::recognises(&text) || lss::recognises(&text))
}

/// The text of a file, and the name of its encoding if that is assumed.
fn text<'a>(opened: &'a Opened<'_>) -> Option<(Cow<'a, str>, Option<&'static str>)> {
    if let Some(text) = opened.text() {
        return Some((Cow::Borrowed(text), None));
    }
    if opened.json().is_some() {
        return None;
    }
    let (text, assumed) = decode(opened.sources.bytes)?;
    Some((Cow::Owned(text), assumed))
}

/// Reads a survey.
fn read(opened: &Opened<'_>, options: &Options) -> Result<Vec<Form>, Stop> {
    let file = opened.name();
    let (text, assumed) =
        text(opened).ok_or_else(|| Stop::wrong(format!("{file}: the file is not a text")))?;
    let mut survey =
        if table::recognises(&text) { table::read(file, &text)? } else { lss::read(file, &text)? };
    survey.findings.extend(assumed.map(|encoding| {
        let message = format!("the file is not UTF-8; it is read as {encoding}");
        Finding::new(Kind::Assumed, "encoding", &Place::new(file, ""), message)
            .help("check letters with accents; if they are wrong, save the file as UTF-8")
    }));
    let form = form::read(file, survey, options);
    if form.items.is_empty() {
        let what = "the survey has no questions to answer";
        return Err(empty::stop(file, what, &form.findings));
    }
    Ok(vec![form])
}
