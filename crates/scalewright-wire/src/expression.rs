//! Formulas as trees. A node states its operation in `op`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::mirror::mirror;
use crate::number::Number;

/// How a score is computed, as a tree of operations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Formula {
    /// The score is a number.
    Number {
        /// The number.
        value: Expr,
    },
    /// The score is true or false: a flag.
    Truth {
        /// The condition.
        value: Test,
    },
    /// The score is one of a list of words.
    Word {
        /// The position of the word in `words`, counted from 0.
        position: Expr,
        /// The words.
        words: Vec<String>,
    },
}

/// An operation whose result is a number, or missing. Unless stated otherwise, the result is missing if an operand is
/// missing, or if the result is not a finite number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Expr {
    /// A constant.
    Number {
        /// Its value.
        value: Number,
    },
    /// The missing value.
    Missing,
    /// The answer to an item, as coded. Missing if it was not given or is not accepted, see `answers` of the scores. If
    /// the item was not asked, it is the answer that counts then.
    Answer {
        /// The id of the item.
        item: String,
    },
    /// 1 if an option of an item with several choices is chosen, otherwise 0. Never missing: an option of an item that is
    /// not answered, or not asked, is not chosen.
    Chosen {
        /// The id of the item.
        item: String,
        /// The position of the option on the response scale of the item, counted from 0.
        option: usize,
    },
    /// The score of a scale. A true flag is 1 and a false one is 0. A word is its position among the words of its
    /// scale, counted from 0.
    Score {
        /// The id of the scale.
        scale: String,
    },
    /// `low + high - of`: a reversed answer.
    Reverse {
        /// The operand.
        of: Box<Expr>,
        /// The lowest declared value.
        low: Number,
        /// The highest declared value.
        high: Number,
    },
    /// A number replaced according to a list. Numbers within 1e-9 of each other are equal.
    Recode {
        /// The operand.
        of: Box<Expr>,
        /// Pairs of a number and its replacement, ascending by the number.
        pairs: Vec<[Number; 2]>,
        /// The result for a number that is not listed. Without it, the result is missing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        other: Option<Number>,
        /// The result for a missing operand. Without it, the result is missing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        missing: Option<Number>,
    },
    /// The sum of terms, with a rule for missing terms.
    Sum(Aggregate),
    /// The mean of terms, with a rule for missing terms.
    Mean(Aggregate),
    /// The lowest term, with a rule for missing terms.
    Min(Aggregate),
    /// The highest term, with a rule for missing terms.
    Max(Aggregate),
    /// How many conditions are true. Missing if fewer than `need` of them are true or false.
    Count {
        /// The conditions.
        tests: Vec<Test>,
        /// The number of conditions that must be known.
        need: usize,
    },
    /// The length of the longest run of consecutive equal numbers. A missing number ends a run; it does not make the
    /// result missing.
    LongestRun {
        /// The numbers.
        terms: Vec<Expr>,
    },
    /// Two numbers combined by an operator.
    Arithmetic {
        /// The operator.
        operator: Operator,
        /// The left operand.
        left: Box<Expr>,
        /// The right operand.
        right: Box<Expr>,
    },
    /// A function of one number.
    Apply {
        /// The function.
        function: Function,
        /// Its argument.
        of: Box<Expr>,
    },
    /// A number rounded to decimal places, halves away from zero. A number within 1e-9 of a half, in units of the last
    /// decimal place, is a half.
    Round {
        /// The operand.
        of: Box<Expr>,
        /// The number of decimal places.
        decimals: u32,
    },
    /// One of three numbers, chosen by a condition.
    If {
        /// The condition.
        test: Box<Test>,
        /// The result if the condition is true.
        then: Box<Expr>,
        /// The result if the condition is false.
        #[serde(rename = "else")]
        otherwise: Box<Expr>,
        /// The result if the condition is missing.
        unknown: Box<Expr>,
    },
    /// A number found in a table.
    Lookup {
        /// The numbers to look up, one for each key column of the table.
        of: Vec<Expr>,
        /// The position of the table in `tables` of the instrument, counted from 0.
        table: usize,
    },
    /// The expected value of a trait given the answers (expected a posteriori), or its standard deviation.
    Eap {
        /// The position of the model in `models` of the instrument, counted from 0.
        model: usize,
        /// The number of items of the model that must be answered.
        need: usize,
        /// Whether the result is the standard deviation instead of the expected value.
        sd: bool,
    },
    /// A part of a very deep formula that is written elsewhere, so that no request is nested deeper than usual JSON
    /// readers accept. Each part is used once.
    Part {
        /// The position in `parts.numbers` of the instrument, counted from 0.
        part: usize,
    },
}

