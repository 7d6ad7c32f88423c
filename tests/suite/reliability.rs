//! Item analysis: every coefficient is computed again in R from invented answers, and the command refuses what has no meaning.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{Run, root, run};

/// The items of `sbs_total` in the order of the key, with those that are reversed.
const REVERSED: [usize; 4] = [4, 6, 9, 11];

/// Invented answers of `rows` respondents: a common part, a part of each item, and some missing answers.
fn answers(rows: u64) -> String {
    let mut seed = 20_261_129_u64;
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut table = String::from("id,site,visit");
    (1..=12).for_each(|item| _ = write!(table, ",sbs_{item}"));
    table.push('\n');
    for row in 0..rows {
        let common = next(5);
        _ = write!(
            table,
            "r{:04},{},{}",
            row / 2,
            if row % 3 == 0 { "a" } else { "b" },
            row % 2 + 1
        );
        for item in 1..=12 {
            // The least correlated items are the last.
            let own = 1 + (common * (14 - item as u64) + next(5) * (item as u64 + 6)) / 20;
            let value = if REVERSED.contains(&item) { 6 - own.min(5) } else { own.min(5) };
            match next(40) {
                0 => table.push(','),
                _ => _ = write!(table, ",{value}"),
            }
        }
        table.push('\n');
    }
    table
}

/// Runs the command in `folder`, with the library of this repository.
fn analyse(folder: &Path, args: &[&str]) -> Run {
    let library = root().join("instruments").display().to_string();
    run(&[&["--library", &library, "reliability", "side-by-side"], args].concat(), folder)
}

