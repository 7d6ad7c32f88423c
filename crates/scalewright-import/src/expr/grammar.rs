//! What a language consists of: characters, operators, functions and constants.

use super::node::{Func, Node, Op};
use super::token::Special;

/// The grammar of a language.
pub(super) struct Grammar {
    /// Signs, the longest first.
    pub(super) symbols: &'static [&'static str],
    /// Operators between two operands, with precedence.
    pub(super) infix: &'static [(&'static str, Op, u8)],
    /// Operators before an operand, with precedence.
    pub(super) prefix: &'static [(&'static str, Prefix, u8)],
    /// Operators after an operand. They bind most tightly.
    pub(super) postfix: &'static [(&'static str, Func)],
    /// Functions, with the least and the greatest number of arguments.
    pub(super) functions: &'static [(&'static str, Func, usize, usize)],
    /// Words with a value.
    pub(super) constants: &'static [(&'static str, Constant)],
    /// Characters that words may contain besides letters, digits and underscores.
    pub(super) word_signs: &'static str,
    /// Whether a word that is nothing else is a name.
    pub(super) has_bare_names: bool,
    /// Whether names may contain hyphens.
    pub(super) has_hyphens: bool,
    /// Whether operators and functions may be written in capitals.
    pub(super) ignores_case: bool,
    /// Whether a backslash in a text escapes the next character.
    pub(super) has_escapes: bool,
    /// Whether `a ^ b ^ c` is `(a ^ b) ^ c`.
    pub(super) has_left_powers: bool,
    /// Whether `a ? b : c` is allowed.
    pub(super) has_choice: bool,
    /// Whether `[a, b][i]` is an element of a list.
    pub(super) has_index: bool,
    /// Reads what only this language has, at the beginning of a text: the token and its length in bytes.
    pub(super) special: fn(&str) -> Special,
}

/// An operator before an operand.
#[derive(Debug, Clone, Copy)]
pub(super) enum Prefix {
    Not,
    Minus,
    Plus,
    /// `+`, which makes a number of its operand.
    Number,
    /// `...`: the elements of a list.
    Spread,
}

/// The value of a word.
#[derive(Debug, Clone, Copy)]
pub(super) enum Constant {
    True,
    False,
    Nothing,
}

impl Constant {
    /// The constant as a node.
    pub(super) fn node(self) -> Node {
        match self {
            Self::True => Node::Truth(true),
            Self::False => Node::Truth(false),
            Self::Nothing => Node::Nothing,
        }
    }
}

impl Grammar {
    /// Whether two words are the same to this language.
    pub(super) fn is_same(&self, word: &str, other: &str) -> bool {
        if self.ignores_case { word.eq_ignore_ascii_case(other) } else { word == other }
    }
}

/// For languages without tokens of their own.
pub(super) fn nothing_special(_text: &str) -> Special {
    None
}
