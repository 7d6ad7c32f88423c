//! Makes the table from the requests.

use scalewright_model::{FactKey, Instrument, ItemIx, Reference, ScaleIx, Wording};
use scalewright_scoring::{Account, Tongue};

use super::options::Options;
use super::table::{Codebook, Note, Part};
use super::{items, scores};
use crate::{ExportRequest, ui};

/// The codebook of some instruments in the language of the request, or in the language that `of` chooses.
pub(super) fn codebook<'a>(
    title: &str,
    requests: &[&'a ExportRequest<'a>],
    of: impl Fn(&'a ExportRequest<'a>) -> &'a Wording,
) -> Codebook {
    let parts: Vec<Part> = requests.iter().map(|request| part(request, of(request))).collect();
    let language = parts.first().map_or_else(|| "en".to_owned(), |part| part.language.clone());
    Codebook { title: title.to_owned(), language, parts }
}

fn part(request: &ExportRequest<'_>, wording: &Wording) -> Part {
    let instrument = request.instrument;
    let published: Vec<ScaleIx> = (0..instrument.scales.len())
        .map(ScaleIx)
        .filter(|scale| request.is_published(*scale))
        .collect();
    let tongue = Tongue::english(instrument);
    let account =
        |scale: &ScaleIx| Account::of(instrument, request.program, request.ranges, *scale, tongue);
    let accounts: Vec<Account> = published.iter().map(account).collect();
    let keys = Options::of(request.options).keys.0;
    let keys = keys.iter().enumerate().map(|(at, key)| items::key(key, at, wording));
    let answers = (0..instrument.items.len())
        .map(|at| items::variable(request, wording, &accounts, ItemIx(at)));
    let scores = published
        .iter()
        .zip(&accounts)
        .flat_map(|(scale, account)| scores::variables(request, wording, account, *scale));
    let (own, _) = ui::ui(&wording.language);
    Part {
        id: instrument.id.clone(),
        title: wording.title.trim().to_owned(),
        language: wording.language.clone(),
        banner: ui::banner(own, instrument.status, Some(wording)),
        notice: wording.notice.as_ref().unwrap_or(&instrument.rights.notice).clone(),
        facts: facts(instrument, wording),
        instructions: wording.instructions.clone(),
        references: instrument.references.iter().map(cited).collect(),
        url: instrument.url.clone(),
        keys: keys.collect(),
        answers: answers.collect(),
        scores: scores.collect(),
    }
}

/// What is stated about the instrument as a whole, except for what has a place of its own.
fn facts(instrument: &Instrument, wording: &Wording) -> Vec<Note> {
    let is_own = |key: FactKey| match key {
        FactKey::References => true,
        FactKey::Title => wording.title == instrument.title,
        FactKey::Notice => wording.notice.is_none(),
        _ => false,
    };
    let stated = instrument.facts().into_iter().filter(|fact| !is_own(fact.key));
    let stated =
        stated.filter_map(|fact| Some((fact.name.trim_start_matches("the "), fact.value?)));
    stated.collect()
}

fn cited(reference: &Reference) -> (String, String) {
    let Reference { id, citation, doi, url, note } = reference;
    let mut text = citation.clone();
    if let Some(doi) = doi {
        text.push_str(&format!(" https://doi.org/{doi}"));
    }
    for more in [url, note].into_iter().flatten() {
        text.push_str(&format!(" {more}"));
    }
    (id.clone(), text)
}
