//! jsPsych plans: JavaScript files with trials of the survey plug-ins.
//!
//! A plan is not run. Literals and constants are read; whatever is computed is reported.

mod plan;
#[cfg(test)]
mod tests;
mod trials;

use std::collections::BTreeMap;

use scalewright_model::Stop;

use crate::around::{Around, Groups};
use crate::finding::{Finding, Kind};
use crate::form::{Form, Item, ResponseKind};
use crate::format::Format;
use crate::ids::Ids;
use crate::options::Options;
use crate::place::Place;
use crate::source::Opened;
use crate::texts::{Texts, between};
use crate::words::Words;
use plan::{Object, Plan, Value};
use trials::Plugin;

/// The most bytes of a plan.
const MOST_BYTES: usize = 4 << 20;

/// The most items of a form.
const MOST_ITEMS: usize = 5000;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "jspsych",
    title: "a jsPsych plan with trials of the survey plug-ins",
    recognises: |opened| {
        let text = opened.text().filter(|text| text.len() <= MOST_BYTES);
        text.filter(|text| text.contains("survey-") || text.contains("jsPsychSurvey")).is_some_and(
            |text| {
                let plan = Plan::of(text);
                plan.objects.iter().any(|object| Plugin::of(&plan, object).is_some())
            },
        )
    },
    read: |opened, options| Ok(vec![read(opened, options)?]),
};

fn read(opened: &Opened<'_>, options: &Options) -> Result<Form, Stop> {
    let file = opened.name();
    let text = opened.text().filter(|text| text.len() <= MOST_BYTES);
    let text = text.ok_or_else(|| {
        Stop::wrong(format!("{file}: the plan is longer than {} MiB", MOST_BYTES >> 20))
    })?;
    let plan = Plan::of(text);
    let mut reader = Reader {
        file,
        options,
        plan: &plan,
        ids: Ids::default(),
        form: Form::default(),
        texts: Texts::of(|text| between(text, "${", '}')),
        groups: Groups::default(),
        answers: BTreeMap::new(),
    };
    let trials: Vec<(&Object, Plugin)> = plan
        .objects
        .iter()
        .filter_map(|object| Some((object, Plugin::of(&plan, object)?)))
        .collect();
    reader.head(&trials);
    for (trial, plugin) in trials {
        reader.trial(trial, plugin);
    }
    if reader.form.items.is_empty() {
        return Err(Stop::wrong(format!("{file}: the plan has no questions that are literals")));
    }
    let findings = reader.texts.findings(file);
    reader.form.findings.extend(reader.ids.finding(file));
    reader.form.findings.extend(findings);
    Ok(reader.form)
}

struct Reader<'a> {
    file: &'a str,
    options: &'a Options,
    plan: &'a Plan,
    ids: Ids,
    form: Form,
    texts: Texts,
    groups: Groups,
    /// The position of each response scale, by what it consists of.
    answers: BTreeMap<String, usize>,
}

impl<'a> Reader<'a> {
    fn report(&mut self, kind: Kind, code: &'static str, line: usize, message: impl Into<String>) {
        let place = self.place(line);
        self.form.findings.push(Finding::new(kind, code, &place, message));
    }

    fn place(&self, line: usize) -> Place {
        Place::new(self.file, format!("line {line}"))
    }

    fn head(&mut self, trials: &[(&Object, Plugin)]) {
        let stem = self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem);
        self.form.id = Ids::instrument(stem);
        self.form.titled.title = Words::only(stem);
        let mut names: Vec<&str> = trials.iter().map(|(_, plugin)| plugin.name()).collect();
        names.dedup();
        let (article, trials) = if trials.len() == 1 { ("a ", "trial") } else { ("", "trials") };
        self.form.titled.citation =
            format!("{}, {article}jsPsych {} {trials}.", self.file, names.join(" and "));
    }

    /// Words without markup.
    fn words(&mut self, text: &str, most: usize, line: usize) -> Words {
        let place = self.place(line);
        Words::only(&self.texts.text(text, most, &place))
    }

    /// The section of a trial: its preamble.
    fn section(&mut self, preamble: Words) -> Option<usize> {
        let around = Around { lead_in: preamble, ..Around::default() };
        self.groups.section(&mut self.form, &mut self.ids, &around, &mut None)
    }

    fn add(
        &mut self,
        column: &str,
        stem: Words,
        response: usize,
        section: Option<usize>,
        (required, line): (bool, usize),
    ) {
        if self.form.items.len() >= MOST_ITEMS {
            let message =
                format!("`{column}` is left out: the plan has more than {MOST_ITEMS} items");
            return self.report(Kind::NotUnderstood, "item", line, message);
        }
        self.form.items.push(Item {
            id: self.ids.item(column),
            column: column.to_owned(),
            number: None,
            stem,
            response,
            section,
            required,
            condition: None,
            place: self.place(line),
        });
    }

    /// The response scale with this signature, made if there is none yet.
    fn shared(&mut self, signature: String, name: &str, line: usize, kind: ResponseKind) -> usize {
        if let Some(known) = self.answers.get(&signature) {
            return *known;
        }
        let name = self.ids.response(name);
        let place = self.place(line);
        self.form.responses.push(crate::form::Response { name, kind, place });
        let position = self.form.responses.len() - 1;
        self.answers.insert(signature, position);
        position
    }

    /// Reports the entries of an object that are not read: functions, and what has no counterpart.
    fn others(&mut self, object: &'a Object, known: &[&str]) {
        for (key, value, line) in &object.entries {
            let is_known = known.contains(&key.as_str());
            match (value, is_known) {
                (Value::Code(code), _) => {
                    let message =
                        format!("`{key}` is code, which is not run, and is left out: `{code}`");
                    self.report(Kind::NotUnderstood, "code", *line, message);
                }
                (_, true) => {}
                (Value::Truth(false) | Value::Nothing, _) => {}
                _ if matches!(key.as_str(), "randomize_question_order" | "randomize_options") => {
                    let message = format!(
                        "`{key}` changes the order on the screen; ours keeps that of the plan"
                    );
                    self.report(Kind::Note, "order", *line, message);
                }
                _ => {
                    let message = format!("`{key}` has no counterpart and is left out");
                    self.report(Kind::NotUnderstood, "unknown-key", *line, message);
                }
            }
        }
    }
}
