//! The cost of forms as PDF: one form, including the start of the process, and a hundred in one run, compared with
//! WeasyPrint, which makes similar forms.

use super::{Bench, RUNS};
use crate::run::{Done, cargo, output, print, step};

/// How often a single form is made. A run is so short that the median of few runs would be mostly noise.
const SINGLE_RUNS: usize = 25;

/// The number of forms in the long run.
const FORMS: usize = 100;

/// The targets: wall time of one form of 36 items including the start of the process, and of each of a hundred forms,
/// both in milliseconds; and peak memory in MiB.
const TARGETS: [f64; 3] = [80.0, 40.0, 150.0];

/// A definition with 36 items. It withholds its wording.
const INSTRUMENT: &str = "tests/bench/alliance36";

impl Bench {
    /// Measures both programs on one form, on one fillable form, and on a hundred forms.
    pub(super) fn forms(&self) -> Done {
        let words = self.file("words.toml");
        output(&self.python, &["tests/bench/gen_wording.py", &words])?;
        let library = self.file("library-100/instruments");
        output(&self.python, &["tests/bench/gen_library.py", &FORMS.to_string(), &library])?;
        print(&format!(
            "\nforms as PDF, medians of {RUNS} runs, for one form by scalewright of {SINGLE_RUNS}; CPU is user and system time of the whole process\n\n\
             | forms | program | CPU ms per form | wall ms per form | MiB |\n|---|---|--:|--:|--:|\n"
        ))?;
        let one = self.own_forms(&[INSTRUMENT, "--wording", &words], 1, "36 items")?;
        self.own_forms(
            &[INSTRUMENT, "--wording", &words, "--set", "pdf.fillable=yes"],
            1,
            "36 items, fields",
        )?;
        let many = self.own_forms(&[&library], FORMS, "100 of 30 items")?;
        for (kind, name) in [("paper", "36 items"), ("fields", "36 items, fields")] {
            self.weasyprint_forms(kind, &words, &[INSTRUMENT.to_owned()], name)?;
        }
        let names = (0..FORMS).map(|at| format!("{library}/rooms-{at:04}"));
        self.weasyprint_forms("paper", "-", &names.collect::<Vec<_>>(), "100 of 30 items")?;
        let [first, each, memory] = [one[1], many[1], one[2].max(many[2])];
        for (found, target, what) in [
            (first, TARGETS[0], "ms to the first form"),
            (each, TARGETS[1], "ms per form of a hundred"),
            (memory, TARGETS[2], "MiB of peak memory"),
        ] {
            let verdict = if found <= target { "met" } else { "missed" };
            print(&format!("\n{what}: {found:.0}, target {target:.0}: {verdict}"))?;
        }
        print("\n")
    }

    /// Measures scalewright. Returns CPU and wall milliseconds per form, and peak memory in MiB.
    fn own_forms(&self, what: &[&str], forms: usize, name: &str) -> Result<[f64; 3], String> {
        let out = self.file("forms");
        let export = [&[self.program.as_str(), "export"], what, &["--to", "pdf", "--out", &out]];
        let runs = if forms > 1 { RUNS } else { SINGLE_RUNS };
        self.row(&export.concat(), (runs, forms), ("scalewright", name))
    }

    /// Measures WeasyPrint. It takes most of a minute for a hundred forms, so these are made only once.
    fn weasyprint_forms(&self, kind: &str, words: &str, what: &[String], name: &str) -> Done {
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
        print(&format!("| {name} | {who} | {cpu:.0} | {wall:.0} | {memory:.0} |\n"))?;
        Ok([cpu, wall, memory])
    }
}

/// Builds the program as for a release: with PDF.
pub(super) fn built() -> Done {
    step(&cargo(), &["build", "--profile", "dist", "-p", "scalewright"], &[])
}
