//! Scales, formulas, tables, norms and flags over invented items.

use std::fmt::Write;

use super::{Answers, Made, condition};
use crate::oracles::Dice;

/// The items of a sum: items with coded values that all have the same response scale.
fn alike(items: &[Made], dice: &mut Dice) -> Vec<usize> {
    let response = dice.roll(2);
    let of: Vec<usize> = (0..items.len()).filter(|at| items[*at].response == response).collect();
    if of.len() >= 2 { of } else { (0..items.len()).filter(|at| items[*at].response < 2).collect() }
}

/// Writes scales, formulas, tables, norms and flags.
pub(super) fn write(text: &mut String, items: &[Made], dice: &mut Dice) {
    let simple = 1 + dice.roll(3);
    for index in 0..simple {
        scale(text, index, &alike(items, dice), items, dice);
    }
    if simple > 1 && dice.roll(2) == 0 {
        composite(text, simple, dice);
    }
    for index in 0..dice.roll(4) {
        formula(text, index, items, dice);
    }
    if dice.roll(2) == 0 {
        looked_up(text, dice);
    }
    if dice.roll(2) == 0 {
        let _ = write!(
            text,
            "\n[[norms]]\nid = \"n\"\ntitle = \"Norm\"\nscale = \"sc0\"\nderive = [{}]\ngroups = [{{ mean = {}.5, sd = {}.25 }}]\nround = {}\n",
            ["\"t\"", "\"z\", \"iq\"", "\"stanine\"", "\"t\", \"sten\""][dice.roll(4)],
            dice.roll(9),
            1 + dice.roll(4),
            dice.roll(3)
        );
    }
    for index in 0..dice.roll(3) {
        if let Some(when) = condition(items, dice) {
            let _ = write!(
                text,
                "\n[[flags]]\nid = \"fl{index}\"\ntitle = \"Flag\"\nwhen = \"{when} or sc0 > {}\"\n",
                dice.roll(9)
            );
        }
    }
}

/// Writes a scale: a sum, mean, minimum or maximum of items.
fn scale(text: &mut String, index: usize, of: &[usize], items: &[Made], dice: &mut Dice) {
    let score = ["sum", "sum", "mean", "mean", "max", "min"][dice.roll(6)];
    let additive = matches!(score, "sum" | "mean");
    let reversed =
        |at: &usize| matches!(items[*at].answers, Answers::Coded { reversible: true, .. });
    let keyed: Vec<String> = of
        .iter()
        .map(|at| {
            let sign = if reversed(at) && dice.roll(3) == 0 { "-" } else { "" };
            format!("\"{sign}{}\"", items[*at].id)
        })
        .collect();
    let _ = write!(
        text,
        "\n[[scales]]\nid = \"sc{index}\"\ntitle = \"Scale {index}\"\nitems = [{}]\nscore = \"{score}\"\n",
        keyed.join(", ")
    );
    if index % 2 == 1 {
        *text += "unit = \"points\"\n";
    }
    // Weighted scales cannot be prorated.
    let weighted = additive && worth(text, of, items, score, dice);
    missing(text, of, items, additive && !weighted, dice);
    if dice.roll(3) == 0 {
        let _ = writeln!(text, "round = {}", dice.roll(3));
    }
    if dice.roll(2) == 0 {
        let cut = dice.roll(9);
        let _ = writeln!(
            text,
            "bands = [\n  {{ label = \"low\", from = -100000, to = {cut} }},\n  {{ label = \"high & <more>\", above = {cut}, to = 100000 }},\n]"
        );
    }
}

/// Writes recodings, weights and transformations. Returns whether items have weights.
fn worth(text: &mut String, of: &[usize], items: &[Made], score: &str, dice: &mut Dice) -> bool {
    let kind = dice.roll(6);
    match kind {
        0 if score == "sum" => {
            let weights: Vec<String> = of
                .iter()
                .map(|at| {
                    format!("{} = {}", items[*at].id, ["2", "-1", "0.5", "1.25", "3"][dice.roll(5)])
                })
                .collect();
            let _ = writeln!(text, "weights = {{ {} }}", weights.join(", "));
        }
        1 => {
            let same = of.iter().all(|at| items[*at].response == items[of[0]].response);
            if let (Answers::Coded { values, .. }, true) = (&items[of[0]].answers, same) {
                let recoded: Vec<String> =
                    values.iter().map(|value| format!("\"{value}\" = {}", dice.roll(7))).collect();
                let _ = writeln!(text, "recode = [{{ values = {{ {} }} }}]", recoded.join(", "));
            }
        }
        _ => {}
    }
    match dice.roll(6) {
        0 => {
            let _ = writeln!(text, "multiply = {}", ["4", "0.5", "-2"][dice.roll(3)]);
        }
        1 => {
            let _ = writeln!(text, "intercept = {}", ["3.5", "-2"][dice.roll(2)]);
        }
        2 => {
            *text += ["rescale = { low = 0, high = 100 }\n", "rescale = { low = 100, high = 0 }\n"]
                [dice.roll(2)]
        }
        _ => {}
    }
    kind == 0 && score == "sum"
}

