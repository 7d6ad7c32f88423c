//! Individuals charts, runs and fences against the oracles.

use scalewright_course::chart::{
    ChartRule, Gaps, Quartiles, Spread, chart, fences, moving_ranges, runs,
};
use scalewright_course::numbers::{mean, median};
use scalewright_course::sessions::missed;
use scalewright_course::within::lagged;
use scalewright_model::Choice;
use serde_json::Value;

use super::agree::{equal, json, members, near, series, wholes};

fn same_chart(want: &Value, sessions: &[i64], scores: &[f64], rule: ChartRule, place: &str) {
    let found = chart(sessions, scores, rule);
    let Some(found) = found.filter(|_| !want.is_null()) else {
        // The oracle makes no chart when all scores are in the baseline.
        return assert!(want.is_null(), "{place}");
    };
    equal(&want["center"], found.centre, place);
    equal(&want["n_mr"], found.ranges as f64, place);
    equal(&want["sigma"], found.sigma, place);
    equal(&want["lcl"], found.lower, place);
    equal(&want["ucl"], found.upper, place);
    let at = |positions: Vec<usize>| positions.into_iter().map(|at| sessions[at]).collect();
    let (below, above): (Vec<i64>, Vec<i64>) = (at(found.below(scores)), at(found.above(scores)));
    assert_eq!((below, above), (wholes(&want["below"]), wholes(&want["above"])), "{place}");
}

#[test]
fn charts_runs_and_fences_agree_with_the_oracle() {
    let (oracle, all) = (json("control_expected.json"), series("alliance_sessions.csv"));
    for (client, want) in members(&oracle) {
        let (sessions, scores) = (&all[client].sessions, &all[client].values[0]);
        for gaps in Gaps::ALL {
            for spread in Spread::ALL {
                let name = format!("xmr_{}_{}", gaps.name(), spread.name());
                let rule = ChartRule { gaps: *gaps, spread: *spread, baseline: None };
                same_chart(&want[&name], sessions, scores, rule, &format!("{client} {name}"));
            }
        }
        let (gaps, spread) = (Gaps::Bridge, Spread::Mean);
        let rule = ChartRule { gaps, spread, baseline: Some(5) };
        same_chart(&want["xmr_baseline5"], sessions, scores, rule, client);
        for (name, centre) in [("runs_mean", mean(scores)), ("runs_median", median(scores))] {
            let found = runs(scores, centre.expect("scores")).expect("some are off the line");
            let want = &want[name];
            for (key, got) in [
                ("n_useful", found.useful),
                ("longest_run", found.longest),
                ("longest_run_max", found.longest_allowed),
                ("crossings", found.crossings),
                ("crossings_min", found.fewest_allowed),
            ] {
                assert_eq!(want[key], got, "{client} {name} {key}");
            }
            assert_eq!(want["signal"], found.signal(), "{client} {name}");
        }
        for (name, kind) in [("tukey_type7", Quartiles::Type7), ("tukey_hinges", Quartiles::Hinges)]
        {
            let (found, want) = (fences(scores, kind).expect("scores"), &want[name]);
            equal(&want["q1"], found.quartiles.0, client);
            equal(&want["q3"], found.quartiles.1, client);
            equal(&want["lower"], found.lower, client);
            equal(&want["upper"], found.upper, client);
        }
        let (found, want_missed) = (missed(sessions).expect("sessions"), &want["missed"]);
        assert_eq!(want_missed["measured"], found.measured, "{client}");
        assert_eq!(want_missed["first"], found.first, "{client}");
        assert_eq!(want_missed["last"], found.last, "{client}");
        assert_eq!(want_missed["between_missed"], found.between, "{client}");
        assert_eq!(want_missed["longest_gap"], found.longest, "{client}");
        let lags = want["alliance_lag1"].as_array().expect("a list");
        for (want, got) in lags.iter().zip(lagged(sessions, scores)) {
            near(want, got, 1e-9, client);
        }
    }
    assert_eq!(members(&oracle).count(), all.len());
}

#[test]
fn zones_of_the_chart_agree_with_the_oracle() {
    let (oracle, all) = (json("alliance_expected.json"), series("alliance_sessions.csv"));
    for (client, want) in members(&oracle["clients"]) {
        let (sessions, scores) = (&all[client].sessions, &all[client].values[0]);
        let rule = ChartRule { gaps: Gaps::Bridge, spread: Spread::Mean, baseline: None };
        let (found, want) = (chart(sessions, scores, rule).expect("a chart"), &want["xmr"]);
        equal(&want["center"], found.centre, client);
        let average = mean(&moving_ranges(sessions, scores, Gaps::Bridge));
        near(&want["mr_bar"], average, 1e-9, client);
        equal(&want["sigma"], found.sigma, client);
        equal(&want["lcl"], found.lower, client);
        equal(&want["ucl"], found.upper, client);
        for (key, got) in [
            ("below_lcl", found.below(scores)),
            ("below_2sigma", found.below_two(scores)),
            ("rule_8_below", found.eight_below(scores)),
            ("rule_2of3_below_2sigma", found.two_of_three(scores)),
        ] {
            let got: Vec<i64> = got.into_iter().map(|at| at as i64).collect();
            assert_eq!(got, wholes(&want[key]), "{client} {key}");
        }
    }
}
