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

impl Ast {
    /// The link id that a criterion asks for, if it is `linkId = '…'`. Most criteria are.
    pub(crate) fn asked_link(&self) -> Option<&str> {
        let Self::Chain(left, rest) = self else { return None };
        let (Self::Path(None, steps), [(Operator::Equal, Self::Text(text))]) = (&**left, &rest[..])
        else {
            return None;
        };
        matches!(&steps[..], [Step::Member(name)] if name == "linkId").then_some(text)
    }
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
