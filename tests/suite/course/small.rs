//! The cases that were worked out by hand.

use scalewright_course::agreement::{concordance, icc};
use scalewright_course::bands::bands;
use scalewright_course::change::{ChangeForm, Group, cutoffs};
use scalewright_course::chart::{ChartRule, Gaps, Quartiles, Spread, chart, fences};
use scalewright_course::drops::{DropKind, DropRule, drops};
use scalewright_course::numbers::QUANTILE;
use scalewright_course::sessions::{EarlyRule, early, missed};
use scalewright_course::shape::{shape, thirds};
use scalewright_course::sudden::{Direction, SuddenRule, Third, critical, sudden};
use scalewright_course::within::{lagged, parts};
use scalewright_model::Choice;
use serde_json::{Value, json as value};

use super::agree::{floats, json, members, near, wholes};
use super::shapes::form_of_oracle;

fn pair(list: &Value) -> (f64, f64) {
    let numbers = floats(list);
    (numbers[0], numbers[1])
}

fn change(input: &Value, parameters: &Value) -> Value {
    let number = |name: &str| parameters[name].as_f64();
    let group = Group {
        sd: number("sd_pre").expect("stated"),
        reliability: number("rxx").expect("stated"),
        mean: number("m_pre"),
        mean_after: number("m_post"),
        sd_after: number("sd_post"),
        reliability_after: number("rxx_post"),
        correlation: number("r12"),
    };
    let (before, after) = (input["pre"].as_f64(), input["post"].as_f64());
    let (before, after) = (before.expect("a score"), after.expect("a score"));
    let index = |form| group.index(form, before, after);
    value!({
        "sem": group.sem(), "s_diff": group.error_of_difference(),
        "threshold_95": QUANTILE * group.error_of_difference(),
        // Not offered: it is here to show that the case is the one meant.
        "JFR1984_uncorrected": (after - before) / group.sem(),
        "HA_rdd": group.reliability_of_difference(),
        "JT": index(ChangeForm::Jt), "EN": index(ChangeForm::En), "GLN": index(ChangeForm::Gln),
        "HLL": index(ChangeForm::Hll), "HA": index(ChangeForm::Ha),
    })
}

fn charts(sessions: &[i64], scores: &[f64]) -> Value {
    let made = |gaps, spread, baseline| {
        let chart = chart(sessions, scores, ChartRule { gaps, spread, baseline });
        chart.map(|chart| {
            let below: Vec<i64> = chart.below(scores).into_iter().map(|at| sessions[at]).collect();
            value!({
                "center": chart.centre, "lcl": chart.lower, "below": below, "sigma": chart.sigma,
            })
        })
    };
    value!({
        "mean": made(Gaps::Bridge, Spread::Mean, None),
        "screened": made(Gaps::Bridge, Spread::Screened, None),
        "median": made(Gaps::Bridge, Spread::Median, None),
        "baseline5": made(Gaps::Bridge, Spread::Mean, Some(5)),
        "bridge_sigma": made(Gaps::Bridge, Spread::Mean, None).map(|one| one["sigma"].clone()),
        "break_sigma": made(Gaps::Break, Spread::Mean, None).map(|one| one["sigma"].clone()),
    })
}

fn episodes(sessions: &[i64], scores: &[f64], parameters: &Value, kind: DropKind) -> Value {
    let rule = DropRule {
        kind,
        need: parameters["need"].as_f64().expect("stated"),
        within: parameters["within"].as_u64().expect("stated") as usize,
        recover: parameters["recover"].as_f64().expect("stated"),
        gaps: if parameters["gaps"] == "break" { Gaps::Break } else { Gaps::Bridge },
    };
    let found = drops(sessions, scores, &rule).into_iter().map(|one| {
        value!({
            "onset": sessions[one.onset], "rupture": sessions[one.drop], "base": one.base,
            "trough": one.trough, "trough_session": sessions[one.trough_at],
            "status": one.outcome.name(), "repair": one.repair.map(|at| sessions[at]),
        })
    });
    found.collect()
}

fn suddens(scores: &[f64], parameters: &Value) -> Value {
    let grid: Vec<Option<f64>> = scores.iter().copied().map(Some).collect();
    let judged = |third: Third| {
        let gain = parameters["direction"] == "gain";
        let rule = SuddenRule {
            direction: if gain { Direction::Falls } else { Direction::Rises },
            need: parameters["cutoff"].as_f64().expect("stated"),
            share: parameters["pct"].as_f64().expect("stated"),
            minimum: 0.0,
            third,
            critical: critical(0.05, true),
        };
        sudden(&grid, 1, &rule)
    };
    let at_3 = |third: Third| {
        let all = judged(third);
        let one = all.iter().find(|one| one.from == 3).expect("it is judged");
        value!([one.large, one.share, one.stable, one.sudden])
    };
    let first = judged(Third::PooledSd)[0];
    value!({
        "first": [first.from, first.large, first.share, first.stable, first.sudden],
        "at_3": { "pooled-sd": at_3(Third::PooledSd), "t-test": at_3(Third::TTest) },
    })
}

