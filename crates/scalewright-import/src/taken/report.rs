//! The report on words that were taken, as text, JSON and SARIF; and the wording file.

use std::collections::BTreeMap;

use scalewright_check::Writer;
use scalewright_model::text::line;
use scalewright_model::{Instrument, Pointer};
use serde_json::{Value, json as value};

use super::types::{MatchedBy, Remark, Taken, Verbatim};
use crate::report::{sarif_document, sarif_result};

/// How many remarks of one kind are in the report as text.
const MOST: usize = 30;

/// The wording file. `file` is the name of the form.
#[must_use]
pub fn toml(taken: &Taken, instrument: &Instrument, file: &str) -> String {
    let Taken { id, file: words, .. } = taken;
    let head = format!("Words of {id} in {}, taken from {}.", words.language, line(file));
    let items = instrument.items.iter().map(|item| item.id.clone());
    let notes = instrument.notes.iter().map(|note| note.id.clone());
    let sections = instrument.sections.iter().map(|section| section.id.clone());
    let mut writer = Writer::new()
        .head(&head)
        .order(Pointer::top("items"), items)
        .order(Pointer::top("notes"), notes)
        .order(Pointer::top("sections"), sections);
    if !taken.lacking.is_empty() {
        writer = writer.head("A text left empty is reported as missing.");
    }
    for scale in &instrument.response_scales {
        // The map of options sorts its keys as texts, in which 10 comes before 2.
        let values = scale.options().iter().map(|option| option.value.to_string());
        let at = Pointer::top("response-scales").key(&scale.name).key("options");
        writer = writer.order(at, values);
    }
    writer.wording(words)
}

/// The report as text. `file` is the name of the form.
#[must_use]
pub fn text(taken: &Taken, verbatim: &Verbatim, file: &str) -> String {
    let Taken { id, items, of_items, format, file: words, .. } = taken;
    let mut text = format!(
        "{file} is {}: {} of {of_items} items of `{id}` in `{}`{}\n",
        format.1,
        items.len(),
        words.language,
        ways(taken)
    );
    remarks(&mut text, "refused", &taken.refusals);
    remarks(&mut text, "only in the form", &taken.beyond);
    remarks(&mut text, "changed", &taken.changed);
    if taken.items.iter().any(|item| item.by == MatchedBy::Order) {
        text.push_str(
            "  items were matched by their order: compare the words with the definition\n",
        );
    }
    if !taken.lacking.is_empty() && taken.refusals.is_empty() {
        let keys: Vec<&str> = taken.lacking.iter().take(MOST).map(String::as_str).collect();
        let more = more(taken.lacking.len());
        text.push_str(&format!("  lacking: {}{more}\n", line(&keys.join(", "))));
    }
    text.push_str(&format!("  {}\n", digest(verbatim)));
    text
}

/// How the items were found: `, 8 by id and 1 by code`.
fn ways(taken: &Taken) -> String {
    let mut counts: BTreeMap<MatchedBy, usize> = BTreeMap::new();
    taken.items.iter().for_each(|item| *counts.entry(item.by).or_default() += 1);
    let ways: Vec<String> =
        counts.iter().map(|(by, count)| format!("{count} by {}", by.name())).collect();
    if ways.is_empty() { String::new() } else { format!(", {}", ways.join(", ")) }
}

fn remarks(text: &mut String, word: &str, remarks: &[Remark]) {
    for Remark { place, message } in remarks.iter().take(MOST) {
        text.push_str(&format!("  {word}: {}: {}\n", line(&place.to_string()), line(message)));
    }
    if remarks.len() > MOST {
        text.push_str(&format!("  {word}: {} more\n", remarks.len() - MOST));
    }
}

fn more(count: usize) -> String {
    if count > MOST { format!(" and {} more", count - MOST) } else { String::new() }
}

fn digest(verbatim: &Verbatim) -> String {
    match verbatim {
        Verbatim::Same => "the words are those whose digest the definition states".to_owned(),
        Verbatim::Altered(now) => format!(
            "the words differ from those whose digest the definition states: their digest is {now}"
        ),
        Verbatim::NotStated(now) => format!(
            "whether the words are unaltered is not known: the definition states no digest; theirs is {now}"
        ),
        Verbatim::Incomplete => {
            "whether the words are unaltered is not known: some are not there".to_owned()
        }
    }
}

/// The report as JSON: one object. `file` is the name of the form.
#[must_use]
pub fn json(taken: &Taken, verbatim: &Verbatim, file: &str) -> String {
    let all = |remarks: &[Remark]| -> Vec<Value> {
        let remark = |Remark { place, message }: &Remark| value!({ "message": message, "place": { "file": place.file, "at": place.at } });
        remarks.iter().map(remark).collect()
    };
    let items: Vec<Value> = taken
        .items
        .iter()
        .map(|item| value!({ "id": item.id, "name": item.name, "by": item.by.name(), "at": item.place.at }))
        .collect();
    let (outcome, now) = match verbatim {
        Verbatim::Same => ("same", None),
        Verbatim::Altered(now) => ("altered", Some(now)),
        Verbatim::NotStated(now) => ("not-stated", Some(now)),
        Verbatim::Incomplete => ("incomplete", None),
    };
    let report = value!({
        "version": 1,
        "tool": { "name": "scalewright", "version": env!("CARGO_PKG_VERSION") },
        "source": { "file": file, "format": taken.format.0 },
        "instrument": taken.id,
        "language": taken.file.language,
        "items": items,
        "of-items": taken.of_items,
        "refused": all(&taken.refusals),
        "only-in-form": all(&taken.beyond),
        "changed": all(&taken.changed),
        "lacking": taken.lacking,
        "digest": { "outcome": outcome, "now": now },
    });
    format!("{report:#}\n")
}

/// The report as SARIF. `file` is the name of the form.
#[must_use]
pub fn sarif(taken: &Taken, verbatim: &Verbatim, file: &str) -> String {
    let results = |rule: &str, level: &str, remarks: &[Remark]| -> Vec<Value> {
        let result = |one: &Remark| sarif_result(rule, level, &one.message, &one.place, file);
        remarks.iter().map(result).collect()
    };
    let mut all = results("wording/refused", "error", &taken.refusals);
    all.extend(results("wording/only-in-form", "note", &taken.beyond));
    all.extend(results("wording/changed", "note", &taken.changed));
    let whole = |rule: &str, level: &str, message: &str| {
        sarif_result(rule, level, message, &crate::place::Place::default(), file)
    };
    let lacking = taken.lacking.iter();
    all.extend(
        lacking.map(|key| whole("wording/lacking", "warning", &format!("no words for `{key}`"))),
    );
    let level = if matches!(verbatim, Verbatim::Altered(_)) { "warning" } else { "note" };
    all.push(whole("wording/digest", level, &digest(verbatim)));
    sarif_document(all)
}
