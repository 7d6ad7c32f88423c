//! The cost of exporting to each target but PDF: a definition of 36 items, and a hundred of 30 in one run.

use super::Bench;
use crate::run::{Done, output, print};

/// How often a single definition is exported.
const SINGLE_RUNS: usize = 15;
/// How often a hundred are.
const RUNS: usize = 3;
/// The number of definitions in the long run.
const MANY: usize = 100;

/// The targets, in milliseconds of wall time with the start of the process: one definition to all targets together, and
/// each of a hundred to one of them.
const MOST: [f64; 2] = [60.0, 5.0];

/// A definition with 36 items. It withholds its wording.
const INSTRUMENT: &str = "tests/bench/alliance36";

impl Bench {
    /// Measures all targets that need no typesetting.
    pub(super) fn exports(&self, program: &str) -> Done {
        let words = self.file("words.toml");
        output(&self.python, &["tests/bench/gen_wording.py", &words])?;
        let library = self.file("library-100/instruments");
        output(&self.python, &["tests/bench/gen_library.py", &MANY.to_string(), &library])?;
        let targets = targets(program)?;
        // Not after each run: some file systems create files slowly while many were removed a moment ago.
        let _ = std::fs::remove_dir_all(self.file("exports"));
        let one = [INSTRUMENT, "--wording", &words];
        print("\n| target | ms for one of 36 items | ms for each of 100 of 30 items |\n")?;
        print("|---|--:|--:|\n")?;
        let mut highest = 0.0_f64;
        for target in &targets {
            let single = self.export((program, target), &one, SINGLE_RUNS)?;
            let each = self.export((program, target), &[&library], RUNS)?
                / f64::from(u32::try_from(MANY).unwrap_or(1));
            print(&format!("| {target} | {single:.1} | {each:.2} |\n"))?;
            highest = highest.max(each);
        }
        let all = self.export((program, &targets.join(",")), &one, SINGLE_RUNS)?;
        print(&format!("| all {} together | {all:.1} | |\n\n", targets.len()))?;
        let [most, most_each] = MOST;
        match all <= most && highest <= most_each {
            true => Ok(()),
            false => Err(format!(
                "all targets together take {all:.1} ms (target {most}), the slowest {highest:.2} ms for each \
                 definition (target {most_each})"
            )),
        }
    }

    /// The wall time of an export in milliseconds.
    fn export(
        &self,
        (program, targets): (&str, &str),
        what: &[&str],
        runs: usize,
    ) -> Result<f64, String> {
        // Each run writes to a new folder, because a file that has the same content already is not written again.
        let out = self.file("exports/{new}");
        let to = ["--quiet", "--to", targets, "--out", &out];
        // Qualtrics does not document how it rounds halves, so the rounded scores of the hundred are refused there.
        let more: &[&str] = if targets == "qualtrics" { &["--leave-out-scores"] } else { &[] };
        let command = [&[program, "export"], what, &to, more].concat();
        self.cost_of(runs, &command).map(|[_, wall, _]| 1000.0 * wall)
    }
}

/// The names of all targets but the one that typesets.
fn targets(program: &str) -> Result<Vec<String>, String> {
    let listed = String::from_utf8_lossy(&output(program, &["targets"])?).into_owned();
    let names = listed.lines().filter_map(|line| line.split_whitespace().next());
    Ok(names.filter(|name| *name != "pdf").map(str::to_owned).collect())
}
