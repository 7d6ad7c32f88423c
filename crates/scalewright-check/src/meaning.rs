//! What the kinds of findings mean that are not lints. The page of messages in the book says it; lints have pages of
//! their own.

const PAGE: &str = include_str!("../../../docs/src/messages.md");

/// The kinds of findings on the page of messages, each with its meaning, in Markdown.
pub fn kinds() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGE.lines().filter_map(|line| {
        let (kind, meaning) = line.strip_prefix("| `")?.split_once("` | ")?;
        Some((kind, meaning.strip_suffix(" |")?))
    })
}

/// The meaning of a kind of finding as plain text. `None` if there is no such kind, or if it is a lint.
#[must_use]
pub fn meaning(kind: &str) -> Option<String> {
    let (_, meaning) = kinds().find(|(known, _)| *known == kind)?;
    let (mut text, mut rest) = (String::new(), meaning);
    // Of a link, only its words: `[Rights](rights.md)`.
    while let Some((before, link)) = rest.split_once('[') {
        text.push_str(before);
        match link.split_once("](").and_then(|(words, end)| Some((words, end.split_once(')')?.1))) {
            Some((words, after)) => {
                text.push_str(words);
                rest = after;
            }
            None => {
                text.push('[');
                rest = link;
            }
        }
    }
    Some(text + rest)
}

#[cfg(test)]
mod tests {
    use super::{kinds, meaning};

    #[test]
    fn every_kind_has_a_meaning_without_links() {
        let mut count = 0;
        for (kind, _) in kinds() {
            let text = meaning(kind).expect("it is listed");
            assert!(text.ends_with('.') && !text.contains("]("), "{kind}: {text}");
            count += 1;
        }
        assert!(count > 100, "{count}");
        assert_eq!(meaning("band-gap"), None, "a lint has a page");
    }
}
