//! Escaping for REDCap's cells. They are HTML in which `[…]` pipes values, `{…}` embeds fields and `|` separates
//! choices.

/// Escapes `text` as a label, so that it is shown as written and has no other effect.
pub(super) fn label(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '[' => html.push_str("&#91;"),
            ']' => html.push_str("&#93;"),
            '{' => html.push_str("&#123;"),
            '}' => html.push_str("&#125;"),
            '\r' => {}
            '\n' => html.push_str("<br>"),
            // In REDCap's CSV files a backslash changes the meaning of a quote after it.
            '\\' => html.push_str("&#92;"),
            other => html.push(other),
        }
    }
    // Spreadsheets take a cell that begins with one of these characters for a formula.
    match html.chars().next() {
        Some(first @ ('=' | '+' | '-' | '@')) => format!("&#{};{}", first as u32, &html[1..]),
        _ => html,
    }
}

/// Escapes `text` as the label of a choice. `|` separates choices and needs a character reference; line breaks become
/// spaces, because a choice must be on one line.
pub(super) fn choice(text: &str) -> String {
    label(text).replace('|', "&#124;").replace("<br>", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_shown_as_written_and_have_no_other_effect() {
        assert_eq!(label("a < b & [c] {d}"), "a &lt; b &amp; &#91;c&#93; &#123;d&#125;");
        assert_eq!(label("=1+1"), "&#61;1+1");
        assert_eq!(label("one\ntwo"), "one<br>two");
        assert_eq!(choice("this | that"), "this &#124; that");
    }
}
