//! Decides for each score whether old and new scores are comparable.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{ItemIx, Origin, ScaleIx};

use super::kinds::{Bump, Category, Effect};
use super::scales::Alike;
use super::{Both, Change, Touches, listed};

/// Whether old scores of one scale, flag or norm are comparable with new ones.
#[derive(Debug, Clone)]
pub struct Comparability {
    /// The id of the scale, flag or derived score; the new id if it was renamed.
    pub id: String,
    /// How far they are comparable.
    pub verdict: Verdict,
    /// The reasons against comparing them, one clause each.
    pub reasons: Vec<String>,
    /// The translations with other words. They do not affect the verdict, which is about the source language.
    pub languages: Vec<String>,
    /// The result of trying both versions on the same answers.
    pub remark: Option<String>,
}

/// How far old and new scores are comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The same answers to the same words give the same score, with the same interpretation.
    Comparable,
    /// The same answers give the same score, which is interpreted differently.
    OtherMeaning,
    /// The same answers give the same score, but the words were read in another order or by another respondent.
    AskedOtherwise,
    /// The same answers give the same score, but they were answers to other words.
    OtherWords,
    /// The same answers may give another score.
    NotComparable,
    /// The old version has no such score.
    New,
    /// The new version has no such score.
    Gone,
}

impl Comparability {
    /// The part of the version number that must be raised for this score, whatever changes are reported.
    pub(super) fn bump(&self) -> Bump {
        match self.verdict {
            Verdict::NotComparable | Verdict::Gone => Bump::Major,
            Verdict::New => Bump::Minor,
            // These verdicts follow from reported changes, and the kind of each change decides: a draft may be
            // corrected.
            Verdict::Comparable
            | Verdict::OtherMeaning
            | Verdict::AskedOtherwise
            | Verdict::OtherWords => Bump::None,
        }
    }
}

impl Verdict {
    /// The name, in kebab case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Comparable => "comparable",
            Self::OtherMeaning => "other-meaning",
            Self::AskedOtherwise => "asked-otherwise",
            Self::OtherWords => "other-words",
            Self::NotComparable => "not-comparable",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }

    /// The verdict, as a clause.
    #[must_use]
    pub fn clause(self) -> &'static str {
        match self {
            Self::Comparable => "comparable",
            Self::OtherMeaning => "comparable as a number, but interpreted differently",
            Self::AskedOtherwise => "comparable as a number, but asked differently",
            Self::OtherWords => "comparable as a number, but other words were read",
            Self::NotComparable => "not comparable",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }
}

/// Judges every score of the new version, then those that are gone.
pub(super) fn all(both: &Both<'_>, changes: &[Change], alike: &[Alike]) -> Vec<Comparability> {
    let touching = Touching::of(changes);
    let known = (0..both.new.instrument.scales.len()).map(ScaleIx);
    let known = known.filter_map(|scale| one(both, changes, &touching, alike, scale));
    let gone = both.pairs.scales.iter().enumerate().filter(|(index, pair)| {
        pair.is_none() && both.old.program.position(ScaleIx(*index)).is_some()
    });
    let gone = gone.map(|(index, _)| bare(both.old.scale(ScaleIx(index)), Verdict::Gone));
    known.chain(gone).collect()
}

fn bare(id: &str, verdict: Verdict) -> Comparability {
    let (reasons, languages) = (Vec::new(), Vec::new());
    Comparability { id: id.to_owned(), verdict, reasons, languages, remark: None }
}

/// The positions of the changes that affect each score or item.
struct Touching {
    everything: Vec<usize>,
    items: BTreeMap<ItemIx, Vec<usize>>,
    scales: BTreeMap<ScaleIx, Vec<usize>>,
}

impl Touching {
    fn of(changes: &[Change]) -> Self {
        let (everything, items, scales) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let mut touching = Self { everything, items, scales };
        for (position, change) in changes.iter().enumerate() {
            if change.kind.effect() == Effect::None {
                continue;
            }
            match &change.touches {
                Touches::Nothing => {}
                Touches::Everything => touching.everything.push(position),
                Touches::Scale(scale) => touching.scales.entry(*scale).or_default().push(position),
                Touches::Items(items) => {
                    for item in items {
                        touching.items.entry(*item).or_default().push(position);
                    }
                }
            }
        }
        touching
    }

