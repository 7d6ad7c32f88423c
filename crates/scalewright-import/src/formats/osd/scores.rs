//! The scores of an Open Scale Definition.

use std::collections::BTreeMap;
use std::sync::Arc;

use scalewright_model::file::{BandFile, FactorFile, RecodeFile, ScaleFile};
use scalewright_model::{MissingKind, ScoreKind};

use super::Reader;
use super::runner::{Method, Scorer, Term, leading_number, stored};
use crate::finding::Kind;
use crate::form::rule::{Rule, Source, Target};
use crate::form::{ResponseKind, Score};
use crate::json::Node;
use crate::words::Words;

impl<'a> Reader<'a> {
    /// Reads all scores: first those of items, then those of other scores, as the runner computes them. Returns the
    /// position of each; of two from one block, that of the transformed one.
    pub(super) fn scores(&mut self) -> BTreeMap<String, usize> {
        let blocks = self.definition.get("scoring").entries();
        let mut positions = BTreeMap::new();
        for (name, block) in blocks.iter().filter(|(_, block)| !block.has("scores")) {
            self.score(name, block, &mut positions);
        }
        for (name, block) in blocks.iter().filter(|(_, block)| block.has("scores")) {
            self.score(name, block, &mut positions);
        }
        positions
    }

    /// Reads one block: the score, and the transformed score if it has one.
    fn score(&mut self, name: &str, block: &Node<'a>, positions: &mut BTreeMap<String, usize>) {
        self.unknown(
            block,
            &[
                "method",
                "items",
                "description",
                "transform",
                "norms",
                "value_map",
                "scores",
                "name",
                "correct_answers",
                "weights",
                "item_coding",
            ],
        );
        let id = self.ids.item(name);
        let (title, description) = self.names(name, block);
        let scorer = self.scorer(block, positions);
        let mut rule = match &scorer {
            Ok(scorer) => self.rule(scorer, block),
            Err(reason) => Rule::not_understood("", &block.place(), reason.clone()),
        };
        rule.text = block.get("method").text().unwrap_or_default().to_owned();
        let bands = self.bands(block);
        let score =
            Score { id, column: name.to_owned(), title: title.clone(), description, rule, bands };
        positions.insert(name.to_owned(), self.form.scores.len());
        self.form.scores.push(score);
        if block.has("transform") {
            self.transformed(name, block, &title, scorer, positions);
        }
    }

    /// The transformed score. The runner compares its bands with the score that is not transformed.
    fn transformed(
        &mut self,
        name: &str,
        block: &Node<'a>,
        title: &Words,
        scorer: Result<Scorer, String>,
        positions: &mut BTreeMap<String, usize>,
    ) {
        let steps = scorer.and_then(|scorer| Ok((steps(&block.get("transform"))?, scorer)));
        let mut rule = match steps {
            Ok((steps, scorer)) => self.rule(&Scorer { steps, ..scorer }, block),
            Err(reason) => Rule::not_understood("", &block.get("transform").place(), reason),
        };
        rule.text = "transform".to_owned();
        rule.place = block.get("transform").place();
        let score = Score {
            id: self.ids.item(&format!("{name}_transformed")),
            column: format!("{name}_transformed"),
            title: title.map(|title| format!("{title}, transformed")),
            description: None,
            rule,
            bands: Vec::new(),
        };
        // Scores of scores use the transformed score.
        positions.insert(name.to_owned(), self.form.scores.len());
        self.form.scores.push(score);
        let message =
            format!("`{name}` gives two scores: bands belong to the one that is not transformed");
        self.report(Kind::Changed, "two-scores", block, message);
    }

    /// The name and the description of a score: those of its dimension.
    fn names(&self, name: &str, block: &Node<'_>) -> (Words, Option<String>) {
        let dimensions = self.definition.get("dimensions");
        let dimension = dimensions.list().find(|node| node.get("id").text() == Some(name));
        let of_dimension = |key: &str| dimension.as_ref().and_then(|node| node.get(key).text());
        let title = block.get("name").text().or_else(|| of_dimension("name")).unwrap_or(name);
        let description = of_dimension("description").or_else(|| block.get("description").text());
        (Words::only(title), description.map(str::to_owned))
    }

