//! The reasons why a form is not read, and what to do about them.

use scalewright_pdf::Unreadable;

/// The maximum length of a reason, in characters. Names and values in a file may be of any length.
const LONGEST_REASON: usize = 300;

/// Why a form is not read. The reasons are clauses that follow the name of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// All reasons.
    pub reasons: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Refused {
    /// A refusal for one reason.
    pub(super) fn new(reason: impl Into<String>, help: &str) -> Self {
        Self { reasons: vec![reason.into()], help: Some(help.to_owned()) }
    }

    /// Shortens long reasons.
    pub(super) fn short(mut self) -> Self {
        for reason in &mut self.reasons {
            if let Some((end, _)) = reason.char_indices().nth(LONGEST_REASON) {
                reason.truncate(end);
                reason.push('…');
            }
        }
        self
    }
}

/// The refusal of a file that cannot be read as a form.
pub(super) fn unreadable(why: Unreadable) -> Refused {
    match why {
        Unreadable::NoPdf => Refused::new("is not a PDF", "give the filled form, a PDF"),
        Unreadable::Encrypted => Refused::new("is encrypted", "save it without a password"),
        Unreadable::Damaged => Refused::new(
            "is damaged or truncated",
            "get the file again, or open it in a form-filling program and save it again",
        ),
        Unreadable::TooLarge => Refused::new(
            "is larger than any form, or unpacks to more data",
            "only forms made with `scalewright export --to pdf --set pdf.fillable=yes` can be read",
        ),
        Unreadable::NoFields => Refused::new(
            "has no fields: it was made without `--set pdf.fillable=yes`, or printed or flattened after it was filled in",
            "ask for the form itself, saved after it was filled in",
        ),
        Unreadable::TooManyFields => Refused::new(
            "has more fields than a form of this instrument",
            "only forms made with `scalewright export --to pdf --set pdf.fillable=yes` can be read",
        ),
        Unreadable::TooDeep => Refused::new(
            "has fields nested endlessly, or deeper than in any form",
            "only forms made with `scalewright export --to pdf --set pdf.fillable=yes` can be read",
        ),
        Unreadable::Twice(_) => joined(),
    }
}

/// The refusal of a file in which the fields of a form occur several times.
pub(super) fn joined() -> Refused {
    Refused::new(
        "has fields of the same name more than once: it is several forms joined into one file",
        "read the forms one by one: give the files from before they were joined, or split the file and save each form",
    )
}

/// The refusal of a PDF without the marks of scalewright.
pub(super) fn foreign() -> Refused {
    Refused::new(
        "is not a form made by scalewright, or has lost the marks that identify it",
        "only forms made with `scalewright export --to pdf --set pdf.fillable=yes` can be read",
    )
}

/// At most this many reasons are listed; the others are counted.
const SHOWN: usize = 5;

/// The refusal of a form whose fields are not those of the definition.
pub(super) fn altered(mut reasons: Vec<String>) -> Refused {
    let more = reasons.len().saturating_sub(SHOWN);
    reasons.truncate(SHOWN);
    if more > 0 {
        reasons.push(format!("differs in {more} more fields"));
    }
    let mut reasons: Vec<String> =
        reasons.into_iter().map(|reason| format!("was altered: it {reason}")).collect();
    reasons.dedup();
    Refused { reasons, help: Some("have the original form filled in again".to_owned()) }
}
