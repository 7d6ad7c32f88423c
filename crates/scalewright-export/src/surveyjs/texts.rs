//! Texts: by locale, as HTML, and within expressions.

use scalewright_model::Wording;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::code::lines::{Print, unsupported};

/// The locale of SurveyJS whose texts have no key of their own.
const BUILT_IN: &str = "en";
/// The key of the texts of that locale, and of all locales that have no text.
const DEFAULT: &str = "default";

/// A text in one or several languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text(Vec<(String, String)>);

impl Text {
    /// A text in one language.
    pub(super) fn plain(text: &str) -> Self {
        Self(vec![(DEFAULT.to_owned(), text.to_owned())])
    }

    /// Replaces the opening braces of each text that has a closing one too. Returns whether there are any.
    pub(super) fn replace_braces(&mut self, with: &str) -> bool {
        let mut found = false;
        for (_, text) in &mut self.0 {
            if text.split_once('{').is_some_and(|(_, rest)| rest.contains('}')) {
                *text = text.replace('{', with);
                found = true;
            }
        }
        found
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let [(_, only)] = self.0.as_slice() {
            return serializer.serialize_str(only);
        }
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (locale, text) in &self.0 {
            map.serialize_entry(locale, text)?;
        }
        map.end()
    }
}

/// The languages of a form: the one that is published, then the others.
#[derive(Debug, Clone)]
pub(super) struct Languages<'a>(pub(super) Vec<&'a Wording>);

impl Languages<'_> {
    /// The text that `of` finds in each language; `None` if the published language has none.
    pub(super) fn text<'w>(&'w self, of: impl Fn(&'w Wording) -> Option<String>) -> Option<Text> {
        let written: Vec<(&str, String)> = self
            .0
            .iter()
            .filter_map(|wording| Some((wording.language.as_str(), of(wording)?)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let own = self.0.first()?;
        let (first, _) = written.first()?;
        if *first != own.language {
            return None;
        }
        Some(by_locale(&written))
    }

    /// The locale of the form; `None` if it is the built-in one.
    pub(super) fn locale(&self) -> Option<String> {
        let own = &self.0.first()?.language;
        (own != BUILT_IN).then(|| own.clone())
    }
}

/// The texts with their keys. English texts are the default if there are any: a text with the key `en` would be
/// ignored in favour of the default. Otherwise the first text is.
fn by_locale(written: &[(&str, String)]) -> Text {
    let is_english =
        |tag: &str| tag.split('-').next().is_some_and(|own| own.eq_ignore_ascii_case(BUILT_IN));
    let exact = written.iter().position(|(tag, _)| *tag == BUILT_IN);
    let english = exact.or_else(|| written.iter().position(|(tag, _)| is_english(tag)));
    let default = &written[english.unwrap_or(0)].1;
    let mut all = vec![(DEFAULT.to_owned(), default.clone())];
    let others = written.iter().filter(|(tag, text)| *tag != BUILT_IN && text != default);
    all.extend(others.map(|(tag, text)| ((*tag).to_owned(), text.clone())));
    Text(all)
}

/// Escapes a text as a paragraph of HTML.
pub(super) fn paragraph(text: &str) -> String {
    let mut html = String::from("<p>");
    for character in text.trim().chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            // A name in braces would be replaced by its value.
            '{' => html.push_str("&#123;"),
            '}' => html.push_str("&#125;"),
            '\r' => {}
            '\n' => html.push_str("<br>"),
            other => html.push(other),
        }
    }
    html + "</p>"
}

/// What SurveyJS replaces in an expression before it reads it, also within texts.
const REPLACED: [&str; 4] = ["=>", "=<", "<>", "equals"];

/// A text in an expression.
pub(super) fn literal(text: &str) -> Print<String> {
    if let Some(replaced) = REPLACED.iter().find(|replaced| text.contains(**replaced)) {
        return unsupported(format!(
            "an expression of SurveyJS cannot contain a text with `{replaced}`, which it would replace"
        ));
    }
    let mut characters = text.chars().peekable();
    let mut literal = String::from("'");
    while let Some(character) = characters.next() {
        match character {
            '\\' if matches!(characters.peek(), None | Some('\'' | '"')) => {
                return unsupported(
                    "an expression of SurveyJS cannot contain a text with a backslash before a quote or at its end",
                );
            }
            '\'' | '"' => literal.extend(['\\', character]),
            other => literal.push(other),
        }
    }
    literal.push('\'');
    Ok(literal)
}

#[cfg(test)]
mod tests {
    use super::{by_locale, literal, paragraph};

    fn keys(written: &[(&str, &str)]) -> Vec<(String, String)> {
        let written: Vec<_> =
            written.iter().map(|(tag, text)| (*tag, (*text).to_owned())).collect();
        by_locale(&written).0
    }

    #[test]
    fn english_texts_are_the_default() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            keys(&[("de", "Ja"), ("en", "Yes")]),
            [pair("default", "Yes"), pair("de", "Ja")]
        );
        assert_eq!(
            keys(&[("fr", "Oui"), ("de", "Ja")]),
            [pair("default", "Oui"), pair("de", "Ja")]
        );
        assert_eq!(keys(&[("fr", "Oui")]), [pair("default", "Oui")]);
    }

    #[test]
    fn texts_in_expressions_are_kept_or_refused() {
        assert_eq!(literal("it's \"x\"").as_deref(), Ok("'it\\'s \\\"x\\\"'"));
        for refused in ["a <> b", "a => b", "equals", "end\\", "\\'"] {
            assert!(literal(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn paragraphs_are_escaped() {
        assert_eq!(paragraph("a < {b}\nc"), "<p>a &lt; &#123;b&#125;<br>c</p>");
    }
}
