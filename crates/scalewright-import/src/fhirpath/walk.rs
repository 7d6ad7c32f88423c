//! Goes through translated rules: how many operations they have, and which numbers they use.

use super::algebra::{Num, Truth, Word, WordOf};

/// A part of a rule.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    Number(&'a Num),
    Truth(&'a Truth),
    Word(&'a Word),
}

impl<'a> Part<'a> {
    /// The direct parts.
    fn parts(self) -> Vec<Self> {
        match self {
            Self::Number(number) => match number {
                Num::Constant(_)
                | Num::Missing
                | Num::Item(_)
                | Num::Reversed(_)
                | Num::Score(_)
                | Num::Recoded(..) => Vec::new(),
                Num::Either(a, b) | Num::Times(a, b) | Num::Over(a, b) => {
                    vec![Self::Number(a), Self::Number(b)]
                }
                Num::Count(tests, _) => tests.iter().map(Self::Truth).collect(),
                Num::Sum(all) | Num::Answered(all) => all.iter().map(Self::Number).collect(),
                Num::Among(among) => among.of.iter().map(Self::Number).collect(),
                Num::Negative(of) | Num::Apply(_, of) | Num::Power(of, _) | Num::Round(of, _) => {
                    vec![Self::Number(of)]
                }
                Num::If(test, then, otherwise) => {
                    vec![Self::Truth(test), Self::Number(then), Self::Number(otherwise)]
                }
            },
            Self::Truth(truth) => match truth {
                Truth::Constant(_) | Truth::Missing | Truth::Among(..) | Truth::IsWord(..) => {
                    Vec::new()
                }
                Truth::Compare(_, a, b) => vec![Self::Number(a), Self::Number(b)],
                Truth::All(all) | Truth::Any(all) => all.iter().map(Self::Truth).collect(),
                Truth::Not(of) => vec![Self::Truth(of)],
                Truth::IsMissing(of) => vec![match &**of {
                    WordOf::Number(of) => Self::Number(of),
                    WordOf::Truth(of) => Self::Truth(of),
                    WordOf::Word(of) => Self::Word(of),
                }],
                Truth::If(test, then, otherwise) => {
                    vec![Self::Truth(test), Self::Truth(then), Self::Truth(otherwise)]
                }
            },
            Self::Word(word) => match word {
                Word::Text(_) | Word::Missing | Word::Score(_) => Vec::new(),
                Word::If(test, then, otherwise) => {
                    vec![Self::Truth(test), Self::Word(then), Self::Word(otherwise)]
                }
            },
        }
    }

    /// All parts at any depth, this one first. Stops after `most`.
    pub(crate) fn all(self, most: usize) -> Vec<Self> {
        let mut found = vec![self];
        let mut next = 0;
        while next < found.len() && found.len() <= most {
            let part = found[next];
            found.extend(part.parts());
            next += 1;
        }
        found
    }
}
