//! The wall time of scoring several tables with one processor and with two.

use super::{Bench, OWN};
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
            let command = |processors| {
                let taskset = ["taskset", "-c", processors];
                [&taskset[..], &self.score_command(&from, &to)].concat()
            };
            let one = self.cost(&command("0"))?;
            for (processors, [cpu, wall, memory]) in [(1, one), (2, self.cost(&command("0,1"))?)] {
                let share = wall / one[1];
                print(&format!(
                    "| {ending} | {processors} | {cpu:.2} | {wall:.2} | {memory:.0} | {share:.2} |\n"
                ))?;
            }
        }
        Ok(())
    }
}
