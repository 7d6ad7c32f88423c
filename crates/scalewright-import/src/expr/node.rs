//! The syntax tree of an expression, the same for all languages.

use super::Bound;

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Or,
    And,
    Eq,
    Ne,
    /// `===`: equal without conversion.
    Same,
    /// `!==`.
    NotSame,
    Lt,
    Le,
    Gt,
    Ge,
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    Pow,
    /// Whether a question with several answers has an option.
    Contains,
    NotContains,
    AnyOf,
    AllOf,
    /// Whether a value is in a list.
    In,
    /// The union of sets of nodes.
    Union,
}

impl Op {
    /// Whether the operator compares and gives a truth value.
    pub(super) fn compares(self) -> bool {
        matches!(
            self,
            Self::Eq
                | Self::Ne
                | Self::Same
                | Self::NotSame
                | Self::Lt
                | Self::Le
                | Self::Gt
                | Self::Ge
        )
    }

    /// Whether two values in this order satisfy a comparison.
    pub(super) fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Eq | Self::Same => order.is_eq(),
            Self::Ne | Self::NotSame => order.is_ne(),
            Self::Lt => order.is_lt(),
            Self::Le => order.is_le(),
            Self::Gt => order.is_gt(),
            Self::Ge => order.is_ge(),
            _ => false,
        }
    }
}

/// A function. Its treatment of blanks depends on the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Func {
    If,
    Sum,
    Mean,
    Min,
    Max,
    Round,
    RoundUp,
    RoundDown,
    Floor,
    Ceiling,
    Truncate,
    Abs,
    Sqrt,
    Exp,
    Ln,
    Pow,
    /// The number of arguments that are not blank.
    Count,
    CountIf,
    CountIfOp,
    SumIfOp,
    IsBlank,
    IsPresent,
    Coalesce,
    Length,
    Number,
    Selected,
    Not,
    True,
    False,
    /// `c(…)`, `cbind(…)`: several values.
    Combine,
    /// The answer if it is in a list.
    Coded,
    /// The answer if it is between two numbers.
    Within,
    /// The elements of a list that are not missing.
    Known,
    /// How many conditions are true.
    CountTrue,
    /// The sum of a list; 0 if it is empty.
    SumOf,
    /// An element of a list, by position from 0.
    At,
}

/// A name in an expression.
#[derive(Debug, Clone)]
pub(super) struct Ref {
    /// The name as written.
    pub(super) text: String,
    /// The option in brackets, if the language writes it so.
    pub(super) option: Option<String>,
    /// The position of the name, in characters from 1.
    pub(super) at: usize,
    /// What the name means, after binding.
    pub(super) bound: Option<Bound>,
}

/// Names are equal wherever they stand.
impl PartialEq for Ref {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, &self.option, self.bound) == (&other.text, &other.option, other.bound)
    }
}

/// A part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Number(f64),
    Text(String),
    Truth(bool),
    /// `NA`, `undefined`.
    Nothing,
    Name(Ref),
    /// The value of a line of a script, by position.
    Line(usize),
    Not(Box<Node>),
    Minus(Box<Node>),
    /// Operands joined from left to right by operators of equal precedence. One node for the whole chain, so that a sum
    /// of thousands of terms is not nested.
    Chain(Box<Node>, Vec<(Op, Node)>),
    /// A call. The flag says that blanks are left out: `na.rm = TRUE`.
    Call(Func, Vec<Node>, bool),
    List(Vec<Node>),
}

impl Node {
    /// A comparison or another operation of two operands.
    pub(super) fn pair(op: Op, left: Self, right: Self) -> Self {
        Self::Chain(Box::new(left), vec![(op, right)])
    }
}
