//! The TOML files that authors write, as serde types.
//!
//! These types are the public file format. Their doc comments are the descriptions in the JSON Schemas under
//! `schemas/`, which editors show on hover, and in the book's reference, so they are written for psychologists. The
//! types are flat on purpose: unions, `untagged` and `flatten` make error messages unreadable. `resolve` turns them
//! into an [`Instrument`](crate::Instrument).
//!
//! Patterns avoid bounded repeats such as `[0-9]{4}`, because compiling those took most of the time of a check.

mod cases;
mod config;
mod export;
mod factor;
mod instrument;
mod key;
mod levels;
mod new;
mod pack;
mod plugins;
mod rights;
mod wording;

pub use cases::{CaseFile, CasesFile};
pub use config::{ConfigFile, KeysFile, LibraryFile, OverrideFile, PacksFile, PdfFile, StudyFile};
pub use export::{ExportFile, SettingFile};
pub use factor::{FRACTION, FactorFile};
pub use instrument::{
    AdministrationFile, AllowFile, BandFile, BandSetFile, FlagFile, GridFile, InstrumentFile,
    ItemFile, ModelFile, ModelItemFile, NormFile, NormGroupFile, NoteFile, OptionFile, RecodeFile,
    ReferenceFile, ReliabilityFile, ResponseScaleFile, ResponseType, ScaleFile, SectionFile,
    SharedRecodeFile, TableFile,
};
pub use key::{KeyFile, KeyScaleFile, KeySourceFile};
pub use levels::{LevelFile, LintsFile};
pub use pack::{FormatsFile, LIBRARY_NAME, PackFile, PackProgramFile, PackRightsFile};
pub use plugins::{PluginFile, PluginsFile};
pub use rights::RightsFile;
pub use wording::{
    ResponseScaleWordingFile, ScaleWordingFile, SectionWordingFile, TranslationFile, WordingFile,
};

// The terms that files and instruments share.
pub use crate::vocabulary::{
    Code as CodeFile, Derived, Evidence as EvidenceFile, KeyDisclosure, KeyStatus, Matching,
    MissingKind, Mode, ModelType, Outside, Permission, Permissions as UseFile, ReliabilityKind,
    Respondent, ScoreKind, ScoreRange as RangeFile, Status, TranslationStatus, UseContext,
    WordingPolicy,
};

/// The version of the file format: the `format` key of every file.
pub const FORMAT: u32 = 1;
