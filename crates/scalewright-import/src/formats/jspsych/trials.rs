//! Trials of the survey plug-ins.

use super::Reader;
use super::plan::{Object, Plan, Value};
use crate::choices::{MOST_OPTIONS, number, offer};
use crate::finding::Kind;
use crate::form::{Choice, ResponseKind};
use crate::words::Words;
use scalewright_model::OptionValue;

/// The entries of trials that are read, or that only concern the screen.
const TRIAL: &[&str] = &[
    "type",
    "preamble",
    "questions",
    "button_label",
    "scale_width",
    "autocomplete",
    "required_message",
    "css_classes",
    "items",
    "scale",
    "reverse",
    "survey_width",
    "item_width",
    "scale_repeat",
];

/// The entries of questions that are read, or that only concern the screen.
const QUESTION: &[&str] = &[
    "prompt",
    "name",
    "labels",
    "options",
    "required",
    "horizontal",
    "placeholder",
    "rows",
    "columns",
];

/// A plug-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plugin {
    /// Rating scales. Positions from 0 are stored.
    Likert,
    /// One of several options, whose text is stored.
    MultiChoice,
    /// Any number of several options, whose texts are stored.
    MultiSelect,
    Text,
    /// A template of laboratories: items with one scale, some of them reversed before they are stored.
    Template,
}

impl Plugin {
    /// The plug-in of a trial; `None` if the object is no trial, or one of another plug-in.
    pub(super) fn of(plan: &Plan, object: &Object) -> Option<Self> {
        let name = match object.get("type")? {
            Value::Name(name) | Value::Text(name) => name.as_str(),
            _ => return None,
        };
        Some(match name {
            "jsPsychSurveyLikert" | "survey-likert" => Self::Likert,
            "jsPsychSurveyMultiChoice" | "survey-multi-choice" => Self::MultiChoice,
            "jsPsychSurveyMultiSelect" | "survey-multi-select" => Self::MultiSelect,
            "jsPsychSurveyText" | "survey-text" => Self::Text,
            "jsPsychSurveyTemplate" | "survey-template" => Self::Template,
            _ => return None,
        })
        .filter(|plugin| match plugin {
            Self::Template => plan.list(object, "items").is_some(),
            _ => object.get("questions").is_some(),
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Likert => "survey-likert",
            Self::MultiChoice => "survey-multi-choice",
            Self::MultiSelect => "survey-multi-select",
            Self::Text => "survey-text",
            Self::Template => "survey-template",
        }
    }
}

impl<'a> Reader<'a> {
    pub(super) fn trial(&mut self, trial: &'a Object, plugin: Plugin) {
        self.others(trial, TRIAL);
        let plan = self.plan;
        let preamble = plan.text(trial, "preamble").unwrap_or_default();
        let preamble = self.words(preamble, 2000, trial.line);
        if plugin == Plugin::Template {
            return self.template(trial, preamble);
        }
        let Some(questions) = plan.list(trial, "questions") else {
            let message = "the questions of the trial are computed and are left out";
            return self.report(Kind::NotUnderstood, "questions", trial.line, message);
        };
        for (index, question) in questions.iter().enumerate() {
            match plan.resolved(question) {
                Value::Object(object) => self.question(object, plugin, index, &preamble),
                _ => {
                    let message =
                        format!("question {} of the trial is computed and is left out", index + 1);
                    self.report(Kind::NotUnderstood, "questions", trial.line, message);
                }
            }
        }
    }

