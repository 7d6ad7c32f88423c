//! Measures how fast scores are computed from responses in memory, compared with copying the same columns, which is the
//! limit set by the memory.
//!
//! `cargo bench -p scalewright-check` prints, for 10^4 to 10^7 respondents, the time of the evaluator, the time of the
//! copy, and their ratio. The definition is `tests/bench/alliance36`: 36 items coded 1 to 7, of which 14 are reversed,
//! three prorated means and their mean, with 10 % of the answers missing.

#![expect(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use scalewright_check::{Checked, Input, Source, check};
use scalewright_scoring::{Column, Responses, Scored, evaluate_scores};

/// Number of runs per measurement. The median is reported.
const TIMES: usize = 7;

fn main() {
    let checked = definition();
    println!(
        "{:>10}  {:>12}  {:>12}  {:>14}  {:>6}",
        "rows", "evaluate", "copy", "rows/s", "ratio"
    );
    for rows in [10_000, 100_000, 1_000_000, 10_000_000] {
        let responses = responses(rows, checked.instrument.as_ref().map_or(0, |i| i.items.len()));
        let mut scored = Vec::new();
        let evaluate = median(|| evaluate_scores(&checked.program, &responses, &mut scored));
        let copy = copy(&responses, &scored);
        let ratio = copy.as_secs_f64() / evaluate.as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
        let speed = rows as f64 / evaluate.as_secs_f64();
        println!("{rows:>10}  {evaluate:>12.2?}  {copy:>12.2?}  {speed:>14.3e}  {ratio:>6.2}");
    }
}

fn definition() -> Checked {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bench/alliance36/instrument.toml");
    let bytes = std::fs::read(&path).expect("the benchmark's definition exists");
    let definition = Source { name: path.display().to_string(), bytes };
    let (beside, supplied) = (Vec::new(), Vec::new());
    let checked = check(Input { beside, supplied, ..Input::alone(definition) });
    assert!(checked.sound().is_some(), "the benchmark's definition has no errors");
    checked
}

/// Invented answers, identical in every run. One in ten is missing.
fn responses(rows: usize, items: usize) -> Responses {
    let mut state = 20_261_123_u64;
    let mut roll = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 40
    };
    let mut columns = vec![Column::default(); items];
    for column in &mut columns {
        let codes = column.codes_mut();
        codes.reserve(rows);
        for _ in 0..rows {
            let code = i8::try_from(roll() % 7 + 1).expect("1 to 7");
            codes.push(if roll() % 10 == 0 { Column::MISSING_CODE } else { code });
        }
    }
    Responses { rows, items: columns }
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[TIMES / 2]
}

/// Measures copying the input and output columns into memory that is already allocated.
fn copy(responses: &Responses, scored: &[Scored]) -> Duration {
    let codes: Vec<&[i8]> = responses.items.iter().filter_map(Column::codes).collect();
    assert_eq!(codes.len(), responses.items.len(), "all columns are codes");
    let mut items: Vec<Vec<i8>> = codes.iter().map(|codes| codes.to_vec()).collect();
    // A score is a number and two flags: whether it is present and whether it is prorated.
    let numbers = vec![1.0_f64; responses.rows];
    let flags = vec![true; responses.rows];
    let mut scores: Vec<(Vec<f64>, Vec<bool>, Vec<bool>)> =
        scored.iter().map(|_| (numbers.clone(), flags.clone(), flags.clone())).collect();
    median(|| {
        for (target, source) in items.iter_mut().zip(&codes) {
            black_box(target).copy_from_slice(black_box(source));
        }
        for (values, present, prorated) in &mut scores {
            black_box(values).copy_from_slice(black_box(&numbers));
            black_box(present).copy_from_slice(black_box(&flags));
            black_box(prorated).copy_from_slice(black_box(&flags));
        }
    })
}
