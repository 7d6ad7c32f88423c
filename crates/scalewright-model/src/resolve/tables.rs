//! Tables and item response models: checks that their numbers are consistent.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::file::{InstrumentFile, ModelFile, ModelItemFile, TableFile};
use crate::vocabulary::{Matching, ModelType};
use crate::{
    Diagnostic, Item, ItemIx, Keying, Model, ModelItem, OptionValue, Pointer, ResponseScale,
    ScaleItem, Table, keyed_name,
};

/// Returns the valid tables, by name.
pub(super) fn resolve<'f>(
    file: &'f InstrumentFile,
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<&'f str, Arc<Table>> {
    let mut tables = BTreeMap::new();
    for (name, table) in &file.tables {
        let place = Pointer::table(name);
        // Before the table, so that an unknown reference is reported even if the table is broken.
        let source = super::scales::references(file, &table.source, &place.key("source"), found);
        if let Some(table) = resolve_table(name, table, &place, found) {
            tables.insert(name.as_str(), Arc::new(Table { source, ..table }));
        }
    }
    tables
}

fn resolve_table(
    name: &str,
    file: &TableFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<Table> {
    let rows = place.key("rows");
    let width = file.rows.first().map_or(0, Vec::len);
    if width < 2 {
        let finding =
            Diagnostic::error("broken-table", "a row needs a number to look up and a result")
                .at(rows.index(0), "")
                .help("write `[0, 31.5]`: the raw score, then the derived score");
        found.push(finding);
        return None;
    }
    if let Some(odd) = file.rows.iter().position(|row| row.len() != width) {
        let message = format!(
            "row {} has {} numbers, but the first row has {width}",
            odd + 1,
            file.rows[odd].len()
        );
        let finding = Diagnostic::error("broken-table", message).at(rows.index(odd), "").help(
            "give every row as many numbers as the first: the numbers to look up, then the result",
        );
        found.push(finding);
        return None;
    }
    let matching = matching(file, width - 1, place, found)?;
    // The rows may be in any order in the file, but lookups search a sorted table.
    let mut sorted = file.rows.clone();
    sorted.sort_by(|a, b| compare(a, b, width - 1));
    let twice = sorted.windows(2).find(|pair| compare(&pair[0], &pair[1], width - 1).is_eq());
    if let Some(pair) = twice {
        let keys: Vec<String> = pair[0][..width - 1].iter().map(f64::to_string).collect();
        // Searched in the file, because the positions in the sorted table are others.
        let again = file.rows.iter().rposition(|row| compare(row, &pair[0], width - 1).is_eq());
        let message = format!("the table has two rows for {}", keys.join(", "));
        let finding = Diagnostic::error("broken-table", message)
            .at(rows.index(again.unwrap_or(0)), "again here")
            .help("keep one of the two");
        found.push(finding);
        return None;
    }
    Some(Table {
        name: name.to_owned(),
        matching,
        outside: file.outside,
        rows: sorted,
        source: Vec::new(),
        of_sums: None,
    })
}

/// Compares two rows by their keys.
fn compare(a: &[f64], b: &[f64], keys: usize) -> std::cmp::Ordering {
    let pairs = a.iter().zip(b).take(keys);
    pairs
        .map(|(a, b)| a.total_cmp(b))
        .find(|order| order.is_ne())
        .unwrap_or(std::cmp::Ordering::Equal)
}

fn matching(
    file: &TableFile,
    keys: usize,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Matching>> {
    let given =
        if file.matching.is_empty() { vec![Matching::Exact; keys] } else { file.matching.clone() };
    let wrong = if given.len() != keys {
        Some((
            format!(
                "`matching` has {} entries, but a row has {keys} {} to look up",
                given.len(),
                if keys == 1 { "number" } else { "numbers" }
            ),
            "give one entry for each number to look up",
        ))
    } else if keys > 1 && given.contains(&Matching::Linear) {
        Some((
            "`linear` is only for tables with one number to look up".to_owned(),
            "use `step`, or add rows for the numbers between",
        ))
    } else {
        None
    };
    match wrong {
        None => Some(given),
        Some((message, help)) => {
            let finding =
                Diagnostic::error("broken-table", message).at(place.key("matching"), "").help(help);
            found.push(finding);
            None
        }
    }
}

/// Returns the valid models, by name.
pub(super) fn models<'f>(
    file: &'f InstrumentFile,
    items: &[Item],
    responses: &[ResponseScale],
    found: &mut Vec<Diagnostic>,
) -> BTreeMap<&'f str, Arc<Model>> {
    let mut models = BTreeMap::new();
    for (name, model) in &file.models {
        let place = Pointer::model(name);
        let source = super::scales::references(file, &model.source, &place.key("source"), found);
        let listed = model.items.iter().enumerate().map(|(index, item)| {
            model_item(item, items, responses, &place.key("items").index(index), found)
        });
        // Collected before the parts are joined below, so that every invalid item is reported and not only the first.
        let listed: Vec<Option<ModelItem>> = listed.collect();
        check_items_once(model, &place, found);
        check_thresholds(model, &place, found);
        let points = points(model, &place, found);
        if let (Some(listed), Some(points)) = (listed.into_iter().collect(), points) {
            let (name, kind, scaling) = (name.clone(), model.kind, model.scaling);
            let model = Model { name: name.clone(), kind, items: listed, scaling, points, source };
            models.insert(
                // `name` is a copy by now. The key of the map must be the text in the file, which lives longer.
                file.models.get_key_value(&name).map_or("", |(key, _)| key),
                Arc::new(model),
            );
        }
    }
    models
}

