//! Calculated fields as scores.

use std::collections::{BTreeMap, HashMap};

use scalewright_model::file::BandFile;

use super::Reader;
use super::names::mentioned;
use super::tags::calculated_text;
use crate::expr;
use crate::finding::Kind;
use crate::form::rule::Rule;
use crate::formats::redcap::columns::Column;
use crate::formats::redcap::field::Field;
use crate::place::Place;

/// The most scores that computing one score may take, counting each use.
const MOST_USES: usize = 200;

/// How far the reading of a score has got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Open,
    Done(usize),
}

impl<'a> Reader<'a> {
    /// Whether a field is calculated: a number, or a text.
    pub(super) fn is_score(&self, field: &Field) -> bool {
        field.kind == "calc" || calculated_text(field).is_some()
    }

    /// Reads the rules of all scores, now that all names are known. A text that names intervals of one score gives the
    /// bands of that score.
    pub(super) fn scores(&mut self) {
        let fields = self.fields.clone();
        let mut calculated: Vec<&Field> =
            fields.into_iter().filter(|field| self.is_calculated(field)).collect();
        self.rules(&calculated);
        self.undocumented(&calculated);
        let banded = self.bands(&calculated);
        if banded.is_empty() {
            self.shown_only_sometimes(&calculated);
            return;
        }
        // The rules refer to scores by position, so that they are read again without the fields that became bands.
        let is_kept: Vec<bool> = self
            .form
            .scores
            .iter()
            .map(|score| !banded.contains_key(score.column.as_str()))
            .collect();
        let mut kept = is_kept.iter();
        self.form.scores.retain(|_| kept.next().copied().unwrap_or(true));
        calculated.retain(|field| !banded.contains_key(field.name.as_str()));
        self.scores = calculated
            .iter()
            .enumerate()
            .map(|(index, field)| (field.name.as_str(), index))
            .collect();
        for (name, score) in banded {
            self.left_out.insert(name, format!("is the band of `{score}`"));
        }
        self.rules(&calculated);
        self.shown_only_sometimes(&calculated);
    }

    /// Whether a field is one of the scores, and not a second one of the same name.
    fn is_calculated(&self, field: &Field) -> bool {
        let score =
            self.scores.get(field.name.as_str()).and_then(|index| self.form.scores.get(*index));
        score.is_some_and(|score| score.rule.place == field.place(Column::Label))
    }

    /// Reads the rules, each after those that it uses.
    fn rules(&mut self, calculated: &[&'a Field]) {
        let mut stages = HashMap::new();
        for index in 0..calculated.len() {
            self.rule_of(index, calculated, &mut stages, 0);
        }
    }

    /// Reads the rule of a score. Returns how many scores its computation takes; `None` if it uses itself or too many.
    fn rule_of(
        &mut self,
        index: usize,
        calculated: &[&'a Field],
        stages: &mut HashMap<usize, Stage>,
        depth: usize,
    ) -> Option<usize> {
        match stages.get(&index) {
            Some(Stage::Done(uses)) => return Some(*uses),
            // A circle.
            Some(Stage::Open) => return None,
            None => {}
        }
        stages.insert(index, Stage::Open);
        let (text, place) = calculation(calculated[index]);
        let used = mentioned(text)
            .into_iter()
            .filter_map(|mention| self.scores.get(mention.name.as_str()).copied());
        let mut uses = Some(1_usize);
        for used in used.collect::<Vec<_>>() {
            let of_used =
                if depth < 100 { self.rule_of(used, calculated, stages, depth + 1) } else { None };
            uses = uses
                .zip(of_used)
                .map(|(all, more)| all.saturating_add(more))
                .filter(|all| *all <= MOST_USES);
        }
        let rule = match uses {
            Some(_) => self.rule(text, &place, expr::score),
            None => {
                let reason = "it uses itself, or more scores than can be computed";
                Rule::not_understood(text, &place, reason)
            }
        };
        self.form.scores[index].rule = rule;
        // A score that was not understood takes no computation.
        stages.insert(index, Stage::Done(uses.unwrap_or(1)));
        uses
    }

    /// The fields that are bands of a score, each with the name of that score.
    fn bands(&mut self, calculated: &[&'a Field]) -> BTreeMap<&'a str, String> {
        let mut banded = BTreeMap::new();
        for field in calculated {
            let Some(text) = calculated_text(field) else { continue };
            let text = self.prepared(text);
            let Some((score, mut bands)) = self.scoped(|scope| expr::bands(scope, &text)) else {
                continue;
            };
            if self.is_ours {
                bands.iter_mut().for_each(without_tolerance);
            }
            // A second set of bands stays a score whose values are words.
            let Some(score) =
                self.form.scores.get_mut(score).filter(|score| score.bands.is_empty())
            else {
                continue;
            };
            score.bands = bands;
            let message = format!("`{}` becomes the bands of `{}`", field.name, score.id);
            banded.insert(field.name.as_str(), score.column.clone());
            self.report(Kind::Changed, "bands", &field.place(Column::Annotation), message);
        }
        banded
    }

    /// Reports what REDCap does not document about blanks, and takes as here.
    fn undocumented(&mut self, calculated: &[&'a Field]) {
        let of_sum =
            calculated.iter().find(|field| calculation(field).0.to_lowercase().contains("sum("));
        if let Some(field) = of_sum {
            let message = "REDCap does not document whether `sum` of nothing but blanks is 0 or blank; it is taken as blank";
            self.report(Kind::Note, "undocumented", &calculation(field).1, message);
        }
        let of_order = calculated.iter().find(|field| {
            let text = calculation(field).0.replace("<>", "");
            text.contains(['<', '>'])
        });
        if let Some(field) = of_order {
            let message = "REDCap does not document whether a blank is less than a number; no blank is taken to be less or greater";
            self.report(Kind::Note, "undocumented", &calculation(field).1, message);
        }
    }

    /// Reports scores that REDCap shows only under a condition.
    fn shown_only_sometimes(&mut self, calculated: &[&'a Field]) {
        for field in calculated.iter().filter(|field| !field.branching.is_empty()) {
            let message = format!(
                "`{}` is shown only if a condition is met; the score is always computed here",
                field.name
            );
            self.report(
                Kind::Doubtful,
                "conditional-score",
                &field.place(Column::Branching),
                message,
            );
        }
    }
}

/// Takes out the tolerance of a ten-millionth that this program writes around the limits of bands.
fn without_tolerance(band: &mut BandFile) {
    for limit in [&mut band.from, &mut band.above, &mut band.to, &mut band.below] {
        *limit = limit.map(|limit| (limit * 1e6).round() / 1e6);
    }
}

/// The expression of a calculated field, and its place.
fn calculation(field: &Field) -> (&str, Place) {
    match calculated_text(field) {
        Some(text) => (text, field.place(Column::Annotation)),
        None => (&field.content, field.place(Column::Choices)),
    }
}