    /// The runner's computation of a block.
    fn scorer(
        &mut self,
        block: &Node<'a>,
        positions: &BTreeMap<String, usize>,
    ) -> Result<Scorer, String> {
        let method = match block.get("method").text() {
            Some("mean_coded") => Method::Mean,
            Some("weighted_sum") => Method::WeightedSum,
            Some("weighted_mean") => Method::WeightedMean,
            Some("sum_coded") => Method::Sum,
            Some("sum_correct") => {
                return Err(
                    "`sum_correct` compares texts, and formulas here have no texts to compare"
                        .to_owned(),
                );
            }
            Some(other) => {
                let message = format!(
                    "the runner does not know the method `{other}` and adds the answers up"
                );
                self.report(Kind::Doubtful, "method", &block.get("method"), message);
                Method::Sum
            }
            None => return Err("the block names no method".to_owned()),
        };
        let weights = block.get("weights");
        let weight = |name: &str| weights.get(name).number().unwrap_or(1.0);
        let mut scorer =
            Scorer { method, terms: Vec::new(), scores: Vec::new(), steps: Vec::new() };
        let of_scores: Vec<String> =
            block.get("scores").list().filter_map(|node| node.as_text()).collect();
        for (name, coding, node) in codings(block) {
            if of_scores.contains(&name) || coding == 0.0 {
                continue;
            }
            match self.items.get(&name) {
                Some(item) => {
                    scorer.terms.push(self.term(*item, block, &name, coding, weight(&name)))
                }
                None => {
                    let message =
                        format!("the score names `{name}`, which is no item; the runner skips it");
                    self.report(Kind::Doubtful, "unknown-item", &node, message);
                }
            }
        }
        for name in &of_scores {
            let Some(position) = positions.get(name) else {
                return Err(format!("the score names the score `{name}`, which is not there"));
            };
            let coding = codings(block)
                .into_iter()
                .find(|(own, _, _)| own == name)
                .map_or_else(|| default_coding(block), |(_, coding, _)| coding);
            if coding != 0.0 {
                scorer.scores.push((*position, coding, weight(name)));
            }
        }
        if scorer.terms.is_empty() && scorer.scores.is_empty() {
            return Err("the score names no item of the form".to_owned());
        }
        Ok(scorer)
    }

    fn term(&self, item: usize, block: &Node<'_>, name: &str, coding: f64, weight: f64) -> Term {
        let maps = block.get("value_map");
        let map = if maps.has(name) { maps.get(name) } else { maps.get("default") };
        let map: Vec<f64> = map.list().filter_map(|node| node.number()).collect();
        Term {
            item,
            range: self.range(name),
            map: (!map.is_empty()).then_some(map),
            coding,
            weight,
        }
    }

    /// The range that the runner takes for an item: from the item or from the whole scale. Choices have none, so they are
    /// never reversed.
    fn range(&self, name: &str) -> Option<(f64, f64)> {
        let items = self.definition.get("items");
        let by_id = |id: &str| items.list().find(|node| node.get("id").text() == Some(id));
        let item = by_id(name).or_else(|| {
            by_id(name.rsplit_once('_')?.0).filter(|node| node.get("type").text() == Some("grid"))
        })?;
        let general = self.definition.get("likert_options");
        let number = |node: &Node<'_>, key: &str| node.get(key).number();
        match item.get("type").text()? {
            "likert" => {
                let points = number(&item, "likert_points")
                    .or_else(|| number(&general, "points"))
                    .unwrap_or(5.0);
                let low =
                    number(&item, "likert_min").or_else(|| number(&general, "min")).unwrap_or(1.0);
                let high = number(&item, "likert_max")
                    .or_else(|| number(&general, "max"))
                    .unwrap_or(points);
                Some((low, high))
            }
            "vas" => {
                Some((number(&item, "min").unwrap_or(0.0), number(&item, "max").unwrap_or(100.0)))
            }
            "grid" => {
                let values: Vec<Option<f64>> =
                    item.get("columns").list().map(|column| number(&column, "value")).collect();
                let has_values = values.iter().any(Option::is_some);
                let values = values.into_iter().enumerate().map(|(index, value)| {
                    #[expect(clippy::cast_precision_loss, reason = "a number of columns")]
                    let position = (index + 1) as f64;
                    if has_values { value.unwrap_or(0.0) } else { position }
                });
                values.fold(None, |range: Option<(f64, f64)>, value| {
                    Some(
                        range.map_or((value, value), |(low, high)| {
                            (low.min(value), high.max(value))
                        }),
                    )
                })
            }
            _ => None,
        }
    }

    /// Our scale for a computation of the runner.
    fn rule(&mut self, scorer: &Scorer, block: &Node<'a>) -> Rule {
        let target = match self.scale(scorer, block) {
            Ok(scale) => Target::Scale(Box::new(scale)),
            Err(reason) => Target::NotUnderstood(reason),
        };
        let source: Arc<dyn Source> = Arc::new(scorer.clone());
        Rule { text: String::new(), place: block.place(), source: Some(source), target }
    }

