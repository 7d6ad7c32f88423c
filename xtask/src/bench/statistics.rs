//! A file of SPSS, scored, beside pyreadstat and pandas.

use super::{Bench, Cost, OWN, RUNS, TOLERANCE, medians};
use crate::run::{Done, output, print, step};

/// The largest share of the CPU time of pyreadstat and pandas.
const MOST: f64 = 0.15;

impl Bench {
    /// Prints the costs for a million respondents, with `program`.
    pub(super) fn statistics(&self, program: &str) -> Done {
        let stem = self.answers(1_000_000)?;
        let from = format!("{stem}.sav");
        if !std::path::Path::new(&from).exists() {
            step(&self.python, &["tests/bench/gen_sav.py", &stem], &[])?;
        }
        let (own, theirs) = (self.file("sav-own.csv"), self.file("sav-pyreadstat.csv"));
        let instrument = "tests/bench/alliance36";
        let ours = vec![program, "score", instrument, &from, "--out", &own, "--columns", "scores"];
        let python = vec![&*self.python, "tests/bench/b_pyreadstat.py", &from, &theirs];
        let commands: [(&str, Vec<&str>); 2] = [(OWN, ours), ("pyreadstat and pandas", python)];
        let mut runs: [Vec<Cost>; 2] = Default::default();
        for _ in 0..RUNS {
            // In turns, so that both meet the same load.
            for ((_, command), costs) in commands.iter().zip(&mut runs) {
                costs.push(self.cost_of(1, command)?);
            }
        }
        output(&self.python, &["tests/bench/agree.py", TOLERANCE, &own, &theirs])?;
        let costs = runs.map(|costs| medians(&costs));
        let share = costs[0][0] / costs[1][0];
        print(&format!("\na .sav file of 1000000 rows, medians of {RUNS} runs\n\n"))?;
        print("| program | CPU s | wall s | MiB |\n|---|--:|--:|--:|\n")?;
        for ((who, _), [cpu, wall, memory]) in commands.iter().zip(costs) {
            print(&format!("| {who} | {cpu:.2} | {wall:.2} | {memory:.0} |\n"))?;
        }
        print(&format!("\nall scores agree to {TOLERANCE}; {share:.3} of the CPU time\n"))?;
        match share <= MOST {
            true => Ok(()),
            false => Err(format!("more than {MOST} of the CPU time of pyreadstat and pandas")),
        }
    }
}
