//! The options of an export to FHIR.

use std::borrow::Cow;

use crate::options::{Conflict, OptionSpec, Side, choice, options};

choice! {
    /// How a questionnaire turns answers into numbers.
    Scoring {
        Portable = "portable": "the expressions map codes to numbers, which engines of many kinds can evaluate";
        Weight = "weight": "the expressions read the numbers on the options by `weight()`, which few engines support";
    }
}

choice! {
    /// The layout hint for item tables: groups of items that share their response options.
    Matrix {
        Htable = "htable": "`htable`, the code of the specification";
        Lhc = "lhc": "`table`, the code that LHC-Forms needs to lay out questions as rows";
    }
}

choice! {
    /// Where a questionnaire lists the options of its questions.
    ValueSets {
        Inline = "inline": "with each question, which every client supports";
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
            "the layout hint for item tables: items of a section that share their response options",
        ).instead_of("matrix", None);
        value_sets: ValueSets = OptionSpec::choice(
            "value-sets",
            ValueSets::VALUES,
            "inline",
            "where the questionnaire lists the options of its questions",
        ).instead_of("value-sets", None);
    }
}

/// `weight()` finds the number of an option only if the option is listed with its question.
pub(super) static CONFLICTS: &[Conflict] = &[Conflict::between(
    WEIGHTS_IN_VALUE_SETS,
    "engines find the numbers of options only if the options are listed with the question: omit one of the two",
)];

const WEIGHTS_IN_VALUE_SETS: &[Side] = &[
    (Cow::Borrowed("scoring"), Some(Cow::Borrowed("weight"))),
    (Cow::Borrowed("value-sets"), Some(Cow::Borrowed("contained"))),
];
