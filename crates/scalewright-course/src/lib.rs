//! The course of scores over sessions: series of one respondent, form and rater, what criteria find in them, and tables
//! of the results.
//!
//! Each method is a function of session numbers and scores in a module of its own, which names its source. Scores
//! come from `scalewright-scoring` through `scalewright-tables`; nothing here scores.
//!
//! Invariant: nothing is printed, and no file is read or written. A series too short for a method is not judged, and
//! the reason is stated.

pub mod agreement;
pub mod bands;
pub mod change;
pub mod chart;
mod distribution;
pub mod drops;
mod least_squares;
pub mod numbers;
pub mod sessions;
pub mod shape;
pub mod sudden;
pub mod surface;
pub mod within;
