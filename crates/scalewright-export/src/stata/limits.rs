//! The size of an expression, which Stata limits.

use scalewright_model::Diagnostic;

use crate::ExportRequest;
use crate::code::losses::SCORE;
use crate::code::script::Script;

/// The most literal numbers and texts in an expression.
const LITERALS: usize = 300;
/// The most operators in an expression.
const OPERATORS: usize = 800;

/// Errors for scores whose expressions are too large, one for each scale.
pub(super) fn exceeded(request: &ExportRequest<'_>, script: &Script) -> Vec<Diagnostic> {
    let lines = script
        .blocks
        .iter()
        .flat_map(|block| block.lines.iter().map(|line| (block.scale.0, line.text.as_str())));
    let columns = script.columns.iter().map(|one| (one.scale.0, one.text.text.as_str()));
    let found = lines.chain(columns).filter_map(|(scale, text)| Some((scale, because(text)?)));
    let mut found: Vec<(usize, String)> = found.collect();
    found.sort_by_key(|(scale, _)| *scale);
    found.dedup_by_key(|(scale, _)| *scale);
    let error = |(scale, because): (usize, String)| {
        let scale = &request.instrument.scales[scale];
        let finding = SCORE.of(scale.pointer(), &[("id", &scale.id)], Some(&because));
        Diagnostic { severity: scalewright_model::Severity::Error, ..finding }
    };
    found.into_iter().map(error).collect()
}

/// Why Stata refuses one of some commands; `None` if it accepts all.
fn because(commands: &str) -> Option<String> {
    commands.lines().find_map(|command| {
        let (literals, operators) = size(command);
        if literals > LITERALS {
            return Some(format!(
                "its code has {literals} numbers in one expression, and Stata accepts {LITERALS}"
            ));
        }
        (operators > OPERATORS).then(|| {
            format!("its code has {operators} operators in one expression, and Stata accepts {OPERATORS}")
        })
    })
}

/// How many literals and operators a command contains.
fn size(command: &str) -> (usize, usize) {
    let (mut literals, mut operators, mut quoted, mut before) = (0, 0, false, ' ');
    for character in command.chars() {
        let in_word = before.is_alphanumeric() || matches!(before, '_' | '.');
        if character == '"' {
            quoted = !quoted;
            literals += usize::from(quoted);
        } else if !quoted && character.is_ascii_digit() && !in_word {
            literals += 1;
        } else if !quoted && "+-*/&|!<>=".contains(character) && !"<>=!".contains(before) {
            operators += 1;
        }
        before = character;
    }
    (literals, operators)
}

#[cfg(test)]
mod tests {
    use super::{because, size};

    #[test]
    fn literals_and_operators_are_counted() {
        assert_eq!(size("cond(q1 >= 0.5 & !missing(_q_2), 10, .) + x"), (2, 4));
        assert_eq!(size("cond(q == 1, \"1 + 1\", \"\")"), (3, 1));
    }

    #[test]
    fn large_expressions_are_refused_with_their_size() {
        assert_eq!(because(&"q + ".repeat(800)), None);
        let sum = because(&"q + ".repeat(801)).unwrap_or_default();
        assert!(sum.contains("801 operators"), "{sum}");
        let sum = because(&"1, ".repeat(301)).unwrap_or_default();
        assert!(sum.contains("301 numbers"), "{sum}");
    }
}
