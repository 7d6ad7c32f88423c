//! Paths through the response, down to the answers.

use super::super::algebra::{Compared, Num, Truth, Word};
use super::super::ast::{Ast, Operator, Step};
use super::super::deps::Spot;
use super::super::respond::answer;
use super::super::scalar::{Datum, Evaluated};
use super::super::tables::Table;
use super::super::world::{Answered, Operand, When};
use super::{Elem, Place, Symbol, This, Translated, Translator};
use scalewright_model::OptionValue;

impl<'w> Translator<'w> {
    /// Follows a step from places in the response.
    pub(super) fn follow_places(
        &mut self,
        places: Vec<Place>,
        step: &Step,
        at: usize,
    ) -> Evaluated<Symbol<'w>> {
        match step {
            Step::Member(name) => self.members(places, name),
            Step::Index(_) => chosen(places),
            Step::Call(name, arguments) => match (name.as_str(), &arguments[..]) {
                ("where", [criterion]) => self.filtered(places, criterion, at),
                ("repeat" | "descendants" | "children", _) => Ok(self.inside(&places)),
                ("first" | "last" | "single" | "distinct", []) => chosen(places),
                ("select", [of]) => {
                    let mut values = Vec::new();
                    for place in places {
                        let when = place.when.clone();
                        let symbol = self.symbol(of, at, Some(&This::Place(place)))?;
                        for value in self.values(symbol)? {
                            values.push(self.only_if(&when, value)?);
                        }
                    }
                    Ok(Symbol::Values(values))
                }
                ("exists" | "empty" | "count" | "hasValue", []) => self.counted(&places, name),
                ("exists", [criterion]) => {
                    let symbol = self.filtered(places, criterion, at)?;
                    let Symbol::Places(places) = symbol else { return Ok(symbol) };
                    self.counted(&places, "exists")
                }
                _ => Err(format!("it uses `{name}` on items of the response")),
            },
        }
    }

    fn members(&mut self, places: Vec<Place>, name: &str) -> Evaluated<Symbol<'w>> {
        let mut next = Vec::new();
        let mut values = Vec::new();
        for Place { spot, when } in places {
            let items = |node: usize| -> Vec<Place> {
                let children = self.world.nodes[node].children.iter();
                let place = |c: &usize| Place { spot: Spot::Item(*c), when: when.clone() };
                children.map(place).collect()
            };
            match (spot, name) {
                (Spot::Item(node), "item") => next.extend(items(node)),
                (Spot::Item(node), "answer") => {
                    next.push(Place { spot: Spot::Answers(node), when: when.clone() });
                }
                (Spot::Item(0), "QuestionnaireResponse") => next.push(Place { spot, when }),
                (Spot::Item(_), _) => {
                    return Err(format!("it uses the element `{name}` of an item"));
                }
                (Spot::Answers(node), "item") => next.extend(items(node)),
                (Spot::Answers(node), _) => {
                    for value in self.answers(node, name)? {
                        values.push(self.only_if(&when, value)?);
                    }
                }
            }
        }
        Ok(match name {
            "item" | "answer" | "QuestionnaireResponse" => Symbol::Places(next),
            _ => Symbol::Values(values),
        })
    }

    /// The values of the answers to a question, or the value of a score.
    pub(super) fn answers(&mut self, node: usize, name: &str) -> Evaluated<Vec<Elem<'w>>> {
        let world = self.world;
        if let Some(score) = world.nodes[node].score {
            let is_named = name == "value" || name == world.calculated[score].key;
            let value = if is_named { self.score_value(score)? } else { None };
            return Ok(value.into_iter().collect());
        }
        let Some(question) = &world.nodes[node].question else { return Ok(Vec::new()) };
        if name != "value" && name != question.key {
            return Ok(Vec::new());
        }
        match &question.answered {
            Answered::One { item, offered } => {
                let value = |(at, offered): (usize, &super::super::world::Offered)| {
                    vec![answer(node, at, &offered.json)]
                };
                Ok(vec![Elem::Table(Table {
                    node,
                    item: *item,
                    values: offered.iter().map(|offered| offered.value).collect(),
                    per: offered.iter().enumerate().map(value).collect(),
                    blank: Vec::new(),
                })])
            }
            Answered::Several(offered) => {
                let table =
                    |(at, (item, offered)): (usize, &(usize, super::super::world::Offered))| {
                        Elem::Table(Table {
                            node,
                            item: *item,
                            values: vec![0.into(), 1.into()],
                            per: vec![Vec::new(), vec![answer(node, at, &offered.json)]],
                            blank: Vec::new(),
                        })
                    };
                Ok(offered.iter().enumerate().map(table).collect())
            }
            Answered::Number { item, is_quantity: true, .. } => {
                Ok(vec![Elem::Quantity(Num::Item(*item))])
            }
            Answered::Number { item, .. } => Ok(vec![Elem::Number(Num::Item(*item))]),
            Answered::Other { .. } => Err(self.no_number(node)),
        }
    }

    fn no_number(&self, node: usize) -> String {
        format!("it uses the answer to `{}`, which has no numbers", self.world.nodes[node].link_id)
    }

    /// A score as a value of other rules.
    pub(super) fn score_value(&mut self, score: usize) -> Evaluated<Option<Elem<'w>>> {
        let node = self.world.calculated[score].node;
        if self.current.last() == Some(&score) {
            // A sum over all items reaches its own item, which has no answer yet.
            self.reach
                .doubts
                .push("the expression reads its own value, which is taken as missing".to_owned());
            return Ok(None);
        }
        let translated = self.score(score).map_err(|why| {
            let link_id = &self.world.nodes[node].link_id;
            match why.starts_with("it uses the score") || why == "it depends on itself" {
                true => why,
                false => format!("it uses the score `{link_id}`, which was not understood"),
            }
        })?;
        Ok(match translated {
            Translated::Number(Num::Missing) => None,
            Translated::Number(_) => Some(Elem::Number(Num::Score(score))),
            Translated::Truth(_) => {
                let one = Num::Constant(1.0);
                Some(Elem::Truth(Truth::compare(Compared::Equal, Num::Score(score), one)))
            }
            Translated::Word(_) => Some(Elem::Word(Word::Score(score))),
        })
    }

    fn filtered(
        &mut self,
        places: Vec<Place>,
        criterion: &Ast,
        at: usize,
    ) -> Evaluated<Symbol<'w>> {
        let mut kept = Vec::new();
        for place in places {
            let read = self.reach.nodes(criterion, at, Some(&[place.spot]))?;
            if read.is_empty() {
                if self.reach.is_kept(place.spot, criterion, at)? {
                    kept.push(place);
                }
                continue;
            }
            let symbol = self.symbol(criterion, at, Some(&This::Place(place.clone())))?;
            let elem = self.single(symbol)?;
            let met = elem.map_or(Ok(Truth::Missing), |elem| self.truth(elem))?;
            kept.push(Place { when: Truth::all([place.when, met]), ..place });
        }
        Ok(Symbol::Places(kept))
    }

    fn inside(&self, places: &[Place]) -> Symbol<'w> {
        let all = places.iter().flat_map(|place| {
            let node = match place.spot {
                Spot::Item(node) | Spot::Answers(node) => node,
            };
            let inside = self.world.inside(node).into_iter().filter(move |at| *at != node);
            inside.map(|at| Place { spot: Spot::Item(at), when: place.when.clone() })
        });
        Symbol::Places(all.collect())
    }

    /// Whether and how many places the response contains.
    fn counted(&mut self, places: &[Place], name: &str) -> Evaluated<Symbol<'w>> {
        let mut present = Vec::new();
        for place in places {
            let node = match place.spot {
                Spot::Item(node) | Spot::Answers(node) => node,
            };
            let own = self.is_answered(node, matches!(place.spot, Spot::Item(_)))?;
            // The condition may be missing, which is not met.
            let when =
                Truth::choice(place.when.clone(), Truth::Constant(true), Truth::Constant(false));
            present.push(Truth::all([when, own]));
        }
        Ok(Symbol::Values(vec![match name {
            "count" => {
                let one = |truth| Num::choice(truth, Num::Constant(1.0), Num::Constant(0.0));
                let sum = present.into_iter().map(one).reduce(Num::plus);
                Elem::Number(sum.unwrap_or(Num::Constant(0.0)))
            }
            "empty" => Elem::Truth(Truth::any(present).negated()),
            _ => Elem::Truth(Truth::any(present)),
        }]))
    }

    /// Whether a question has an answer, or a group one that has.
    fn is_answered(&mut self, node: usize, is_item: bool) -> Evaluated<Truth> {
        let world = self.world;
        if let Some(score) = world.nodes[node].score {
            let value = self.score_value(score)?;
            return Ok(value.map_or(Truth::Constant(false), |value| self.is_present(&value)));
        }
        let mut any = Vec::new();
        match world.nodes[node].question.as_ref().map(|question| &question.answered) {
            Some(Answered::One { item, .. } | Answered::Number { item, .. }) => {
                any.push(Num::Item(*item).presence());
            }
            Some(Answered::Several(offered)) => {
                any.extend(offered.iter().map(|(item, _)| ticked(*item)));
            }
            Some(Answered::Other { .. }) => return Err(self.no_number(node)),
            None => {}
        }
        if is_item {
            for child in &world.nodes[node].children {
                any.push(self.is_answered(*child, true)?);
            }
        }
        Ok(Truth::any(any))
    }

    /// A comparison of `enableWhen`. It is never missing: without an answer it is not met.
    pub(super) fn when(&mut self, when: &When) -> Evaluated<Truth> {
        match when {
            When::Unclear(why) => Err(why.clone()),
            When::Exists { node, is_answered } => {
                let answered = self.is_answered(*node, false)?;
                Ok(if *is_answered { answered } else { answered.negated() })
            }
            When::Compare { node, operator, with } => {
                let mut any = Vec::new();
                let mut is_possible = false;
                for value in self.answers(*node, "value")? {
                    let met = self.meets(&value, *operator, with)?;
                    // No option of several is the one that is asked for.
                    if matches!(&met, Truth::Among(_, values) if values.is_empty()) {
                        continue;
                    }
                    is_possible = true;
                    any.push(Truth::all([self.is_present(&value), met]));
                }
                let question = self.world.nodes[*node].question.as_ref();
                if matches!(question.map(|of| &of.answered), Some(Answered::Other { .. })) {
                    return Err(self.no_number(*node));
                }
                if !is_possible && *operator == Operator::Equal {
                    return Err(format!(
                        "its condition asks for an answer that `{}` does not have",
                        self.world.nodes[*node].link_id
                    ));
                }
                Ok(Truth::any(any))
            }
        }
    }

    fn meets(&self, value: &Elem<'w>, operator: Operator, with: &Operand) -> Evaluated<Truth> {
        if let Elem::Table(table) = value {
            return Ok(Truth::Among(table.item, self.meeting(table, operator, with)?));
        }
        match (value, with) {
            (Elem::Number(number) | Elem::Quantity(number), Operand::Number(with)) => {
                let with = Num::Constant(*with);
                Ok(Truth::compare(compared(operator)?, number.clone(), with))
            }
            (Elem::Truth(truth), Operand::Truth(with)) => {
                Ok(if (operator == Operator::Equal) == *with {
                    truth.clone()
                } else {
                    truth.clone().negated()
                })
            }
            (Elem::Word(word), Operand::Text(text)) if operator == Operator::Equal => {
                Ok(word.is(text))
            }
            (Elem::Word(word), Operand::Text(text)) if operator == Operator::Unequal => {
                Ok(word.is(text).negated())
            }
            _ => Err("its condition compares values of different types".to_owned()),
        }
    }

    /// The answers that meet a comparison.
    fn meeting(
        &self,
        table: &Table<'w>,
        operator: Operator,
        with: &Operand,
    ) -> Evaluated<Vec<OptionValue>> {
        let mut met = Vec::new();
        for (value, answers) in table.values.iter().zip(&table.per) {
            for answer in answers {
                if self.is_met(answer, operator, with)? {
                    met.push(*value);
                }
            }
        }
        Ok(met)
    }

    fn is_met(&self, answer: &Datum<'w>, operator: Operator, with: &Operand) -> Evaluated<bool> {
        let order = |met: bool| match operator {
            Operator::Equal => Ok(met),
            Operator::Unequal => Ok(!met),
            _ => Err("its condition compares the order of options".to_owned()),
        };
        match (answer, with) {
            (Datum::Chosen(node, at), Operand::Coding { system, code }) => {
                let json = super::super::members::chosen(self.world, *node, *at);
                let has = |key: &str, wanted: &Option<String>| {
                    let own = json.get(key).and_then(serde_json::Value::as_str);
                    wanted.is_none() || own == wanted.as_deref()
                };
                order(has("system", system) && has("code", code))
            }
            (Datum::Truth(own), Operand::Truth(with)) => order(own == with),
            (Datum::Text(own), Operand::Text(with)) => order(**own == **with),
            (Datum::Number(own), Operand::Number(with)) => {
                Ok(compared(operator)?.holds(*own, *with))
            }
            // Values of different types are not equal.
            _ => order(false),
        }
    }
}

/// Whether an option is ticked.
fn ticked(item: usize) -> Truth {
    Truth::all([Num::Item(item).presence(), Truth::Among(item, vec![1.into()])])
}

/// The only one of several places.
fn chosen<'w>(places: Vec<Place>) -> Evaluated<Symbol<'w>> {
    if places.len() > 1 {
        return Err("it chooses among several items by their position".to_owned());
    }
    Ok(Symbol::Places(places))
}

/// The comparison for an operator.
pub(super) fn compared(operator: Operator) -> Evaluated<Compared> {
    Ok(match operator {
        Operator::Less => Compared::Less,
        Operator::AtMost => Compared::AtMost,
        Operator::Equal => Compared::Equal,
        Operator::Unequal => Compared::Unequal,
        Operator::AtLeast => Compared::AtLeast,
        Operator::Greater => Compared::Greater,
        _ => return Err("it compares in another way".to_owned()),
    })
}
