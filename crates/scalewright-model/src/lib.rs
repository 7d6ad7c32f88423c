//! What a psychometric instrument is, and how to point at a part of it.
//!
//! Three shapes live here. [`file`] is what authors may write, a promise to them. [`Instrument`] is
//! what is true once every name refers to something and every default is filled, a convenience to
//! us. Between them stands [`resolve`], which reports every contradiction it finds as a
//! [`Diagnostic`] with a [`Pointer`] to the place.
//!
//! Invariant: no input or output, no TOML text, no spans.

pub mod file;
pub mod text;

mod diagnostic;
mod expr;
mod formula;
mod instrument;
mod irt;
mod language;
mod note;
mod pointer;
mod resolve;
mod stop;
mod suggest;

pub use diagnostic::{Change, Diagnostic, Label, MOST_FINDINGS, Part, Remedy, Severity};
pub use expr::{
    Aggregate, AggregateKind, Comparison, Expr, Formula, Function, Model, ModelItem, Operator,
    Table, Test,
};
pub use instrument::{
    Administration, Ask, Band, BandSet, Fill, Instrument, Item, ItemIx, Keying, Lower, Missing,
    Origin, Recode, Reference, ReferenceIx, Reliability, ResponseKind, ResponseOption,
    ResponseScale, ResponseScaleIx, ResponseWording, Rights, Scale, ScaleItem, ScaleIx,
    ScaleWording, Section, SectionIx, SectionWording, Terms, Transform, Upper, Wording,
};
pub use language::{Direction, direction};
pub use note::{Note, NoteKind};
pub use pointer::{Pointer, Segment};
pub use resolve::{is_date, resolve, resolve_wording};
pub use stop::{Cause, Stop};
pub use suggest::{closest, did_you_mean, keyed_name, reversed_name, unsigned_name};

/// Two scores closer than this are the same score.
///
/// Scores are sums, means and prorated sums of coded values, so distinct scores of one scale differ
/// by far more; engines that carry eight decimals (FHIRPath) still tell them apart.
pub const TOLERANCE: f64 = 1e-7;
