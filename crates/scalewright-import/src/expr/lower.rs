//! Translation of an expression into a formula, with the blanks of the source made explicit.

use super::call;
use super::compare;
use super::context::{Lowering, is_short};
use super::formula::F;
use super::low::{Gap, Low, arithmetic_gap};
use super::node::{Func, Node, Op, Ref};
use super::script;
use super::{Bound, Language};

impl Lowering<'_> {
    /// A part of an expression.
    pub(super) fn part(&mut self, node: &Node) -> Result<Low, String> {
        if self.language == Language::Script
            && let Some(part) = script::part(self, node)?
        {
            return Ok(part);
        }
        Ok(match node {
            Node::Number(number) => Low::Number(F::Number(*number), Gap::Never),
            Node::Text(text) => self.text(text),
            Node::Truth(truth) => Low::Truth(F::Truth(*truth)),
            Node::Nothing => Low::Blank,
            Node::Name(name) => self.name(name)?,
            Node::Line(line) => {
                let line = self.lines.get(*line).cloned();
                return line.ok_or_else(|| "a line is not known yet".to_owned());
            }
            Node::Not(inner) => match self.part(inner)? {
                Low::List(parts) => {
                    let negated =
                        parts.into_iter().map(|part| Ok(Low::Truth(self.met(part)?.negated())));
                    Low::List(negated.collect::<Result<_, String>>()?)
                }
                part => Low::Truth(self.met(part)?.negated()),
            },
            Node::Minus(inner) => match &**inner {
                Node::Number(number) => Low::Number(F::Number(-number), Gap::Never),
                _ if self.language == Language::SurveyJs => {
                    return Err("SurveyJS allows `-` before a number only".to_owned());
                }
                inner => {
                    let (formula, _) = self.operand(inner)?;
                    Low::number(F::Neg(Box::new(formula)), arithmetic_gap(self.language))
                }
            },
            Node::Chain(first, rest) => self.chain(node, first, rest)?,
            Node::Call(Func::If, args, _) => self.choice(args)?,
            Node::Call(func, args, leaves_blanks_out) => {
                call::call(self, *func, args, *leaves_blanks_out)?
            }
            Node::List(nodes) => {
                Low::List(nodes.iter().map(|node| self.part(node)).collect::<Result<_, String>>()?)
            }
        })
    }

    fn text(&self, text: &str) -> Low {
        match self.language {
            Language::RedCap if text.is_empty() || text.eq_ignore_ascii_case("nan") => Low::Blank,
            // Not `undefined`.
            Language::JavaScript | Language::R => Low::Text(text.to_owned()),
            _ if text.is_empty() => Low::Blank,
            _ => Low::Text(text.to_owned()),
        }
    }

    fn name(&self, name: &Ref) -> Result<Low, String> {
        let form = self.scope.form;
        match name.bound {
            // A blank is 0.
            Some(Bound::Item(item)) if self.language == Language::OpenScales => {
                let (formula, _) = self.number(Low::Item(item))?;
                Ok(Low::Number(formula.or_number(0.0), Gap::Never))
            }
            Some(Bound::Item(item)) => Ok(Low::Item(item)),
            Some(Bound::Ticked(item)) => Ok(Low::Tick(item)),
            Some(Bound::Score(score)) => {
                let found = form.scores.get(score).filter(|score| !score.id.is_empty());
                let reason = || {
                    format!("the score `{}` is not known yet (character {})", name.text, name.at)
                };
                let found = found.ok_or_else(reason)?;
                if let Some(answered) = super::helper::answered(form, found) {
                    return Ok(Low::Number(answered, Gap::Never));
                }
                if self.language == Language::OpenScales {
                    return Ok(Low::Number(F::Score(score).or_number(0.0), Gap::Never));
                }
                let gap = if self.language == Language::JavaScript { Gap::Nan } else { Gap::Blank };
                Ok(Low::Number(F::Score(score), gap))
            }
            None => Err(format!("`{}` is not understood (character {})", name.text, name.at)),
        }
    }

    /// An operand of arithmetic: in SurveyJS, a blank counts as 0.
    fn operand(&mut self, node: &Node) -> Result<(F, Gap), String> {
        let part = self.part(node)?;
        if let (Low::Text(text), Language::SurveyJs) = (&part, self.language) {
            return Err(format!("arithmetic with the text `{text}` may join texts"));
        }
        let (formula, gap) = self.number(part)?;
        if self.language == Language::SurveyJs {
            return Ok((formula.or_number(0.0), Gap::Never));
        }
        Ok((formula, gap))
    }

    /// A condition in the source. `and` and `or` are joined without brackets.
    pub(super) fn condition(&mut self, node: &Node) -> Result<F, String> {
        match node {
            Node::Not(inner) => Ok(self.condition(inner)?.negated()),
            Node::Chain(first, rest) if is_logic(rest) => self.logic(first, rest),
            other => {
                let part = self.part(other)?;
                self.met(part)
            }
        }
    }

    fn logic(&mut self, first: &Node, rest: &[(Op, Node)]) -> Result<F, String> {
        let is_or = rest.first().is_some_and(|(op, _)| *op == Op::Or);
        let before = self.present.len();
        let mut conditions = Vec::new();
        for node in std::iter::once(first).chain(rest.iter().map(|(_, node)| node)) {
            let condition = self.condition(node)?;
            if self.knows_what_is_present() {
                // What follows matters only if this does not decide.
                let known = if is_or { condition.clone().negated() } else { condition.clone() };
                self.present.extend(super::present::present_if(&known));
            }
            conditions.push(condition);
        }
        self.present.truncate(before);
        Ok(if is_or { F::any(conditions) } else { F::all(conditions) })
    }

    fn chain(&mut self, node: &Node, first: &Node, rest: &[(Op, Node)]) -> Result<Low, String> {
        let op = rest.first().map_or(Op::Add, |(op, _)| *op);
        match op {
            Op::Or if self.language == Language::JavaScript => self.default(first, rest),
            Op::Or | Op::And => {
                // The result is one of the operands, and a condition only if they are conditions.
                let gives_operands =
                    matches!(self.language, Language::SurveyJs | Language::JavaScript);
                if gives_operands && !is_condition(node) {
                    return Err(
                        "`and` or `or` gives one of its operands, which is not a condition"
                            .to_owned(),
                    );
                }
                Ok(Low::Truth(self.condition(node)?))
            }
            Op::Add | Op::Sub => self.sum(first, rest),
            Op::Mul | Op::Div | Op::Rem => self.product(first, rest),
            Op::Pow if rest.len() > 1 => Err("a power of a power is not understood".to_owned()),
            Op::Pow => self.power(first, &rest[0].1),
            Op::Union => {
                Err("`|` joins sets of nodes, which the engines of ODK do not compute".to_owned())
            }
            Op::In => {
                let Low::Item(item) = self.part(first)? else {
                    return Err("`%in%` is understood only for a question".to_owned());
                };
                let left = Low::Item(item);
                let mut options = Vec::new();
                self.part(&rest[0].1)?.flat(&mut options);
                let equals = options.into_iter().map(|option| {
                    Ok(compare::compare(self, Op::Eq, left.clone(), option)?.known())
                });
                Ok(Low::Truth(F::any(equals.collect::<Result<Vec<_>, String>>()?)))
            }
            Op::Contains | Op::NotContains | Op::AnyOf | Op::AllOf => Err(
                "`contains`, `anyof` and `allof` are understood only for the options of a question"
                    .to_owned(),
            ),
            _ if rest.len() > 1 => Err("comparisons are joined without `and`".to_owned()),
            _ => {
                if let Some(test) = call::length_test(self, op, first, &rest[0].1)? {
                    return Ok(Low::Truth(test));
                }
                let left = self.part(first)?;
                let right = self.part(&rest[0].1)?;
                Ok(Low::Truth(compare::compare(self, op, left, right)?))
            }
        }
    }

    /// `a || 0`: the first operand that is neither 0 nor missing, else the last.
    fn default(&mut self, first: &Node, rest: &[(Op, Node)]) -> Result<Low, String> {
        let mut parts = vec![self.part(first)?];
        for (_, node) in rest {
            parts.push(self.part(node)?);
        }
        let conditions = parts.iter().filter(|part| matches!(part, Low::Truth(_))).count();
        if conditions == parts.len() {
            let conditions = parts.into_iter().map(|part| self.met(part));
            return Ok(Low::Truth(F::any(conditions.collect::<Result<Vec<_>, _>>()?)));
        }
        if conditions > 0 {
            return Err("`||` gives a truth value or a number".to_owned());
        }
        let (mut result, mut gap) = self.number(parts.pop().unwrap_or(Low::Blank))?;
        while let Some(part) = parts.pop() {
            let (formula, _) = self.number(part)?;
            is_short(&formula)?;
            if result == F::Number(0.0) {
                (result, gap) = (formula.or_number(0.0), Gap::Never);
            } else {
                let truth = F::compare(Op::Ne, formula.clone(), F::Number(0.0)).known();
                result = F::choice(truth, formula, result);
            }
        }
        Ok(Low::number(result, gap))
    }

    fn sum(&mut self, first: &Node, rest: &[(Op, Node)]) -> Result<Low, String> {
        let mut terms = vec![(false, self.term(first, rest.first().map(|(op, _)| *op))?)];
        for (op, node) in rest {
            terms.push((*op == Op::Sub, self.term(node, Some(*op))?));
        }
        let is_there = terms.iter().all(|(_, term)| self.is_present(term));
        let gap = if is_there { Gap::Never } else { arithmetic_gap(self.language) };
        Ok(Low::number(F::Sum(terms), gap))
    }

    fn term(&mut self, node: &Node, op: Option<Op>) -> Result<F, String> {
        let (formula, _) = self.operand(node)?;
        let joins_texts = self.language == Language::LimeSurvey && op == Some(Op::Add);
        if joins_texts && !self.is_present(&formula) {
            return Err("`+` joins texts if a term is blank: `1 + '' + 2` is `12`".to_owned());
        }
        Ok(formula)
    }

    /// Whether a formula is not missing here.
    pub(super) fn is_present(&self, formula: &F) -> bool {
        let (items, _) = formula.operands();
        let is_open = |part: &F| matches!(part, F::Score(_)) && !self.present.contains(part);
        let is_plain =
            !formula.has(&|part| matches!(part, F::Missing | F::Product(_) | F::Recode(..)));
        !formula.can_miss()
            || is_plain
                && !formula.has(&is_open)
                && items.iter().all(|item| self.present.contains(&F::Item(*item)))
    }

    fn product(&mut self, first: &Node, rest: &[(Op, Node)]) -> Result<Low, String> {
        let mut factors = vec![(false, self.operand(first)?.0)];
        for (op, node) in rest {
            let (formula, _) = self.operand(node)?;
            if *op == Op::Rem {
                factors.iter().try_for_each(|(_, factor)| is_short(factor))?;
                is_short(&formula)?;
                let left =
                    if factors.len() == 1 { factors.remove(0).1 } else { F::Product(factors) };
                factors = vec![(false, remainder(self.language, left, formula))];
            } else {
                factors.push((*op == Op::Div, formula));
            }
        }
        let formula = if factors.len() == 1 { factors.remove(0).1 } else { F::Product(factors) };
        Ok(Low::number(formula, arithmetic_gap(self.language)))
    }

    pub(super) fn power(&mut self, base: &Node, power: &Node) -> Result<Low, String> {
        let (base, _) = self.operand(base)?;
        let Node::Number(power) = power else { return Err("a power is not a number".to_owned()) };
        let whole = power.fract() == 0.0 && (0.0..=20.0).contains(power);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 20")]
        let formula = match *power {
            0.5 => F::Apply("sqrt", Box::new(base)),
            power if whole => F::Power(Box::new(base), power as u32),
            power => return Err(format!("the power {power} is not understood")),
        };
        Ok(Low::number(formula, arithmetic_gap(self.language)))
    }

    fn choice(&mut self, args: &[Node]) -> Result<Low, String> {
        let condition = self.condition(&args[0])?;
        if self.is_known(&condition) {
            return self.part(&args[1]);
        }
        let before = self.present.len();
        self.present.extend(super::present::present_if(&condition));
        let then = self.part(&args[1])?;
        self.present.truncate(before);
        if self.knows_what_is_present() {
            self.present.extend(super::present::present_if(&condition.clone().negated()));
        }
        let otherwise = args.get(2).map_or(Ok(Low::Blank), |node| self.part(node))?;
        self.present.truncate(before);
        self.branches(condition, then, otherwise)
    }

    /// Whether conditions are true or false, so that what they ask for is present beside them and in their branches.
    fn knows_what_is_present(&self) -> bool {
        matches!(self.language, Language::Script | Language::SurveyJs | Language::LimeSurvey)
    }

    /// Whether a condition asks only for what is known to be present here.
    fn is_known(&self, condition: &F) -> bool {
        let parts = match condition {
            F::And(parts) => &parts[..],
            one => std::slice::from_ref(one),
        };
        let is_present = |of: &F| self.present.contains(of);
        parts.iter().all(|part| super::facts::present_guard(part).is_some_and(is_present))
    }

    fn branches(&self, condition: F, then: Low, otherwise: Low) -> Result<Low, String> {
        let is_word = |part: &Low| match part {
            Low::Words(_) => true,
            Low::Text(text) => super::dialect::parsed(text).is_none(),
            _ => false,
        };
        if is_word(&then) || is_word(&otherwise) {
            let (then, otherwise) = (words(then)?, words(otherwise)?);
            return Ok(Low::Words(F::choice(condition, then, otherwise)));
        }
        if let (Low::Truth(then), Low::Truth(otherwise)) = (&then, &otherwise) {
            is_short(&condition)?;
            let met = F::all([condition.clone(), then.clone()]);
            let unmet = F::all([condition.negated(), otherwise.clone()]);
            return Ok(Low::Truth(F::any([met, unmet])));
        }
        let (then, then_gap) = self.branch(then)?;
        let (otherwise, otherwise_gap) = self.branch(otherwise)?;
        let gap = then_gap.or(otherwise_gap);
        let gap = if gap == Gap::Never && condition.can_miss() { Gap::Blank } else { gap };
        Ok(Low::number(F::choice(condition, then, otherwise), gap))
    }

    /// A branch that gives a number. An empty text stays one, also where arithmetic would make NaN of it.
    fn branch(&self, part: Low) -> Result<(F, Gap), String> {
        match part {
            Low::Blank => Ok((F::Missing, Gap::Blank)),
            Low::Text(text) if text.is_empty() => Ok((F::Missing, Gap::Blank)),
            Low::Text(text) => {
                let number = super::dialect::parsed(&text);
                number
                    .map(|number| (F::Number(number), Gap::Never))
                    .ok_or_else(|| format!("the text `{text}` is computed with"))
            }
            other => self.number(other),
        }
    }
}

