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
            Operator::Union => return self.union(vec![left, right]),
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

    /// `|` drops values that are equal, so at most one of all may be there.
    pub(super) fn union(&mut self, all: Vec<Symbol<'w>>) -> Evaluated<Symbol<'w>> {
        let nothing = |elem: &Elem<'w>| matches!(elem, Elem::Number(Num::Missing));
        let lists = all.into_iter().map(|symbol| self.values(symbol));
        let lists = lists.collect::<Evaluated<Vec<_>>>()?;
        let mut all: Vec<Elem<'w>> =
            lists.into_iter().flatten().filter(|elem| !nothing(elem)).collect();
        if all.len() < 2 {
            return Ok(Symbol::Values(all));
        }
        let mut first = Num::Missing;
        let mut before: Vec<Vec<Truth>> = Vec::new();
        for value in all.drain(..) {
            let Elem::Number(number) = value else { return Err(dropped()) };
            let own = needed(&number);
            // Of numbers of which only one is ever there, none is dropped.
            if !before.iter().all(|other| are_exclusive(other, &own)) {
                return Err(dropped());
            }
            before.push(own);
            first = first.either(number);
        }
        Ok(Symbol::Values(vec![Elem::Number(first)]))
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

fn dropped() -> String {
    "it joins answers by `|`, which drops those that are equal".to_owned()
}

/// The conditions that are true if a number is there.
fn needed(of: &Num) -> Vec<Truth> {
    let mut found = Vec::new();
    let mut of = of;
    loop {
        of = match of {
            Num::If(test, then, otherwise) if **otherwise == Num::Missing => {
                match &**test {
                    Truth::All(parts) => found.extend(parts.iter().cloned()),
                    test => found.push(test.clone()),
                }
                then
            }
            // One of several: what all of them need is not looked for.
            _ => return found,
        };
    }
}

/// Whether a condition of one list is never true together with one of the other.
fn are_exclusive(one: &[Truth], other: &[Truth]) -> bool {
    let exclusive = |a: &Truth, b: &Truth| match (a, b) {
        (Truth::Compare(c, x, y), Truth::Compare(d, z, w)) => {
            c.opposite() == *d && x == z && y == w
        }
        (Truth::Among(item, some), Truth::Among(of, others)) => {
            item == of && some.iter().all(|value| !others.contains(value))
        }
        (Truth::Not(of), other) | (other, Truth::Not(of)) => **of == *other,
        _ => false,
    };
    one.iter().any(|a| other.iter().any(|b| exclusive(a, b)))
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
