//! Words in one or more languages, and the removal of markup from them.

use std::collections::BTreeMap;

/// A text in one or more languages, by BCP 47 tag. A source with one language uses the tag `""`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// Words in the only language of a source.
    #[must_use]
    pub fn only(text: &str) -> Self {
        let mut words = Self::default();
        words.add("", text);
        words
    }

    /// Adds the words of a language. Empty texts are left out.
    pub fn add(&mut self, language: &str, text: &str) {
        if !text.trim().is_empty() {
            self.0.insert(language.to_owned(), text.to_owned());
        }
    }

    /// The words of a language; `None` if there are none. Words in the only language of a source are in every language.
    #[must_use]
    pub fn of(&self, language: &str) -> Option<&str> {
        self.0.get(language).or_else(|| self.0.get("")).map(String::as_str)
    }

    /// Whether the source has words of just this language.
    #[must_use]
    pub fn is_in(&self, language: &str) -> bool {
        self.0.contains_key(language)
    }

    /// Whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The languages and their words.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language.as_str(), text.as_str()))
    }

    /// These words and then `next`, with an empty line between.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        if self.is_empty() {
            return next.clone();
        }
        let mut words = Self::default();
        for (language, text) in next.iter() {
            let before =
                self.of(language).map(|before| format!("{before}\n\n")).unwrap_or_default();
            words.add(language, &format!("{before}{text}"));
        }
        for (language, text) in self.iter().filter(|(language, _)| !next.is_in(language)) {
            words.add(language, text);
        }
        words
    }

    /// The same words, where those without a language are in `main`.
    #[must_use]
    pub(crate) fn in_language(&self, main: &str) -> Self {
        let mut words = Self::default();
        for (language, text) in self.iter() {
            words.add(if language.is_empty() { main } else { language }, text);
        }
        words
    }

    /// The same words in brackets, each after what `before` gives for its language.
    #[must_use]
    pub fn bracketed(&self, before: impl Fn(&str) -> String) -> Self {
        let mut words = Self::default();
        for (language, text) in self.iter() {
            words.add(language, &format!("{} ({text})", before(language)));
        }
        words
    }

    /// The same words, each changed by `change`.
    #[must_use]
    pub fn map(&self, mut change: impl FnMut(&str) -> String) -> Self {
        let mut words = Self::default();
        for (language, text) in self.iter() {
            words.add(language, &change(text));
        }
        words
    }
}

/// The text without HTML: elements are removed, `<br>` and the ends of blocks become line breaks, entities become
/// characters, and runs of spaces one space. Returns whether there was markup.
///
/// What is not an element, as in `a < b` or `<3`, is kept.
#[must_use]
pub fn plain(text: &str) -> (String, bool) {
    if is_plain(text.as_bytes()) {
        return (text.to_owned(), false);
    }
    let mut out = String::with_capacity(text.len());
    let mut had_markup = false;
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let read = if rest.starts_with('<') { element(rest) } else { entity(rest) };
        match read {
            Some((replaced, length)) => {
                had_markup = true;
                out.push_str(&replaced);
                rest = &rest[length..];
            }
            None => {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    (tidied(&out), had_markup)
}

/// Whether nothing in a text could be markup or has to be tidied, as in most texts: printable ASCII with single spaces
/// between words.
fn is_plain(text: &[u8]) -> bool {
    let is_word = |byte: u8| matches!(byte, b'!'..=b'~') && byte != b'<' && byte != b'&';
    let ends = [text.first(), text.last()];
    ends.iter().flatten().all(|byte| is_word(**byte))
        && text.iter().all(|byte| is_word(*byte) || *byte == b' ')
        && !text.windows(2).any(|pair| pair == b"  ")
}

/// The end of an element or comment, and its replacement.
fn element(text: &str) -> Option<(String, usize)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some((String::new(), comment.find("-->")? + 7));
    }
    let inner = &text[1..];
    let name_at = usize::from(inner.starts_with('/'));
    let first = inner[name_at..].chars().next()?;
    if !first.is_ascii_alphabetic() && first != '!' {
        return None;
    }
    let end = inner.find('>')?;
    let name: String = inner[name_at..end]
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    // The contents of scripts and styles are no words.
    if name_at == 0 && matches!(name.as_str(), "script" | "style") {
        let close = format!("</{name}");
        let lower = inner.to_ascii_lowercase();
        let at = lower.find(&close)?;
        return Some((String::new(), at + inner[at..].find('>')? + 2));
    }
    let is_block = matches!(name.as_str(), "p" | "div" | "li" | "tr" | "ul" | "ol" | "table")
        || matches!(name.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let replaced = match name.as_str() {
        "br" | "hr" => "\n",
        _ if is_block => "\n",
        "td" | "th" => " ",
        _ => "",
    };
    Some((replaced.to_owned(), end + 2))
}

/// The character of an entity.
fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.char_indices().take(12).find(|(_, letter)| *letter == ';')?.0;
    let name = &text[1..end];
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "ntilde" => 'ñ',
        _ => char::from_u32(numbered(name)?).filter(|letter| !letter.is_control())?,
    };
    Some((letter.to_string(), end + 1))
}

