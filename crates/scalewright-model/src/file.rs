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
mod rights;
mod wording;

pub use cases::{CaseFile, CasesFile};
pub use config::{
    ConfigFile, LayoutFile, LevelFile, LibraryFile, OverrideFile, PaperFile, PdfFile, StudyFile,
};
pub use export::{ExportFile, SettingFile};
pub use instrument::{
    AdministrationFile, AllowFile, BandFile, BandSetFile, CodeFile, Derived, FlagFile, GridFile,
    InstrumentFile, ItemFile, KeyStatus, Matching, MissingKind, Mode, ModelFile, ModelItemFile,
    ModelType, NormFile, NormGroupFile, OptionFile, Outside, RangeFile, RecodeFile, ReferenceFile,
    ReliabilityFile, ReliabilityKind, Respondent, ResponseScaleFile, ResponseType, ScaleFile,
    ScoreKind, SectionFile, Status, TableFile,
};
pub use rights::{EvidenceFile, Permission, RightsFile, UseContext, UseFile, WordingPolicy};
pub use wording::{
    ResponseScaleWordingFile, ScaleWordingFile, SectionWordingFile, TranslationFile,
    TranslationStatus, WordingFile,
};

/// The file format this program reads and writes: the `format` key of every file.
pub const FORMAT: u32 = 1;
