//! The cost of scoring code that is exported: SQL in DuckDB and a module on a lazy frame of polars, compared with the
//! polars script that scoring itself is compared with; and SQL in Spark, compared with a handwritten query.

use std::path::Path;

use super::{Bench, Cost, RUNS, TOLERANCE};
use crate::run::{Done, output, print, root, step};

/// The answers that are scored, in rows, and those that Spark warms up with.
const ROWS: u64 = 1_000_000;
const SMALL: u64 = 1_000;
/// The most that the code may cost, as a share of what it is compared with.
const DUCKDB: f64 = 1.5;
const POLARS: f64 = 1.2;
const SPARK: f64 = 1.3;

impl Bench {
    /// Measures the code that `program` exports, and fails if some costs too much.
    pub(super) fn code(&self, program: &str) -> Done {
        let engines = root().join("target/oracles/engines/bin/python").display().to_string();
        if !Path::new(&engines).exists() {
            return Err("the engines are not installed: run `tests/oracles/setup`".to_owned());
        }
        let code = self.exported_code(program)?;
        print(&format!(
            "\nscoring code, {ROWS} rows from Parquet to Parquet, medians of {RUNS} runs; CPU is user and system time\n\n\
             | code | CPU s | compared with | CPU s | ratio | at most |\n|---|--:|---|--:|--:|--:|\n"
        ))?;
        let mut costly = self.beside_polars(&engines, &code)?;
        costly.extend(self.beside_spark(&engines, &code)?);
        match costly.is_empty() {
            true => print(&format!(
                "\nthe scores of DuckDB and polars agree with the script to {TOLERANCE}\n"
            )),
            false => Err(format!("too slow: {}", costly.join(", "))),
        }
    }

    /// Exports the code of each engine, and returns its folder.
    fn exported_code(&self, program: &str) -> Result<String, String> {
        let (words, out) = (self.file("wording.toml"), self.file("code"));
        output(&self.python, &["tests/bench/gen_wording.py", &words])?;
        let ways: [&[&str]; 3] = [
            &["sql", "sql.columns=scores", "sql.keep=id", "sql.self-test=no"],
            &["sql", "sql.columns=scores", "sql.keep=id", "sql.self-test=no", "sql.dialect=spark"],
            &["python", "python.columns=scores", "python.invalid=count"],
        ];
        for way in ways {
            let mut args = vec!["export", "alliance36", "--library", "tests/bench", "--quiet"];
            args.extend(["--wording", &words, "--out", &out, "--to", way[0]]);
            way[1..].iter().for_each(|option| args.extend(["--set", option]));
            step(program, &args, &[])?;
        }
        Ok(out)
    }

    /// Measures DuckDB and polars in turns, because other programs may load the machine for a while.
    fn beside_polars(&self, engines: &str, code: &str) -> Result<Vec<String>, String> {
        let from = format!("{}.parquet", self.answers(ROWS)?);
        let to = |who: &str| self.file(&format!("code-{who}.parquet"));
        let (query, module) = (
            format!("{code}/alliance36.en.duckdb.sql"),
            format!("{code}/alliance36_en_narwhals.py"),
        );
        let mut runs: [Vec<f64>; 3] = Default::default();
        for _ in 0..RUNS {
            let run = |command: &[&str]| self.cost_of(1, command).map(|[cpu, _, _]: Cost| cpu);
            runs[0].push(run(&[engines, "tests/bench/b_polars.py", &from, &to("hand")])?);
            let command = [engines, "tests/bench/b_duckdb_code.py", &query, &from, &to("duckdb")];
            runs[1].push(run(&command)?);
            let command = [engines, "tests/bench/b_polars_code.py", &module, &from, &to("polars")];
            runs[2].push(run(&command)?);
        }
        let agree = ["tests/bench/agree.py", TOLERANCE, &to("hand"), &to("duckdb"), &to("polars")];
        output(engines, &agree)?;
        let [hand, duckdb, polars] = runs.map(median);
        let found = [
            row("SQL in DuckDB", duckdb, "polars script", hand, DUCKDB)?,
            row("module in polars", polars, "polars script", hand, POLARS)?,
        ];
        Ok(found.into_iter().flatten().collect())
    }

    /// Measures Spark in a session of its own, whose start does not count.
    fn beside_spark(&self, engines: &str, code: &str) -> Result<Option<String>, String> {
        let small = format!("{}.parquet", self.answers(SMALL)?);
        let from = format!("{}.parquet", self.answers(ROWS)?);
        let (query, out) = (format!("{code}/alliance36.en.spark.sql"), self.file("spark"));
        let runs = RUNS.to_string();
        let printed =
            output(engines, &["tests/bench/b_spark.py", &query, &small, &from, &out, &runs])?;
        let text = String::from_utf8_lossy(&printed).into_owned();
        let numbers: Vec<f64> = text.split_whitespace().filter_map(|n| n.parse().ok()).collect();
        let [hand, exported]: [f64; 2] =
            numbers.try_into().map_err(|_| format!("b_spark.py printed `{}`", text.trim()))?;
        row("SQL in Spark", exported, "handwritten query", hand, SPARK)
    }
}

/// Prints a row. Returns what costs too much, if it does.
fn row(
    code: &str,
    cpu: f64,
    beside: &str,
    other: f64,
    most: f64,
) -> Result<Option<String>, String> {
    let ratio = cpu / other;
    print(&format!("| {code} | {cpu:.2} | {beside} | {other:.2} | {ratio:.2} | {most} |\n"))?;
    Ok((ratio > most).then(|| format!("{code} ({ratio:.2} times)")))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