/// An operation whose result is true, false, or missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Test {
    /// A constant.
    Truth {
        /// Its value.
        value: bool,
    },
    /// Always missing.
    Unknown,
    /// The truth value of a flag, or of a scale whose formula is a condition.
    Flag {
        /// The id of the scale.
        scale: String,
    },
    /// A comparison of two numbers. Numbers within 1e-9 of each other are equal. Missing if a number is missing.
    Compare {
        /// The comparison.
        comparison: Comparison,
        /// The left operand.
        left: Box<Expr>,
        /// The right operand.
        right: Box<Expr>,
    },
    /// Whether at least `count` conditions are true. True if `count` known conditions are true, false if the missing
    /// ones could not make up the number, and missing otherwise.
    AtLeast {
        /// The number of conditions that must be true.
        count: usize,
        /// The conditions.
        tests: Vec<Test>,
    },
    /// Whether all conditions are true. False as soon as one is false, even if others are missing.
    All {
        /// The conditions.
        tests: Vec<Test>,
    },
    /// Whether any condition is true. True as soon as one is true, even if others are missing.
    Any {
        /// The conditions.
        tests: Vec<Test>,
    },
    /// The negation of a condition. Missing if the condition is missing.
    Not {
        /// The condition.
        of: Box<Test>,
    },
    /// Whether a number is missing. Never missing itself.
    IsMissing {
        /// The number.
        of: Box<Expr>,
    },
    /// Whether a condition is missing. Never missing itself.
    IsUnknown {
        /// The condition.
        of: Box<Test>,
    },
    /// A part of a very deep formula that is written elsewhere. Each part is used once.
    Part {
        /// The position in `parts.tests` of the instrument, counted from 0.
        part: usize,
    },
}

/// Terms that are combined into one number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Aggregate {
    /// The terms.
    pub terms: Vec<Expr>,
    /// The factor of each term. All are 1 if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<Number>>,
    /// The number of terms that must be present. If fewer are, the result is missing.
    pub need: usize,
    /// The positions of the terms that must be present whatever the number of others, counted from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mandatory: Vec<usize>,
    /// What replaces missing terms. Without it, only the present terms are combined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill: Option<Fill>,
}

/// What replaces a missing term.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "with", rename_all = "snake_case")]
pub enum Fill {
    /// The mean of the present terms, each with its weight.
    PersonMean,
    /// One number for every term.
    Constant {
        /// The number.
        value: Number,
    },
    /// A number for each term.
    Each {
        /// The numbers, parallel to the terms.
        values: Vec<Number>,
    },
}

mirror! {
    /// An operator.
    Operator of scalewright_model::Operator {
        /// `left + right`.
        Add = "add",
        /// `left - right`.
        Subtract = "subtract",
        /// `left * right`.
        Multiply = "multiply",
        /// `left / right`. Missing if `right` is 0.
        Divide = "divide",
        /// `left - right * floor(left / right)`: it has the sign of `right`. Missing if `right` is 0.
        Modulo = "modulo",
    }
}

mirror! {
    /// A function of one number.
    Function of scalewright_model::Function {
        /// The absolute value.
        Abs = "abs",
        /// The square root. Missing below 0.
        Sqrt = "sqrt",
        /// The natural logarithm. Missing at 0 and below.
        Ln = "ln",
        /// e to the power of the number.
        Exp = "exp",
        /// Rounded down to a whole number. A number within 1e-9 of a whole number is that number.
        Floor = "floor",
        /// Rounded up to a whole number. A number within 1e-9 of a whole number is that number.
        Ceiling = "ceiling",
        /// Rounded towards 0 to a whole number. A number within 1e-9 of a whole number is that number.
        Truncate = "truncate",
        /// The share of the standard normal distribution below the number.
        NormalCdf = "normal_cdf",
    }
}

mirror! {
    /// A comparison of two numbers.
    Comparison of scalewright_model::Comparison {
        /// Less.
        Less = "<",
        /// Less or equal.
        AtMost = "<=",
        /// Equal.
        Equal = "=",
        /// Not equal.
        Unequal = "!=",
        /// Greater or equal.
        AtLeast = ">=",
        /// Greater.
        Greater = ">",
    }
}

/// A table from one or more numbers to a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// Its name in the definition: that of a table, or of the item response model from which it was computed.
    pub name: String,
    /// How each key column is matched: `exact`, `step` or `linear`.
    pub matching: Vec<scalewright_model::Matching>,
    /// The result for a number that is not in the table: `missing` or `nearest`.
    pub outside: scalewright_model::Outside,
    /// The rows, ascending by their keys: the keys, then the result.
    pub rows: Vec<Vec<Number>>,
    /// The ids of the references in which the table is published.
    pub source: Vec<String>,
    /// What the results are, if the table is computed from an item response model: `mean`, the expected value of the trait
    /// given the sum of the answers, or `deviation`, its standard deviation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_sums: Option<scalewright_model::OfSums>,
}

/// An item response model with its parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Model {
    /// Its name in the definition.
    pub name: String,
    /// The type of model: `graded-response` or `generalized-partial-credit`.
    pub kind: scalewright_model::ModelType,
    /// The items.
    pub items: Vec<ModelItem>,
    /// The scaling constant D.
    pub scaling: Number,
    /// Pairs of a value of the trait, ascending, and its weight in the population. The weights add up to 1.
    pub points: Vec<[Number; 2]>,
    /// The ids of the references in which the parameters are published.
    pub source: Vec<String>,
}

/// The parameters of one item of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelItem {
    /// The keyed answer.
    pub answer: Expr,
    /// The possible keyed answers, ascending: one more than thresholds.
    pub values: Vec<Number>,
    /// The discrimination.
    pub discrimination: Number,
    /// The thresholds, from the lowest answer up.
    pub thresholds: Vec<Number>,
}

/// Parts of very deep formulas. Nearly always empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Parts {
    /// Parts whose result is a number. Each refers only to earlier parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Expr>,
    /// Parts whose result is true, false or missing. Each refers only to earlier parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<Test>,
}

impl Parts {
    /// Whether there are no parts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.tests.is_empty()
    }
}
