//! Values as numbers, truth values and words.

use super::super::algebra::{Num, Truth, Word};
use super::super::members::written;
use super::super::scalar::{Datum, Evaluated};
use super::{Elem, Symbol, Translated, Translator};

impl<'w> Translator<'w> {
    /// The only value of a collection; `None` if it is always empty.
    pub(super) fn single(&mut self, symbol: Symbol<'w>) -> Evaluated<Option<Elem<'w>>> {
        let mut values = self.values(symbol)?;
        match values.len() {
            0 => Ok(None),
            1 => Ok(values.pop()),
            _ => {
                Err("it uses the answers to several questions where one value is expected"
                    .to_owned())
            }
        }
    }

    pub(super) fn values(&mut self, symbol: Symbol<'w>) -> Evaluated<Vec<Elem<'w>>> {
        match symbol {
            Symbol::Values(values) => Ok(values),
            Symbol::Places(places) if places.is_empty() => Ok(Vec::new()),
            Symbol::Places(_) => {
                Err("it uses an item of the response where a value is expected".to_owned())
            }
        }
    }

    pub(super) fn number(&self, elem: Elem<'w>) -> Evaluated<Num> {
        let number = match elem {
            Elem::Fixed(Datum::Number(number)) => Some(Num::Constant(number)),
            Elem::Table(table) => table.number(),
            Elem::Number(number) => Some(number),
            Elem::Fixed(_) | Elem::Quantity(_) | Elem::Truth(_) | Elem::Word(_) => None,
        };
        number.ok_or_else(|| "it computes with something that is not a number".to_owned())
    }

    pub(super) fn truth(&self, elem: Elem<'w>) -> Evaluated<Truth> {
        let truth = match elem {
            Elem::Fixed(Datum::Truth(truth)) => Some(Truth::Constant(truth)),
            Elem::Table(table) => table.truth(),
            Elem::Truth(truth) => Some(truth),
            Elem::Fixed(_) | Elem::Quantity(_) | Elem::Number(_) | Elem::Word(_) => None,
        };
        truth.ok_or_else(|| {
            "it uses something that is not a truth value as a condition, which engines read differently"
                .to_owned()
        })
    }

    pub(super) fn word(&self, elem: Elem<'w>) -> Evaluated<Word> {
        let word = match &elem {
            Elem::Fixed(datum) => written(self.world, datum).map(Word::Text),
            Elem::Table(table) => table.word(|datum| written(self.world, datum)),
            Elem::Word(word) => Some(word.clone()),
            Elem::Quantity(_) | Elem::Number(_) | Elem::Truth(_) => None,
        };
        word.ok_or_else(|| "it uses something that is not a text as a text".to_owned())
    }

    /// A value of any type.
    pub(super) fn translated(&self, elem: Elem<'w>) -> Evaluated<Translated> {
        if let Elem::Quantity(number) = elem {
            return Ok(Translated::Number(number));
        }
        if let Ok(number) = self.number(elem.clone()) {
            return Ok(Translated::Number(number));
        }
        if let Ok(truth) = self.truth(elem.clone()) {
            return Ok(Translated::Truth(truth));
        }
        self.word(elem).map(Translated::Word).map_err(|_| {
            "its result is not a number, a truth value or a text, or not always the same".to_owned()
        })
    }

    pub(super) fn is_present(&self, elem: &Elem<'w>) -> Truth {
        match elem {
            Elem::Fixed(_) => Truth::Constant(true),
            Elem::Table(table) => table.presence(),
            Elem::Number(number) | Elem::Quantity(number) => number.clone().presence(),
            Elem::Truth(truth) => truth.clone().absence().negated(),
            Elem::Word(word) => word.clone().absence().negated(),
        }
    }

    /// The value if a condition is true, otherwise nothing.
    pub(super) fn only_if(&self, when: &Truth, elem: Elem<'w>) -> Evaluated<Elem<'w>> {
        if *when == Truth::Constant(true) {
            return Ok(elem);
        }
        self.choice(when.clone(), Some(elem), None)
    }

    /// One of two values.
    pub(super) fn choice(
        &self,
        when: Truth,
        then: Option<Elem<'w>>,
        otherwise: Option<Elem<'w>>,
    ) -> Evaluated<Elem<'w>> {
        let of = |elem: Option<Elem<'w>>| elem.map(|elem| self.translated(elem)).transpose();
        let known = |of: &Translated| *of != Translated::Number(Num::Missing);
        let (then, otherwise) = (of(then)?.filter(known), of(otherwise)?.filter(known));
        let (then, otherwise) = match (then, otherwise) {
            (Some(then), Some(otherwise)) => (then, otherwise),
            (Some(then), None) => {
                let missing = missing(&then);
                (then, missing)
            }
            (None, Some(otherwise)) => (missing(&otherwise), otherwise),
            (None, None) => return Ok(Elem::Number(Num::Missing)),
        };
        match (then, otherwise) {
            (Translated::Number(then), Translated::Number(otherwise)) => {
                Ok(Elem::Number(Num::choice(when, then, otherwise)))
            }
            (Translated::Truth(then), Translated::Truth(otherwise)) => {
                Ok(Elem::Truth(Truth::choice(when, then, otherwise)))
            }
            (Translated::Word(then), Translated::Word(otherwise)) => {
                Ok(Elem::Word(Word::choice(when, then, otherwise)))
            }
            _ => Err("its branches have values of different types".to_owned()),
        }
    }
}

/// A missing value of the same type.
fn missing(of: &Translated) -> Translated {
    match of {
        Translated::Number(_) => Translated::Number(Num::Missing),
        Translated::Truth(_) => Translated::Truth(Truth::Missing),
        Translated::Word(_) => Translated::Word(Word::Missing),
    }
}
