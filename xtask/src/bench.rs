//! `cargo xtask bench`: measures scoring a long table, compared with polars and pandas; checking a library of
//! definitions, compared with taplo; forms as PDF, compared with WeasyPrint; exporting through a plug-in, compared with
//! built-in targets; and exported scoring code, compared with handwritten code. All programs get the same input in the same run.

mod check;
mod code;
mod pdf;
mod plugins;

use std::path::{Path, PathBuf};

use crate::run::{Done, cargo, output, print, root, step};

/// How often each program runs. The median is reported.
const RUNS: usize = 5;
/// The largest difference between scores of two programs that count as equal.
const TOLERANCE: &str = "1e-9";

/// CPU seconds, wall seconds, and peak memory in MiB.
type Cost = [f64; 3];

/// Prints the costs of scoring a million rows, then those of growing tables up to `most_rows`.
pub(crate) fn score(most_rows: u64) -> Done {
    let bench = prepared()?;
    bench.compare(1_000_000)?;
    bench.series(most_rows)
}

/// Prints the costs of checking.
pub(crate) fn check() -> Done {
    prepared()?.checks()
}

/// Prints the costs of forms as PDF.
pub(crate) fn pdf() -> Done {
    step("bash", &["tests/bench/setup"], &[])?;
    pdf::built()?;
    Bench::new()?.forms()
}

/// Prints the costs of exporting through a plug-in, with a program that was built before or with the published one.
pub(crate) fn plugins(program: Option<&str>) -> Done {
    match program {
        Some(program) => Bench::new()?.plugins(program),
        None => {
            let bench = prepared()?;
            bench.plugins(&bench.program)
        }
    }
}

/// Prints the costs of exported scoring code, of a program that was built before or of the published one.
pub(crate) fn code(program: Option<&str>) -> Done {
    match program {
        Some(program) => {
            step("bash", &["tests/bench/setup"], &[])?;
            Bench::new()?.code(program)
        }
        None => {
            let bench = prepared()?;
            bench.code(&bench.program)
        }
    }
}

fn prepared() -> Result<Bench, String> {
    step("bash", &["tests/bench/setup"], &[])?;
    let published = ["build", "--profile", "dist", "-p", "scalewright", "--no-default-features"];
    step(&cargo(), &[&published[..], &["--features", "columnar"]].concat(), &[])?;
    Bench::new()
}

struct Bench {
    folder: PathBuf,
    python: String,
    program: String,
}

impl Bench {
    fn new() -> Result<Self, String> {
        let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
        let target = root().join(target);
        let folder = target.join("bench");
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let python = folder.join("venv/bin/python").display().to_string();
        let program = target.join("dist/scalewright").display().to_string();
        Ok(Self { folder, python, program })
    }

    fn file(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// Generates invented answers of `rows` respondents, unless they exist. Returns the path without its ending.
    fn answers(&self, rows: u64) -> Result<String, String> {
        let stem = self.file(&format!("answers-{rows}"));
        if !Path::new(&format!("{stem}.parquet")).exists() {
            step(&self.python, &["tests/bench/gen.py", &rows.to_string(), &stem], &[])?;
        }
        Ok(stem)
    }

    /// Returns the median costs of `command`.
    fn cost(&self, command: &[&str]) -> Result<Cost, String> {
        self.cost_of(RUNS, command)
    }

    fn cost_of(&self, runs: usize, command: &[&str]) -> Result<Cost, String> {
        let runs = runs.to_string();
        let mut args = vec!["tests/bench/measure.py", &runs];
        args.extend(command);
        let printed = output(&self.python, &args)?;
        let text = String::from_utf8_lossy(&printed).into_owned();
        let numbers: Vec<f64> = text.split_whitespace().filter_map(|n| n.parse().ok()).collect();
        numbers.try_into().map_err(|_| format!("measure.py printed `{}`", text.trim()))
    }

    fn scalewright(&self, from: &str, to: &str) -> Result<Cost, String> {
        let instrument = "tests/bench/alliance36";
        let score = [&self.program, "score", instrument, from, "--out", to, "--columns", "scores"];
        self.cost(&score)
    }

    /// Compares scalewright with polars and pandas, from CSV to CSV and from Parquet to Parquet.
    fn compare(&self, rows: u64) -> Done {
        let stem = self.answers(rows)?;
        print(&format!("\n{rows} rows, medians of {RUNS} runs; CPU is user and system time\n\n"))?;
        print("| from and to | program | CPU s | wall s | MiB | CPU relative to polars |\n")?;
        print("|---|---|--:|--:|--:|--:|\n")?;
        for ending in ["csv", "parquet"] {
            let from = format!("{stem}.{ending}");
            let to = |who: &str| self.file(&format!("{who}.{ending}"));
            let other = |who: &str| {
                let script = format!("tests/bench/b_{who}.py");
                self.cost(&[&self.python, &script, &from, &to(who)])
            };
            let polars = other("polars")?;
            let costs = [
                ("scalewright", self.scalewright(&from, &to("scalewright"))?),
                ("polars", polars),
                ("pandas", other("pandas")?),
            ];
            for (who, [cpu, wall, memory]) in costs {
                let share = cpu / polars[0];
                print(&format!(
                    "| {ending} | {who} | {cpu:.2} | {wall:.2} | {memory:.0} | {share:.2} |\n"
                ))?;
            }
            let args = [
                "tests/bench/agree.py",
                TOLERANCE,
                &to("scalewright"),
                &to("polars"),
                &to("pandas"),
            ];
            output(&self.python, &args)?;
        }
        print(&format!("\nall scores agree to {TOLERANCE}\n"))
    }

    /// Measures tables of 10,000 rows and more, each ten times as long as the one before.
    fn series(&self, most_rows: u64) -> Done {
        print("\n| rows | from and to | CPU s | µs per row | MiB |\n|--:|---|--:|--:|--:|\n")?;
        let lengths = (4..).map(|power| 10_u64.pow(power)).take_while(|&rows| rows <= most_rows);
        for rows in lengths {
            let stem = self.answers(rows)?;
            for ending in ["csv", "parquet"] {
                let (from, to) =
                    (format!("{stem}.{ending}"), self.file(&format!("series.{ending}")));
                let [cpu, _, memory] = self.scalewright(&from, &to)?;
                let each = cpu * 1e6 / f64::from(u32::try_from(rows).unwrap_or(u32::MAX));
                print(&format!("| {rows} | {ending} | {cpu:.2} | {each:.2} | {memory:.0} |\n"))?;
            }
        }
        Ok(())
    }
}