/// The number of a numeric entity.
fn numbered(name: &str) -> Option<u32> {
    let digits = name.strip_prefix('#')?;
    match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
        None => digits.parse().ok(),
    }
}

/// One space for a run of spaces, at most one empty line, and nothing at either end.
fn tidied(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    // Our format allows no control characters. A visible sign is left where one was.
    let text: String = text
        .chars()
        .map(|letter| match letter {
            '\n' | '\t' => letter,
            '\r' => '\n',
            letter if letter.is_control() => char::REPLACEMENT_CHARACTER,
            letter => letter,
        })
        .collect();
    let lines = text.lines().map(|line| {
        line.split([' ', '\t', '\u{a0}'])
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    });
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        if !line.is_empty() || out.last().is_some_and(|last| !last.is_empty()) {
            out.push(line);
        }
    }
    out.join("\n").trim().to_owned()
}

/// A BCP 47 tag in its usual case: `pt-br` is `pt-BR`.
#[must_use]
pub(crate) fn tag(tag: &str) -> String {
    let parts =
        tag.trim().split(['-', '_']).enumerate().map(|(index, part)| match (index, part.len()) {
            (0, _) => part.to_ascii_lowercase(),
            (_, 2) => part.to_ascii_uppercase(),
            (_, 4) if part.is_ascii() => {
                part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase()
            }
            _ => part.to_owned(),
        });
    parts.collect::<Vec<_>>().join("-")
}

/// A number of texts for a message.
pub(crate) fn counted_texts(count: usize) -> String {
    if count == 1 { "1 text".to_owned() } else { format!("{count} texts") }
}

/// Names for a message: some of them, and how many more there are.
pub(crate) fn some_of<'t>(names: impl Iterator<Item = &'t str>) -> String {
    let names: Vec<&str> = names.collect();
    let some: Vec<String> = names.iter().take(6).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(some.len()) {
        0 => some.join(", "),
        more => format!("{} and {more} more", some.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_removed() {
        for (text, expected, had) in [
            ("plain", "plain", false),
            ("a  b", "a b", false),
            ("I <b>walk</b>.", "I walk.", true),
            ("one<br/>two", "one\ntwo", true),
            ("<p>one</p><p>two</p>", "one\n\ntwo", true),
            ("a &lt; b &amp; c", "a < b & c", true),
            ("a < b", "a < b", false),
            ("I <3 you", "I <3 you", false),
            ("x<script>alert(1)</script>y", "xy", true),
            ("&#228;&#xE4;&unknown;", "ää&unknown;", true),
            ("a\r\nb\u{8a}c", "a\nb\u{fffd}c", false),
        ] {
            assert_eq!(plain(text), (expected.to_owned(), had), "{text}");
        }
    }
}
