//! Converts one QuestionnaireResponse to one row.

use std::collections::BTreeSet;
use std::rc::Rc;

use scalewright_model::{ResponseKind, is_chosen};
use serde_json::Value;

use super::batch::{Absent, Batch, Fault, Stated};
use super::cell::Answer;
use super::fhir_absent;
use super::fhir_answer::{Asked, shown, value};
use super::fhir_dates::is_date_time;
use super::fhir_form::AnsweredForm;
use super::fhir_matched::Matched;
use super::plan::Plan;

/// The maximum length of ids and references, in bytes. FHIR itself limits ids to 64.
const LONGEST_NAME: usize = 1024;

/// The statuses of a response in FHIR.
const STATUSES: [&str; 5] = ["in-progress", "completed", "amended", "entered-in-error", "stopped"];

/// A response being read.
pub(super) struct Reading<'r> {
    plan: &'r Plan<'r>,
    matched: &'r Matched,
    form: Option<&'r AnsweredForm>,
    row: u64,
    id: String,
    /// The names of the elements that are kept, and their texts.
    columns: &'r [String],
    kept: Vec<String>,
    answers: Vec<Option<f64>>,
    /// The items without an answer whose reason is known.
    absent: Vec<(usize, Rc<str>)>,
    seen: Vec<bool>,
    faults: Vec<Fault>,
    stated: Vec<Stated>,
    ignored: Vec<String>,
    /// Whether an item was recognised only by its link id, which another form may have as well.
    by_link: bool,
}