    fn question(&mut self, question: &'a Object, plugin: Plugin, index: usize, preamble: &Words) {
        self.others(question, QUESTION);
        let plan = self.plan;
        // jsPsych's own name of a question without one.
        let own = format!("Q{index}");
        let column = plan.text(question, "name").unwrap_or(&own).to_owned();
        let line = question.line;
        let response = match plugin {
            Plugin::Text => {
                let rows = match plan.get(question, "rows") {
                    Some(Value::Number(rows)) if *rows > 1.0 => 4,
                    _ => 1,
                };
                let name = if rows > 1 { "long_text" } else { "text" };
                Ok(self.shared(name.to_owned(), name, line, ResponseKind::Text(rows)))
            }
            Plugin::Likert | Plugin::Template => self.options(question, "labels", plugin),
            Plugin::MultiChoice | Plugin::MultiSelect => self.options(question, "options", plugin),
        };
        let response = match response {
            Ok(response) => response,
            Err(reason) => {
                let message = format!("`{column}` is left out: {reason}");
                return self.report(Kind::NotUnderstood, "item", line, message);
            }
        };
        let prompt = plan.text(question, "prompt").unwrap_or_default();
        let stem = self.words(prompt, 4000, line);
        let section = self.section(preamble.clone());
        let is_required = plan.get(question, "required") == Some(&Value::Truth(true));
        self.add(&column, stem, response, section, (is_required, line));
    }

    /// The options under `key`, named after the constant that holds them.
    fn options(&mut self, object: &'a Object, key: &str, plugin: Plugin) -> Result<usize, String> {
        let plan = self.plan;
        let texts = plan
            .texts(object, key)
            .ok_or_else(|| format!("its `{key}` are not a list of texts"))?;
        if texts.is_empty() || texts.len() > MOST_OPTIONS {
            return Err(format!(
                "it has {} options; a definition can have 1 to {MOST_OPTIONS}",
                texts.len()
            ));
        }
        let name = match object.get(key) {
            Some(Value::Name(name)) => name.as_str(),
            _ => "answers",
        };
        let signature = format!("{plugin:?} {texts:?}");
        if let Some(known) = self.answers.get(&signature) {
            return Ok(*known);
        }
        let is_position = matches!(plugin, Plugin::Likert | Plugin::Template);
        let message = if is_position {
            "the values of the options are their positions from 0, which the plug-in stores, whatever is printed on them"
        } else {
            "the plug-in stores the texts of the options; they are numbered from 1"
        };
        self.report(
            if is_position { Kind::Note } else { Kind::Changed },
            "options-numbered",
            object.line,
            message,
        );
        let place = self.place(object.line);
        let mut choices = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            let value = number(index) - OptionValue::whole(i64::from(is_position));
            let stored = if is_position { value.to_string() } else { (*text).to_owned() };
            let label = self.words(text, 300, object.line);
            let non_response = self.options.is_non_response(&stored);
            let choice = Choice { value, stored, label, non_response };
            self.form.findings.extend(offer(&choice, &place));
            choices.push(choice);
        }
        let kind = if plugin == Plugin::MultiSelect {
            ResponseKind::Several(choices)
        } else {
            ResponseKind::Coded(choices)
        };
        Ok(self.shared(signature, name, object.line, kind))
    }

    /// Items with one scale. Answers to reversed items are stored already reversed.
    fn template(&mut self, trial: &'a Object, preamble: Words) {
        let plan = self.plan;
        let response = match self.options(trial, "scale", Plugin::Template) {
            Ok(response) => response,
            Err(reason) => {
                let message = format!("the items of the trial are left out: {reason}");
                return self.report(Kind::NotUnderstood, "item", trial.line, message);
            }
        };
        let section = self.section(preamble);
        let items = plan.list(trial, "items").unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            let column = format!("Q{:02}", index + 1);
            match plan.resolved(item) {
                Value::Text(text) => {
                    let stem = self.words(text, 4000, trial.line);
                    self.add(&column, stem, response, section, (true, trial.line));
                }
                _ => {
                    let message = format!("`{column}` is left out: its words are computed");
                    self.report(Kind::NotUnderstood, "item", trial.line, message);
                }
            }
        }
        let reversed = plan.list(trial, "reverse").unwrap_or_default();
        if reversed.iter().any(|value| plan.resolved(value) == &Value::Truth(true)) {
            let message = "some items are marked as reversed, and templates of this kind may store their answers already reversed: no key reverses them here";
            self.report(Kind::Doubtful, "reversed-in-data", trial.line, message);
        }
        if !reversed.is_empty() && reversed.len() != items.len() {
            let message = format!(
                "the list of reversed items has {} entries for {} items",
                reversed.len(),
                items.len()
            );
            self.report(Kind::Doubtful, "reverse-length", trial.line, message);
        }
    }
}
