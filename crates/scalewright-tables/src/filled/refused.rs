//! Why a form is not read, and what to do about it.

use scalewright_pdf::Unreadable;

/// A reason is no longer than this, in characters: names and values in a file may be of any length.
const LONGEST_REASON: usize = 300;

/// Why a form is not read: clauses that begin behind its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// All that is wrong.
    pub reasons: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Refused {
    /// For one reason.
    pub(super) fn new(reason: impl Into<String>, help: &str) -> Self {
        Self { reasons: vec![reason.into()], help: Some(help.to_owned()) }
    }

    /// The same with reasons that fit on a screen.
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

/// Why nothing can be taken out of a file, and what to do.
pub(super) fn unreadable(why: Unreadable) -> Refused {
    match why {
        Unreadable::NoPdf => Refused::new("is no PDF", "name the filled form"),
        Unreadable::Encrypted => Refused::new("is encrypted", "save it without a password"),
        Unreadable::Damaged => Refused::new(
            "is damaged or cut off",
            "fetch it again, or open it in a program for forms and save it anew",
        ),
        Unreadable::TooLarge => Refused::new(
            "is larger, or unpacks to more, than any form",
            "only forms made with `scalewright export --to pdf --set pdf.fillable=yes` can be read",
        ),
        Unreadable::NoFields => Refused::new(
            "has no fields: it was made without `--set pdf.fillable=yes`, or printed or flattened after it was filled in",
            "ask for the form itself, saved after filling it in",
        ),
        Unreadable::TooManyFields => Refused::new(
            "has more fields than a form of this instrument",
            "only forms made with `scalewright export --to pdf --set pdf.fillable=yes` can be read",
        ),
        Unreadable::TooDeep => Refused::new(
            "has fields within fields without end, or deeper than any form",
            "only forms made with `scalewright export --to pdf --set pdf.fillable=yes` can be read",
        ),
        Unreadable::Twice(name) => altered(vec![format!("has two fields called `{name}`")]).short(),
    }
}

/// It bears no marks of ours.
pub(super) fn foreign() -> Refused {
    Refused::new(
        "is no form of scalewright, or has lost what it is known by",
        "only forms made with `scalewright export --to pdf --set pdf.fillable=yes` can be read",
    )
}

/// More reasons than this are counted, not told.
const SHOWN: usize = 5;

/// Its fields are not those that the definition makes.
pub(super) fn altered(mut reasons: Vec<String>) -> Refused {
    let more = reasons.len().saturating_sub(SHOWN);
    reasons.truncate(SHOWN);
    if more > 0 {
        reasons.push(format!("differs in {more} more fields"));
    }
    let mut reasons: Vec<String> =
        reasons.into_iter().map(|reason| format!("was altered: it {reason}")).collect();
    reasons.dedup();
    Refused {
        reasons,
        help: Some("have the form filled in again, as it was handed out".to_owned()),
    }
}
