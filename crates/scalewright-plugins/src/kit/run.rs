//! Sends requests and reads the answers.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Rule;
use super::judge::{Asked, Judge};
use super::subject::{Subject, Trouble};

/// Sends a request as in ordinary use. Returns the answer, raw and typed; `None` if it is a problem, which is added.
pub(super) fn ask<T: DeserializeOwned>(
    subject: &mut impl Subject,
    judge: &mut Judge,
    asked: &Asked<'_>,
) -> Option<(Value, T)> {
    judge.requests += 1;
    let answer = subject.answer(asked.line).and_then(|value| Ok((value.clone(), typed(value)?)));
    match answer {
        Ok(answer) => Some(answer),
        Err(trouble) => {
            judge.trouble(trouble, asked);
            None
        }
    }
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Trouble> {
    serde_json::from_value(value).map_err(|error| Trouble {
        rule: Rule::InvalidAnswer,
        message: format!("the answer has another form than the protocol: {error}"),
        stderr: String::new(),
    })
}

/// Adds what our validation finds in an answer.
pub(super) fn validated(judge: &mut Judge, asked: &Asked<'_>, problems: Vec<String>) {
    for problem in problems {
        judge.add(
            Rule::InvalidAnswer,
            "validation",
            asked,
            "",
            format!("the answer is wrong: {problem}"),
        );
    }
}
