//! Conditions about a sum of answers: "the answers to no. 2, 3 add up to more than 0". The form prints the number of every
//! option.

use scalewright_model::{
    Aggregate, AggregateKind, Comparison, Expr, Fill, Formula, ItemIx, Operator, ResponseKind, Test,
};

use super::alike;
use super::single::against;
use crate::ExportRequest;
use crate::ui::Ui;

/// Returns the condition in words, if it compares a sum of answers with a number.
pub(super) fn clause(
    request: &ExportRequest<'_>,
    (test, holds): (&Test, bool),
    words: &Ui,
) -> Option<String> {
    let (items, comparison, bound) = compared(request, test)?;
    let items = alike::listed(request, &items, words);
    let sum = words.sum.replace("{bound}", &against((comparison, bound), holds, words));
    // Stems are inserted last, so that braces in them are not taken for placeholders.
    Some(sum.replace("{items}", &items))
}

/// Returns the items whose answers are added up, the comparison of the sum, and the number.
fn compared(request: &ExportRequest<'_>, test: &Test) -> Option<(Vec<ItemIx>, Comparison, f64)> {
    let Test::Compare { comparison, left, right } = test else { return None };
    let (sum, comparison, bound) = match (&**left, &**right) {
        (sum, Expr::Number(bound)) => (sum, *comparison, *bound),
        (Expr::Number(bound), sum) => (sum, comparison.turned(), *bound),
        _ => return None,
    };
    let mut items = Vec::new();
    let is_sum = addends(request, sum, &mut items);
    (is_sum && items.len() > 1).then_some((items, comparison, bound))
}

/// Whether an answer counts as the number printed on paper, and a question that was not asked as missing or 0.
fn counts_as_printed(request: &ExportRequest<'_>, item: ItemIx) -> bool {
    let response = request.instrument.response(item);
    let ask = request.instrument.items[item.0].ask.as_ref();
    response.kind != ResponseKind::Time
        && response.options().iter().all(|option| !option.non_response)
        && ask.and_then(|ask| ask.otherwise).is_none_or(|otherwise| otherwise == 0.0)
}

/// Whether `expr` is only a sum of answers. Their items are added to `items`.
fn addends(request: &ExportRequest<'_>, expr: &Expr, items: &mut Vec<ItemIx>) -> bool {
    match expr {
        Expr::Answer(item) => {
            items.push(*item);
            counts_as_printed(request, *item)
        }
        Expr::Arithmetic { operator: Operator::Add, left, right } => {
            addends(request, left, items) && addends(request, right, items)
        }
        Expr::Aggregate(Aggregate {
            kind: AggregateKind::Sum,
            terms,
            weights: None,
            need: _,
            mandatory: _,
            fill: Fill::Nothing,
        }) => terms.iter().all(|term| addends(request, term, items)),
        Expr::Score(scale) => {
            let position = request.program.position(*scale);
            match position.map(|position| &request.program.scores[position].formula) {
                Some(Formula::Number(expr)) => addends(request, expr, items),
                _ => false,
            }
        }
        _ => false,
    }
}
