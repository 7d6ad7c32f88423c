//! Methods and conditions in R.

use crate::code::lines::Line;
use crate::code::script::{Script, ScriptItem};
use crate::code::syntax::Syntax;
use crate::r::syntax::{GUARD, R};
use scalewright_scoring::emit::digits;

/// The items that code reads.
pub(super) fn items<'s>(
    script: &'s Script,
    lines: &[&Line],
    text: &str,
) -> impl Iterator<Item = &'s ScriptItem> {
    let code: Vec<String> =
        lines.iter().map(|line| line.text.clone()).chain([text.to_owned()]).collect();
    script.items.iter().filter(move |item| code.iter().any(|code| mentions(code, &item.name)))
}

/// Whether code contains a name as a whole.
pub(super) fn mentions(code: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_.#`".contains(c);
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        // A period at the end of a command of SPSS is not a part of the name.
        let goes_on =
            |c: char| is_part(c) && (c != '.' || code[at + name.len() + 1..].starts_with(is_part));
        !before.is_some_and(is_part) && !after.is_some_and(goes_on)
    })
}

/// The expression `text` with all that it needs. It begins with a comment, so that OpenEDC does not take it for an
/// expression of its own.
pub(super) fn code(script: &Script, lines: &[&Line], text: &str) -> String {
    let guard = digits(GUARD);
    let mut code = format!(
        "# R: `answers` is a data frame with a column for each item.\nlocal({{\n  \
         .n <- nrow(answers)\n  \
         .pick <- function(when, then, otherwise) ifelse(rep_len(when, .n), then, otherwise)\n  \
         .number <- function(item) suppressWarnings(as.numeric(as.character(answers[[item]])))\n  \
         .coded <- function(item, values) {{ x <- .number(item); ifelse(x %in% values, x, NA_real_) }}\n  \
         .within <- function(item, low, high) {{\n    \
         x <- .number(item)\n    \
         ifelse(x >= low - {guard} & x <= high + {guard} & is.finite(x), x, NA_real_)\n  }}\n"
    );
    for item in items(script, lines, text) {
        let clean = R.clean(&R.column(&item.id), Some(&item.accepted)).text;
        code.push_str(&format!("  {} <- {clean}\n", item.name));
    }
    for line in lines {
        code.push_str(&format!("  {} <- {}\n", line.name, line.text));
    }
    code + &format!("  rep_len({text}, .n)\n}})")
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn names_are_found_as_a_whole() {
        for code in ["q1", "(q1)", "a + q1", "COMPUTE x = #q1."] {
            let name = if code.contains('#') { "#q1" } else { "q1" };
            assert!(mentions(code, name), "{code}");
        }
        for code in ["q11", "xq1", ".q1", "q1.x", "`q1`"] {
            assert!(!mentions(code, "q1"), "{code}");
        }
    }
}
