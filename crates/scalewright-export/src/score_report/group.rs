//! The report of a group: means, standard deviations and distributions against bands, with norms beside them.

use std::collections::BTreeSet;

use scalewright_model::file::NormFile;
use scalewright_scoring::Scored;

use super::block::{Block, Column, REST, Run, Style, Table, Width};
use super::histogram;
use super::request::{ReportSheet, ScoreOf, value_text};
use crate::ui::filled;

/// The scores of a group.
#[derive(Default)]
pub struct Group {
    /// The number of rows.
    pub rows: usize,
    /// The number of respondents, each of whom may have several rows.
    pub respondents: usize,
    scores: Vec<GroupScores>,
}

/// One score of all rows.
#[derive(Default)]
pub(super) struct GroupScores {
    pub(super) scores: Vec<f64>,
    /// How many rows have no score.
    pub(super) without: usize,
    /// How many of the scores replace missing answers, or are computed without them.
    pub(super) incomplete: usize,
    /// The respondents who have the score, of whom the first are enough.
    people: BTreeSet<String>,
}

/// No group needs more people than this to be shown.
const MOST_PEOPLE: usize = 100_000;

impl Group {
    /// Adds the scores of some rows of a respondent, parallel to the program's scores. `items` is the number of items of
    /// each score.
    pub fn add(&mut self, name: &str, (scored, rows): (&[Scored], usize), items: &[usize]) {
        self.rows += rows;
        self.scores.resize_with(scored.len(), GroupScores::default);
        for ((group, scored), items) in self.scores.iter_mut().zip(scored).zip(items) {
            for row in 0..rows {
                let Some(score) = scored.score.get(row) else {
                    group.without += 1;
                    continue;
                };
                group.scores.push(score);
                if group.people.len() < MOST_PEOPLE && !group.people.contains(name) {
                    group.people.insert(name.to_owned());
                }
                let answered = scored.answered.get(row).map(|count| *count as usize);
                let is_partial = answered.is_some_and(|answered| answered < *items);
                group.incomplete += usize::from(is_partial);
            }
        }
    }

    fn of(&self, score: &ScoreOf<'_>) -> &GroupScores {
        static NONE: GroupScores =
            GroupScores { scores: Vec::new(), without: 0, incomplete: 0, people: BTreeSet::new() };
        self.scores.get(score.position).unwrap_or(&NONE)
    }
}

impl GroupScores {
    fn mean(&self) -> f64 {
        self.scores.iter().sum::<f64>() / self.scores.len() as f64
    }

    /// The standard deviation with n − 1, from squared distances to the mean. `None` of fewer than two scores.
    fn sd(&self) -> Option<f64> {
        let (mean, count) = (self.mean(), self.scores.len());
        let squares = self.scores.iter().map(|score| (score - mean).powi(2)).sum::<f64>();
        (count > 1).then(|| (squares / (count - 1) as f64).sqrt())
    }

    fn ends(&self) -> (f64, f64) {
        let low = self.scores.iter().copied().fold(f64::INFINITY, f64::min);
        (low, self.scores.iter().copied().fold(f64::NEG_INFINITY, f64::max))
    }
}

/// A request for the report of a group.
pub struct GroupRequest<'a> {
    /// What all reports of the run share.
    pub sheet: &'a ReportSheet<'a>,
    /// The scores.
    pub group: &'a Group,
    /// A score that fewer people have is not shown.
    pub least: usize,
    /// The norms of the definition.
    pub norms: &'a [NormFile],
}

impl<'a> GroupRequest<'a> {
    /// Whether enough people have the score to show it: one who answered often is no group.
    fn is_shown(&self, score: &ScoreOf<'_>) -> bool {
        self.group.of(score).people.len() >= self.least.clamp(1, MOST_PEOPLE)
    }

    /// The scores that are shown.
    fn shown(&self) -> impl Iterator<Item = ScoreOf<'a>> {
        self.sheet.scores().filter(|score| self.is_shown(score))
    }
}

/// Returns the number of respondents in words.
pub(super) fn subject(request: &GroupRequest<'_>) -> String {
    let count = request.group.respondents.to_string();
    filled(request.sheet.ui().parts().group_of, &[("count", &count)])
}

