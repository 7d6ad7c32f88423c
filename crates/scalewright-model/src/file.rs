//! What authors may write: the kinds of TOML file, as serde types.
//!
//! These types are a promise to authors. Their doc comments become the descriptions in the JSON
//! Schemas under `schemas/`, which an editor shows on hover, so they are written for
//! psychologists. Flat on purpose: no unions, no `untagged`, no `flatten`, because those make
//! errors unreadable. `resolve` turns them into what is true.

mod cases;
mod config;
mod export;
mod instrument;
mod new;
mod rights;
mod wording;

pub use cases::{CaseFile, CasesFile};
pub use config::{ConfigFile, LevelFile, LibraryFile, OverrideFile, PdfFile, StudyFile};
pub use export::{ExportFile, SettingFile};
pub use instrument::{
    AdministrationFile, AllowFile, BandFile, BandSetFile, FlagFile, GridFile, InstrumentFile,
    ItemFile, ModelFile, ModelItemFile, NormFile, NormGroupFile, OptionFile, RecodeFile,
    ReferenceFile, ReliabilityFile, ResponseScaleFile, ResponseType, ScaleFile, SectionFile,
    TableFile,
};
pub use rights::RightsFile;
pub use wording::{
    ResponseScaleWordingFile, ScaleWordingFile, SectionWordingFile, TranslationFile, WordingFile,
};

// The terms that files share with instruments.
pub use crate::vocabulary::{
    Code as CodeFile, Derived, Evidence as EvidenceFile, KeyStatus, Matching, MissingKind, Mode,
    ModelType, Outside, Permission, Permissions as UseFile, ReliabilityKind, Respondent, ScoreKind,
    ScoreRange as RangeFile, Status, TranslationStatus, UseContext, WordingPolicy,
};

/// The file format this program reads and writes: the `format` key of every file.
pub const FORMAT: u32 = 1;
