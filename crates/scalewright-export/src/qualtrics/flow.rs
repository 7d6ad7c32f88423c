//! The survey flow: the blocks of questions, and after them the fields with results.

use serde_json::{Value, json};

use super::conditions::Atom;
use super::logic::Logic;
use super::scores::Branch;

/// The elements of a survey flow, numbered in the order in which they are written.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) elements: Vec<Value>,
    /// How many elements are numbered, apart from the flow itself.
    count: usize,
}

impl Flow {
    /// Adds a block of questions.
    pub(super) fn block(&mut self, id: &str) {
        let flow_id = self.next();
        self.elements
            .push(json!({"Type": "Standard", "ID": id, "FlowID": flow_id, "Autofill": []}));
    }

    /// Adds fields that are always set.
    pub(super) fn set(&mut self, fields: &[(String, String)]) {
        if !fields.is_empty() {
            let element = self.fields(fields);
            self.elements.push(element);
        }
    }

    /// Adds what the branches set.
    pub(super) fn branches(&mut self, logic: &Logic<'_>, branches: &[Branch]) {
        let elements = self.of_branches(logic, branches);
        self.elements.extend(elements);
    }

    /// The whole flow.
    pub(super) fn payload(self) -> Value {
        json!({
            "Type": "Root",
            "FlowID": "FL_1",
            "Flow": self.elements,
            "Properties": {"Count": self.count + 1},
        })
    }

    fn next(&mut self) -> String {
        self.count += 1;
        format!("FL_{}", self.count + 1)
    }

    fn fields(&mut self, fields: &[(String, String)]) -> Value {
        let flow_id = self.next();
        let data = fields.iter().map(|(name, value)| {
            json!({
                "Description": name,
                "Type": "Custom",
                "Field": name,
                "VariableType": "String",
                "DataVisibility": [],
                "AnalyzeText": false,
                "Value": value,
            })
        });
        let data: Vec<Value> = data.collect();
        json!({"Type": "EmbeddedData", "FlowID": flow_id, "EmbeddedData": data})
    }

    fn of_branches(&mut self, logic: &Logic<'_>, branches: &[Branch]) -> Vec<Value> {
        let mut elements = Vec::new();
        for branch in branches {
            // Each alternative has a branch of its own: to set a field twice to the same value is harmless.
            for atoms in &branch.when {
                elements.extend(self.nested(logic, atoms, branch));
            }
        }
        elements
    }

    /// Branches within each other, one for each test, because all must be true.
    fn nested(&mut self, logic: &Logic<'_>, atoms: &[Atom], branch: &Branch) -> Vec<Value> {
        let Some((first, rest)) = atoms.split_first() else {
            let mut inner = Vec::new();
            if !branch.set.is_empty() {
                inner.push(self.fields(&branch.set));
            }
            inner.extend(self.of_branches(logic, &branch.then));
            return inner;
        };
        if let Atom::Set { name, value } = first {
            let mut inner = vec![self.fields(&[(name.clone(), value.clone())])];
            inner.extend(self.nested(logic, rest, branch));
            return inner;
        }
        let flow_id = self.next();
        let inner = self.nested(logic, rest, branch);
        vec![json!({
            "Type": "Branch",
            "FlowID": flow_id,
            "Description": "New Branch",
            "BranchLogic": logic.branch(first),
            "Flow": inner,
        })]
    }
}
