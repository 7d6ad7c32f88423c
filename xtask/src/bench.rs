//! `cargo xtask bench`: measures scoring a long table, compared with polars, DuckDB and pandas, and several tables; checking a
//! library of definitions, compared with taplo; forms as PDF, compared with WeasyPrint; exporting through a plug-in, compared
//! with built-in targets; exporting to each target; exported scoring code, compared with handwritten code; courses over
//! sessions, compared with pandas and R; and item analysis, compared with psych. All programs
//! get the same input in the same run.

mod check;
mod code;
mod cores;
mod course;
mod export;
mod pdf;
mod plugins;
mod reliability;
mod statistics;

use std::path::{Path, PathBuf};

use crate::run::{Done, cargo, output, print, root, step};

/// How often each program runs. The median is reported.
const RUNS: usize = 5;
/// The largest difference between scores of two programs that count as equal.
const TOLERANCE: &str = "1e-9";

/// The name of our program in the tables.
const OWN: &str = "scalewright";
/// The programs that it is compared with. `tests/bench/b_NAME.py` runs each; polars is the measure of all.
const OTHERS: [&str; 3] = ["polars", "duckdb", "pandas"];

/// CPU seconds, wall seconds, and peak memory in MiB.
type Cost = [f64; 3];

/// Prints the costs of scoring a million rows, as one table and as several, then those of growing tables up to `most_rows`;
/// of a program that was built before or of the published one.
pub(crate) fn score(most_rows: u64, program: Option<&str>) -> Done {
    let bench = match program {
        Some(program) => {
            step("bash", &["tests/bench/setup"], &[])?;
            Bench { program: program.to_owned(), ..Bench::new()? }
        }
        None => prepared()?,
    };
    bench.compare(1_000_000)?;
    bench.cores(1_000_000)?;
    bench.series(most_rows)
}

/// Prints the costs of checking.
pub(crate) fn check() -> Done {
    prepared()?.checks()
}

