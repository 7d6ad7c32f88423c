//! The options that the targets of scoring code share.

use crate::options::{OptionSpec, choice};

choice! {
    /// Which columns the code computes.
    Columns {
        All = "all": "the score, how many answers it uses, whether missing answers were replaced, and its bands";
        Scores = "scores": "only the score";
    }
}

choice! {
    /// What happens to an answer that the definition does not allow. It is never scored.
    Invalid {
        Refuse = "refuse": "the code stops with an error that names the items";
        Count = "count": "the answer is missing, and the column `invalid_answers` counts it";
    }
}

/// The option `columns`.
pub(crate) const COLUMNS: OptionSpec = OptionSpec::choice(
    "columns",
    Columns::VALUES,
    "all",
    "which columns are computed for each score",
);

/// The option `invalid`.
pub(crate) const INVALID: OptionSpec = OptionSpec::choice(
    "invalid",
    Invalid::VALUES,
    "refuse",
    "what happens to an answer that the definition does not allow",
);

/// The option `self-test`.
pub(crate) const SELF_TEST: OptionSpec = OptionSpec::switch(
    "self-test",
    true,
    "whether the file contains five rows of answers with the scores that they must give",
);
