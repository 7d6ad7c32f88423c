//! The computed set of reachable scores equals the scores of all patterns of answers.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use scalewright_check::{Checked, Input, Source, check};
use scalewright_model::ItemIx;
use scalewright_scoring::{Accepted, Column, Program, Reach, Responses, evaluate};

use crate::oracles::{Dice, corpus};

/// The greatest number of patterns of answers that are tried per score.
const MOST_PATTERNS: usize = 200_000;

/// The items that a score depends on, including those in conditions of its items.
fn items(program: &Program, position: usize) -> BTreeSet<ItemIx> {
    let mut items = BTreeSet::new();
    let mut open = program.scores[position].items.clone();
    while let Some(item) = open.pop() {
        let asked = program.answer(item).and_then(|answer| answer.asked.as_ref());
        if let (true, Some(asked)) = (items.insert(item), asked) {
            let mut scales = Vec::new();
            asked.when.operands(&mut scales, &mut open);
            let positions = scales.into_iter().filter_map(|scale| program.position(scale));
            open.extend(positions.flat_map(|position| &program.scores[position].items));
        }
    }
    items
}

fn answers(accepted: &Accepted) -> Option<Vec<f64>> {
    match accepted {
        Accepted::Values(values) => Some(values.iter().map(|value| value.number()).collect()),
        Accepted::Choices(options) => {
            Some((1..1_u32 << options.len().min(12)).map(f64::from).collect())
        }
        Accepted::Between { min, max, decimals } => {
            let scale = 10_f64.powi(i32::try_from(*decimals).ok()?);
            let few = (max - min) * scale <= 2000.0;
            let steps = (0_u32..=2000).map(|step| (min * scale).ceil() + f64::from(step));
            few.then(|| steps.map(|at| at / scale).take_while(|at| *at <= *max).collect())
        }
    }
}

/// All patterns of answers to `items`, with missing answers unless `complete`. Returns `None` if there are too many.
fn patterns(checked: &Checked, items: &BTreeSet<ItemIx>, complete: bool) -> Option<Responses> {
    let all = checked.instrument.as_ref()?.items.len();
    let mut choices: Vec<Vec<Option<f64>>> = vec![vec![None]; all];
    for item in items {
        let Some(answer) = checked.program.answer(*item) else { continue };
        choices[item.0] = answers(&answer.accepted)?.into_iter().map(Some).collect();
        // Choosing nothing is an answer too.
        if complete && matches!(answer.accepted, Accepted::Choices(_)) {
            choices[item.0].push(None);
        }
        if !complete {
            choices[item.0].push(None);
        }
    }
    let rows = choices.iter().map(Vec::len).fold(1, usize::saturating_mul);
    if rows > MOST_PATTERNS {
        return None;
    }
    let mut columns = vec![Column::default(); all];
    for row in 0..rows {
        let mut rest = row;
        for (choices, column) in choices.iter().zip(&mut columns) {
            column.push(choices[rest % choices.len()]);
            rest /= choices.len();
        }
    }
    Some(Responses { rows, items: columns })
}

/// Compares the range of a score with the scores of all patterns. Returns whether all patterns could be tried.
fn compare(name: &str, checked: &Checked, position: usize, complete: bool) -> bool {
    let items = items(&checked.program, position);
    let Some(responses) = patterns(checked, &items, complete) else { return false };
    let scored = evaluate(&checked.program, &responses);
    let scores: Vec<Option<f64>> =
        (0..responses.rows).map(|row| scored[position].score.get(row)).collect();
    let mut values: Vec<f64> = scores.iter().copied().flatten().collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|next, kept| *next - *kept < 1e-9);
    let range = &checked.ranges[position];
    let reach = if complete { &range.complete } else { &range.any };
    let scale = checked.program.scores[position].scale;
    let id = &checked.instrument.as_ref().expect("it was read").scales[scale.0].id;
    let place = format!("{name}, {id}, complete: {complete}, {reach:?}, but {values:?}");
    assert_exact(reach, &values, scores.contains(&None), &place);
    true
}

