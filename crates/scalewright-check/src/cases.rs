//! Cases: the definition must give the scores that a source outside this program publishes.

use std::collections::BTreeMap;

use scalewright_model::file::{CaseFile, CasesFile};
use scalewright_model::{Diagnostic, Instrument, MOST_FINDINGS, Pointer, did_you_mean};
use scalewright_scoring::{Column, Program, Responses, Scored, evaluate};

/// A score may differ from the published one by this: they are typed with a few decimals less.
const CLOSE: f64 = 1e-6;

/// Scores all cases and reports those that do not reproduce.
pub(crate) fn run(file: &CasesFile, instrument: &Instrument, program: &Program) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    header(file, instrument, &mut found);
    let responses = Responses {
        rows: file.cases.len(),
        items: instrument.items.iter().map(|item| column(file, &item.id)).collect(),
    };
    let scored = evaluate(program, &responses);
    let items: BTreeMap<&str, usize> =
        instrument.items.iter().enumerate().map(|(i, item)| (item.id.as_str(), i)).collect();
    for (row, case) in file.cases.iter().enumerate() {
        let place = Pointer::root().key("cases").index(row);
        let mut runner = Case {
            case,
            source: &file.source,
            place,
            row,
            items: &items,
            instrument,
            program,
            scored: &scored,
            compare: true,
            found: &mut found,
        };
        let before = runner.found.len();
        runner.responses();
        // What follows from a response that is none is not worth telling.
        runner.compare = runner.found.len() == before;
        runner.scores();
        runner.no_scores();
        runner.bands();
        runner.tests_something();
        if found.len() > MOST_FINDINGS {
            break;
        }
    }
    found
}

fn header(file: &CasesFile, instrument: &Instrument, found: &mut Vec<Diagnostic>) {
    if file.instrument != instrument.id {
        let message =
            format!("these are cases of `{}`, not of `{}`", file.instrument, instrument.id);
        let finding = Diagnostic::error("wrong-instrument", message)
            .at(Pointer::root().key("instrument"), "")
            .help(format!("write `instrument = \"{}\"`", instrument.id));
        found.push(finding);
    }
}

fn column(file: &CasesFile, item: &str) -> Column {
    let mut column = Column::default();
    for case in &file.cases {
        column.push(case.responses.get(item).copied());
    }
    column
}

struct Case<'a> {
    case: &'a CaseFile,
    /// The source of all cases that do not name their own.
    source: &'a str,
    place: Pointer,
    row: usize,
    items: &'a BTreeMap<&'a str, usize>,
    instrument: &'a Instrument,
    program: &'a Program,
    scored: &'a [Scored],
    /// Whether the scores can be compared: the responses are what they should be.
    compare: bool,
    found: &'a mut Vec<Diagnostic>,
}

