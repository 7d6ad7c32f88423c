//! The formula language: from the text in a definition to operations, or to what is wrong in it.
//!
//! The grammar is in the book's page on formulas. Three steps: the text is cut into tokens (`lex`), these are
//! read into a tree of what was written (`parse`), and the names in it are looked up and its types
//! checked (`lower`). Nothing that passes can fail later.

mod call;
mod lex;
mod lower;
mod names;
mod parse;

use crate::{Diagnostic, Formula, Pointer, Test};

pub(crate) use call::share;
use lex::FormulaFault;
pub(crate) use names::{ScaleName, ScaleType, Scope, Sums};
use parse::SyntaxNode;

/// A formula that could be read; its names are not looked up yet.
#[derive(Debug, Clone)]
pub(crate) struct ParsedFormula {
    node: SyntaxNode,
}

/// Reads the text at `place`.
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
    /// What kind of value it gives, as far as can be told without looking anything up but other scales, by
    /// `of_name`.
    pub(crate) fn scale_type(&self, of_name: &dyn Fn(&str) -> Option<ScaleType>) -> ScaleType {
        lower::type_of(&self.node, of_name)
    }

    /// With its names looked up: what a scale gives.
    pub(crate) fn formula(
        &self,
        names: &Scope<'_>,
        place: &Pointer,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Formula> {
        self.lowered(place, found, |lower| lower.formula(&self.node), names)
    }

    /// With its names looked up: a condition.
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
        lowered.filter(|_| clean)
    }
}

fn diagnostic(fault: FormulaFault, place: &Pointer) -> Diagnostic {
    let FormulaFault { span, code, message, help } = fault;
    Diagnostic::error(code, message).within(place.clone(), span, "").maybe_help(help)
}
