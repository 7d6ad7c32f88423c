//! What answers say about a definition and a file: item analysis, reliability, and checks of the data.
//!
//! [`Collected::read`] reads tables once and collects counts and moments in bounded memory. [`findings`] runs the
//! [`CHECKS`] over them, and [`page`](page()) draws them. [`compare()`] compares two
//! tables of the same answers cell by cell.
//!
//! Invariant: nothing is printed. A statistic that the sample is too small for is not computed, and the reason is stated.

mod block;
mod check;
mod checks;
mod collected;
mod compare;
mod drawing;
pub mod items;
mod loose;
pub mod moments;
mod page;
mod reading;
pub mod reliability;
mod shape;
mod statistics;
mod turned;

pub use check::Check;
pub use checks::{CHECKS, check_named, check_page, findings};
pub use collected::{Collected, Columns};
pub use compare::{Compared, Comparing, Merged, compare};
pub use page::page;
pub use reading::{ReadAs, TableAt};
