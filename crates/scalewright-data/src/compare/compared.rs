//! Two tables that were compared: their rows, what differs, and how far they agree.

use scalewright_model::Instrument;

use super::agreement::Agreement;
use super::difference::Difference;
use super::entered::Entered;

/// Two tables that were compared.
pub struct Compared {
    /// The definition with only the items whose answers are coded or numbers. Texts and dates are other columns.
    pub(super) instrument: Instrument,
    pub(super) first: Entered,
    pub(super) second: Entered,
    pub(super) differences: Vec<Difference>,
    pub(super) agreement: Vec<Agreement>,
    /// The number of rows that both tables have.
    pub(super) matched: usize,
}
