//! Questions on cells that the definition does not accept: what they may mean, with the numbers behind it.

use std::collections::BTreeMap;

use scalewright_model::{Instrument, ItemIx};

use super::cells::{Meaning, meanings};
use super::columns::TableColumn;
use super::fit::short;
use super::proposal::{OpenQuestion, ProposedItem};

/// The items and the cells that a question is about.
#[derive(Default)]
struct About {
    items: Vec<String>,
    cells: u64,
    examples: BTreeMap<String, u64>,
}

/// Returns one question for each meaning that cells may have, in all columns together.
pub(super) fn on_cells(
    instrument: &Instrument,
    items: &[ProposedItem],
    columns: &[TableColumn],
) -> Vec<OpenQuestion> {
    let mut asked: BTreeMap<Meaning, About> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let name = item.column.as_ref();
        let Some(column) = columns.iter().find(|column| Some(&column.name) == name) else {
            continue;
        };
        for (meaning, cells) in meanings(instrument, ItemIx(index), column) {
            let about = asked.entry(meaning).or_default();
            about.items.push(item.item.clone());
            for (cell, count) in cells {
                about.cells += count;
                *about.examples.entry(cell).or_default() += count;
            }
        }
    }
    asked.into_iter().map(|(meaning, about)| question(&meaning, &about)).collect()
}

fn question(meaning: &Meaning, about: &About) -> OpenQuestion {
    let (cells, are, fit) = match about.cells {
        1 => ("1 cell".to_owned(), "is", "fits"),
        more => (format!("{more} cells"), "are", "fit"),
    };
    let items = match about.items.as_slice() {
        [only] => format!("`{only}`"),
        [first, rest @ ..] => format!("`{first}` and {} more items", rest.len()),
        [] => String::new(),
    };
    let examples = about.examples.iter().take(4);
    let mut examples: Vec<String> =
        examples.map(|(cell, count)| format!("`{}` ({count})", short(cell))).collect();
    if about.examples.len() > examples.len() {
        examples.push("…".to_owned());
    }
    let examples = examples.join(", ");
    let question = match meaning {
        Meaning::Label => format!(
            "{cells} of {items} {are} labels of answers: {examples}. Are labels to be read as these answers? then add `labels = true`"
        ),
        Meaning::MissingCode(code) => format!(
            "{cells} of {items} {are} `{}`, which is no answer. Does it mark a missing answer? then add it with its reason under `[missing]`",
            short(code)
        ),
        Meaning::Shifted(by) => format!(
            "{cells} of {items} {fit} only if all answers are {} than in the definition: {examples}. Were the answers coded from another number?",
            if *by > 0 { format!("{by} higher") } else { format!("{} lower", -by) }
        ),
        Meaning::Unknown => {
            format!(
                "{cells} of {items} {are} not among the answers: {examples}. Do such cells mark missing answers? then add them with their reasons under `[missing]`; else correct the table"
            )
        }
    };
    OpenQuestion { item: about.items.first().cloned().unwrap_or_default(), question }
}
