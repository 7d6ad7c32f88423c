//! What an export to FHIR can be asked for.

use std::borrow::Cow;

use crate::options::{Conflict, OptionSpec, Side, choice, options};

choice! {
    /// How a questionnaire turns answers into numbers.
    Scoring {
        Portable = "portable": "codes are mapped in the expressions, which engines of many kinds evaluate";
        Weight = "weight": "the numbers on the options are read by `weight()`, which few engines have";
    }
}

choice! {
    /// How a questionnaire asks for items that share their answers to be laid out.
    Matrix {
        Htable = "htable": "as the specification has it";
        Lhc = "lhc": "as LHC-Forms lays out questions as rows: `table`";
    }
}

choice! {
    /// Where a questionnaire lists the options of its questions.
    ValueSets {
        Inline = "inline": "with each question, which every client reads";
        Contained = "contained": "once for each response scale, in a contained value set";
    }
}

options! {
    /// How a questionnaire is made.
    Options {
        scoring: Scoring = OptionSpec::choice(
            "scoring",
            Scoring::VALUES,
            "portable",
            "how the questionnaire turns answers into numbers",
        ).instead_of("scoring", None);
        matrix: Matrix = OptionSpec::choice(
            "matrix",
            Matrix::VALUES,
            "htable",
            "how the questionnaire asks for items that share their answers to be laid out",
        ).instead_of("matrix", None);
        value_sets: ValueSets = OptionSpec::choice(
            "value-sets",
            ValueSets::VALUES,
            "inline",
            "where the questionnaire lists the options of its questions",
        ).instead_of("value-sets", None);
    }
}

/// `weight()` finds the number of an option with its question only.
pub(super) static CONFLICTS: &[Conflict] = &[Conflict::between(
    WEIGHTS_IN_VALUE_SETS,
    "engines find the number of an option with its question only: leave one of them out",
)];

const WEIGHTS_IN_VALUE_SETS: &[Side] = &[
    (Cow::Borrowed("scoring"), Some(Cow::Borrowed("weight"))),
    (Cow::Borrowed("value-sets"), Some(Cow::Borrowed("contained"))),
];
