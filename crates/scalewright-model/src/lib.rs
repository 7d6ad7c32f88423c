//! The model of a psychometric instrument, with diagnostics that point at parts of its definition.
//!
//! [`mod@file`] contains the types of the files that authors write: the public format. [`Instrument`] is the internal
//! form, in which every name is resolved and every default is filled in. [`resolve()`] turns the first into the second
//! and reports every contradiction as a [`Diagnostic`] with a [`Pointer`] to its place. `Instrument` contains no file
//! types; the terms that both use, such as [`KeyStatus`], belong to neither.
//!
//! Invariant: this crate contains no input or output, no TOML text and no spans.

pub mod file;
pub mod text;

mod date;
mod diagnostic;
mod expand;
mod expr;
mod formula;
mod index;
mod instrument;
mod irt;
mod language;
mod note;
mod option_value;
mod pointer;
mod resolve;
mod stop;
mod suggest;
mod tolerance;
mod vocabulary;

pub use date::{date_number, date_of, is_date};
pub use diagnostic::{Change, Diagnostic, Label, MOST_FINDINGS, Part, Remedy, Severity};
pub use expand::{Expanded, Written, expand};
pub use expr::{
    Aggregate, AggregateKind, Comparison, Expr, Fill, Formula, Function, Model, ModelItem, OfSums,
    Operation, OperationMut, Operator, Table, Test,
};
pub use index::{ItemIx, NoteIx, ReferenceIx, ResponseScaleIx, ScaleIx, SectionIx};
pub use instrument::{
    Administration, Ask, Band, BandSet, Entry, Fact, FactKey, FormNote, Instrument, Item, Keying,
    Lower, MOST_CHOICES, Missing, Origin, Recode, Reference, Reliability, ResponseKind,
    ResponseOption, ResponseScale, ResponseWording, Rights, Scale, ScaleItem, ScalePart,
    ScaleWording, Section, SectionWording, Side, Terms, Transform, UNLIMITED, Upper, Wording,
    is_chosen,
};
pub use language::{Direction, direction};
pub use note::{Note, NoteKind};
pub use option_value::OptionValue;
pub use pointer::{Pointer, Segment};
pub use resolve::{ResolvedWording, resolve, resolve_wording};
pub use stop::{Cause, Stop};
pub use suggest::{closest, did_you_mean, reversed_name};
pub(crate) use suggest::{keyed_name, unsigned_name};
pub use tolerance::TOLERANCE;
pub use vocabulary::{
    Choice, Code, Derived, Evidence, KeyStatus, Layout, Matching, MissingKind, Mode, ModelType,
    Outside, Paper, Permission, Permissions, ReliabilityKind, Respondent, ScoreKind, ScoreRange,
    Status, TranslationStatus, UseContext, WordingPolicy,
};
