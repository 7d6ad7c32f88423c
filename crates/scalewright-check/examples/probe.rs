//! temporary
use scalewright_check::{Checked, Input, Source, check};
use scalewright_scoring::{Column, Responses, evaluate, Accepted};
use scalewright_model::ItemIx;
use std::collections::BTreeSet;

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let quiet = args.first().is_some_and(|a| a == "-q");
    if quiet { args.remove(0); }
    for arg in args {
        let path = std::path::PathBuf::from(&arg);
        let path = if path.is_dir() { path.join("instrument.toml") } else { path };
        let bytes = std::fs::read(&path).unwrap();
        let start = std::time::Instant::now();
        let checked = check(Input { ..Input::alone(Source { name: arg.clone(), bytes }) });
        let took = start.elapsed();
        let Some(instrument) = &checked.instrument else { println!("{arg}: broken"); for f in &checked.findings { println!("  {} {}", f.code, f.message);} continue };
        println!("== {arg} {took:?}");
        for f in &checked.findings { println!("  {} {}", f.code, f.message); }
        for (at, (score, range)) in checked.program.scores.iter().zip(&checked.ranges).enumerate() {
            let id = &instrument.scales[score.scale.0].id;
            let s = |r: &scalewright_scoring::Reach| format!("{}..{} exact={} n={:?} miss={}", r.low, r.high, r.exact, r.values.as_ref().map(Vec::len), r.may_miss);
            let bad = !range.any.exact || !range.complete.exact || range.any.values.is_none();
            let brute = brute(&checked, at);
            if !quiet || bad || brute.contains("DIFF") { println!("  {id}: any {} | complete {} {brute}", s(&range.any), s(&range.complete)); }
        }
    }
}

fn brute(checked: &Checked, at: usize) -> String {
    let program = &checked.program;
    let mut items: BTreeSet<ItemIx> = BTreeSet::new();
    let mut open: Vec<ItemIx> = program.scores[at].items.clone();
    while let Some(i) = open.pop() {
        if !items.insert(i) { continue; }
        if let Some(a) = program.answer(i).and_then(|a| a.asked.as_ref()) {
            let (mut s, mut it) = (vec![], vec![]);
            a.when.operands(&mut s, &mut it);
            for s in s { if let Some(p) = program.position(s) { it.extend(&program.scores[p].items); } }
            open.extend(it);
        }
    }
    let mut domains: Vec<(usize, Vec<f64>)> = vec![];
    for i in &items {
        let Some(a) = program.answer(*i) else { continue };
        let v: Vec<f64> = match &a.accepted { Accepted::Values(v) => v.iter().map(|x| *x as f64).collect(), Accepted::Between{min,max,decimals} => {
            let s = 10f64.powi(*decimals as i32); let n = ((max-min)*s).round() as usize; if n > 3000 { return "-".into() } (0..=n).map(|k| (min*s+k as f64)/s).collect() } };
        domains.push((i.0, v));
    }
    let mut out = String::new();
    for complete in [false, true] {
        let extra = usize::from(!complete);
        let total = domains.iter().map(|(_, v)| v.len() + extra).fold(1usize, usize::saturating_mul);
        if total > 400_000 { out += " -"; continue; }
        let mut columns: Vec<Column> = (0..checked.instrument.as_ref().unwrap().items.len()).map(|_| Column::default()).collect();
        for row in 0..total {
            let mut rest = row;
            for (i, v) in &domains {
                let k = rest % (v.len() + extra); rest /= v.len() + extra;
                columns[*i].push(v.get(k).copied());
            }
            for (i, c) in columns.iter_mut().enumerate() { if !domains.iter().any(|(d, _)| *d == i) { c.push(None); } }
        }
        let scored = evaluate(program, &Responses { rows: total, items: columns });
        let mut values: Vec<f64> = vec![]; let mut missing = false;
        for row in 0..total { match scored[at].score.get(row) { Some(v) => values.push(v), None => missing = true } }
        values.sort_by(f64::total_cmp); values.dedup_by(|a, b| *a - *b < 1e-9);
        let reach = if complete { &checked.ranges[at].complete } else { &checked.ranges[at].any };
        let same = reach.values.as_ref().is_some_and(|v| v.len() == values.len() && v.iter().zip(&values).all(|(a,b)| (a-b).abs() < 1e-8)) && missing == reach.may_miss;
        let ends = (reach.low - values.first().copied().unwrap_or(0.0)).abs() < 1e-8 && (reach.high - values.last().copied().unwrap_or(0.0)).abs() < 1e-8;
        if same { out += " ok" } else if reach.exact && reach.values.is_none() && ends { out += " ends-ok" } else { out += &format!(" DIFF(n={} {:?}..{:?} missing={missing})", values.len(), values.first(), values.last()) }
    }
    out
}
