//! Pooled effects of studies, compared with the R package metafor.

use scalewright_course::meta::{Effect, Method, Pooled, of_alpha, of_correlation, pool};
use serde_json::Value;

use super::agree::{json, near, rows};

/// Compares what is pooled with a table of the oracle.
fn compare(want: &Value, got: &Pooled, tolerance: f64, place: &str) {
    let values = [
        ("tau2", Some(got.tau2)),
        ("est", Some(got.estimate)),
        ("se", Some(got.error)),
        ("stat", Some(got.statistic)),
        ("p", Some(got.p)),
        ("I2", Some(got.i2)),
        ("H2", Some(got.h2)),
        ("Q", Some(got.q.0)),
        ("Qp", Some(got.q.1)),
    ];
    for (name, value) in values {
        near(&want[name], value, tolerance, &format!("{place} {name}"));
    }
    if let Some(error) = got.tau2_error {
        near(&want["se_tau2"], Some(error), tolerance, &format!("{place} se_tau2"));
    }
    near(&want["ci"][0], Some(got.interval.0), tolerance, place);
    near(&want["ci"][1], Some(got.interval.1), tolerance, place);
    let back = &want["back"];
    near(&back["est"], Some(got.estimate.tanh()), tolerance, place);
    near(&back["ci"][0], Some(got.interval.0.tanh()), tolerance, place);
    let prediction = |end: f64| Some(end.tanh());
    match got.prediction {
        None => assert!(back["pi"].is_null(), "{place}"),
        Some((low, high)) => {
            near(&back["pi"][0], prediction(low), tolerance, &format!("{place} pi"));
            near(&back["pi"][1], prediction(high), tolerance, &format!("{place} pi"));
        }
    }
}

#[test]
fn pooled_correlations_agree_with_metafor() {
    for name in ["meta_molloy2014", "meta_crede2010_grade"] {
        let study = |row: &Vec<String>| {
            let number = |at: usize| row[at].parse().expect("a number");
            of_correlation(number(1), number(2)).expect("a correlation")
        };
        let effects: Vec<Effect> = rows(&format!("{name}.csv")).iter().map(study).collect();
        let oracle = json(&format!("{name}_expected.json"));
        let of = &oracle["zcor"];
        assert_eq!(of["k"], effects.len());
        let methods = [
            ("FE", Method::Fixed, false),
            ("DL", Method::Dl, false),
            ("PM", Method::Pm, false),
            ("ML", Method::Ml, false),
            ("REML", Method::Reml, false),
            ("REML_knha", Method::Reml, true),
        ];
        for (key, method, adjusted) in methods {
            let got = pool(&effects, method, adjusted).expect("studies");
            // For Paule and Mandel, metafor ends its iteration at a step of 1e-5.
            let tolerance = if method == Method::Pm { 1e-4 } else { 1e-9 };
            compare(&of[key], &got, tolerance, &format!("{name} {key}"));
        }
    }
}

#[test]
fn pooled_reliabilities_agree_with_metafor() {
    let oracle = json("reliability_generalization_bonett2010.json");
    let studies = oracle["data"].as_array().expect("a list");
    let study = |one: &Value| {
        let number = |key: &str| one[key].as_f64().expect("a number");
        of_alpha(number("ai"), number("ni"), number("mi")).expect("a reliability")
    };
    let effects: Vec<Effect> = studies.iter().map(study).collect();
    let want = &oracle["fe"];
    for (at, effect) in effects.iter().enumerate() {
        near(&want["yi"][at], Some(effect.value), 1e-9, "yi");
        near(&want["vi"][at], Some(effect.variance), 1e-9, "vi");
    }
    let got = pool(&effects, Method::Reml, false).expect("studies");
    near(&want["tau2"], Some(got.tau2), 1e-6, "tau2");
    near(&want["b"], Some(got.estimate), 1e-6, "b");
    near(&want["se"], Some(got.error), 1e-6, "se");
    near(&want["alpha"], Some(1.0 - (-got.estimate).exp()), 1e-6, "alpha");
}

#[test]
fn what_cannot_be_pooled_is_not() {
    let one = Effect { value: 0.2, variance: 0.1 };
    assert_eq!(pool(&[one], Method::Reml, false), None);
    assert_eq!(pool(&[one, Effect { variance: 0.0, ..one }], Method::Dl, false), None);
    assert_eq!(of_correlation(1.0, 50.0), None);
    assert_eq!(of_correlation(0.3, 3.0), None);
    // Equal effects have no variance between them.
    let got = pool(&[one, one], Method::Reml, false).expect("studies");
    assert_eq!((got.tau2, got.estimate, got.i2), (0.0, 0.2, 0.0));
}
