//! The response scales of an Open Scale Definition.

use super::Reader;
use crate::choices::{LARGEST, Listed, numbered};
use crate::finding::Kind;
use crate::form::{Choice, Response, ResponseKind};
use crate::json::Node;
use crate::words::Words;
use scalewright_model::OptionValue;

/// The most points of a rating, as many as a response scale may have options.
const MOST_POINTS: f64 = 1000.0;

impl<'a> Reader<'a> {
    /// The position of the response scale of an item; `None` if its answers are not understood.
    pub(super) fn response(&mut self, item: &Node<'a>, id: &str) -> Option<usize> {
        let kind = item.get("type").text().unwrap_or_default();
        let (name, signature, made) = match kind {
            "likert" => self.likert(item),
            "multi" => (
                id,
                self.signature(item, "options"),
                self.choices(item, "options").map(ResponseKind::Coded),
            ),
            "multicheck" => (
                id,
                self.signature(item, "options"),
                self.choices(item, "options").map(ResponseKind::Several),
            ),
            "grid" => {
                (id, self.signature(item, "columns"), self.columns(item).map(ResponseKind::Coded))
            }
            "vas" => (id, format!("vas {}", item.value()), Some(self.line(item))),
            "short" => (id, format!("short {id}"), Some(self.short(item))),
            "long" => ("long_text", "long".to_owned(), Some(ResponseKind::Text(4))),
            _ => {
                self.report(
                    Kind::NotUnderstood,
                    "unknown-type",
                    item,
                    format!("an item of the type `{kind}` is left out"),
                );
                return None;
            }
        };
        let Some(made) = made else {
            self.report(
                Kind::NotUnderstood,
                "no-options",
                item,
                format!("the item `{id}` has no options and is left out"),
            );
            return None;
        };
        let key = format!("{kind} {signature}");
        if let Some(known) = self.answers.get(&key) {
            return Some(*known);
        }
        let response = Response { name: self.ids.response(name), kind: made, place: item.place() };
        self.form.responses.push(response);
        let position = self.form.responses.len() - 1;
        self.answers.insert(key, position);
        Some(position)
    }

    /// What a list of options consists of.
    fn signature(&self, item: &Node<'a>, key: &str) -> String {
        item.get(key).value().to_string()
    }

