//! Functions of values.

use super::super::algebra::{Among, Num, Truth};
use super::super::ast::{Ast, Operator, Step};
use super::super::scalar::{Datum, Evaluated, of_json};
use super::super::simplify::{is_whole, low};
use super::{Elem, Symbol, This, Translator};

impl<'w> Translator<'w> {
    /// Follows a step from values.
    pub(super) fn follow_values(
        &mut self,
        values: Vec<Elem<'w>>,
        step: &Step,
        at: usize,
        this: Option<&This<'w>>,
    ) -> Evaluated<Symbol<'w>> {
        let (name, arguments) = match step {
            Step::Call(name, arguments) => (name.as_str(), &arguments[..]),
            Step::Member(_) => ("", &[][..]),
            Step::Index(index) if **index == Ast::Number(0.0) => ("first", &[][..]),
            Step::Index(_) => return Err("it chooses among answers by their position".to_owned()),
        };
        if let Some(symbol) = self.whole(&values, (name, arguments), at, this)? {
            return Ok(symbol);
        }
        let mut all = Vec::new();
        for value in values {
            all.extend(self.each(value, step, at)?);
        }
        Ok(Symbol::Values(all))
    }

    /// Functions of a whole collection. `None` if it is none of them.
    fn whole(
        &mut self,
        values: &[Elem<'w>],
        (name, arguments): (&str, &[Ast]),
        at: usize,
        this: Option<&This<'w>>,
    ) -> Evaluated<Option<Symbol<'w>>> {
        let truth = |truth| Ok(Some(Symbol::Values(vec![Elem::Truth(truth)])));
        match (name, arguments) {
            ("exists" | "hasValue", []) => truth(Truth::any(self.present(values))),
            ("empty", []) => truth(Truth::any(self.present(values)).negated()),
            ("exists", [criterion]) => {
                let step = Step::Call("where".to_owned(), vec![criterion.clone()]);
                match self.follow_values(values.to_vec(), &step, at, this)? {
                    Symbol::Values(found) => truth(Truth::any(self.present(&found))),
                    Symbol::Places(_) => Ok(None),
                }
            }
            ("count", []) => Ok(Some(number(self.count(values)))),
            ("sum" | "avg" | "min" | "max", []) => {
                let function = match name {
                    "avg" => "mean",
                    "sum" => "sum",
                    "min" => "min",
                    _ => "max",
                };
                Ok(Some(number(self.among(values, function)?)))
            }
            ("first" | "single" | "distinct", []) => match values {
                [] | [_] => Ok(Some(Symbol::Values(values.to_vec()))),
                _ if name == "first" => {
                    let mut first = Num::Missing;
                    for value in values {
                        first = first.either(self.number(value.clone())?);
                    }
                    Ok(Some(number(first)))
                }
                _ => Err(format!("it uses `{name}` on the answers to several questions")),
            },
            ("not", []) => match self.single(Symbol::Values(values.to_vec()))? {
                None => truth(Truth::Missing),
                Some(value) => truth(self.truth(value)?.negated()),
            },
            ("combine", [other]) => {
                let other = self.symbol(other, at, this)?;
                let other = self.values(other)?;
                Ok(Some(Symbol::Values(values.iter().cloned().chain(other).collect())))
            }
            ("union", [other]) => {
                let other = self.symbol(other, at, this)?;
                self.join(Operator::Union, Symbol::Values(values.to_vec()), other).map(Some)
            }
            ("aggregate", [of, initial @ ..]) => self.total(values, of, initial).map(Some),
            ("trace", _) => Ok(Some(Symbol::Values(values.to_vec()))),
            _ => Ok(None),
        }
    }

    fn present(&self, values: &[Elem<'w>]) -> Vec<Truth> {
        values.iter().map(|value| self.is_present(value)).collect()
    }

    fn count(&self, values: &[Elem<'w>]) -> Num {
        let numbers: Evaluated<Vec<Num>> =
            values.iter().map(|value| self.number(value.clone())).collect();
        match numbers {
            Ok(numbers) if !numbers.is_empty() => Num::Answered(numbers),
            _ => {
                let one = |truth| Num::choice(truth, Num::Constant(1.0), Num::Constant(0.0));
                let sum = self.present(values).into_iter().map(one).reduce(Num::plus);
                sum.unwrap_or(Num::Constant(0.0))
            }
        }
    }

    fn among(&self, values: &[Elem<'w>], function: &'static str) -> Evaluated<Num> {
        let of: Vec<Num> =
            values.iter().map(|value| self.number(value.clone())).collect::<Evaluated<_>>()?;
        Ok(match of.len() {
            0 => Num::Missing,
            1 => of.into_iter().next().unwrap_or(Num::Missing),
            _ => Num::Among(Among { function, of, least: 1, prorate: false }),
        })
    }

    /// `aggregate`, if it adds up.
    fn total(&mut self, values: &[Elem<'w>], of: &Ast, initial: &[Ast]) -> Evaluated<Symbol<'w>> {
        let adds = match of {
            Ast::Chain(first, rest) => {
                let sides = match &rest[..] {
                    [(Operator::Plus, right)] => Some((&**first, right)),
                    _ => None,
                };
                matches!(sides, Some((Ast::This, Ast::Total) | (Ast::Total, Ast::This)))
            }
            _ => false,
        };
        match (adds, initial) {
            (true, [Ast::Number(initial)]) => {
                let sum = self.among(values, "sum")?.either(Num::Constant(0.0));
                Ok(number(sum.plus(Num::Constant(*initial))))
            }
            _ => Err("it uses `aggregate` for something else than a sum".to_owned()),
        }
    }

    /// A step from one value.
    fn each(&mut self, value: Elem<'w>, step: &Step, at: usize) -> Evaluated<Vec<Elem<'w>>> {
        if let (Elem::Table(table), true) =
            (&value, !matches!(step, Step::Call(name, _) if name == "iif"))
        {
            let arguments = match step {
                Step::Call(_, arguments) => &arguments[..],
                Step::Member(_) | Step::Index(_) => &[],
            };
            let mut own = true;
            for argument in arguments {
                let nodes = self.reach.nodes(argument, at, Some(&[]))?;
                own &= nodes.iter().all(|node| *node == table.node);
            }
            if own {
                return Ok(vec![Elem::Table(table.follow(self.world, step, at)?)]);
            }
        }
        match step {
            Step::Member(name) => self.element(value, name),
            Step::Call(name, arguments) => self.call(value, name, arguments, at),
            Step::Index(_) => Err("it chooses among answers by their position".to_owned()),
        }
    }

    fn element(&self, value: Elem<'w>, name: &str) -> Evaluated<Vec<Elem<'w>>> {
        match value {
            Elem::Quantity(number) if name == "value" => Ok(vec![Elem::Number(number)]),
            Elem::Fixed(Datum::Json(json)) => {
                let found = match json.get(name) {
                    Some(serde_json::Value::Array(all)) => all.iter().filter_map(of_json).collect(),
                    Some(one) => of_json(one).into_iter().collect(),
                    None => Vec::new(),
                };
                Ok(found.into_iter().map(Elem::Fixed).collect())
            }
            _ => Err(format!("it uses the element `{name}` of something that has none")),
        }
    }

    fn call(
        &mut self,
        value: Elem<'w>,
        name: &str,
        arguments: &[Ast],
        at: usize,
    ) -> Evaluated<Vec<Elem<'w>>> {
        match (name, arguments) {
            ("where", [criterion]) => {
                let this = This::Value(value.clone());
                let symbol = self.symbol(criterion, at, Some(&this))?;
                let elem = self.single(symbol)?;
                let met = elem.map_or(Ok(Truth::Missing), |elem| self.truth(elem))?;
                Ok(vec![self.only_if(&met, value)?])
            }
            ("select", [of]) => {
                let present = self.is_present(&value);
                let symbol = self.symbol(of, at, Some(&This::Value(value)))?;
                let mut found = Vec::new();
                for elem in self.values(symbol)? {
                    // What does not use the value is still there only with it.
                    let missing = self.is_present(&elem);
                    let same = missing == present;
                    found.push(if same { elem } else { self.only_if(&present, elem)? });
                }
                Ok(found)
            }
            ("iif", [condition, rest @ ..]) => {
                let this = This::Value(value);
                self.iif(condition, rest, at, Some(&this)).map(|elem| elem.into_iter().collect())
            }
            _ => self.function(value, name, arguments, at).map(|elem| vec![elem]),
        }
    }

    /// A choice.
    pub(super) fn iif(
        &mut self,
        condition: &Ast,
        rest: &[Ast],
        at: usize,
        this: Option<&This<'w>>,
    ) -> Evaluated<Option<Elem<'w>>> {
        let symbol = self.symbol(condition, at, this)?;
        let elem = self.single(symbol)?;
        let when = elem.map_or(Ok(Truth::Missing), |elem| self.truth(elem))?;
        let mut branches = Vec::new();
        for branch in rest {
            let symbol = self.symbol(branch, at, this)?;
            branches.push(self.single(symbol)?);
        }
        let mut branches = branches.into_iter();
        match (branches.next(), branches.next().flatten(), branches.next()) {
            (Some(then), otherwise, None) => self.choice(when, then, otherwise).map(Some),
            _ => Err("`iif` has wrong arguments".to_owned()),
        }
    }

    fn function(
        &mut self,
        value: Elem<'w>,
        name: &str,
        arguments: &[Ast],
        at: usize,
    ) -> Evaluated<Elem<'w>> {
        match (name, arguments) {
            ("power", [by]) if !matches!(by, Ast::Number(_)) => {
                let by = self.symbol(by, at, None)?;
                let Some(by) = self.single(by)? else { return Ok(Elem::Number(Num::Missing)) };
                return match (self.number(value)?, self.number(by)?) {
                    (Num::Constant(base), by) if base > 0.0 => {
                        let by = by.times(Num::Constant(base.ln()));
                        Ok(Elem::Number(Num::Apply("exp", Box::new(by))))
                    }
                    _ => Err("it uses `power` with other arguments than a number".to_owned()),
                };
            }
            ("toBoolean", []) => return self.truth(value).map(Elem::Truth),
            ("ofType" | "as", [Ast::Path(None, steps)]) => {
                return match (&value, &steps[..]) {
                    (Elem::Number(_), [Step::Member(kind)]) if kind == "decimal" => Ok(value),
                    (Elem::Quantity(_), [Step::Member(kind)]) if kind == "Quantity" => Ok(value),
                    _ => Err("it asks for the type of something".to_owned()),
                };
            }
            ("toDecimal" | "toInteger", []) if matches!(value, Elem::Truth(_)) => {
                let truth = self.truth(value)?;
                let one = Num::choice(truth.clone(), Num::Constant(1.0), Num::Constant(0.0));
                return Ok(Elem::Number(Num::choice(truth.absence(), Num::Missing, one)));
            }
            _ => {}
        }
        const FUNCTIONS: [&str; 12] = [
            "toDecimal",
            "toInteger",
            "round",
            "abs",
            "floor",
            "ceiling",
            "truncate",
            "sqrt",
            "ln",
            "exp",
            "power",
            "log",
        ];
        if !FUNCTIONS.contains(&name) {
            return Err(format!("it uses the function `{name}`"));
        }
        let of = self.number(value)?;
        let apply = |name, of: Num| Num::Apply(name, Box::new(of));
        Ok(Elem::Number(match (name, arguments) {
            ("toDecimal", []) => of,
            ("toInteger", []) if is_whole(&of, &self.bounds) => of,
            ("toInteger", []) => {
                return Err(
                    "it converts a decimal by `toInteger`, which engines do differently".to_owned()
                );
            }
            ("round", []) => self.rounded(of, 0),
            ("round", [Ast::Number(digits)])
                if (0.0..=6.0).contains(digits) && digits.fract() == 0.0 =>
            {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "0 to 6"
                )]
                self.rounded(of, *digits as u32)
            }
            ("abs", []) => apply("abs", of),
            ("floor", []) => apply("floor", of),
            ("ceiling", []) => apply("ceiling", of),
            ("truncate", []) => apply("truncate", of),
            ("sqrt", []) => apply("sqrt", of),
            ("ln", []) => apply("ln", of),
            ("exp", []) => apply("exp", of),
            ("power", [Ast::Number(by)]) if (1.0..=12.0).contains(by) && by.fract() == 0.0 =>
            {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "1 to 12"
                )]
                Num::Power(Box::new(of), *by as u32)
            }
            ("log", [Ast::Number(base)]) if *base > 0.0 && *base != 1.0 => {
                apply("ln", of).over(Num::Constant(base.ln()))
            }
            _ => return Err(format!("it uses `{name}` with other arguments than a number")),
        }))
    }

    /// Halves go up, also those of negative numbers; our `round` takes them away from zero.
    fn rounded(&self, of: Num, decimals: u32) -> Num {
        if low(&of, &self.bounds).is_some_and(|low| low >= 0.0) {
            return Num::Round(Box::new(of), decimals);
        }
        let scale = Num::Constant(10_f64.powi(i32::try_from(decimals).unwrap_or(0)));
        let up = of.times(scale.clone()).plus(Num::Constant(0.5));
        Num::Apply("floor", Box::new(up)).over(scale)
    }
}

fn number<'w>(number: Num) -> Symbol<'w> {
    Symbol::Values(vec![Elem::Number(number)])
}
