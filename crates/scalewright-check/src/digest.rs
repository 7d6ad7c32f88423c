//! A digest of the words that respondents read in one language, to detect changes of the words.

use std::fmt::Write;

use scalewright_model::{Instrument, Wording};
use sha2::{Digest, Sha256};

/// Returns the digest of a wording: `sha256:` and 64 hexadecimal digits.
///
/// The digest covers all words that a respondent reads (title, instructions, sections, labels, stems, notes), in the order of
/// the definition. Each text is on its own line, after the name of the part that it belongs to. The digest does not
/// depend on the file that contains the words, nor on the names of scales and bands, which respondents do not read, nor
/// on feedback, which they read only after they have answered.
#[must_use]
pub fn wording_digest(instrument: &Instrument, wording: &Wording) -> String {
    // The number of this notation: digests of another notation can never be equal to these.
    let mut text = String::from("digest 1\n");
    let mut line = |what: &[&str], words: &str| {
        // Space around a text does not count: TOML texts of several lines often end with a line break.
        let words = words.trim().replace('\\', "\\\\").replace('\n', "\\n");
        // The escapes keep each text on one line, so that no text can look like two.
        text.push_str(&format!("{}\t{words}\n", what.join("/")));
    };
    line(&["title"], &wording.title);
    line(&["instructions"], wording.instructions.as_deref().unwrap_or_default());
    for (response, words) in instrument.response_scales.iter().zip(&wording.responses) {
        for (option, label) in response.options().iter().zip(&words.labels) {
            line(&["response-scale", &response.name, &option.value.to_string()], label);
        }
        for (end, label) in [("min", &words.min_label), ("max", &words.max_label)] {
            line(&["response-scale", &response.name, end], label.as_deref().unwrap_or_default());
        }
        for (end, label) in
            [("yes", &words.yes_label), ("no", &words.no_label), ("unit", &words.unit)]
        {
            line(&["response-scale", &response.name, end], label.as_deref().unwrap_or_default());
        }
    }
    for (section, words) in instrument.sections.iter().zip(&wording.sections) {
        let texts = [
            ("title", &words.title),
            ("lead-in", &words.lead_in),
            ("instructions", &words.instructions),
        ];
        for (what, words) in texts {
            line(&["section", &section.id, what], words.as_deref().unwrap_or_default());
        }
    }
    for (item, stem) in instrument.items.iter().zip(&wording.stems) {
        line(&["item", &item.id], stem);
    }
    for (note, text) in instrument.notes.iter().zip(&wording.notes) {
        line(&["note", &note.id], text);
    }
    let mut digest = String::from("sha256:");
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string cannot fail.
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}
