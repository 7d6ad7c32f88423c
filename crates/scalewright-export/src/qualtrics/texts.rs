//! Texts: as HTML, by language, and as the values of fields.

use scalewright_model::Wording;

/// The most characters of the description of a question.
const DESCRIPTION: usize = 99;

/// Escapes a text as HTML. Qualtrics replaces `${…}` and `$e{…}` in texts, so their dollar signs become references.
pub(super) fn html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(character) = rest.chars().next() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            // Piped text, formulas, and the form of both in languages from right to left.
            '$' => html.push_str("&#36;"),
            // The marks of the text format.
            '[' => html.push_str("&#91;"),
            '\r' => {}
            '\n' => html.push_str("<br>"),
            control if control.is_control() && control != '\t' => html.push('\u{fffd}'),
            other => html.push(other),
        }
        rest = &rest[character.len_utf8()..];
    }
    html
}

/// A short plain text that describes a question to the authors of a survey.
pub(super) fn description(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(DESCRIPTION) {
        None => line,
        Some((end, _)) => format!("{}...", &line[..end]),
    }
}

/// The code of a language: its tag in capital letters. Chinese is coded by its script.
pub(super) fn language_code(tag: &str) -> String {
    let upper = tag.to_uppercase();
    match upper.as_str() {
        "ZH" | "ZH-CN" | "ZH-HANS" | "ZH-SG" => "ZH-S".to_owned(),
        "ZH-TW" | "ZH-HK" | "ZH-HANT" => "ZH-T".to_owned(),
        _ => upper,
    }
}

/// The languages of a survey: the one that is published, then the others.
#[derive(Debug, Clone)]
pub(super) struct Languages<'a>(pub(super) Vec<&'a Wording>);

impl<'a> Languages<'a> {
    /// The published wording.
    pub(super) fn own(&self) -> Option<&'a Wording> {
        self.0.first().copied()
    }

    /// The other wordings, each with the code of its language.
    pub(super) fn others(&self) -> impl Iterator<Item = (String, &'a Wording)> {
        self.0.iter().skip(1).map(|wording| (language_code(&wording.language), *wording))
    }
}

#[cfg(test)]
mod tests {
    use super::{description, html, language_code};

    #[test]
    fn nothing_in_a_text_is_replaced() {
        assert_eq!(
            html("a < ${q://QID1} $e{ 1 }\nb & [[Block]]"),
            "a &lt; &#36;{q://QID1} &#36;e{ 1 }<br>b &amp; &#91;&#91;Block]]"
        );
    }

    #[test]
    fn descriptions_are_short_and_languages_are_coded() {
        assert_eq!(description(&"ab ".repeat(60)).chars().count(), 102);
        assert_eq!(["en", "pt-BR", "zh-Hant"].map(language_code), ["EN", "PT-BR", "ZH-T"]);
    }
}
