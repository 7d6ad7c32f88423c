//! Cases: checks that the definition reproduces scores published by a source outside this program.

mod expect;

use std::collections::BTreeMap;

use scalewright_model::file::{CaseFile, CasesFile};
use scalewright_model::{
    Band, Diagnostic, Instrument, MOST_FINDINGS, Pointer, ResponseKind, did_you_mean,
};
use scalewright_scoring::{Column, Program, Responses, Scored, evaluate};

pub(crate) use expect::Expectations;

/// The tolerance between a computed and an expected score if the file states none. Expected scores are typed with fewer
/// decimals than computed ones have.
const CLOSE: f64 = 1e-6;

/// Scores all cases and reports every expectation that is not met.
pub(crate) fn run(file: &CasesFile, instrument: &Instrument, program: &Program) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    header(file, instrument, &mut found);
    justified(file.tolerance, file.tolerance_reason.as_ref(), &Pointer::root(), &mut found);
    let scored = evaluate(program, &responses(file, instrument));
    let items: BTreeMap<&str, usize> =
        instrument.items.iter().enumerate().map(|(i, item)| (item.id.as_str(), i)).collect();
    for (row, case) in file.cases.iter().enumerate() {
        let place = Pointer::case(row);
        let mut runner = Case {
            case,
            source: &file.source,
            close: case.tolerance.or(file.tolerance).unwrap_or(CLOSE),
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
        runner.chosen();
        // Differences that follow from an invalid response are not reported.
        runner.compare = runner.found.len() == before;
        runner.scores();
        runner.no_scores();
        runner.flags();
        runner.codes();
        runner.bands();
        runner.band_sets();
        runner.prorated();
        let place = runner.place.clone();
        justified(case.tolerance, case.tolerance_reason.as_ref(), &place, runner.found);
        runner.tests_something();
        // One more than is shown, so that `shorten` notes that some are left out.
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
            .at(Pointer::top("instrument"), "")
            .help(format!("write `instrument = \"{}\"`", instrument.id));
        found.push(finding);
    }
}

/// Reports a tolerance without a reason, and a reason without a tolerance.
fn justified(
    tolerance: Option<f64>,
    reason: Option<&String>,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) {
    let (key, message, help) = match (tolerance, reason) {
        (Some(_), None) => (
            "tolerance",
            "the tolerance has no reason",
            "state why the scores cannot be compared exactly: `tolerance-reason = \"the table prints two decimals\"`",
        ),
        (None, Some(_)) => (
            "tolerance-reason",
            "there is a reason, but no tolerance",
            "add `tolerance = 0.005`, or remove the reason",
        ),
        _ => return,
    };
    let finding =
        Diagnostic::error("unjustified-tolerance", message).at_key(place.key(key), "").help(help);
    found.push(finding);
}

/// The responses of the cases, one row per case.
pub(crate) fn responses(file: &CasesFile, instrument: &Instrument) -> Responses {
    Responses {
        rows: file.cases.len(),
        items: (0..instrument.items.len())
            .map(|item| column(file, instrument, scalewright_model::ItemIx(item)))
            .collect(),
    }
}

fn column(file: &CasesFile, instrument: &Instrument, item: scalewright_model::ItemIx) -> Column {
    let (id, response) = (instrument.items[item.0].id.as_str(), instrument.response(item));
    let mut column = Column::default();
    for case in &file.cases {
        // Answers to unknown items are left out here; `Case::responses` and `Case::chosen` report them.
        column.push(match response.kind {
            ResponseKind::SeveralChoice { .. } => {
                let values = case.chosen.get(id).into_iter().flatten();
                response.chosen(values.filter_map(|value| response.position(*value)))
            }
            _ => case.responses.get(id).copied(),
        });
    }
    column
}

struct Case<'c> {
    case: &'c CaseFile,
    /// The source of the file, for cases that do not name their own.
    source: &'c str,
    /// The tolerance between a computed and an expected score.
    close: f64,
    place: Pointer,
    row: usize,
    items: &'c BTreeMap<&'c str, usize>,
    instrument: &'c Instrument,
    program: &'c Program,
    scored: &'c [Scored],
    /// Whether the scores can be compared, because all responses are valid.
    compare: bool,
    found: &'c mut Vec<Diagnostic>,
}