/// `left - right * truncate(left / right)`; in R, the quotient is rounded down.
fn remainder(language: Language, left: F, right: F) -> F {
    let quotient = F::Product(vec![(false, left.clone()), (true, right.clone())]);
    let rounding = if language == Language::R { "floor" } else { "truncate" };
    let whole = F::Apply(rounding, Box::new(quotient));
    F::Sum(vec![(false, left), (true, F::Product(vec![(false, right), (false, whole)]))])
}

/// A branch that gives a word or nothing.
pub(super) fn words(part: Low) -> Result<F, String> {
    match part {
        Low::Words(formula) => Ok(formula),
        Low::Blank => Ok(F::Missing),
        Low::Text(text) if text.is_empty() => Ok(F::Missing),
        Low::Text(text) if text.contains(['"', '\\']) || text.chars().any(char::is_control) => {
            Err(format!("the word `{text}` contains quotes"))
        }
        Low::Text(text) => Ok(F::Word(text)),
        _ => Err("the result is a word in some cases and a number in others".to_owned()),
    }
}

/// Whether a part gives a truth value, as far as its form shows.
fn is_condition(node: &Node) -> bool {
    match node {
        Node::Truth(_) | Node::Not(_) | Node::Call(Func::IsBlank | Func::IsPresent, ..) => true,
        Node::Chain(first, rest) if is_logic(rest) => {
            is_condition(first) && rest.iter().all(|(_, node)| is_condition(node))
        }
        Node::Chain(_, rest) => rest.iter().all(|(op, _)| op.compares()),
        _ => false,
    }
}

/// Whether a chain consists of `and` or of `or`.
fn is_logic(rest: &[(Op, Node)]) -> bool {
    rest.first().is_some_and(|(op, _)| matches!(op, Op::And | Op::Or))
}
