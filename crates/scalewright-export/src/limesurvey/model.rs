//! A survey of LimeSurvey, of which both files are written.

use scalewright_model::OptionValue;

/// A text in each language of the survey, escaped as HTML. Empty if it has no words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text(pub(super) Vec<String>);

impl Text {
    /// The text in the language at a position.
    pub(super) fn at(&self, language: usize) -> &str {
        self.0.get(language).map_or("", String::as_str)
    }
}

/// A survey.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) title: Text,
    /// LimeSurvey's codes of the languages, the base language first.
    pub(super) languages: Vec<String>,
    /// Whether each group is a page.
    pub(super) by_group: bool,
    pub(super) groups: Vec<Group>,
}

/// A group of questions.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: Text,
    pub(super) description: Text,
    pub(super) questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone, Default)]
pub(super) struct Question {
    /// The letter of its type.
    pub(super) kind: &'static str,
    pub(super) code: String,
    pub(super) text: Text,
    /// The condition under which it is asked. Empty if it always is.
    pub(super) relevance: String,
    pub(super) mandatory: bool,
    /// A regular expression for the answer.
    pub(super) validation: &'static str,
    /// Further attributes, the same in each language.
    pub(super) attributes: Vec<(&'static str, String)>,
    /// The words that follow a number.
    pub(super) suffix: Text,
    /// The rows of an array, or the choices of which several may be chosen.
    pub(super) rows: Vec<Row>,
    pub(super) answers: Vec<Answer>,
}

/// A subquestion.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) code: String,
    pub(super) text: Text,
}

/// An answer.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) code: String,
    pub(super) text: Text,
    /// The assessment value.
    pub(super) value: OptionValue,
}

/// An attribute of a question as files contain it.
pub(super) struct Attribute<'a> {
    pub(super) name: &'static str,
    pub(super) value: &'a str,
    /// The position of its language. `None` if it is the same in all.
    pub(super) language: Option<usize>,
}

impl Question {
    /// The condition as files contain it.
    pub(super) fn relevance(&self) -> &str {
        if self.relevance.is_empty() { "1" } else { &self.relevance }
    }

    /// All attributes.
    pub(super) fn all_attributes(&self) -> Vec<Attribute<'_>> {
        let plain = self.attributes.iter();
        let plain = plain.map(|(name, value)| Attribute { name, value, language: None });
        let suffix = self.suffix.0.iter().enumerate().filter(|(_, words)| !words.is_empty());
        let suffix = suffix.map(|(language, value)| Attribute {
            name: "suffix",
            value,
            language: Some(language),
        });
        plain.chain(suffix).collect()
    }
}
