//! Markup in texts, which respondents would read as characters.

use scalewright_model::Severity;

use crate::words::Kind;

use super::{Context, Defect, Group, Hit, Lint};

/// HTML, Markdown or another markup in a text.
pub(super) static LINT: Lint = Lint {
    name: "markup-in-text",
    summary: "HTML, Markdown or another markup in a text",
    explain: include_str!("markup_in_text.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The names of HTML tags that occur in copied texts.
const TAGS: &str = "a b br center div em font h1 h2 h3 h4 h5 h6 hr i img li ol p s small span strike strong sub sup table td th tr tt u ul";

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let help = "write the words alone: texts are printed and exported character by character";
    lint.on_texts(context, hits, help, |text, _| {
        // Descriptions may name code in backticks.
        let markdown = || (text.kind != Kind::About).then(|| markdown(text.text)).flatten();
        let sign = html(text.text).or_else(|| escape(text.text)).or_else(markdown)?;
        let at = sign.as_ptr() as usize - text.text.as_ptr() as usize;
        let message = format!("the text contains `{sign}`, which is markup");
        Some(Defect { within: Some(at..at + sign.len()), message })
    });
}

/// Returns a tag or an entity of HTML, or a tag of a forum: `<b>`, `&nbsp;`, `[b]`.
fn html(text: &str) -> Option<&str> {
    let between = |open: char, close: char, most: usize| {
        text.match_indices(open).filter_map(move |(at, _)| {
            let end = text[at..].find(close).filter(|&end| end <= most)?;
            Some(&text[at..=at + end])
        })
    };
    let name = |tag: &str| -> String {
        let inner = tag[1..].trim_start_matches('/');
        inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
    };
    let is_tag = |tag: &str| TAGS.split(' ').any(|known| known == name(tag));
    let tag = between('<', '>', 200).find(|tag| is_tag(tag));
    let forum = || {
        between('[', ']', 10).find(|tag| {
            let inner = tag[1..tag.len() - 1].trim_start_matches('/');
            matches!(inner, "b" | "i" | "u" | "br" | "s" | "url" | "color" | "size")
        })
    };
    tag.or_else(|| between('&', ';', 10).find(|entity| is_entity(entity))).or_else(forum)
}

/// Whether a text is an entity of HTML: `&nbsp;`, `&#8217;`.
fn is_entity(text: &str) -> bool {
    let inner = &text[1..text.len() - 1];
    match inner.strip_prefix('#') {
        Some(number) => {
            let digits = number.trim_start_matches(['x', 'X']);
            !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit())
        }
        None => inner.len() > 1 && inner.bytes().all(|b| b.is_ascii_alphanumeric()),
    }
}

/// Returns an escape of a programming language or of TeX: `\n`, `\textit{`, `%20`.
fn escape(text: &str) -> Option<&str> {
    let (at, _) = text.match_indices('\\').find(|(at, _)| {
        text[at + 1..].starts_with(|c: char| {
            c.is_ascii_alphabetic() || matches!(c, '"' | '\'' | '\\' | '&' | '%')
        })
    })?;
    let length = text[at + 1..].chars().next().map_or(0, char::len_utf8);
    Some(&text[at..=at + length])
}

/// Returns a piece of Markdown: `**very**`, `_very_`, `[text](address)`, a heading, code.
fn markdown(text: &str) -> Option<&str> {
    if text.starts_with("# ") || text.starts_with("## ") || text.starts_with("> ") {
        return text.split(' ').next();
    }
    if let Some(at) = text.find("](") {
        return Some(&text[at..at + 2]);
    }
    ["**", "__", "~~", "*", "_", "`"].into_iter().find_map(|sign| pair(text, sign))
}

/// Returns the words between two equal signs, with the signs, if they embrace words as markup does.
fn pair<'t>(text: &'t str, sign: &str) -> Option<&'t str> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let own = sign.chars().next();
    for (at, _) in text.match_indices(sign) {
        let inner = &text[at + sign.len()..];
        let opens = inner.chars().next().is_some_and(|c| !c.is_whitespace() && Some(c) != own)
            && !is_word(text[..at].chars().next_back());
        let Some(end) = inner.find(sign).filter(|&end| opens && end > 0) else { continue };
        let after = &inner[end + sign.len()..];
        let closes = inner[..end].chars().next_back().is_some_and(|c| !c.is_whitespace())
            && !is_word(after.chars().next());
        if closes && inner[..end].chars().any(char::is_alphabetic) {
            return Some(&text[at..at + 2 * sign.len() + end]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{escape, html, markdown};

    fn found(text: &str) -> Option<&str> {
        html(text).or_else(|| escape(text)).or_else(|| markdown(text))
    }

    #[test]
    fn markup_is_found_and_plain_signs_are_not() {
        for (text, sign) in [
            ("I felt <b>calm</b>.", "<b>"),
            ("calm<br/>", "<br/>"),
            ("you&nbsp;and I", "&nbsp;"),
            ("don&#8217;t", "&#8217;"),
            ("a **very** long day", "**very**"),
            ("a *very* long day", "*very*"),
            ("a _very_ long day", "_very_"),
            ("see [here](x)", "]("),
            ("first\\nsecond", "\\n"),
            ("the `last` week", "`last`"),
            ("[b]calm[/b]", "[b]"),
        ] {
            assert_eq!(found(text), Some(sign), "{text}");
        }
        for text in [
            "less than 5 < 10 > 3",
            "R&D; it is so",
            "____ days",
            "2 * 3 * 4",
            "Required *",
            "snake_case_id",
            "“calm” & quiet",
            "☆☆",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
