//! What a file of criteria may state: ids, and numbers that statistics allow.

use std::collections::BTreeSet;

use scalewright_model::text::message;

use super::{Criteria, ScaleFacts, Sd};

/// At most this many criteria, because each has columns of its own.
const MOST: usize = 50;

impl Criteria {
    /// Checks the ids of the criteria, the facts about scales, and the labels of sessions.
    pub(super) fn sound(&self) -> Result<(), String> {
        let mut ids = BTreeSet::new();
        let all = self.change.iter().map(|rule| &rule.id);
        for id in all.chain(self.rupture.iter().map(|rule| &rule.id)) {
            let plain = |letter: char| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
            };
            if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
                return Err(format!(
                    "`{}` is no id: use up to 40 lower-case letters, digits and hyphens",
                    message(id)
                ));
            }
            if !ids.insert(id) {
                return Err(format!("two criteria have the id `{id}`"));
            }
        }
        if ids.len() > MOST {
            return Err(format!("there are more than {MOST} criteria"));
        }
        for (scale, facts) in &self.scales {
            facts.sound().map_err(|why| format!("[scales.{}]: {why}", message(scale)))?;
        }
        match self.labels.iter().find(|(_, number)| **number < 0) {
            Some((label, _)) => Err(format!("the session `{}` is below 0", message(label))),
            None => Ok(()),
        }
    }
}

impl ScaleFacts {
    fn sound(&self) -> Result<(), String> {
        let reliabilities = [self.reliability, self.reliability_after];
        if reliabilities.into_iter().flatten().any(|value| !(0.0..1.0).contains(&value)) {
            return Err("a reliability is at least 0 and below 1".to_owned());
        }
        let known = match &self.sd {
            Some(Sd::Known(sd)) => Some(*sd),
            _ => None,
        };
        let populations = [self.clinical, self.functional].into_iter().flatten();
        let sds = [known, self.sd_after].into_iter().flatten();
        if sds
            .chain(populations.map(|population| population.sd))
            .any(|sd| !(sd > 0.0 && sd.is_finite()))
        {
            return Err("a standard deviation is above 0".to_owned());
        }
        let means = [self.mean, self.mean_after, self.cutoff, self.minimum, self.centre];
        if means.into_iter().flatten().any(|value| !value.is_finite()) {
            return Err("a number is not finite".to_owned());
        }
        if self.correlation.is_some_and(|r| !(-1.0..=1.0).contains(&r)) {
            return Err("a correlation is from -1 to 1".to_owned());
        }
        Ok(())
    }
}
