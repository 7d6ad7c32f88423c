//! The cost of checking, compared with `taplo lint` with our schemas on the same files.

use std::fs;
use std::path::PathBuf;

use super::{Bench, RUNS};
use crate::run::{Done, output, print, root};

/// The numbers of instruments. A single one shows the cost of a start.
const COUNTS: [usize; 2] = [1, 1000];

impl Bench {
    /// Measures both programs on one instrument and on a thousand.
    pub(super) fn checks(&self) -> Done {
        print(&format!(
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
                print(&format!(
                    "| {count} | {who} | {cpu:.3} | {wall:.3} | {memory:.0} | {share:.2} |\n"
                ))?;
            }
        }
        Ok(())
    }

    /// Generates invented instruments, each with a translation and cases, and the schemas that they name.
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
