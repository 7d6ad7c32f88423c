//! What a plug-in does apart from its answers: the same each time, ready for later versions, and at an end without requests.

use serde_json::Value;

use super::Rule;
use super::judge::{Asked, Judge};
use super::subject::Subject;

/// An environment that differs from the usual one where programs look for a time zone, a language and a seed.
const ELSEWHERE: &[(&str, &str)] = &[
    ("TZ", "Pacific/Kiritimati"),
    ("LANG", "tr_TR.UTF-8"),
    ("LC_ALL", "tr_TR.UTF-8"),
    ("LANGUAGE", "tr"),
    ("PYTHONHASHSEED", "4711"),
];

/// Asks again in a process of its own with another environment. The answer must be the same.
pub(super) fn repeated(
    subject: &mut impl Subject,
    judge: &mut Judge,
    asked: &Asked<'_>,
    usual: &Value,
) {
    judge.requests += 1;
    let again = match subject.alone(asked.line, ELSEWHERE) {
        Ok(again) => again,
        Err(trouble) => return judge.trouble(trouble, asked),
    };
    let Some(place) = difference(usual, &again) else { return };
    // The next differences are of the same kind: to find out which one takes two processes each.
    if judge.has(Rule::NotDeterministic) {
        return judge.add(
            Rule::NotDeterministic,
            "",
            asked,
            &place,
            "two answers to the same request differ".to_owned(),
        );
    }
    judge.requests += 2;
    let pair = (subject.alone(asked.line, ELSEWHERE), subject.alone(asked.line, &[]));
    // Only if processes agree with each other is it the earlier requests that make the difference.
    let agree = matches!(&pair, (Ok(elsewhere), Ok(here)) if *elsewhere == again && *here == again);
    match agree && subject.serves() {
        true => {
            let message =
                "after other requests, the answer differs from that of a new process".to_owned();
            judge.add(Rule::ServeDiffers, "", asked, &place, message);
        }
        false => {
            let message = "two answers to the same request differ".to_owned();
            judge.add(Rule::NotDeterministic, "", asked, &place, message);
        }
    }
}

/// Returns a JSON pointer to the first difference of two values.
fn difference(one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(index, (one, other))| {
                Some(format!("/{index}{}", difference(one, other)?))
            })
        }
        (Value::Object(one), Value::Object(other)) if one.keys().eq(other.keys()) => {
            let mut pairs = one.iter().zip(other.values());
            pairs.find_map(|((key, one), other)| Some(format!("/{key}{}", difference(one, other)?)))
        }
        _ => (one != other).then(String::new),
    }
}

/// Adds keys that no version has to a request. The answer must be the same.
pub(super) fn unknown_keys(
    subject: &mut impl Subject,
    judge: &mut Judge,
    asked: &Asked<'_>,
    usual: &Value,
) {
    // Answers that differ anyway prove nothing.
    if judge.has(Rule::NotDeterministic) || judge.has(Rule::ServeDiffers) {
        return;
    }
    let Ok(mut request) = serde_json::from_str::<Value>(asked.line) else { return };
    for pointer in ["", "/instrument", "/wording", "/scores", "/house"] {
        if let Some(Value::Object(table)) = request.pointer_mut(pointer) {
            table.insert("kit_unknown_key".to_owned(), serde_json::json!({ "a": [1] }));
        }
    }
    let line = request.to_string();
    let asked = Asked { line: &line, ..*asked };
    judge.requests += 1;
    let message = match subject.alone(&line, &[]) {
        Ok(answer) if answer == *usual => return,
        Ok(answer) if answer.get("refusal").is_some() => {
            "a request with an unknown key is refused".to_owned()
        }
        Ok(_) => "an unknown key of the request changes the answer".to_owned(),
        Err(trouble) => {
            format!("a request with an unknown key is not answered: {}", trouble.message)
        }
    };
    judge.add(Rule::UnknownKey, "", &asked, "", message);
}

/// Gives a process nothing, and then half a request.
pub(super) fn without_request(subject: &mut impl Subject, judge: &mut Judge, asked: &Asked<'_>) {
    let half = asked.line.as_bytes().get(..asked.line.len() / 2).unwrap_or_default();
    for (what, bytes, may_succeed) in
        [("no request", &b""[..], true), ("half a request", half, false)]
    {
        judge.requests += 1;
        let message = match subject.raw(bytes) {
            None => return,
            Some(Err(trouble)) => {
                format!("with {what}, the process does not end: {}", trouble.message)
            }
            Some(Ok(end)) if !end.output.is_empty() => {
                format!("with {what}, the process writes to standard output and exits with code 0")
            }
            Some(Ok(end)) if end.success && !may_succeed => {
                format!("with {what}, the process exits with code 0")
            }
            Some(Ok(_)) => continue,
        };
        judge.add(Rule::NoRequest, "", &Asked { line: "", ..*asked }, "", message);
        // A process that waits for ever would do so again, for seconds.
        return;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::difference;

    #[test]
    fn the_first_difference_is_found() {
        let one = json!({ "files": [{ "text": "a" }, { "text": "b" }] });
        assert_eq!(difference(&one, &one), None);
        let other = json!({ "files": [{ "text": "a" }, { "text": "c" }] });
        assert_eq!(difference(&one, &other).as_deref(), Some("/files/1/text"));
        assert_eq!(difference(&one, &json!({ "files": [] })).as_deref(), Some("/files"));
    }
}
