//! Respondents who are in no group of a norm.

use std::collections::BTreeSet;

use scalewright_model::file::NormFile;
use scalewright_model::{
    Expr, Formula, Instrument, ItemIx, Operation, OptionValue, Origin, Pointer, Scale, ScaleIx,
    Severity, TOLERANCE, Terms, Test,
};
use scalewright_scoring::{Column, EvalStep, Responses, Score, evaluate};

use super::{Cells, Context, Group, Hit, Lint, shown};

/// Respondents between two groups of a norm who are in neither.
pub(super) static LINT: Lint = Lint {
    name: "norm-group-gap",
    summary: "respondents who are in no group of a norm",
    explain: include_str!("norm_group_gap.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The greatest number of combinations of answers that are tried. A norm with more is not checked.
const MOST: usize = 3_000;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (index, norm) in context.file.norms.iter().enumerate() {
        let tests = tests(context, index);
        // A norm with a group for everybody has no gap. A single group may leave out others on purpose.
        if tests.len() < 2 || tests.len() < norm.groups.len() {
            continue;
        }
        let lost = left_out(context, &tests).or_else(|| lost_option(context, norm, &tests));
        let Some(left_out) = lost else { continue };
        let place = Pointer::norm(index).key("groups");
        let message = format!("`{}` has no group for {left_out}", norm.id);
        hits.push(lint.hit(&norm.id, message, |d| {
            d.at_key(place, "")
                .help("add the group, or correct the conditions so that they leave no gap")
        }));
    }
}

/// The conditions of the groups of a norm, in order: the tests of the nested `if` of its derived score.
pub(super) fn tests<'a>(context: &Context<'a>, norm: usize) -> Vec<&'a Test> {
    let of = |scale: &&Scale| matches!(scale.origin, Origin::Norm(at, _) if at == norm);
    let Some(scale) = context.instrument.scales.iter().find(of) else { return Vec::new() };
    let Terms::Formula(formula) = &scale.terms else { return Vec::new() };
    let Formula::Number(whole) = &**formula else { return Vec::new() };
    let (mut tests, mut rest): (Vec<&Test>, &Expr) = (Vec::new(), whole);
    loop {
        match rest {
            Expr::Round { of, .. } => rest = of,
            Expr::If { test, otherwise, .. } => {
                tests.push(&**test);
                rest = otherwise;
            }
            _ => return tests,
        }
    }
}

/// Returns answers that are in no group, though other answers around them are, in words. Returns `None` if there are
/// none, or too many combinations to try.
fn left_out(context: &Context<'_>, tests: &[&Test]) -> Option<String> {
    let items = asked(tests)?;
    let values: Vec<Vec<f64>> =
        items.iter().map(|item| values(context.instrument, *item)).collect::<Option<_>>()?;
    let rows = values.iter().try_fold(1_usize, |rows, values| rows.checked_mul(values.len()))?;
    if rows > MOST {
        return None;
    }
    let held = held(context, tests, &items, &values, rows);
    // Answers outside the span of all groups were probably left out on purpose.
    let amid = |row: usize| between(row, &values, &held) || known(row, &values, &held);
    let row = (0..rows).find(|&row| !held[row] && amid(row))?;
    let answers = answers(row, &values);
    let named = items.iter().zip(answers).map(|(item, answer)| {
        let item = &context.instrument.items[item.0];
        let options = context.instrument.response_scales[item.response.0].options();
        let code = options.iter().find(|option| (option.value.number() - answer).abs() < TOLERANCE);
        let code = code.and_then(|option| option.code.as_ref());
        code.map_or_else(
            || format!("`{} = {}`", item.id, shown(answer)),
            |code| format!("`{} = \"{code}\"`", item.id),
        )
    });
    Some(named.collect::<Vec<_>>().join(" and "))
}

/// Returns an option that all conditions leave out, though all compare the item with another: one sex, for example. The
/// words of a norm for one sex name it.
fn lost_option(context: &Context<'_>, norm: &NormFile, tests: &[&Test]) -> Option<String> {
    let words = [Some(&norm.title), norm.population.as_ref()].into_iter().flatten();
    let words = words.map(|text| text.to_lowercase()).collect::<Vec<_>>().join(" ");
    let cells = Cells::of(context.possible(), tests)?;
    for item in asked(tests)? {
        let response =
            &context.instrument.response_scales[context.instrument.items[item.0].response.0];
        let options = response.options().iter().filter(|option| !option.non_response);
        let coded: Vec<(f64, &str)> = options
            .filter_map(|option| Some((option.value.number(), option.code.as_deref()?)))
            .collect();
        // An item with many options, such as a country, may well have groups for some only.
        let [one, two] = coded[..] else { continue };
        let Some(column) = cells.column(item) else { continue };
        let is_held = |answer: f64| {
            cells.rows().any(|row| {
                (row[column] - answer).abs() < TOLERANCE
                    && tests.iter().any(|test| cells.holds(test, &row))
            })
        };
        let (lost, kept) = match (is_held(one.0), is_held(two.0)) {
            (true, false) => (two.1, one.1),
            (false, true) => (one.1, two.1),
            _ => continue,
        };
        if names(&words, kept) {
            continue;
        }
        return Some(format!("`{} = \"{lost}\"`", context.instrument.items[item.0].id));
    }
    None
}

