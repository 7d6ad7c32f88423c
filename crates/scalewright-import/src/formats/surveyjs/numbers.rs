//! Texts that may be numbers, dates or times, and lines.

use super::Reader;
use crate::choices::LARGEST;
use crate::finding::Kind;
use crate::form::ResponseKind;
use crate::json::Node;
use crate::words::Words;

impl<'a> Reader<'a> {
    /// A text of one line, by the kind of input.
    pub(super) fn text(&mut self, element: &Node<'a>) -> Result<ResponseKind, String> {
        let validators: Vec<Node<'a>> = element.get("validators").list().collect();
        let is_numeric = |node: &&Node<'_>| node.get("type").text() == Some("numeric");
        let numeric = validators.iter().find(is_numeric);
        for other in validators.iter().filter(|node| !is_numeric(node)) {
            let kind = other.get("type").text().unwrap_or("unknown").to_owned();
            self.report(
                Kind::NotUnderstood,
                "validator",
                other,
                format!("the check `{kind}` of an answer has no counterpart"),
            );
        }
        match element.get("inputType").text().unwrap_or("text") {
            "number" | "range" => Ok(self.number(element, numeric)),
            _ if numeric.is_some() || element.get("maskType").text() == Some("numeric") => {
                Ok(self.number(element, numeric))
            }
            "date" => Ok(ResponseKind::Date),
            "time" => Ok(ResponseKind::Time),
            "text" | "email" | "tel" | "url" | "password" => Ok(ResponseKind::Text(1)),
            other => {
                let message = format!(
                    "an input of the type `{}` is imported as a text",
                    other.chars().take(60).collect::<String>()
                );
                self.report(Kind::Changed, "input-type", &element.get("inputType"), message);
                Ok(ResponseKind::Text(1))
            }
        }
    }

    fn number(&mut self, element: &Node<'a>, numeric: Option<&Node<'a>>) -> ResponseKind {
        let own = |key: &str, other: &str| {
            if element.has(key) {
                Some(element.get(key))
            } else {
                numeric.map(|node| node.get(other))
            }
        };
        let min = own("min", "minValue").and_then(|node| self.bound(&node));
        let max = own("max", "maxValue").and_then(|node| self.bound(&node));
        let is_empty = matches!((min, max), (Some(min), Some(max)) if min >= max);
        if is_empty {
            self.report(
                Kind::Doubtful,
                "range",
                element,
                "the range of the number is empty, and is left out",
            );
        }
        let (min, max) = if is_empty { (None, None) } else { (min, max) };
        let decimals = self.decimals(element);
        let is_unit = element.get("descriptionLocation").text() == Some("underInput");
        let unit =
            if is_unit { self.texts.words(&element.get("description")) } else { Words::default() };
        ResponseKind::Numeric { min, max, decimals, unit }
    }

    fn bound(&mut self, node: &Node<'a>) -> Option<f64> {
        if node.value().is_null() || node.value().as_str().is_some_and(str::is_empty) {
            return None;
        }
        let bound = node.as_number().filter(|bound| bound.abs() <= LARGEST);
        if bound.is_none() {
            self.report(
                Kind::NotUnderstood,
                "range",
                node,
                "the bound is not a number up to 1,000,000, and is left out",
            );
        }
        bound
    }

    /// The decimal places of the step of a number.
    fn decimals(&mut self, element: &Node<'a>) -> Option<u32> {
        let step = element.get("step");
        let Some(size) = step.as_number() else {
            let message = "the survey does not say how many decimal places an answer has; whole numbers are assumed";
            self.report(Kind::Assumed, "decimals", element, message);
            return None;
        };
        let decimals = (0..=6u32).find(|decimals| {
            let scaled = size * 10f64.powi(i32::try_from(*decimals).unwrap_or(0));
            (scaled - scaled.round()).abs() < 1e-9
        });
        let smallest = decimals.map(|decimals| 10f64.powi(-i32::try_from(decimals).unwrap_or(0)));
        if smallest.is_none_or(|smallest| (size - smallest).abs() > 1e-9) {
            self.report(
                Kind::NotUnderstood,
                "step",
                &step,
                format!("the step {size} has no counterpart beyond its decimal places"),
            );
        }
        decimals
    }

    /// A line between two numbers.
    pub(super) fn slider(&mut self, element: &Node<'a>) -> Result<ResponseKind, String> {
        if element.get("sliderType").text().is_some_and(|kind| kind != "single") {
            return Err("a slider with several values has no counterpart".to_owned());
        }
        let end = |key: &str, usual: f64| {
            if element.has(key) { element.get(key).as_number() } else { Some(usual) }
        };
        let (Some(min), Some(max)) = (end("min", 0.0), end("max", 100.0)) else {
            return Err("an end of the slider is not a number".to_owned());
        };
        if min >= max || min.abs() > LARGEST || max.abs() > LARGEST {
            return Err("the slider has no length".to_owned());
        }
        let decimals = if element.has("step") { self.decimals(element).unwrap_or(0) } else { 0 };
        let (mut low, mut high, mut between) = (Words::default(), Words::default(), 0);
        for label in element.get("customLabels").list() {
            let words = self.texts.words(&label.get("text"));
            match label.get("value").as_number() {
                Some(value) if (value - min).abs() < 1e-9 => low = words,
                Some(value) if (value - max).abs() < 1e-9 => high = words,
                _ => between += 1,
            }
        }
        if between > 0 {
            let message =
                format!("the words at {between} points between the ends of the line are left out");
            self.report(Kind::NotUnderstood, "anchors", &element.get("customLabels"), message);
        }
        Ok(ResponseKind::VisualAnalogue { min, max, decimals, low, high })
    }
}
