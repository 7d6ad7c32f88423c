//! Reads tables of coded answers in batches of rows and checks every answer against the definition.

mod answer;
mod background;
mod batch;
mod blocks;
mod cell;
mod clock;
#[cfg(feature = "columnar")]
mod columnar;
mod csv_cells;
mod csv_codes;
mod csv_head;
mod csv_lanes;
mod csv_marks;
mod csv_table;
mod facts;
mod fhir_answer;
mod fhir_canonical;
mod fhir_dates;
mod fhir_form;
mod fhir_forms;
mod fhir_matched;
mod fhir_options;
mod fhir_pieces;
mod fhir_responses;
mod fhir_row;
mod fhir_units;
mod format;
mod gzip;
mod hints;
mod html_table;
mod input;
mod json_row;
mod json_rows;
mod json_sound;
mod json_table;
mod kept;
#[allow(dead_code, reason = "read by labels")]
mod labels;
mod limesurvey_cells;
mod limesurvey_table;
mod map_file;
mod missing;
mod names_file;
mod odm_rows;
mod odm_table;
mod open;
mod opened;
mod plan;
mod qualtrics_cells;
mod qualtrics_table;
mod redcap_table;
mod row_reader;
#[expect(dead_code, reason = "the readers of other programs")]
mod source;
#[expect(dead_code, reason = "the readers of other programs")]
mod source_table;
mod strict_json;
mod surveyjs_flat;
mod surveyjs_table;
mod texts;
mod ticks;
mod xlsform_table;

#[cfg(feature = "pdf")]
pub(crate) use answer::{Given, Rule};
pub use background::{BackgroundFrom, Carry};
pub(crate) use batch::short;
pub use batch::{Batch, Fault, Stated};
pub(crate) use cell::is_date;
#[cfg(feature = "pdf")]
pub(crate) use clock::clock;
pub(crate) use format::is_table_name;
pub(crate) use kept::ExtraColumn;
pub use kept::{Keep, Kept, KeptCell, KeptColumns};
pub(crate) use labels::{LabelMatch, Labels, fold as fold_label};
pub use missing::PossibleMissingCodes;
pub(crate) use open::open_among;
pub use open::{TableInput, open};
pub use opened::{Opened, Reading};
pub use plan::Plan;
pub(crate) use redcap_table::KEYS as REDCAP_KEYS;
pub use texts::Texts;

/// Whether a text is a clock time.
pub(crate) fn is_clock(text: &str) -> bool {
    clock::clock(text).is_some()
}
