//! The scores and conditions of a form beside those of the definition, for the same respondents.

use scalewright_model::{ScaleIx, Severity};

use super::band_codes::{self, Pair};
use super::both::Both;
use super::matched::{Matched, key};
use super::types::{Discrepancy, Names};
use super::{bands, conditions, paired};
use crate::form::Score;
use crate::form::rule::Rule;
use crate::prove::{Outcome, Proof, Subject, When};

/// The result of the comparison.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) proofs: Vec<Proof>,
    pub(super) absent: Vec<String>,
    /// Scores that have another name in the form: the id, and the name.
    pub(super) renamed: Vec<(String, String)>,
    /// Names of the scores that only the form has.
    pub(super) others: Vec<String>,
    pub(super) findings: Vec<Discrepancy>,
}

/// Compares all scores and conditions.
pub(super) fn compare(matched: &Matched<'_>, names: &Names) -> Compared {
    let both = Both::of(matched);
    let (form, scales) = (&matched.form.scores, &matched.instrument().scales);
    let positions = (0..scales.len())
        .filter_map(|scale| Some((scale, matched.against.program.position(ScaleIx(scale))?)));
    let mut all: Vec<(usize, usize, Option<usize>)> = positions
        .map(|(scale, position)| (scale, position, place_of(form, &scales[scale].id, names)))
        .collect();
    let named = all.iter().filter_map(|(_, _, score)| *score).collect();
    let wanted: Vec<usize> = all
        .iter()
        .filter(|(_, _, score)| score.is_none())
        .map(|(_, position, _)| *position)
        .collect();
    let mut paired = paired::paired(&both, &wanted, &named);
    let mut compared = Compared::default();
    for (scale, position, score) in &mut all {
        if let Some((_, found)) = paired.pairs.iter().find(|(known, _)| known == position) {
            compared.renamed.push((scales[*scale].id.clone(), form[*found].column.clone()));
            *score = Some(*found);
        }
        let Some(score) = *score else {
            compared.absent.push(scales[*scale].id.clone());
            continue;
        };
        compared.score(&both, names, *scale, Pair { position: *position, score });
        compared.codes(&both, *scale, Pair { position: *position, score }, &mut paired.others);
    }
    compared.others = paired.others.iter().map(|other| form[*other].column.clone()).collect();
    compared.findings.extend(conditions::findings(&both));
    compared
}

impl Compared {
    /// Compares a score and its bands.
    fn score(&mut self, both: &Both<'_>, names: &Names, scale: usize, pair: Pair) {
        let (matched, score) = (both.matched, &both.matched.form.scores[pair.score]);
        let id = &matched.instrument().scales[scale].id;
        let outcome = both.outcome(&score.rule, pair.position);
        self.findings.extend(finding(matched, &score.rule, id, &outcome));
        // Another score has other bands.
        if !matches!(outcome, Outcome::Differs(_)) {
            self.findings.extend(bands::findings(both, names, scale, score, pair.position));
        }
        self.proofs.push(proof(Subject::Score, id, &score.rule, outcome));
    }

    /// Compares the bands of a score with those of `others` that have their codes, and takes these out.
    fn codes(&mut self, both: &Both<'_>, scale: usize, pair: Pair, others: &mut Vec<usize>) {
        for (_, bands) in both.matched.instrument().scales[scale].all_bands() {
            others.retain(|field| {
                let Some(finding) = band_codes::of_field(both, pair, bands, *field) else {
                    return true;
                };
                self.findings.extend(finding);
                false
            });
        }
    }
}

/// The score of the form with this id. Case and signs do not count.
pub(super) fn of_name<'f>(scores: &'f [Score], id: &str, names: &Names) -> Option<&'f Score> {
    place_of(scores, id, names).map(|place| &scores[place])
}

/// The position of the score of the form with this id.
fn place_of(scores: &[Score], id: &str, names: &Names) -> Option<usize> {
    let other = names.of.iter().find(|(known, _)| known == id).map(|(_, name)| key(name));
    let wanted = [Some(key(id)), other];
    scores.iter().position(|score| {
        let own = [key(&score.id), key(&score.column)];
        wanted.iter().flatten().any(|wanted| own.contains(wanted))
    })
}

fn proof(subject: Subject, id: &str, rule: &Rule, outcome: Outcome) -> Proof {
    Proof {
        subject,
        id: id.to_owned(),
        text: rule.text.clone(),
        place: rule.place.clone(),
        outcome,
    }
}

/// A finding for a score that differs or was not understood.
fn finding(matched: &Matched<'_>, rule: &Rule, id: &str, outcome: &Outcome) -> Option<Discrepancy> {
    match outcome {
        Outcome::Equal(_) | Outcome::NotProved(_) => None,
        Outcome::Differs(difference) => {
            let severity =
                if difference.when == When::Complete { Severity::Error } else { Severity::Warning };
            // In the order of the definition.
            let items = matched.instrument().items.iter();
            let answers: Vec<String> = items
                .filter_map(|item| Some((&item.id, difference.answers.get(&item.id)?)))
                .map(|(id, value)| format!("{id} = {value}"))
                .collect();
            let answers = if answers.is_empty() {
                "a respondent without answers".to_owned()
            } else {
                answers.join(", ")
            };
            let when =
                if difference.when == When::Complete { "" } else { ", because of missing answers" };
            let always = difference
                .always
                .map(|gap| format!("; on complete answers it is always {gap} more in the form"))
                .unwrap_or_default();
            let message = format!(
                "`{id}` differs{when}: {answers} gives {} in the form and {} by the definition{always}",
                difference.source, difference.ours
            );
            Some(Discrepancy::new("score-differs", severity, &rule.place, message))
        }
        Outcome::NotUnderstood(reason) => {
            let message = format!("the computation of `{id}` was not understood: {reason}");
            Some(Discrepancy::new("score-not-understood", Severity::Warning, &rule.place, message))
        }
    }
}
