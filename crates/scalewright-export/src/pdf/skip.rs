//! Conditions in words: "Only if no. 1 was answered: Often, Always".

use scalewright_model::{Comparison, Expr, ItemIx, TOLERANCE, Test};

use crate::ExportRequest;
use crate::ui::Ui;

/// When an item is asked, where its condition compares the answer to one other item with a number
/// and that item has options; `None` for what would take more words than a form has room for.
pub(super) fn condition(request: &ExportRequest<'_>, item: ItemIx, words: &Ui) -> Option<String> {
    let instrument = request.instrument;
    let ask = instrument.items[item.0].ask.as_ref()?;
    let Test::Compare { comparison, left, right } = &ask.when else { return None };
    let (Expr::Answer(other), Expr::Number(bound)) = (&**left, &**right) else { return None };
    let response = &request.wording.responses[instrument.items[other.0].response.0];
    let options = instrument.response(*other).options().iter().zip(&response.labels);
    let holding = options.filter(|(option, _)| holds(option.value as f64, *comparison, *bound));
    let answers: Vec<&str> = holding.map(|(_, label)| label.as_str()).collect();
    if answers.is_empty() || answers.contains(&"") {
        return None;
    }
    let number = &instrument.items[other.0].number;
    Some(words.only_if.replace("{item}", number).replace("{answers}", &answers.join(", ")))
}

fn holds(value: f64, comparison: Comparison, bound: f64) -> bool {
    let equal = (value - bound).abs() <= TOLERANCE;
    match comparison {
        Comparison::Equal => equal,
        Comparison::Unequal => !equal,
        Comparison::Less => !equal && value < bound,
        Comparison::AtMost => equal || value < bound,
        Comparison::Greater => !equal && value > bound,
        Comparison::AtLeast => equal || value > bound,
    }
}