/// Writes the rule for missing answers.
fn missing(text: &mut String, of: &[usize], items: &[Made], additive: bool, dice: &mut Dice) {
    let rules = ["no-score", "answered-only", "substitute", "prorate"];
    let rule = rules[dice.roll(if additive { 4 } else { 2 })];
    let _ = writeln!(text, "missing = \"{rule}\"");
    if rule == "no-score" {
        return;
    }
    if rule == "substitute" {
        let _ = writeln!(text, "substitute = {}", dice.roll(3));
    }
    let least = 1 + dice.roll(of.len());
    let _ = match dice.roll(5) {
        0 => writeln!(text, "min-answered = {least}"),
        1 => writeln!(text, "min-proportion = \"{}\"", ["50%", "2/3", "80%"][dice.roll(3)]),
        2 => writeln!(text, "more-than-answered = {}", least - 1),
        3 => writeln!(text, "more-than-proportion = \"50%\""),
        _ => writeln!(text, "max-missing = {}", of.len() - least),
    };
    if dice.roll(4) == 0 {
        let _ = writeln!(text, "mandatory = [\"{}\"]", items[of[0]].id);
    }
}

/// Writes a scale of scales.
fn composite(text: &mut String, simple: usize, dice: &mut Dice) {
    let scales: Vec<String> = (0..simple).map(|at| format!("\"sc{at}\"")).collect();
    let _ = write!(
        text,
        "\n[[scales]]\nid = \"all\"\ntitle = \"All\"\nscales = [{}]\nscore = \"{}\"\n{}",
        scales.join(", "),
        ["sum", "mean", "max"][dice.roll(3)],
        ["missing = \"no-score\"\n", "missing = \"answered-only\"\nmin-answered = 1\n"]
            [dice.roll(2)]
    );
}

/// A random answer to an item.
fn one_of(items: &[Made], id: &str, dice: &mut Dice) -> i64 {
    match items.iter().find(|item| item.id == id).map(|item| &item.answers) {
        Some(Answers::Coded { values, .. }) => values[dice.roll(values.len())],
        Some(Answers::Number { low, .. }) => *low,
        _ => 1,
    }
}

/// Writes a scale with a random formula.
fn formula(text: &mut String, index: usize, items: &[Made], dice: &mut Dice) {
    let numbers: Vec<&str> = items
        .iter()
        .filter(|item| {
            !matches!(item.answers, Answers::Other | Answers::Time | Answers::Several { .. })
        })
        .map(|item| item.id.as_str())
        .collect();
    let mut some = || numbers[dice.roll(numbers.len())];
    let (a, b, c) = (some(), some(), some());
    let one = one_of(items, c, dice);
    let formula = match dice.roll(14) {
        0 => format!("if {a} >= 2 then {b} + {c} else {b} * 2 - 1"),
        1 => format!("count({a} >= 2, {b} >= 1, {c} = {one})"),
        2 => format!("sqrt(abs({a}) + {b} ^ 2)"),
        3 => format!("ln(abs({a}) + 1) + 0.5"),
        4 => format!("round(mean({a}, {b}, {c}; >= 2), 1)"),
        5 => format!("max({a}, {b}) - min({b}, {c})"),
        6 => format!("sum({a}, {b}, {c}; >= 1; substitute 1)"),
        7 => format!("coalesce({a}, {b}, 0) + clamp({c}, 0, 2)"),
        8 => format!("recode({c}, {one}: 3, else 1) + floor({b} / 2)"),
        9 => format!("count(sc0 > 2, {a} > 0; all) >= 1 and not is_missing({b})"),
        10 => format!(
            "if {a} > 1 and {b} > 0 then \\\"both\\\" else if {a} > 1 then \\\"one\\\" else \\\"none\\\""
        ),
        11 => format!("answered({a}, {b}, {c})"),
        12 => format!("({a} + 1) / ({b} - 1)"),
        _ => format!("truncate(sc0 / 3) + ceiling({a} / 2) - exp(0)"),
    };
    let _ = write!(
        text,
        "\n[[scales]]\nid = \"fo{index}\"\ntitle = \"Formula {index}\"\nscore = \"formula\"\nmissing = \"in-formula\"\nformula = \"{formula}\"\n"
    );
}

/// Writes a table, and a score that is looked up in it.
fn looked_up(text: &mut String, dice: &mut Dice) {
    let matching = ["step", "linear", "exact"][dice.roll(3)];
    let rows: Vec<String> = (0..6).map(|at| format!("[{}, {}.5]", at * 3, 20 + at * 7)).collect();
    let outside = if dice.roll(2) == 0 { "outside = \"nearest\"\n" } else { "" };
    let _ = write!(
        text,
        "\n[tables.t]\nrows = [{}]\nmatching = [\"{matching}\"]\n{outside}\n[[scales]]\nid = \"lo\"\ntitle = \"Looked up\"\nscore = \"formula\"\nmissing = \"in-formula\"\nformula = \"lookup(t, round(sc0))\"\n",
        rows.join(", ")
    );
}
