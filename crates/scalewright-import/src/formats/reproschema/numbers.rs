//! Numbers and lines: ranges, decimal places and units.

use super::Reader;
use crate::choices::LARGEST;
use crate::finding::{Finding, Kind};
use crate::form::ResponseKind;
use crate::json::Node;
use crate::words::Words;

/// The decimal places of a number that may have some, because the source does not say how many.
const DECIMALS: u32 = 2;

impl<'a> Reader<'a> {
    pub(super) fn number(
        &mut self,
        item: &Node<'a>,
        input: &str,
        options: &Node<'a>,
    ) -> Result<ResponseKind, String> {
        let (min, max) = self.range(options);
        let decimals = has_decimals(input, options).then_some(DECIMALS);
        if decimals.is_some() {
            let message = format!(
                "the source does not say how many decimal places an answer has; {DECIMALS} were written"
            );
            self.form.findings.push(Finding::new(
                Kind::Assumed,
                "decimals",
                &item.place(),
                message,
            ));
        }
        if options.get("choices").list().next().is_some() {
            self.report(
                Kind::Doubtful,
                "choices-of-number",
                &options.get("choices"),
                "an input for numbers has choices, which the player does not show",
            );
        }
        let unit = self.unit(options);
        Ok(ResponseKind::Numeric { min, max, decimals, unit })
    }

    /// A line, or choices if each whole number of the range is one.
    pub(super) fn slider(&mut self, options: &Node<'a>) -> Result<ResponseKind, String> {
        let (min, max) = self.range(options);
        let listed: Vec<Node<'_>> = options.get("choices").list().collect();
        let values: Vec<f64> =
            listed.iter().filter_map(|choice| choice.get("value").as_number()).collect();
        let least = |values: &[f64]| values.iter().copied().reduce(f64::min);
        let most = |values: &[f64]| values.iter().copied().reduce(f64::max);
        let (Some(min), Some(max)) = (min.or(least(&values)), max.or(most(&values))) else {
            return Err("the ends of the line are not stated".to_owned());
        };
        #[expect(clippy::cast_precision_loss, reason = "a list has few choices")]
        let is_complete =
            values.len() as f64 >= max - min + 1.0 || values.len() > 2 && !options.has("maxValue");
        if is_complete {
            return self.choices(options);
        }
        if min >= max {
            return Err("the line has no length".to_owned());
        }
        let end = |reader: &mut Self, value: f64| {
            let at = listed.iter().find(|choice| {
                choice.get("value").as_number().is_some_and(|own| (own - value).abs() < 1e-9)
            });
            at.map(|choice| reader.texts.words(&choice.get("name"))).unwrap_or_default()
        };
        let (low, high) = (end(self, min), end(self, max));
        let between = values.iter().filter(|value| **value > min && **value < max).count();
        if between > 0 {
            let message =
                format!("the words at {between} points between the ends of the line are left out");
            self.report(Kind::NotUnderstood, "anchors", &options.get("choices"), message);
        }
        let decimals = if has_decimals("", options) { DECIMALS } else { 0 };
        Ok(ResponseKind::VisualAnalogue { min, max, decimals, low, high })
    }

    /// The range of an answer. A bound that is a text, or that is too large, is reported.
    fn range(&mut self, options: &Node<'a>) -> (Option<f64>, Option<f64>) {
        let (min, max) =
            (self.bound(&options.get("minValue")), self.bound(&options.get("maxValue")));
        match (min, max) {
            (Some(low), Some(high)) if low >= high => {
                self.report(
                    Kind::Doubtful,
                    "range",
                    &options.get("minValue"),
                    format!("the range from {low} to {high} is empty, and is left out"),
                );
                (None, None)
            }
            range => range,
        }
    }

    fn bound(&mut self, node: &Node<'a>) -> Option<f64> {
        if node.value().is_null() {
            return None;
        }
        if node.value().is_string() {
            let message = "the bound is a text, and not a number";
            self.report(Kind::Doubtful, "text-number", node, message);
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

    fn unit(&mut self, options: &Node<'a>) -> Words {
        let mut units = options.get("unitOptions").list();
        let Some(unit) = units.next() else { return Words::default() };
        if units.next().is_some() {
            self.report(
                Kind::NotUnderstood,
                "units",
                &options.get("unitOptions"),
                "a choice of units has no counterpart; the first is used",
            );
        }
        let words = self.texts.words(&unit.get("prefLabel"));
        if words.is_empty() { self.texts.words(&unit.get("value")) } else { words }
    }
}

fn has_decimals(input: &str, options: &Node<'_>) -> bool {
    let types = options.get("valueType");
    let stated = types.list().filter_map(|node| node.text()).chain(types.text());
    let mut all = stated.chain([input]).map(|name| name.rsplit(':').next().unwrap_or(name));
    all.any(|name| matches!(name, "float" | "decimal" | "double"))
}
