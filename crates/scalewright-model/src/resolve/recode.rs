//! Recoding of keyed answers: checks that every keyed answer has a number.

use std::collections::BTreeMap;

use crate::expand::is_range;
use crate::file::{RecodeFile, ScaleFile};
use crate::{
    Diagnostic, Item, Keying, OptionValue, Pointer, Recode, ResponseScale, Scale, ScaleItem, Terms,
    unsigned_name,
};

/// Sets the recodings of the items of `scale`.
pub(super) fn apply(
    file: &ScaleFile,
    scale: &mut Scale,
    items: &[Item],
    responses: &[ResponseScale],
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) {
    if file.recode.is_empty() {
        return;
    }
    let Terms::Items(keyed) = &mut scale.terms else {
        // Scales with a formula have unknown terms here; `check_formula_keys` reports the key for them.
        if matches!(scale.terms, Terms::Scales(_)) {
            let finding =
                Diagnostic::error("misplaced-key", "the scores of scales cannot be recoded")
                    .at_key(place.key("recode"), "")
                    .help("recode the items of the scales, or write a formula with `recode(…)`");
            found.push(finding);
        }
        return;
    };
    for (index, recode) in file.recode.iter().enumerate() {
        let place = place.key("recode").index(index);
        // A recoding without values has an error of its own.
        if recode.values.is_empty() {
            continue;
        }
        let Some(table) = table(recode, &place, found) else { continue };
        for entry in selected(recode, keyed, items, &place, found) {
            let item = &items[entry.item.0];
            if entry.recode.is_some() {
                let finding =
                    Diagnostic::error("recoded-twice", format!("`{}` is recoded twice", item.id))
                        .at_key(place.clone(), "recoded again here")
                        .help("list the items of each recoding under `items`, each item once");
                found.push(finding);
                continue;
            }
            let response = &responses[item.response.0];
            found.extend(check_complete(&table, entry, item, response, &place));
            entry.recode = Some(Recode { table: table.clone().into(), missing: recode.missing });
        }
    }
}

fn table(
    recode: &RecodeFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<(f64, f64)>> {
    let mut table = Vec::new();
    let mut valid = true;
    for (key, &value) in &recode.values {
        match key.parse::<f64>() {
            Ok(number) if number.is_finite() => table.push((number, value)),
            _ => {
                valid = false;
                let finding =
                    Diagnostic::error("not-an-answer", format!("`{key}` is not a keyed answer"))
                        .at_key(place.key("values").key(key), "")
                        .help("write it as a number: `{ 1 = 0, 2 = 2 }`");
                found.push(finding);
            }
        }
    }
    // Keys are texts in the file, so their order there is that of the alphabet: `10` comes before `2`.
    table.sort_by(|a, b| a.0.total_cmp(&b.0));
    // The file can contain one number as two keys, such as `1` and `1.0`.
    if let Some(pair) = table.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
        valid = false;
        let message = format!("the keyed answer {} is recoded twice", pair[0].0);
        let finding = Diagnostic::error("recoded-twice", message)
            .at_key(place.key("values"), "")
            .help("keep one of the two: `1` and `1.0` are the same answer");
        found.push(finding);
    }
    valid.then_some(table)
}

/// Returns the entries of the scale that a recoding applies to, and reports names that are not on the scale.
fn selected<'s>(
    recode: &RecodeFile,
    keyed: &'s mut [ScaleItem],
    items: &[Item],
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Vec<&'s mut ScaleItem> {
    if recode.items.is_empty() {
        return keyed.iter_mut().collect();
    }
    let known: Vec<&str> = keyed.iter().map(|entry| items[entry.item.0].id.as_str()).collect();
    for (index, name) in recode.items.iter().enumerate() {
        if !known.contains(&name.as_str()) && !is_range(name) {
            let near = unsigned_name(name, known.iter().copied());
            let finding =
                Diagnostic::error("unknown-item", format!("`{name}` is not on this scale"))
                    .at(place.key("items").index(index), "")
                    .help(near.unwrap_or_else(|| {
                        "list only items of this scale, without `-`".to_owned()
                    }));
            found.push(finding);
        }
    }
    let named = |entry: &&mut ScaleItem| recode.items.contains(&items[entry.item.0].id);
    keyed.iter_mut().filter(named).collect()
}

/// Reports a keyed answer of the item that the table lacks, or an entry of the table that is not a keyed answer.
fn check_complete(
    table: &[(f64, f64)],
    entry: &ScaleItem,
    item: &Item,
    response: &ResponseScale,
    place: &Pointer,
) -> Option<Diagnostic> {
    let Some(values) = response.scored_values() else {
        let message = format!("`{}` has no options to recode", item.id);
        let finding =
            Diagnostic::error("not-an-answer", message).at_key(place.key("values"), "").help(
                "recode numbers with a formula: `lookup(…)` for a table, or `if … then … else …`",
            );
        return Some(finding);
    };
    // The same arithmetic as `Expr::Reverse`, because the table is applied to its results.
    let ends =
        values.first().copied().unwrap_or_default() + values.last().copied().unwrap_or_default();
    let keyed = |value: OptionValue| match entry.keying {
        Keying::Positive => value.number(),
        Keying::Negative => (ends - value).number(),
    };
    let answers: BTreeMap<OptionValue, f64> = values.into_iter().map(|v| (v, keyed(v))).collect();
    let listed = |answer: f64| table.iter().any(|(key, _)| (key - answer).abs() < crate::TOLERANCE);
    if let Some(lost) = answers.values().find(|answer| !listed(**answer)) {
        let message = format!("the keyed answer {lost} of `{}` is not recoded", item.id);
        let finding = Diagnostic::error("recode-incomplete", message)
            .at_key(place.key("values"), "")
            .help(format!("add its number: `{lost} = …`"));
        return Some(finding);
    }
    let stray = table
        .iter()
        .find(|(key, _)| !answers.values().any(|answer| (key - answer).abs() < crate::TOLERANCE))?;
    let message = format!("{} is not a keyed answer of `{}`", stray.0, item.id);
    let finding = Diagnostic::error("not-an-answer", message)
        .at_key(place.key("values"), "")
        .help("recoding comes after keying: list the answers after reversal");
    Some(finding)
}