impl<'c> Case<'c> {
    fn responses(&mut self) {
        for (id, &answer) in &self.case.responses {
            if self.found.len() > MOST_FINDINGS {
                return;
            }
            let place = self.place.key("responses").key(id);
            let Some(response) = self.response(id, &place) else { continue };
            if let ResponseKind::SeveralChoice { .. } = response.kind {
                let finding = Diagnostic::error(
                    "not-an-answer",
                    format!("`{id}` takes several choices at once"),
                )
                .at(place, "")
                .help(format!(
                    "list the values of the chosen options: `chosen = {{ {id} = [1, 3] }}`"
                ));
                self.found.push(finding);
                continue;
            }
            if let Err(why) = response.accepts(answer) {
                let finding = Diagnostic::error(
                    "not-an-answer",
                    format!("{answer} is not an answer to `{id}`"),
                )
                .at(place, "")
                .help(why);
                self.found.push(finding);
            }
        }
    }

    fn chosen(&mut self) {
        for (id, values) in &self.case.chosen {
            if self.found.len() > MOST_FINDINGS {
                return;
            }
            let place = self.place.key("chosen").key(id);
            let Some(response) = self.response(id, &place) else { continue };
            let several = matches!(response.kind, ResponseKind::SeveralChoice { .. });
            let stray = values.iter().position(|value| response.position(*value).is_none());
            let (place, message, help) = match (several, stray) {
                (true, None) => continue,
                (true, Some(at)) => {
                    let value = values[at];
                    let why = response.accepts(value).err().unwrap_or_default();
                    let message = format!("{value} is not an option of `{id}`");
                    (place.index(at), message, why)
                }
                (false, _) => (
                    place,
                    format!("`{id}` takes one answer"),
                    format!("write it under `responses`: `{id} = 1`"),
                ),
            };
            self.found.push(Diagnostic::error("not-an-answer", message).at(place, "").help(help));
        }
    }