impl<'r> Reading<'r> {
    pub(super) fn new(
        plan: &'r Plan<'r>,
        matched: &'r Matched,
        form: Option<&'r AnsweredForm>,
        (row, columns): (u64, &'r [String]),
    ) -> Self {
        let items = plan.rules.len();
        Self {
            plan,
            matched,
            form,
            row,
            id: String::new(),
            columns,
            kept: Vec::new(),
            answers: vec![None; items],
            absent: Vec::new(),
            seen: vec![false; items],
            faults: Vec::new(),
            stated: Vec::new(),
            ignored: Vec::new(),
            by_link: false,
        }
    }

    /// Reads the response. `address` serves as the id if the response has none.
    pub(super) fn resource(&mut self, response: &Value, address: Option<&str>) {
        self.id = response["id"].as_str().or(address).unwrap_or_default().to_owned();
        let authored = response["authored"].as_str().unwrap_or_default();
        if !authored.is_empty() && !is_date_time(authored) {
            self.fault(
                "authored",
                ("authored", authored),
                "is not a date and time such as 2026-01-31T08:30:00Z",
            );
        }
        let status = response["status"].as_str().unwrap_or_default();
        if !status.is_empty() && !STATUSES.contains(&status) {
            self.fault("status", ("status", status), "is not a status of a response");
        }
        let [subject, source, encounter] =
            ["subject", "source", "encounter"].map(|name| subject(&response[name]));
        for (what, name) in [
            ("id", self.id.clone()),
            ("subject", subject.clone()),
            ("source", source.clone()),
            ("encounter", encounter.clone()),
        ] {
            if name.len() > LONGEST_NAME {
                // From here on the id is only shown, because the row has a fault.
                self.id.truncate(self.id.floor_char_boundary(64));
                let why = format!("is longer than {LONGEST_NAME} bytes");
                self.fault(what, (what, &name[..name.floor_char_boundary(64)]), &why);
            }
        }
        let text = |name: &String| match name.as_str() {
            "subject" => subject.clone(),
            "authored" => authored.to_owned(),
            "status" => status.to_owned(),
            "source" => source.clone(),
            _ => encounter.clone(),
        };
        self.kept = self.columns.iter().map(text).collect();
        self.items(&response["item"], "item");
    }

    /// Whether the response contains any item of the definition.
    pub(super) fn is_of_this_form(&self) -> bool {
        self.seen.contains(&true)
    }

    /// Whether any item was recognised only by its link id.
    pub(super) fn is_by_link(&self) -> bool {
        self.by_link
    }

    /// Refuses the response because it answers another form or another version. Other faults are dropped.
    pub(super) fn refuse_form(&mut self, canonical: &str, reason: &str) {
        self.faults.clear();
        self.fault("questionnaire", ("questionnaire", canonical), reason);
    }

    /// Adds the row, or its faults, to the batch. Returns the link ids that were not used.
    pub(super) fn finish(mut self, batch: &mut Batch) -> Vec<String> {
        if !self.faults.is_empty() {
            let id: Rc<str> = self.id.as_str().into();
            self.faults.iter_mut().for_each(|fault| fault.respondent = Rc::clone(&id));
            batch.faults.append(&mut self.faults);
            return self.ignored;
        }
        for stated in &mut self.stated {
            stated.row = batch.numbers.len();
        }
        batch.stated.append(&mut self.stated);
        let row = batch.responses.rows;
        // Of several answers to one item, one may be a reason for having none.
        let mut seen = BTreeSet::new();
        self.absent.retain(|(item, _)| self.answers[*item].is_none() && seen.insert(*item));
        let absent = self.absent.into_iter().map(|(item, reason)| Absent { row, item, reason });
        batch.absent.extend(absent);
        batch.numbers.push(self.row);
        if self.plan.id.is_some() {
            batch.ids.push(&self.id);
        }
        for (texts, kept) in batch.kept.iter_mut().zip(&self.kept) {
            texts.push(kept);
        }
        for (column, answer) in batch.responses.items.iter_mut().zip(self.answers) {
            column.push(answer);
        }
        batch.responses.rows += 1;
        self.ignored
    }

    /// Reads items, the items within them, and the items within their answers.
    fn items(&mut self, items: &Value, path: &str) {
        for (index, item) in items.as_array().into_iter().flatten().enumerate() {
            let path = format!("{path}[{index}]");
            self.item(item, &path);
            self.items(&item["item"], &format!("{path}.item"));
            for (index, answer) in item["answer"].as_array().into_iter().flatten().enumerate() {
                self.items(&answer["item"], &format!("{path}.answer[{index}].item"));
            }
        }
    }

    fn item(&mut self, item: &Value, path: &str) {
        let Some(link_id) = item["linkId"].as_str() else {
            return self.fault(path, ("linkId", ""), "has no link id");
        };
        let answers = item["answer"].as_array().map_or(&[][..], Vec::as_slice);
        match self.matched.item(link_id, self.form) {
            Err(why) => return self.fault(path, (link_id, ""), &why),
            Ok(None) => {}
            Ok(Some(found)) => {
                self.by_link |= found.by_link;
                if let Some(reason) = fhir_absent::of_element(item).filter(|_| answers.is_empty()) {
                    self.absent.push((found.index, reason));
                }
                return self.answered(found.index, (link_id, answers), path);
            }
        }
        if let Some(scale) = self.matched.stated.get(link_id) {
            let answer = answers.first().and_then(Value::as_object);
            if let Some(Ok(Some((_, value)))) = answer.map(value) {
                let words = self.matched.words[scale.0].as_deref();
                // Of a quantity only the value is shown: the unit of a score is for readers.
                let number = Some(&value["value"]).filter(|number| !number.is_null());
                let (place, text) = (link_id.to_owned(), shown(number.unwrap_or(value)));
                let score = score(value, words);
                self.stated.push(Stated { row: 0, scale: *scale, line: None, place, text, score });
            }
        } else if !answers.is_empty() && !self.is_band(link_id) {
            self.ignored.push(link_id.chars().take(255).collect());
        }
    }

    fn answered(&mut self, index: usize, (link_id, answers): (&str, &[Value]), path: &str) {
        if std::mem::replace(&mut self.seen[index], true) {
            return self.fault(path, (link_id, ""), "occurs a second time in the response");
        }
        let rule = &self.plan.rules[index];
        let several = matches!(rule.scale().kind, ResponseKind::SeveralChoice { .. });
        if answers.len() > 1 && !several {
            let why = format!("has {} answers, but the item accepts only one", answers.len());
            return self.fault(path, (link_id, ""), &why);
        }
        let question = self.form.and_then(|form| form.question(link_id));
        let asked = Asked {
            rule,
            cells: &self.plan.cells[index],
            codes: self.matched.codes[index].as_deref(),
            question,
            labels: &self.matched.labels[index],
            units: &self.matched.units[index],
        };
        // Options that differ make an answer doubtful. A question without an answer has nothing to doubt.
        if let (false, Err(why)) = (answers.is_empty(), asked.check_options()) {
            return self.fault(path, (link_id, ""), &why);
        }
        for (position, answer) in answers.iter().enumerate() {
            match asked.answer(answer) {
                // Each answer is one choice. The numbers that record them have no digit in common.
                Ok(Answer::Code(Some(choice))) if several => {
                    let before = self.answers[index].unwrap_or(0.0);
                    let is_new = rule
                        .scale()
                        .options()
                        .iter()
                        .enumerate()
                        .all(|(at, _)| !(is_chosen(before, at) && is_chosen(choice, at)));
                    self.answers[index] = Some(if is_new { before + choice } else { before });
                }
                Ok(Answer::Absent(reason)) => self.absent.push((index, reason)),
                Ok(Answer::Code(answer)) => self.answers[index] = answer,
                Err(why) => {
                    let given = answer.as_object().and_then(|entries| value(entries).ok()?);
                    let given = given.map_or_else(String::new, |(_, value)| shown(value));
                    self.fault(&format!("{path}.answer[{position}]"), (link_id, &given), &why);
                }
            }
        }
    }

    /// Whether an element contains the band of a score, as in our own forms.
    fn is_band(&self, link_id: &str) -> bool {
        let scale = link_id.split("-band").next().unwrap_or_default();
        scale.len() < link_id.len() && self.matched.stated.contains_key(scale)
    }

    fn fault(&mut self, path: &str, (column, value): (&str, &str), reason: &str) {
        self.faults.push(Fault {
            row: self.row,
            line: None,
            within: Some(path.to_owned()),
            respondent: Rc::default(),
            column: column.to_owned(),
            value: value.to_owned(),
            reason: reason.to_owned(),
        });
    }
}

/// A stated score as a number: 1 or 0 for a truth value, the position for a word.
fn score(value: &Value, words: Option<&[String]>) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a position among words")]
    let position = |text: &str| words?.iter().position(|word| word == text).map(|at| at as f64);
    match value {
        Value::Bool(truth) => Some(f64::from(u8::from(*truth))),
        Value::Number(number) => number.as_f64(),
        Value::String(text) => position(text),
        Value::Object(inner) => inner.get("value").and_then(Value::as_f64),
        Value::Null | Value::Array(_) => None,
    }
}

/// The subject of the answers: a reference, an identifier or a name.
fn subject(subject: &Value) -> String {
    let texts = [&subject["reference"], &subject["identifier"]["value"], &subject["display"]];
    texts.into_iter().find_map(Value::as_str).unwrap_or_default().to_owned()
}
