//! Expressions that begin with the answers that they read.
//!
//! An expression is `[[a, b]].map(([_0, _1]) => { … })[0]`: a function that is called at once. reproschema-ui replaces
//! the first occurrence of the name of every item and score, as a text. Another occurrence of such a word is therefore
//! written with an escape.

use std::collections::BTreeSet;

use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;

use super::form::Form;
use crate::code::lines::{Line, Piece, Print, unsupported};
use crate::code::script::ScriptItem;
use crate::javascript;

/// The number that is given: a text may be a number or a clock time. Null if there is none.
const NUMBER: &str = r#"const _number = (_x) => typeof _x === "number" ? _x : typeof _x === "boolean" ? +_x : typeof _x !== "string" || _x.trim() === "" ? null : _x.includes(":") ? _x.slice(0, 2) * 60 + +_x.slice(3, 5) : +_x; "#;
/// The answer if the values contain it.
const CODED: &str =
    "const _coded = (_x, _list) => _list.includes(_number(_x)) ? _number(_x) : null; ";
/// The answer if it is in the range.
const WITHIN: &str = "const _within = (_x, _low, _high) => _number(_x) !== null && _low - 1e-7 <= _number(_x) && _number(_x) <= _high + 1e-7 ? _number(_x) : null; ";
/// The numbers that are not missing.
const KNOWN: &str = "const _known = (_list) => _list.filter((_x) => _x !== null); ";

/// The names of all items and scores of an activity.
pub(super) fn names(form: &Form<'_>) -> BTreeSet<String> {
    let items = form.request.instrument.items.iter().map(|item| item.id.clone());
    items.chain(form.script.columns.iter().map(|column| column.name.clone())).collect()
}

/// The expression whose value is `result` after the lines that it needs.
pub(super) fn expression(
    form: &Form<'_>,
    names: &BTreeSet<String>,
    lines: &[&Line],
    result: &Piece,
) -> Print<String> {
    let steps: String =
        lines.iter().map(|line| format!("const {} = {}; ", line.name, line.text)).collect();
    let body = format!("{steps}return {};", result.text);
    let words: BTreeSet<&str> = words(&body).map(|(_, word)| word).collect();
    let items: Vec<&ScriptItem> =
        form.script.items.iter().filter(|item| words.contains(item.name.as_str())).collect();
    let cleaned: String = items.iter().enumerate().map(|(at, item)| cleaned(at, item)).collect();
    let rest = hidden(&format!("{}{cleaned}{body}", helpers(&cleaned, &body)), names)?;
    let given: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    let parameters: Vec<String> = (0..items.len()).map(|at| format!("_{at}")).collect();
    let (given, parameters) = (given.join(", "), parameters.join(", "));
    Ok(format!("[[{given}]].{}(([{parameters}]) => {{ {rest} }})[0]", hidden("map", names)?))
}

/// The line that cleans an answer.
fn cleaned(at: usize, item: &ScriptItem) -> String {
    let call = match &item.accepted {
        Accepted::Values(values) => {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            format!("_coded(_{at}, [{}])", values.join(", "))
        }
        // Their options are not read.
        Accepted::Choices(_) => "null".to_owned(),
        Accepted::Between { min, max, decimals: _ } => {
            format!("_within(_{at}, {}, {})", digits(*min), digits(*max))
        }
    };
    format!("const {} = {call}; ", item.name)
}

/// The functions that an expression uses.
fn helpers(cleaned: &str, body: &str) -> String {
    let mut helpers = String::new();
    let uses = [
        (!cleaned.is_empty(), NUMBER),
        (cleaned.contains("_coded("), CODED),
        (cleaned.contains("_within("), WITHIN),
        (body.contains("_known("), KNOWN),
    ];
    uses.into_iter().filter(|(is_used, _)| *is_used).for_each(|(_, text)| helpers.push_str(text));
    if body.contains("_normalCdf(") {
        let lines = javascript::NORMAL_CDF.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with("//")) {
            helpers.push_str(line);
            helpers.push(' ');
        }
    }
    helpers
}

/// The words of a code, each with where it begins, as a regular expression finds them.
fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    code.split(|character: char| !(character.is_ascii_alphanumeric() || character == '_'))
        .filter_map(move |word| {
            let start = at;
            // What separates words is one byte long, because the code is ASCII.
            at += word.len() + 1;
            (!word.is_empty()).then_some((start, word))
        })
}

/// The code with an escape for the first letter of each word that is the name of an item or a score.
fn hidden(code: &str, names: &BTreeSet<String>) -> Print<String> {
    let (mut out, mut end) = (String::new(), 0);
    for (start, word) in words(code) {
        if !names.contains(word) {
            continue;
        }
        out.push_str(&code[end..start]);
        let first = word.as_bytes()[0];
        let escaped = format!("u{first:04x}{}", &word[1..]);
        if out.ends_with('\\') || names.contains(&escaped) {
            return unsupported(format!("reproschema-ui would replace `{word}` within a text"));
        }
        out.push('\\');
        out.push_str(&escaped);
        end = start + word.len();
    }
    out.push_str(&code[end..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::hidden;

    #[test]
    fn names_within_code_are_escaped() {
        let names = BTreeSet::from(["max".to_owned(), "u0041".to_owned()]);
        let code = hidden("Math.max(v__max, \"a max\")", &names);
        assert_eq!(code.as_deref(), Ok("Math.\\u006dax(v__max, \"a \\u006dax\")"));
        assert!(hidden("\"\\u0041\"", &names).is_err());
    }
}
