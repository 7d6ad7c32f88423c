//! The names of questions in expressions, in data and in our format.

use std::collections::BTreeSet;

use crate::formats::limesurvey::survey::{Question, Survey};

/// The expression in braces.
pub(super) fn without_braces(text: &str) -> &str {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    inner.filter(|inner| !inner.contains(['{', '}'])).unwrap_or(trimmed)
}

/// The names in an expression, without `.NAOK` and similar endings.
pub(super) fn mentioned(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
    text.split(move |letter| !is_part(letter))
        .map(|name| name.split('.').next().unwrap_or_default())
        .filter(|name| !name.is_empty())
}

/// The names in all expressions of a survey.
pub(super) fn mentioned_in(survey: &Survey) -> BTreeSet<String> {
    let main = survey.languages.first().map_or("", String::as_str);
    let mut names = BTreeSet::new();
    for group in &survey.groups {
        let mut add = |text: &str| names.extend(mentioned(text).map(str::to_owned));
        add(&group.relevance);
        for question in &group.questions {
            add(&question.relevance);
            question.rows.iter().for_each(|row| add(&row.relevance));
            if question.is_equation() {
                add(question.equation(main));
            }
        }
    }
    names
}

/// The names of a question, or of one of its rows, in expressions: by code, and in old surveys by number.
pub(super) fn in_expressions(question: &Question, row: &str) -> Vec<String> {
    let code = &question.code;
    let mut names = vec![if row.is_empty() { code.clone() } else { format!("{code}_{row}") }];
    if !question.numbered.is_empty() {
        names.push(format!("{}{row}", question.numbered));
    }
    names
}

/// The wanted id of a row: `sn_1` for `SN[SQ001]`, and `sn_1_0` for the first answer of a row with two.
pub(super) fn wanted(question: &Question, row: &str) -> String {
    let (own, rest) = row.split_once('_').map_or((row, None), |(own, rest)| (own, Some(rest)));
    let number = own.strip_prefix("SQ").and_then(|digits| digits.parse::<u32>().ok());
    let own = number.map_or_else(|| own.to_owned(), |number| number.to_string());
    let rest = rest.map(|rest| format!("_{rest}")).unwrap_or_default();
    format!("{}_{own}{rest}", question.code)
}

/// The column of a row in data.
pub(super) fn column(question: &Question, row: &str) -> String {
    if row.is_empty() { question.code.clone() } else { format!("{}[{row}]", question.code) }
}
