//! The readers of the formats of other programs.

pub mod fhir;
