//! The wall time of scoring several tables with one processor and with two.

use super::{Bench, OWN, RUNS, medians};
use crate::run::{Done, output, print};

/// The number of tables.
const TABLES: &str = "8";

impl Bench {
    /// Measures a million rows in eight tables. `taskset` chooses the processors.
    pub(super) fn cores(&self, rows: u64) -> Done {
        let stem = self.answers(rows)?;
        print(&format!("\n{rows} rows in {TABLES} tables\n\n"))?;
        print("| tables | processors | CPU s | wall s | MiB | wall relative to one |\n")?;
        print("|---|--:|--:|--:|--:|--:|\n")?;
        for ending in ["csv", "parquet"] {
            let folder = self.file(&format!("parts-{ending}"));
            output(&self.python, &["tests/bench/parts.py", &stem, ending, TABLES, &folder])?;
            let from = format!("{folder}/*.{ending}");
            let to = self.file(&format!("{OWN}-parts-{ending}"));
            let mut runs = [Vec::new(), Vec::new()];
            for _ in 0..RUNS {
                // In turns, so that both meet the same load.
                for (processors, costs) in ["0", "0,1"].into_iter().zip(&mut runs) {
                    let _ = std::fs::remove_dir_all(&to);
                    let taskset = ["taskset", "-c", processors];
                    let command = [&taskset[..], &self.score_command(&from, &to)].concat();
                    costs.push(self.cost_of(1, &command)?);
                }
            }
            let [one, two] = runs.map(|costs| medians(&costs));
            for (processors, [cpu, wall, memory]) in [(1, one), (2, two)] {
                let share = wall / one[1];
                print(&format!(
                    "| {ending} | {processors} | {cpu:.2} | {wall:.2} | {memory:.0} | {share:.2} |\n"
                ))?;
            }
        }
        Ok(())
    }
}
