//! Answers to instruments of many shapes: two options, options from −2, 0 and 1, and up to eleven of them; 100 to 2,000
//! respondents; with and without missing answers. Clean answers have no findings above a hint, and faults are named.

mod common;

use std::fmt::Write;

use common::{Random, Table, above_hints, checked, found};

/// An instrument: its options, and for each scale the number of items and those keyed negatively.
struct Shape {
    options: &'static [i32],
    scales: &'static [(usize, &'static [usize])],
}

const SHAPES: [Shape; 10] = [
    Shape { options: &[0, 1], scales: &[(10, &[]), (8, &[2])] },
    Shape { options: &[0, 1], scales: &[(20, &[])] },
    Shape { options: &[1, 2, 3, 4, 5], scales: &[(8, &[1, 5]), (6, &[])] },
    Shape { options: &[0, 1, 2, 3], scales: &[(9, &[])] },
    Shape { options: &[1, 2, 3, 4, 5, 6, 7], scales: &[(6, &[0]), (6, &[3, 4]), (4, &[])] },
    Shape { options: &[0, 1, 2, 3, 4], scales: &[(5, &[]), (5, &[])] },
    Shape { options: &[1, 2, 3, 4], scales: &[(20, &[0, 2, 4, 6, 8])] },
    Shape { options: &[-2, -1, 0, 1, 2], scales: &[(6, &[1])] },
    Shape { options: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], scales: &[(5, &[])] },
    Shape { options: &[0, 1, 2], scales: &[(12, &[])] },
];

/// How answers are simulated.
struct Sample {
    respondents: usize,
    missing: f64,
    /// How rare high answers are.
    skew: f64,
    /// The least and the greatest loading.
    loading: (f64, f64),
    /// The share of the variance of the traits that they have in common.
    common: f64,
}

impl Shape {
    fn definition(&self) -> String {
        let mut text = String::from(
            "format = 1\nid = \"shape\"\ntitle = \"A shape\"\nversion = \"1.0.0\"\nstatus = \"development\"\nlanguage = \"en\"\n\n\
             [rights]\nholder = \"scalewright authors\"\nlicence = \"CC0-1.0\"\nwording = \"included\"\n\n\
             [administration]\nrespondent = \"self\"\n\n[response-scales.r]\noptions = [\n",
        );
        for value in self.options {
            let _ = writeln!(text, "  {{ value = {value}, label = \"Step {value}\" }},");
        }
        text.push_str("]\n\n");
        for (id, _) in self.items() {
            let _ = writeln!(
                text,
                "[[items]]\nid = \"{id}\"\nstem = \"Statement {id}.\"\nresponse = \"r\"\n"
            );
        }
        for (scale, (count, negative)) in self.scales.iter().enumerate() {
            let items = (0..*count).map(|item| {
                let sign = if negative.contains(&item) { "-" } else { "" };
                format!("\"{sign}s{scale}_{item}\"")
            });
            let items: Vec<String> = items.collect();
            let _ = writeln!(
                text,
                "[[scales]]\nid = \"t{scale}\"\ntitle = \"T{scale}\"\nitems = [{}]\nscore = \"sum\"\nmissing = \"no-score\"\n",
                items.join(", ")
            );
        }
        text
    }

    /// The id of each item, and whether it is keyed negatively.
    fn items(&self) -> impl Iterator<Item = (String, bool)> {
        self.scales.iter().enumerate().flat_map(|(scale, (count, negative))| {
            (0..*count).map(move |item| (format!("s{scale}_{item}"), negative.contains(&item)))
        })
    }

    fn answers(&self, sample: &Sample, seed: u64) -> Table {
        let mut random = Random(seed);
        let mut header = vec!["respondent".to_owned(), "site".to_owned()];
        header.extend(self.items().map(|(id, _)| id));
        let count = header.len() - 2;
        let (low, high) = sample.loading;
        // The loading and the difficulty of each item.
        let items: Vec<(f64, f64)> = (0..count)
            .map(|_| {
                (
                    (high - low).mul_add(random.uniform(), low),
                    1.2_f64.mul_add(random.uniform(), sample.skew - 0.6),
                )
            })
            .collect();
        let mut table = vec![header];
        for respondent in 0..sample.respondents {
            let common = random.normal();
            let mut row = vec![format!("r{respondent}"), format!("S{}", respondent % 3)];
            let mut at = 0;
            for (size, negative) in self.scales {
                let trait_ = sample
                    .common
                    .sqrt()
                    .mul_add(common, (1.0 - sample.common).sqrt() * random.normal());
                for item in 0..*size {
                    let (loading, difficulty) = items[at];
                    at += 1;
                    let liability = loading
                        .mul_add(trait_, loading.mul_add(-loading, 1.0).sqrt() * random.normal());
                    let passed = self.passed(liability - difficulty);
                    let position = if negative.contains(&item) {
                        self.options.len() - 1 - passed
                    } else {
                        passed
                    };
                    let is_missing = random.uniform() < sample.missing;
                    row.push(if is_missing {
                        String::new()
                    } else {
                        self.options[position].to_string()
                    });
                }
            }
            table.push(row);
        }
        table
    }

