//! Methods and conditions in SPSS.

use super::in_r::mentions;
use crate::ExportRequest;
use crate::code::lines::{Line, Piece, TARGET};
use crate::code::script::{Column, Script};
use crate::code::syntax::Syntax;
use crate::spss::commands::{comments, lines};
use crate::spss::file::texts;
use crate::spss::syntax::{Spss, set};

/// The variable that a condition sets.
const SKIPPED: &str = "do_not_collect";

/// The syntax that computes a column.
pub(super) fn column(script: &Script, request: &ExportRequest<'_>, column: &Column) -> String {
    let needed = script.needed(&column.needs);
    let declaration = column.is_text().then(|| {
        let longest = texts(request, column).iter().map(String::len).max().unwrap_or(0);
        format!("STRING {} (A{}).\n", column.name, longest.max(1))
    });
    let last = set(&column.text).replace(TARGET, &column.name);
    code(script, &needed, &declaration.unwrap_or_default(), &last)
}

/// The syntax that computes whether an item is not collected.
pub(super) fn condition(script: &Script, needed: &[&Line], text: &str) -> String {
    let last = set(&Spss.sure_truth_value(&Spss.not(&Piece::atom(text))));
    code(script, needed, "", &last.replace(TARGET, SKIPPED))
}

fn code(script: &Script, needed: &[&Line], first: &str, last: &str) -> String {
    let mut code = comments("SPSS syntax: the variables have the names of the items");
    code.push_str(&lines(first));
    let is_read =
        |name: &str| needed.iter().any(|line| mentions(&line.text, name)) || mentions(last, name);
    for item in script.items.iter().filter(|item| is_read(&item.name)) {
        let clean = Spss.clean(&item.id, Some(&item.accepted)).text;
        code.push_str(&lines(&format!("RECODE {clean} INTO {}.", item.name)));
    }
    for line in needed {
        let text = match line.statement {
            true => line.text.clone(),
            false => format!("COMPUTE {} = {}.", line.name, line.text),
        };
        code.push_str(&lines(&text));
    }
    code + lines(last).trim_end()
}
