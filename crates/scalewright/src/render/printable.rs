//! Text for people that is safe to print. Its only terminal sequences are styles: control characters in texts of files
//! or arguments are escaped, and no constructor takes text unchecked.

use scalewright_model::text;

/// Text that is safe to print.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Printable(String);

impl Printable {
    /// Returns a text of several lines that our code laid out and styled. The caller has escaped each foreign part with
    /// `text::line`. If it forgot one, that part can still send nothing but styles to a terminal.
    pub(crate) fn page(page: &str) -> Self {
        let mut safe = String::with_capacity(page.len());
        let mut rest = page;
        while let Some(start) = rest.find("\u{1b}[") {
            let style = rest[start + 2..].find(|c: char| !c.is_ascii_digit() && c != ';');
            let end = style.map_or(start, |end| start + 2 + end);
            let is_style = rest[end..].starts_with('m');
            // If this is not a style, escape its first character and continue after it.
            let end = if is_style { end + 1 } else { start + 1 };
            safe.push_str(&text::clean(&rest[..start]));
            match is_style {
                true => safe.push_str(&rest[start..end]),
                false => safe.push_str(&text::clean(&rest[start..end])),
            }
            rest = &rest[end..];
        }
        safe.push_str(&text::clean(rest));
        Self(safe)
    }

    /// Returns a difference between two files, in the format that `patch` reads. Tabs and Windows line ends are
    /// preserved; each unsafe character is replaced by one character.
    pub(crate) fn patch(patch: &str) -> Self {
        let mut safe = String::with_capacity(patch.len());
        for line in patch.split_inclusive('\n') {
            let words = line
                .trim_end_matches('\n')
                .strip_suffix('\r')
                .unwrap_or(line.trim_end_matches('\n'));
            let visible = |c: char| if c == '\t' || text::is_safe(c) { c } else { '\u{fffd}' };
            safe.extend(words.chars().map(visible));
            safe.push_str(&line[words.len()..]);
        }
        Self(safe)
    }

    pub(crate) fn push(&mut self, more: &Self) {
        self.0.push_str(&more.0);
    }

    /// Returns the text with its styles.
    pub(crate) fn styled(&self) -> &str {
        &self.0
    }

    /// Returns the text without styles.
    pub(crate) fn plain(&self) -> String {
        anstream::adapter::strip_str(&self.0).to_string()
    }
}

/// Escapes a message so that it is always one line.
impl From<&str> for Printable {
    fn from(message: &str) -> Self {
        let message = message.strip_suffix('\n').unwrap_or(message);
        Self(format!("{}\n", text::message(message)))
    }
}

impl From<&String> for Printable {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<&Printable> for Printable {
    fn from(text: &Printable) -> Self {
        text.clone()
    }
}

impl Extend<Printable> for Printable {
    fn extend<T: IntoIterator<Item = Printable>>(&mut self, more: T) {
        more.into_iter().for_each(|more| self.push(&more));
    }
}

#[cfg(test)]
mod tests {
    use super::Printable;

    #[test]
    fn a_message_is_one_line_and_a_page_keeps_only_styles() {
        let message = Printable::from("a\n::error::b\u{1b}[31m\n");
        assert_eq!(message.styled(), "a\\n::error::b\\u{1b}[31m\n");
        let page = Printable::page("\u{1b}[1mid\u{1b}[0m: x\u{1b}[2J\u{1b}]0;t\u{7}\n\u{1b}[");
        assert_eq!(page.styled(), "\u{1b}[1mid\u{1b}[0m: x\\u{1b}[2J\\u{1b}]0;t\\u{7}\n\\u{1b}[");
        assert_eq!(page.plain(), "id: x\\u{1b}[2J\\u{1b}]0;t\\u{7}\n\\u{1b}[");
    }
}
