//! Scores in the languages that templates and plug-ins print: readable text, R and SQL.
//!
//! A dialect prints the [normal form](scalewright_scoring::normal) and decides nothing about missing answers. Both
//! languages read the answers from columns that are named by the ids of the items, and treat a value that the program
//! does not accept as missing.
//!
//! | | `text` | `r` | `sql` |
//! |---|---|---|---|
//! | the code | a formula on one line | an expression for `with(answers, …)` | a scalar expression |
//! | `answers` | | a data frame, or a list of columns | a table |
//! | a number | | a number, NA | a number, NULL |
//! | a truth value | | TRUE, FALSE, NA | 1, 0, NULL |
//! | a word, the label of a band | | a text, NA | a text, NULL |
//!
//! A clock time is a number of minutes after midnight, and a date the number of its eight digits: 20260131.

mod r;
mod sql;

use scalewright_model::{Instrument, Wording};
use scalewright_scoring::emit::Unsupported;
use scalewright_scoring::normal::{Normal, Output, StepIx};
use scalewright_scoring::{Program, formula_text};

use crate::code::lines::Lines;

/// A language in which scores are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// The notation of formulas, for readers.
    Text,
    /// Base R, without packages, for columns of answers.
    R,
    /// SQL, in the dialect of SQLite.
    Sql,
}

impl Dialect {
    /// All dialects.
    pub const ALL: [Self; 3] = [Self::Text, Self::R, Self::Sql];

    /// The name in templates and requests: `text`, `r` or `sql`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::R => "r",
            Self::Sql => "sql",
        }
    }

    /// Returns the dialect with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }
}

/// A score in one dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedScore {
    /// The id of its scale.
    pub id: String,
    /// The code, or why the language cannot express the score.
    pub code: Result<String, Unsupported>,
    /// The code for the label of the band that contains the score: for the scale's own bands, and for each named set.
    /// Empty in [`Dialect::Text`].
    pub bands: Vec<PrintedBands>,
}

/// The code for the label of a band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedBands {
    /// The id of the set of bands; `None` for the scale's own bands.
    pub set: Option<String>,
    /// The code, which gives no label if no band contains the score; or why the language cannot express it.
    pub code: Result<String, Unsupported>,
}

/// Prints the scores of `program` in the order of the program, with the labels of bands in `wording`.
///
/// `published` is parallel to the scores of the program: scores whose entry is false are left out. The code of a score
/// does not refer to other scores, so it is complete without them.
#[must_use]
pub fn scores(
    dialect: Dialect,
    (instrument, program): (&Instrument, &Program),
    wording: &Wording,
    published: &[bool],
) -> Vec<PrintedScore> {
    let normal = Normal::of(program, instrument);
    let mut printed = match dialect {
        Dialect::Text => texts(instrument, program),
        Dialect::R => coded(&mut Lines::new(instrument, program, &normal, &r::R), wording, &R_CODE),
        Dialect::Sql => {
            coded(&mut Lines::new(instrument, program, &normal, &sql::Sql), wording, &SQL_CODE)
        }
    };
    let mut published = published.iter();
    printed.retain(|_| published.next().copied().unwrap_or(false));
    printed
}

fn texts(instrument: &Instrument, program: &Program) -> Vec<PrintedScore> {
    let scores = program.scores.iter().map(|score| PrintedScore {
        id: instrument.scales[score.scale.0].id.clone(),
        code: Ok(formula_text(&score.formula, instrument)),
        bands: Vec::new(),
    });
    scores.collect()
}

type Labelled<'a> = [(&'a scalewright_model::Band, &'a str)];

/// How a language prints whole scores and bands.
struct Code {
    score: fn(&mut Lines<'_>, &Output) -> Result<String, Unsupported>,
    band: fn(&mut Lines<'_>, StepIx, &Labelled<'_>) -> Result<String, Unsupported>,
}

const R_CODE: Code = Code { score: r::score, band: r::band };
const SQL_CODE: Code = Code { score: sql::score, band: sql::band };

/// Prints all scores, also those that are not published: then no printer follows a chain of scores recursively.
fn coded(lines: &mut Lines<'_>, wording: &Wording, code: &Code) -> Vec<PrintedScore> {
    let normal = lines.normal;
    let scores = lines.program.scores.iter().zip(&normal.scores);
    let scores = scores.map(|(score, output)| {
        let scale = &lines.instrument.scales[score.scale.0];
        let labels = wording.scales[score.scale.0].all_bands();
        let bands = scale.all_bands().zip(labels).filter_map(|((set, bands), labels)| {
            let Output::Number(step) = output else { return None };
            let labels = labels.iter().map(String::as_str);
            let labelled: Vec<_> = bands.iter().zip(labels).collect();
            let code = (code.band)(lines, *step, &labelled);
            Some(PrintedBands { set: set.map(str::to_owned), code })
        });
        let bands = bands.collect();
        PrintedScore { id: scale.id.clone(), code: (code.score)(lines, output), bands }
    });
    scores.collect()
}
