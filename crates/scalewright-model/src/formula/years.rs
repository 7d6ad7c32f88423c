//! `years_between(birth, day)`: the one function of dates, which are no numbers for all others.

use crate::{Expr, ItemIx, ResponseKind};

use super::lex::FormulaFault;
use super::lower::Lowering;
use super::parse::{Argument, Call, SyntaxKind, SyntaxNode};

/// What the function takes, for messages.
const WANTED: &str = "two items that are dates: `years_between(birth, day)`";

impl Lowering<'_> {
    /// Lowers the completed years between two dates.
    pub(super) fn years_between(&mut self, call: &Call) -> Option<Expr> {
        let [Argument::Plain(from), Argument::Plain(to)] = &call.entries[..] else {
            return self.wrong_arguments(call, WANTED);
        };
        let (from, to) = (self.date(call, from), self.date(call, to));
        let (from, to) = (from?, to?);
        let years = Expr::years_between(from, to);
        self.count_all(years.size(), &call.name_span)?;
        Some(years)
    }

    /// The item that an argument names. Its answers are dates.
    fn date(&mut self, call: &Call, node: &SyntaxNode) -> Option<ItemIx> {
        let SyntaxKind::Name(name) = &node.kind else {
            return self.wrong_arguments(call, WANTED);
        };
        let Some(&item) = self.names.item_ids.get(name.as_str()) else {
            if self.names.scales.contains_key(name.as_str()) {
                return self.wrong_arguments(call, WANTED);
            }
            return self.unknown(name, &node.span);
        };
        if self.is_date(item) {
            return Some(item);
        }
        let message = format!("expected a date, found the item `{name}`");
        let fault = FormulaFault::new(node.span.clone(), message).code("formula-type");
        self.fault(fault.help("give it a response scale with `type = \"date\"`"))
    }

    /// Whether the answers to an item are dates.
    pub(super) fn is_date(&self, item: ItemIx) -> bool {
        self.names.response(item).kind == ResponseKind::Date
    }
}
