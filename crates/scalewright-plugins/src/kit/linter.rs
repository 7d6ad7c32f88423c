//! Checks a lint plug-in.

use std::collections::BTreeSet;

use scalewright_wire::{Kind, LintResponse, Request};
use serde_json::Value;

use super::definitions::{Sample, samples};
use super::judge::{Asked, Judge};
use super::report::Report;
use super::subject::Subject;
use super::{Rule, answer as answers, behaviour, request, run};
use crate::answer;

/// Checks a lint plug-in with every instrument of the kit.
///
/// # Errors
///
/// If the kit itself cannot be used, which its tests exclude.
pub fn check_linter(subject: &mut impl Subject) -> Result<Report, String> {
    let description = subject.description().clone();
    let mut judge = Judge::default();
    let mut fired = BTreeSet::new();
    let mut first: Option<(String, String, Value)> = None;
    for sample in &samples()? {
        let line = request::line(&Request::Lint(Box::new(request::lint(sample))));
        let asked =
            Asked { instrument: &sample.instrument.id, language: "", option: "", line: &line };
        let Some((value, response)) = run::ask::<LintResponse>(subject, &mut judge, &asked) else {
            continue;
        };
        if let Some(refusal) = &response.refusal {
            judge.note(format!("`{}` is refused: {}", asked.instrument, refusal.message));
            continue;
        }
        run::validated(
            &mut judge,
            &asked,
            answer::findings(&response.findings, Some(&description.lints)),
        );
        findings(&mut judge, &asked, sample, &response);
        fired.extend(response.findings.into_iter().map(|finding| finding.code));
        behaviour::repeated(subject, &mut judge, &asked, &value);
        first.get_or_insert((sample.instrument.id.clone(), line, value));
    }
    match first {
        None => {
            let message = "no request was answered with findings, or with none".to_owned();
            judge.general(Rule::NothingAnswered, "", message);
        }
        Some((instrument, line, value)) => {
            let asked = Asked { instrument: &instrument, language: "", option: "", line: &line };
            behaviour::unknown_keys(subject, &mut judge, &asked, &value);
            behaviour::without_request(subject, &mut judge, &asked);
        }
    }
    for lint in description.lints.iter().filter(|lint| !fired.contains(&lint.name)) {
        judge.note(format!("the lint `{}` found nothing in the instruments of the kit", lint.name));
    }
    Ok(judge.report(subject, Kind::Lint))
}

fn findings(judge: &mut Judge, asked: &Asked<'_>, sample: &Sample, response: &LintResponse) {
    answers::findings(judge, asked, &sample.definition, &response.findings);
    for (index, finding) in response.findings.iter().enumerate() {
        if finding.severity.is_some() {
            let message = format!("the finding `{}` states a severity", finding.code);
            judge.add(
                Rule::StatedSeverity,
                "",
                asked,
                &format!("/findings/{index}/severity"),
                message,
            );
        }
        let sources = || sample.checked.documents.iter().map(|document| document.name.as_str());
        if let Some(file) =
            finding.file.as_ref().filter(|file| !sources().any(|name| name == file.as_str()))
        {
            let names: Vec<String> = sources().map(|name| format!("`{name}`")).collect();
            let message =
                format!("the file `{file}` is not one of the `sources`: {}", names.join(", "));
            judge.add(
                Rule::MissingPlace,
                "file",
                asked,
                &format!("/findings/{index}/file"),
                message,
            );
        }
    }
}
