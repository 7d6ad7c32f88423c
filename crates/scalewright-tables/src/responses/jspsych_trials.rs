//! The survey trials of a jsPsych experiment.

use serde_json::{Map as Object, Value};

use super::strict_json::Strict;

/// The columns that name the participant, in order of preference.
pub(super) const PARTICIPANT: [&str; 10] = [
    "subject",
    "subject_id",
    "participant",
    "participant_id",
    "PROLIFIC_PID",
    "prolific_pid",
    "prolific_id",
    "workerId",
    "worker_id",
    "run_id",
];

/// The plug-ins whose trials are surveys.
const SURVEYS: [&str; 6] = [
    "survey",
    "survey-likert",
    "survey-multi-choice",
    "survey-multi-select",
    "survey-text",
    "survey-html-form",
];

/// The properties that jsPsych and its survey plug-ins write in every trial.
pub(super) const OWN: [&str; 13] = [
    "trial_type",
    "trial_index",
    "rt",
    "time_elapsed",
    "plugin_version",
    "internal_node_id",
    "question_order",
    "response_index",
    "view_history",
    "stimulus",
    "extension_type",
    "extension_version",
    "success",
];

/// A survey trial.
pub(super) struct Trial {
    /// The plug-in.
    pub(super) kind: String,
    /// The position in the run.
    index: Option<f64>,
    /// What names the participant.
    who: Vec<Option<Value>>,
    /// The answer to each question.
    pub(super) answers: Object<String, Value>,
    /// What the experiment adds to its trials.
    pub(super) properties: Object<String, Value>,
    /// The properties of jsPsych itself.
    pub(super) own: Vec<String>,
}

impl Trial {
    /// The trial in an object, or that object if it is no survey.
    pub(super) fn of(mut object: Object<String, Value>) -> Result<Self, Object<String, Value>> {
        let kind = object.get("trial_type").and_then(Value::as_str).unwrap_or_default();
        let Some(kind) = SURVEYS.iter().find(|survey| **survey == kind) else { return Err(object) };
        // Version 6 of jsPsych has `responses`, a text.
        let Some(answers) =
            ["response", "responses"].iter().find_map(|key| answers(object.get(*key)?))
        else {
            return Err(object);
        };
        object.remove("response");
        object.remove("responses");
        let index = object.get("trial_index").and_then(number);
        let own: Vec<String> =
            object.keys().filter(|key| OWN.contains(&key.as_str())).cloned().collect();
        own.iter().for_each(|key| drop(object.remove(key)));
        let who = PARTICIPANT.iter().map(|key| object.get(*key).cloned()).collect();
        Ok(Self { kind: (*kind).to_owned(), index, who, answers, properties: object, own })
    }

    /// Whether the trial is a later one of the same run. Each run counts its trials from 0.
    pub(super) fn follows(&self, before: &Self) -> bool {
        let is_later =
            matches!((before.index, self.index), (Some(before), Some(own)) if own > before);
        is_later && self.who == before.who
    }
}

/// Answers are an object, or that object as a text in data that was stored as a table.
fn answers(value: &Value) -> Option<Object<String, Value>> {
    match value {
        Value::Object(answers) => Some(answers.clone()),
        Value::String(text) => match serde_json::from_str(text).ok()? {
            Strict(Value::Object(answers)) => Some(answers),
            _ => None,
        },
        _ => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Trial;

    fn trial(value: Value) -> Trial {
        let Value::Object(object) = value else { unreachable!("an object") };
        Trial::of(object).unwrap_or_else(|_| unreachable!("a survey"))
    }

    #[test]
    fn trials_follow_each_other_within_a_run() {
        let of = |index: u32, who: &str| {
            trial(
                json!({"trial_type": "survey", "trial_index": index, "subject": who, "response": {}}),
            )
        };
        assert!(of(3, "a").follows(&of(1, "a")));
        assert!(!of(3, "b").follows(&of(1, "a")));
        assert!(!of(1, "a").follows(&of(1, "a")));
    }

    #[test]
    fn answers_may_be_a_text() {
        let old = trial(json!({"trial_type": "survey-likert", "responses": "{\"q1\":2}", "rt": 5}));
        assert_eq!(old.answers["q1"], 2);
        assert!(old.properties.is_empty());
    }
}
