//! What tells the columns of one instrument from those of another.

use scalewright_model::Instrument;

/// What the columns of an instrument are prefixed with: its id, in which hyphens are underscores.
pub(super) fn prefix(instrument: &Instrument) -> String {
    instrument.id.replace('-', "_")
}
