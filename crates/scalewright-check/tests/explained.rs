//! What the explanation of a score says, followed to the letter: it must lead to the program's score.

use std::fs;
use std::path::{Path, PathBuf};

use scalewright_check::{Checked, Input, Source, check};
use scalewright_model::{Expr, Formula, Instrument, Operation, Origin, ScaleIx, Table, Terms};
use scalewright_scoring::{
    Accepted, Account, Column, Program, Responses, Term, Tongue, evaluate, formula_text,
    sampled_ends, working,
};

/// The folders of all definitions that are scored in tests.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let all = ["instruments", "tests/scoring"].map(|folder| root.join(folder));
    let all = all.iter().flat_map(|folder| fs::read_dir(folder).expect("it exists").flatten());
    let all = all.map(|entry| entry.path()).filter(|path| path.join("instrument.toml").is_file());
    let mut all: Vec<PathBuf> = all.collect();
    all.sort();
    all
}

fn checked(name: &str, text: String) -> Checked {
    let definition = Source { name: name.to_owned(), bytes: text.into_bytes() };
    check(Input::alone(definition))
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// An answer that an item accepts.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "small")]
    #[expect(clippy::cast_sign_loss, reason = "a count of steps")]
    fn answer(&mut self, accepted: &Accepted) -> f64 {
        match accepted {
            Accepted::Values(values) => values[self.roll(values.len() as u64) as usize].number(),
            Accepted::Choices(options) => (1 + self.roll((1 << options.len()) - 1)) as f64,
            Accepted::Between { min, max, decimals } => {
                let (low, high) = sampled_ends(*min, *max);
                let step = 10_f64.powi(-(*decimals as i32));
                let steps = ((high - low) / step).round() as u64;
                low + self.roll(steps + 1) as f64 * step
            }
        }
    }

    /// Answers to all items, of which one in `blank` is missing; none if `blank` is 0.
    fn answers(&mut self, program: &Program, items: usize, blank: u64) -> Vec<Option<f64>> {
        let one = |at: usize| {
            let answer = program.answers[at].as_ref()?;
            let value = self.answer(&answer.accepted);
            (blank == 0 || self.roll(blank) > 0).then_some(value)
        };
        (0..items).map(one).collect()
    }
}

fn alike(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs().max(1.0),
        (one, other) => one == other,
    }
}

/// The definition with a copy of each score, made from the printed formula.
fn copied(text: &str, instrument: &Instrument, program: &Program) -> String {
    let mut text = text.to_owned();
    for score in &program.scores {
        let scale = &instrument.scales[score.scale.0];
        let formula = formula_text(&score.formula, instrument).replace("'''", "");
        let id = format!("zz_{}", score.scale.0);
        let head = |table: &str| format!("\n[[{table}]]\nid = \"{id}\"\ntitle = \"Copy\"\n");
        text.push_str(&match scale.origin {
            Origin::Flag(_) => format!("{}when = '''{formula}'''\n", head("flags")),
            Origin::Scale(_) | Origin::Norm(..) => format!(
                "{}score = \"formula\"\nmissing = \"in-formula\"\nformula = '''{formula}'''\n",
                head("scales")
            ),
        });
    }
    text
}

