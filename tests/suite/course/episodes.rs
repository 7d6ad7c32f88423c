//! Drops, peaks, sudden changes and groups against the oracles.

use std::collections::BTreeMap;

use scalewright_course::chart::Gaps;
use scalewright_course::drops::{DropKind, DropRule, Episode, drops, pooled_deviation, worst};
use scalewright_course::numbers::{QUANTILE, correlation, deviation, mean};
use scalewright_course::sudden::{Direction, SuddenRule, Third, critical, sudden};
use scalewright_course::within::{centred, detrended, lagged};
use scalewright_model::Choice;
use serde_json::{Value, json as value};

use super::agree::{Series, equal, json, members, rows, series};

/// The tables of the oracle have a grid with a place for each session.
fn grid(series: &Series) -> Vec<Option<f64>> {
    let last = series.sessions.last().copied().unwrap_or_default();
    let score = |session: i64| {
        let at = series.sessions.iter().position(|one| *one == session);
        at.map(|at| series.values[0][at])
    };
    (1..=last).map(score).collect()
}

fn rule(kind: DropKind, need: f64, recover: f64) -> DropRule {
    DropRule { kind, need, within: 3, recover, gaps: Gaps::Bridge }
}

fn listed(found: &[Episode], kind: DropKind) -> Value {
    let one = |episode: &Episode| {
        let (status, repair) = (episode.outcome.name(), episode.repair);
        match kind {
            DropKind::Drop => value!({
                "rupture_index": episode.drop, "base": episode.base,
                "trough_index": episode.trough_at, "trough": episode.trough,
                "status": status, "repair_index": repair,
            }),
            DropKind::Peak => value!({
                "onset_index": episode.onset, "rupture_index": episode.drop,
                "peak": episode.base, "trough_index": episode.trough_at,
                "trough": episode.trough,
                "decline_sessions": episode.trough_at - episode.onset,
                "status": status, "repair_index": repair,
            }),
        }
    };
    found.iter().map(one).collect()
}

#[test]
fn drops_and_peaks_agree_with_the_oracle() {
    let (oracle, all) = (json("alliance_expected.json"), series("alliance_sessions.csv"));
    let parameters = &oracle["parameters"];
    let each = all.values().map(|one| (one.sessions.as_slice(), one.values[0].as_slice()));
    let pooled = pooled_deviation(each).expect("many series");
    let first: Vec<f64> = all.values().map(|one| one.values[0][0]).collect();
    let sem = deviation(&first).expect("many") * (1.0 - 0.9_f64).sqrt();
    let reliable = QUANTILE * std::f64::consts::SQRT_2 * sem;
    equal(&parameters["pooled_within_sd"], pooled, "pooled");
    equal(&parameters["sd_first_session"], deviation(&first).expect("many"), "first");
    equal(&parameters["sem"], sem, "sem");
    equal(&parameters["rc_threshold_95"], reliable, "threshold");
    for (client, want) in members(&oracle["clients"]) {
        let (sessions, scores) = (&all[client].sessions, &all[client].values[0]);
        let own = deviation(scores).expect("many");
        for (name, kind, need, recover) in [
            ("v_pooled_k2_m3_r1", DropKind::Drop, 2.0 * pooled, 1.0),
            ("v_pooled_k1_m3_r1", DropKind::Drop, pooled, 1.0),
            ("v_pooled_k2_m3_r05", DropKind::Drop, 2.0 * pooled, 0.5),
            ("v_rc_m3_r1", DropKind::Drop, reliable, 1.0),
            ("v_stricter_k2_m3_r1", DropKind::Drop, 2.0 * pooled.max(own), 1.0),
            ("peak_rc_m3_r05", DropKind::Peak, reliable, 0.5),
            ("peak_2pooled_m3_r05", DropKind::Peak, 2.0 * pooled, 0.5),
        ] {
            let found = drops(sessions, scores, &rule(kind, need, recover));
            assert_eq!(want[name], listed(&found, kind), "{client} {name}");
        }
        for (name, direction, share) in [
            ("sudden_loss", Direction::Falls, 0.25),
            ("sudden_loss_pct10", Direction::Falls, 0.1),
            ("sudden_gain_pct10", Direction::Rises, 0.1),
        ] {
            let rule = SuddenRule {
                direction,
                need: reliable,
                share,
                minimum: 0.0,
                third: Third::PooledSd,
                critical: critical(0.05, true),
            };
            let found = sudden(&grid(&all[client]), 1, &rule).into_iter();
            let found = found.filter(|one| one.sudden == Some(true)).map(|one| one.from);
            assert_eq!(want[name], value!(found.collect::<Vec<_>>()), "{client} {name}");
        }
        let group = scalewright_course::change::Group {
            sd: deviation(&first).expect("many"),
            reliability: 0.9,
            ..Default::default()
        };
        let jt = scalewright_course::change::ChangeForm::Jt;
        let index = group.index(jt, scores[0], scores[scores.len() - 1]).expect("an index");
        equal(&want["rci_first_last"], index, client);
    }
}