fn assert_exact(reach: &Reach, values: &[f64], misses: bool, place: &str) {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-8 * a.abs().max(1.0);
    if let Some(known) = reach.values.as_ref().filter(|_| reach.exact) {
        let same =
            known.len() == values.len() && known.iter().zip(values).all(|(a, b)| near(*a, *b));
        assert!(same, "{place}");
        assert_eq!(reach.may_miss, misses, "{place}");
        return;
    }
    let (Some(low), Some(high)) = (values.first(), values.last()) else { return };
    assert!(reach.low <= low + 1e-8 && reach.high >= high - 1e-8, "{place}");
    assert!(reach.may_miss || !misses, "{place}");
    let ends = near(reach.low, *low) && near(reach.high, *high);
    assert!(!reach.exact || ends, "{place}");
}

/// Scores whose bounds are not known to be reached.
///
/// Their divisors are numbers with four decimals: a million different values, some of them very close to 0.
const BOUNDED: &[(&str, &str)] = &[
    ("feature-45-change", "rci"),
    ("feature-45-change", "new_reliability"),
    ("feature-45-change", "length_ratio"),
    ("feature-45-change", "corrected_r"),
];

#[test]
fn the_ranges_of_all_other_scores_are_exact() {
    let mut inexact = String::new();
    for (name, checked) in corpus() {
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        for (score, range) in checked.program.scores.iter().zip(&checked.ranges) {
            let id = &instrument.scales[score.scale.0].id;
            let listed = BOUNDED.contains(&(name.as_str(), id.as_str()));
            if listed == (range.complete.exact && range.any.exact) {
                writeln!(inexact, "{name}, {id}: {range:?}").expect("written to a string");
            }
        }
    }
    assert!(inexact.is_empty(), "not as listed in BOUNDED:\n{inexact}");
}

