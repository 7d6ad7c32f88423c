//! Tables: what depends on the answer to one question with options.

use scalewright_model::OptionValue;
use std::collections::BTreeMap;

use super::algebra::{Num, Truth, Word};
use super::ast::Ast;
use super::machine::{Context, Machine};
use super::respond::answer;
use super::scalar::{Collection, Datum, Evaluated};
use super::world::{Answered, World};

/// A collection for each answer to an item of the form.
#[derive(Debug, Clone)]
pub(crate) struct Table<'w> {
    /// The question.
    pub(crate) node: usize,
    /// The item of the form.
    pub(crate) item: usize,
    /// The coded values.
    pub(crate) values: Vec<OptionValue>,
    /// The collection for each value.
    pub(crate) per: Vec<Collection<'w>>,
    /// The collection without an answer.
    pub(crate) blank: Collection<'w>,
}

/// The responses in which only one question is answered: for each option, and without an answer.
fn responses<'w>(
    world: &'w World,
    node: usize,
) -> Option<(usize, Vec<OptionValue>, Vec<Machine<'w>>)> {
    let question = world.nodes[node].question.as_ref()?;
    let Answered::One { item, offered } = &question.answered else { return None };
    let nothing = vec![Vec::new(); world.nodes.len()];
    let with = |at: usize, json| {
        let mut given = nothing.clone();
        given[node] = vec![answer(node, at, json)];
        Machine::new(world, given)
    };
    let machines = offered.iter().enumerate().map(|(at, offered)| with(at, &offered.json));
    let values = offered.iter().map(|offered| offered.value).collect();
    let machines = machines.chain([Machine::new(world, nothing.clone())]).collect();
    Some((*item, values, machines))
}

/// What each value gives, and what is there without an answer.
type Singles<T> = (Vec<(OptionValue, Option<T>)>, Option<T>);

impl<'w> Table<'w> {
    /// Evaluates an expression that depends on one question. `None` if that has no options.
    pub(crate) fn of(
        world: &'w World,
        node: usize,
        ast: &Ast,
        at: usize,
        this: Option<&Self>,
    ) -> Evaluated<Option<Self>> {
        let Some((item, values, mut machines)) = responses(world, node) else { return Ok(None) };
        let mut all = Vec::new();
        for (state, machine) in machines.iter_mut().enumerate() {
            let Some(this) = this else {
                all.push(machine.eval(ast, &Context::at(at))?);
                continue;
            };
            let mut found = Vec::new();
            for datum in this.per.get(state).unwrap_or(&this.blank) {
                let context = Context { this: Some(datum.clone()), ..Context::at(at) };
                found.extend(machine.eval(ast, &context)?);
            }
            all.push(found);
        }
        let blank = all.pop().unwrap_or_default();
        Ok(Some(Self { node, item, values, per: all, blank }))
    }

