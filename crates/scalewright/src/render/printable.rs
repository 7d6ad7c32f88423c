//! Text for people. What is foreign in it is safe to print, and the styles in it are our own: there is no way to make one
//! of text as it comes.

use scalewright_model::text;

/// Text that may be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Printable(String);

impl Printable {
    /// A text of several lines that we laid out and styled. Each foreign part of it has been made a line before; what
    /// that forgot can still send nothing but styles to a terminal.
    pub(crate) fn page(page: &str) -> Self {
        let mut safe = String::with_capacity(page.len());
        let mut rest = page;
        while let Some(start) = rest.find("\u{1b}[") {
            let style = rest[start + 2..].find(|c: char| !c.is_ascii_digit() && c != ';');
            let end = style.map_or(start, |end| start + 2 + end);
            let is_style = rest[end..].starts_with('m');
            // What is no style is cleaned with its first character.
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

    /// A difference between two files, as `patch` reads it: tabs and the line ends of Windows stay, and one character
    /// stands for each that is not safe.
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

    /// With its styles.
    pub(crate) fn styled(&self) -> &str {
        &self.0
    }

    /// Without styles.
    pub(crate) fn plain(&self) -> String {
        anstream::adapter::strip_str(&self.0).to_string()
    }
}

/// A message: whatever is in it, it is one line.
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
    fn a_message_is_one_line_and_a_page_keeps_styles_alone() {
        let message = Printable::from("a\n::error::b\u{1b}[31m\n");
        assert_eq!(message.styled(), "a\\n::error::b\\u{1b}[31m\n");
        let page = Printable::page("\u{1b}[1mid\u{1b}[0m: x\u{1b}[2J\u{1b}]0;t\u{7}\n\u{1b}[");
        assert_eq!(page.styled(), "\u{1b}[1mid\u{1b}[0m: x\\u{1b}[2J\\u{1b}]0;t\\u{7}\n\\u{1b}[");
        assert_eq!(page.plain(), "id: x\\u{1b}[2J\\u{1b}]0;t\\u{7}\n\\u{1b}[");
    }
}
