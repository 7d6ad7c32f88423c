//! Reliable change, cut-offs and bands against the oracles and the published example.

use scalewright_course::bands::bands;
use scalewright_course::change::{
    Category, ChangeForm, Group, category, cutoffs, position, true_deviation,
};
use scalewright_course::numbers::{QUANTILE, correlation, deviation, mean};
use scalewright_model::Choice;

use super::agree::{equal, floats, json, members, near, rows};

#[test]
fn the_example_of_jacobson_and_truax_has_its_published_digits() {
    let oracle = json("rci_jacobson_truax.json");
    let group = Group { sd: 7.5, reliability: 0.8, mean: Some(40.0), ..Group::default() };
    let index = group.index(ChangeForm::Jt, 32.5, 47.5).expect("an index");
    // The article prints truncated digits.
    let printed = |value: f64| (value * 100.0).trunc() / 100.0;
    let published = &oracle["published"];
    equal(&published["SE_2dp"], printed(group.sem()), "SE");
    equal(&published["S_diff_2dp"], printed(group.error_of_difference()), "S_diff");
    equal(&published["RC_2dp"], printed(index), "RC");
    let cut = cutoffs((40.0, 7.5), (60.0, 7.5), 1.0);
    for (name, value) in [("a", cut.a), ("b", cut.b), ("c", cut.c)] {
        equal(&published[name], value, name);
        equal(&oracle["computed"][name], value, name);
    }
    let computed = &oracle["computed"];
    equal(&computed["se_measurement"], group.sem(), "SEM");
    equal(&computed["s_diff"], group.error_of_difference(), "S_diff");
    equal(&computed["se_prediction"], group.error_of_prediction(), "prediction");
    equal(&computed["rc_threshold_95"], QUANTILE * group.error_of_difference(), "threshold");
    equal(&computed["JT"], index, "JT");
    let found = category((32.5, 47.5), index, Some(cut.c), (1.0, QUANTILE));
    assert_eq!(oracle["category_with_c"], found.name());
    let bands = bands(47.5, &group);
    let truth = bands.truth.expect("the mean is known");
    let example = &oracle["bands_example"];
    equal(&example["sem"], group.sem(), "sem");
    equal(&example["obs_lower"], bands.observed.0, "observed");
    equal(&example["obs_upper"], bands.observed.1, "observed");
    equal(&example["true_score"], truth.score, "true");
    equal(&example["se_estimation"], truth.error, "error");
    equal(&example["est_lower"], truth.interval.0, "lower");
    equal(&example["est_upper"], truth.interval.1, "upper");
}

#[test]
fn all_forms_of_reliable_change_agree_with_the_oracle() {
    let oracle = json("rci_prepost_expected.json");
    let table = rows("rci_prepost.csv");
    let column = |at: usize| -> Vec<f64> {
        table.iter().map(|row| row[at].parse().expect("a score")).collect()
    };
    let (before, after) = (column(1), column(2));
    let parameters = &oracle["parameters"];
    let number = |name: &str| parameters[name].as_f64();
    let group = Group {
        sd: deviation(&before).expect("many clients"),
        reliability: number("rxx").expect("stated"),
        mean: mean(&before),
        mean_after: mean(&after),
        sd_after: deviation(&after),
        reliability_after: number("rxx_post"),
        correlation: correlation(&before, &after),
    };
    let sample = &oracle["sample"];
    near(&sample["m_pre"], group.mean, 1e-9, "m_pre");
    equal(&sample["sd_pre"], group.sd, "sd_pre");
    near(&sample["m_post"], group.mean_after, 1e-9, "m_post");
    near(&sample["sd_post"], group.sd_after, 1e-9, "sd_post");
    near(&sample["r12"], group.correlation, 1e-9, "r12");
    equal(&oracle["sem"], group.sem(), "sem");
    equal(&oracle["threshold_95"], QUANTILE * group.error_of_difference(), "threshold");
    near(&oracle["HA_rdd"], group.reliability_of_difference(), 1e-9, "r_DD");
    let norm = &parameters["functional"];
    let norm = (norm["mean"].as_f64().expect("stated"), norm["sd"].as_f64().expect("stated"));
    let mean = group.mean.expect("known");
    let cut = cutoffs((mean, group.sd), norm, 1.0);
    let sem = group.sem();
    let of_true = |sd: f64| true_deviation(sd, sem);
    let cut_true = cutoffs((mean, of_true(group.sd)), (norm.0, of_true(norm.1)), 1.0);
    for (expected, got) in [("cutoffs", cut), ("cutoffs_true_scores", cut_true)] {
        equal(&oracle[expected]["a"], got.a, "a");
        equal(&oracle[expected]["b"], got.b, "b");
        equal(&oracle[expected]["c"], got.c, "c");
    }
    for form in ChangeForm::ALL {
        let name = form.name().to_uppercase();
        let expected = floats(&oracle["rci"][&name]);
        for (at, (&before, &after)) in before.iter().zip(&after).enumerate() {
            let index = group.index(*form, before, after).expect("all is known");
            equal(&expected[at].into(), index, &name);
            if *form != ChangeForm::Ha {
                let found = category((before, after), index, Some(cut.c), (1.0, QUANTILE));
                assert_eq!(oracle["category"][&name][at], found.name(), "{name} {at}");
            }
        }
    }
    let last = (group.mean_after.expect("known"), group.sd_after.expect("known"));
    for (expected, after) in floats(&oracle["HA_cs_indiv"]).into_iter().zip(&after) {
        equal(&expected.into(), position(*after, last, group.sem(), cut_true.c), "position");
    }
    assert_eq!(members(&oracle["rci"]).count(), ChangeForm::ALL.len());
}

#[test]
fn a_score_on_the_cut_off_belongs_to_neither_side() {
    let judged = |pair| category(pair, 3.0 * (pair.1 - pair.0).signum(), Some(50.0), (1.0, 1.96));
    assert_eq!(judged((40.0, 50.0)), Category::Improved);
    assert_eq!(judged((50.0, 60.0)), Category::Improved);
    assert_eq!(judged((40.0, 60.0)), Category::Recovered);
    assert_eq!(judged((60.0, 40.0)), Category::Harmed);
    // Exactly on the limit is no reliable change.
    assert_eq!(category((1.0, 2.0), 1.96, None, (1.0, 1.96)), Category::Unchanged);
}