    /// Follows a step of a path from each collection. The arguments of the step depend on nothing else.
    pub(crate) fn follow(
        &self,
        world: &'w World,
        step: &super::ast::Step,
        at: usize,
    ) -> Evaluated<Self> {
        let mut machines = responses(world, self.node).map_or(Vec::new(), |(_, _, all)| all);
        machines.resize_with(self.per.len() + 1, || Machine::blank(world));
        let mut follow = |state: usize, from: &Collection<'w>| {
            machines[state].follow(from, step, &Context::at(at))
        };
        let per = self.per.iter().enumerate().map(|(state, from)| follow(state, from));
        let per = per.collect::<Evaluated<Vec<_>>>()?;
        let blank = follow(self.per.len(), &self.blank)?;
        Ok(Self { per, blank, values: self.values.clone(), ..*self })
    }

    fn singles<T>(&self, read: impl Fn(&Datum<'w>) -> Option<T>) -> Option<Singles<T>> {
        let one = |of: &Collection<'w>| match &of[..] {
            [] => Some(None),
            [datum] => read(datum).map(Some),
            _ => None,
        };
        let per = self.values.iter().zip(&self.per);
        let per: Option<Vec<_>> = per.map(|(value, of)| Some((*value, one(of)?))).collect();
        Some((per?, one(&self.blank)?))
    }

    /// The table as a number; `None` if it has something else.
    pub(crate) fn number(&self) -> Option<Num> {
        let read = |datum: &Datum<'w>| match datum {
            Datum::Number(number) => Some(*number),
            _ => None,
        };
        let (per, blank) = self.singles(read)?;
        let all: Option<Vec<(OptionValue, f64)>> =
            per.iter().map(|(value, of)| Some((*value, (*of)?))).collect();
        let listed: Vec<(OptionValue, f64)> =
            per.iter().filter_map(|(value, of)| Some((*value, (*of)?))).collect();
        if listed.is_empty() && blank.is_none() {
            return Some(Num::Missing);
        }
        let same = listed
            .first()
            .map(|(_, of)| *of)
            .filter(|first| all.is_some() && listed.iter().all(|(_, of)| of == first));
        let Some(blank) = blank else { return Some(self.keyed(listed, all.is_some())) };
        let is_present = Num::Item(self.item).presence();
        let is_indicator = |of: &(OptionValue, f64)| of.1 == 0.0 || of.1 == 1.0;
        if blank == 0.0 && all.is_some() && same.is_none() && listed.iter().all(is_indicator) {
            let yes = listed.iter().filter(|(_, of)| *of == 1.0).map(|(value, _)| *value).collect();
            let test = Truth::all([is_present, Truth::Among(self.item, yes)]);
            return Some(Num::choice(test, Num::Constant(1.0), Num::Constant(0.0)));
        }
        Some(match (same, &all) {
            (Some(same), _) if same == blank => Num::Constant(same),
            (Some(same), _) => Num::choice(is_present, Num::Constant(same), Num::Constant(blank)),
            (None, Some(_)) => self.keyed(listed, true).either(Num::Constant(blank)),
            (None, None) => {
                Num::choice(is_present, self.keyed(listed, false), Num::Constant(blank))
            }
        })
    }

    /// The number for each answer, without one for a blank.
    fn keyed(&self, listed: Vec<(OptionValue, f64)>, complete: bool) -> Num {
        let bounds = (self.values.iter().min(), self.values.iter().max());
        if let (Some(low), Some(high), true) = (bounds.0, bounds.1, complete) {
            if listed.iter().all(|(value, of)| value.number() == *of) {
                return Num::Item(self.item);
            }
            if listed.iter().all(|(value, of)| (*low + *high - *value).number() == *of) {
                return Num::Reversed(self.item);
            }
        }
        Num::Recoded(self.item, listed)
    }

    /// The table as a truth value; `None` if it has something else.
    pub(crate) fn truth(&self) -> Option<Truth> {
        let read = |datum: &Datum<'w>| match datum {
            Datum::Truth(truth) => Some(*truth),
            _ => None,
        };
        let (per, blank) = self.singles(read)?;
        let of = |wanted: Option<bool>| -> Vec<OptionValue> {
            per.iter().filter(|(_, of)| *of == wanted).map(|(value, _)| *value).collect()
        };
        let (yes, no, none) = (of(Some(true)), of(Some(false)), of(None));
        let is_missing = Num::Item(self.item).absence();
        let is_present = is_missing.clone().negated();
        let among = |values: &[OptionValue]| Truth::Among(self.item, values.to_vec());
        if !none.is_empty() {
            let known: Vec<OptionValue> = yes.iter().chain(&no).copied().collect();
            let otherwise = match blank {
                None => Truth::Missing,
                Some(blank) => Truth::choice(is_missing, Truth::Constant(blank), Truth::Missing),
            };
            if known.is_empty() {
                return Some(otherwise);
            }
            return Some(Truth::choice(among(&known), among(&yes), otherwise));
        }
        Some(match (blank, yes.is_empty(), no.is_empty()) {
            (None, ..) => among(&yes),
            (Some(false), true, _) => Truth::Constant(false),
            (Some(false), _, true) => is_present,
            (Some(false), _, _) => Truth::all([is_present, among(&yes)]),
            (Some(true), true, _) => is_missing,
            (Some(true), _, true) => Truth::Constant(true),
            (Some(true), _, _) => Truth::any([is_missing, among(&yes)]),
        })
    }

    /// The table as a word; `None` if it has something else.
    pub(crate) fn word(&self, words: impl Fn(&Datum<'w>) -> Option<String>) -> Option<Word> {
        let (per, blank) = self.singles(words)?;
        let mut values: BTreeMap<Option<&str>, Vec<OptionValue>> = BTreeMap::new();
        for (value, word) in &per {
            values.entry(word.as_deref()).or_default().push(*value);
        }
        let of =
            |word: Option<&str>| word.map_or(Word::Missing, |word| Word::Text(word.to_owned()));
        let mut result = of(blank.as_deref());
        for (word, values) in values.into_iter().rev() {
            result = Word::choice(Truth::Among(self.item, values), of(word), result);
        }
        Some(result)
    }

    /// Whether there is something.
    pub(crate) fn presence(&self) -> Truth {
        let found = |of: &Collection<'w>| vec![Datum::Truth(!of.is_empty())];
        let per = self.per.iter().map(found).collect();
        let table = Self { per, blank: found(&self.blank), values: self.values.clone(), ..*self };
        table.truth().unwrap_or(Truth::Missing)
    }
}
