//! The protocol between scalewright and plug-ins: what a plug-in reads and what it answers.
//!
//! A plug-in is a program. It reads one request as a line of JSON from standard input, and writes one answer as JSON to
//! standard output. The first request is always [`Describe`]; it states the version of the protocol and the features
//! that both sides know. A plug-in whose description lists the feature `serve` is kept running: it answers each line
//! with one line.
//!
//! # Versions
//!
//! - [`PROTOCOL`] changes only if a plug-in that follows the present rules would misunderstand a request, or if an
//!   answer would be misunderstood.
//! - A request may get new keys at any time: a plug-in ignores keys that it does not know.
//! - An answer has only the keys that are defined here. A new key of an answer is a feature: the request lists it in
//!   `features`, and only then may the answer have it. Other keys are refused, so that nothing is ignored silently.
//!
//! The types are separate from those of the model: they change only with the protocol.

pub mod decode;
pub mod encode;
pub mod expression;
pub mod feature;
pub mod instrument;
pub mod normal;
pub mod scores;
pub mod wording;

mod description;
mod mirror;
mod number;
mod request;
mod response;
mod schema;

pub use description::{
    Description, FileDescription, FormatDescription, Kind, LintDescription, LossDescription,
    NameRules, OptionDescription, OptionKind, ValueDescription,
};
pub use instrument::Instrument;
pub use number::Number;
pub use request::{
    Answers, Describe, EvaluateRequest, ExportRequest, HouseStyle, ImportRequest, LintRequest,
    Logo, OptionValue, Request, SourceFile,
};
pub use response::{
    Change, EvaluateResponse, ExportResponse, File, Finding, Fix, ImportResponse, LintResponse,
    Loss, Mark, Refusal, ScoreValue, Severity,
};
pub use schema::{request_schema, response_schema};
pub use scores::Scores;
pub use wording::Wording;

/// The version of the protocol.
pub const PROTOCOL: u32 = 1;

/// The features of this version that a request lists: none of the keys of an answer depends on a feature yet.
pub const FEATURES: &[&str] = &[];