    fn scale(&mut self, scorer: &Scorer, block: &Node<'a>) -> Result<ScaleFile, String> {
        let kind = match scorer.method {
            Method::Sum | Method::WeightedSum => ScoreKind::Sum,
            Method::Mean => ScoreKind::Mean,
            Method::WeightedMean => {
                return Err("a weighted mean over the answered items".to_owned());
            }
        };
        let mut scale = ScaleFile::new("", "", kind, MissingKind::AnsweredOnly);
        scale.min_answered = Some(1);
        let weighted = scorer.method == Method::WeightedSum;
        if !scorer.scores.is_empty() && !scorer.terms.is_empty() {
            return Err("a score of items and of scores".to_owned());
        }
        for (score, coding, weight) in &scorer.scores {
            let id = self.form.scores[*score].id.clone();
            let weight = coding * if weighted { *weight } else { 1.0 };
            scale.weights.insert(id.clone(), weight.into());
            scale.scales.push(id);
        }
        let mut recodes: BTreeMap<String, (Vec<String>, BTreeMap<String, f64>)> = BTreeMap::new();
        for term in &scorer.terms {
            let Some((entry, table)) = self.entry(term, block)? else { continue };
            let id = self.form.items[term.item].id.clone();
            if let Some(table) = table {
                let text = format!("{table:?}");
                recodes.entry(text).or_insert_with(|| (Vec::new(), table)).0.push(id.clone());
            }
            if weighted {
                scale.weights.insert(id, term.weight.into());
            }
            if !scale.items.contains(&entry) {
                scale.items.push(entry);
            }
        }
        let all = scale.items.len();
        scale.recode = recodes
            .into_values()
            .map(|(items, values)| {
                let items = if items.len() == all { Vec::new() } else { items };
                RecodeFile { items, shared: None, values, missing: None }
            })
            .collect();
        if scale.weights.values().all(|weight| (weight.number() - 1.0).abs() < 1e-12) {
            scale.weights.clear();
        }
        if scale.items.is_empty() && scale.scales.is_empty() {
            return Err("no item of the score has a number".to_owned());
        }
        let (factor, summand) = scorer
            .steps
            .iter()
            .fold((1.0, 0.0), |(factor, summand), (by, plus)| (factor * by, summand * by + plus));
        scale.multiply = Some(scalewright_scoring::tidy(factor))
            .filter(|factor| (factor - 1.0).abs() > 1e-12)
            .map(FactorFile::from);
        scale.intercept =
            Some(scalewright_scoring::tidy(summand)).filter(|summand| summand.abs() > 1e-12);
        Ok(scale)
    }

    /// The entry of an item on a scale: its id, `-` before it if it is reversed, or with a table of values. `None` if no
    /// answer has a number.
    fn entry(&mut self, term: &Term, block: &Node<'a>) -> Result<Option<Entry>, String> {
        let item = &self.form.items[term.item];
        let id = item.id.clone();
        match &self.form.responses[item.response].kind {
            ResponseKind::Coded(choices) => {
                let choices: Vec<_> =
                    choices.iter().filter(|choice| !choice.non_response).collect();
                let values: Vec<f64> = choices.iter().map(|choice| choice.value.number()).collect();
                let numbers: Vec<Option<f64>> = values
                    .iter()
                    .map(|value| {
                        let number = leading_number(&stored(&self.form, term.item, *value)?)?;
                        Some(coded(term, number))
                    })
                    .collect();
                if numbers.iter().all(Option::is_none) {
                    self.report(
                        Kind::Doubtful,
                        "texts-scored",
                        block,
                        format!("the answers to `{id}` are texts, which the runner skips"),
                    );
                    return Ok(None);
                }
                let Some(numbers) = numbers.into_iter().collect::<Option<Vec<f64>>>() else {
                    return Err(format!("some answers to `{id}` are texts and some are numbers"));
                };
                if term.coding < 0.0 && term.range.is_none() {
                    self.report(Kind::Doubtful, "not-reversed", block, format!("the key reverses `{id}`, but the runner reverses no choices: the score does not either"));
                }
                Ok(Some(entry_of(&id, &values, &numbers)))
            }
            ResponseKind::VisualAnalogue { .. } => {
                let sign = if term.coding < 0.0 { "-" } else { "" };
                if term.map.is_some() {
                    Err(format!("a table of values for `{id}`, which is a line"))
                } else {
                    Ok(Some((format!("{sign}{id}"), None)))
                }
            }
            ResponseKind::Numeric { min: Some(_), max: Some(_), .. } if term.map.is_none() => {
                Ok(Some((id, None)))
            }
            ResponseKind::Numeric { .. } => Err(format!(
                "`{id}` is a number without a range; add its range to the source, or `min` and `max` to the definition"
            )),
            _ => Err(format!("`{id}` is not answered with a number")),
        }
    }

