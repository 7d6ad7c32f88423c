//! Properties of all responses, and of all bytes.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use scalewright_check::{Checked, Input, Source, check};
use scalewright_model::{Fill, ItemIx, Terms};
use scalewright_scoring::{Column, Responses, evaluate};

use crate::oracles::{answers, corpus};
use crate::support::root;

/// A runner with the same cases on every run.
fn runner(cases: u32) -> TestRunner {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    TestRunner::new_with_rng(Config { cases, failure_persistence: None, ..Config::default() }, rng)
}

/// The answers of one respondent: an accepted answer to each item, or a missing one.
fn respondent(checked: &Checked) -> impl Strategy<Value = Vec<Option<f64>>> + use<> {
    let items = checked.instrument.as_ref().map_or(0, |instrument| instrument.items.len());
    let answer = |item| {
        let choices = answers(checked, item);
        match choices.is_empty() {
            true => Just(None).boxed(),
            false => proptest::option::weighted(0.8, proptest::sample::select(choices)).boxed(),
        }
    };
    (0..items).map(answer).collect::<Vec<_>>()
}

fn one(row: &[Option<f64>]) -> Responses {
    let column = |answer: &Option<f64>| {
        let mut column = Column::default();
        column.push(*answer);
        column
    };
    Responses { rows: 1, items: row.iter().map(column).collect() }
}

#[test]
fn a_score_is_in_its_range_and_one_of_its_values() {
    for (name, checked) in corpus() {
        let test = |row: Vec<Option<f64>>| {
            let scored = evaluate(&checked.program, &one(&row));
            for (scored, range) in scored.iter().zip(&checked.ranges) {
                let Some(score) = scored.score.get(0) else { continue };
                let inside = score >= range.any.low - 1e-9 && score <= range.any.high + 1e-9;
                prop_assert!(inside, "{name}: {score} is outside {:?}", range.any);
                if let Some(values) = &range.any.values {
                    let near = values.iter().any(|value| (value - score).abs() < 1e-6);
                    prop_assert!(near, "{name}: {score} is not one of the values");
                }
            }
            Ok(())
        };
        runner(300).run(&respondent(&checked), test).expect("it is true for every instrument");
    }
}

#[test]
fn many_rows_give_the_scores_of_single_rows() {
    for (name, checked) in corpus() {
        let test = |rows: Vec<Vec<Option<f64>>>| {
            let items = rows[0].len();
            let column = |item: usize| {
                let mut column = Column::default();
                rows.iter().for_each(|row| column.push(row[item]));
                column
            };
            let all = Responses { rows: rows.len(), items: (0..items).map(column).collect() };
            let together = evaluate(&checked.program, &all);
            for (index, row) in rows.iter().enumerate() {
                for (single, many) in evaluate(&checked.program, &one(row)).iter().zip(&together) {
                    prop_assert_eq!(single.score.get(0), many.score.get(index), "{}", name);
                    prop_assert_eq!(single.answered[0], many.answered[index]);
                    prop_assert_eq!(single.prorated[0], many.prorated[index]);
                }
            }
            Ok(())
        };
        let rows = proptest::collection::vec(respondent(&checked), 1..8);
        runner(40).run(&rows, test).expect("it is true for every instrument");
    }
}

/// Enough rows for several threads, and not a multiple of the sizes in which rows are split.
const MANY: usize = 40_003;

#[test]
fn rows_split_among_threads_give_the_scores_of_single_rows() {
    for (name, checked) in corpus() {
        let rows = proptest::collection::vec(respondent(&checked), 61..62);
        let test = |rows: Vec<Vec<Option<f64>>>| {
            // The number of patterns is prime, so that no two parts begin with the same pattern.
            let pattern = |row: usize| row % rows.len();
            let column = |item: usize| {
                let mut column = Column::default();
                (0..MANY).for_each(|row| column.push(rows[pattern(row)][item]));
                column
            };
            let items = (0..rows[0].len()).map(column).collect();
            let together = evaluate(&checked.program, &Responses { rows: MANY, items });
            let single: Vec<_> =
                rows.iter().map(|row| evaluate(&checked.program, &one(row))).collect();
            for (score, many) in together.iter().enumerate() {
                for row in 0..MANY {
                    let one = &single[pattern(row)][score];
                    let bits = |value: Option<f64>| value.map(f64::to_bits);
                    let same = bits(one.score.get(0)) == bits(many.score.get(row))
                        && one.answered[0] == many.answered[row]
                        && one.prorated[0] == many.prorated[row];
                    prop_assert!(same, "{name}: score {score} in row {row}");
                }
            }
            Ok(())
        };
        runner(1).run(&rows, test).expect("it is true for every instrument");
    }
}

