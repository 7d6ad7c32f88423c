//! Shapes, thirds, change points, early scores, and correlations within and between persons, against the oracles.

use scalewright_course::numbers::{deviation, mean, successive};
use scalewright_course::sessions::{EARLY, early, early_mean};
use scalewright_course::shape::{broken, change_points, shape, thirds};
use scalewright_course::within::{Variance, parts, prediction};
use scalewright_model::Choice;
use serde_json::Value;

use super::agree::{equal, json, members, near, series, wholes};

/// The name that the oracle has for a shape.
pub(super) fn form_of_oracle(form: &str) -> &str {
    match form {
        "u" => "U",
        "v" => "V",
        "inverted-u" => "inverted_U",
        "linear-increase" => "linear_increase",
        "linear-decrease" => "linear_decrease",
        _ => "stable",
    }
}

fn same_shape(want: &Value, sessions: &[i64], scores: &[f64], client: &str) {
    let found = shape(sessions, scores).expect("long enough");
    assert_eq!(want["class"], form_of_oracle(found.form.name()), "{client}");
    assert_eq!(want["n"], scores.len(), "{client}");
    equal(&want["mean_session"], found.middle, client);
    near(&want["mean"], mean(scores), 1e-9, client);
    equal(&want["slope"], found.slope, client);
    equal(&want["p_linear"], found.p_line, client);
    equal(&want["p_quadratic"], found.p_parabola, client);
    near(&want["vertex"], found.vertex, 1e-9, client);
    for at in 0..3 {
        equal(&want["quad_centered"][at], found.parabola[at], client);
        equal(&want["sse"][at], found.residuals[at], client);
    }
    let (found, want) = (broken(sessions, scores).expect("a knot"), &want["piecewise"]);
    equal(&want["knot"], found.knot, client);
    equal(&want["slope_left"], found.before, client);
    equal(&want["slope_right"], found.after, client);
    equal(&want["sse"], found.residual, client);
}

#[test]
fn shapes_agree_with_the_oracle() {
    let (oracle, all) = (json("alliance_expected.json"), series("alliance_sessions.csv"));
    let delta = oracle["parameters"]["sem"].as_f64().expect("a number");
    for (client, want) in members(&oracle["clients"]) {
        let (sessions, scores) = (&all[client].sessions, &all[client].values[0]);
        assert_eq!(want["n"], scores.len());
        match want["shape"]["class"].as_str() {
            Some("insufficient") => assert_eq!(shape(sessions, scores), None),
            _ => same_shape(&want["shape"], sessions, scores, client),
        }
        match thirds(scores, delta) {
            None => assert!(want["thirds"].is_null(), "{client}"),
            Some(found) => {
                (0..3).for_each(|at| equal(&want["thirds"]["means"][at], found.means[at], client));
                assert_eq!(want["thirds"]["high_low_high"], found.high_low_high, "{client}");
            }
        }
        let points: Vec<i64> = change_points(scores).into_iter().map(|at| at as i64).collect();
        assert_eq!(points, wholes(&want["change_points"]), "{client}");
        match early(sessions, EARLY) {
            None => assert!(want["early"].is_null(), "{client}"),
            Some(at) => {
                assert_eq!(want["early"]["session"], sessions[at], "{client}");
                equal(&want["early"]["score"], scores[at], client);
                near(&want["early"]["mean_1_5"], early_mean(sessions, scores), 1e-9, client);
            }
        }
        let own = &want["individual"];
        near(&own["mean"], mean(scores), 1e-9, client);
        near(&own["sd"], deviation(scores), 1e-9, client);
        near(&own["rmssd"], successive(scores), 1e-9, client);
    }
}

#[test]
fn parts_within_and_between_persons_agree_with_the_oracle() {
    let (oracle, all) = (json("alliance_expected.json"), series("alliance_sessions.csv"));
    let levels = &oracle["multilevel"];
    for (name, at) in [("icc_alliance", 0), ("icc_symptom", 1)] {
        let groups = all.values().map(|one| one.values[at].as_slice());
        let (found, want) = (Variance::of(groups).expect("groups"), &levels[name]);
        equal(&want["msb"], found.between, name);
        equal(&want["msw"], found.within, name);
        equal(&want["n0"], found.size, name);
        equal(&want["icc1_n0"], found.icc(), name);
        equal(&want["icc1_nbar"], found.icc_by_mean(), name);
        equal(&want["icc2"], found.icc_of_means(), name);
    }
    let pairs: Vec<_> =
        all.values().map(|one| (one.values[0].clone(), one.values[1].clone())).collect();
    let (found, want) = (parts(&pairs), &levels["alliance_symptom"]);
    near(&want["r_total"], found.total, 1e-9, "total");
    near(&want["r_within"], found.within, 1e-9, "within");
    near(&want["r_between_size_weighted"], found.between_weighted, 1e-9, "weighted");
    near(&want["r_between_unweighted"], found.between, 1e-9, "between");
    equal(&want["eta_x"], found.eta.0, "eta");
    equal(&want["eta_y"], found.eta.1, "eta");
    let of = |eta: f64| (1.0 - eta * eta).sqrt();
    let (ex, ey) = found.eta;
    let again =
        ex * ey * found.between_weighted.expect("r") + of(ex) * of(ey) * found.within.expect("r");
    equal(&again.into(), found.total.expect("r"), "the parts make the whole");
}

#[test]
fn early_scores_predict_as_in_the_oracle() {
    let (oracle, all) = (json("alliance_expected.json"), series("alliance_sessions.csv"));
    let (mut scores, mut before, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for one in all.values().filter(|one| one.sessions.len() >= 3) {
        let Some(at) = early(&one.sessions, EARLY) else { continue };
        scores.push(one.values[0][at]);
        before.push(one.values[1][0]);
        after.push(one.values[1][one.values[1].len() - 1]);
    }
    let (found, want) = (prediction(&scores, &before, &after), &oracle["alliance_outcome"]);
    assert_eq!(want["n"], found.persons);
    near(&want["r_early_post"], found.after, 1e-9, "after");
    near(&want["semipartial_early_vs_residualised_post"], found.semipartial, 1e-9, "semipartial");
    near(&want["partial_early_post_given_pre"], found.partial, 1e-9, "partial");
    near(&want["r_early_change"], found.change, 1e-9, "change");
}