    /// The bands of a score. The runner takes the first interval that a score lies in.
    pub(super) fn bands(&mut self, block: &Node<'a>) -> Vec<BandFile> {
        let norms = block.get("norms");
        let thresholds = norms.get("thresholds");
        let mut bands: Vec<BandFile> = Vec::new();
        for threshold in thresholds.list() {
            let Some(label) = threshold.get("label").text() else {
                self.report(
                    Kind::NotUnderstood,
                    "band",
                    &threshold,
                    "a band without a `label` is left out; the runner shows none either",
                );
                continue;
            };
            let mut band = BandFile {
                label: label.chars().take(200).collect(),
                from: threshold.get("min").number(),
                above: None,
                to: threshold.get("max").number(),
                below: None,
                feedback: None,
            };
            let before = bands.last().and_then(|band| band.to);
            match (before, band.from) {
                (Some(before), Some(from))
                    if from <= before && band.to.is_none_or(|to| to > before) =>
                {
                    self.report(Kind::Doubtful, "band-overlap", &threshold, format!("the band overlaps the one before it; the score {before} belongs to that one"));
                    band.above = Some(before);
                    band.from = None;
                }
                (Some(before), Some(from)) if from <= before => {
                    self.report(
                        Kind::NotUnderstood,
                        "bands",
                        &thresholds,
                        "the bands overlap or are not in ascending order, and are left out",
                    );
                    return Vec::new();
                }
                _ => {}
            }
            bands.push(band);
        }
        bands
    }
}

/// The entry of an item on a scale, with the table of values if it has one.
type Entry = (String, Option<BTreeMap<String, f64>>);

/// The value of a term for the number that the source stores.
fn coded(term: &Term, number: f64) -> f64 {
    let mapped = term.map.as_ref().and_then(|map| {
        let position = number.round() - term.range?.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be a position"
        )]
        (position >= 0.0).then(|| map.get(position as usize).copied())?
    });
    let value = mapped.unwrap_or(number);
    match term.range {
        Some((low, high)) if term.coding < 0.0 => low + high - value,
        _ => value,
    }
}

/// The entry for an item whose answers `values` count as `numbers`.
fn entry_of(id: &str, values: &[f64], numbers: &[f64]) -> (String, Option<BTreeMap<String, f64>>) {
    let is = |expected: &dyn Fn(f64) -> f64| {
        values.iter().zip(numbers).all(|(value, number)| (expected(*value) - number).abs() < 1e-9)
    };
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if is(&|value| value) {
        return (id.to_owned(), None);
    }
    if is(&|value| low + high - value) {
        return (format!("-{id}"), None);
    }
    let table =
        values.iter().zip(numbers).map(|(value, number)| (value.to_string(), *number)).collect();
    (id.to_owned(), Some(table))
}

/// The items of a block with their codings: 1, or -1 for a reversed item.
fn codings<'a>(block: &Node<'a>) -> Vec<(String, f64, Node<'a>)> {
    let items = block.get("items");
    let old = block.get("item_coding");
    if items.table().is_some() {
        return items
            .entries()
            .into_iter()
            .map(|(name, node)| (name.to_owned(), node.number().unwrap_or(0.0), node))
            .collect();
    }
    let listed: Vec<_> = items.list().filter_map(|node| Some((node.as_text()?, node))).collect();
    if listed.is_empty() {
        return old
            .entries()
            .into_iter()
            .map(|(name, node)| (name.to_owned(), node.number().unwrap_or(0.0), node))
            .collect();
    }
    listed
        .into_iter()
        .map(|(name, node)| {
            let coding = old.get(&name).number().unwrap_or(1.0);
            (name, coding, node)
        })
        .collect()
}

/// The coding of a score that the block does not list among its items.
fn default_coding(block: &Node<'_>) -> f64 {
    if block.get("items").table().is_some() { 0.0 } else { 1.0 }
}

/// The steps of a transformation with numbers, each as a factor and a summand.
fn steps(transform: &Node<'_>) -> Result<Vec<(f64, f64)>, String> {
    let mut steps = Vec::new();
    for step in transform.list() {
        let operator = step.get("op").text().unwrap_or_default();
        let Some(value) = step.get("value").number() else {
            return Err(format!(
                "a transformation by `{}` of the answers",
                step.get("value").value()
            ));
        };
        steps.push(match operator {
            "add" => (1.0, value),
            "subtract" => (1.0, -value),
            "multiply" => (value, 0.0),
            "divide" if value != 0.0 => (1.0 / value, 0.0),
            "divide" => (1.0, 0.0),
            other => return Err(format!("the step `{other}` of a transformation")),
        });
    }
    Ok(steps)
}
