//! What checking costs, beside `taplo lint` with our schemas on the same files.

use std::fs;
use std::path::PathBuf;

use super::{Bench, RUNS};
use crate::run::{Done, output, root, say};

/// How many instruments there are: one tells what a start costs.
const COUNTS: [usize; 2] = [1, 1000];

impl Bench {
    /// One instrument and a thousand, by both programs.
    pub(super) fn checks(&self) -> Done {
        say(&format!(
            "\nchecking, medians of {RUNS} runs; CPU is user and system time\n\n\
             | instruments | program | CPU s | wall s | MiB | CPU of taplo's |\n|--:|---|--:|--:|--:|--:|\n"
        ))?;
        for count in COUNTS {
            let library = self.library(count)?;
            let folder = library.join("instruments").display().to_string();
            let files = format!("{folder}/**/*.toml");
            let taplo = self.python.replace("bin/python", "bin/taplo");
            let theirs = self.cost(&[&taplo, "lint", &files])?;
            let ours = self.cost(&[&self.program, "check", &folder])?;
            for (who, [cpu, wall, memory]) in [("scalewright", ours), ("taplo", theirs)] {
                let share = cpu / theirs[0];
                say(&format!(
                    "| {count} | {who} | {cpu:.3} | {wall:.3} | {memory:.0} | {share:.2} |\n"
                ))?;
            }
        }
        Ok(())
    }

    /// Made-up instruments, each with a translation and cases, and the schemas that they name.
    fn library(&self, count: usize) -> Result<PathBuf, String> {
        let library = self.folder.join(format!("library-{count}"));
        let folder = library.join("instruments").display().to_string();
        output(&self.python, &["tests/bench/gen_library.py", &count.to_string(), &folder])?;
        let schemas = library.join("schemas");
        fs::create_dir_all(&schemas).map_err(|error| error.to_string())?;
        for kind in ["instrument", "wording", "cases"] {
            let name = format!("{kind}.schema.json");
            fs::copy(root().join("schemas").join(&name), schemas.join(&name))
                .map_err(|error| format!("{name}: {error}"))?;
        }
        Ok(library)
    }
}