    /// Returns the response scale of an item, or reports that there is no such item.
    fn response(
        &mut self,
        id: &str,
        place: &Pointer,
    ) -> Option<&'c scalewright_model::ResponseScale> {
        if let Some(&position) = self.items.get(id) {
            return Some(self.instrument.response(scalewright_model::ItemIx(position)));
        }
        let ids = self.instrument.items.iter().map(|item| item.id.as_str());
        let finding = Diagnostic::error("unknown-item", format!("there is no item `{id}`"))
            .at_key(place.clone(), "not in the definition")
            .help(did_you_mean(id, ids).unwrap_or_else(|| "correct the name".to_owned()));
        self.found.push(finding);
        None
    }

    /// Returns the position of the score of scale `id` in the program, or reports an error at `place`.
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
            // An unknown scale is reported even if a response is invalid; only the comparison is then skipped.
            let position = self.score(id, place.clone()).filter(|_| self.compare);
            let Some(position) = position else { continue };
            let scored = &self.scored[position];
            let (score, answered) = (scored.score.get(self.row), scored.answered[self.row]);
            let all = self.program.scores[position].items.len();
            let got = match score {
                Some(score) if (score - expected).abs() <= self.close => continue,
                Some(score) => format!("is {score}, not {expected}"),
                None => format!("has no score, but {expected} is expected"),
            };
            let given = score.map_or("no score".to_owned(), |score| score.to_string());
            let beside =
                format!("the definition gives {given}, with {answered} of {all} items answered");
            let message = format!("{} does not reproduce: `{id}` {got}", self.title());
            let finding = Diagnostic::error("case-not-reproduced", message)
                .at(place, beside)
                .help("compare the keying, response values and missing-data rule with the source")
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

    fn flags(&mut self) {
        for (id, &expected) in &self.case.flags {
            let place = self.place.key("flags").key(id);
            let Some(position) = self.score(id, place.clone()) else { continue };
            let scale = &self.instrument.scales[self.program.scores[position].scale.0];
            if !scale.is_truth() {
                let finding = Diagnostic::error(
                    "not-a-flag",
                    format!("`{id}` is a score, not true or false"),
                )
                .at_key(place, "")
                .help(if scale.words().is_some() {
                    "write it under `codes`"
                } else {
                    "write it under `scores`"
                });
                self.found.push(finding);
                continue;
            }
            // A flag is stored as 1 or 0. An unknown flag is not false: it must not meet the expectation `false`.
            let got = self.scored[position].score.get(self.row).map(|truth| truth != 0.0);
            if self.compare && got != Some(expected) {
                let got = got.map_or("unknown".to_owned(), |truth| truth.to_string());
                let message =
                    format!("{} does not reproduce: `{id}` is {got}, not {expected}", self.title());
                self.differs(message, place, "compare the rule with the source");
            }
        }
    }

    fn codes(&mut self) {
        for (id, expected) in &self.case.codes {
            let place = self.place.key("codes").key(id);
            let Some(position) = self.score(id, place.clone()) else { continue };
            let scale = &self.instrument.scales[self.program.scores[position].scale.0];
            let Some(words) = scale.words() else {
                let finding =
                    Diagnostic::error("not-a-word", format!("the score of `{id}` is not a word"))
                        .at_key(place, "")
                        .help(if scale.is_truth() {
                            "write it under `flags`"
                        } else {
                            "write it under `scores`"
                        });
                self.found.push(finding);
                continue;
            };
            // The formula of a word gives a position among these words, so the index exists.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a position"
            )]
            let got =
                self.scored[position].score.get(self.row).map(|at| words[at as usize].as_str());
            if self.compare && got != Some(expected.as_str()) {
                let got = got.map_or("missing".to_owned(), |word| format!("`{word}`"));
                let message = format!(
                    "{} does not reproduce: `{id}` is {got}, not `{expected}`",
                    self.title()
                );
                self.differs(message, place, "compare the formula with the source");
            }
        }
    }

    fn differs(&mut self, message: String, place: Pointer, help: &str) {
        let finding = Diagnostic::error("case-not-reproduced", message)
            .at(place, "")
            .help(help)
            .help(format!("the expected value is from: {}", self.source()));
        self.found.push(finding);
    }

    fn prorated(&mut self) {
        for (index, id) in self.case.prorated.iter().enumerate() {
            let place = self.place.key("prorated").index(index);
            let position = self.score(id, place.clone()).filter(|_| self.compare);
            let Some(position) = position else { continue };
            if !self.scored[position].prorated[self.row] {
                let message =
                    format!("{} does not reproduce: `{id}` is not prorated", self.title());
                self.differs(message, place, "compare the missing-data rule with the source");
            }
        }
    }

    fn bands(&mut self) {
        for (id, expected) in &self.case.bands {
            let place = self.place.key("bands").key(id);
            let Some(position) = self.score(id, place.clone()) else { continue };
            let scale = &self.instrument.scales[self.program.scores[position].scale.0];
            self.band(id, expected, position, &scale.bands, place);
        }
    }

    fn band_sets(&mut self) {
        for (id, sets) in &self.case.band_sets {
            let place = self.place.key("band-sets").key(id);
            let Some(position) = self.score(id, place.clone()) else { continue };
            let scale = &self.instrument.scales[self.program.scores[position].scale.0];
            for (name, expected) in sets {
                let place = place.key(name);
                match scale.band_sets.iter().find(|set| set.id == *name) {
                    Some(set) => self.band(id, expected, position, &set.bands, place),
                    None => {
                        let message = format!("`{id}` has no set of bands `{name}`");
                        let names = scale.band_sets.iter().map(|set| set.id.as_str());
                        let finding = Diagnostic::error("unknown-band-set", message)
                            .at_key(place, "")
                            .maybe_help(did_you_mean(name, names))
                            .help("name one of the scale's `band-sets`");
                        self.found.push(finding);
                    }
                }
            }
        }
    }

    fn band(
        &mut self,
        id: &str,
        expected: &str,
        position: usize,
        bands: &[scalewright_model::Band],
        place: Pointer,
    ) {
        let score = self.scored[position].score.get(self.row);
        let band = score.and_then(|score| Band::containing(bands, score));
        let got = band.map(|band| band.label.as_str());
        if !self.compare || got == Some(expected) {
            return;
        }
        let got = got.map_or("in no band".to_owned(), |label| format!("in `{label}`"));
        let message =
            format!("{} does not reproduce: `{id}` is {got}, not in `{expected}`", self.title());
        let labels = bands.iter().map(|band| band.label.as_str());
        let beside = score.map_or("no score".to_owned(), |score| format!("the score is {score}"));
        let near = did_you_mean(expected, labels);
        let finding = Diagnostic::error("case-not-reproduced", message)
            .at(place, beside)
            // If a band has the expected label, the label is not misspelt, and a similar one would mislead.
            .maybe_help(near.filter(|_| bands.iter().all(|band| band.label != expected)))
            .help("compare the bands with the source");
        self.found.push(finding);
    }

    fn tests_something(&mut self) {
        let expects = [
            self.case.scores.is_empty(),
            self.case.no_score.is_empty(),
            self.case.flags.is_empty(),
            self.case.codes.is_empty(),
            self.case.bands.is_empty(),
            self.case.band_sets.is_empty(),
            self.case.prorated.is_empty(),
        ];
        if expects.into_iter().all(|none| none) {
            let finding =
                Diagnostic::error("empty-case", format!("{} expects nothing", self.title()))
                    .at_key(self.place.clone(), "")
                    .help("add `scores`, `no-score`, `bands`, `flags` or `codes`");
            self.found.push(finding);
        }
    }
}