    /// Returns the positions of the changes that affect a scale itself or the items below it, in order.
    fn scale(&self, scale: ScaleIx, items: &[ItemIx]) -> BTreeSet<usize> {
        let own = self.scales.get(&scale).into_iter().flatten();
        let below = items.iter().filter_map(|item| self.items.get(item)).flatten();
        // A score without items does not depend on what respondents read.
        let all = self.everything.iter().filter(|_| !items.is_empty());
        own.chain(below).chain(all).copied().collect()
    }
}

fn one(
    both: &Both<'_>,
    changes: &[Change],
    touching: &Touching,
    alike: &[Alike],
    scale: ScaleIx,
) -> Option<Comparability> {
    let program = both.new.program;
    let position = program.position(scale);
    let before = both.pairs.scales_back[scale.0];
    let was = before.is_some_and(|before| both.old.program.position(before).is_some());
    let id = both.new.scale(scale);
    let position = match (was, position) {
        (true, Some(position)) => position,
        (false, Some(_)) => return Some(bare(id, Verdict::New)),
        // The scale still exists, but it is no longer scored.
        (true, None) => return Some(bare(id, Verdict::Gone)),
        (false, None) => return None,
    };
    let touched = touching.scale(scale, &program.scores[position].items);
    let of = |effect: Effect| {
        touched.iter().map(|at| &changes[*at]).filter(move |change| change.kind.effect() == effect)
    };
    let mut standing = bare(id, Verdict::Comparable);
    let languages: BTreeSet<&str> =
        of(Effect::Read).filter_map(|change| change.language.as_deref()).collect();
    standing.languages = languages.into_iter().map(str::to_owned).collect();
    let alike = &alike[scale.0];
    standing.remark.clone_from(&alike.remark);
    let meaning: Vec<&Change> = of(Effect::Meaning).collect();
    // The verdict is about the source language, so the words of translations do not count.
    let read: Vec<&Change> = of(Effect::Read).filter(|change| change.language.is_none()).collect();
    // From the mildest verdict to the strictest: a later verdict replaces an earlier one, and all reasons are kept.
    if !meaning.is_empty() {
        standing.verdict = Verdict::OtherMeaning;
        standing.reasons.extend(clauses(&meaning));
    }
    if !read.is_empty() {
        let words = read.iter().any(|change| change.kind.category() == Category::Wording);
        standing.verdict = if words { Verdict::OtherWords } else { Verdict::AskedOtherwise };
        standing.reasons.extend(clauses(&read));
    }
    if !alike.all {
        standing.verdict = Verdict::NotComparable;
        let score: Vec<&Change> = of(Effect::Score).collect();
        let mut reasons = clauses(&score);
        let parts = alike.parts.iter().map(|part| both.new.scale(*part));
        if !alike.parts.is_empty() {
            let which = if alike.parts.len() == 1 { "which is" } else { "which are" };
            reasons.push(format!("it is computed from {}, {which} not comparable", listed(parts)));
        }
        if reasons.is_empty() {
            reasons.push(match both.new.instrument.scales[scale.0].origin {
                Origin::Norm(..) => {
                    "a table that it uses, or an answer that it depends on".to_owned()
                }
                Origin::Scale(_) | Origin::Flag(_) => "how it is computed".to_owned(),
            });
        }
        standing.reasons.splice(0..0, reasons);
    }
    Some(standing)
}

/// Describes changes in one clause each, or in one clause for a category with many changes.
fn clauses(changes: &[&Change]) -> Vec<String> {
    const MOST: usize = 3;
    let mut by_category: BTreeMap<Category, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        by_category.entry(change.kind.category()).or_default().push(change);
    }
    let clauses = by_category.into_iter().flat_map(|(category, changes)| {
        if changes.len() > MOST {
            return vec![format!("{} changes of {}", changes.len(), category.name())];
        }
        changes.iter().map(|change| change.what.clone()).collect()
    });
    clauses.collect()
}
