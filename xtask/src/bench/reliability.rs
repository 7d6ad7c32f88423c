//! Item analysis, beside the function `alpha` of the R package psych, on the same table.

use super::{Bench, Cost, OWN, RUNS, medians};
use crate::run::{Done, output, print};

impl Bench {
    /// Prints the costs of a million respondents, with `program`, by complete cases and by pairs.
    pub(super) fn reliability(&self, program: &str) -> Done {
        let answers = format!("{}.csv", self.answers(1_000_000)?);
        print(&format!(
            "\n1000000 respondents, 36 items, medians of {RUNS} runs; psych is installed as r-cran-psych\n\n"
        ))?;
        print("| missing answers | program | CPU s | wall s | MiB | CPU relative to psych |\n")?;
        print("|---|---|--:|--:|--:|--:|\n")?;
        for which in ["complete", "pairwise"] {
            let (own, other) = (self.file("reliability.json"), self.file("reliability-r.txt"));
            let ours = [program, "reliability", "tests/bench/alliance36", &answers];
            let options = ["--scale", "total", "--missing", which, "--out", &own];
            let commands: [(&str, Vec<&str>); 2] = [
                (OWN, [&ours[..], &options].concat()),
                ("psych", vec!["Rscript", "tests/bench/b_reliability.R", &answers, &other, which]),
            ];
            let mut runs: [Vec<Cost>; 2] = Default::default();
            for _ in 0..RUNS {
                // In turns, so that both meet the same load.
                for ((_, command), costs) in commands.iter().zip(&mut runs) {
                    costs.push(self.cost_of(1, command)?);
                }
            }
            output(&self.python, &["tests/bench/agree_reliability.py", &own, &other])?;
            let costs = runs.map(|costs| medians(&costs));
            for ((who, _), [cpu, wall, memory]) in commands.iter().zip(costs) {
                let share = cpu / costs[1][0];
                print(&format!(
                    "| {which} | {who} | {cpu:.2} | {wall:.2} | {memory:.0} | {share:.3} |\n"
                ))?;
            }
        }
        print("\nalpha and standardised alpha agree to 1e-9\n")
    }
}
