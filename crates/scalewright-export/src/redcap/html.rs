//! Words in REDCap's cells, which are HTML in which `[…]` pipes, `{…}` embeds and `|` separates.

/// `text` as a label: it shows as written and does nothing.
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
            '\\' => html.push_str("&#92;"),
            other => html.push(other),
        }
    }
    // A cell that begins with one of these would be a formula to a spreadsheet.
    match html.chars().next() {
        Some(first @ ('=' | '+' | '-' | '@')) => format!("&#{};{}", first as u32, &html[1..]),
        _ => html,
    }
}

/// `text` as the label of a choice: there is no escape for `|`, and no line may break.
pub(super) fn choice(text: &str) -> String {
    label(text).replace('|', "&#124;").replace("<br>", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_show_as_written_and_do_nothing() {
        assert_eq!(label("a < b & [c] {d}"), "a &lt; b &amp; &#91;c&#93; &#123;d&#125;");
        assert_eq!(label("=1+1"), "&#61;1+1");
        assert_eq!(label("one\ntwo"), "one<br>two");
        assert_eq!(choice("this | that"), "this &#124; that");
    }
}
