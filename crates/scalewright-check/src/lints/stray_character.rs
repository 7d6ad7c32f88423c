//! Characters that are invisible, or that look like others.

use scalewright_model::{Direction, Severity, direction};

use super::{Context, Defect, Group, Hit, Lint};

/// A space or a character that nobody sees, or that looks like another one.
pub(super) static LINT: Lint = Lint {
    name: "stray-character",
    summary: "spaces and characters that nobody sees or that look like others",
    explain: include_str!("stray_character.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let help = "type this part again: such characters come from copying out of PDF and Word files, and break searches, \
                comparisons and line breaks";
    lint.on_texts(context, hits, help, |text, words| {
        let (at, what) = stray(text.text, words.language)?;
        let length = text.text[at..].chars().next().map_or(0, char::len_utf8);
        Some(Defect { within: Some(at..at + length), message: format!("the text contains {what}") })
    });
}

/// Returns the first stray character of a text: its position, and what it is.
fn stray(text: &str, tag: &str) -> Option<(usize, String)> {
    edge(text).or_else(|| {
        let language = tag.split('-').next().unwrap_or_default();
        let mut before = [None, None];
        for (at, c) in text.char_indices() {
            let rest = &text[at + c.len_utf8()..];
            let found = match c {
                ' ' | '\t' => space(before, c, rest, language),
                _ if c.is_ascii() => None,
                _ => odd(before, c, rest, tag),
            };
            if let Some(what) = found {
                return Some((at, what));
            }
            before = [before[1], Some(c)];
        }
        None
    })
}

/// A space at the start or the end. Texts of several lines often end with a line break, which does not count.
fn edge(text: &str) -> Option<(usize, String)> {
    let is_space = |c: &char| c.is_whitespace() && *c != '\n';
    if text.chars().next().filter(is_space).is_some() {
        return Some((0, "a space at its start".to_owned()));
    }
    let text = text.trim_end_matches('\n');
    let last = text.chars().next_back().filter(is_space)?;
    Some((text.len() - last.len_utf8(), "a space at its end".to_owned()))
}

/// What is wrong with an ordinary space, given the two characters before it and the text after it.
fn space(before: [Option<char>; 2], c: char, rest: &str, language: &str) -> Option<String> {
    if c == '\t' {
        return Some("a tab".to_owned());
    }
    let [_, previous] = before;
    let mut next = rest.chars();
    let (first, second) = (next.next(), next.next());
    // Some people type two spaces after a sentence, and lists are indented.
    if first == Some(' ') && !matches!(previous, None | Some('\n' | '.' | '?' | '!' | ':' | ' ')) {
        return Some("two spaces in a row".to_owned());
    }
    let closes = match first {
        Some('.' | ',') => true,
        // French has a space before these.
        Some(';' | ':' | '?' | '!') => language != "fr",
        _ => false,
    };
    let ends = second.is_none_or(char::is_whitespace);
    (closes && ends && previous.is_some_and(char::is_alphanumeric))
        .then(|| format!("a space before `{}`", first.unwrap_or_default()))
}

/// What is wrong with a character outside ASCII.
fn odd(before: [Option<char>; 2], c: char, rest: &str, tag: &str) -> Option<String> {
    let code = || format!("(U+{:04X})", u32::from(c));
    let [second, previous] = before;
    let next = rest.chars().next();
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    // Scripts up to Greek and Cyrillic need no joiners and do not change the direction.
    let is_simple = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{530}');
    match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => {
            let again = next.is_some_and(|c| matches!(c, ' ' | '\u{a0}')) || previous == Some(' ');
            // Words of one letter may not end a line in Czech or Polish, and numbers stay with their units.
            let between = is_letter(next) && is_letter(previous) && is_letter(second);
            (again || between).then(|| format!("a no-break space {}", code()))
        }
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{180e}'
            if c != '\u{200b}' || is_simple(previous) || is_simple(next) || next.is_none() =>
        {
            Some(format!("a space of no width {}", code()))
        }
        '\u{200c}' | '\u{200d}' if is_simple(previous) || is_simple(next) => {
            Some(format!("an invisible joiner {}", code()))
        }
        '\u{ad}' => Some(format!("a soft hyphen {}", code())),
        '\u{2028}' | '\u{2029}' | '\u{85}' => Some(format!("an unusual line break {}", code())),
        '\u{2002}'..='\u{2006}' | '\u{2008}'..='\u{200a}' => {
            Some(format!("an unusual space {}", code()))
        }
        '\u{3000}' if is_simple(previous) => Some(format!("an ideographic space {}", code())),
        '\u{fb00}'..='\u{fb06}' => Some(format!("the ligature `{c}` {}", code())),
        '\u{202d}' | '\u{202e}' => Some(turns(c)),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}'
            if direction(tag) == Direction::LeftToRight =>
        {
            Some(turns(c))
        }
        '\u{e000}'..='\u{f8ff}' | '\u{fffc}' => {
            Some(format!("a character without a meaning {}", code()))
        }
        '\u{ff01}'..='\u{ff5e}' if !matches!(tag.get(..2), Some("ja" | "ko" | "zh" | "yu")) => {
            Some(format!("the full-width `{c}` {}", code()))
        }
        '\u{3099}' | '\u{309a}' => Some(apart(c)),
        '\u{300}'..='\u{328}' => {
            previous.filter(|&letter| is_composed(letter, c)).map(|_| apart(c))
        }
        '\u{1100}'..='\u{11ff}' if matches!(tag.get(..2), Some("ko")) => {
            Some(format!("a Korean letter apart from its syllable {}", code()))
        }
        _ => None,
    }
}

