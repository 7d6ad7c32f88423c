//! Rights, administration and references: the defaults are filled in.

use crate::file::{AdministrationFile, ReferenceFile, RightsFile};
use crate::{Administration, Reference, Rights};

pub(super) fn rights(file: &RightsFile) -> Rights {
    // A holder such as `Example Inc.` ends in a full stop, and the notice needs only one.
    let default_notice = || format!("© {}. {}", file.holder.trim_end_matches('.'), file.licence);
    Rights {
        holder: file.holder.clone(),
        licence: file.licence.clone(),
        wording: file.wording,
        notice: file.notice.clone().unwrap_or_else(default_notice),
        terms: file.terms.clone(),
        url: file.url.clone(),
        obtain: file.obtain.clone(),
        usage: file.usage.clone().unwrap_or_default(),
        evidence: file.evidence.clone(),
    }
}

pub(super) fn administration(file: &AdministrationFile) -> Administration {
    Administration {
        respondent: file.respondent,
        subject: file.subject.clone(),
        recall_period: file.recall_period.clone(),
        modes: file.modes.clone(),
        minutes: file.minutes,
    }
}

pub(super) fn reference(file: &ReferenceFile) -> Reference {
    Reference {
        id: file.id.clone(),
        citation: file.citation.clone(),
        doi: file.doi.clone(),
        url: file.url.clone(),
        note: file.note.clone(),
    }
}
