//! Seeded faults: realistic answers to an invented instrument, one fault at a time, and what the checks must find.

mod common;

use std::fmt::Write;

use scalewright_check::Checked;
use scalewright_model::Severity;

use common::{Random, Table, above_hints, found};

/// Items of each scale, and those that are keyed negatively.
const ITEMS: usize = 6;
const NEGATIVE: [usize; 2] = [1, 4];
const SCALES: [&str; 3] = ["calm", "focus", "warmth"];
const RESPONDENTS: usize = 300;

/// The definition: three scales of six items answered 0 to 4, a height, and a norm of the first scale.
fn definition() -> String {
    let mut text = String::from(
        r#"format = 1
id = "invented"
title = "Three invented scales"
version = "1.0.0"
status = "development"
language = "en"

[rights]
holder = "scalewright authors"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.agreement]
options = [
  { value = 0, label = "Not at all" },
  { value = 1, label = "A little" },
  { value = 2, label = "Somewhat" },
  { value = 3, label = "Mostly" },
  { value = 4, label = "Entirely" },
]

[response-scales.centimetres]
type = "numeric"
min = 10
max = 250
decimals = 1

"#,
    );
    for item in 0..ITEMS * SCALES.len() {
        let id = item_id(item);
        let _ = writeln!(
            text,
            "[[items]]\nid = \"{id}\"\nstem = \"Statement {id}.\"\nresponse = \"agreement\"\n"
        );
    }
    text.push_str("[[items]]\nid = \"height\"\nstem = \"Your height\"\nresponse = \"centimetres\"\nbackground = true\n\n");
    for (scale, name) in SCALES.iter().enumerate() {
        let items = (0..ITEMS).map(|at| {
            let sign = if NEGATIVE.contains(&at) { "-" } else { "" };
            format!("\"{sign}{}\"", item_id(scale * ITEMS + at))
        });
        let items: Vec<String> = items.collect();
        let _ = writeln!(
            text,
            "[[scales]]\nid = \"{name}\"\ntitle = \"{name}\"\nitems = [{}]\nscore = \"sum\"\nmissing = \"no-score\"\n",
            items.join(", ")
        );
    }
    text.push_str(
        "[[norms]]\nid = \"town\"\ntitle = \"Town\"\nscale = \"calm\"\npopulation = \"An invented sample.\"\nderive = [\"t\"]\ngroups = [{ mean = 12, sd = 5.5 }]\n",
    );
    text
}

fn item_id(item: usize) -> String {
    format!("{}_{}", SCALES[item / ITEMS], item % ITEMS + 1)
}

/// Answers of 300 respondents of two sites.
fn answers(seed: u64) -> Table {
    let mut random = Random(seed);
    let mut header: Vec<String> = ["respondent", "site", "start", "end"].map(String::from).to_vec();
    header.extend((0..ITEMS * SCALES.len()).map(item_id));
    header.push("height".to_owned());
    let mut table = vec![header];
    for respondent in 0..RESPONDENTS {
        let common = random.normal();
        let minute = respondent % 60;
        let mut row = vec![
            format!("r{:03}", respondent + 1),
            if respondent % 3 == 0 { "B" } else { "A" }.to_owned(),
            format!("2026-03-{:02}T10:{minute:02}:00", respondent % 28 + 1),
            format!("2026-03-{:02}T11:{minute:02}:{:02}", respondent % 28 + 1, respondent % 49),
        ];
        for scale in 0..SCALES.len() {
            let theta = 0.6 * common + 0.8 * random.normal();
            for at in 0..ITEMS {
                let shift = f64::from(u32::try_from((scale + 2 * at) % 5).unwrap_or(0)) * 0.4 - 0.8;
                let slope = 1.4 + 0.15 * f64::from(u32::try_from(at).unwrap_or(0));
                let answer = random.graded(theta, slope, shift);
                let answer = if NEGATIVE.contains(&at) { 4 - answer } else { answer };
                let missing = random.uniform() < 0.01;
                row.push(if missing { String::new() } else { answer.to_string() });
            }
        }
        row.push(format!("{:.1}", 8.0f64.mul_add(random.normal(), 171.0)));
        table.push(row);
    }
    table
}

fn column(table: &Table, name: &str) -> usize {
    table[0].iter().position(|column| column == name).expect("the column exists")
}

