//! A survey of LimeSurvey, whichever file it is from.

use std::collections::BTreeMap;

use crate::finding::{Finding, Kind};
use crate::place::Place;
use crate::words::Words;

/// A survey.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// What the file is, for the citation.
    pub(super) source: &'static str,
    /// The main language, then the others.
    pub(super) languages: Vec<String>,
    pub(super) title: Words,
    pub(super) description: Words,
    pub(super) welcome: Words,
    pub(super) groups: Vec<Group>,
    pub(super) findings: Vec<Finding>,
}

/// A group of questions.
#[derive(Debug, Default, Clone)]
pub(super) struct Group {
    pub(super) title: Words,
    pub(super) description: Words,
    pub(super) relevance: String,
    pub(super) questions: Vec<Question>,
    pub(super) origin: Origin,
}

/// A question.
#[derive(Debug, Default, Clone)]
pub(super) struct Question {
    pub(super) code: String,
    /// The letter of its type.
    pub(super) kind: String,
    pub(super) text: Words,
    pub(super) help: Words,
    pub(super) relevance: String,
    pub(super) mandatory: String,
    pub(super) other: bool,
    /// The attributes of the question that are not empty.
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) rows: Vec<Row>,
    pub(super) answers: Vec<Answer>,
    /// The name in expressions of old surveys: `123X4X5`; empty if unknown.
    pub(super) numbered: String,
    /// Whether the file has conditions of the kind that came before relevance.
    pub(super) has_conditions: bool,
    pub(super) origin: Origin,
}

/// A subquestion.
#[derive(Debug, Default, Clone)]
pub(super) struct Row {
    pub(super) scale: String,
    pub(super) code: String,
    pub(super) text: Words,
    pub(super) relevance: String,
    pub(super) origin: Origin,
}

/// An answer to choose.
#[derive(Debug, Default, Clone)]
pub(super) struct Answer {
    pub(super) scale: String,
    pub(super) code: String,
    pub(super) text: Words,
    /// The assessment value.
    pub(super) value: String,
}

/// Where a part of a survey is.
#[derive(Debug, Default, Clone)]
pub(super) struct Origin {
    pub(super) file: String,
    /// The row of a table or the line of an XML file, from 1.
    pub(super) number: usize,
    pub(super) is_xml: bool,
}

impl Origin {
    /// The place of the whole part.
    pub(super) fn place(&self) -> Place {
        let unit = if self.is_xml { "line" } else { "row" };
        Place::new(&self.file, format!("{unit} {}", self.number))
    }

    /// The place of a column or an element.
    pub(super) fn part(&self, name: &str) -> Place {
        Place::new(
            &self.file,
            if self.is_xml {
                format!("line {}, <{name}>", self.number)
            } else {
                format!("row {}, column \"{name}\"", self.number)
            },
        )
    }
}

impl Question {
    /// An attribute; empty if it is not set.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", |value| value.trim())
    }

    /// An attribute that is a number.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.attribute(name)
            .replace(',', ".")
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }

    /// Whether the question is computed.
    pub(super) fn is_equation(&self) -> bool {
        self.kind == "*"
    }

    /// The expression of an equation in the main language.
    pub(super) fn equation(&self, language: &str) -> &str {
        match self.attribute("equation") {
            "" => self.text.of(language).unwrap_or_default(),
            equation => equation,
        }
    }

    /// Whether respondents do not see the question.
    pub(super) fn is_hidden(&self) -> bool {
        matches!(self.attribute("hidden"), "1" | "Y")
    }
}

/// Whether a relevance is always met.
pub(super) fn is_always(relevance: &str) -> bool {
    matches!(relevance.trim().trim_matches(['{', '}']).trim(), "" | "1")
}

/// Reports the text at the end of a survey.
pub(super) fn end_text(place: &Place) -> Finding {
    Finding::new(Kind::Note, "end-text", place, "the text at the end of the survey is left out")
}
