//! The cost of forms as PDF: one form, including the start of the process, and a hundred in one run, beside WeasyPrint,
//! which makes similar forms; and the memory that the largest forms take.

use super::{Bench, Cost, OWN, RUNS, medians};
use crate::run::{Done, cargo, output, print, step};

/// How often scalewright makes a single form for each run of WeasyPrint. A run is so short that the median of few runs
/// would be mostly noise.
const OWN_RUNS: usize = 5;

/// The number of forms in the long run.
const FORMS: usize = 100;

/// The targets: how many times as long WeasyPrint takes for one form of 36 items, for the same with fields, and for each of a
/// hundred forms, in wall time with the start of the process.
const TARGETS: [f64; 3] = [40.0, 24.0, 28.0];

/// The target for the peak memory of these forms, in MiB.
const MEMORY: f64 = 80.0;

/// The target for the peak memory of the largest forms, in MiB.
const LARGE_MEMORY: f64 = 300.0;

/// A definition with 36 items. It withholds its wording.
const INSTRUMENT: &str = "tests/bench/alliance36";

/// The largest forms that are measured: items, and the options of each.
const LARGE: [(usize, usize); 3] = [(300, 200), (600, 100), (2_000, 5)];

/// A kind of form that both programs make.
struct Forms<'a> {
    name: &'a str,
    count: usize,
    /// The rounds, and how often scalewright runs in each. WeasyPrint runs once.
    rounds: (usize, usize),
    own: Vec<&'a str>,
    other: Vec<&'a str>,
}

impl Bench {
    /// Measures both programs on one form, on one fillable form, and on a hundred forms; and scalewright on large ones.
    pub(super) fn forms(&self, program: &str) -> Done {
        let words = self.file("words.toml");
        output(&self.python, &["tests/bench/gen_wording.py", &words])?;
        let library = self.file("library-100/instruments");
        output(&self.python, &["tests/bench/gen_library.py", &FORMS.to_string(), &library])?;
        let many: Vec<String> = (0..FORMS).map(|at| format!("{library}/rooms-{at:04}")).collect();
        let one = [INSTRUMENT, "--wording", &words];
        let kinds = [
            Forms {
                name: "36 items",
                count: 1,
                rounds: (RUNS, OWN_RUNS),
                own: one.to_vec(),
                other: vec!["paper", &words, INSTRUMENT],
            },
            Forms {
                name: "36 items, fields",
                count: 1,
                rounds: (RUNS, OWN_RUNS),
                own: [&one[..], &["--set", "pdf.fillable=yes"]].concat(),
                other: vec!["fields", &words, INSTRUMENT],
            },
            Forms {
                name: "100 of 30 items",
                count: FORMS,
                // WeasyPrint takes most of a minute for a hundred forms.
                rounds: (1, RUNS),
                own: vec![&library],
                other: [&["paper", "-"][..], &many.iter().map(String::as_str).collect::<Vec<_>>()]
                    .concat(),
            },
        ];
        print(&format!(
            "\nforms as PDF, in turns, medians of {RUNS} runs (of WeasyPrint's {FORMS} forms: 1), of {} for one form of \
             scalewright; CPU is user and system time of the whole process\n\n| forms | program | CPU ms per form | wall \
             ms per form | MiB | CPU relative to WeasyPrint | wall |\n|---|---|--:|--:|--:|--:|--:|\n",
            RUNS * OWN_RUNS
        ))?;
        let mut verdicts = String::new();
        let mut most = 0.0_f64;
        for (kind, target) in kinds.iter().zip(TARGETS) {
            let [own, other] = self.both(program, kind)?;
            let ratio = other[1] / own[1];
            most = most.max(own[2]);
            let what = format!("{}, times as fast as WeasyPrint", kind.name);
            verdicts += &verdict(&what, ratio, target, ratio >= target);
        }
        verdicts += &verdict("MiB of peak memory", most, MEMORY, most <= MEMORY);
        print(&format!("\n{verdicts}"))?;
        self.large(program)
    }

    /// Measures both programs on one kind of form, in turns, and prints the medians of both, which it returns.
    fn both(&self, program: &str, kind: &Forms<'_>) -> Result<[Cost; 2], String> {
        let (ours, theirs) = (self.file("forms-{new}"), self.file("weasyprint"));
        let own = [&[program, "export"], &kind.own[..], &["--to", "pdf", "--out", &ours]].concat();
        let script = [self.python.as_str(), "tests/bench/b_weasyprint.py", &theirs];
        let other = [&script[..], &kind.other].concat();
        let (rounds, own_runs) = kind.rounds;
        let mut runs: [Vec<Cost>; 2] = Default::default();
        for _ in 0..rounds {
            for _ in 0..own_runs {
                runs[0].push(self.cost_of(1, &own)?);
            }
            runs[1].push(self.cost_of(1, &other)?);
        }
        let forms = f64::from(u32::try_from(kind.count).unwrap_or(u32::MAX));
        let costs = runs.map(|costs| {
            let [cpu, wall, memory] = medians(&costs);
            [1000.0 * cpu / forms, 1000.0 * wall / forms, memory]
        });
        for (who, [cpu, wall, memory]) in [OWN, "WeasyPrint"].into_iter().zip(costs) {
            let [cpu_share, wall_share] = [costs[1][0] / cpu, costs[1][1] / wall];
            print(&format!(
                "| {} | {who} | {cpu:.1} | {wall:.1} | {memory:.0} | 1/{cpu_share:.1} | 1/{wall_share:.1} |\n",
                kind.name
            ))?;
        }
        Ok(costs)
    }

    /// Measures the memory that large forms take.
    fn large(&self, program: &str) -> Done {
        print("\n| items | options | CPU s | wall s | MiB |\n|--:|--:|--:|--:|--:|\n")?;
        let mut most = 0.0_f64;
        for (items, options) in LARGE {
            let folder = self.file(&format!("large-{items}x{options}"));
            let (items, options) = (items.to_string(), options.to_string());
            output(&self.python, &["tests/bench/gen_large.py", &items, &options, &folder])?;
            let out = self.file("forms-{new}");
            let [cpu, wall, memory] =
                self.cost_of(1, &[program, "export", &folder, "--to", "pdf", "--out", &out])?;
            most = most.max(memory);
            print(&format!("| {items} | {options} | {cpu:.1} | {wall:.1} | {memory:.0} |\n"))?;
        }
        let met = most <= LARGE_MEMORY;
        print(&format!(
            "\n{}",
            verdict("MiB of peak memory of a large form", most, LARGE_MEMORY, met)
        ))
    }
}

fn verdict(what: &str, found: f64, target: f64, met: bool) -> String {
    let verdict = if met { "met" } else { "missed" };
    format!("{what}: {found:.0}, target {target:.0}: {verdict}\n")
}

/// Builds the program as for a release: with PDF.
pub(super) fn built() -> Done {
    step(&cargo(), &["build", "--profile", "dist", "-p", "scalewright"], &[])
}
