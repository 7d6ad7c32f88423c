//! The syntax of FHIRPath. Chains of operators and of steps are lists, so that only brackets make an expression deep.

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ast {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// `true` or `false`.
    Truth(bool),
    /// `{}`.
    Empty,
    /// `%name`.
    Variable(String),
    /// `$this`.
    This,
    /// `$total`.
    Total,
    /// A path: where it begins, and its steps. Without a beginning it begins at the context.
    Path(Option<Box<Ast>>, Vec<Step>),
    /// Operands joined by operators of the same precedence, from left to right.
    Chain(Box<Ast>, Vec<(Operator, Ast)>),
    /// `-x`.
    Negative(Box<Ast>),
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    /// `.name`
    Member(String),
    /// `.name(…)`
    Call(String, Vec<Ast>),
    /// `[number]`
    Index(Box<Ast>),
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Times,
    Over,
    Div,
    Mod,
    Plus,
    Minus,
    Join,
    Union,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Unequal,
    Equivalent,
    NotEquivalent,
    In,
    Contains,
    And,
    Or,
    Xor,
    Implies,
}
