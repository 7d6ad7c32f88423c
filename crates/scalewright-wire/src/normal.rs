//! The normal form on the wire: scores as steps and checks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::expression::{Comparison, Function, Operator};
use crate::number::Number;

/// All scores as steps and checks, which every language can express.
///
/// A step is an operation whose result is a number. A check is a condition that is true or false, never missing. Both
/// are numbered by their position in `steps` and `checks`, counted from 0. Steps use only earlier steps, and checks only
/// earlier checks. A step has a value only if its check `known` is true: test that first, and compute the operation only
/// then.
///
/// To compute all scores of a respondent: compute steps on demand, each once, and remember their values. A number that
/// is not finite is a missing value. Finally, read `scores`, which is parallel to `scores.scores`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Normal {
    /// The steps.
    pub steps: Vec<Step>,
    /// The checks. The check at position 0 is always false, and the one at position 1 is always true.
    pub checks: Vec<Check>,
    /// The trees of comparisons that steps and checks use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trees: Vec<Node>,
    /// For each item, by its id, the step with its answer, or with the value that counts if it was not asked. Items that
    /// cannot be scored are left out.
    pub answers: BTreeMap<String, usize>,
    /// For each item with a condition, by its id, the checks whether it is asked.
    pub asked: BTreeMap<String, TruthChecks>,
    /// For each note with a condition, by its id, the checks whether it is shown. Left out if there are none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub shown: BTreeMap<String, TruthChecks>,
    /// The result of each score, in the order of the scores.
    pub scores: Vec<Output>,
    /// For each score, one check for each item that it uses: the item is answered, or a value counts because it was not
    /// asked. The number of true checks is the number of answered items, reported beside the score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answered: Vec<Vec<usize>>,
    /// For each score, the check that it exists and uses a substitute for a missing answer; 0 if it never does. The
    /// check of a score computed from other scores refers to theirs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prorated: Vec<usize>,
}

/// The result of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Output {
    /// A number.
    Number {
        /// The step that computes it. The score is missing if the step has no value.
        step: usize,
    },
    /// A truth value.
    Truth(TruthChecks),
    /// A word.
    Word {
        /// The step that computes the position of the word in `words`, counted from 0.
        step: usize,
        /// The words.
        words: Vec<String>,
    },
}

/// A condition that is true, false or missing, as three checks. `yes` and `no` are never true together; if neither is,
/// the condition is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TruthChecks {
    /// The check that it is true.
    pub yes: usize,
    /// The check that it is false.
    pub no: usize,
    /// The check that it is true or false.
    pub known: usize,
}

/// An operation, and the checks that state when it has a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// What is computed.
    #[serde(flatten)]
    pub operation: Operation,
    /// The check that the step has a value: its operands exist as far as the operation needs them, and the operation is
    /// defined.
    pub known: usize,
    /// The part of `known` beyond the existence of the operands. A language in which `missing + 1` is missing needs only
    /// this check for `arithmetic`, `apply`, `round` and `add_up`; it is usually 1, always true.
    pub when: usize,
    /// The check that the step has a value, in the shortest form, for formulas that ask whether a value is missing.
    pub exists: usize,
    /// How many operations have this step as an operand. A language with variables names steps that have several uses.
    pub uses: usize,
    /// Whether the value, if there is one, is always a whole number.
    pub whole: bool,
    /// A lower bound of the value. Left out if it is not known, or if the step never has a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Number>,
    /// An upper bound of the value. Left out if it is not known, or if the step never has a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Number>,
}

/// How a step computes its number. `combine`, `count`, `choose` and `eap` read operands that may be missing; all others
/// have no value if an operand has none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Operation {
    /// A number.
    Constant {
        /// Its value.
        value: Number,
    },
    /// No value.
    Missing,
    /// The answer to an item as given, whether or not the item was asked.
    Answer {
        /// The id of the item.
        item: String,
    },
    /// 1 if an option of an item with several choices is chosen, otherwise 0, whether or not the item was asked.
    Chosen {
        /// The id of the item.
        item: String,
        /// The position of the option on the response scale of the item, counted from 0.
        option: usize,
    },
    /// A score as a number: a number, or the position of a word.
    Score {
        /// The position among `scores`.
        score: usize,
    },
    /// Two numbers combined by an operator.
    Arithmetic {
        /// The operator.
        operator: Operator,
        /// The step of the left operand.
        left: usize,
        /// The step of the right operand.
        right: usize,
    },
    /// A function of one number.
    Apply {
        /// The function.
        function: Function,
        /// The step of its argument.
        of: usize,
    },
    /// A number rounded to decimal places, halves away from zero: with `s = 10^decimals`, the size of the result is
    /// `floor(abs(x) * s + 0.5 + 1e-9) / s`.
    Round {
        /// The step of the number.
        of: usize,
        /// The number of decimal places, 0 to 6.
        decimals: u32,
    },
    /// The sum of numbers that must all be known.
    AddUp {
        /// The steps.
        terms: Vec<usize>,
    },
    /// The sum, mean, minimum or maximum of the parts that count, multiplied by `times`. A mean divides by the number of
    /// parts that count. `known` guarantees that enough of them count.
    Combine {
        /// The kind.
        kind: CombineKind,
        /// The parts.
        parts: Vec<CombinePart>,
        /// The factor of the result: the number of terms for a prorated sum, otherwise 1.
        times: Number,
    },
    /// How many checks are true.
    Count {
        /// The checks.
        checks: Vec<usize>,
    },
    /// The step of the first case whose check is true, or else the step `otherwise`.
    Choose {
        /// The cases.
        cases: Vec<Case>,
        /// The step if no check is true.
        otherwise: usize,
    },
    /// A number replaced by another.
    Recode {
        /// The step of the number.
        of: usize,
        /// Pairs of a number and its replacement, ascending by the number.
        pairs: Vec<[Number; 2]>,
        /// The result for all numbers that are not listed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        other: Option<Number>,
        /// Whether numbers can be compared exactly. Otherwise numbers within 1e-9 of each other are equal.
        exact: bool,
    },
    /// The value of a table for some keys.
    Lookup {
        /// The steps of the keys.
        keys: Vec<usize>,
        /// The position of the tree in `trees`.
        tree: usize,
    },
    /// The expected value of a trait given the answers (expected a posteriori), or its standard deviation. An answer
    /// that is missing, or not one of the values of the model's item, is left out.
    Eap {
        /// The steps of the keyed answers, parallel to the items of the model.
        answers: Vec<usize>,
        /// The position of the model in `models` of the instrument.
        model: usize,
        /// Whether the result is the standard deviation.
        sd: bool,
    },
}

