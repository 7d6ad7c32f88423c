//! What a user decides for an import, because a source cannot say it.

use scalewright_model::{Respondent, ScoreKind, Stop};

/// Decisions of the user. They are applied while a source is read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The language of words whose language the source does not state, as a BCP 47 tag.
    pub language: Option<String>,
    /// The licence of the wording.
    pub licence: Option<String>,
    /// The owner of the wording.
    pub holder: Option<String>,
    /// Who answers.
    pub respondent: Option<Respondent>,
    /// The stored values of options that mean that no answer was given.
    pub non_response: Vec<String>,
    /// The id of the instrument, if the source contains one only.
    pub id: Option<String>,
    /// The lowest answer, for sources that do not state it.
    pub min: Option<f64>,
    /// The highest answer, for sources that do not state it.
    pub max: Option<f64>,
    /// The day of the import, `YYYY-MM-DD`, on which the source was seen.
    pub date: Option<String>,
    /// What columns of a table contain, where their headers do not say: pairs of what and header, such as `text` and
    /// `Wortlaut`.
    pub columns: Vec<(String, String)>,
    /// How scores are computed from their items, for sources that only list these.
    pub score: Option<ScoreKind>,
    /// Languages of a REDCap project: names of files and their contents.
    pub translations: Vec<(String, Vec<u8>)>,
    /// Whether items whose names have one stem are a scale, as the R package of formr has it.
    pub formr_scales: bool,
}

impl Options {
    /// What a column of a table contains, and its header: `text=Wortlaut`.
    ///
    /// # Errors
    ///
    /// Returns a stop if the text is no such pair.
    pub fn column(pair: &str) -> Result<(String, String), Stop> {
        let parts = pair.split_once('=');
        let parts = parts.map(|(what, header)| (what.to_owned(), header.to_owned()));
        parts.ok_or_else(|| {
            let message = format!("`--column {pair}` is not what a column contains and its header");
            Stop::usage(message)
                .help("write `--column WHAT=HEADER`, such as `--column text=Wortlaut`")
        })
    }

    /// The name of an option that was given and changes the definitions that we make; `None` if there is none.
    #[must_use]
    pub fn given(&self) -> Option<&'static str> {
        let given = [
            ("language", self.language.is_some()),
            ("licence", self.licence.is_some()),
            ("holder", self.holder.is_some()),
            ("respondent", self.respondent.is_some()),
            ("non-response", !self.non_response.is_empty()),
            ("min", self.min.is_some()),
            ("score", self.score.is_some()),
            ("column", !self.columns.is_empty()),
            ("formr-scales", self.formr_scales),
            ("translation", !self.translations.is_empty()),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(option, _)| option)
    }

    /// Whether an option with this stored value means that no answer was given.
    #[must_use]
    pub fn is_non_response(&self, stored: &str) -> bool {
        self.non_response.iter().any(|code| code == stored)
    }
}

/// Whether a label reads like no answer: `prefer not to say`, `don't know`.
#[must_use]
pub fn reads_like_no_answer(label: &str) -> bool {
    let label: String = label.to_lowercase().replace('’', "'");
    let label = label.trim().trim_end_matches(['.', '!']);
    const WHOLE: &[&str] = &[
        "n/a",
        "na",
        "n.a",
        "unknown",
        "refused",
        "missing",
        "no answer",
        "not applicable",
        "does not apply",
        "don't know",
        "do not know",
        "dont know",
        "weiß nicht",
        "keine angabe",
        "no opinion",
        "skip",
        "not sure",
    ];
    const PART: &[&str] = &[
        "prefer not to",
        "rather not say",
        "decline to answer",
        "refuse to answer",
        "not applicable",
        "does not apply",
        "don't know",
        "do not know",
        "keine angabe",
        "weiß nicht",
        "no answer",
        "choose not to answer",
        "do not wish to answer",
    ];
    WHOLE.contains(&label) || PART.iter().any(|part| label.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_like_no_answer_are_known() {
        for label in ["Prefer not to say", "Don’t know.", "N/A", "unknown", "Keine Angabe"] {
            assert!(reads_like_no_answer(label), "{label}");
        }
        for label in ["Never", "I know", "No", "Unknown to me is a word", "Applicable"] {
            assert!(!reads_like_no_answer(label), "{label}");
        }
    }
}
