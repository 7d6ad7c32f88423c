//! Takes the scored rows of one table: they are sorted into groups, and their moments are collected.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Error, Result};
use std::rc::Rc;

use scalewright_model::Stop;
use scalewright_scoring::Scored;
use scalewright_tables::{Batch, Sink};

use super::collect::{AllGroups, MOST_GROUPS, Prepared};
use super::retest::Visits;

/// The size of the name of a group, in bytes. Longer texts are no names.
const LONGEST: usize = 1000;

/// What was taken from the rows so far.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) collected: AllGroups,
    pub(super) visits: Visits,
    /// Why the rows cannot be used, if they cannot.
    pub(super) refused: Option<Stop>,
}

/// Takes the rows of one table.
pub(super) struct Gather<'a> {
    pub(super) prepared: &'a Prepared<'a>,
    /// The position of the column of groups among the columns beside the items.
    pub(super) by: Option<usize>,
    /// The position of the column of occasions.
    pub(super) occasion: Option<usize>,
    pub(super) taken: Rc<RefCell<Taken>>,
}

impl Gather<'_> {
    /// The rows of each group, by the name of the group.
    fn groups(&self, batch: &Batch) -> BTreeMap<String, Vec<usize>> {
        let rows = 0..batch.responses.rows;
        let Some(by) = self.by else { return BTreeMap::from([(String::new(), rows.collect())]) };
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for row in rows {
            let name = batch.kept[by].get(row).unwrap_or_default();
            match groups.get_mut(name) {
                Some(rows) => rows.push(row),
                None => {
                    groups.insert(name.to_owned(), vec![row]);
                }
            }
        }
        groups
    }
}

impl Sink for Gather<'_> {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> Result<()> {
        let mut taken = self.taken.borrow_mut();
        let groups = self.groups(batch);
        let known = &taken.collected.groups;
        let new = groups.keys().filter(|name| !known.contains_key(*name)).count();
        let is_long = groups.keys().any(|name| name.len() > LONGEST);
        if known.len() + new > MOST_GROUPS || is_long {
            taken.refused = Some(too_many());
            return Err(Error::other("too many groups"));
        }
        taken.collected.add(self.prepared, (&batch.responses, scored), &groups);
        if let Some(occasion) = self.occasion
            && let Err(stop) = taken.visits.add(self.prepared, (batch, scored), (occasion, &groups))
        {
            taken.refused = Some(stop);
            return Err(Error::other("no occasions"));
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<()> {
        Ok(())
    }
}

/// Why groups are refused.
pub(super) fn too_many() -> Stop {
    Stop::usage(format!(
        "`--by`: the column has more than {MOST_GROUPS} different values, or long texts"
    ))
    .help("name a column of groups, such as a site or a language")
}