/// Changes the answers of a column in the rows that `of` selects.
fn recode(table: &mut Table, name: &str, of: impl Fn(&[String]) -> bool, by: impl Fn(i32) -> i32) {
    let at = column(table, name);
    for row in &mut table[1..] {
        if of(row) && !row[at].is_empty() {
            row[at] = by(row[at].parse().expect("an answer")).to_string();
        }
    }
}

fn everybody(_: &[String]) -> bool {
    true
}

fn site_b(row: &[String]) -> bool {
    row[1] == "B"
}

/// A fault: how a table gets it, the check that must find it, and what the message must name.
struct Fault {
    name: &'static str,
    seed: fn(&mut Table),
    check: &'static str,
    names: &'static [&'static str],
}

const FAULTS: [Fault; 18] = [
    Fault {
        name: "an item is reversed",
        seed: |table| recode(table, "focus_3", everybody, |answer| 4 - answer),
        check: "reversed-item",
        names: &["`focus_3`", "`focus`"],
    },
    Fault {
        name: "an item is coded from 1",
        seed: |table| recode(table, "warmth_2", everybody, |answer| answer + 1),
        check: "shifted-codes",
        names: &["`warmth_2`", "too high"],
    },
    Fault {
        name: "a site codes an item from 1",
        seed: |table| recode(table, "calm_4", site_b, |answer| answer + 1),
        check: "shifted-codes",
        names: &["`calm_4`", "site `B`"],
    },
    Fault {
        name: "a site codes an item from 1 and cuts the highest answer off",
        seed: |table| recode(table, "calm_3", site_b, |answer| (answer + 1).min(4)),
        check: "shifted-in-group",
        names: &["`calm_3`", "site `B`"],
    },
    Fault {
        name: "a site reverses an item",
        seed: |table| recode(table, "warmth_5", site_b, |answer| 4 - answer),
        check: "reversed-in-group",
        names: &["`warmth_5`", "site `B`"],
    },
    Fault {
        name: "a site reverses all items",
        seed: |table| {
            (0..18).for_each(|item| recode(table, &item_id(item), site_b, |answer| 4 - answer));
        },
        check: "reversed-in-group",
        names: &["site `B`", "all answers"],
    },
    Fault {
        name: "nobody reaches the floor of an item",
        seed: |table| recode(table, "calm_1", everybody, |answer| answer.max(1)),
        check: "unreached-floor",
        names: &["`calm_1`"],
    },
    Fault {
        name: "codes that the definition lacks",
        seed: |table| {
            let (a, b) = (column(table, "focus_1"), column(table, "focus_2"));
            for (at, row) in table.iter_mut().enumerate().take(40).skip(1) {
                row[a] = "-99".to_owned();
                row[b] = if at % 2 == 0 { "-99" } else { "2" }.to_owned();
            }
            table[50][b] = "often".to_owned();
            table[51][b] = "22".to_owned();
        },
        check: "unknown-codes",
        names: &["`-99`", "`focus_1`", "`focus_2`"],
    },
    Fault {
        name: "two columns are exchanged",
        seed: |table| {
            let (a, b) = (column(table, "calm_2"), column(table, "warmth_3"));
            table[1..].iter_mut().for_each(|row| row.swap(a, b));
        },
        check: "exchanged-columns",
        names: &["`calm_2`", "`warmth_3`"],
    },
    Fault {
        name: "a respondent occurs twice",
        seed: |table| table[200][0] = "r017".to_owned(),
        check: "repeated-respondent",
        names: &["`r017`"],
    },
    Fault {
        name: "answers are copied to other respondents",
        seed: |table| {
            for at in 0..6 {
                let answers = table[40 + at][4..].to_vec();
                table[240 + at].splice(4.., answers);
            }
        },
        check: "same-answers",
        names: &["`r040`", "`r240`"],
    },
    Fault {
        name: "rows are copied under other names",
        seed: |table| {
            for at in 0..2 {
                let copied = table[60 + at][1..].to_vec();
                table[260 + at].splice(1.., copied);
            }
        },
        check: "identical-rows",
        names: &["`r060`", "`r260`"],
    },
    Fault {
        name: "respondents answer in a straight line",
        seed: |table| {
            for row in (1..RESPONDENTS).step_by(14) {
                table[row][4..22].fill("3".to_owned());
            }
        },
        check: "straight-lining",
        names: &["`r001`", "`r015`"],
    },
    Fault {
        name: "a row ends before it starts",
        seed: |table| table[77].swap(2, 3),
        check: "times-out-of-order",
        names: &["`r077`"],
    },
    Fault {
        name: "a site loses a page",
        seed: |table| {
            for row in &mut table[1..] {
                if site_b(row) {
                    row[16..22].fill(String::new());
                }
            }
        },
        check: "missing-answers",
        names: &["site `B`", "`warmth_1`", "`warmth_6`"],
    },
    Fault {
        name: "a column has one answer only",
        seed: |table| recode(table, "focus_6", everybody, |_| 2),
        check: "constant-column",
        names: &["`focus_6`"],
    },
    Fault {
        name: "some heights are in inches",
        seed: |table| {
            for row in (1..RESPONDENTS).step_by(20) {
                let height: f64 = table[row][22].parse().expect("a number");
                table[row][22] = format!("{:.1}", height / 2.54);
            }
        },
        check: "outlying-numbers",
        names: &["`height`", "2.54"],
    },
    Fault {
        name: "answers of half of the items are stored as 0 and 1 only",
        seed: |table| {
            for at in 1..=ITEMS {
                let id = format!("calm_{at}");
                let negative = NEGATIVE.contains(&(at - 1));
                recode(table, &id, everybody, move |_| if negative { 4 } else { 0 });
            }
            // Few of them vary, so that no column is constant.
            let at = column(table, "calm_1");
            (1..30).for_each(|row| table[row][at] = "1".to_owned());
        },
        check: "norm-off-sample",
        names: &["`town_t`"],
    },
];