/// Returns all parts of the report.
pub(super) fn parts(request: &GroupRequest<'_>) -> Vec<Block> {
    let words = request.sheet.ui().parts();
    let mut blocks = vec![Block::heading(request.sheet.ui().scores), Block::list(rules(request))];
    if request.shown().any(|score| score.is_number()) {
        blocks.push(Block::Table(means(request)));
    }
    let mut distributions: Vec<Block> =
        request.shown().flat_map(|score| distribution(request, &score)).collect();
    if !distributions.is_empty() {
        distributions.insert(0, Block::heading(words.distribution));
    }
    blocks.extend(distributions);
    blocks.extend(norms(request));
    blocks
}

/// The rules of the report, and the scores that they leave out.
fn rules(request: &GroupRequest<'_>) -> Vec<String> {
    let (words, group) = (request.sheet.ui().parts(), request.group);
    let least = request.least.to_string();
    let mut rules = vec![filled(words.rule, &[("least", &least)])];
    if group.rows > group.respondents {
        let (rows, count) = (group.rows.to_string(), group.respondents.to_string());
        rules.push(filled(words.rows, &[("rows", &rows), ("count", &count)]));
    }
    let hidden = request.sheet.scores().filter(|score| !request.is_shown(score));
    rules.extend(
        hidden.map(|score| filled(words.suppressed, &[("least", &least), ("title", score.title)])),
    );
    rules
}

fn means(request: &GroupRequest<'_>) -> Table {
    let (own, words, parts) =
        (request.sheet.ui(), request.sheet.words(), request.sheet.ui().parts());
    Table {
        caption: own.scores.to_owned(),
        columns: vec![
            Column::new(words.score_of, REST),
            Column::of_numbers("n"),
            Column::of_numbers(own.made[1]),
            Column::of_numbers(parts.sd),
            Column::new(parts.observed, Width::Content),
            Column::new(words.range, Width::Content),
            Column::of_numbers(parts.without),
            Column::of_numbers(parts.replaced),
        ],
        named_by: 0,
        rows: request
            .shown()
            .filter(ScoreOf::is_number)
            .map(|score| mean_row(request, &score))
            .collect(),
    }
}

fn mean_row(request: &GroupRequest<'_>, score: &ScoreOf<'_>) -> Vec<Run> {
    let (sheet, scores) = (request.sheet, request.group.of(score));
    let (figures, (low, high)) = (sheet.figures(), scores.ends());
    let sd = scores.sd().map_or_else(|| "–".to_owned(), |sd| figures.shown(sd));
    vec![
        Run::words(score.title),
        Run::own(scores.scores.len().to_string()),
        Run::own(value_text(sheet, score, scores.mean())).styled(Style::Strong),
        Run::own(sd),
        Run::own(sheet.span(low, high)),
        Run::own(super::scores::range(sheet, score)),
        Run::own(scores.without.to_string()),
        Run::own(scores.incomplete.to_string()),
    ]
}

/// Returns the distribution of one score: a picture of a number, and a table of each set of bands, or of the values.
fn distribution(request: &GroupRequest<'_>, score: &ScoreOf<'_>) -> Vec<Block> {
    let (sheet, scores) = (request.sheet, request.group.of(score));
    let about = histogram::About { mean: scores.mean(), sd: scores.sd() };
    let picture = histogram::picture(sheet, score, &scores.scores, &about);
    let mut blocks: Vec<Block> =
        picture.map(|picture| Block::Figure { picture }).into_iter().collect();
    if score.is_number() {
        let sets = score.scale.all_bands().zip(sheet.band_names(score.index));
        for ((set, bands), names) in sets {
            let mut counts: Vec<(String, usize)> =
                names.iter().map(|name| ((*name).to_owned(), 0)).collect();
            let mut outside = 0;
            for value in &scores.scores {
                match bands.iter().position(|band| band.contains(*value)) {
                    Some(at) => counts[at].1 += 1,
                    None => outside += 1,
                }
            }
            if outside > 0 {
                counts.push((sheet.ui().parts().outside.to_owned(), outside));
            }
            blocks.push(Block::Table(counted(sheet, (score.title, set), counts)));
        }
    } else {
        blocks.push(Block::Table(counted(
            sheet,
            (score.title, None),
            values(sheet, score, scores),
        )));
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::below(score.title));
    }
    blocks
}