fn json(run: &Run) -> Value {
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

/// Coefficients of `sbs_total` in R, from formulas of their own: one name and number a line.
const R: &str = r#"
d <- read.csv(commandArgs(TRUE)[1], na.strings = "")
x <- d[paste0("sbs_", 1:12)]
for (i in c(4, 6, 9, 11)) x[[i]] <- 6 - x[[i]]
put <- function(name, value) cat(sprintf("%s %.15g\n", name, value))
V <- cov(x, use = "pairwise.complete.obs"); k <- 12
put("pairwise", k / (k - 1) * (1 - sum(diag(V)) / sum(V)))
x <- x[complete.cases(x), ]; n <- nrow(x); V <- cov(x); R <- cor(x); total <- rowSums(x)
a <- k / (k - 1) * (1 - sum(diag(V)) / sum(V))
put("/n", n); put("/alpha", a); put("/alpha_std", k / (k - 1) * (1 - k / sum(R)))
put("/alpha_ci95/feldt/lower", 1 - (1 - a) * qf(.975, n - 1, (n - 1) * (k - 1)))
put("/alpha_ci95/feldt/upper", 1 - (1 - a) * qf(.025, n - 1, (n - 1) * (k - 1)))
put("/sem_total", sd(total) * sqrt(1 - a)); put("/score/sd", sd(total)); put("/total/median", median(total))
smc <- 1 - 1 / diag(solve(R)); put("/guttman/lambda6_std_psych_G6", 1 - sum(1 - smc) / sum(R))
put("/guttman/lambda2", (sum(V) - sum(diag(V)) + sqrt(k / (k - 1) * (sum(V^2) - sum(diag(V)^2)))) / sum(V))
odd <- rowSums(x[seq(1, k, 2)]); even <- rowSums(x[seq(2, k, 2)]); r <- cor(odd, even)
put("/split_half/odd_even/spearman_brown", 2 * r / (1 + r))
for (i in c(1, 4, 12)) {
  at <- paste0("/items/sbs_", i)
  put(paste0(at, "/r_item_rest"), cor(x[[i]], total - x[[i]])); put(paste0(at, "/smc"), smc[[i]])
  W <- V[-i, -i]; put(paste0(at, "/alpha_if_deleted"), 11 / 10 * (1 - sum(diag(W)) / sum(W)))
  put(paste0(at, "/mean"), mean(x[[i]])); put(paste0(at, "/sd"), sd(x[[i]]))
}
put("/factorability/bartlett/chisq", -(n - 1 - (2 * k + 5) / 6) * log(det(R)))
put("/factorability/eigenvalues/0", eigen(R)$values[1])
# Loose: an optimiser of R. The objective of minimum residual is the sum of squares below the diagonal.
f <- function(l) { E <- R - l %*% t(l); sum(E[lower.tri(E)]^2) }
l <- optim(rep(.5, k), f, method = "BFGS", control = list(reltol = 1e-16, maxit = 10000))$par
put("loose/omega_minres/omega_total", sum(l)^2 / (sum(l)^2 + sum(1 - l^2)))
u <- factanal(covmat = R, factors = 1, n.obs = n, control = list(opt = list(factr = 10)))$uniquenesses
s <- sqrt(diag(V)); put("loose/omega_cfa/omega_total_model", sum(s * sqrt(1 - u))^2 / (sum(s * sqrt(1 - u))^2 + sum(s^2 * u)))
"#;

fn of_r(table: &Path) -> Vec<(String, f64)> {
    let script = tempfile::NamedTempFile::new().expect("a temporary file");
    fs::write(script.path(), R).expect("it can be written");
    let output = Command::new("Rscript").arg("--vanilla").arg(script.path()).arg(table).output();
    let output = output.expect("Rscript runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let line = |line: &str| {
        let (name, number) = line.split_once(' ').expect("a name and a number");
        (name.to_owned(), number.parse().expect("a number"))
    };
    text.lines().map(line).collect()
}

#[test]
fn coefficients_equal_those_of_r() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("answers.csv");
    fs::write(&table, answers(600)).expect("it can be written");
    let of = |missing: &str| {
        let args = ["answers.csv", "--format", "json", "--missing", missing];
        json(&analyse(folder.path(), &args))["groups"][0]["scales"]["sbs_total"].take()
    };
    let (complete, pairwise) = (of("complete"), of("pairwise"));
    for (name, want) in of_r(&table) {
        let (got, tolerance) = match name.strip_prefix("loose") {
            Some(name) => (complete.pointer(name), 1e-5),
            None if name == "pairwise" => (pairwise.get("alpha"), 1e-9),
            None => (complete.pointer(&name), 1e-9),
        };
        let got = got.and_then(Value::as_f64).unwrap_or_else(|| panic!("{name} is absent"));
        assert!((got - want).abs() <= tolerance * want.abs(), "{name}: {got} instead of {want}");
    }
}

#[test]
fn a_sample_in_several_files_is_the_same_sample() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = answers(500);
    fs::write(folder.path().join("answers.csv"), &table).expect("it can be written");
    let (head, rows) = table.split_once('\n').expect("a header");
    let rows: Vec<&str> = rows.lines().collect();
    fs::create_dir(folder.path().join("parts")).expect("it can be created");
    for (at, part) in rows.chunks(41).enumerate() {
        let path = folder.path().join(format!("parts/{at:02}.csv"));
        fs::write(path, format!("{head}\n{}\n", part.join("\n"))).expect("it can be written");
    }
    let groups = |given: &str| {
        let args = [given, "--format", "json", "--by", "site"];
        json(&analyse(folder.path(), &args))["groups"].take()
    };
    let whole = groups("answers.csv");
    assert_eq!(whole, groups("parts"));
    assert_eq!(whole.as_array().map(Vec::len), Some(2));
}

