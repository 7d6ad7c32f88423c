//! The names in expressions, and what is inserted for some of them.

use std::collections::BTreeMap;

/// The longest expression after its steps have been inserted, in bytes.
const LONGEST: usize = 200_000;

/// A part of an expression.
#[derive(Clone, Copy)]
pub(super) enum Part<'t> {
    /// A name in braces, without them.
    Name(&'t str),
    /// Anything else.
    Other(&'t str),
}

impl<'t> Part<'t> {
    pub(super) fn name(self) -> Option<&'t str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Other(_) => None,
        }
    }
}

/// The parts of an expression: names in braces outside of quotes, and what is between them.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut parts = Vec::new();
    let (mut from, mut quote, mut open) = (0, None, None);
    let mut is_escaped = false;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(end), letter) if letter == end => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') if open.is_none() => quote = Some(letter),
            (None, '{') => open = Some(at),
            (None, '}') => {
                if let Some(start) = open.take() {
                    parts.push(Part::Other(&text[from..start]));
                    parts.push(Part::Name(text[start + 1..at].trim()));
                    from = at + 1;
                }
            }
            (None, _) => {}
        }
    }
    parts.push(Part::Other(&text[from..]));
    parts.into_iter()
}

/// The expression with the question whether any option is ticked instead of `empty` and `notempty` after a question
/// whose options are items.
pub(super) fn with_options(text: &str, options: &dyn Fn(&str) -> Vec<String>) -> String {
    let all: Vec<Part<'_>> = parts(text).collect();
    let mut written = String::new();
    let mut skipped = 0;
    for (index, part) in all.iter().enumerate() {
        match part {
            Part::Other(text) => written.push_str(&text[std::mem::take(&mut skipped)..]),
            Part::Name(name) => {
                let next = match all.get(index + 1) {
                    Some(Part::Other(text)) => text,
                    _ => "",
                };
                let quoted: Vec<String> =
                    options(name).iter().map(|option| format!("'{option}'")).collect();
                let test = blank_test(next).filter(|_| !quoted.is_empty());
                match test {
                    Some((is_blank, length)) => {
                        let sign = if is_blank { "!" } else { "" };
                        written.push_str(&format!(
                            "({sign}({{{name}}} anyof [{}]))",
                            quoted.join(", ")
                        ));
                        skipped = length;
                    }
                    None => written.push_str(&format!("{{{name}}}")),
                }
            }
        }
    }
    written
}

/// Whether `empty` or `notempty` begins a text, with the bytes up to its end.
fn blank_test(text: &str) -> Option<(bool, usize)> {
    let trimmed = text.trim_start();
    let end = trimmed.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(trimmed.len());
    let is_blank = match trimmed[..end].to_ascii_lowercase().as_str() {
        "empty" => true,
        "notempty" => false,
        _ => return None,
    };
    Some((is_blank, text.len() - trimmed.len() + end))
}

/// The expression with each step that it uses in brackets instead of its name.
///
/// # Errors
///
/// Returns the reason if steps use each other in a circle, or if the result is too long.
pub(super) fn with_steps(steps: &BTreeMap<String, String>, text: &str) -> Result<String, String> {
    let mut written = String::new();
    insert(steps, text, &mut Vec::new(), &mut written)?;
    Ok(written)
}

fn insert<'t>(
    steps: &'t BTreeMap<String, String>,
    text: &'t str,
    inside: &mut Vec<&'t str>,
    written: &mut String,
) -> Result<(), String> {
    for part in parts(text) {
        match part {
            Part::Other(text) => written.push_str(text),
            Part::Name(name) => match steps.get_key_value(&name.to_lowercase()) {
                Some((name, _)) if inside.contains(&name.as_str()) || inside.len() > 50 => {
                    return Err(format!("`{name}` is computed from itself, or in too many steps"));
                }
                Some((name, step)) => {
                    inside.push(name);
                    written.push('(');
                    insert(steps, step, inside, written)?;
                    written.push(')');
                    inside.pop();
                }
                None => {
                    written.push('{');
                    written.push_str(name);
                    written.push('}');
                }
            },
        }
        if written.len() > LONGEST {
            return Err("the expression is too long with the steps that it uses".to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::with_steps;

    #[test]
    fn steps_are_inserted() {
        let steps = [("s", "{a} + {b}"), ("t", "{s} * 2"), ("u", "{u}")];
        let steps = steps.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        for (text, expected) in [
            ("{t} - 1", Some("(({a} + {b}) * 2) - 1")),
            ("{S} = '{t}'", Some("({a} + {b}) = '{t}'")),
            ("{ a } + 1}", Some("{a} + 1}")),
            ("{u}", None),
        ] {
            assert_eq!(with_steps(&steps, text).ok().as_deref(), expected, "{text}");
        }
    }
}
