//! An export request together with the release and the FHIR options.

use scalewright_model::file::Status;

use super::options::Options;
use crate::{ExportRequest, ui};

/// An instrument to export, with the release and the options.
pub(super) struct Form<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) release: Release,
    pub(super) options: Options,
}

impl<'a> Form<'a> {
    pub(super) fn new(request: &'a ExportRequest<'a>, release: Release) -> Self {
        Self { request, release, options: Options::of(request.options) }
    }

    /// Returns the status of the publication. An untested translation of an active instrument is a draft.
    pub(super) fn status(&self) -> &'static str {
        match self.request.instrument.status {
            Status::Active if ui::is_draft(self.request.wording) => "draft",
            Status::Development => "draft",
            Status::Active => "active",
            Status::Retired => "retired",
        }
    }
}

/// A release of FHIR. A questionnaire with a choice question cannot be valid in both.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Release {
    R4,
    R5,
}

impl Release {
    /// Returns the type of a question with coded options.
    pub(super) fn choice(self) -> &'static str {
        match self {
            Self::R4 => "choice",
            Self::R5 => "coding",
        }
    }

    /// Returns the address of the extension that contains the number of an option.
    pub(super) fn weight(self) -> &'static str {
        match self {
            Self::R4 => "http://hl7.org/fhir/StructureDefinition/ordinalValue",
            Self::R5 => "http://hl7.org/fhir/StructureDefinition/itemWeight",
        }
    }
}
