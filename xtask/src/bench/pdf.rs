//! What forms as PDF cost: the first one from the start of the process, and a hundred in one run, beside WeasyPrint making
//! forms like them.

use super::{Bench, RUNS};
use crate::run::{Done, cargo, output, say, step};

/// How often a single form is made: it is done so fast that few runs would tell more of the machine's mood.
const SINGLE_RUNS: usize = 25;

/// Forms of the long run.
const FORMS: usize = 100;

/// What an instrument of 36 items is to take from the start of the process, what each of a hundred, in milliseconds of
/// wall time; and the most memory in MiB.
const TARGETS: [f64; 3] = [80.0, 40.0, 150.0];

/// The definition of 36 items, which has no words of its own.
const INSTRUMENT: &str = "tests/bench/alliance36";

impl Bench {
    /// One form and a hundred, on paper and to be filled in, by both programs.
    pub(super) fn forms(&self) -> Done {
        let words = self.file("words.toml");
        output(&self.python, &["tests/bench/gen_wording.py", &words])?;
        let library = self.file("library-100/instruments");
        output(&self.python, &["tests/bench/gen_library.py", &FORMS.to_string(), &library])?;
        say(&format!(
            "\nforms as PDF, medians of {RUNS} runs, ours of one form of {SINGLE_RUNS}; CPU is user and system time of the whole process\n\n\
             | forms | program | CPU ms a form | wall ms a form | MiB |\n|---|---|--:|--:|--:|\n"
        ))?;
        let one = self.ours_printed(&[INSTRUMENT, "--wording", &words], 1, "36 items")?;
        self.ours_printed(
            &[INSTRUMENT, "--wording", &words, "--set", "pdf.fillable=yes"],
            1,
            "36 items, fields",
        )?;
        let many = self.ours_printed(&[&library], FORMS, "100 of 30 items")?;
        for (kind, name) in [("paper", "36 items"), ("fields", "36 items, fields")] {
            self.theirs_printed(kind, &words, &[INSTRUMENT.to_owned()], name)?;
        }
        let names = (0..FORMS).map(|at| format!("{library}/rooms-{at:04}"));
        self.theirs_printed("paper", "-", &names.collect::<Vec<_>>(), "100 of 30 items")?;
        let [first, each, memory] = [one[1], many[1], one[2].max(many[2])];
        for (found, target, what) in [
            (first, TARGETS[0], "ms to the first form"),
            (each, TARGETS[1], "ms a form of a hundred"),
            (memory, TARGETS[2], "MiB at most"),
        ] {
            let verdict = if found <= target { "kept" } else { "missed" };
            say(&format!("\n{what}: {found:.0}, target {target:.0}: {verdict}"))?;
        }
        say("\n")
    }

    /// Ours: what each form costs, and the most memory.
    fn ours_printed(&self, what: &[&str], forms: usize, name: &str) -> Result<[f64; 3], String> {
        let out = self.file("forms");
        let export = [&[self.program.as_str(), "export"], what, &["--to", "pdf", "--out", &out]];
        let runs = if forms > 1 { RUNS } else { SINGLE_RUNS };
        self.row(&export.concat(), (runs, forms), ("scalewright", name))
    }

    /// WeasyPrint's; a hundred forms take it most of a minute, and are made once.
    fn theirs_printed(&self, kind: &str, words: &str, what: &[String], name: &str) -> Done {
        let out = self.file("weasyprint");
        let mut command = vec![&self.python, "tests/bench/b_weasyprint.py", &out, kind, words];
        command.extend(what.iter().map(String::as_str));
        let runs = if what.len() > 1 { 1 } else { RUNS };
        self.row(&command, (runs, what.len()), ("weasyprint", name)).map(|_| ())
    }

    fn row(
        &self,
        command: &[&str],
        (runs, forms): (usize, usize),
        (who, name): (&str, &str),
    ) -> Result<[f64; 3], String> {
        let [cpu, wall, memory] = self.cost_of(runs, command)?;
        let forms = f64::from(u32::try_from(forms).unwrap_or(u32::MAX));
        let [cpu, wall] = [cpu, wall].map(|seconds| 1000.0 * seconds / forms);
        say(&format!("| {name} | {who} | {cpu:.0} | {wall:.0} | {memory:.0} |\n"))?;
        Ok([cpu, wall, memory])
    }
}

/// Builds the program as it is published: with PDF.
pub(super) fn built() -> Done {
    step(&cargo(), &["build", "--profile", "dist", "-p", "scalewright"], &[])
}
