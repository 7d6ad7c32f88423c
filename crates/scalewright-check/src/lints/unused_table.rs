//! Tables, models and recodings that no score uses.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Expr, Operation, Pointer, Severity, Terms};

use super::{Context, Group, Hit, Lint};

/// A table, a model or a recoding that no score uses.
pub(super) static LINT: Lint = Lint {
    name: "unused-table",
    summary: "a table, a model or a recoding that no score uses",
    explain: include_str!("unused_table.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let (mut tables, mut models) = (BTreeSet::new(), BTreeSet::new());
    for scale in &context.instrument.scales {
        let Terms::Formula(formula) = &scale.terms else { continue };
        for part in formula.root().all() {
            match part {
                // The table of `eap_sum` is computed from a model, and has its name.
                Operation::Number(Expr::Lookup { table, .. })
                    if !context.file.tables.contains_key(&table.name) =>
                {
                    models.insert(table.name.as_str())
                }
                Operation::Number(Expr::Lookup { table, .. }) => tables.insert(table.name.as_str()),
                Operation::Number(Expr::Eap { model, .. }) => models.insert(model.name.as_str()),
                _ => false,
            };
        }
    }
    let recodings = context.file.scales.iter().flat_map(|scale| &scale.recode);
    let recodes = recodings.filter_map(|recode| recode.shared.as_deref()).collect();
    let kinds = [
        ("recodes", "recoding", keys(&context.file.recodes), recodes),
        ("tables", "table", keys(&context.file.tables), tables),
        ("models", "model", keys(&context.file.models), models),
    ];
    for (key, noun, there, used) in kinds {
        for name in there.into_iter().filter(|name| !used.contains(name)) {
            let message = format!("no score uses the {noun} `{name}`");
            let place = Pointer::top(key).key(name);
            hits.push(lint.hit(name, message, |d| {
                d.at_key(place, "").help(match key {
                    "recodes" => "name it in the `recode` of a scale, or remove it",
                    _ => "name it in a norm or a formula, or remove it",
                })
            }));
        }
    }
}

fn keys<T>(entries: &BTreeMap<String, T>) -> Vec<&str> {
    entries.keys().map(String::as_str).collect()
}
