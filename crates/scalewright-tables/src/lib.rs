//! Responses in, scores out: tables in any format, some rows at a time.
//!
//! The way of data is straight. [`open`] opens a table of responses and finds out what it is; [`Opened::plan`] finds the
//! columns that answer the items; [`Opened::fill`] reads some rows into a [`Batch`], every answer checked against the
//! definition; `evaluate` of `scalewright-scoring` scores it; a [`Sink`] writes the rows. [`Run`] does this from the plan
//! on, and counts what could not be scored. `filled` reads the answers out of filled PDF forms.
//!
//! Invariant: nothing is printed. What is worth saying is added to the notes that a caller passes in.

mod endings;
#[cfg(feature = "pdf")]
pub mod filled;
mod formats;
mod responses;
mod run;
mod scores;

pub use endings::{Form, Named};
pub use formats::{AnswersFormat, ResponsesFormat, ScoreColumns, ScoresFormat};
pub use responses::{
    Batch, Fault, Keep, Kept, KeptCell, Opened, Plan, Reading, Stated, Suspects, TableInput, Texts,
    Wish, open,
};
pub use run::{Differences, LeftOut, Report, Row, Run, Which, answers_of};
pub use scores::{
    ANSWER_FORMS, CsvCells, Layout, Out, REPORT_FORMS, SCORE_FORMS, Sink, delimiter, failed,
    no_columnar, sink,
};

use scalewright_model::{Note, NoteKind, Stop};