#[test]
fn reversing_twice_and_reordering_items_change_nothing() {
    for (name, checked) in corpus() {
        let mut turned = checked.instrument.clone().expect("loaded without error");
        for scale in &mut turned.scales {
            if let Terms::Items(items) = &mut scale.terms
                && scale.missing.mandatory.is_empty()
            {
                items.reverse();
                if let Some(weights) = &mut scale.weights {
                    weights.reverse();
                }
                if let Fill::Each(values) = &mut scale.missing.fill {
                    *values = values.iter().rev().copied().collect();
                }
            }
        }
        let turned = scalewright_scoring::compile(&turned);
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        let test = |row: Vec<Option<f64>>| {
            let (a, b) = (evaluate(&checked.program, &one(&row)), evaluate(&turned, &one(&row)));
            for (a, b) in a.iter().zip(&b) {
                let same = match (a.score.get(0), b.score.get(0)) {
                    (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                    (a, b) => a.is_none() && b.is_none(),
                };
                prop_assert!(same, "{name}");
            }
            for (item, answer) in row.iter().enumerate() {
                let response = instrument.response(ItemIx(item));
                if let (Some(answer), Some((low, high))) = (answer, response.bounds()) {
                    let reversed = low + high - (low + high - answer);
                    prop_assert!((reversed - answer).abs() < 1e-9, "{name}");
                }
            }
            Ok(())
        };
        runner(100).run(&respondent(&checked), test).expect("it is true for every instrument");
    }
}

fn verdict(definition: Vec<u8>) -> bool {
    let source = Source { name: "a.toml".to_owned(), bytes: definition };
    let input = Input::alone(source);
    check(input).sound().is_some()
}

#[test]
fn no_bytes_make_the_checker_panic() {
    let bytes = proptest::collection::vec(any::<u8>(), 0..400);
    let test = |bytes: Vec<u8>| {
        prop_assert!(!verdict(bytes), "random bytes are not an instrument");
        Ok(())
    };
    runner(500).run(&bytes, test).expect("every text has a verdict");
}

#[test]
fn no_typing_mistake_makes_the_checker_panic() {
    let path = root().join("tests/scoring/bands/instrument.toml");
    let whole = std::fs::read(path).expect("the fixture exists");
    let length = whole.len();
    // Remove a part of the text, or replace it.
    let change = (0..length, 0..40_usize, proptest::collection::vec(any::<u8>(), 0..6));
    let test = |(at, cut, put): (usize, usize, Vec<u8>)| {
        let end = (at + cut).min(length);
        let text = [&whole[..at], &put, &whole[end..]].concat();
        let _ = verdict(text);
        Ok(())
    };
    runner(1500).run(&change, test).expect("every text has a verdict");
}

/// Random sequences of tokens of the formula language. Most are not valid formulas.
fn formula_text() -> impl Strategy<Value = String> {
    const TOKENS: [&str; 64] = [
        "rest_1",
        "rest_2",
        "rest_3",
        "rest_4",
        "rest_total",
        "tired",
        "town_t",
        "hunger",
        "+",
        "-",
        "*",
        "/",
        "^",
        "^ 2",
        "(",
        ")",
        "(",
        ")",
        ",",
        ";",
        ":",
        "..",
        "<",
        "<=",
        "=",
        "!=",
        ">=",
        ">",
        "%",
        "and",
        "or",
        "not",
        "if",
        "then",
        "else",
        "true",
        "false",
        "missing",
        "all",
        "prorate",
        "substitute",
        "sum(",
        "mean(",
        "count(",
        "min(",
        "recode(",
        "reverse(",
        "round(",
        "coalesce(",
        "is_missing(",
        "band(",
        "items(",
        "lookup(",
        "eap(",
        "clamp(",
        "0",
        "1",
        "2.5",
        "12",
        "; all)",
        "; >= 50%)",
        "\"often\"",
        "\"",
        "é",
    ];
    let tokens = proptest::collection::vec(proptest::sample::select(TOKENS.as_slice()), 0..24);
    tokens.prop_map(|tokens| tokens.join(" "))
}

#[test]
fn no_formula_makes_the_checker_panic() {
    let path = root().join("tests/malformed/formula/hostile.txt");
    let whole = std::fs::read_to_string(path).expect("the fixture exists");
    let test = |formula: String| {
        let _ = verdict(whole.replace("FORMULA", &formula.replace('"', "\\\"")).into_bytes());
        Ok(())
    };
    runner(600).run(&formula_text(), test).expect("every formula has a verdict");
}

/// Valid formulas for numbers, over the answers to three items.
fn sound_formula() -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(vec![
        "rest_1",
        "rest_2",
        "rest_3",
        "2",
        "0.5",
        "-3",
        "rest_total",
    ]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 24, 3, |inner| {
        let two = (inner.clone(), inner.clone());
        let three = (inner.clone(), inner.clone(), inner.clone());
        let sign = proptest::sample::select(vec!["+", "-", "*", "/"]);
        let compared = proptest::sample::select(vec!["<", "<=", "=", "!=", ">=", ">"]);
        let list = proptest::sample::select(vec!["sum", "mean", "min", "max"]);
        let one = proptest::sample::select(vec!["abs", "round", "floor", "ceiling", "truncate"]);
        prop_oneof![
            (two.clone(), sign).prop_map(|((a, b), sign)| format!("({a}) {sign} ({b})")),
            (three.clone(), list)
                .prop_map(|((a, b, c), list)| format!("{list}({a}, {b}, {c}; >= 2)")),
            (inner.clone(), one).prop_map(|(a, one)| format!("{one}({a})")),
            (inner.clone()).prop_map(|a| format!("-({a})")),
            (inner.clone()).prop_map(|a| format!("({a})^2")),
            (three, two, compared).prop_map(|((a, b, c), (d, e), compared)| {
                format!("if ({a}) {compared} ({b}) and not (({d}) > 1) then ({c}) else ({e})")
            }),
            (inner).prop_map(|a| format!("clamp({a}, 0, 3) + recode(rest_1, 0: 2, 1: 5, else 1)")),
        ]
    })
}

