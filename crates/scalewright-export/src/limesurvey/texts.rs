//! Texts: in each language, as HTML, and within expressions.

use scalewright_model::Wording;

use super::model::Text;
use crate::code::lines::{Print, unsupported};

/// The wordings of a survey: the published one first.
#[derive(Debug, Clone)]
pub(super) struct Languages<'a>(pub(super) Vec<&'a Wording>);

impl<'a> Languages<'a> {
    /// The text in each language, escaped. A language without it has that of the published one.
    pub(super) fn text(&self, of: impl Fn(&'a Wording) -> Option<String>) -> Text {
        let texts: Vec<Option<String>> = self.0.iter().map(|wording| of(wording)).collect();
        let Some(first) = texts.first().cloned().flatten() else { return Text::default() };
        let each = texts.into_iter().map(|text| text.unwrap_or_else(|| first.clone()));
        Text(each.map(|text| html(&text)).collect())
    }
}

/// Paragraphs below each other.
pub(super) fn paragraphs(texts: &[Text], languages: usize) -> Text {
    let of = |language: usize| {
        let own = texts.iter().map(|text| text.at(language)).filter(|text| !text.is_empty());
        own.map(|text| format!("<p>{text}</p>")).collect::<String>()
    };
    let all: Vec<String> = (0..languages).map(of).collect();
    if all.iter().all(String::is_empty) { Text::default() } else { Text(all) }
}

/// Escapes a text as HTML in one line, without what either file or LimeSurvey would interpret: a quotation mark around
/// a whole cell, a backslash before one, and an expression in braces.
pub(super) fn html(text: &str) -> String {
    let mut html = String::new();
    for character in text.trim().chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\\' => html.push_str("&#92;"),
            '{' => html.push_str("&#123;"),
            '}' => html.push_str("&#125;"),
            '|' => html.push_str("&#124;"),
            '\r' => {}
            '\n' => html.push_str("<br />"),
            '\t' => html.push(' '),
            other => html.push(other),
        }
    }
    html
}

/// What a text in an expression cannot contain: LimeSurvey removes tags and line breaks from results, decodes entities,
/// and reads braces and backslashes itself.
const CHANGED: [char; 9] = ['<', '>', '&', '{', '}', '\\', '\n', '\r', '\t'];

/// A text in an expression.
pub(super) fn literal(text: &str) -> Print<String> {
    if let Some(changed) = text.chars().find(|c| CHANGED.contains(c) || c.is_control()) {
        let shown = changed.escape_default();
        return unsupported(format!(
            "LimeSurvey would change a result that contains the character `{shown}`"
        ));
    }
    if text.trim() != text {
        return unsupported("LimeSurvey removes spaces at the ends of a result");
    }
    match (text.contains('\''), text.contains('"')) {
        (false, _) => Ok(format!("'{text}'")),
        (true, false) => Ok(format!("\"{text}\"")),
        (true, true) => unsupported(
            "an expression of LimeSurvey cannot contain a text with both kinds of quotation marks",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{html, literal};

    #[test]
    fn texts_are_escaped() {
        assert_eq!(html("\"a\" < {b}\nc\\"), "&quot;a&quot; &lt; &#123;b&#125;<br />c&#92;");
    }

    #[test]
    fn texts_in_expressions_are_kept_or_refused() {
        assert_eq!(literal("it's").as_deref(), Ok("\"it's\""));
        assert_eq!(literal("a \"b\"").as_deref(), Ok("'a \"b\"'"));
        for refused in ["< 5", "a\\", "it's \"b\"", " x", "{a}", "a\nb"] {
            assert!(literal(refused).is_err(), "{refused}");
        }
    }
}
