//! `cargo xtask bench`: scoring a long table, beside polars and pandas on the same table in the same run; and checking
//! a library of definitions, beside taplo; and forms as PDF, beside WeasyPrint.

mod check;
mod pdf;

use std::path::{Path, PathBuf};

use crate::run::{Done, cargo, output, root, say, step};

/// Runs of each program; what is told is the median.
const RUNS: usize = 5;
/// Scores of two programs that differ by more than this are different.
const TOLERANCE: &str = "1e-9";

/// CPU seconds, wall seconds, and the most memory in MiB.
type Cost = [f64; 3];

/// The table of costs of scoring, then that the cost grows with the rows and the memory does not.
pub(crate) fn score(most_rows: u64) -> Done {
    let bench = prepared()?;
    bench.compare(1_000_000)?;
    bench.series(most_rows)
}

/// The table of costs of checking.
pub(crate) fn check() -> Done {
    prepared()?.checks()
}

/// The table of costs of forms.
pub(crate) fn pdf() -> Done {
    step("bash", &["tests/bench/setup"], &[])?;
    pdf::built()?;
    Bench::new()?.forms()
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

    /// Made-up answers of `rows` respondents; made once.
    fn answers(&self, rows: u64) -> Result<String, String> {
        let stem = self.file(&format!("answers-{rows}"));
        if !Path::new(&format!("{stem}.parquet")).exists() {
            step(&self.python, &["tests/bench/gen.py", &rows.to_string(), &stem], &[])?;
        }
        Ok(stem)
    }

    /// The medians of what `command` costs.
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

    fn ours(&self, from: &str, to: &str) -> Result<Cost, String> {
        let instrument = "tests/bench/alliance36";
        let score = [&self.program, "score", instrument, from, "--out", to, "--columns", "scores"];
        self.cost(&score)
    }

    /// Ours beside polars and pandas, from both formats to both.
    fn compare(&self, rows: u64) -> Done {
        let stem = self.answers(rows)?;
        say(&format!("\n{rows} rows, medians of {RUNS} runs; CPU is user and system time\n\n"))?;
        say("| from and to | program | CPU s | wall s | MiB | CPU of polars' |\n")?;
        say("|---|---|--:|--:|--:|--:|\n")?;
        for ending in ["csv", "parquet"] {
            let from = format!("{stem}.{ending}");
            let to = |who: &str| self.file(&format!("{who}.{ending}"));
            let theirs = |who: &str| {
                let script = format!("tests/bench/b_{who}.py");
                self.cost(&[&self.python, &script, &from, &to(who)])
            };
            let polars = theirs("polars")?;
            let costs = [
                ("scalewright", self.ours(&from, &to("scalewright"))?),
                ("polars", polars),
                ("pandas", theirs("pandas")?),
            ];
            for (who, [cpu, wall, memory]) in costs {
                let share = cpu / polars[0];
                say(&format!(
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
        say(&format!("\nall scores agree to {TOLERANCE}\n"))
    }

    /// Tables ten times as long, one after another.
    fn series(&self, most_rows: u64) -> Done {
        say("\n| rows | from and to | CPU s | µs a row | MiB |\n|--:|---|--:|--:|--:|\n")?;
        let lengths = (4..).map(|power| 10_u64.pow(power)).take_while(|&rows| rows <= most_rows);
        for rows in lengths {
            let stem = self.answers(rows)?;
            for ending in ["csv", "parquet"] {
                let (from, to) =
                    (format!("{stem}.{ending}"), self.file(&format!("series.{ending}")));
                let [cpu, _, memory] = self.ours(&from, &to)?;
                let each = cpu * 1e6 / f64::from(u32::try_from(rows).unwrap_or(u32::MAX));
                say(&format!("| {rows} | {ending} | {cpu:.2} | {each:.2} | {memory:.0} |\n"))?;
            }
        }
        Ok(())
    }
}