impl Case<'_> {
    fn responses(&mut self) {
        for (id, &answer) in &self.case.responses {
            if self.found.len() > MOST_FINDINGS {
                return;
            }
            let place = self.place.key("responses").key(id);
            let Some(&position) = self.items.get(id.as_str()) else {
                let ids = self.instrument.items.iter().map(|item| item.id.as_str());
                let finding = Diagnostic::error("unknown-item", format!("there is no item `{id}`"))
                    .at_key(place, "not in the definition")
                    .help(did_you_mean(id, ids).unwrap_or_else(|| "correct the name".to_owned()));
                self.found.push(finding);
                continue;
            };
            let response = self.instrument.response(scalewright_model::ItemIx(position));
            if let Err(why) = response.accepts(answer) {
                let finding =
                    Diagnostic::error("not-an-answer", format!("{answer} is no answer to `{id}`"))
                        .at(place, "")
                        .help(why);
                self.found.push(finding);
            }
        }
    }

    /// The position in the program of the score of scale `id`, or an error at `place`.
    fn score(&mut self, id: &str, place: Pointer) -> Option<usize> {
        let scales = &self.instrument.scales;
        let Some(scale) = scales.iter().position(|scale| scale.id == id) else {
            let finding = Diagnostic::error("unknown-scale", format!("there is no scale `{id}`"))
                .at_key(place, "not in the definition")
                .help(
                    did_you_mean(id, scales.iter().map(|scale| scale.id.as_str()))
                        .unwrap_or_else(|| "correct the name".to_owned()),
                );
            self.found.push(finding);
            return None;
        };
        let position = self.program.position(scalewright_model::ScaleIx(scale));
        if position.is_none() {
            let message = format!("`{id}` is never scored: its key is unverified");
            let finding = Diagnostic::error("case-not-reproduced", message)
                .at_key(place, "")
                .help("verify the key, or leave the scale out of the cases");
            self.found.push(finding);
        }
        position
    }

    fn title(&self) -> String {
        match &self.case.title {
            Some(title) => format!("case {} ({title})", self.row + 1),
            None => format!("case {}", self.row + 1),
        }
    }

    fn scores(&mut self) {
        for (id, &expected) in &self.case.scores {
            let place = self.place.key("scores").key(id);
            let position = self.score(id, place.clone()).filter(|_| self.compare);
            let Some(position) = position else { continue };
            let scored = &self.scored[position];
            let (score, answered) = (scored.score.get(self.row), scored.answered[self.row]);
            let all = self.program.scores[position].items.len();
            let got = match score {
                Some(score) if (score - expected).abs() <= CLOSE => continue,
                Some(score) => format!("is {score}, not {expected}"),
                None => format!("has no score where {expected} is expected"),
            };
            let given = score.map_or("no score".to_owned(), |score| score.to_string());
            let beside =
                format!("the definition gives {given}, with {answered} of {all} items answered");
            let message = format!("{} does not reproduce: `{id}` {got}", self.title());
            let finding = Diagnostic::error("case-not-reproduced", message)
                .at(place, beside)
                .help("compare keying, response values and missing-data rule with the source")
                .help(format!("the expected score is from: {}", self.source()));
            self.found.push(finding);
        }
    }

    fn source(&self) -> &str {
        self.case.source.as_deref().unwrap_or(self.source)
    }

    fn no_scores(&mut self) {
        for (index, id) in self.case.no_score.iter().enumerate() {
            let place = self.place.key("no-score").index(index);
            let position = self.score(id, place.clone()).filter(|_| self.compare);
            let Some(position) = position else { continue };
            if let Some(score) = self.scored[position].score.get(self.row) {
                let message =
                    format!("{} does not reproduce: `{id}` is {score}, not missing", self.title());
                let finding = Diagnostic::error("case-not-reproduced", message)
                    .at(place, "expected to give no score")
                    .help("compare the missing-data rule with the source");
                self.found.push(finding);
            }
        }
    }

    fn bands(&mut self) {
        for (id, expected) in &self.case.bands {
            let place = self.place.key("bands").key(id);
            let position = self.score(id, place.clone()).filter(|_| self.compare);
            let Some(position) = position else { continue };
            let scale = &self.instrument.scales[self.program.scores[position].scale.0];
            let score = self.scored[position].score.get(self.row);
            let band = score.and_then(|score| scale.bands.iter().find(|b| b.contains(score)));
            let got = band.map(|band| band.label.as_str());
            if got != Some(expected.as_str()) {
                let got = got.map_or("in no band".to_owned(), |label| format!("in `{label}`"));
                let message = format!(
                    "{} does not reproduce: `{id}` is {got}, not in `{expected}`",
                    self.title()
                );
                let labels = scale.bands.iter().map(|band| band.label.as_str());
                let finding = Diagnostic::error("case-not-reproduced", message)
                    .at(
                        place,
                        score
                            .map_or("no score".to_owned(), |score| format!("the score is {score}")),
                    )
                    .maybe_help(
                        did_you_mean(expected, labels)
                            .filter(|_| scale.bands.iter().all(|band| band.label != *expected)),
                    )
                    .help("compare the bands with the source");
                self.found.push(finding);
            }
        }
    }

    fn tests_something(&mut self) {
        if self.case.scores.is_empty()
            && self.case.no_score.is_empty()
            && self.case.bands.is_empty()
        {
            let finding =
                Diagnostic::error("empty-case", format!("{} expects nothing", self.title()))
                    .at_key(self.place.clone(), "")
                    .help("add `scores`, `no-score` or `bands`");
            self.found.push(finding);
        }
    }
}
