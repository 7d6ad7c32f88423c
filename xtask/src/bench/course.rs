//! Courses: sessions scored and traced, beside pandas and R, which do the reliable change and the control chart alone, from
//! scores.

use super::{Bench, Cost, OWN, RUNS, medians};
use crate::run::{Done, output, print, step};

/// Sessions of a client.
const SESSIONS: [u64; 3] = [10, 20, 40];

impl Bench {
    /// Prints the costs for 10,000 clients, with `program`.
    pub(super) fn courses(&self, program: &str) -> Done {
        let clients = "10000";
        print(&format!("\n{clients} clients, 36 items, medians of {RUNS} runs\n\n"))?;
        print(
            "| sessions of a client | program | CPU s | wall s | MiB | CPU relative to pandas | to R |\n",
        )?;
        print("|--:|---|--:|--:|--:|--:|--:|\n")?;
        for sessions in SESSIONS {
            let stem = self.file(&format!("sessions-{sessions}"));
            let (answers, scores) = (format!("{stem}.csv"), format!("{stem}.scores.csv"));
            if !std::path::Path::new(&scores).exists() {
                let script = "tests/bench/gen_sessions.py";
                step(&self.python, &[script, clients, &sessions.to_string(), &stem], &[])?;
            }
            let to = |who: &str| self.file(&format!("course-{who}.csv"));
            let (own, one, pandas, r) = (to(OWN), to("one"), to("pandas"), to("r"));
            let ours = [program, "course", "tests/bench/alliance36", &answers];
            let ours = [&ours[..], &["--criteria", "tests/bench/course.toml", "--out"]].concat();
            let commands: [(&str, Vec<&str>); 4] = [
                ("all four scales", [&ours[..], &[own.as_str()]].concat()),
                // As much as the others: they have one score.
                ("one scale", [&ours[..], &[one.as_str(), "--scale", "total"]].concat()),
                ("pandas", vec![&self.python, "tests/bench/b_course_pandas.py", &scores, &pandas]),
                ("R", vec!["Rscript", "tests/bench/b_course.R", &scores, &r]),
            ];
            let mut runs: [Vec<Cost>; 4] = Default::default();
            for _ in 0..RUNS {
                // In turns, so that all meet the same load.
                for ((_, command), costs) in commands.iter().zip(&mut runs) {
                    costs.push(self.cost_of(1, command)?);
                }
            }
            output(&self.python, &["tests/bench/agree_course.py", &own, &pandas, &r])?;
            let costs = runs.map(|costs| medians(&costs));
            for ((who, _), [cpu, wall, memory]) in commands.iter().zip(costs) {
                let [pandas, r] = [2, 3].map(|peer: usize| cpu / costs[peer][0]);
                print(&format!(
                    "| {sessions} | {who} | {cpu:.2} | {wall:.2} | {memory:.0} | {pandas:.2} | {r:.2} |\n"
                ))?;
            }
        }
        print("\nall indices, classes and marks agree\n")
    }
}
