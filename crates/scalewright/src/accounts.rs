//! How scores are computed, as JSON: the output of `explain-score --format json`.

use scalewright_model::Instrument;
use scalewright_scoring::{Account, AccountTable, Reach, Term, cited};
use serde_json::{Value, json};

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
        "terms": account.terms.iter().map(Term::text).collect::<Vec<_>>(),
        "recoding": account.recoding.as_ref().map(table),
        "steps": account.steps,
        "missing": (!account.missing.is_empty()).then(|| account.missing.join("; ")),
        "mandatory": account.mandatory,
        "derived": account.derived,
        "norms": account.norms.iter().map(table).collect::<Vec<_>>(),
        "tables": account.tables.iter().map(table).collect::<Vec<_>>(),
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

fn table(table: &AccountTable) -> Value {
    json!({
        "title": table.title,
        "columns": table.columns,
        "rows": table.rows,
        "notes": table.notes,
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