    /// The number of thresholds that are passed. They lie evenly from −1.5 to 1.5; with two options, it is 0.
    fn passed(&self, liability: f64) -> usize {
        let steps = self.options.len() - 1;
        let at = |step: usize| u32::try_from(step).map_or(0.0, f64::from);
        let threshold =
            |step: usize| if steps == 1 { 0.0 } else { 3.0 * at(step) / at(steps - 1) - 1.5 };
        (0..steps).filter(|step| liability > threshold(*step)).count()
    }
}

/// The sizes, and the shares of missing answers.
const SIZES: [usize; 3] = [100, 300, 2000];
const MISSING: [f64; 2] = [0.0, 0.05];

#[test]
fn clean_answers_of_many_shapes_have_no_findings_above_a_hint() {
    let mut sets = 0;
    for (at, shape) in SHAPES.iter().enumerate() {
        let checked = checked(&shape.definition());
        for (size, respondents) in SIZES.into_iter().enumerate() {
            // Of the largest samples fewer are drawn: they take most of the time.
            for round in 0..if size == 2 { 4 } else { 8 } {
                let sample = Sample {
                    respondents,
                    missing: MISSING[round % 2],
                    skew: [0.0, 0.8, 1.5][round % 3],
                    loading: [(0.5, 0.8), (0.3, 0.6), (0.7, 0.9)][(round / 3 + at) % 3],
                    common: [0.5, 0.2, 0.8][(round + at) % 3],
                };
                let seed = 1 + ((at * 3 + size) * 8 + round) as u64;
                let table = shape.answers(&sample, seed);
                let found = found(&checked, &[("answers.csv", &table)]);
                assert_eq!(above_hints(&found), Vec::<String>::new(), "shape {at}, seed {seed}");
                sets += 1;
            }
        }
    }
    assert!(sets >= 200, "{sets}");
}

/// A fault: how an answer changes, in which rows and columns, the check that names it, and what it names.
struct Fault {
    name: &'static str,
    columns: &'static [&'static str],
    /// Of the site `S1` only.
    is_of_site: bool,
    /// From the answer, the lowest and the highest one.
    by: fn(i32, i32, i32) -> i32,
    check: &'static str,
    /// The fewest respondents and options with which it must be named.
    fewest: (usize, usize),
}

const ONE: &[&str] = &["s0_3"];
const FAULTS: [Fault; 7] = [
    Fault {
        name: "an item is reversed",
        columns: ONE,
        is_of_site: false,
        by: |answer, low, high| low + high - answer,
        check: "reversed-item",
        fewest: (100, 2),
    },
    Fault {
        name: "an item is one too high",
        columns: ONE,
        is_of_site: false,
        by: |answer, _, _| answer + 1,
        check: "shifted-codes",
        fewest: (100, 2),
    },
    Fault {
        name: "an item is one too low",
        columns: ONE,
        is_of_site: false,
        by: |answer, _, _| answer - 1,
        check: "shifted-codes",
        fewest: (300, 2),
    },
    Fault {
        name: "a site codes an item one too high",
        columns: ONE,
        is_of_site: true,
        by: |answer, _, _| answer + 1,
        check: "shifted-codes",
        fewest: (2000, 2),
    },
    Fault {
        name: "a site reverses an item",
        columns: ONE,
        is_of_site: true,
        by: |answer, low, high| low + high - answer,
        check: "reversed-in-group",
        fewest: (300, 2),
    },
    Fault {
        name: "an item has one answer",
        columns: ONE,
        is_of_site: false,
        by: |_, low, _| low + 1,
        check: "constant-column",
        fewest: (100, 3),
    },
    Fault {
        name: "an item has a code that the definition lacks",
        columns: ONE,
        is_of_site: false,
        by: |answer, _, high| if answer == high { 77 } else { answer },
        check: "unknown-codes",
        fewest: (100, 2),
    },
];

#[test]
fn faults_are_named_in_instruments_of_many_shapes() {
    let mut missed = Vec::new();
    for at in [0, 2, 3, 4, 5] {
        let shape = &SHAPES[at];
        let checked = checked(&shape.definition());
        for respondents in SIZES {
            for missing in MISSING {
                let sample =
                    Sample { respondents, missing, skew: 0.2, loading: (0.6, 0.8), common: 0.5 };
                for fault in FAULTS.iter().filter(|fault| {
                    respondents >= fault.fewest.0 && shape.options.len() >= fault.fewest.1
                }) {
                    let mut table = shape.answers(&sample, 40);
                    seed(&mut table, shape, fault);
                    let found = above_hints(&found(&checked, &[("answers.csv", &table)]));
                    let named = |one: &&String| {
                        one.starts_with(fault.check)
                            && fault
                                .columns
                                .iter()
                                .all(|column| one.contains(&format!("`{column}`")))
                    };
                    if found.iter().filter(named).count() == 0 || found.len() > 1 {
                        missed.push(format!(
                            "shape {at}, n = {respondents}, {missing} missing, {}: {found:#?}",
                            fault.name
                        ));
                    }
                }
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

fn seed(table: &mut Table, shape: &Shape, fault: &Fault) {
    let (low, high) = (shape.options[0], shape.options[shape.options.len() - 1]);
    let columns: Vec<usize> =
        (0..table[0].len()).filter(|at| fault.columns.contains(&table[0][*at].as_str())).collect();
    for row in table.iter_mut().skip(1).filter(|row| !fault.is_of_site || row[1] == "S1") {
        for at in &columns {
            if let Ok(answer) = row[*at].parse() {
                row[*at] = (fault.by)(answer, low, high).to_string();
            }
        }
    }
}
