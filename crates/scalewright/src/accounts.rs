//! How scores are computed, as JSON: for `explain-score`, and for the sheet for scoring by hand.

use scalewright_model::{Instrument, Scale, ScaleIx, Terms};
use scalewright_scoring::{Account, Program, Range, Reach, cited};
use serde_json::{Value, json};

/// Returns the explanation of every score as in `--format json`, plus the printed item number of each term.
pub(crate) fn scores(instrument: &Instrument, program: &Program, ranges: &[Range]) -> Vec<Value> {
    let one = |index: usize| {
        let mut score =
            object(instrument, &Account::of(instrument, program, ranges, ScaleIx(index)));
        score["numbers"] = json!(numbers(&instrument.scales[index], instrument));
        score
    };
    (0..instrument.scales.len()).map(one).collect()
}

/// Returns the printed numbers of the items of a scale; empty texts if it is computed from other scales.
fn numbers<'a>(scale: &Scale, instrument: &'a Instrument) -> Vec<&'a str> {
    match &scale.terms {
        Terms::Items(items) => {
            items.iter().map(|item| instrument.items[item.item.0].number.as_str()).collect()
        }
        Terms::Scales(scales) => vec![""; scales.len()],
        Terms::Formula(_) | Terms::Unknown => Vec::new(),
    }
}

/// Returns the output of `explain-score --format json` for `accounts`.
pub(crate) fn json(instrument: &Instrument, accounts: &[Account]) -> String {
    let scores: Vec<Value> = accounts.iter().map(|account| object(instrument, account)).collect();
    let references: Vec<Value> = cited(accounts)
        .into_iter()
        .map(|reference| &instrument.references[reference.0])
        .map(|work| json!({ "id": work.id, "citation": work.citation, "doi": work.doi, "url": work.url }))
        .collect();
    let whole = json!({
        "instrument": instrument.id,
        "title": instrument.title,
        "version": instrument.version,
        "scores": scores,
        "references": references,
    });
    format!("{}\n", serde_json::to_string_pretty(&whole).unwrap_or_default())
}

fn object(instrument: &Instrument, account: &Account) -> Value {
    let bands: Vec<Value> = account
        .bands
        .iter()
        .map(|set| {
            let bands =
                set.bands.iter().map(|(label, text)| json!({ "label": label, "scores": text }));
            json!({ "set": set.set, "bands": bands.collect::<Vec<_>>() })
        })
        .collect();
    let sources: Vec<Value> = account
        .sources
        .iter()
        .map(|(what, references)| {
            let ids =
                references.iter().map(|reference| instrument.references[reference.0].id.as_str());
            json!({ "of": what, "references": ids.collect::<Vec<_>>() })
        })
        .collect();
    json!({
        "id": account.id,
        "title": account.title,
        "kind": account.kind,
        "description": account.description,
        "part-of": account.part_of,
        "unit": account.unit,
        "rule": account.rule,
        "formula": account.formula,
        "terms": account.terms,
        "steps": account.steps,
        "missing": account.missing,
        "mandatory": account.mandatory,
        "groups": account.groups,
        "conditions": account.conditions,
        "range": account.range.as_ref().map(|range| json!({
            "complete": reach(&range.complete),
            "with-missing": reach(&range.any),
        })),
        "words": account.words,
        "bands": bands,
        "reliability": account.reliability,
        "key": account.key,
        "sources": sources,
    })
}

fn reach(reach: &Reach) -> Value {
    if reach.is_empty() {
        return Value::Null;
    }
    json!({
        "low": reach.low,
        "high": reach.high,
        "exact": reach.exact,
        "scores": reach.values.as_ref().map(Vec::len),
        "may-be-missing": reach.may_miss,
    })
}
