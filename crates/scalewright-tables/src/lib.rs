//! Reads tables of responses and writes tables of scores, in every supported format and in batches of rows.
//!
//! Data flows in one direction. [`open`] opens a table of responses and detects its format. [`Opened::plan`] finds the
//! columns that answer the items. [`Opened::fill`] reads rows into a [`Batch`] and checks every answer against the
//! definition. `evaluate` of `scalewright-scoring` scores the batch. A [`Sink`] writes the rows. [`Run`] does all of
//! this from the plan on and counts the rows that could not be scored. [`TableFiles`] finds the tables of folders and
//! patterns, and [`ManyRun`] scores them at once. [`propose`] proposes a map of items to columns. `filled` reads the answers from filled PDF forms.
//!
//! Invariant: this crate never prints. Messages are added to the notes that the caller passes in.

mod endings;
#[cfg(feature = "pdf")]
pub mod filled;
mod formats;
mod many;
mod propose;
mod responses;
mod run;
mod scores;
mod whole;

pub use endings::{FileFormat, Named};
pub use formats::{
    AnswersFormat, ResponsesFormat, ScoreColumns, ScoresFormat, TableFormat, TableShape,
    WithColumns,
};
pub use many::{ManyRun, ManyScored, Places, TableFile, TableFiles};
pub use propose::{Evidence, OpenQuestion, Proposal, ProposedItem, propose};
pub use responses::{
    Advice, AgeColumns, AgeFile, Among, BackgroundFile, BackgroundFrom, Batch, Carry,
    ColumnOrColumns, DateOrder, DecimalMark, Fault, Keep, Kept, KeptCell, KeptColumns, LongColumns,
    MapFile, Meaning, Opened, Plan, Reading, ReasonOrCodes, Stated, TableInput, TextOrList, Texts,
    ThousandsMark, instruments_of, open, open_among,
};
pub use run::{
    Differences, LeftOut, Opening, Report, Row, Run, ScoreRequest, Scoring, Subject, Which,
    answers_of,
};
pub use scores::{
    ANSWER_FORMATS, CsvCells, MissingColumns, Out, REPORT_FORMATS, SCORE_FORMATS, ScoresHeader,
    ScoresOptions, Sink, TABLE_FORMATS, TableCell, TableColumn, TableWriter, ValueKind, failed,
    printable, sink,
};
pub use whole::{WholeTable, texts_of};

use scalewright_model::{Note, NoteKind, Stop};
