//! The conditions under which items are shown, and the computed rows that they refer to.

use scalewright_model::{Diagnostic, Pointer};
use scalewright_scoring::normal::Normal;

use super::row::Row;
use super::spelling::referred;
use super::{losses, scores};
use crate::code::lines::Lines;
use crate::code::syntax::Syntax;
use crate::code::walk::Walk;
use crate::{ExportRequest, notes};

/// The conditions of the items and the notes.
pub(super) struct Conditions {
    /// The condition of each item and then of each note. Empty for one that is always shown.
    pub(super) shown: Vec<String>,
    /// The rows that the conditions refer to.
    pub(super) rows: Vec<Row>,
}

/// Returns the conditions of all items and notes. An item is shown once its condition is known to be true. If it cannot be
/// expressed, the item is always shown. Scores are unchanged, because an answer counts only if the condition was true.
pub(super) fn of(request: &ExportRequest<'_>, diagnostics: &mut Vec<Diagnostic>) -> Conditions {
    let (instrument, program) = (request.instrument, request.program);
    let normal = Normal::of(program, instrument);
    let xpath = scores::xpath(instrument, program, "q");
    let walk = Walk(&xpath);
    let names: Vec<String> = instrument.items.iter().map(|item| xpath.variable(&item.id)).collect();
    let mut lines = Lines::new(instrument, program, &normal, &walk);
    lines.cleaned = Some(&names);
    let mut shown = Vec::new();
    for (at, asked) in normal.conditions().enumerate() {
        let Some(asked) = asked else {
            shown.push(String::new());
            continue;
        };
        match lines.started(|lines| lines.check(asked.yes)) {
            Ok(piece) => shown.push(piece.text),
            Err(why) => {
                diagnostics.push(notes::lost(instrument, at, &losses::CONDITION, &why.because));
                shown.push(String::new());
            }
        }
    }
    let row = |line: &crate::code::lines::Line| {
        let name = referred(&line.name).unwrap_or(&line.name);
        Row::calculate(name, line.text.clone(), Pointer::top("items"))
    };
    Conditions { shown, rows: lines.since(0).iter().map(row).collect() }
}
