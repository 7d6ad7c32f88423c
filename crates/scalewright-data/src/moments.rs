//! Mergeable moments: means and co-moments of items, by complete cases or by pairs, and the distribution of one variable.
//!
//! Rows come in blocks, and moments of blocks, files and threads are merged. Whole numbers of at most [`LARGEST`] are
//! summed exactly, so that their moments depend on neither order nor division. Other numbers are centred within each
//! block, and blocks are merged after Chan, Golub and LeVeque (1983), which loses no digits to large means.

mod block;
mod joint;
mod layout;
mod pairs;
mod tally;

pub use block::{Cells, LARGEST};
pub use joint::Joint;
pub use layout::Moments;
pub(crate) use layout::count;
pub use pairs::Pairs;
pub use tally::{Spread, Tally};
