//! The grammar of the expressions in a script.

use crate::expr::grammar::{Constant, Grammar, Prefix, nothing_special};
use crate::expr::node::{Func, Op};

/// How a script counts conditions that are true.
pub(super) const COUNT: &str = ".filter(Boolean).length";

/// How a script adds the numbers of a list.
pub(super) const SUM: &str = ".reduce((_x, _y) => _x + _y, 0)";

pub(super) static GRAMMAR: Grammar = Grammar {
    symbols: &[
        SUM, COUNT, "...", "===", "!==", "<=", ">=", "&&", "||", "(", ")", "[", "]", ",", "+", "-",
        "*", "/", "<", ">", "!", "?", ":",
    ],
    infix: &[
        ("||", Op::Or, 1),
        ("&&", Op::And, 2),
        ("===", Op::Same, 3),
        ("!==", Op::NotSame, 3),
        ("<=", Op::Le, 4),
        (">=", Op::Ge, 4),
        ("<", Op::Lt, 4),
        (">", Op::Gt, 4),
        ("+", Op::Add, 5),
        ("-", Op::Sub, 5),
        ("*", Op::Mul, 6),
        ("/", Op::Div, 6),
    ],
    prefix: &[("!", Prefix::Not, 7), ("-", Prefix::Minus, 7), ("...", Prefix::Spread, 7)],
    postfix: &[(COUNT, Func::CountTrue), (SUM, Func::SumOf)],
    functions: &[
        ("_coded", Func::Coded, 2, 2),
        ("_within", Func::Within, 3, 3),
        ("_known", Func::Known, 1, 1),
        ("Math.max", Func::Max, 1, usize::MAX),
        ("Math.min", Func::Min, 1, usize::MAX),
        ("Math.floor", Func::Floor, 1, 1),
        ("Math.abs", Func::Abs, 1, 1),
        ("Math.sqrt", Func::Sqrt, 1, 1),
        ("Math.log", Func::Ln, 1, 1),
        ("Math.exp", Func::Exp, 1, 1),
    ],
    constants: &[("true", Constant::True), ("false", Constant::False), ("null", Constant::Nothing)],
    word_signs: ".",
    has_bare_names: true,
    has_hyphens: false,
    ignores_case: false,
    has_escapes: true,
    has_left_powers: false,
    has_choice: true,
    has_index: true,
    special: nothing_special,
};