#[test]
fn ranges_of_the_corpus_equal_the_scores_of_all_patterns() {
    let mut tried = 0;
    for (name, checked) in corpus() {
        for position in 0..checked.program.scores.len() {
            for complete in [false, true] {
                tried += usize::from(compare(&name, &checked, position, complete));
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

/// The findings in an instrument with `items` items. The third and fourth are asked only if the first is not 0.
fn found(items: usize, scales: &str) -> Vec<String> {
    let items: String = (1..=items)
        .map(|item| {
            let asked = match item {
                3 | 4 => "ask-if = \"q1 > 0\"\nwhen-not-asked = 0\n",
                _ => "",
            };
            format!(
                "[[items]]\nid = \"q{item}\"\nstem = \"Stem {item}.\"\nresponse = \"r\"\n{asked}"
            )
        })
        .collect();
    let text = format!(
        "format = 1\nid = \"small\"\ntitle = \"T\"\nversion = \"1.0.0\"\nstatus = \"development\"\nlanguage = \"en\"\n\
         [rights]\nholder = \"scalewright authors\"\nlicence = \"CC0-1.0\"\nwording = \"included\"\n\
         [administration]\nrespondent = \"self\"\n[response-scales.r]\noptions = [{{ value = 0, label = \"A\" }}, \
         {{ value = 1, label = \"B\" }}, {{ value = 2, label = \"C\" }}]\n{items}{scales}"
    );
    let checked =
        check(Input::alone(Source { name: "small".to_owned(), bytes: text.into_bytes() }));
    checked
        .findings
        .iter()
        .map(|finding| format!("{}: {}", finding.code, finding.message))
        .collect()
}

/// A sum with conditions, a mean of scales that share an item, and a sum with an `if`: other scales, the scale, and its
/// highest score. The lowest is 0.
const SHARED: [(&str, &str, u8); 3] = [
    ("", "items = [\"q1\", \"q2\", \"q3\", \"q4\"]\nscore = \"sum\"\nmissing = \"no-score\"", 8),
    (
        "[[scales]]\nid = \"a\"\ntitle = \"A\"\nitems = [\"q1\", \"q2\"]\nscore = \"sum\"\nmissing = \"no-score\"\n\
         [[scales]]\nid = \"b\"\ntitle = \"B\"\nitems = [\"q2\", \"q3\"]\nscore = \"sum\"\nmissing = \"no-score\"\n",
        "scales = [\"a\", \"b\"]\nscore = \"sum\"\nmissing = \"no-score\"",
        8,
    ),
    (
        "",
        "score = \"formula\"\nmissing = \"in-formula\"\nformula = \"q1 + (if q2 > 1 then q1 + 4 else 0)\"",
        8,
    ),
];

#[test]
fn gaps_and_wrong_ranges_are_found_where_answers_are_shared() {
    for (parts, scale, high) in SHARED {
        let of = |more: &str| {
            found(4, &format!("{parts}[[scales]]\nid = \"s\"\ntitle = \"S\"\n{scale}\n{more}\n"))
        };
        let says = |found: &[String], code: &str| found.iter().any(|found| found.starts_with(code));
        let hole = of(&format!(
            "bands = [{{ label = \"low\", from = 0, to = 3 }}, {{ label = \"high\", from = 5, to = {high} }}]"
        ));
        let four = "band-gap: the score 4 of `s` falls in no band";
        assert!(says(&hole, four), "{scale}: {hole:?}");
        let whole = of(&format!(
            "bands = [{{ label = \"low\", from = 0, to = 3 }}, {{ label = \"high\", from = 4, to = {high} }}]\n\
             stated-range = {{ low = 0, high = {high} }}"
        ));
        let quiet = ["band-gap", "band-unreachable", "stated-range", "prorated-", "range-not-"];
        assert!(!quiet.iter().any(|code| says(&whole, code)), "{scale}: {whole:?}");
        let narrow = of(&format!("stated-range = {{ low = 0, high = {} }}", high - 1));
        assert!(says(&narrow, "stated-range"), "{scale}: {narrow:?}");
    }
}

/// Above 709.8 the exponential is larger than any number that can be stored. The scores below that are still reachable.
#[test]
fn the_range_of_an_exponential_that_overflows_is_not_too_narrow() {
    let found = found(
        1,
        "[response-scales.n]\ntype = \"numeric\"\nmin = 0\nmax = 800\ndecimals = 6\n\
         [[items]]\nid = \"x\"\nstem = \"X.\"\nresponse = \"n\"\n\
         [[scales]]\nid = \"s\"\ntitle = \"S\"\nscore = \"formula\"\nmissing = \"in-formula\"\nformula = \"exp(x)\"\n\
         bands = [{ label = \"low\", from = 1, to = 1000 }, { label = \"high\", above = 1000, to = 9000 }]\n",
    );
    let wrong = ["band-unreachable", "band-beyond-range", "broken", "syntax"];
    assert!(
        !found.iter().any(|found| wrong.iter().any(|code| found.starts_with(code))),
        "{found:?}"
    );
    let gap = |found: &&String| found.starts_with("band-gap") || found.starts_with("range-not");
    assert!(found.iter().any(|one| gap(&one)), "scores above 9000 are reachable: {found:?}");
}

/// The work on tables of sums is limited for a definition as a whole.
#[test]
fn models_too_large_for_tables_of_sums_are_rejected_quickly() {
    let model = |n: usize| {
        let items: String = (1..=40)
            .map(|item| {
                format!(
                    "[[models.m{n}.items]]\nitem = \"q{item}\"\ndiscrimination = 1.5\nthresholds = [-1, 1]\n"
                )
            })
            .collect();
        format!(
            "[[scales]]\nid = \"s{n}\"\ntitle = \"S\"\nscore = \"formula\"\nmissing = \"in-formula\"\nformula = \"eap_sum(m{n})\"\n\
             [models.m{n}]\ntype = \"graded-response\"\nscaling = 1\ngrid = {{ low = -6, high = 6, points = 2001 }}\n{items}"
        )
    };
    let is_refused = |found: &String| found.contains("takes too long to compute");
    let one = found(40, &model(1));
    assert!(!one.iter().any(is_refused), "{one:?}");
    // Each model takes ten million steps, so the fifth exceeds the limit.
    let five: String = (1..=5).map(model).collect();
    let five = found(40, &five);
    assert!(five.iter().any(is_refused), "{five:?}");
}

/// The number of random instruments whose scores share answers through formulas and conditions.
const TANGLED: u64 = 300;

#[test]
fn ranges_of_tangled_instruments_equal_the_scores_of_all_patterns() {
    let (mut tried, mut exact) = (0, 0);
    for seed in 0..TANGLED {
        let text = tangled(&mut Dice::seeded(seed));
        let source = Source { name: format!("tangled-{seed}"), bytes: text.clone().into_bytes() };
        let checked = check(Input::alone(source));
        let errors: Vec<&str> = checked
            .findings
            .iter()
            .filter(|finding| checked.obscures(finding))
            .map(|finding| finding.message.as_str())
            .collect();
        assert!(errors.is_empty(), "{errors:?}\n{text}");
        for position in 0..checked.program.scores.len() {
            for complete in [false, true] {
                let name = format!("tangled-{seed}\n{text}\n");
                tried += usize::from(compare(&name, &checked, position, complete));
            }
            exact += usize::from(checked.ranges[position].any.exact);
        }
    }
    assert!(tried > 1000, "{tried}");
    assert!(exact * 2 > tried * 9 / 10, "only {exact} of {} are exact", tried / 2);
}

/// The number of items of a tangled instrument.
const ITEMS: usize = 5;

fn tangled(dice: &mut Dice) -> String {
    let mut text = "format = 1\nid = \"tangled\"\ntitle = \"T\"\nversion = \"1.0.0\"\nstatus = \"development\"\nlanguage = \"en\"\n\
        [rights]\nholder = \"scalewright authors\"\nlicence = \"CC0-1.0\"\nwording = \"included\"\n\
        [administration]\nrespondent = \"self\"\n\
        [response-scales.two]\ntype = \"yes-no\"\n\
        [response-scales.three]\noptions = [{ value = 0, label = \"A\" }, { value = 2, label = \"B\" }, { value = 4, label = \"C\" }]\n\
        [response-scales.signed]\noptions = [{ value = -1, label = \"A\" }, { value = 0, label = \"B\" }, { value = 1, label = \"C\" }]\n"
        .to_owned();
    for item in 1..=ITEMS {
        let response = ["two", "three", "signed"][dice.roll(3)];
        writeln!(
            text,
            "[[items]]\nid = \"q{item}\"\nstem = \"Stem {item}.\"\nresponse = \"{response}\""
        )
        .expect("written to a string");
        if item > 1 && dice.roll(3) == 0 {
            let condition = test(dice, 1, item - 1, 0);
            writeln!(text, "ask-if = \"{condition}\"").expect("written to a string");
            if dice.roll(2) == 0 {
                text.push_str("when-not-asked = 0\n");
            }
        }
    }
    for scale in 1..=4 {
        writeln!(text, "[[scales]]\nid = \"s{scale}\"\ntitle = \"S\"")
            .expect("written to a string");
        if dice.roll(2) == 0 {
            keyed(&mut text, dice);
        } else {
            let formula = number(dice, 3, ITEMS, scale - 1);
            writeln!(
                text,
                "score = \"formula\"\nmissing = \"in-formula\"\nformula = \"{formula}\""
            )
            .expect("written to a string");
        }
    }
    let when = test(dice, 3, ITEMS, 4);
    writeln!(text, "[[flags]]\nid = \"f\"\ntitle = \"F\"\nwhen = \"{when}\"")
        .expect("written to a string");
    text
}

fn keyed(text: &mut String, dice: &mut Dice) {
    let items: Vec<String> = (1..=ITEMS)
        .filter_map(|item| {
            [Some(format!("\"q{item}\"")), Some(format!("\"-q{item}\"")), None][dice.roll(3)]
                .clone()
        })
        .collect();
    let items =
        if items.len() < 2 { vec!["\"q1\"".to_owned(), "\"q2\"".to_owned()] } else { items };
    let score = ["sum", "mean", "min", "max"][dice.roll(4)];
    let adds = matches!(score, "sum" | "mean");
    let missing = match dice.roll(if adds { 3 } else { 2 }) {
        0 => "missing = \"no-score\"".to_owned(),
        1 => format!("missing = \"answered-only\"\nmin-answered = {}", 1 + dice.roll(items.len())),
        _ => format!("missing = \"prorate\"\nmin-answered = {}", 1 + dice.roll(items.len())),
    };
    writeln!(text, "items = [{}]\nscore = \"{score}\"\n{missing}", items.join(", "))
        .expect("written to a string");
}

/// A random number over items up to `items` and scales up to `scales`, at most `depth` levels deep.
fn number(dice: &mut Dice, depth: usize, items: usize, scales: usize) -> String {
    if depth == 0 || dice.roll(6) == 0 {
        return match (dice.roll(4), scales) {
            (0, _) => format!("{}", dice.roll(4)),
            (1, 1..) => format!("s{}", 1 + dice.roll(scales)),
            _ => format!("q{}", 1 + dice.roll(items)),
        };
    }
    let one = |dice: &mut Dice| number(dice, depth - 1, items, scales);
    match dice.roll(12) {
        0 => format!("({} + {})", one(dice), one(dice)),
        1 => format!("({} - {})", one(dice), one(dice)),
        2 => format!("({} * {})", one(dice), one(dice)),
        3 => format!("({} / {})", one(dice), one(dice)),
        4 => format!("abs({})", one(dice)),
        5 => format!("round({} / 2, 1)", one(dice)),
        6 => format!("coalesce({}, {})", one(dice), one(dice)),
        7 => format!("sum({}, {}, {}; >= {})", one(dice), one(dice), one(dice), 1 + dice.roll(3)),
        8 => format!("mean({}, {}; >= 1; prorate)", one(dice), one(dice)),
        9 => format!("max({}, {}; >= 1)", one(dice), one(dice)),
        10 => format!(
            "count({}, {})",
            test(dice, depth - 1, items, scales),
            test(dice, depth - 1, items, scales)
        ),
        _ => {
            let condition = test(dice, depth - 1, items, scales);
            format!("(if {condition} then {} else {})", one(dice), one(dice))
        }
    }
}

/// A random condition over items up to `items` and scales up to `scales`, at most `depth` levels deep.
fn test(dice: &mut Dice, depth: usize, items: usize, scales: usize) -> String {
    if depth == 0 || dice.roll(3) == 0 {
        let comparison = ["<", "<=", "=", "!=", ">=", ">"][dice.roll(6)];
        let left = number(dice, depth.min(1), items, scales);
        return format!("{left} {comparison} {}", dice.roll(4));
    }
    let one = |dice: &mut Dice| test(dice, depth - 1, items, scales);
    match dice.roll(6) {
        0 => format!("({} and {})", one(dice), one(dice)),
        1 => format!("({} or {})", one(dice), one(dice)),
        2 => format!("(not ({}))", one(dice)),
        3 => {
            format!("(count({}, {}, {}) >= {})", one(dice), one(dice), one(dice), 1 + dice.roll(3))
        }
        4 => format!("(count({}, {}) = {})", one(dice), one(dice), dice.roll(3)),
        _ => format!("is_missing({})", number(dice, depth - 1, items, scales)),
    }
}
