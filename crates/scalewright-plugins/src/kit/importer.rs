//! Checks an importer.
//!
//! The kit has no files of unknown formats. It gives each declared ending a small file, which the importer may refuse:
//! whatever it answers must be valid.

use std::collections::BTreeMap;

use scalewright_check::{Input, Source, check};
use scalewright_model::text::quote;
use scalewright_wire::{ImportRequest, ImportResponse, Kind, PROTOCOL};
use serde_json::Value;

use super::judge::{Asked, Judge};
use super::report::Report;
use super::subject::Subject;
use super::{Rule, behaviour, options, request, run};
use crate::Limits;
use crate::answer::{self, ImportAnswer};

/// Contents that a reader of any format meets: a table, a document, and nothing.
const CONTENTS: &[(&str, &str)] = &[
    ("table", "id,stem,min,max\nq1,\"Statement, one.\",0,3\nq2,Statement two.,0,3\n"),
    (
        "document",
        "{\"id\": \"small\", \"items\": [{\"id\": \"q1\", \"text\": \"Statement one.\"}]}\n",
    ),
    ("empty", ""),
];

/// Checks an importer with small files.
///
/// # Errors
///
/// Never at present; the other kinds of plug-ins may fail.
pub fn check_importer(subject: &mut impl Subject, limits: &Limits) -> Result<Report, String> {
    let description = subject.description().clone();
    let mut judge = Judge::default();
    let options: BTreeMap<_, _> =
        options::sets(&description).into_iter().next().map(|set| set.values).unwrap_or_default();
    let mut first: Option<(String, String, Value)> = None;
    for ending in description.formats.iter().flat_map(|format| &format.endings) {
        for (name, content) in CONTENTS {
            let name = format!("{name}.{ending}");
            let line = request::import_line(ImportRequest {
                protocol: PROTOCOL,
                options: options.clone(),
                name: name.clone(),
                base64: base64::Engine::encode(&base64::engine::general_purpose::STANDARD, content),
            });
            let asked = Asked { instrument: &name, language: "", option: "", line: &line };
            let Some((value, response)) = run::ask::<ImportResponse>(subject, &mut judge, &asked)
            else {
                continue;
            };
            imported(&mut judge, &asked, response, limits);
            behaviour::repeated(subject, &mut judge, &asked, &value);
            first.get_or_insert((name, line, value));
        }
    }
    match first {
        None => judge.general(Rule::NothingAnswered, "", "no request was answered".to_owned()),
        Some((name, line, value)) => {
            let asked = Asked { instrument: &name, language: "", option: "", line: &line };
            behaviour::unknown_keys(subject, &mut judge, &asked, &value);
            behaviour::without_request(subject, &mut judge, &asked);
        }
    }
    Ok(judge.report(subject, Kind::Import))
}

fn imported(judge: &mut Judge, asked: &Asked<'_>, response: ImportResponse, limits: &Limits) {
    run::validated(judge, asked, answer::notes(&response.notes));
    if let Some(refusal) = &response.refusal {
        return judge.note(format!("`{}` is refused: {}", asked.instrument, refusal.message));
    }
    let files = match answer::imported(response, limits) {
        Ok(ImportAnswer::Definition(files)) => files,
        Ok(ImportAnswer::Form((name, _))) => {
            let message = "answered with a form, which only `scalewright import` reads";
            return judge.note(format!("`{}` is {message}: `{}`", asked.instrument, quote(&name)));
        }
        Err(wrong) => return run::validated(judge, asked, wrong),
    };
    let mut sources = files.into_iter().map(|(name, bytes)| Source { name, bytes });
    let Some(definition) = sources.next() else { return };
    let beside = sources.filter(|source| !source.name.contains('/') && source.name != "cases.toml");
    let checked = check(Input { beside: beside.collect(), ..Input::alone(definition) });
    let error = checked.findings.iter().find(|finding| checked.obscures(finding));
    if let Some(error) = error {
        let message = format!("the imported definition has an error: {}", error.message);
        judge.add(Rule::InvalidDefinition, "", asked, "/files/0", message);
    }
}
