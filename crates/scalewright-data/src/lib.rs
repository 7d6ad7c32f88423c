//! What answers say about a definition and a file: item analysis, reliability, and checks of the data.
//!
//! Invariant: nothing is printed. A statistic that the sample is too small for is not computed, and the reason is stated.

pub mod items;
pub mod moments;
pub mod reliability;