fn turns(c: char) -> String {
    format!("a character that changes the writing direction (U+{:04X})", u32::from(c))
}

fn apart(c: char) -> String {
    format!("a mark apart from its letter (U+{:04X})", u32::from(c))
}

/// Whether a letter and a mark have a common character, so that nobody types them apart.
fn is_composed(letter: char, mark: char) -> bool {
    let letters = match mark {
        '\u{300}' => "aeiou",
        '\u{301}' => "aeiouyclnrszαεηιουω",
        '\u{302}' => "aeiouyhjswcg",
        '\u{303}' => "anou",
        '\u{306}' => "agui\u{438}\u{443}",
        '\u{308}' => "aeiouy\u{435}\u{456}ιυ",
        '\u{30a}' => "au",
        '\u{30b}' => "ou",
        '\u{30c}' => "cdeglnrstz",
        '\u{327}' => "cgklnrst",
        '\u{328}' => "aeiu",
        _ => "",
    };
    letter.to_lowercase().next().is_some_and(|letter| letters.contains(letter))
}

#[cfg(test)]
mod tests {
    use super::stray;

    #[test]
    fn stray_characters_are_found_and_typography_is_not() {
        for (text, tag) in [
            ("I felt  calm.", "en"),
            ("I felt calm .", "en"),
            (" I felt calm.", "en"),
            ("I felt calm. ", "en"),
            ("I felt\u{a0}calm.", "en"),
            ("I felt\u{200b} calm.", "en"),
            ("I felt\u{ad}calm.", "en"),
            ("I \u{fb01}nished.", "en"),
            ("Ich war mu\u{308}de.", "de"),
            ("I felt \u{202e}calm.", "en"),
            ("Ｉ felt calm.", "en"),
        ] {
            assert!(stray(text, tag).is_some(), "{text:?}");
        }
        for (text, tag) in [
            ("During the last seven days …", "en"),
            ("in 5\u{a0}Tagen", "de"),
            ("Étiez-vous calme\u{a0}?", "fr"),
            ("Étiez-vous calme ?", "fr"),
            ("v\u{a0}noci jsem spal", "cs"),
            ("می\u{200c}خوابم", "fa"),
            ("夜中に目が覚めた。　よく眠れた。", "ja"),
            ("First.  Second.", "en"),
            ("שלום\u{200f}!", "he"),
        ] {
            assert_eq!(stray(text, tag), None, "{text:?}");
        }
    }
}
