//! What is fuzzed: the readers of everything that comes from outside, each a function that takes any bytes and
//! panics when something that must always hold does not.

pub mod mutate;

use std::sync::OnceLock;

use scalewright_check::compare::compare;
use scalewright_check::{Checked, Input, Source, check};
use scalewright_model::ItemIx;
use scalewright_scoring::{Accepted, Column, Program, Responses, evaluate};

/// A reader, with what is put into it.
#[derive(Debug)]
pub struct Target {
    /// Its name: that of its folder in the corpus.
    pub name: &'static str,
    /// Longer inputs than this are not made.
    pub longest: usize,
    input: fn(&[u8]) -> Input,
    /// How inputs are changed, beside what the engine does to bytes.
    pub mutate: fn(&[u8], &mut mutate::Dice) -> Vec<u8>,
}

/// Every target.
pub static TARGETS: &[Target] = &[
    Target { name: "document", longest: 8_000, input: definition, mutate: mutate::bytes },
    Target { name: "shape", longest: 8_000, input: definition, mutate: mutate::lines },
    Target { name: "resolve", longest: 8_000, input: definition, mutate: mutate::values },
    Target { name: "expression", longest: 1_500, input: expression, mutate: mutate::tokens },
    Target { name: "wording", longest: 4_000, input: wording, mutate: mutate::values },
    Target { name: "cases", longest: 4_000, input: cases, mutate: mutate::values },
];

/// A definition with something of everything: what wordings and cases belong to.
const DEMO: &str = include_str!("../demo.toml");
/// A definition into which a formula is put in four places.
const FORMULA: &str = include_str!("../../malformed/formula/hostile.txt");

fn source(name: &str, bytes: &[u8]) -> Source {
    Source { name: name.to_owned(), bytes: bytes.to_vec() }
}

fn alone(definition: Source) -> Input {
    Input { targets: scalewright_export::TARGETS, ..Input::alone(definition) }
}

fn definition(data: &[u8]) -> Input {
    alone(source("instrument.toml", data))
}

fn expression(data: &[u8]) -> Input {
    let formula = String::from_utf8_lossy(data).replace('\\', "\\\\").replace('"', "\\\"");
    // What no text in TOML may hold would end in the first gate.
    let formula: String = formula.chars().filter(|c| !c.is_control()).collect();
    alone(source("instrument.toml", FORMULA.replace("FORMULA", &formula).as_bytes()))
}

fn wording(data: &[u8]) -> Input {
    Input { beside: vec![source("de.toml", data)], ..definition(DEMO.as_bytes()) }
}

fn cases(data: &[u8]) -> Input {
    Input { cases: Some(source("cases.toml", data)), ..definition(DEMO.as_bytes()) }
}

/// The target of that name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

impl Target {
    /// Reads `data` and looks whether everything holds that always must.
    ///
    /// # Panics
    ///
    /// When something does not.
    pub fn run(&self, data: &[u8]) {
        let input = (self.input)(data);
        let checked = check(input.clone());
        places(&checked);
        // Whether the order of anything is left to chance is seen as well in some of the inputs.
        if data.len().is_multiple_of(4) {
            assert_eq!(checked.findings, check(input).findings, "the same twice");
        }
        // Any two definitions can be compared, each way.
        for pair in [(demo(), &checked), (&checked, demo())] {
            let _ = compare(pair.0, pair.1);
        }
        if checked.sound().is_some() {
            scores(&checked.program);
            let same = compare(&checked, &checked).expect("both are sound");
            assert!(same.changes.is_empty(), "a change of nothing: {:?}", same.changes);
        }
    }
}

/// The definition that others are compared with.
fn demo() -> &'static Checked {
    static CHECKED: OnceLock<Checked> = OnceLock::new();
    CHECKED.get_or_init(|| check(definition(DEMO.as_bytes())))
}

/// Every finding has a place, inside its text and between two characters.
fn places(checked: &Checked) {
    for finding in &checked.findings {
        assert!(!finding.marks.is_empty(), "no place: {}", finding.message);
        assert!(!finding.message.is_empty(), "nothing is said: {}", finding.code);
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
        let edits = edits.map(|edit| (edit.document, &edit.span));
        for (document, span) in
            finding.marks.iter().map(|mark| (mark.document, &mark.span)).chain(edits)
        {
            let text = checked.documents.get(document).map(|document| document.text.as_str());
            let text = text.expect("the place is in one of the documents");
            assert!(span.start <= span.end, "{span:?}: {}", finding.message);
            assert!(text.get(span.clone()).is_some(), "{span:?}: {}", finding.message);
        }
    }
}

/// The lowest, the highest and no answers at all are scored.
fn scores(program: &Program) {
    let items = (0..program.answers.len()).map(|item| {
        let mut column = Column::default();
        let ends = program.answer(ItemIx(item)).map(|answer| ends(&answer.accepted));
        let (low, high) = ends.unwrap_or_default();
        [low, high, None].into_iter().for_each(|value| column.push(value));
        column
    });
    let responses = Responses { rows: 3, items: items.collect() };
    for scored in evaluate(program, &responses) {
        assert!(
            (0..3).all(|row| scored.score.get(row).is_none_or(|score| !score.is_nan())),
            "a score is no number"
        );
    }
}

fn ends(accepted: &Accepted) -> (Option<f64>, Option<f64>) {
    match accepted {
        #[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
        Accepted::Values(values) => {
            let number = |value: Option<&i64>| value.map(|value| *value as f64);
            (number(values.first()), number(values.last()))
        }
        Accepted::Between { min, max, .. } => (Some(*min), Some(*max)),
    }
}
