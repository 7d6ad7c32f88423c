//! The names in expressions, and why some of them have no meaning within a form.

use super::Reader;
use crate::expr::{Bound, Language, Name, Scope};
use crate::form::rule::Rule;
use crate::formats::redcap::columns::Column;
use crate::formats::redcap::field::Field;
use crate::place::Place;

/// A field that an expression names: `[field]` or `[field(code)]`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// The name in lower case.
    pub(super) name: String,
    /// The code of a box.
    pub(super) option: Option<String>,
    /// Whether another bracket follows, so that it is an event or has an instance.
    is_followed: bool,
}

/// Functions about dates, which formulas do not have.
const DATES: &[&str] =
    &["datediff", "age_at_date", "dayoftheweek", "year", "month", "day", "adddate", "calcdate"];

/// The fields that an expression names.
pub(super) fn mentioned(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        rest = &rest[at + 1..];
        let Some(end) = rest.find(']') else { break };
        let inner = rest[..end].trim();
        let (name, option) = match inner.strip_suffix(')').and_then(|inner| inner.split_once('(')) {
            Some((name, code)) => (name, Some(code.trim().to_owned())),
            None => (inner, None),
        };
        rest = &rest[end + 1..];
        let name = name.trim().to_lowercase();
        mentions.push(Mention { name, option, is_followed: rest.starts_with('[') });
    }
    mentions
}

/// An expression without comments, and without `:value`, which changes nothing in it.
fn without_comments(text: &str) -> String {
    let lines = text.lines().filter(|line| {
        !line.trim_start().starts_with(['#']) && !line.trim_start().starts_with("//")
    });
    lines.collect::<Vec<_>>().join("\n").replace(":value]", "]").trim().to_owned()
}

/// An expression in which `isnumber([name])` is `([name] <> '')`, for names that `is_number` accepts.
fn with_value_tests(text: &str, is_number: impl Fn(&str) -> bool) -> String {
    const OPEN: &str = "isnumber([";
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(length) = rest.find(']') else { break };
        let name = &rest[OPEN.len()..length];
        if rest[length..].starts_with("])") && is_number(&name.trim().to_lowercase()) {
            out.push_str(&format!("([{name}] <> '')"));
            rest = &rest[length + 2..];
        } else {
            out.push_str(&rest[..=length]);
            rest = &rest[length + 1..];
        }
    }
    out.push_str(rest);
    out
}

/// The function about dates that an expression calls.
fn date_function(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    DATES.iter().copied().find(|name| {
        lower.match_indices(name).any(|(at, _)| {
            let before = lower[..at].chars().next_back();
            let is_word =
                before.is_none_or(|letter| !(letter.is_alphanumeric() || "_[".contains(letter)));
            is_word && lower[at + name.len()..].trim_start().starts_with('(')
        })
    })
}

impl<'a> Reader<'a> {
    /// An expression without what changes nothing in it.
    pub(super) fn prepared(&self, text: &str) -> String {
        // A calculation is a number or blank, so that asking for a number is asking for a value.
        with_value_tests(&without_comments(text), |name| self.is_number(name))
    }

    /// Whether a field is calculated and is a number.
    fn is_number(&self, name: &str) -> bool {
        let field = self.known.fields.get(name);
        self.scores.contains_key(name) && field.is_some_and(|field| field.kind == "calc")
    }

    /// What a name of an expression means.
    fn bound(&self, name: Name<'_>) -> Option<Bound> {
        let field = name.text.to_lowercase();
        match name.option {
            Some(option) => {
                let (known, _) = self.known.fields.get_key_value(field.as_str())?;
                self.boxes.get(&(*known, option.to_owned())).copied().map(Bound::Ticked)
            }
            None => {
                let item = self.items.get(field.as_str()).copied().map(Bound::Item);
                item.or_else(|| self.scores.get(field.as_str()).copied().map(Bound::Score))
            }
        }
    }

    /// Why an expression cannot be computed from the answers to this form, as a clause.
    fn obstacle(&self, text: &str) -> Option<String> {
        let by_name = mentioned(text).into_iter().find_map(|mention| self.obstacle_of(&mention));
        by_name.or_else(|| {
            let function = date_function(text)?;
            Some(format!(
                "it uses `{function}`, and formulas here have only `years_between` for dates"
            ))
        })
    }

    fn obstacle_of(&self, mention: &Mention) -> Option<String> {
        let Mention { name, option, is_followed } = mention;
        let shown = match option {
            Some(option) => format!("[{name}({option})]"),
            None => format!("[{name}]"),
        };
        if *is_followed {
            return Some(format!(
                "`{shown}` is followed by another name: it is an event, or has an instance"
            ));
        }
        if self.bound(Name { text: name, option: option.as_deref() }).is_some() {
            return None;
        }
        if let Some(reason) = self.left_out.get(name.as_str()) {
            return Some(match option {
                Some(_) if self.is_checkbox(name) => {
                    format!("`{shown}` is not a choice of `{name}`")
                }
                _ => format!("`[{name}]` {reason}"),
            });
        }
        let Some(field) = self.known.fields.get(name.as_str()) else {
            return Some(if name.contains('-') {
                format!("`{shown}` is known only to REDCap")
            } else if name.ends_with("_complete") {
                format!("`{shown}` is the status of a form")
            } else {
                format!("`{shown}` is not in the file")
            });
        };
        if self.known.record == Some(name.as_str()) {
            return Some(format!("`{shown}` is the record id"));
        }
        if field.form != self.name {
            return Some(format!("`{shown}` is a field of the form `{}`", field.form));
        }
        Some(format!("`{shown}` has no boxes"))
    }

    fn is_checkbox(&self, name: &str) -> bool {
        self.known.fields.get(name).is_some_and(|field| field.kind == "checkbox")
    }

    /// Reads an expression of the form.
    pub(super) fn rule(
        &self,
        text: &str,
        place: &Place,
        read: fn(&Scope<'_>, &str, &Place) -> Rule,
    ) -> Rule {
        let text = self.prepared(text);
        if let Some(reason) = self.obstacle(&text) {
            return Rule::not_understood(&text, place, reason);
        }
        self.scoped(|scope| read(scope, &text, place))
    }

    /// Calls `read` with the names of the form.
    pub(super) fn scoped<T>(&self, read: impl FnOnce(&Scope<'_>) -> T) -> T {
        let names = |name: Name<'_>| self.bound(name);
        read(&Scope { language: Language::RedCap, form: &self.form, names: &names })
    }

    /// The condition of a field.
    pub(super) fn condition(&self, field: &'a Field) -> Rule {
        self.rule(&field.branching, &field.place(Column::Branching), crate::expr::condition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_comments_and_dates_are_found() {
        let names: Vec<_> = mentioned("[A] + [b(-1)] > [e][c]")
            .into_iter()
            .map(|mention| (mention.name, mention.option, mention.is_followed))
            .collect();
        assert_eq!(
            names,
            [
                ("a".to_owned(), None, false),
                ("b".to_owned(), Some("-1".to_owned()), false),
                ("e".to_owned(), None, true),
                ("c".to_owned(), None, false)
            ]
        );
        assert_eq!(without_comments("# a remark\n[a:value] +\n// another\n1"), "[a] +\n1");
        assert_eq!(date_function("rounddown(datediff ([a],'today','y'))"), Some("datediff"));
        let tested =
            with_value_tests("isnumber([a]) + isnumber([b]) + isnumber([a]+1", |name| name == "a");
        assert_eq!(tested, "([a] <> '') + isnumber([b]) + isnumber([a]+1");
        assert_eq!(date_function("[year] + [day](1) + birthday(2)"), None);
    }
}
