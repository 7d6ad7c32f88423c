//! Texts that were read in the wrong encoding.

use scalewright_model::Severity;

use crate::words::Kind;

use super::{Context, Defect, Group, Hit, Lint};

/// Characters of a text that was read in the wrong encoding.
pub(super) static LINT: Lint = Lint {
    name: "garbled-text",
    summary: "characters of a text that was read in the wrong encoding",
    explain: include_str!("garbled_text.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let help = "save the file as UTF-8, and type the characters again: they are lost";
    lint.on_texts(context, hits, help, |text, _| {
        let (at, length) = garbled(text.text, text.kind != Kind::About)?;
        let within = at..at + length;
        let message = format!(
            "the text contains `{}`, the trace of another encoding",
            &text.text[within.clone()]
        );
        Some(Defect { within: Some(within), message })
    });
}

/// Returns the place and the length of the first garbled letter. In citations and descriptions, which may contain
/// addresses, a question mark inside a word does not count.
fn garbled(text: &str, marks: bool) -> Option<(usize, usize)> {
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let mut next = rest.chars();
        let (first, second) = (next.next(), next.next());
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let found = match (c, first) {
            ('\u{fffd}', _) => true,
            ('?', _) => marks && is_letter(before) && first.is_some_and(char::is_lowercase),
            ('â', Some('€' | '\u{80}')) | ('ï', Some('»' | '¿')) => true,
            // The bytes of a letter in UTF-8, read as Windows-1252 or Latin-1.
            ('Ã' | 'Å' | 'Ä' | 'Ð' | 'Ñ' | 'Î' | 'Ï', Some(first)) => {
                is_trailing(first) && (!is_quote(first) || is_letter(second))
            }
            ('Â', Some(first)) => matches!(first, '\u{80}'..='\u{bf}'),
            // The same, read as Mac Roman.
            ('√', Some(first)) => {
                matches!(first, '§' | 'º' | '∂' | 'ü' | '©' | '®' | '±' | '≥' | '°' | '†')
            }
            _ => false,
        };
        if found {
            // The question mark, or the two characters.
            let length =
                if matches!(c, '?' | '\u{fffd}') { 0 } else { first.map_or(0, char::len_utf8) };
            return Some((at, c.len_utf8() + length));
        }
        before = Some(c);
    }
    None
}

/// Whether a character is what Windows-1252 or Latin-1 shows for a byte from 80 to BF.
fn is_trailing(c: char) -> bool {
    const WINDOWS: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
    matches!(c, '\u{80}'..='\u{bf}') && c != '\u{ab}' && c != '\u{bb}' && c != '\u{a0}'
        || WINDOWS.contains(c)
}

/// Whether a character also occurs after a letter in correct texts.
fn is_quote(c: char) -> bool {
    "„…‘’“”–—•šœžƒ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::garbled;

    #[test]
    fn traces_of_another_encoding_are_found() {
        for text in [
            "MÃ¤nnlich",
            "Ãœber Sie",
            "NÃ¤chte",
            "I donâ€™t",
            "M?nnlich",
            "M\u{fffd}nnlich",
            "Ã–fter",
            "5Â°",
            "√ºber",
            "ÐºÐ¾Ð³Ð´Ð°",
        ] {
            assert!(garbled(text, true).is_some(), "{text}");
        }
        for text in [
            "Männlich",
            "¿Cómo está?",
            "MAÇÃ",
            "Wie oft? Nie.",
            "Ångström",
            "Âge",
            "«Ñandú»",
            "très âgé",
            "Yes?No",
        ] {
            assert_eq!(garbled(text, true), None, "{text}");
        }
        assert_eq!(garbled("example.org/a?b", false), None);
    }
}
