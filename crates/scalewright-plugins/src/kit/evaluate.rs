//! Compares the scores of a plug-in with ours.

use std::collections::BTreeMap;

use scalewright_model::{Formula, Wording};
use scalewright_scoring::{Column, Responses, Score, evaluate};
use scalewright_wire::{Answers, EvaluateResponse, Request, ScoreValue};

use super::definitions::Sample;
use super::judge::{Asked, Judge};
use super::options::OptionSet;
use super::subject::Subject;
use super::{Rule, request, respondents, run};

/// The greatest difference of two scores that are equal, relative to their size if that is more than 1.
const CLOSE: f64 = 1e-9;

/// Asks for the scores of generated answers, and compares them with ours.
pub(super) fn compare(
    subject: &mut impl Subject,
    judge: &mut Judge,
    sample: &Sample,
    wording: &Wording,
    set: &OptionSet,
) {
    let program = &sample.checked.program;
    if program.scores.is_empty() {
        return;
    }
    let rows = respondents::rows(program);
    let items = sample.instrument.items.iter().map(|item| item.id.clone()).collect();
    let export = request::export(sample, wording, set.values.clone());
    let asked = request::evaluate(export, Answers { items, rows: rows.clone() });
    let line = request::line(&Request::Evaluate(Box::new(asked)));
    let asked = Asked {
        instrument: &sample.instrument.id,
        language: &wording.language,
        option: "",
        line: &line,
    };
    let Some((_, response)) = run::ask::<EvaluateResponse>(subject, judge, &asked) else { return };
    if let Some(refusal) = response.refusal {
        judge.note(format!("`evaluate` refuses `{}`: {}", sample.instrument.id, refusal.message));
        return;
    }
    if response.rows.len() != rows.len() {
        let message = format!(
            "there are {} rows of scores for {} rows of answers",
            response.rows.len(),
            rows.len()
        );
        judge.add(Rule::InvalidAnswer, "rows", &asked, "/rows", message);
        return;
    }
    judge.respondents += rows.len();
    Comparison { sample, rows: &rows, asked }.judge(judge, &response.rows);
}

struct Comparison<'a> {
    sample: &'a Sample,
    rows: &'a [Vec<Option<f64>>],
    asked: Asked<'a>,
}

impl Comparison<'_> {
    fn judge(&self, judge: &mut Judge, theirs: &[BTreeMap<String, Option<ScoreValue>>]) {
        let program = &self.sample.checked.program;
        let ours = evaluate(program, &responses(self.rows));
        let published = request::published(self.sample);
        for ((score, scored), published) in program.scores.iter().zip(&ours).zip(published) {
            let id = self.sample.instrument.scales[score.scale.0].id.as_str();
            for (row, scores) in theirs.iter().enumerate() {
                let theirs = scores.get(id).and_then(Option::as_ref);
                if !published {
                    self.withheld(judge, id, row, theirs);
                    continue;
                }
                let ours = expected(score, scored.score.get(row));
                if !is_equal(ours.as_ref(), theirs) {
                    self.differs(judge, score, id, row, ours.as_ref(), theirs);
                }
            }
        }
        self.unknown(judge, theirs);
    }

    fn withheld(&self, judge: &mut Judge, id: &str, row: usize, theirs: Option<&ScoreValue>) {
        if let Some(theirs) = theirs {
            let message = format!("`{id}` is {}, and may not be published", shown(Some(theirs)));
            judge.add(
                Rule::RecalledScore,
                "evaluate",
                &self.asked,
                &format!("/rows/{row}/{id}"),
                message,
            );
        }
    }

    fn differs(
        &self,
        judge: &mut Judge,
        score: &Score,
        id: &str,
        row: usize,
        ours: Option<&ScoreValue>,
        theirs: Option<&ScoreValue>,
    ) {
        let answers = score.items.iter().map(|item| {
            let answer =
                self.rows[row][item.0].map_or("missing".to_owned(), |answer| answer.to_string());
            format!("{} = {answer}", self.sample.instrument.items[item.0].id)
        });
        let answers: Vec<String> = answers.take(12).collect();
        let more = if score.items.len() > 12 { ", …" } else { "" };
        let message = format!(
            "`{id}` is {}, expected {}, for {}{more}",
            shown(theirs),
            shown(ours),
            answers.join(", ")
        );
        let about = format!("{}/{id}", self.asked.instrument);
        judge.add(Rule::WrongScore, &about, &self.asked, &format!("/rows/{row}/{id}"), message);
    }

    fn unknown(&self, judge: &mut Judge, theirs: &[BTreeMap<String, Option<ScoreValue>>]) {
        let is_scale =
            |id: &String| self.sample.instrument.scales.iter().any(|scale| scale.id == *id);
        let mut ids = theirs
            .iter()
            .enumerate()
            .flat_map(|(row, scores)| scores.keys().map(move |id| (row, id)));
        if let Some((row, id)) = ids.find(|(_, id)| !is_scale(id)) {
            let message = format!("`{id}` is not a score of the instrument");
            judge.add(Rule::WrongScore, "unknown", &self.asked, &format!("/rows/{row}"), message);
        }
    }
}

fn responses(rows: &[Vec<Option<f64>>]) -> Responses {
    let items = rows.first().map_or(0, Vec::len);
    let column = |item: usize| {
        let mut column = Column::default();
        rows.iter().for_each(|row| column.push(row[item]));
        column
    };
    Responses { rows: rows.len(), items: (0..items).map(column).collect() }
}

/// Returns our score as the wire has it.
fn expected(score: &Score, value: Option<f64>) -> Option<ScoreValue> {
    let value = value?;
    Some(match &score.formula {
        Formula::Number(_) => ScoreValue::Number(value),
        Formula::Truth(_) => ScoreValue::Truth(value > 0.5),
        Formula::Word { words, .. } => {
            let mut numbered = (0_u32..).zip(words);
            let word = numbered.find(|(position, _)| (f64::from(*position) - value).abs() < 0.5);
            ScoreValue::Word(word?.1.clone())
        }
    })
}

fn is_equal(ours: Option<&ScoreValue>, theirs: Option<&ScoreValue>) -> bool {
    match (ours, theirs) {
        (Some(ScoreValue::Number(ours)), Some(ScoreValue::Number(theirs))) => {
            (ours - theirs).abs() <= CLOSE * ours.abs().max(1.0)
        }
        _ => ours == theirs,
    }
}

fn shown(value: Option<&ScoreValue>) -> String {
    match value {
        None => "missing".to_owned(),
        Some(ScoreValue::Number(number)) => number.to_string(),
        Some(ScoreValue::Truth(truth)) => truth.to_string(),
        Some(ScoreValue::Word(word)) => format!("\"{word}\""),
    }
}
