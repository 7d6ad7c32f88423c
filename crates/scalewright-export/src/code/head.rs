//! The head of a file with scoring code: what it scores, how sure the keys are, where they come from, and the rights.

use scalewright_model::file::KeyStatus;
use scalewright_model::{Instrument, Reference, Scale};

use super::script::Script;
use crate::ExportRequest;

/// The longest line of a comment.
const WIDTH: usize = 100;

/// The lines of the head, without comment signs. Empty lines separate paragraphs.
pub(crate) fn head(request: &ExportRequest<'_>, script: &Script, language: &str) -> Vec<String> {
    let (instrument, wording) = (request.instrument, request.wording);
    let mut lines = Vec::new();
    let mut add = |text: String| lines.extend(wrapped(&text, WIDTH));
    add(format!(
        "Scores of {} ({}, version {}), in {language}.",
        wording.title, instrument.id, instrument.version
    ));
    add(format!(
        "Made from the definition by scalewright {}; change the definition instead of this file.",
        env!("CARGO_PKG_VERSION")
    ));
    add(String::new());
    for status in keys(instrument, script) {
        add(status);
    }
    let sources = sources(instrument, script);
    if !sources.is_empty() {
        add("Sources:".to_owned());
        sources.into_iter().for_each(&mut add);
    }
    add(format!("Rights: {}", instrument.rights.notice));
    add(format!("Licence: {}. Holder: {}.", instrument.rights.licence, instrument.rights.holder));
    if let Some(terms) = &instrument.rights.terms {
        add(format!("Terms: {terms}"));
    }
    lines
}

/// The status of the keys, the same status on one line.
fn keys(instrument: &Instrument, script: &Script) -> Vec<String> {
    let statuses = [
        (Some(KeyStatus::Verified), "verified"),
        (Some(KeyStatus::SingleSource), "read in one source"),
        (Some(KeyStatus::Recalled), "RECALLED, not read in a source"),
        (Some(KeyStatus::Unverified), "unverified"),
        (None, "stated by this definition, which is their publication"),
    ];
    let line = |(status, words): (Option<KeyStatus>, &str)| {
        let with = scales(instrument, script).filter(|scale| scale.key_status == status);
        let ids: Vec<&str> = with.map(|scale| scale.id.as_str()).collect();
        (!ids.is_empty()).then(|| format!("Keys {words}: {}.", ids.join(", ")))
    };
    statuses.into_iter().filter_map(line).collect()
}

/// The works that the keys and the rules for missing answers are taken from.
fn sources(instrument: &Instrument, script: &Script) -> Vec<String> {
    let mut cited: Vec<usize> = scales(instrument, script)
        .flat_map(|scale| scale.key_source.iter().chain(&scale.missing_source))
        .map(|reference| reference.0)
        .collect();
    cited.sort_unstable();
    cited.dedup();
    let works = cited.into_iter().filter_map(|at| instrument.references.get(at));
    works
        .map(|Reference { id: _, citation, doi, url: _, note: _ }| match doi {
            Some(doi) => format!("- {citation} doi:{doi}"),
            None => format!("- {citation}"),
        })
        .collect()
}

fn scales<'a>(instrument: &'a Instrument, script: &'a Script) -> impl Iterator<Item = &'a Scale> {
    script.blocks.iter().map(|block| &instrument.scales[block.scale.0])
}

/// A text as lines of at most `width` characters, except for longer words. Control characters become spaces, so that
/// no text can end a comment.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let plain: String =
        text.chars().map(|c| if c.is_control() || is_break(c) { ' ' } else { c }).collect();
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in plain.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// Whether some programs take the character for the end of a line, or show what follows it in another order.
fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Lines as comments, each after `sign`.
pub(crate) fn commented(lines: &[String], sign: &str) -> String {
    let line = |line: &String| format!("{sign} {line}").trim_end().to_owned() + "\n";
    lines.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{commented, wrapped};

    #[test]
    fn no_text_ends_a_comment() {
        let lines = wrapped("one\ntwo\u{2028}three four", 10);
        assert_eq!(lines, ["one two", "three four"]);
        assert_eq!(commented(&wrapped("", 10), "#"), "#\n");
    }
}
