//! Throw-away.
use scalewright_import::{
    Options, Sources, import,
    prove::{Outcome, Subject},
};
use std::collections::BTreeMap;
fn main() {
    let mut passed = 0;
    let mut total = 0;
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let quiet = std::env::var_os("QUIET").is_some();
    for path in std::env::args().skip(1) {
        total += 1;
        let path_ = path.clone();
        let bytes = std::fs::read(&path).expect("read");
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        let options = Options {
            language: std::env::var("LANG_").ok(),
            licence: std::env::var("LICENCE").ok(),
            non_response: std::env::var("NONRESP").ok().into_iter().collect(),
            score: match std::env::var("SCORE").as_deref() {
                Ok("mean") => Some(scalewright_model::ScoreKind::Mean),
                Ok("sum") => Some(scalewright_model::ScoreKind::Sum),
                _ => None,
            },
            formr_scales: std::env::var_os("FORMR_SCALES").is_some(),
            columns: std::env::var("COLUMNS_")
                .unwrap_or_default()
                .split(',')
                .filter_map(|pair| pair.split_once('='))
                .map(|(kind, header)| (kind.to_owned(), header.to_owned()))
                .collect(),
            ..Options::default()
        };
        match import(
            &Sources {
                file: &name,
                attached: &[],
                bytes: &bytes,
                beside: &|path: &str| {
                    std::fs::read(std::path::Path::new(&path_).parent().expect("dir").join(path))
                        .ok()
                },
            },
            std::env::var("FROM").ok().as_deref(),
            &options,
        )
        .map(|i| i.instruments)
        {
            Err(stop) => println!("STOP {path}: {}", stop.message),
            Ok(all) => {
                for one in all {
                    if one.errors.is_empty() {
                        passed += 1
                    } else {
                        println!("ERRORS {path}: {:?}", &one.errors[..one.errors.len().min(3)])
                    }
                    for proof in &one.proofs {
                        let word = match &proof.outcome {
                            Outcome::Equal(_) => "equal",
                            Outcome::Differs(d) => {
                                println!(
                                    "DIFF {path} {} {:?} {} vs {} {:?} {:?}",
                                    proof.id, d.when, d.source, d.ours, d.answers, d.always
                                );
                                "differs"
                            }
                            Outcome::NotUnderstood(r) => {
                                println!("NOT {path} {} {r}", proof.id);
                                "not"
                            }
                        };
                        *outcomes
                            .entry(format!(
                                "{} {word}",
                                if proof.subject == Subject::Score { "score" } else { "condition" }
                            ))
                            .or_default() += 1;
                    }
                    if !quiet {
                        for (name, bytes) in &one.files {
                            println!("--- {name}\n{}", String::from_utf8_lossy(bytes));
                        }
                        for f in &one.findings {
                            println!("{}: {}: {} ({})", f.kind.name(), f.place, f.message, f.code);
                        }
                    }
                }
            }
        }
    }
    println!("{passed}/{total} {outcomes:?}");
}