fn computed(case: &Value) -> Value {
    let (input, parameters) = (&case["input"], &case["parameters"]);
    let list = |name: &str| input[name].as_array().map(|_| floats(&input[name]));
    let (scores, client) = (list("scores").unwrap_or_default(), list("client"));
    let sessions = match input["sessions"].is_array() {
        true => wholes(&input["sessions"]),
        false => (1..=scores.len() as i64).collect(),
    };
    match case["method"].as_str().expect("a method") {
        "reliable change" => change(input, parameters),
        "cut-offs" => {
            let better = parameters["better"].as_f64().expect("stated");
            let (clinical, functional) = (&parameters["clinical"], &parameters["functional"]);
            let cut = cutoffs(pair(clinical), pair(functional), better);
            value!({ "a": cut.a, "b": cut.b, "c": cut.c })
        }
        "intervals" => {
            let number = |name: &str| parameters[name].as_f64().expect("stated");
            let (sd, reliability) = (number("sd"), number("rxx"));
            let mean = Some(number("mean"));
            let group = Group { sd, reliability, mean, ..Group::default() };
            let found = bands(input["score"].as_f64().expect("a score"), &group);
            let truth = found.truth.expect("the mean is known");
            value!({
                "sem": group.sem(), "observed": [found.observed.0, found.observed.1],
                "true_score": truth.score, "se_estimation": truth.error,
            })
        }
        "individuals chart" => charts(&sessions, &scores),
        "Tukey fences" => {
            let made = |kind: Quartiles| {
                let found = fences(&scores, kind).expect("scores");
                let low = (0..scores.len()).filter(|at| scores[*at] < found.lower);
                let below: Vec<i64> = low.map(|at| sessions[at]).collect();
                let (q1, q3) = found.quartiles;
                (
                    kind.name().to_owned(),
                    value!({ "q1": q1, "q3": q3, "lower": found.lower, "below": below }),
                )
            };
            Quartiles::ALL.iter().map(|kind| made(*kind)).collect()
        }
        "V-deflection" => episodes(&sessions, &scores, parameters, DropKind::Drop),
        "drop from the peak" => episodes(&sessions, &scores, parameters, DropKind::Peak),
        "sudden gain" | "sudden loss" => suddens(&scores, parameters),
        "shape" => match shape(&sessions, &scores) {
            None => value!({ "class": "insufficient" }),
            Some(found) => value!({
                "class": form_of_oracle(found.form.name()), "slope": found.slope,
                "vertex": found.vertex,
            }),
        },
        "high-low-high" => {
            let found = thirds(&scores, parameters["delta"].as_f64().expect("stated"));
            let found = found.expect("long enough");
            value!({ "means": found.means, "high_low_high": found.high_low_high })
        }
        "agreement" => {
            let (x, y) = (client.expect("scores"), list("therapist").expect("scores"));
            let (lin, icc) = (concordance(&x, &y).expect("they vary"), icc(&x, &y));
            let icc = icc.expect("they vary");
            value!({
                "pearson": lin.pearson, "ccc": lin.value, "ccc_n_minus_1": lin.by_n_minus_1,
                "icc_c_1": icc.consistency, "icc_a_1": icc.agreement,
            })
        }
        "within and between" => {
            let (x, y) = (list("x").expect("scores"), list("y").expect("scores"));
            let pairs = [0, 3].map(|at| (x[at..at + 3].to_vec(), y[at..at + 3].to_vec()));
            let found = parts(&pairs);
            value!({ "r_within": found.within, "r_between": found.between, "r_total": found.total })
        }
        "lag" => value!(lagged(&sessions, &scores)),
        "missed sessions" => {
            let found = missed(&sessions).expect("sessions");
            value!({
                "measured": found.measured, "first": found.first, "last": found.last,
                "span": found.last - found.first + 1, "between_missed": found.between,
                "longest_gap": found.longest,
            })
        }
        "early alliance" => {
            let number = |name: &str| parameters[name].as_i64().expect("stated");
            let rule =
                EarlyRule { target: number("target"), from: number("from"), to: number("to") };
            let at = early(&sessions, rule).expect("a session");
            value!({ "session": sessions[at], "score": scores[at] })
        }
        method => panic!("there is no method `{method}`"),
    }
}

/// Asserts that everything the case states was computed.
fn agree(want: &Value, got: &Value, place: &str) {
    match want {
        Value::Object(_) => {
            for (key, want) in members(want) {
                agree(want, &got[key], &format!("{place}.{key}"));
            }
        }
        Value::Array(list) => {
            assert_eq!(Some(list.len()), got.as_array().map(Vec::len), "{place}: {got}");
            for (at, want) in list.iter().enumerate() {
                agree(want, &got[at], &format!("{place}[{at}]"));
            }
        }
        Value::Number(_) => near(want, got.as_f64(), 2e-7, place),
        _ => assert_eq!(want, got, "{place}"),
    }
}

#[test]
fn cases_worked_out_by_hand_have_their_values() {
    let cases = json("course_small.json");
    let cases = cases.as_array().expect("a list");
    for case in cases {
        agree(&case["expected"], &computed(case), case["id"].as_str().expect("an id"));
    }
    assert!(cases.len() >= 30);
}