/// Returns equally spaced values of the trait, each with its weight: the normal density of the population, divided by
/// the total, so that the weights add up to 1.
fn points(
    model: &ModelFile,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<(f64, f64)>> {
    let (low, high) = (model.grid.low, model.grid.high);
    if low >= high {
        let finding = Diagnostic::error(
            "empty-range",
            "the lower end of the grid is not below its upper end",
        )
        .at(place.key("grid"), "")
        .help("set `low` and `high` to the ends of the grid in the source");
        found.push(finding);
        return None;
    }
    let (mean, sd) = (model.prior_mean.unwrap_or(0.0), model.prior_sd.unwrap_or(1.0));
    let last = f64::from(model.grid.points - 1);
    let points: Vec<f64> =
        (0..model.grid.points).map(|n| low + (high - low) * f64::from(n) / last).collect();
    // Without the constant factor of the normal density, which would cancel out in the division by the total.
    let density = |point: f64| (-0.5 * ((point - mean) / sd).powi(2)).exp();
    let total: f64 = points.iter().map(|point| density(*point)).sum();
    // The total is 0 if all points are more than about 38 standard deviations from the mean: `exp` gives 0 there.
    if total <= 0.0 {
        let finding = Diagnostic::error("broken-model", "the grid is too far from the population")
            .at(place.key("grid"), "the density of the trait is 0 at all points")
            .help(format!("extend it to some standard deviations on both sides of {mean}"));
        found.push(finding);
        return None;
    }
    Some(points.into_iter().map(|point| (point, density(point) / total)).collect())
}

/// Reports items that a model lists twice. An item has one answer, so it can contribute only once.
fn check_items_once(model: &ModelFile, place: &Pointer, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for (index, item) in model.items.iter().enumerate() {
        // Without the minus: an item that is listed in both directions still has only one answer.
        let name = item.item.strip_prefix('-').unwrap_or(&item.item);
        let here = place.key("items").index(index).key("item");
        if let Some(before) = seen.insert(name, here.clone()) {
            let message = format!("the model lists `{name}` twice");
            let finding = Diagnostic::error("broken-model", message)
                .at(here, "")
                .at(before, "first here")
                .help("remove one of the two");
            found.push(finding);
        }
    }
}

/// Reports thresholds of graded response models that do not ascend, or do not descend if the discrimination is negative.
/// They must, because the probability of an answer at or above a level cannot rise with the level.
fn check_thresholds(model: &ModelFile, place: &Pointer, found: &mut Vec<Diagnostic>) {
    if model.kind != ModelType::GradedResponse {
        return;
    }
    for (index, item) in model.items.iter().enumerate() {
        let is_negative = item.discrimination < 0.0;
        let (verb, side) = if is_negative { ("descend", "below") } else { ("ascend", "above") };
        let is_wrong = |pair: &[f64]| match is_negative {
            true => pair[0] <= pair[1],
            false => pair[0] >= pair[1],
        };
        let Some(at) = item.thresholds.windows(2).position(is_wrong) else { continue };
        let here = place.key("items").index(index).key("thresholds").index(at + 1);
        let message = format!("the thresholds of `{}` do not {verb}", item.item);
        let finding = Diagnostic::error("broken-model", message)
            .at(here, format!("not {side} the threshold before it"))
            .help(if is_negative {
                "for a negative discrimination the thresholds of a graded response model must descend: compare the sign with the source"
            } else {
                "the thresholds of a graded response model must ascend; those of `generalized-partial-credit` may be in any order"
            });
        found.push(finding);
    }
}

fn model_item(
    file: &ModelItemFile,
    items: &[Item],
    responses: &[ResponseScale],
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<ModelItem> {
    let (name, keying) = match file.item.strip_prefix('-') {
        Some(name) => (name, Keying::Negative),
        None => (file.item.as_str(), Keying::Positive),
    };
    let mut refuse = |message: String, key: &str, help: String| {
        let finding = Diagnostic::error("broken-model", message).at(place.key(key), "").help(help);
        found.push(finding);
    };
    let Some(item) = items.iter().position(|item| item.id == name) else {
        let help = keyed_name(&file.item, items.iter().map(|item| item.id.as_str()));
        let help = help.unwrap_or_else(|| "correct the name".to_owned());
        refuse(format!("there is no item `{name}`"), "item", help);
        return None;
    };
    let response = &responses[items[item].response.0];
    let Some(values) = response.scored_values() else {
        refuse(
            format!("`{name}` has no options"),
            "item",
            "a model needs items with coded answers".to_owned(),
        );
        return None;
    };
    if keying == Keying::Negative && response.unreversible_answer().is_some() {
        refuse(
            format!("`{name}` cannot be reversed"),
            "item",
            "the values of its response scale are not symmetric".to_owned(),
        );
        return None;
    }
    if values.len() != file.thresholds.len() + 1 {
        let message = format!(
            "`{name}` has {} answers and {} thresholds",
            values.len(),
            file.thresholds.len()
        );
        refuse(
            message,
            "thresholds",
            format!("give {}: one fewer than it has answers", values.len() - 1),
        );
        return None;
    }
    // These are the keyed values of a reversed item too: a symmetric response scale has the same values reversed.
    let values = values.into_iter().map(OptionValue::number).collect();
    let entry = ScaleItem { item: ItemIx(item), keying, recode: None };
    Some(ModelItem {
        answer: entry.keyed(response),
        values,
        discrimination: file.discrimination,
        thresholds: file.thresholds.clone(),
    })
}
