//! Agreement of raters and the response surface against the oracles.

use std::collections::BTreeMap;

use scalewright_course::agreement::{Concordance, Icc, concordance, icc, limits, repeated_limits};
use scalewright_course::numbers::{correlation, mean};
use scalewright_course::surface::surface;
use scalewright_course::within::parts;
use serde_json::Value;

use super::agree::{equal, json, members, near, rows};

fn same_icc(want: &Value, found: Icc) {
    equal(&want["icc_1_1"], found.one_way, "one-way");
    equal(&want["icc_a_1"], found.agreement, "agreement");
    equal(&want["icc_c_1"], found.consistency, "consistency");
}

fn same_concordance(want: &Value, found: Concordance) {
    equal(&want["ccc"], found.value, "ccc");
    equal(&want["pearson"], found.pearson, "pearson");
    equal(&want["c_b"], found.bias, "bias");
    equal(&want["ccc_n_minus_1"], found.by_n_minus_1, "n - 1");
    let (error, interval) = found.error.expect("more than two pairs");
    equal(&want["se"], error, "error");
    equal(&want["ci95"][0], interval.0, "lower");
    equal(&want["ci95"][1], interval.1, "upper");
}

/// The scores of both raters of a dyad.
type Pair = (Vec<f64>, Vec<f64>);

/// The scores of both raters by dyad, and the number of forms without a partner.
fn dyads() -> (BTreeMap<String, Pair>, usize) {
    let mut forms: BTreeMap<(String, i64), BTreeMap<String, f64>> = BTreeMap::new();
    for row in rows("dyad_sessions.csv") {
        let session = row[1].parse().expect("a session");
        let score = row[3].parse().expect("a score");
        forms.entry((row[0].clone(), session)).or_default().insert(row[2].clone(), score);
    }
    let (mut dyads, mut alone) = (BTreeMap::<String, (Vec<f64>, Vec<f64>)>::new(), 0);
    for ((dyad, _), scores) in forms {
        match (scores.get("client"), scores.get("therapist")) {
            (Some(client), Some(therapist)) => {
                let pair = dyads.entry(dyad).or_default();
                pair.0.push(*client);
                pair.1.push(*therapist);
            }
            _ => alone += 1,
        }
    }
    (dyads, alone)
}

#[test]
fn agreement_agrees_with_the_oracle() {
    let (oracle, (dyads, alone)) = (json("dyad_expected.json"), dyads());
    let x: Vec<f64> = dyads.values().flat_map(|pair| pair.0.clone()).collect();
    let y: Vec<f64> = dyads.values().flat_map(|pair| pair.1.clone()).collect();
    assert_eq!(oracle["pairs"], x.len());
    assert_eq!(oracle["dyads"], dyads.len());
    assert_eq!(oracle["unpaired_forms"], alone);
    let means = |side: fn(&Pair) -> &Vec<f64>| -> Vec<f64> {
        dyads.values().map(|pair| mean(side(pair)).expect("pairs")).collect()
    };
    let (mx, my) = (means(|pair| &pair.0), means(|pair| &pair.1));
    same_icc(&oracle["icc_pairs"], icc(&x, &y).expect("they vary"));
    same_icc(&oracle["icc_dyad_means"], icc(&mx, &my).expect("they vary"));
    same_concordance(&oracle["ccc_pairs"], concordance(&x, &y).expect("they vary"));
    same_concordance(&oracle["ccc_dyad_means"], concordance(&mx, &my).expect("they vary"));
    let apart = |pair: &(Vec<f64>, Vec<f64>)| -> Vec<f64> {
        pair.0.iter().zip(&pair.1).map(|(x, y)| y - x).collect()
    };
    let apart: Vec<Vec<f64>> = dyads.values().map(apart).collect();
    let all: Vec<f64> = apart.iter().flatten().copied().collect();
    let (found, want) = (limits(&all).expect("many"), &oracle["therapist_minus_client"]);
    equal(&want["mean"], found.mean, "mean");
    equal(&want["sd"], found.sd, "sd");
    equal(&want["limits"][0], found.limits.0, "lower");
    equal(&want["limits"][1], found.limits.1, "upper");
    let found = repeated_limits(&apart).expect("many");
    equal(&want["var_within"], found.within, "within");
    equal(&want["var_between"], found.between, "between");
    equal(&want["sd_total"], found.sd, "sd");
    equal(&want["limits_repeated"][0], found.limits.0, "lower");
    equal(&want["limits_repeated"][1], found.limits.1, "upper");
    let absolute: Vec<f64> = all.iter().map(|one| one.abs()).collect();
    near(&oracle["mean_absolute_difference"], mean(&absolute), 1e-9, "absolute");
    let pairs: Vec<_> = dyads.values().cloned().collect();
    let (found, want) = (parts(&pairs), &oracle["within_between"]);
    assert_eq!(want["n"], found.pairs);
    assert_eq!(want["persons"], found.persons);
    assert_eq!(want["df_within"], found.pairs - found.persons - 1);
    near(&want["r_total"], found.total, 1e-9, "total");
    near(&want["r_within"], found.within, 1e-9, "within");
    near(&want["r_between"], found.between, 1e-9, "between");
    for (dyad, want) in members(&oracle["by_dyad"]) {
        let pair = &dyads[dyad];
        let apart: Vec<f64> = pair.0.iter().zip(&pair.1).map(|(x, y)| y - x).collect();
        let absolute: Vec<f64> = apart.iter().map(|one| one.abs()).collect();
        assert_eq!(want["pairs"], apart.len(), "{dyad}");
        near(&want["mean_difference"], mean(&apart), 1e-9, dyad);
        near(&want["mean_absolute_difference"], mean(&absolute), 1e-9, dyad);
        let r = correlation(&pair.0, &pair.1).filter(|_| apart.len() >= 3);
        near(&want["r"], r, 1e-9, dyad);
    }
}

#[test]
fn the_response_surface_agrees_with_the_oracle() {
    let (oracle, (dyads, _)) = (json("dyad_expected.json"), dyads());
    let mut columns = [Vec::new(), Vec::new(), Vec::new()];
    for row in rows("dyad_outcome.csv") {
        let pair = &dyads[&row[0]];
        columns[0].push(mean(&pair.0).expect("pairs"));
        columns[1].push(mean(&pair.1).expect("pairs"));
        columns[2].push(row[1].parse().expect("an outcome"));
    }
    let [x, y, z] = &columns;
    let (found, want) = (surface(x, y, z, 4.0).expect("a surface"), &oracle["response_surface"]);
    assert_eq!(want["n"], found.count);
    for at in 0..6 {
        equal(&want["b"][at], found.coefficients[at], "b");
        equal(&want["se"][at], found.errors[at], "se");
    }
    equal(&want["r2"], found.r2, "r2");
    for (name, line) in ["a1", "a2", "a3", "a4", "a5"].into_iter().zip(found.lines) {
        equal(&want[name]["est"], line.value, name);
        equal(&want[name]["se"], line.error, name);
        equal(&want[name]["t"], line.t, name);
        equal(&want[name]["p"], line.p, name);
    }
    equal(&want["stationary"][0], found.stationary.0, "stationary");
    equal(&want["stationary"][1], found.stationary.1, "stationary");
    equal(&want["first_axis"]["slope"], found.first_axis.0, "axis");
    equal(&want["first_axis"]["intercept"], found.first_axis.1, "axis");
}