/// Prints the costs of forms as PDF, of a program that was built before or of the published one.
pub(crate) fn pdf(program: Option<&str>) -> Done {
    step("bash", &["tests/bench/setup"], &[])?;
    match program {
        Some(program) => Bench::new()?.forms(program),
        None => {
            pdf::built()?;
            let bench = Bench::new()?;
            bench.forms(&bench.program)
        }
    }
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

/// Prints the costs of exporting, of a program that was built before or of the published one.
pub(crate) fn export(program: Option<&str>) -> Done {
    match program {
        Some(program) => {
            step("bash", &["tests/bench/setup"], &[])?;
            Bench::new()?.exports(program)
        }
        None => {
            let bench = prepared()?;
            bench.exports(&bench.program)
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

/// Prints the costs of courses over sessions, of a program that was built before or of the published one.
pub(crate) fn course(program: Option<&str>) -> Done {
    match program {
        Some(program) => {
            step("bash", &["tests/bench/setup"], &[])?;
            Bench::new()?.courses(program)
        }
        None => {
            let bench = prepared()?;
            bench.courses(&bench.program)
        }
    }
}

/// Prints the costs of scoring a file of SPSS, of a program that was built before or of the published one.
pub(crate) fn statistics(program: Option<&str>) -> Done {
    match program {
        Some(program) => {
            step("bash", &["tests/bench/setup"], &[])?;
            Bench::new()?.statistics(program)
        }
        None => {
            let bench = prepared()?;
            bench.statistics(&bench.program)
        }
    }
}

/// Prints the costs of item analysis, of a program that was built before or of the published one.
pub(crate) fn reliability(program: Option<&str>) -> Done {
    match program {
        Some(program) => {
            step("bash", &["tests/bench/setup"], &[])?;
            Bench::new()?.reliability(program)
        }
        None => {
            let bench = prepared()?;
            bench.reliability(&bench.program)
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

    fn score_command<'c>(&'c self, from: &'c str, to: &'c str) -> [&'c str; 8] {
        let instrument = "tests/bench/alliance36";
        [&self.program, "score", instrument, from, "--out", to, "--columns", "scores"]
    }

    /// Compares scalewright with the other programs, from CSV to CSV and from Parquet to Parquet.
    fn compare(&self, rows: u64) -> Done {
        let stem = self.answers(rows)?;
        print(&format!("\n{rows} rows, medians of {RUNS} runs; CPU is user and system time\n\n"))?;
        print("| from and to | program | CPU s | wall s | MiB | CPU relative to polars |\n")?;
        print("|---|---|--:|--:|--:|--:|\n")?;
        let mut ratios = String::new();
        for ending in ["csv", "parquet"] {
            let costs = self.side_by_side(&format!("{stem}.{ending}"), ending)?;
            // polars is the first of the others.
            let polars = costs[1].1[0];
            for (who, [cpu, wall, memory]) in &costs {
                let share = cpu / polars;
                print(&format!(
                    "| {ending} | {who} | {cpu:.2} | {wall:.2} | {memory:.0} | {share:.2} |\n"
                ))?;
            }
            self.agree(ending)?;
            ratios.push_str(&ratios_of(ending, &costs));
        }
        print(&format!("\nall scores agree to {TOLERANCE}\n\n{ratios}"))
    }

    /// The median costs of every program. The programs take turns, so that all of them meet the same load.
    fn side_by_side(&self, from: &str, ending: &str) -> Result<Vec<(&'static str, Cost)>, String> {
        let programs = std::iter::once(OWN).chain(OTHERS);
        let mut runs: Vec<(&'static str, Vec<Cost>)> =
            programs.map(|who| (who, Vec::new())).collect();
        for _ in 0..RUNS {
            for (who, costs) in &mut runs {
                costs.push(self.once(who, from, &self.scores(who, ending))?);
            }
        }
        Ok(runs.into_iter().map(|(who, costs)| (who, medians(&costs))).collect())
    }

    /// The costs of one run of a program.
    fn once(&self, who: &str, from: &str, to: &str) -> Result<Cost, String> {
        if who == OWN {
            return self.cost_of(1, &self.score_command(from, to));
        }
        let script = format!("tests/bench/b_{who}.py");
        self.cost_of(1, &[&self.python, &script, from, to])
    }

    /// The file with the scores of a program.
    fn scores(&self, who: &str, ending: &str) -> String {
        self.file(&format!("{who}.{ending}"))
    }

    /// Checks that all programs computed the same scores.
    fn agree(&self, ending: &str) -> Done {
        let own = self.scores(OWN, ending);
        let others = OTHERS.map(|who| self.scores(who, ending));
        let mut args = vec!["tests/bench/agree.py", TOLERANCE, &own];
        args.extend(others.iter().map(String::as_str));
        output(&self.python, &args).map(|_| ())
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
                let [cpu, _, memory] = self.cost(&self.score_command(&from, &to))?;
                let each = cpu * 1e6 / f64::from(u32::try_from(rows).unwrap_or(u32::MAX));
                print(&format!("| {rows} | {ending} | {cpu:.2} | {each:.2} | {memory:.0} |\n"))?;
            }
        }
        Ok(())
    }
}

/// The medians of several runs.
fn medians(runs: &[Cost]) -> Cost {
    std::array::from_fn(|place| {
        let mut values: Vec<f64> = runs.iter().map(|cost| cost[place]).collect();
        values.sort_unstable_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    })
}

/// A line for each other program: the share of its CPU and wall time that the first program takes.
fn ratios_of(ending: &str, costs: &[(&str, Cost)]) -> String {
    let [(own, [cpu, wall, _]), others @ ..] = costs else { return String::new() };
    let line = |(who, cost): &(&str, Cost)| {
        let (cpu, wall) = (cpu / cost[0], wall / cost[1]);
        format!(
            "{ending}: {own} takes {cpu:.2} of the CPU time and {wall:.2} of the wall time of {who}\n"
        )
    };
    others.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{medians, ratios_of};

    #[test]
    fn medians_are_taken_of_each_cost() {
        assert_eq!(medians(&[[3.0, 1.0, 5.0], [1.0, 2.0, 6.0], [2.0, 9.0, 4.0]]), [2.0, 2.0, 5.0]);
    }

    #[test]
    fn ratios_compare_the_first_program_with_each_other_one() {
        let costs = [("a", [1.0, 2.0, 0.0]), ("b", [4.0, 4.0, 0.0]), ("c", [2.0, 1.0, 0.0])];
        let lines = [
            "csv: a takes 0.25 of the CPU time and 0.50 of the wall time of b",
            "csv: a takes 0.50 of the CPU time and 2.00 of the wall time of c",
        ];
        assert_eq!(ratios_of("csv", &costs), lines.map(|line| format!("{line}\n")).concat());
    }
}