/// Whether words name the only option that a norm is for.
fn names(words: &str, option: &str) -> bool {
    const MORE: [(&str, &[&str]); 2] = [
        ("female", &["female", "women", "woman", "girl", "mother", "frau", "mädchen"]),
        ("male", &["male", "men", "boy", "father", "männer", "jungen"]),
    ];
    let option = option.to_lowercase();
    let more = MORE.iter().find(|(code, _)| *code == option).map_or(&[][..], |(_, more)| more);
    let mut each = words.split(|c: char| !c.is_alphabetic());
    each.any(|word| word == option || more.iter().any(|more| word.starts_with(more)))
}

/// The items that the conditions use, or `None` if they also use scores.
fn asked(tests: &[&Test]) -> Option<Vec<ItemIx>> {
    let mut items = BTreeSet::new();
    for test in tests {
        for part in Operation::Truth(test).all() {
            match part {
                Operation::Number(Expr::Answer(item)) => {
                    items.insert(*item);
                }
                // The combinations of options are many.
                Operation::Number(Expr::Score(_) | Expr::Chosen { .. })
                | Operation::Truth(Test::Flag(_)) => return None,
                _ => {}
            }
        }
    }
    Some(items.into_iter().collect())
}

/// The possible answers to an item, or `None` if they are not few (at most 201 whole numbers).
fn values(instrument: &Instrument, item: ItemIx) -> Option<Vec<f64>> {
    let response = instrument.response(item);
    let (low, high) = response.bounds()?;
    let coded = response
        .scored_values()
        .map(|values| values.into_iter().map(OptionValue::number).collect());
    if coded.is_some() {
        return coded;
    }
    let count = high.floor() - low.ceil();
    // Negative if there is no whole number between the bounds.
    if !(0.0..=200.0).contains(&count) {
        return None;
    }
    Some(
        (0..=200)
            .map(|step| low.ceil() + f64::from(step))
            .take_while(|value| *value <= high)
            .collect(),
    )
}

/// For each combination of answers, whether it is in a group.
fn held(
    context: &Context<'_>,
    tests: &[&Test],
    items: &[ItemIx],
    values: &[Vec<f64>],
    rows: usize,
) -> Vec<bool> {
    let mut columns = vec![Column::missing(rows); context.instrument.items.len()];
    for (position, item) in items.iter().enumerate() {
        let answers = (0..rows).map(|row| answers(row, values)[position]).collect();
        columns[item.0] = Column::numbers(answers, vec![true; rows]);
    }
    let any = Test::Any(tests.iter().map(|test| (*test).clone()).collect());
    let formula = Formula::Truth(any);
    let mut program = context.program.clone();
    // No scale has this position: the score exists only for this question.
    program.scores = vec![Score { scale: ScaleIx(usize::MAX), formula, items: Vec::new() }];
    program.order = vec![EvalStep::Score(0)];
    let scored = evaluate(&program, &Responses { rows, items: columns });
    // If it is unknown whether answers are in a group, they are not certainly left out.
    (0..rows).map(|row| scored[0].score.get(row) != Some(0.0)).collect()
}

/// The answers of the combination with the number `row`, one per item.
fn answers(mut row: usize, values: &[Vec<f64>]) -> Vec<f64> {
    let mut answers = Vec::with_capacity(values.len());
    for values in values {
        answers.push(values[row % values.len()]);
        row /= values.len();
    }
    answers
}

/// Whether each answer of a combination is in a group together with some other answers.
fn known(row: usize, values: &[Vec<f64>], held: &[bool]) -> bool {
    let mut stride = 1;
    values.iter().all(|values| {
        let at = row / stride % values.len();
        let same = |other: &usize| other / stride % values.len() == at;
        let found = (0..held.len()).filter(same).any(|other| held[other]);
        stride *= values.len();
        found
    })
}

/// Whether, for some item, both a lower and a higher answer are in a group while the other answers stay the same.
fn between(row: usize, values: &[Vec<f64>], held: &[bool]) -> bool {
    let mut stride = 1;
    values.iter().any(|values| {
        let at = row / stride % values.len();
        let first = row - at * stride;
        let holds = |step: usize| held[first + step * stride];
        let yes = (0..at).any(holds) && (at + 1..values.len()).any(holds);
        stride *= values.len();
        yes
    })
}