#[test]
fn episodes_by_session_number_and_their_groups_agree_with_the_oracle() {
    let (oracle, all) = (json("patterns_expected.json"), series("alliance_sessions.csv"));
    let need = oracle["need"].as_f64().expect("a number");
    let mut last: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (client, want) in members(&oracle["clients"]) {
        let (sessions, values) = (&all[client].sessions, &all[client].values);
        for gaps in Gaps::ALL {
            let rule = DropRule { gaps: *gaps, ..rule(DropKind::Drop, need, 1.0) };
            let found = drops(sessions, &values[0], &rule);
            let group = worst(&found).map_or("none", Choice::name);
            let listed: Value = found
                .iter()
                .map(|one| {
                    let repair = one.repair.map(|at| sessions[at]);
                    let (drop, trough) = (sessions[one.drop], sessions[one.trough_at]);
                    value!([drop, trough, one.outcome.name(), repair])
                })
                .collect();
            assert_eq!(want[gaps.name()], listed, "{client} {}", gaps.name());
            match gaps {
                Gaps::Bridge => {
                    assert_eq!(want["group"], group, "{client}");
                    last.entry(group).or_default().push(values[1][values[1].len() - 1]);
                }
                Gaps::Break => assert_eq!(want["group_break"], group, "{client}"),
            }
        }
    }
    for (group, want) in members(&oracle["last_symptom_by_group"]) {
        let scores = &last[group.as_str()];
        assert_eq!(want["n"], scores.len(), "{group}");
        equal(&want["mean"], mean(scores).expect("many"), group);
        equal(&want["sd"], deviation(scores).expect("many"), group);
    }
    let rests = |at: usize| -> Vec<f64> {
        all.values().flat_map(|one| detrended(&one.sessions, &one.values[at])).collect()
    };
    let products = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
    let (x, y) = (rests(0), rests(1));
    let r = products(&x, &y) / (products(&x, &x) * products(&y, &y)).sqrt();
    equal(&oracle["r_within_detrended"], r, "detrended");
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for one in all.values() {
        let before = lagged(&one.sessions, &centred(&one.values[0]));
        for (before, now) in before.into_iter().zip(centred(&one.values[1])) {
            if let Some(before) = before {
                x.push(before);
                y.push(now);
            }
        }
    }
    assert_eq!(oracle["r_within_lag1"]["pairs"], x.len());
    equal(&oracle["r_within_lag1"]["r"], correlation(&x, &y).expect("pairs"), "lag");
}

#[test]
fn sudden_gains_and_losses_agree_with_the_oracle() {
    let oracle = json("sudden_expected.json");
    let rule = |direction, third, adjust| SuddenRule {
        direction,
        need: 7.0,
        share: 0.25,
        minimum: 0.0,
        third,
        critical: critical(0.05, adjust),
    };
    let rules = [
        ("gain", rule(Direction::Falls, Third::PooledSd, true)),
        ("loss", rule(Direction::Rises, Third::PooledSd, true)),
        ("gain_t_test", rule(Direction::Falls, Third::TTest, true)),
        ("gain_not_adjusted", rule(Direction::Falls, Third::PooledSd, false)),
    ];
    let (mut counts, mut reversed) = (BTreeMap::new(), 0);
    for row in rows("sudden_sessions.csv") {
        let grid: Vec<Option<f64>> = row[1..].iter().map(|cell| cell.parse().ok()).collect();
        for (name, rule) in &rules {
            let found = sudden(&grid, 1, rule);
            let listed: Value = found
                .iter()
                .map(|one| {
                    let of = (one.large, one.share, one.stable, one.sudden, one.reversed);
                    value!([one.from, of.0, of.1, of.2, of.3, of.4])
                })
                .collect();
            assert_eq!(oracle["clients"][&row[0]][name], listed, "{} {name}", row[0]);
            let met = found.iter().filter(|one| one.sudden == Some(true));
            *counts.entry(*name).or_insert(0) += met.clone().count();
            if *name == "gain" {
                reversed += met.filter(|one| one.reversed == Some(true)).count();
            }
        }
    }
    assert_eq!(oracle["counts"], value!(counts));
    assert_eq!(oracle["reversed_gains"], reversed);
}
