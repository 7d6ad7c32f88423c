//! Item analysis and reliability of the scales of an instrument, from a sample of answers.
//!
//! [`Request::run`] reads tables and collects mergeable moments; the result is an [`Analysis`], which [`text()`],
//! [`json()`], [`page()`] and [`write_table`] print, and [`entry()`] writes as an entry of a definition.

mod alpha;
mod analyse;
mod collect;
mod entry;
mod factor;
mod formats;
mod gather;
mod icc;
mod matrix;
mod page;
mod quantiles;
mod result;
mod retest;
mod run;
mod tables;
mod text;

pub use alpha::{
    AlphaIntervals, Guttman, Halves, InterItem, Interval, Lambda4, SplitHalf, WithError,
};
pub use entry::{Entry, entry};
pub use factor::{Bartlett, Factorability, Fit, Minres, OneFactor};
pub use formats::{ANALYSIS_FORMATS, AnalysisFormat, AnalysisTable, MissingAnswers};
pub use icc::{Icc, IccTable, Iccs, MeanSquares};
pub use page::page;
pub use result::{
    Analysis, AnswerCounts, FloorCeiling, GroupAnalysis, ItemAnalysis, ScaleAnalysis, Statistics,
};
pub use retest::{Retest, RetestPair};
pub use run::Request;
pub use tables::write_table;
pub use text::{json, text};
