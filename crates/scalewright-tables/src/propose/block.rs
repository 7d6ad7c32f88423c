//! Asks whether a block of numbered columns contains the answers to the items that no column is named after.

use scalewright_model::Instrument;

use super::columns::TableColumn;
use super::evidence::Found;

/// The fewest columns that make a block.
const FEWEST: usize = 3;

/// An item, the columns in question, and the question, if the item is the first of its block.
pub(super) type Asked = (usize, Vec<usize>, Option<String>);

/// For each item that a block may answer: the columns in question, and the question at the first item. The order of columns
/// alone decides nothing: another questionnaire may have as many items.
pub(super) fn ask(
    instrument: &Instrument,
    columns: &[TableColumn],
    names: &[Vec<String>],
    found: &[Found],
) -> Vec<Asked> {
    let is_open = |found: &Found| found.column.is_none() && found.candidates.is_empty();
    let items: Vec<usize> = (0..found.len()).filter(|&item| is_open(&found[item])).collect();
    let blocks: Vec<Vec<usize>> = blocks(names, found)
        .into_iter()
        .filter(|block| block.len() == items.len() && block.len() >= FEWEST)
        .collect();
    if blocks.is_empty() {
        return Vec::new();
    }
    let ends = |block: &Vec<usize>| {
        let (first, last) = (block[0], block[block.len() - 1]);
        format!("`{}` to `{}`", columns[first].name, columns[last].name)
    };
    let ids = |at: usize| &instrument.items[items[at]].id;
    let all: Vec<String> = blocks.iter().map(ends).collect();
    let question = format!(
        "are {} the answers to `{}` to `{}`, in this order?",
        all.join(" or "),
        ids(0),
        ids(items.len() - 1)
    );
    let of_item = |(at, &item): (usize, &usize)| {
        let candidates = blocks.iter().map(|block| block[at]).collect();
        (item, candidates, (at == 0).then(|| question.clone()))
    };
    items.iter().enumerate().map(of_item).collect()
}

/// The blocks of columns that follow each other with the numbers 1, 2, 3 and so on after the same name, and that no item
/// uses.
fn blocks(names: &[Vec<String>], found: &[Found]) -> Vec<Vec<usize>> {
    let is_used = |at: usize| {
        found.iter().any(|found| found.column == Some(at) || found.candidates.contains(&at))
    };
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    for at in 0..names.len() {
        let Some((name, number)) = numbered(&names[at]).filter(|_| !is_used(at)) else { continue };
        if number == 1 {
            blocks.push(vec![at]);
        } else if let Some(block) = blocks.last_mut()
            && block.last() == Some(&(at.wrapping_sub(1)))
            && block.len() + 1 == number
            && numbered(&names[at - 1]).is_some_and(|(before, _)| before == name)
        {
            block.push(at);
        }
    }
    blocks
}

/// The number at the end of a name, and what is before it.
fn numbered(name: &[String]) -> Option<(&[String], usize)> {
    let (last, rest) = name.split_last()?;
    Some((rest, last.parse().ok()?))
}
