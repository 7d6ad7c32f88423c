//! The formula language: from the text in a definition to operations, or to findings about it.
//!
//! The book's page on formulas contains the grammar. There are three steps: `lex` splits the text into tokens, `parse`
//! turns them into a syntax tree, and `lower` looks up the names, checks the types and turns the tree into operations.
//! A formula that passes these steps cannot fail later.

mod call;
mod choices;
mod lex;
mod lower;
mod names;
mod parse;
mod years;

use crate::{Diagnostic, Formula, Pointer, Test};

pub(crate) use call::share;
use lex::FormulaFault;
pub(crate) use names::{ScaleName, ScaleType, Scope, Sums};
use parse::SyntaxNode;

/// A parsed formula. Its names are not looked up yet.
#[derive(Debug, Clone)]
pub(crate) struct ParsedFormula {
    node: SyntaxNode,
}

/// Parses the formula `text`, and reports a syntax error at `place`.
pub(crate) fn read(
    text: &str,
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Option<ParsedFormula> {
    match parse::parse(text) {
        Ok(node) => Some(ParsedFormula { node }),
        Err(fault) => {
            found.push(diagnostic(fault, place));
            None
        }
    }
}

impl ParsedFormula {
    /// Returns the type of result, as far as it can be inferred from the syntax and from the types of other scales,
    /// which `of_name` returns.
    pub(crate) fn scale_type(&self, of_name: &dyn Fn(&str) -> Option<ScaleType>) -> ScaleType {
        lower::type_of(&self.node, of_name)
    }

    /// Turns the formula into the result of a scale. Reports unknown names and wrong types at `place`.
    pub(crate) fn formula(
        &self,
        names: &Scope<'_>,
        place: &Pointer,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Formula> {
        self.lowered(place, found, |lower| lower.formula(&self.node), names)
    }

    /// Turns the formula into a condition. Reports unknown names and wrong types at `place`.
    pub(crate) fn test(
        &self,
        names: &Scope<'_>,
        place: &Pointer,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Test> {
        self.lowered(place, found, |lower| lower.test(&self.node), names)
    }

    fn lowered<T>(
        &self,
        place: &Pointer,
        found: &mut Vec<Diagnostic>,
        read: impl FnOnce(&mut lower::Lowering<'_>) -> Option<T>,
        names: &Scope<'_>,
    ) -> Option<T> {
        let mut lower = lower::Lowering::new(names);
        let lowered = read(&mut lower);
        let faults = lower.into_faults();
        let clean = faults.is_empty();
        found.extend(faults.into_iter().map(|fault| diagnostic(fault, place)));
        // A result alone does not mean that there are no faults: some are reported and the lowering goes on.
        lowered.filter(|_| clean)
    }
}

fn diagnostic(fault: FormulaFault, place: &Pointer) -> Diagnostic {
    let FormulaFault { span, code, message, help } = fault;
    Diagnostic::error(code, message).within(place.clone(), span, "").maybe_help(help)
}