crate::mirror::mirror! {
    /// How parts are combined.
    CombineKind of scalewright_model::AggregateKind {
        /// Their sum. 0 if no part counts.
        Sum = "sum",
        /// Their mean.
        Mean = "mean",
        /// The lowest of them.
        Min = "min",
        /// The highest of them.
        Max = "max",
    }
}

/// A part of a combination.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CombinePart {
    /// The step whose number counts if it has one.
    pub of: usize,
    /// The number that counts otherwise. Without it, the part then does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<Number>,
}

/// A case of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Case {
    /// The check.
    #[serde(rename = "if")]
    pub check: usize,
    /// The step that is chosen if the check is true.
    pub then: usize,
}

/// A condition that is true or false. It is false if a step that it uses has no value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Check {
    /// False.
    Never,
    /// True.
    Always,
    /// The item has an accepted answer, whether or not it was asked.
    Given {
        /// The id of the item.
        item: String,
    },
    /// The step has a value.
    Known {
        /// The step.
        step: usize,
    },
    /// A score that is a truth value is known and equals `truth`.
    Flag {
        /// The position among `scores`.
        score: usize,
        /// The truth value.
        truth: bool,
    },
    /// A score that is a truth value is known.
    Decided {
        /// The position among `scores`.
        score: usize,
    },
    /// Both numbers are known and satisfy the comparison.
    Compare {
        /// The comparison.
        comparison: Comparison,
        /// The step of the left number.
        left: usize,
        /// The step of the right number.
        right: usize,
        /// Whether numbers can be compared exactly. Otherwise numbers within 1e-9 of each other are equal.
        exact: bool,
    },
    /// The number is known and can be a divisor: its distance from 0 is more than 1e-12.
    NonZero {
        /// The step of the number.
        of: usize,
    },
    /// The number is known and is listed.
    Listed {
        /// The step of the number.
        of: usize,
        /// The list, ascending.
        values: Vec<Number>,
        /// Whether numbers can be compared exactly. Otherwise numbers within 1e-9 of each other are equal.
        exact: bool,
    },
    /// The keys are known and the table has a value for them.
    Covered {
        /// The steps of the keys.
        keys: Vec<usize>,
        /// The position of the tree in `trees`.
        tree: usize,
    },
    /// At least `count` checks are true.
    AtLeast {
        /// The least number of true checks.
        count: usize,
        /// The checks.
        of: Vec<usize>,
    },
    /// All checks are true.
    All {
        /// The checks.
        of: Vec<usize>,
    },
    /// At least one check is true.
    Any {
        /// The checks.
        of: Vec<usize>,
    },
    /// The check is false.
    Not {
        /// The check.
        of: usize,
    },
}

/// A table as a tree of comparisons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "node", rename_all = "snake_case")]
pub enum Node {
    /// A comparison of a key with a number.
    Split {
        /// The position of the key, counted from 0.
        key: usize,
        /// The number with which it is compared.
        below: Number,
        /// The subtree for keys below the number.
        less: Box<Node>,
        /// The subtree for all other keys.
        more: Box<Node>,
    },
    /// The table has no value.
    Missing,
    /// The table has this value.
    Value {
        /// The value.
        value: Number,
    },
    /// Linear interpolation by the first key: `value + max((key - from) / run, 0) * rise`.
    Line {
        /// The key at which the line starts.
        from: Number,
        /// The value at its start.
        value: Number,
        /// The increase of the value over the whole line.
        rise: Number,
        /// The length of the line on the scale of the key.
        run: Number,
    },
}
