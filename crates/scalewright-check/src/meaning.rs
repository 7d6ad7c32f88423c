//! What the kinds of findings mean that are not lints. The page of messages in the book says it; lints have pages of
//! their own.

const PAGE: &str = include_str!("../../../docs/src/messages.md");

/// The kinds of findings on the page of messages, each with its meaning, in Markdown.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAGE.lines().filter_map(|line| {
        let (kind, meaning) = line.strip_prefix("| `")?.split_once("` | ")?;
        Some((kind, meaning.strip_suffix(" |")?))
    })
}

/// All kinds of findings that are not lints.
#[must_use]
pub fn kinds() -> Vec<&'static str> {
    rows().map(|(kind, _)| kind).collect()
}

/// What a kind of finding means. `None` if there is no such kind, or if it is a lint.
#[must_use]
pub fn meaning(kind: &str) -> Option<String> {
    let (_, meaning) = rows().find(|(known, _)| *known == kind)?;
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
        for kind in kinds() {
            let text = meaning(kind).expect("it is listed");
            assert!(text.ends_with('.') && !text.contains("]("), "{kind}: {text}");
            count += 1;
        }
        assert!(count > 100, "{count}");
        assert_eq!(meaning("band-gap"), None, "a lint has a page");
    }
}