#[test]
fn printed_formulas_can_be_copied_back() {
    let mut compared = 0;
    for folder in folders() {
        let path = folder.join("instrument.toml");
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).expect("it is readable");
        let original = checked(&name, text.clone());
        let instrument = original.instrument.as_ref().expect("it is valid");
        let copy = checked(&name, copied(&text, instrument, &original.program));
        let errors: Vec<String> = copy
            .findings
            .iter()
            .filter(|finding| finding.is_error())
            .map(|finding| format!("{} {:?}", finding.message, finding.help))
            .collect();
        let again = copy.instrument.as_ref();
        let again = again.unwrap_or_else(|| panic!("{name}: {}", errors.join("\n")));
        let mut dice = Dice(20_261_129);
        for blank in [0, 0, 0, 0, 30, 10, 10, 4, 4, 4, 2, 2, 1] {
            let answers = dice.answers(&original.program, instrument.items.len(), blank);
            let responses = Responses::of_one(&answers);
            let scored = evaluate(&copy.program, &responses);
            let score = |index: usize| {
                let position = copy.program.position(ScaleIx(index)).expect("it is scored");
                scored[position].score.get(0)
            };
            for score_of in &original.program.scores {
                let id = &instrument.scales[score_of.scale.0].id;
                let own = again.scales.iter().position(|scale| scale.id == *id).expect("it is");
                let twin = format!("zz_{}", score_of.scale.0);
                let twin = again.scales.iter().position(|scale| scale.id == twin).expect("it is");
                let formula = formula_text(&score_of.formula, instrument);
                let (own, twin) = (score(own), score(twin));
                assert!(alike(own, twin), "{name}: {id}: {own:?} {twin:?} {formula} {answers:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 3000, "{compared}");
}

/// The definition in `folder`, with the description of each of its scores.
fn described(folder: &Path) -> (Checked, Vec<Account>) {
    let path = folder.join("instrument.toml");
    let text = fs::read_to_string(&path).expect("it is readable");
    let checked = checked(&path.display().to_string(), text);
    let instrument = checked.instrument.as_ref().expect("it is valid");
    let tongue = Tongue::english(instrument);
    let account =
        |at| Account::of(instrument, &checked.program, &checked.ranges, ScaleIx(at), tongue);
    let accounts = (0..instrument.scales.len()).map(account).collect();
    (checked, accounts)
}

/// A printed number; `None` for a dash.
fn read(cell: &str) -> Option<f64> {
    let cell = cell.trim_start_matches("≈ ").replace('−', "-");
    (cell != "–").then(|| cell.parse().unwrap_or_else(|_| panic!("{cell} is a number")))
}

fn scored(program: &Program, scale: usize, answers: &[Option<f64>]) -> Option<f64> {
    let position = program.position(ScaleIx(scale))?;
    evaluate(program, &Responses::of_one(answers))[position].score.get(0)
}

/// What an answer counts as, by the printed description of a term.
fn counted(term: &Term, answer: f64) -> Option<f64> {
    let (weight, counts) = match term.counts.split_once(" × ") {
        Some((weight, counts)) => (read(weight)?, counts.trim_matches(['(', ')'])),
        None => (1.0, term.counts.as_str()),
    };
    let counts = counts.split("; if missing").next()?;
    let value = match (counts.split_once(" − answer"), &term.recoded) {
        (_, Some(pairs)) => {
            let mut pairs = pairs.split(", ").filter_map(|pair| pair.split_once(" → "));
            let pair = pairs.find(|(from, _)| read_answer(from) == Some(answer));
            read(pair?.1)?
        }
        (Some((ends, _)), None) => read(ends)? - answer,
        (None, None) => {
            assert_eq!(counts, "answer");
            answer
        }
    };
    Some(weight * value)
}

fn read_answer(text: &str) -> Option<f64> {
    if text == "no answer" { None } else { read(text) }
}

/// The result of a printed step.
fn stepped(step: &str, value: f64) -> f64 {
    let number = |prefix: &str| step.strip_prefix(prefix).and_then(read);
    let rounded = |decimals: i32| {
        let scale = 10_f64.powi(decimals);
        (value.abs() * scale + 0.5 + 1e-7).floor() / scale * value.signum()
    };
    if step.starts_with("round to a whole number") {
        return rounded(0);
    }
    if let Some(rest) = step.strip_prefix("round to ") {
        return rounded(rest.split(' ').next().and_then(|one| one.parse().ok()).expect("decimals"));
    }
    match (number("add "), number("subtract "), number("multiply by "), number("divide by ")) {
        (Some(by), ..) => value + by,
        (_, Some(by), ..) => value - by,
        (_, _, Some(by), _) => value * by,
        (_, _, _, Some(by)) => value / by,
        _ => panic!("a step: {step}"),
    }
}

/// The score that a reader computes from the printed description and complete answers.
fn by_hand(account: &Account, instrument: &Instrument, answers: &[Option<f64>]) -> Option<f64> {
    let values: Option<Vec<f64>> = account
        .terms
        .iter()
        .map(|term| {
            let item = instrument.items.iter().position(|item| item.id == term.id)?;
            counted(term, answers[item]?)
        })
        .collect();
    let values = values?;
    let sum: f64 = values.iter().sum();
    #[expect(clippy::cast_precision_loss, reason = "few items")]
    let size = values.len() as f64;
    let value = match account.rule.split(" of ").next()? {
        "the sum" | "the weighted sum" | "the value" => sum,
        "the mean" => sum / size,
        "the lowest" => values.iter().copied().reduce(f64::min)?,
        "the highest" => values.iter().copied().reduce(f64::max)?,
        other => panic!("a rule: {other}"),
    };
    Some(account.steps.iter().fold(value, |value, step| stepped(step, value)))
}

#[test]
fn a_reader_gets_the_score_of_the_program() {
    let mut compared = 0;
    for folder in folders() {
        let (checked, accounts) = described(&folder);
        let instrument = checked.instrument.as_ref().expect("it is valid");
        for (at, account) in accounts.iter().enumerate() {
            let Terms::Items(items) = &instrument.scales[at].terms else { continue };
            let conditional = items.iter().any(|one| instrument.items[one.item.0].ask.is_some());
            if conditional || checked.program.position(ScaleIx(at)).is_none() {
                continue;
            }
            let mut dice = Dice(7);
            for _ in 0..20 {
                let answers = dice.answers(&checked.program, instrument.items.len(), 0);
                let (own, hand) = (
                    scored(&checked.program, at, &answers),
                    by_hand(account, instrument, &answers),
                );
                let place = folder.display();
                assert!(alike(own, hand), "{place} {}: {own:?} {hand:?}", account.id);
                compared += 1;
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}

/// The tables in a formula, in the order of their first use.
fn looked_up<'a>(part: Operation<'a>, tables: &mut Vec<&'a Table>) {
    part.children().into_iter().for_each(|child| looked_up(child, tables));
    if let Operation::Number(Expr::Lookup { table, .. }) = part
        && !tables.iter().any(|known| *known == &**table)
    {
        tables.push(table);
    }
}

#[test]
fn printed_tables_have_the_rows_of_the_definition() {
    let mut rows = 0;
    for folder in folders() {
        let (checked, accounts) = described(&folder);
        let instrument = checked.instrument.as_ref().expect("it is valid");
        for (at, account) in accounts.iter().enumerate() {
            let Some(position) = checked.program.position(ScaleIx(at)) else { continue };
            let formula = &checked.program.scores[position].formula;
            if matches!(instrument.scales[at].origin, Origin::Norm(..)) {
                continue;
            }
            let mut tables = Vec::new();
            looked_up(formula.root(), &mut tables);
            let printed = account.tables.iter().filter(|one| one.title.starts_with("table"));
            for (table, printed) in tables.iter().zip(printed) {
                assert_eq!(table.rows.len(), printed.rows.len(), "{}", account.id);
                for (row, cells) in table.rows.iter().zip(&printed.rows) {
                    let cells: Vec<f64> = cells.iter().filter_map(|cell| read(cell)).collect();
                    let near = row.iter().zip(&cells).all(|(one, two)| (one - two).abs() < 1e-6);
                    assert!(near && row.len() == cells.len(), "{row:?} {cells:?}");
                    rows += 1;
                }
            }
        }
    }
    assert!(rows > 100, "{rows}");
}

#[test]
fn printed_norms_are_those_of_the_definition() {
    let mut rows = 0;
    for folder in folders() {
        let (checked, accounts) = described(&folder);
        let instrument = checked.instrument.as_ref().expect("it is valid");
        let text = fs::read_to_string(folder.join("instrument.toml")).expect("it is readable");
        let file: toml::Table = toml::from_str(&text).expect("it is TOML");
        for (at, account) in accounts.iter().enumerate() {
            let Origin::Norm(norm, _) = instrument.scales[at].origin else { continue };
            let groups = file["norms"][norm]["groups"].as_array().expect("groups");
            let number = |value: &toml::Value| {
                value.as_float().or(value.as_integer().map(|whole| whole as f64))
            };
            let [printed] = account.norms.as_slice() else { continue };
            if groups.iter().any(|group| group.get("table").is_some()) {
                assert!(!printed.rows.is_empty(), "{}", account.id);
                let table = groups[0]["table"].as_str().expect("a name");
                let table = file["tables"][table]["rows"].as_array().expect("rows");
                assert_eq!(printed.rows.len(), table.len(), "{}", account.id);
                for (row, cells) in table.iter().zip(&printed.rows) {
                    let row = row.as_array().expect("a row");
                    assert_eq!(number(&row[0]), read(&cells[0]), "{}", account.id);
                    assert_eq!(number(&row[1]), read(&cells[1]), "{}", account.id);
                    rows += 1;
                }
                continue;
            }
            assert_eq!(groups.len(), printed.rows.len(), "{}", account.id);
            for (group, cells) in groups.iter().zip(&printed.rows) {
                assert_eq!(number(&group["mean"]), read(&cells[1]), "{}", account.id);
                assert_eq!(number(&group["sd"]), read(&cells[2]), "{}", account.id);
                rows += 1;
            }
        }
    }
    assert!(rows > 30, "{rows}");
}

/// The numbers of a printed range, and how far a score may be from them.
fn ends(text: &str) -> Option<(f64, f64, f64)> {
    let range = text.split(", ").next()?;
    let slack = if range.contains('≈') { 0.000_6 } else { 1e-6 };
    if let Some(value) = range.strip_prefix("always ") {
        return Some((read(value)?, read(value)?, slack));
    }
    let (low, high) = range.split_once(" to ")?;
    Some((read(low)?, read(high)?, slack))
}

#[test]
fn printed_ranges_are_reached_and_not_left() {
    let (mut inside, mut reached) = (0, 0);
    for folder in folders() {
        let (checked, accounts) = described(&folder);
        let program = &checked.program;
        let items = checked.instrument.as_ref().expect("it is valid").items.len();
        let mut dice = Dice(11);
        let sampled: Vec<Vec<Option<f64>>> =
            (0..200).map(|_| dice.answers(program, items, 0)).collect();
        let sampled = scores_of(program, &sampled);
        let all = every_form(program).map(|forms| scores_of(program, &forms));
        for (at, account) in accounts.iter().enumerate() {
            let Some(position) = program.position(ScaleIx(at)) else { continue };
            let Some((low, high, slack)) = account.reach[0].as_deref().and_then(ends) else {
                continue;
            };
            let place = format!("{} {}", folder.display(), account.id);
            for score in sampled[position].iter().copied() {
                assert!(score >= low - slack && score <= high + slack, "{place}: {score}");
                inside += 1;
            }
            if let Some(all) = &all {
                let scores = &all[position];
                let lowest = scores.iter().copied().fold(f64::INFINITY, f64::min);
                let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                assert!((lowest - low).abs() <= slack, "{place}: {lowest} {low}");
                assert!((highest - high).abs() <= slack, "{place}: {highest} {high}");
                reached += 1;
            }
        }
    }
    assert!(inside > 10_000 && reached > 20, "{inside} {reached}");
}

/// The scores of all forms, without the missing ones, for each score of the program.
fn scores_of(program: &Program, forms: &[Vec<Option<f64>>]) -> Vec<Vec<f64>> {
    let column = |item: usize| {
        let mut column = Column::default();
        forms.iter().for_each(|form| column.push(form[item]));
        column
    };
    let items = (0..program.answers.len()).map(column).collect();
    let scored = evaluate(program, &Responses { rows: forms.len(), items });
    let present = |scored: &scalewright_scoring::Scored| {
        (0..forms.len()).filter_map(|row| scored.score.get(row)).collect()
    };
    scored.iter().map(present).collect()
}

/// All complete forms, if they are few.
fn every_form(program: &Program) -> Option<Vec<Vec<Option<f64>>>> {
    const MOST: usize = 5_000;
    let mut forms = vec![Vec::new()];
    for answer in &program.answers {
        let values: Vec<Option<f64>> = match answer.as_ref().map(|answer| &answer.accepted) {
            None => vec![None],
            Some(Accepted::Values(values)) => {
                values.iter().map(|value| Some(value.number())).collect()
            }
            Some(Accepted::Choices(_) | Accepted::Between { .. }) => return None,
        };
        if forms.len() * values.len() > MOST {
            return None;
        }
        let longer = |form: &Vec<Option<f64>>| {
            values.iter().map(|value| [form.clone(), vec![*value]].concat()).collect::<Vec<_>>()
        };
        forms = forms.iter().flat_map(longer).collect();
    }
    Some(forms)
}

#[test]
fn as_many_answers_are_needed_as_the_rule_says() {
    let mut checked_scales = 0;
    for folder in folders() {
        let (checked, accounts) = described(&folder);
        let instrument = checked.instrument.as_ref().expect("it is valid");
        for (at, account) in accounts.iter().enumerate() {
            let scale = &instrument.scales[at];
            let Terms::Items(items) = &scale.terms else { continue };
            let asked = |one: &scalewright_model::ScaleItem| {
                instrument.items[one.item.0].ask.is_none()
                    && one.recode.as_ref().is_none_or(|recode| recode.missing.is_none())
            };
            if !items.iter().all(asked) || checked.program.position(ScaleIx(at)).is_none() {
                continue;
            }
            let numbers: Vec<usize> = account.missing[0]
                .split(|one: char| !one.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            let need = match numbers.as_slice() {
                [] => items.len(),
                [need, ..] => *need,
            };
            let mut dice = Dice(3);
            let full = dice.answers(&checked.program, instrument.items.len(), 0);
            // The mandatory ones first.
            let mut order: Vec<usize> = scale.missing.mandatory.clone();
            order.extend((0..items.len()).filter(|one| !scale.missing.mandatory.contains(one)));
            let answered = |count: usize| {
                let mut answers = full.clone();
                order[count..].iter().for_each(|one| answers[items[*one].item.0] = None);
                scored(&checked.program, at, &answers)
            };
            let place = format!("{} {}: {}", folder.display(), account.id, account.missing[0]);
            assert!(answered(need).is_some(), "{place}");
            assert!(answered(need - 1).is_none(), "{place}");
            checked_scales += 1;
        }
    }
    assert!(checked_scales > 150, "{checked_scales}");
}

#[test]
fn items_that_are_not_asked_count_as_the_audit_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../instruments/audit");
    let (checked, accounts) = described(&folder);
    let total = &accounts[0];
    assert!(total.missing[1].contains("not asked counts as answered"), "{:?}", total.missing);
    assert_eq!(
        total.conditions,
        [
            "audit_2, audit_3: only if audit_1 > 0; otherwise the answer counts as 0",
            "audit_4..audit_8: only if audit_1 > 0 and audit_2 + audit_3 > 0; otherwise the answer counts as 0",
        ]
    );
    let mut answers = vec![None; 10];
    (answers[0], answers[8], answers[9]) = (Some(0.0), Some(2.0), Some(4.0));
    assert_eq!(scored(&checked.program, 0, &answers), Some(6.0));
    answers[8] = None;
    assert_eq!(scored(&checked.program, 0, &answers), None);
}

#[test]
fn the_steps_for_a_respondent_add_up() {
    let mut sums = 0;
    for folder in folders() {
        let (checked, _) = described(&folder);
        let instrument = checked.instrument.as_ref().expect("it is valid");
        let mut dice = Dice(5);
        for blank in [0, 8] {
            let answers = dice.answers(&checked.program, instrument.items.len(), blank);
            let text = working(instrument, &checked.program, &answers);
            for line in text.lines() {
                let Some((parts, sum)) =
                    line.strip_prefix("  sum: ").and_then(|line| line.split_once(" = "))
                else {
                    continue;
                };
                if parts.contains('…') || parts.contains('(') {
                    continue;
                }
                let parts: f64 = parts
                    .replace('−', "-")
                    .replace(" - ", " + -")
                    .split(" + ")
                    .filter_map(read)
                    .sum();
                assert!((parts - read(sum).expect("a sum")).abs() < 1e-9, "{line}");
                sums += 1;
            }
        }
    }
    assert!(sums > 100, "{sums}");
}

#[test]
fn words_are_used_as_printed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scoring/words");
    let (checked, accounts) = described(&folder);
    let instrument = checked.instrument.as_ref().expect("it is valid");
    for account in &accounts {
        assert!(account.formula.as_ref().is_some_and(|text| text.contains('"')), "{account:?}");
    }
    let second = checked.program.scores.iter().find_map(|score| match &score.formula {
        Formula::Word { words, .. } if words.len() == 4 => Some(&score.formula),
        _ => None,
    });
    let text = formula_text(second.expect("a score of four words"), instrument);
    assert!(text.starts_with("if w1 = 0 then rule else \""), "{text}");
}

#[test]
fn a_formula_that_needs_all_its_answers_has_no_result_without_one() {
    let mut blanked = 0;
    for folder in folders() {
        let (checked, accounts) = described(&folder);
        let instrument = checked.instrument.as_ref().expect("it is valid");
        let mut dice = Dice(13);
        let full = dice.answers(&checked.program, instrument.items.len(), 0);
        for (at, account) in accounts.iter().enumerate() {
            let strict = account.missing.iter().any(|line| line.starts_with("there is no result"));
            let Some(position) = checked.program.position(ScaleIx(at)).filter(|_| strict) else {
                continue;
            };
            let (mut scales, mut items) = (Vec::new(), Vec::new());
            checked.program.scores[position].formula.operands(&mut scales, &mut items);
            for item in items.iter().filter(|item| instrument.items[item.0].ask.is_none()) {
                let mut answers = full.clone();
                answers[item.0] = None;
                let score = scored(&checked.program, at, &answers);
                assert_eq!(score, None, "{} {}", folder.display(), account.id);
                blanked += 1;
            }
        }
    }
    assert!(blanked > 50, "{blanked}");
}
