//! The removal of Markdown from words.

/// The text without Markdown: signs of headings, emphasis, lists of the text, links and quotations. Returns whether there
/// was any. The words of a link are kept, its address is not.
pub(crate) fn plain(text: &str) -> (String, bool) {
    let mut had = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        let begun = without_beginning(line);
        let inline = without_links(begun);
        let inline = without_emphasis(&inline);
        had |= inline != line;
        lines.push(inline);
    }
    (lines.join("\n"), had)
}

/// The line without the sign of a heading or of a quotation.
fn without_beginning(line: &str) -> &str {
    let trimmed = line.trim_start();
    let signs = trimmed.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &trimmed[signs..];
    if (1..=6).contains(&signs) && rest.starts_with([' ', '\t']) {
        return rest.trim().trim_end_matches('#').trim_end();
    }
    trimmed.strip_prefix("> ").unwrap_or(line)
}

/// The line with the words of links and images in their place.
fn without_links(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('[') {
        let (before, link) = rest.split_at(at);
        let parts = link[1..].split_once("](").and_then(|(words, after)| {
            let end = after.find(')')?;
            (!words.contains('[')).then(|| (words, &after[end + 1..]))
        });
        match parts {
            Some((words, after)) => {
                out.push_str(before.strip_suffix('!').unwrap_or(before));
                out.push_str(words);
                rest = after;
            }
            None => {
                out.push_str(before);
                out.push('[');
                rest = &link[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The line without the signs of emphasis. A sign counts only at the edge of a word, and only in pairs, so that `2 * 3`
/// and `a_b` are kept.
fn without_emphasis(line: &str) -> String {
    let mut line = line.to_owned();
    for sign in ["***", "**", "__", "*", "_"] {
        line = without_pairs(&line, sign);
    }
    line
}

fn without_pairs(line: &str, sign: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((begin, end)) = pair(rest, sign) {
        out.push_str(&rest[..begin]);
        out.push_str(&rest[begin + sign.len()..end]);
        rest = &rest[end + sign.len()..];
    }
    out.push_str(rest);
    out
}

/// The first opening sign and the closing one that belongs to it.
fn pair(text: &str, sign: &str) -> Option<(usize, usize)> {
    let is_word = |letter: char| letter.is_alphanumeric();
    let own = sign.chars().next()?;
    let mut begin = None;
    for (at, _) in text.match_indices(sign) {
        let before = text[..at].chars().next_back();
        let after = text[at + sign.len()..].chars().next();
        let joins = before == Some(own) || after == Some(own);
        let opens = !joins
            && !before.is_some_and(is_word)
            && after.is_some_and(|letter| !letter.is_whitespace());
        let closes = !joins
            && !after.is_some_and(is_word)
            && before.is_some_and(|letter| !letter.is_whitespace());
        match begin {
            Some(begin) if closes && at > begin => return Some((begin, at)),
            None if opens => begin = Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_removed() {
        for (text, expected, had) in [
            ("# Sea\nThink of **today**.", "Sea\nThink of today.", true),
            ("I am *very* sure.", "I am very sure.", true),
            ("_always_", "always", true),
            ("***both***", "both", true),
            ("2 * 3 * 4, a_b_c and #1", "2 * 3 * 4, a_b_c and #1", false),
            ("see [here](http://x.y)!", "see here!", true),
            ("![a cat](cat.png)", "a cat", true),
            ("[a] and [b]", "[a] and [b]", false),
            ("> quoted", "quoted", true),
            ("**", "**", false),
            ("a ** b", "a ** b", false),
            ("*ä*", "ä", true),
        ] {
            assert_eq!(plain(text), (expected.to_owned(), had), "{text}");
        }
    }
}
