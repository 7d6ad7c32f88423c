//! The conditions by which jamovi declares missing values, such as `== 98` or `< 0`.

use crate::responses::source::{DeclaredMissing, SourceCell};

/// The values that a condition declares as missing; `None` if it cannot be read.
pub(super) fn missing(condition: &str) -> Option<Vec<DeclaredMissing>> {
    let condition = condition.trim();
    let operators = ["==", "!=", ">=", "<=", ">", "<"];
    let operator = operators.into_iter().find(|operator| condition.starts_with(operator))?;
    let value = condition[operator.len()..].trim();
    if let Some(text) = quoted(value) {
        let cell = SourceCell::Text(text.to_owned());
        return (operator == "==").then(|| vec![DeclaredMissing::Value(cell)]);
    }
    let number: f64 = value.parse().ok().filter(|number: &f64| number.is_finite())?;
    let (below, above) = (f64::NEG_INFINITY, f64::INFINITY);
    let range = |from, to| vec![DeclaredMissing::Range(from, to)];
    Some(match operator {
        "==" => vec![DeclaredMissing::Value(SourceCell::Number(number))],
        ">=" => range(number, above),
        "<=" => range(below, number),
        ">" => range(number.next_up(), above),
        "<" => range(below, number.next_down()),
        _ => [range(below, number.next_down()), range(number.next_up(), above)].concat(),
    })
}

/// The text between quotation marks.
fn quoted(value: &str) -> Option<&str> {
    let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    value.strip_prefix(mark)?.strip_suffix(mark)
}

#[cfg(test)]
mod tests {
    use super::missing;
    use crate::responses::source::{DeclaredMissing, SourceCell};

    #[test]
    fn conditions_are_values_and_ranges() {
        let (inf, value) = (f64::INFINITY, DeclaredMissing::Value);
        for (text, expected) in [
            ("== 98", vec![value(SourceCell::Number(98.0))]),
            ("==-9.5", vec![value(SourceCell::Number(-9.5))]),
            ("== 'n/a'", vec![value(SourceCell::Text("n/a".to_owned()))]),
            ("== \"\"", vec![value(SourceCell::Text(String::new()))]),
            (">= 90", vec![DeclaredMissing::Range(90.0, inf)]),
            ("< 0", vec![DeclaredMissing::Range(-inf, 0_f64.next_down())]),
        ] {
            assert_eq!(missing(text), Some(expected), "{text}");
        }
        assert_eq!(missing("!= 1").map(|ranges| ranges.len()), Some(2));
        for wrong in ["", "98", "== x", "== nan", "~ 3", "> 'a'", "== '"] {
            assert_eq!(missing(wrong), None, "{wrong}");
        }
    }
}
