//! Fields that the survey flow computes from scoring categories, after the questions.
//!
//! A field is set to a score, to a formula of scores, or to a text, perhaps inside of branches. Our language does not
//! express what branches do one after the other, but a field can be computed, and so compared with a definition.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Reader;
use super::logic::Logic;
use super::math::{Amount, amount};
use super::scores::Table;
use crate::form::rule::{Answers, Rule, Source, Target};
use crate::form::{Form, Score};
use crate::json::Node;
use crate::place::Place;
use crate::value::Value;
use crate::words::Words;

/// The greatest depth of branches inside each other, and the most steps of a flow.
const DEEPEST: usize = 60;
const MOST_STEPS: usize = 20_000;

/// A step of the flow.
enum Step {
    Set {
        field: String,
        to: Amount,
        place: Place,
    },
    /// The steps of a branch; without a condition, one that was not understood.
    Branch(Option<Logic>, Vec<Step>),
}

/// A survey flow with the points that its formulas refer to.
struct Flow {
    steps: Vec<Step>,
    tables: BTreeMap<String, Table>,
}

/// The value of a field after the flow.
struct Field {
    flow: Arc<Flow>,
    name: String,
}

impl Source for Field {
    fn value(&self, _form: &Form, answers: &Answers) -> Value {
        let mut fields = BTreeMap::new();
        run(&self.flow, &self.flow.steps, answers, &mut fields);
        fields.remove(self.name.as_str()).unwrap_or(Value::Blank)
    }
}

fn run<'f>(
    flow: &'f Flow,
    steps: &'f [Step],
    answers: &Answers,
    fields: &mut BTreeMap<&'f str, Value>,
) {
    for step in steps {
        match step {
            Step::Set { field, to, .. } => {
                let score = |id: &str| flow.tables.get(id).map(|table| table.sum(answers));
                let value = to.value(&score, &|name| fields.get(name).and_then(Value::score));
                fields.insert(field, value);
            }
            Step::Branch(logic, inner) => {
                let number = |name: &str| fields.get(name).and_then(Value::score);
                if logic.as_ref().is_some_and(|logic| logic.is_met_with(answers, &number)) {
                    run(flow, inner, answers, fields);
                }
            }
        }
    }
}

/// What is known about the fields of a flow.
#[derive(Default)]
struct Known<'f> {
    /// The fields that depend on scores, each with where it is set first.
    computed: BTreeMap<&'f str, &'f Place>,
    /// Those of them that depend on what was not understood.
    unclear: BTreeSet<&'f str>,
}

impl<'f> Known<'f> {
    /// Adds the fields of some steps. `depends` and `unclear` say so of the branches around.
    fn add(&mut self, steps: &'f [Step], depends: bool, unclear: bool) {
        for step in steps {
            match step {
                Step::Set { field, to, place } => {
                    let of_field = |name: &&str| self.computed.contains_key(name);
                    let uses = to.fields();
                    let is_computed = depends || to.has_scores() || uses.iter().any(of_field);
                    let is_unclear = unclear
                        || matches!(to, Amount::Unknown)
                        || uses.iter().any(|name| self.unclear.contains(name));
                    if is_computed {
                        self.computed.entry(field).or_insert(place);
                    }
                    if is_unclear {
                        self.unclear.insert(field);
                    }
                }
                Step::Branch(logic, inner) => {
                    let fields = logic.as_ref().map(Logic::fields).unwrap_or_default();
                    let of_field = fields.iter().any(|name| self.computed.contains_key(name));
                    let of_unclear = fields.iter().any(|name| self.unclear.contains(name));
                    self.add(inner, depends || of_field, unclear || logic.is_none() || of_unclear);
                }
            }
        }
    }
}

impl<'a> Reader<'a> {
    /// Adds the fields that the flow computes from scores as scores.
    pub(super) fn computed_fields(&mut self, tables: &BTreeMap<String, Table>) {
        let mut steps = Vec::new();
        let mut left = MOST_STEPS;
        for flow in self.elements("FL") {
            steps.extend(self.steps(&flow, 0, &mut left));
        }
        let flow = Arc::new(Flow { steps, tables: tables.clone() });
        let mut known = Known::default();
        known.add(&flow.steps, false, false);
        for (name, place) in &known.computed {
            let target =
                Target::NotUnderstood("it is computed step by step in the survey flow".to_owned());
            let is_clear = !known.unclear.contains(name);
            let field = || Field { flow: Arc::clone(&flow), name: (*name).to_owned() };
            let source = is_clear.then(|| Arc::new(field()) as Arc<dyn Source>);
            let text = format!("the field `{name}` of the survey flow");
            let rule = Rule { text, place: (*place).clone(), source, target };
            self.form.scores.push(Score {
                id: self.ids.item(name),
                column: (*name).to_owned(),
                title: Words::only(name),
                description: None,
                rule,
                bands: Vec::new(),
            });
        }
    }

    fn steps(&self, part: &Node<'a>, depth: usize, left: &mut usize) -> Vec<Step> {
        let mut steps = Vec::new();
        if depth > DEEPEST {
            return steps;
        }
        for part in part.get("Flow").list() {
            match part.get("Type").text().unwrap_or_default() {
                "EmbeddedData" => {
                    for field in part.get("EmbeddedData").list().take(*left) {
                        *left -= 1;
                        let name = field.get("Field").text().unwrap_or_default().to_owned();
                        let to = amount(&field.get("Value").as_text().unwrap_or_default());
                        steps.push(Step::Set { field: name, to, place: field.place() });
                    }
                }
                "Branch" if *left > 0 => {
                    *left -= 1;
                    let logic = self.logic(&part.get("BranchLogic")).ok();
                    steps.push(Step::Branch(logic, self.steps(&part, depth + 1, left)));
                }
                _ => steps.extend(self.steps(&part, depth + 1, left)),
            }
        }
        steps
    }
}
