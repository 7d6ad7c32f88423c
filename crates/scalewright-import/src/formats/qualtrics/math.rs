//! Values that the survey flow gives to fields: a score, a formula, or a text.

use crate::value::Value;

/// The greatest depth of brackets.
const DEEPEST: usize = 50;

/// What a field is set to.
pub(super) enum Amount {
    Text(String),
    Number(f64),
    /// The score of a scoring category, by its id.
    Score(String),
    /// The number in a field.
    Field(String),
    Operation(Box<Amount>, char, Box<Amount>),
    /// It was not understood.
    Unknown,
}

impl Amount {
    /// The value, with the scores of categories and the numbers in fields.
    pub(super) fn value(
        &self,
        score: &dyn Fn(&str) -> Option<f64>,
        field: &dyn Fn(&str) -> Option<f64>,
    ) -> Value {
        match self {
            Self::Text(text) if text.is_empty() => Value::Blank,
            Self::Text(text) => Value::Text(text.clone()),
            other => match other.number(score, field) {
                Some(number) if number.is_finite() => Value::Number(number),
                _ => Value::Blank,
            },
        }
    }

    fn number(
        &self,
        score: &dyn Fn(&str) -> Option<f64>,
        field: &dyn Fn(&str) -> Option<f64>,
    ) -> Option<f64> {
        Some(match self {
            Self::Text(_) | Self::Unknown => return None,
            Self::Number(number) => *number,
            Self::Score(id) => score(id)?,
            Self::Field(name) => field(name)?,
            Self::Operation(left, operator, right) => {
                let (left, right) = (left.number(score, field)?, right.number(score, field)?);
                match operator {
                    '+' => left + right,
                    '-' => left - right,
                    '*' => left * right,
                    '/' => left / right,
                    _ => return None,
                }
            }
        })
    }

    /// Whether it contains a score.
    pub(super) fn has_scores(&self) -> bool {
        match self {
            Self::Score(_) => true,
            Self::Operation(left, _, right) => left.has_scores() || right.has_scores(),
            _ => false,
        }
    }

    /// The fields in it.
    pub(super) fn fields(&self) -> Vec<&str> {
        match self {
            Self::Field(name) => vec![name],
            Self::Operation(left, _, right) => [left.fields(), right.fields()].concat(),
            _ => Vec::new(),
        }
    }
}

/// Reads the value of a field.
pub(super) fn amount(text: &str) -> Amount {
    let text = text.trim();
    let is_piped = |text: &str| text.contains("${") || text.contains("$e{");
    if let Some(inner) = text.strip_prefix("$e{").and_then(|rest| rest.strip_suffix('}')) {
        let mut parser = Parser { rest: inner };
        let read = parser.sum(0).filter(|_| parser.rest.trim().is_empty());
        return read.unwrap_or(Amount::Unknown);
    }
    let inner = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    match inner.and_then(|inner| operand(inner.trim())) {
        Some(operand) => operand,
        None if is_piped(text) => Amount::Unknown,
        None => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Amount::Number(number),
            _ => Amount::Text(text.to_owned()),
        },
    }
}

/// A score or a field.
fn operand(text: &str) -> Option<Amount> {
    if let Some(id) = text.strip_prefix("gr://").and_then(|rest| rest.strip_suffix("/Score")) {
        return Some(Amount::Score(id.to_owned()));
    }
    text.strip_prefix("e://Field/").map(|name| Amount::Field(name.to_owned()))
}

struct Parser<'t> {
    rest: &'t str,
}

impl Parser<'_> {
    fn accept(&mut self, signs: &[char]) -> Option<char> {
        self.rest = self.rest.trim_start();
        let sign = self.rest.chars().next().filter(|next| signs.contains(next))?;
        self.rest = &self.rest[sign.len_utf8()..];
        Some(sign)
    }

    fn sum(&mut self, depth: usize) -> Option<Amount> {
        let mut left = self.product(depth)?;
        while let Some(operator) = self.accept(&['+', '-']) {
            left = Amount::Operation(Box::new(left), operator, Box::new(self.product(depth)?));
        }
        Some(left)
    }

    fn product(&mut self, depth: usize) -> Option<Amount> {
        let mut left = self.operand(depth)?;
        while let Some(operator) = self.accept(&['*', '/']) {
            left = Amount::Operation(Box::new(left), operator, Box::new(self.operand(depth)?));
        }
        Some(left)
    }

    fn operand(&mut self, depth: usize) -> Option<Amount> {
        if depth > DEEPEST {
            return None;
        }
        if self.accept(&['(']).is_some() {
            let inner = self.sum(depth + 1)?;
            return self.accept(&[')']).map(|_| inner);
        }
        if self.accept(&['-']).is_some() {
            let of = self.operand(depth + 1)?;
            return Some(Amount::Operation(Box::new(Amount::Number(0.0)), '-', Box::new(of)));
        }
        self.rest = self.rest.trim_start();
        let is_name = self.rest.starts_with("gr://") || self.rest.starts_with("e://");
        let is_part = |letter: char| match is_name {
            true => !letter.is_whitespace() && !matches!(letter, '(' | ')'),
            false => letter.is_ascii_digit() || letter == '.',
        };
        let end = self.rest.find(|letter| !is_part(letter)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match is_name {
            true => operand(word),
            false => word.parse().ok().map(Amount::Number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::amount;
    use crate::value::Value;

    #[test]
    fn values_are_computed() {
        let score = |id: &str| (id == "SC_1").then_some(6.0);
        let field = |name: &str| (name == "n").then_some(4.0);
        for (text, expected) in [
            ("${gr://SC_1/Score}", Value::Number(6.0)),
            ("$e{ ( gr://SC_1/Score - ( 4 * 2 ) ) + 1.5 }", Value::Number(-0.5)),
            ("$e{gr://SC_1/Score / e://Field/n}", Value::Number(1.5)),
            ("$e{ -3 * 2 }", Value::Number(-6.0)),
            ("high", Value::Text("high".to_owned())),
            ("2", Value::Number(2.0)),
            ("", Value::Blank),
            ("$e{ gr://SC_2/Score }", Value::Blank),
            ("$e{ round(2) }", Value::Blank),
            ("a ${q://QID1}", Value::Blank),
        ] {
            assert_eq!(amount(text).value(&score, &field), expected, "{text}");
        }
    }
}