fn checked() -> Checked {
    common::checked(&definition())
}

#[test]
fn clean_answers_have_no_findings_above_a_hint() {
    let checked = checked();
    for seed in 1..=12 {
        let table = answers(seed);
        let found = found(&checked, &[("answers.csv", &table)]);
        assert_eq!(above_hints(&found), Vec::<String>::new(), "seed {seed}");
    }
}

#[test]
fn every_seeded_fault_is_named() {
    let checked = checked();
    let mut missed = Vec::new();
    for fault in &FAULTS {
        let mut table = answers(7);
        (fault.seed)(&mut table);
        let found = found(&checked, &[("answers.csv", &table)]);
        let is_named = found.iter().any(|one| {
            one.code == fault.check
                && one.severity > Severity::Hint
                && fault.names.iter().all(|name| one.message.contains(name))
        });
        if !is_named {
            missed.push(format!("{}: {:#?}", fault.name, above_hints(&found)));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// A fault must not drag other items into its findings.
#[test]
fn faults_are_not_named_elsewhere() {
    let checked = checked();
    for fault in FAULTS.iter().filter(|fault| fault.check != "norm-off-sample") {
        let mut table = answers(7);
        (fault.seed)(&mut table);
        let others: Vec<String> = above_hints(&found(&checked, &[("answers.csv", &table)]));
        let others: Vec<&String> =
            others.iter().filter(|one| !one.starts_with(fault.check)).collect();
        assert!(others.is_empty(), "{}: {others:#?}", fault.name);
    }
}

#[test]
fn files_are_compared_like_sites() {
    let checked = checked();
    let (first, mut second) = (answers(3), answers(4));
    (1..=RESPONDENTS).for_each(|row| second[row][0] = format!("s{row}"));
    let (a, b) = (column(&second, "calm_1"), column(&second, "calm_3"));
    second[1..].iter_mut().for_each(|row| row.swap(a, b));
    let found = found(&checked, &[("one.csv", &first), ("two.csv", &second)]);
    let messages = above_hints(&found);
    let exchanged = messages.iter().filter(|one| one.starts_with("exchanged-columns"));
    assert!(exchanged.clone().all(|one| one.contains("`calm_1`") && one.contains("`calm_3`")));
    assert_eq!(exchanged.count(), 2, "each file differs from the other: {messages:#?}");
}

#[test]
fn small_samples_are_quiet() {
    let checked = checked();
    for fault in FAULTS.iter().filter(|fault| {
        ["reversed-item", "reversed-in-group", "unreached-floor", "constant-column"]
            .contains(&fault.check)
    }) {
        let mut table = answers(7);
        (fault.seed)(&mut table);
        table.truncate(20);
        let found = found(&checked, &[("answers.csv", &table)]);
        assert_eq!(above_hints(&found), Vec::<String>::new(), "{}", fault.name);
    }
}