/// Returns how often each value of a score occurs that is a word or a truth value.
fn values(
    sheet: &ReportSheet<'_>,
    score: &ScoreOf<'_>,
    scores: &GroupScores,
) -> Vec<(String, usize)> {
    let all = score.scale.words().map_or(2, <[String]>::len);
    let name = |at: usize| value_text(sheet, score, at as f64);
    let count = |at: usize| scores.scores.iter().filter(|value| **value == at as f64).count();
    (0..all).map(|at| (name(at), count(at))).collect()
}

fn counted(
    sheet: &ReportSheet<'_>,
    (title, set): (&str, Option<&str>),
    counts: Vec<(String, usize)>,
) -> Table {
    let (own, parts) = (sheet.ui(), sheet.ui().parts());
    let all = counts.iter().map(|(_, count)| count).sum();
    let row = |(name, count): (String, usize)| {
        let share = sheet.figures().percent(count, all);
        vec![Run::words(name), Run::own(count.to_string()), Run::own(share)]
    };
    let band = set.map_or_else(|| own.band.to_owned(), |set| format!("{} ({set})", own.band));
    Table {
        caption: title.to_owned(),
        columns: vec![
            Column::new(&band, REST),
            Column::of_numbers("n"),
            Column::of_numbers(parts.share),
        ],
        named_by: 0,
        rows: counts.into_iter().map(row).collect(),
    }
}

/// Returns the part with the published means of the scores that are shown, beside those of the group.
fn norms(request: &GroupRequest<'_>) -> Vec<Block> {
    let (own, parts) = (request.sheet.ui(), request.sheet.ui().parts());
    let words = request.sheet.words();
    let shown: Vec<ScoreOf<'_>> = request.shown().filter(ScoreOf::is_number).collect();
    let mut rows = Vec::new();
    for norm in request.norms {
        let of = shown.iter().find(|score| score.scale.id == norm.scale);
        let Some(of) = of else { continue };
        rows.extend(norm.groups.iter().filter_map(|group| {
            let when = group.when.as_deref().unwrap_or(parts.everyone);
            norm_row(request, of, (norm, when), group.mean.zip(group.sd)?)
        }));
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let table = Table {
        caption: parts.norms.to_owned(),
        columns: vec![
            Column::new(words.score_of, REST),
            Column::new(parts.norm, REST),
            Column::new(parts.norm_group, Width::Content),
            Column::of_numbers(own.made[1]),
            Column::of_numbers(parts.sd),
            Column::of_numbers(&format!("{}: {}", parts.group_report, own.made[1])),
        ],
        named_by: 0,
        rows,
    };
    vec![Block::heading(parts.norms), Block::Table(table)]
}

fn norm_row(
    request: &GroupRequest<'_>,
    of: &ScoreOf<'_>,
    (norm, when): (&NormFile, &str),
    (mean, sd): (f64, f64),
) -> Option<Vec<Run>> {
    let figures = request.sheet.figures();
    let who = norm.population.as_ref().map(|who| format!(" ({who})")).unwrap_or_default();
    Some(vec![
        Run::words(of.title),
        Run::words(format!("{}{who}", norm.title)),
        Run::own(when),
        Run::own(figures.shown(mean)),
        Run::own(figures.shown(sd)),
        Run::own(figures.shown(request.group.of(of).mean())).styled(Style::Strong),
    ])
}

#[cfg(test)]
mod tests {
    use super::GroupScores;

    #[test]
    fn the_standard_deviation_divides_by_n_minus_one() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 32, SD √(32 / 7) = 2.138 …
        let scores = vec![2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        let group = GroupScores { scores, ..GroupScores::default() };
        assert_eq!(group.mean(), 5.0);
        assert!((group.sd().expect("of eight") - 2.138_089_935_299_395).abs() < 1e-12);
        assert_eq!(group.ends(), (2.0, 9.0));
        let one = GroupScores { scores: vec![3.0], ..GroupScores::default() };
        assert_eq!(one.sd(), None);
    }
}