    /// A rating scale: points from the lowest value, with labels for some or all of them.
    fn likert(&mut self, item: &Node<'a>) -> (&'static str, String, Option<ResponseKind>) {
        let general = self.definition.get("likert_options");
        let own =
            |own: &str, scale: &str| item.get(own).number().or_else(|| general.get(scale).number());
        let points = own("likert_points", "points").unwrap_or(5.0);
        let lowest = own("likert_min", "min").unwrap_or(1.0);
        let labels = if item.has("likert_labels") {
            item.get("likert_labels")
        } else {
            general.get("labels")
        };
        let signature = format!("{points} {lowest} {}", labels.value());
        let labels: Vec<Node<'_>> = labels.list().collect();
        let is_possible = (1.0..=MOST_POINTS).contains(&points)
            && lowest.fract() == 0.0
            && lowest.abs() < LARGEST;
        if !is_possible {
            return ("likert", signature, None);
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "both are whole numbers, and bounded above"
        )]
        let (lowest, points) = (lowest as i64, points as i64);
        let choices = (0..points).map(|index| {
            let label = usize::try_from(index).ok().and_then(|index| labels.get(index));
            let label =
                label.and_then(Node::text).map(|key| self.texts.words(key)).unwrap_or_default();
            let stored = (lowest + index).to_string();
            self.choice((lowest + index).into(), &stored, label)
        });
        let kind = ResponseKind::Coded(choices.collect());
        ("likert", signature, Some(kind))
    }

    fn choice(&self, value: OptionValue, stored: &str, label: Words) -> Choice {
        Choice {
            value,
            stored: stored.to_owned(),
            label,
            non_response: self.options.is_non_response(stored),
        }
    }

    /// The options of a choice. Their values are those of the source, if they are different numbers; otherwise the options
    /// are numbered.
    fn choices(&mut self, item: &Node<'a>, key: &str) -> Option<Vec<Choice>> {
        let options: Vec<(String, Words, Node<'a>)> = item
            .get(key)
            .list()
            .enumerate()
            .map(|(index, option)| {
                let text = option.text();
                let label = text
                    .or_else(|| option.get("text_key").text())
                    .or_else(|| option.get("label").text());
                let stored = text.map(str::to_owned).or_else(|| option.get("value").as_text());
                let stored = stored.unwrap_or_else(|| (index + 1).to_string());
                (stored, label.map(|key| self.texts.words(key)).unwrap_or_default(), option)
            })
            .collect();
        self.numbered(item, options)
    }

    /// The columns of a grid. One without a value has its number.
    fn columns(&mut self, item: &Node<'a>) -> Option<Vec<Choice>> {
        let columns: Vec<(String, Words, Node<'a>)> = item
            .get("columns")
            .list()
            .enumerate()
            .map(|(index, column)| {
                let label = column
                    .text()
                    .or_else(|| column.get("text_key").text())
                    .or_else(|| column.get("label_key").text());
                let stored =
                    column.get("value").as_text().unwrap_or_else(|| (index + 1).to_string());
                (stored, label.map(|key| self.texts.words(key)).unwrap_or_default(), column)
            })
            .collect();
        self.numbered(item, columns)
    }

    fn numbered(
        &mut self,
        item: &Node<'a>,
        options: Vec<(String, Words, Node<'a>)>,
    ) -> Option<Vec<Choice>> {
        let listed = options.into_iter();
        let listed =
            listed.map(|(stored, label, option)| Listed { stored, label, place: option.place() });
        let choices =
            numbered(self.options, &mut self.form.findings, &item.place(), listed.collect());
        (!choices.is_empty()).then_some(choices)
    }

    /// A visual analogue scale. Words between the ends are lost.
    fn line(&mut self, item: &Node<'a>) -> ResponseKind {
        let min = item.get("min").number().unwrap_or(0.0);
        let max = item.get("max").number().unwrap_or(100.0);
        let mut low =
            item.get("min_label").text().map(|key| self.texts.words(key)).unwrap_or_default();
        let mut high =
            item.get("max_label").text().map(|key| self.texts.words(key)).unwrap_or_default();
        let mut between = 0;
        for anchor in item.get("anchors").list() {
            let words =
                anchor.get("label").text().map(|key| self.texts.words(key)).unwrap_or_default();
            match anchor.get("value").number() {
                Some(value) if (value - min).abs() < 1e-9 => low = words,
                Some(value) if (value - max).abs() < 1e-9 => high = words,
                _ => between += 1,
            }
        }
        if between > 0 {
            let message =
                format!("the words at {between} points between the ends of the line are left out");
            self.report(Kind::NotUnderstood, "anchors", &item.get("anchors"), message);
        }
        ResponseKind::VisualAnalogue { min, max, decimals: 0, low, high }
    }

    /// A short text, or a number if the source asks for one.
    fn short(&mut self, item: &Node<'a>) -> ResponseKind {
        let validation = item.get("validation");
        let bound = |own: &str, general: &str| {
            item.get(own)
                .number()
                .or_else(|| validation.get(own).number())
                .or_else(|| validation.get(general).number())
        };
        let (min, max) = (bound("number_min", "min"), bound("number_max", "max"));
        let says_number =
            |node: Node<'_>| matches!(node.text(), Some("number" | "integer" | "numeric"));
        let is_number = min.is_some()
            || max.is_some()
            || says_number(item.get("input_type"))
            || says_number(validation.get("type"));
        if !is_number {
            return ResponseKind::Text(1);
        }
        let fits = |value: f64| value.abs() <= LARGEST;
        ResponseKind::Numeric {
            min: min.filter(|min| fits(*min)),
            max: max.filter(|max| fits(*max)),
            decimals: None,
            unit: Words::default(),
        }
    }
}
