//! Checks an exporter: programs and folders of templates.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::Wording;
use scalewright_wire::{Description, ExportResponse, Kind};
use serde_json::Value;

use super::definitions::{Sample, longest_names, samples};
use super::judge::{Asked, Judge};
use super::options::{self, OptionSet};
use super::report::Report;
use super::subject::Subject;
use super::{Rule, answer as answers, behaviour, evaluate, files, names, request, run};
use crate::{Limits, answer};

/// Checks an exporter with every instrument of the kit, in every language and with every value of its options.
///
/// # Errors
///
/// If the kit itself cannot be used, which its tests exclude.
pub fn check_exporter(subject: &mut impl Subject, limits: &Limits) -> Result<Report, String> {
    let description = subject.description().clone();
    let mut samples = samples()?;
    samples.extend(longest_names(description.names.as_ref())?);
    let sets = options::sets(&description);
    let idle = sets.iter().filter_map(|set| set.changed.clone()).collect();
    let mut check = Check {
        subject,
        limits,
        description,
        judge: Judge::default(),
        idle,
        answered: 0,
        first: None,
    };
    for sample in &samples {
        check.sample(sample, &sets);
    }
    check.conclude();
    Ok(check.judge.report(check.subject, Kind::Export))
}

struct Check<'a, S> {
    subject: &'a mut S,
    limits: &'a Limits,
    description: Description,
    judge: Judge,
    /// The values of options that have changed no answer so far.
    idle: BTreeSet<String>,
    /// The number of answers with files.
    answered: usize,
    /// The first request that was answered with files, and its answer.
    first: Option<(String, String, String, Value)>,
}

impl<S: Subject> Check<'_, S> {
    fn sample(&mut self, sample: &Sample, sets: &[OptionSet]) {
        let id = &sample.instrument.id;
        if names::excludes(self.description.names.as_ref(), &sample.instrument) {
            let note = format!(
                "`{id}` was not sent: the names that the description declares exclude one of its ids"
            );
            self.judge.note(note);
            return;
        }
        for wording in &sample.instrument.wordings {
            self.language(sample, wording, sets);
        }
        let first = sample.instrument.wordings.first().zip(sets.first());
        if let Some((wording, set)) = first.filter(|_| self.subject.evaluates()) {
            evaluate::compare(self.subject, &mut self.judge, sample, wording, set);
        }
    }

    fn language(&mut self, sample: &Sample, wording: &Wording, sets: &[OptionSet]) {
        let mut usual: Option<Value> = None;
        // Built once: only its options differ.
        let mut request = request::export(sample, wording, BTreeMap::new());
        for set in sets {
            request.options.clone_from(&set.values);
            let line = request::export_line(&request);
            let asked = Asked {
                instrument: &sample.instrument.id,
                language: &wording.language,
                option: set.changed.as_deref().unwrap_or(""),
                line: &line,
            };
            let Some(answer) = self.answer(sample, &asked) else { continue };
            match (&set.changed, &usual) {
                (None, _) => {
                    behaviour::repeated(self.subject, &mut self.judge, &asked, &answer);
                    usual = Some(answer);
                }
                (Some(changed), Some(usual)) if *usual != answer => {
                    self.idle.remove(changed);
                }
                (Some(_), _) => {}
            }
        }
    }

    /// Asks, and judges the answer alone. Returns it if it can be compared with others.
    fn answer(&mut self, sample: &Sample, asked: &Asked<'_>) -> Option<Value> {
        let judge = &mut self.judge;
        let (value, response) = run::ask::<ExportResponse>(self.subject, judge, asked)?;
        let mut wrong = answer::findings(&response.diagnostics, None);
        wrong.extend(answer::losses(&response.losses));
        wrong.extend(answer::refusal(response.refusal.as_ref()));
        run::validated(judge, asked, wrong);
        answers::judge(judge, asked, &self.description, &sample.definition, &response);
        if let Some(refusal) = &response.refusal {
            judge.note(format!("`{}` is refused: {}", asked.instrument, refusal.message));
        }
        let has_files = !response.files.is_empty();
        match answer::files(response.files, self.limits) {
            Ok(contents) => {
                files::judge(judge, asked, &self.description, &sample.instrument, &contents)
            }
            Err(wrong) => run::validated(judge, asked, wrong),
        }
        if has_files {
            self.answered += 1;
            let first = || {
                let (instrument, language) =
                    (asked.instrument.to_owned(), asked.language.to_owned());
                (instrument, language, asked.line.to_owned(), value.clone())
            };
            self.first.get_or_insert_with(first);
        }
        Some(value)
    }

    /// Judges what no single answer shows.
    fn conclude(&mut self) {
        let Some((instrument, language, line, answer)) = self.first.take() else {
            let message = "no request was answered with files".to_owned();
            self.judge.general(Rule::NothingAnswered, "", message);
            return;
        };
        let asked = Asked { instrument: &instrument, language: &language, option: "", line: &line };
        behaviour::unknown_keys(self.subject, &mut self.judge, &asked, &answer);
        behaviour::without_request(self.subject, &mut self.judge, &asked);
        for changed in &self.idle {
            let message = format!("`{changed}` changes no answer");
            self.judge.general(Rule::IdleOption, changed, message);
        }
    }
}
