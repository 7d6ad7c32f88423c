//! The fuzz targets: the readers of all external input. Each is a function that takes arbitrary bytes, and panics if an
//! invariant is violated.

pub mod mutate;

use std::sync::OnceLock;

use scalewright_check::compare::compare;
use scalewright_check::{Checked, Input, Source, check};
use scalewright_model::ItemIx;
use scalewright_scoring::{Accepted, Column, Program, Responses, evaluate};

/// A reader and its input.
#[derive(Debug)]
pub struct Target {
    /// The name, which is also that of its folder in the corpus.
    pub name: &'static str,
    /// The maximum length of inputs, in bytes.
    pub longest: usize,
    input: fn(&[u8]) -> Input,
    /// Mutates an input, in addition to the engine's own mutations of bytes.
    pub mutate: fn(&[u8], &mut mutate::Dice) -> Vec<u8>,
}

/// All targets.
pub static TARGETS: &[Target] = &[
    Target { name: "document", longest: 8_000, input: definition, mutate: mutate::bytes },
    Target { name: "shape", longest: 8_000, input: definition, mutate: mutate::lines },
    Target { name: "resolve", longest: 8_000, input: definition, mutate: mutate::values },
    Target { name: "expression", longest: 1_500, input: expression, mutate: mutate::tokens },
    Target { name: "wording", longest: 4_000, input: wording, mutate: mutate::values },
    Target { name: "cases", longest: 4_000, input: cases, mutate: mutate::values },
];

/// The definition that wordings and cases belong to. It uses many features of the format.
const DEMO: &str = include_str!("../demo.toml");
/// A definition in which the formula is inserted in four places.
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
    // Control characters are not allowed in TOML strings, so the parser would reject them before the formula is read.
    let formula: String = formula.chars().filter(|c| !c.is_control()).collect();
    alone(source("instrument.toml", FORMULA.replace("FORMULA", &formula).as_bytes()))
}

fn wording(data: &[u8]) -> Input {
    Input { beside: vec![source("de.toml", data)], ..definition(DEMO.as_bytes()) }
}

fn cases(data: &[u8]) -> Input {
    Input { cases: Some(source("cases.toml", data)), ..definition(DEMO.as_bytes()) }
}

/// Returns the target with the given name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

impl Target {
    /// Reads `data` and checks the invariants.
    ///
    /// # Panics
    ///
    /// If an invariant is violated.
    pub fn run(&self, data: &[u8]) {
        let input = (self.input)(data);
        let checked = check(input.clone());
        places(&checked);
        // Checking some of the inputs twice is enough to detect a random order.
        if data.len().is_multiple_of(4) {
            assert_eq!(
                checked.findings,
                check(input).findings,
                "the findings differ between two checks"
            );
        }
        // Any two definitions can be compared, in both directions.
        for pair in [(demo(), &checked), (&checked, demo())] {
            let _ = compare(pair.0, pair.1);
        }
        if checked.sound().is_some() {
            scores(&checked.program);
            let same = compare(&checked, &checked).expect("both are sound");
            assert!(
                same.changes.is_empty(),
                "a definition differs from itself: {:?}",
                same.changes
            );
        }
    }
}

/// The definition with which others are compared.
fn demo() -> &'static Checked {
    static CHECKED: OnceLock<Checked> = OnceLock::new();
    CHECKED.get_or_init(|| check(definition(DEMO.as_bytes())))
}

/// Asserts that every finding has a location inside its text, on character boundaries.
fn places(checked: &Checked) {
    for finding in &checked.findings {
        assert!(!finding.marks.is_empty(), "no location: {}", finding.message);
        assert!(!finding.message.is_empty(), "no message: {}", finding.code);
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
        let edits = edits.map(|edit| (edit.document, &edit.span));
        for (document, span) in
            finding.marks.iter().map(|mark| (mark.document, &mark.span)).chain(edits)
        {
            let text = checked.documents.get(document).map(|document| document.text.as_str());
            let text = text.expect("the location is in one of the documents");
            assert!(span.start <= span.end, "{span:?}: {}", finding.message);
            assert!(text.get(span.clone()).is_some(), "{span:?}: {}", finding.message);
        }
    }
}

/// Scores three respondents: the lowest answers, the highest, and none.
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
            "a score is not a number"
        );
    }
}

fn ends(accepted: &Accepted) -> (Option<f64>, Option<f64>) {
    match accepted {
        Accepted::Values(values) => {
            let number =
                |value: Option<&scalewright_model::OptionValue>| value.map(|value| value.number());
            (number(values.first()), number(values.last()))
        }
        Accepted::Choices(_) => (Some(1.0), Some(1.0)),
        Accepted::Between { min, max, .. } => (Some(*min), Some(*max)),
    }
}
