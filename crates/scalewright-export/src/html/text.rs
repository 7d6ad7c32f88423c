//! Texts in HTML, and data in its scripts.

/// Escapes a text for the content of an element or a quoted attribute. Line ends become elements.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\r' => {}
            // No browser shows other control characters; HTML does not allow them.
            control if control.is_control() && control != '\n' && control != '\t' => {
                html.push('\u{fffd}')
            }
            other => html.push(other),
        }
    }
    html
}

/// A text of several lines.
pub(crate) fn lines(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}

/// A paragraph with a class.
pub(super) fn paragraph(class: &str, text: &str) -> String {
    format!("<p class=\"{class}\">{}</p>\n", lines(text))
}

/// A literal of JavaScript that no text can end, nor the script that contains it.
pub(super) fn literal(text: &str) -> String {
    crate::javascript::literal(text)
}

#[cfg(test)]
mod tests {
    use super::{escaped, lines};

    #[test]
    fn texts_are_shown_as_written() {
        assert_eq!(
            escaped("a<b> & \"c\" 'd'\u{7}"),
            "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\u{fffd}"
        );
        assert_eq!(lines("one\r\ntwo"), "one<br>two");
    }
}
