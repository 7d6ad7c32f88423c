//! Reads tables of coded answers in batches of rows and checks every answer against the definition.

mod abbreviated;
#[cfg(test)]
mod absent_tests;
mod advice;
mod advice_rows;
mod age_columns;
mod ages;
mod answer;
#[cfg(feature = "workbooks")]
mod archive;
mod background;
mod background_from;
mod batch;
mod bids_table;
mod blocks;
mod cell;
mod cell_meaning;
mod clock;
mod codes;
#[cfg(feature = "columnar")]
mod columnar;
mod csv_cells;
mod csv_codes;
mod csv_head;
mod csv_lanes;
mod csv_marks;
mod csv_table;
mod dataset_json;
mod dates;
mod declared;
mod dta;
mod facts;
mod fhir_absent;
mod fhir_answer;
mod fhir_canonical;
mod fhir_dates;
mod fhir_declared;
mod fhir_form;
mod fhir_forms;
mod fhir_matched;
mod fhir_options;
mod fhir_pieces;
mod fhir_responses;
mod fhir_row;
mod fhir_units;
mod format;
mod guard;
mod gzip;
mod hints;
mod html_table;
mod input;
mod json_row;
mod json_rows;
mod json_sound;
mod json_table;
mod jspsych_answers;
mod jspsych_table;
mod jspsych_trials;
mod kept;
mod labels;
mod limesurvey_cells;
mod limesurvey_table;
mod limesurvey_words;
mod long_columns;
mod long_found;
mod long_rows;
mod long_table;
mod long_texts;
mod map_age;
mod map_entries;
mod map_file;
mod map_meaning;
mod map_reading;
mod map_schema;
mod map_study;
mod marked;
mod meaning;
mod missing;
mod moments;
mod names_file;
mod non_responses;
mod numbers;
mod odata;
mod odm_rows;
mod odm_table;
#[cfg(feature = "workbooks")]
mod omv;
mod open;
mod open_with;
mod opened;
mod partitions;
mod plan;
mod qualtrics_cells;
mod qualtrics_table;
mod recognise;
mod redcap_labels;
mod redcap_table;
mod reversed;
mod row_answers;
mod row_reader;
#[cfg(test)]
mod rules;
mod sample;
mod sav;
mod several_given;
mod source;
mod source_labels;
mod source_rules;
mod source_table;
mod strict_json;
mod surveyjs_flat;
mod surveyjs_table;
mod texts;
mod ticks;
mod unpack;
mod word_cells;
mod worded;
mod words_table;
#[cfg(feature = "workbooks")]
mod workbook;
mod xlsform_table;
mod zip_member;

pub use advice::Advice;
pub use age_columns::AgeColumns;
#[cfg(feature = "pdf")]
pub(crate) use answer::{Given, Rule};
pub use background_from::{BackgroundFrom, Carry};
pub(crate) use batch::{Absent, short};
pub use batch::{Batch, Fault, Stated};
#[cfg(feature = "pdf")]
pub(crate) use clock::clock;
pub(crate) use format::is_table_name;
pub(crate) use kept::ExtraColumn;
pub use kept::{Keep, Kept, KeptCell, KeptColumns};
pub(crate) use labels::{LabelMatch, Labels, fold as fold_label};
pub use long_columns::LongColumns;
pub use map_schema::{
    AgeFile, BackgroundFile, ColumnOrColumns, MapFile, ReasonOrCodes, TextOrList,
};
pub use map_study::instruments_of;
pub use meaning::{DateOrder, DecimalMark, Meaning, ThousandsMark};
pub(crate) use non_responses::NonResponses;
pub use open::{Among, TableInput};
pub use open_with::{open, open_among};
pub use opened::{Opened, Reading};
pub use plan::Plan;
pub(crate) use redcap_table::KEYS as REDCAP_KEYS;
pub use texts::Texts;

/// Whether a text is a clock time.
pub(crate) fn is_clock(text: &str) -> bool {
    clock::clock(text).is_some()
}
#[cfg(test)]
pub(crate) use {
    dta::Dta,
    sav::Sav,
    source::{Source, SourceCell},
};