#[test]
fn occasions_are_compared_by_respondent() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("answers.csv"), answers(200)).expect("it can be written");
    let args = ["answers.csv", "--format", "json", "--occasion", "visit", "--scale", "sbs_total"];
    let found = json(&analyse(folder.path(), &args));
    let pair = &found["groups"][0]["scales"]["sbs_total"]["test_retest"]["pairs"][0];
    assert_eq!((pair["first"].as_str(), pair["second"].as_str()), (Some("1"), Some("2")));
    // With two occasions, the error of measurement is that of the differences: MSE = SD² / 2.
    let (mse, sd) = (pair["icc"]["ms"]["MSE"].as_f64(), pair["sd_diff"].as_f64());
    let (mse, sd) = (mse.expect("a number"), sd.expect("a number"));
    assert!((mse - sd * sd / 2.0).abs() < 1e-9 * mse, "{mse} {sd}");
}

#[test]
fn small_samples_are_not_computed_and_the_reason_is_stated() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("answers.csv"), answers(2)).expect("it can be written");
    let done = analyse(folder.path(), &["answers.csv"]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("not computed: at least 3 respondents"), "{}", done.out);
}

#[test]
fn what_has_no_meaning_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("answers.csv"), answers(60)).expect("it can be written");
    let entry = ["--write-entry", "entry.toml", "--sample", "clients"];
    for (args, why) in [
        (vec!["--by", "sites"], "has no such column"),
        (vec!["--by", "sbs_1"], "`--by sbs_1`: the column answers an item"),
        (vec!["--scale", "bond"], "has no scale `bond`"),
        (vec!["--table", "items"], "`--table` is for formats of tables"),
        ([&entry[..], &["--date", "2026-13-01"]].concat(), "is no date"),
        ([&entry[..], &["--date", "2026-11-29", "--by", "site"]].concat(), "one sample"),
    ] {
        let done = analyse(folder.path(), &[&["answers.csv"], &args[..]].concat());
        assert_eq!(done.code, 2, "{args:?}: {}", done.err);
        assert!(done.err.contains(why), "{args:?}: {}", done.err);
        assert!(!folder.path().join("entry.toml").exists(), "{args:?}");
    }
}

#[test]
fn an_entry_fits_into_a_definition() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("answers.csv"), answers(300)).expect("it can be written");
    let args = [
        "answers.csv",
        "--write-entry",
        "entry.toml",
        "--sample",
        "Clients of \"A\"",
        "--date",
        "2026-11-29",
    ];
    let done = analyse(folder.path(), &args);
    assert_eq!(done.code, 0, "{}", done.err);
    let entry = fs::read_to_string(folder.path().join("entry.toml")).expect("it was written");
    let line = entry.lines().find(|line| line.starts_with("reliability")).expect("an entry");
    let copy = folder.path().join("side-by-side");
    fs::create_dir(&copy).expect("it can be created");
    for file in fs::read_dir(root().join("instruments/side-by-side")).expect("it exists").flatten()
    {
        let text = fs::read_to_string(file.path()).expect("a text");
        let id = "id = \"sbs_tasks\"\n";
        let text = text.replacen(id, &format!("{id}{line}\n"), 1);
        fs::write(copy.join(file.file_name()), text).expect("it can be written");
    }
    let checked = run(&["check", "side-by-side", "--format", "json"], folder.path());
    assert!(!checked.out.contains("\"error\""), "{}\n{}", entry, checked.out);
    assert!(checked.out.contains("reliability-without-source"), "{}", checked.out);
}

/// `--with reliability` writes the analysis that `--reliability` names a file for, beside the table of scores.
#[test]
fn score_writes_the_analysis_beside_the_table() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("answers.csv"), answers(60)).expect("writable");
    let library = root().join("instruments").display().to_string();
    let fixed = ["score", "side-by-side", "answers.csv", "--library", &library];
    for more in [
        &["--out", "scores.csv", "--with", "answers,reliability"][..],
        &["--out", "other.csv", "--reliability", "named.txt"],
    ] {
        let result = run(&[&fixed[..], more].concat(), folder.path());
        assert_eq!(result.code, 0, "{}", result.err);
    }
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it is written");
    let beside = read("scores.reliability.txt");
    assert!(beside.contains("alpha"), "{beside}");
    assert_eq!(beside, read("named.txt"));
}