#[test]
fn a_printed_formula_can_be_read_back() {
    let path = root().join("tests/malformed/formula/sound.txt");
    let whole = std::fs::read_to_string(path).expect("the fixture exists");
    let read = |formula: &str| {
        let bytes = whole.replace("FORMULA", formula).into_bytes();
        let definition = Source { name: "a.toml".to_owned(), bytes };
        check(Input::alone(definition))
    };
    let answers = [None, Some(0.0), Some(1.0), Some(2.0)];
    let test = |formula: String| {
        let first = read(&formula);
        let errors: Vec<&str> =
            first.findings.iter().filter(|f| f.is_error()).map(|f| f.message.as_str()).collect();
        prop_assert!(errors.is_empty(), "{formula}: {errors:?}");
        let instrument = first.instrument.as_ref().expect("there are no errors");
        let Terms::Formula(made) = &instrument.scales[1].terms else {
            return Err(TestCaseError::fail("the second scale is a formula"));
        };
        let printed = scalewright_scoring::formula_text(made, instrument);
        let again = read(&printed);
        let errors: Vec<&str> =
            again.findings.iter().filter(|f| f.is_error()).map(|f| f.message.as_str()).collect();
        prop_assert!(errors.is_empty(), "{formula} is printed as {printed}: {errors:?}");
        for a in answers {
            for b in answers {
                for c in answers {
                    let responses = one(&[a, b, c]);
                    let first = evaluate(&first.program, &responses)[1].score.get(0);
                    let again = evaluate(&again.program, &responses)[1].score.get(0);
                    let same = match (first, again) {
                        (Some(first), Some(again)) => {
                            (first - again).abs() <= 1e-9 * first.abs().max(1.0)
                        }
                        (first, again) => first.is_none() && again.is_none(),
                    };
                    prop_assert!(same, "{formula} gives {first:?}, {printed} gives {again:?}");
                }
            }
        }
        Ok(())
    };
    runner(150).run(&sound_formula(), test).expect("printed formulas equal their originals");
}
