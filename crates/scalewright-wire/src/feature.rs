//! The features that a description may list.

/// The plug-in answers several requests, one line each, until its standard input is closed.
pub const SERVE: &str = "serve";
/// The exporter answers [`EvaluateRequest`](crate::EvaluateRequest): it computes scores as its files do.
pub const EVALUATE: &str = "evaluate";
/// All features.
pub const ALL: &[&str] = &[SERVE, EVALUATE];
