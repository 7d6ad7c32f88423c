//! Expressions of OpenEDC without names of steps: a method of OpenEDC is one expression.

use std::collections::BTreeMap;

use scalewright_model::{OptionValue, TOLERANCE, UNLIMITED};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;

use super::syntax::Role;
use crate::code::lines::{Print, unsupported};

/// The maximum length of an expression, in bytes.
const LONGEST: usize = 30_000;
/// The most expressions within each other. The engine reads an expression recursively.
const DEEPEST: usize = 100;

/// What replaces the name of a variable.
pub(super) enum Named {
    /// The answer to an item, at this path.
    Answer(String, Accepted),
    /// A computed item, at this path.
    Computed(String),
    /// An expression.
    Expression(String),
}

/// What replaces each name.
pub(super) type Names = BTreeMap<String, Named>;

/// Replaces all names in an expression. In a condition, an item without an answer is an empty text, which is taken for 0.
pub(super) fn inlined(text: &str, names: &Names, is_condition: bool) -> Print<String> {
    let mut out = String::new();
    let writer = Writer { names, is_condition };
    writer.write(text, &mut out, 0)?;
    Ok(out)
}

struct Writer<'a> {
    names: &'a Names,
    is_condition: bool,
}

impl Writer<'_> {
    fn write(&self, text: &str, out: &mut String, depth: usize) -> Print<()> {
        // Text and names alternate.
        for (at, part) in text.split('@').enumerate() {
            match at % 2 {
                0 => out.push_str(part),
                _ => self.name(part, out, depth)?,
            }
            if out.len() > LONGEST || depth > DEEPEST {
                return unsupported(format!(
                    "the expression would be longer than {LONGEST} characters, or deeper than {DEEPEST} levels"
                ));
            }
        }
        Ok(())
    }

    fn name(&self, name: &str, out: &mut String, depth: usize) -> Print<()> {
        let Some((letter, id)) = name.split_once(':') else {
            return unsupported(format!(
                "the expression refers to `{name}`, which is not exported"
            ));
        };
        let is = |role: Role| letter.starts_with(role.letter());
        match self.names.get(id) {
            Some(Named::Answer(path, accepted)) => {
                let test = self.test(path, accepted);
                match () {
                    () if is(Role::Known) => out.push_str(&format!("({test})")),
                    () if is(Role::Raw) => out.push_str(&format!("({path} + 0)")),
                    () => out.push_str(&format!("({test} ? {path} + 0 : 0 / 0)")),
                }
                Ok(())
            }
            Some(Named::Computed(path)) => {
                let text = if is(Role::Known) {
                    format!("(abs({path}) >= 0)")
                } else {
                    format!("({path} + 0)")
                };
                out.push_str(&text);
                Ok(())
            }
            Some(Named::Expression(text)) => {
                let is_known = is(Role::Known);
                out.push_str(if is_known { "(abs(" } else { "(" });
                self.write(text, out, depth + 1)?;
                out.push_str(if is_known { ") >= 0)" } else { ")" });
                Ok(())
            }
            None => unsupported(format!("the expression refers to `{id}`, which is not exported")),
        }
    }

    /// The condition that an answer is accepted. A number and a text are compared as numbers.
    fn test(&self, path: &str, accepted: &Accepted) -> String {
        let mut tests: Vec<String> = Vec::new();
        if self.is_condition {
            tests.push(format!("{path} != \"\""));
        }
        match accepted {
            Accepted::Values(values) => tests.push(listed(path, values)),
            // Their options are not read.
            Accepted::Choices(_) => tests.push("false".to_owned()),
            Accepted::Between { min, max, decimals: _ } => {
                let limit = |sign: &str, limit: f64| {
                    (limit.abs() < UNLIMITED).then(|| format!("{path} {sign} {}", signed(limit)))
                };
                tests.extend(limit(">=", min - TOLERANCE));
                tests.extend(limit("<=", max + TOLERANCE));
                if *min <= -UNLIMITED || *max >= UNLIMITED {
                    tests.push(format!("abs({path}) >= 0"));
                }
            }
        }
        tests.join(" and ")
    }
}

/// The condition that an answer is one of some whole numbers.
fn listed(path: &str, values: &[OptionValue]) -> String {
    if values.iter().any(|value| value.as_whole().is_none()) {
        let each = values.iter().map(|value| format!("{path} + 0 == {}", signed(value.number())));
        return format!("({})", each.collect::<Vec<_>>().join(" or "));
    }
    let mut runs: Vec<(OptionValue, OptionValue)> = Vec::new();
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    for value in sorted {
        match runs.last_mut() {
            Some((_, last)) if *last + OptionValue::whole(1) >= value => *last = value,
            _ => runs.push((value, value)),
        }
    }
    let within = |(first, last): &(OptionValue, OptionValue)| {
        let (first, last) = (signed(first.number()), signed(last.number()));
        match first == last {
            true => format!("{path} + 0 == {first}"),
            false => format!("{path} >= {first} and {path} <= {last}"),
        }
    };
    let all: Vec<String> = runs.iter().map(within).collect();
    match all.as_slice() {
        [] => "false".to_owned(),
        [only] if runs[0].0 == runs[0].1 => only.clone(),
        // A fraction between two codes is not an answer.
        all => format!("({}) and {path} % 1 == 0", all.join(" or ")),
    }
}

/// A number. OpenEDC takes a hyphen between two names for a part of a name, so a sign is in parentheses.
fn signed(value: f64) -> String {
    if value < 0.0 { format!("({})", digits(value)) } else { digits(value) }
}

#[cfg(test)]
mod tests {
    use scalewright_model::OptionValue;
    use scalewright_scoring::Accepted;

    use super::{Named, Names, inlined};

    #[test]
    fn names_are_replaced() {
        let answer = |values: &[i64]| {
            let values = values.iter().copied().map(OptionValue::whole).collect();
            Named::Answer("I.q".to_owned(), Accepted::Values(values))
        };
        let mut names = Names::from([("q".to_owned(), answer(&[0, 1, 2]))]);
        names.insert("step 1".to_owned(), Named::Expression("@v:q@ * 2".to_owned()));
        let test = "(I.q >= 0 and I.q <= 2) and I.q % 1 == 0";
        assert_eq!(
            inlined("1 + @v:step 1@", &names, false).expect("it is short"),
            format!("1 + (({test} ? I.q + 0 : 0 / 0) * 2)")
        );
        let condition = inlined("@k:q@", &names, true).expect("it is short");
        assert_eq!(condition, format!("(I.q != \"\" and {test})"));
        names.insert("q".to_owned(), answer(&[-1, 5]));
        let condition = inlined("@k:q@", &names, false).expect("it is short");
        assert_eq!(condition, "((I.q + 0 == (-1) or I.q + 0 == 5) and I.q % 1 == 0)");
    }

    #[test]
    fn long_expressions_are_refused_soon() {
        let mut names = Names::new();
        for at in 1..60 {
            let text = format!("@v:step {}@ + @v:step {}@", at - 1, at - 1);
            names.insert(format!("step {at}"), Named::Expression(text));
        }
        names.insert("step 0".to_owned(), Named::Computed("I.a".to_owned()));
        assert!(inlined("@v:step 59@", &names, false).is_err());
    }
}
