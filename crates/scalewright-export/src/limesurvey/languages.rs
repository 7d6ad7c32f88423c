//! The languages of a survey.

use scalewright_model::{Diagnostic, Pointer, Severity, Wording};

use super::losses::LANGUAGE;
use super::tags;
use super::texts::Languages;

/// The wordings whose languages LimeSurvey has, with its codes of them. The others are reported; if the published one is
/// among these, the export is refused.
pub(super) fn known<'a>(
    languages: Languages<'a>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Languages<'a>, Vec<String>) {
    let (mut wordings, mut codes): (Vec<&Wording>, Vec<String>) = (Vec::new(), Vec::new());
    for (at, wording) in languages.0.into_iter().enumerate() {
        let because = match tags::code(&wording.language) {
            Some(code) if !codes.iter().any(|own| own == code) => {
                wordings.push(wording);
                codes.push(code.to_owned());
                continue;
            }
            Some(code) => format!("LimeSurvey calls it `{code}`, like another one of the survey"),
            None => "LimeSurvey does not have this language".to_owned(),
        };
        let words = [("language", wording.language.as_str())];
        let place = Pointer::top(if at == 0 { "language" } else { "translations" });
        let found = LANGUAGE.of(place, &words, Some(&because));
        let severity = if at == 0 { Severity::Error } else { found.severity };
        diagnostics.push(Diagnostic { severity, ..found });
        if at == 0 {
            wordings.push(wording);
            codes.push("en".to_owned());
        }
    }
    (Languages(wordings), codes)
}

/// The wordings of an instrument that all instruments of a study have. The others are reported.
pub(super) fn common<'a>(
    own: Languages<'a>,
    all: &[Vec<&str>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Languages<'a> {
    let is_common = |tag: &str| all.iter().all(|tags| tags.contains(&tag));
    let (kept, others): (Vec<&Wording>, Vec<&Wording>) =
        own.0.into_iter().partition(|wording| is_common(&wording.language));
    for wording in others {
        let words = [("language", wording.language.as_str())];
        let because = "not every instrument of the study has it";
        diagnostics.push(LANGUAGE.of(Pointer::top("translations"), &words, Some(because)));
    }
    Languages(kept)
}
