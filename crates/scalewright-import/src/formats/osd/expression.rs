//! Reads the text of a computed value as the runner does, and refuses what the runner skips: it reads `a || 0` as `a 0`
//! and forgets the rest.

/// What a name is.
pub(super) enum Word {
    /// An answer, a score or another computed value.
    Name,
    /// A number.
    Number(f64),
}

/// The most characters of an expression.
const LONGEST: usize = 20_000;

/// Words with a meaning of their own.
const LOGIC: [&str; 3] = ["and", "or", "not"];
const FUNCTIONS: [&str; 5] = ["count", "sum", "abs", "min", "max"];

/// The text with numbers for names that are numbers; the reason if the runner would skip a part.
pub(super) fn read(text: &str, mut word: impl FnMut(&str) -> Word) -> Result<String, String> {
    if text.len() > LONGEST {
        return Err(format!("the expression is longer than {LONGEST} characters"));
    }
    let tokens = tokens(text)?;
    let mut out = String::new();
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| tokens[before]);
        let after = tokens.get(index + 1).copied();
        is_read(token, before, after)?;
        let is_name = token
            .starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
            && !LOGIC.contains(token)
            && !FUNCTIONS.contains(token)
            && !["true", "false"].contains(token);
        match is_name.then(|| word(token)) {
            Some(Word::Number(number)) => out.push_str(&format!("({number})")),
            Some(Word::Name) | None => out.push_str(token),
        }
        out.push(' ');
    }
    Ok(out)
}

/// The names in an expression.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "_.".contains(letter)))
}

/// Whether the runner reads a token where it is.
fn is_read(token: &str, before: Option<&str>, after: Option<&str>) -> Result<(), String> {
    let begins = before.is_none_or(|before| ["(", ",", "and", "or", "not"].contains(&before));
    if token == "not" && !begins {
        return Err("the runner does not read `not` after an operator".to_owned());
    }
    let is_operand = |token: &str| {
        token == "("
            || token
                .starts_with(|letter: char| letter.is_ascii_alphanumeric() || "._".contains(letter))
    };
    if token == "-" && !after.is_some_and(|after| is_operand(after) && after != "not") {
        return Err("the runner does not read what follows `-`".to_owned());
    }
    if FUNCTIONS.contains(&token) && after != Some("(") {
        return Err(format!("`{token}` has no brackets"));
    }
    if ["in", "not_in"].contains(&token) {
        return Err(format!("the runner knows `{token}` but does not compute it"));
    }
    Ok(())
}

/// The tokens, as the runner divides the text.
fn tokens(text: &str) -> Result<Vec<&str>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let run = |is_part: fn(char) -> bool| {
            rest.find(|letter: char| !is_part(letter)).unwrap_or(rest.len())
        };
        let two = rest.get(..2).filter(|two| [">=", "<=", "==", "!="].contains(two));
        let length = match first {
            '0'..='9' | '.' => run(|letter| letter.is_ascii_digit() || letter == '.'),
            'a'..='z' | 'A'..='Z' | '_' => {
                run(|letter| letter.is_ascii_alphanumeric() || "_.".contains(letter))
            }
            _ if two.is_some() => 2,
            '+' | '-' | '*' | '/' | '>' | '<' | '(' | ')' | ',' => 1,
            other => {
                let at = text.len() - rest.len() + 1;
                return Err(format!(
                    "the runner skips `{}` (character {at}), so that its result is not what the expression says",
                    other.escape_debug()
                ));
            }
        };
        let (token, others) = rest.split_at(length);
        // The runner reads the first number of `1.2.3`.
        if first.is_ascii_digit() && token.matches('.').count() > 1 {
            return Err(format!("`{token}` is not a number"));
        }
        tokens.push(token);
        rest = others.trim_start();
    }
    Ok(tokens)
}

#[cfg(test)]
mod tests {
    use super::{Word, read};

    #[test]
    fn what_the_runner_skips_is_refused() {
        for text in [
            "(answer.a || 0) * (answer.b || 0)",
            "answer.a = 1",
            "answer.a + not answer.b",
            "answer.a - -answer.b - - -1",
            "sum + 1",
            "answer.a in (1, 2)",
            "answer.a > 'x'",
            "1.2.3 + 1",
            "answer.é",
        ] {
            assert!(read(text, |_| Word::Name).is_err(), "{text}");
        }
    }

    #[test]
    fn names_become_numbers_where_they_are_numbers() {
        let word = |name: &str| match name {
            "parameter.p" => Word::Number(-2.0),
            _ => Word::Name,
        };
        let text = "not (answer.a >= parameter.p) and max(score.b, .5)";
        let read = read(text, word).expect("it is read");
        assert_eq!(read, "not ( answer.a >= (-2) ) and max ( score.b , .5 ) ");
    }
}
