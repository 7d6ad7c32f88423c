//! Operators.

use super::super::algebra::{Num, Truth};
use super::super::ast::Operator;
use super::super::scalar::{Datum, Evaluated};
use super::spots::compared;
use super::{Elem, Symbol, Translator};

impl<'w> Translator<'w> {
    /// Joins two collections by an operator.
    pub(super) fn join(
        &mut self,
        operator: Operator,
        left: Symbol<'w>,
        right: Symbol<'w>,
    ) -> Evaluated<Symbol<'w>> {
        match operator {
            Operator::Union => return self.union(left, right),
            Operator::In => return self.membership(left, right),
            Operator::Contains => return self.membership(right, left),
            Operator::Equivalent | Operator::NotEquivalent | Operator::Join => {
                return Err("it uses `~` or `&` on the answers to several questions".to_owned());
            }
            _ => {}
        }
        let (left, right) = (self.single(left)?, self.single(right)?);
        Ok(Symbol::Values(match operator {
            Operator::And | Operator::Or | Operator::Xor | Operator::Implies => {
                let of = |elem: Option<Elem<'w>>| {
                    elem.map_or(Ok(Truth::Missing), |elem| self.truth(elem))
                };
                vec![Elem::Truth(logic(operator, of(left)?, of(right)?))]
            }
            _ => match (left, right) {
                (Some(left), Some(right)) => vec![self.both(operator, left, right)?],
                _ => Vec::new(),
            },
        }))
    }

    fn both(&self, operator: Operator, left: Elem<'w>, right: Elem<'w>) -> Evaluated<Elem<'w>> {
        if let Some(elem) = self.equality(operator, &left, &right)? {
            return Ok(elem);
        }
        if let (Ok(comparison), (Elem::Quantity(_), _) | (_, Elem::Quantity(_))) =
            (compared(operator), (&left, &right))
        {
            return Err(format!("it compares a quantity by `{}`", comparison.sign()));
        }
        let (left, right) = (self.number(left)?, self.number(right)?);
        Ok(match operator {
            Operator::Plus => Elem::Number(left.plus(right)),
            Operator::Minus => Elem::Number(left.plus(right.negative())),
            Operator::Times => Elem::Number(left.times(right)),
            Operator::Over => Elem::Number(left.over(right)),
            Operator::Div => Elem::Number(Num::Apply("truncate", Box::new(left.over(right)))),
            Operator::Mod => {
                let whole = Num::Apply("truncate", Box::new(left.clone().over(right.clone())));
                Elem::Number(left.plus(right.times(whole).negative()))
            }
            _ => Elem::Truth(Truth::compare(compared(operator)?, left, right)),
        })
    }

    /// Equality of texts and truth values; `None` for numbers and other operators.
    fn equality(
        &self,
        operator: Operator,
        left: &Elem<'w>,
        right: &Elem<'w>,
    ) -> Evaluated<Option<Elem<'w>>> {
        let is_equal = match operator {
            Operator::Equal => true,
            Operator::Unequal => false,
            _ => return Ok(None),
        };
        let signed = |truth: Truth| Elem::Truth(if is_equal { truth } else { truth.negated() });
        let text = |elem: &Elem<'w>| match elem {
            Elem::Fixed(Datum::Text(text)) => Some(text.to_string()),
            _ => None,
        };
        if let (Elem::Word(word), Some(text)) = (left, text(right)) {
            return Ok(Some(signed(word.is(&text))));
        }
        if let (Some(text), Elem::Word(word)) = (text(left), right) {
            return Ok(Some(signed(word.is(&text))));
        }
        match (self.truth(left.clone()), self.truth(right.clone())) {
            (Ok(Truth::Constant(constant)), Ok(of)) | (Ok(of), Ok(Truth::Constant(constant))) => {
                Ok(Some(signed(if constant { of } else { of.negated() })))
            }
            (Ok(left), Ok(right)) => {
                let differs = logic(Operator::Xor, left, right);
                Ok(Some(signed(differs.negated())))
            }
            _ => Ok(None),
        }
    }

    /// `|` drops values that are equal, so at most one side may have any.
    fn union(&mut self, left: Symbol<'w>, right: Symbol<'w>) -> Evaluated<Symbol<'w>> {
        let (left, right) = (self.values(left)?, self.values(right)?);
        let nothing = |elem: &Elem<'w>| matches!(elem, Elem::Number(Num::Missing));
        let mut all: Vec<Elem<'w>> =
            left.into_iter().chain(right).filter(|elem| !nothing(elem)).collect();
        match all.len() {
            0 | 1 => Ok(Symbol::Values(all)),
            2 => {
                let exclusive = exclusive(&all[0], &all[1]);
                match (exclusive, all.pop(), all.pop()) {
                    (true, Some(Elem::Number(second)), Some(Elem::Number(first))) => {
                        Ok(Symbol::Values(vec![Elem::Number(first.either(second))]))
                    }
                    _ => {
                        Err("it joins answers by `|`, which drops those that are equal".to_owned())
                    }
                }
            }
            _ => Err("it joins answers by `|`, which drops those that are equal".to_owned()),
        }
    }

    fn membership(&mut self, one: Symbol<'w>, all: Symbol<'w>) -> Evaluated<Symbol<'w>> {
        let all = self.values(all)?;
        let Some(one) = self.single(one)? else { return Ok(Symbol::Values(Vec::new())) };
        let mut any = Vec::new();
        for other in all {
            let equal = match self.table_is(&other, &one) {
                Some(truth) => truth,
                None => {
                    let elem = self.both(Operator::Equal, one.clone(), other.clone())?;
                    self.truth(elem)?
                }
            };
            // A value that is missing is not in the collection.
            let present = self.is_present(&other);
            any.push(Truth::choice(present, equal, Truth::Constant(false)));
        }
        let known = self.is_present(&one);
        let found = Truth::any(any);
        Ok(Symbol::Values(vec![Elem::Truth(Truth::choice(known, found, Truth::Missing))]))
    }

    /// Whether a value of a table is a fixed value.
    fn table_is(&self, of: &Elem<'w>, one: &Elem<'w>) -> Option<Truth> {
        let (Elem::Table(table), Elem::Fixed(one)) = (of, one) else { return None };
        let is = |of: &Vec<Datum<'w>>| vec![Datum::Truth(of.contains(one))];
        let per = table.per.iter().map(is).collect();
        let values = table.values.clone();
        let table = super::super::tables::Table { per, values, blank: is(&table.blank), ..*table };
        table.truth()
    }
}

/// Whether two numbers are never both there: one is chosen by a comparison, the other by its opposite.
fn exclusive(one: &Elem<'_>, other: &Elem<'_>) -> bool {
    let (Elem::Number(Num::If(first, _, a)), Elem::Number(Num::If(second, _, b))) = (one, other)
    else {
        return false;
    };
    let opposite = match (&**first, &**second) {
        (Truth::Compare(one, a, b), Truth::Compare(other, c, d)) => {
            one.opposite() == *other && a == c && b == d
        }
        (Truth::Not(of), other) | (other, Truth::Not(of)) => **of == *other,
        _ => false,
    };
    opposite && **a == Num::Missing && **b == Num::Missing
}

/// Three-valued logic.
pub(super) fn logic(operator: Operator, left: Truth, right: Truth) -> Truth {
    match operator {
        Operator::And => Truth::all([left, right]),
        Operator::Or => Truth::any([left, right]),
        Operator::Implies => Truth::any([left.negated(), right]),
        _ => Truth::any([
            Truth::all([left.clone(), right.clone().negated()]),
            Truth::all([left.negated(), right]),
        ]),
    }
}
