//! The scores and conditions of a form beside those of the definition, for the same respondents.

use scalewright_model::{ScaleIx, Severity};

use super::both::Both;
use super::matched::{Matched, key};
use super::types::{Discrepancy, Names};
use super::{bands, conditions, no_answers, notes};
use crate::form::Score;
use crate::form::rule::Rule;
use crate::prove::{Outcome, Proof, Subject, When};

/// The result of the comparison.
pub(super) struct Compared {
    pub(super) proofs: Vec<Proof>,
    pub(super) absent: Vec<String>,
    pub(super) findings: Vec<Discrepancy>,
}

/// Compares all scores and conditions.
pub(super) fn compare(matched: &Matched<'_>, names: &Names) -> Compared {
    let both = Both::of(matched);
    let mut compared = Compared { proofs: Vec::new(), absent: Vec::new(), findings: Vec::new() };
    for (index, scale) in matched.instrument().scales.iter().enumerate() {
        let Some(position) = matched.against.program.position(ScaleIx(index)) else { continue };
        match of_name(&matched.form.scores, &scale.id, names) {
            None => compared.absent.push(scale.id.clone()),
            Some(score) => {
                let outcome = both.outcome(&score.rule, position);
                compared.findings.extend(finding(matched, &score.rule, &scale.id, &outcome));
                // Another score has other bands.
                if !matches!(outcome, Outcome::Differs(_)) {
                    if matches!(outcome, Outcome::Equal(_)) {
                        let counted = no_answers::finding(&both, &scale.id, &score.rule, position);
                        compared.findings.extend(counted);
                    }
                    let bands = bands::findings(&both, names, index, score, position);
                    compared.findings.extend(bands);
                }
                compared.proofs.push(proof(Subject::Score, &scale.id, &score.rule, outcome));
            }
        }
    }
    compared.findings.extend(conditions::findings(&both));
    compared.findings.extend(notes::findings(&both, names));
    compared
}

/// The score of the form with this id. Case and signs do not count.
pub(super) fn of_name<'f>(scores: &'f [Score], id: &str, names: &Names) -> Option<&'f Score> {
    let other = names.of.iter().find(|(known, _)| known == id).map(|(_, name)| key(name));
    let wanted = [Some(key(id)), other];
    scores.iter().find(|score| {
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
