//! The course of scores over sessions: series of one respondent, form and rater, what criteria find in them, and tables
//! of the results.
//!
//! [`ColumnNames`] names the columns that tell sessions, dates, forms and raters. [`read()`] scores a table and makes
//! a [`Course`] of its rows, which [`Course::write`] writes as tables. Each method is a function of session numbers and scores in a
//! module of its own, which names its source. Scores come from `scalewright-scoring` through `scalewright-tables`;
//! nothing here scores.
//!
//! Invariant: nothing is printed, and no file is opened but the table. A series too short for a method is not judged, and the reason
//! is stated.

pub mod agreement;
mod average;
pub mod bands;
pub mod change;
pub mod chart;
mod columns;
mod course;
mod criteria;
mod dates;
mod distribution;
pub mod drops;
mod exchanged;
mod explain;
mod fault;
mod judge;
mod least_squares;
pub mod meta;
pub mod mixed;
mod names;
mod noise;
pub mod numbers;
mod outcome;
mod outcomes;
mod pairs;
pub mod parameters;
mod read;
mod report;
mod series;
pub mod sessions;
pub mod shape;
mod sheet;
pub mod sudden;
pub mod surface;
mod tables;
mod wide;
pub mod within;

pub use columns::ColumnNames;
pub use course::{Axis, Choices, Course};
pub use criteria::Criteria;
pub use fault::{FaultKind, RowFault};
pub use outcome::{OtherScores, OutcomeOf};
pub use read::{CourseOptions, TableOf, read};
pub use report::{Printed, Sheet, TEMPLATE};
pub use series::Duplicates;
pub use tables::CourseTable;
pub use wide::{Pattern, long_input};
