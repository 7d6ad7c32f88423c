//! Turns the answers of other programs into findings, and reports what does not fit.

mod place;

pub use place::place_in;

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::text::{is_safe, quote};
use scalewright_model::{Diagnostic, MOST_FINDINGS};

use crate::Document;
use crate::document::Tree;
use crate::levels::{Level, Levels};
use crate::lints::{File, Hit};
use crate::outside::{
    Linted, OutsideHit, OutsideLint, OutsideLints, OutsideProblem, is_well_named, plugin_of,
};

/// The greatest number of characters of a message, a remark or a sentence of help.
const LONGEST: usize = 1_000;
/// The greatest number of related places, of sentences of help and of changes of a finding.
const MOST_PARTS: usize = 20;

/// The findings of other programs, and their errors.
#[derive(Default)]
pub(crate) struct Answered {
    pub(crate) hits: Vec<Hit>,
    /// At most one per program.
    pub(crate) problems: Vec<OutsideProblem>,
}

/// Runs the lints of other programs. The documents are the definition, then its wordings.
pub(crate) fn run(outside: &dyn OutsideLints, linted: &Linted<'_>, levels: &Levels) -> Answered {
    if outside.plugins().is_empty() {
        return Answered::default();
    }
    let answer = outside.run(linted);
    let (lints, misnamed): (Vec<&OutsideLint>, Vec<&OutsideLint>) =
        outside.lints().iter().partition(|lint| is_well_named(lint, outside));
    let mut reader = Reader {
        lints,
        levels,
        trees: linted.documents.iter().map(|document| document.tree(0).0).collect(),
        documents: linted.documents,
        counts: BTreeMap::new(),
    };
    let mut problems = answer.problems;
    problems.extend(misnamed.into_iter().map(|lint| {
        let message = format!("the lint `{}` is not named `PLUGIN/LINT`", quote(&lint.name));
        problem(outside.plugins(), &lint.name, message)
    }));
    let mut hits = Vec::new();
    for hit in answer.hits {
        match reader.hit(&hit) {
            Ok(read) => hits.extend(read),
            Err(what) => {
                let message =
                    format!("a finding of `{}` cannot be shown: {what}", quote(&hit.lint));
                problems.push(problem(outside.plugins(), &hit.lint, message));
            }
        }
    }
    Answered { hits, problems: first_of_each(problems) }
}

/// Returns the error of the program that named the lint.
fn problem(plugins: &[String], lint: &str, message: String) -> OutsideProblem {
    let plugin = plugin_of(lint).unwrap_or_default();
    // A lint under a name that no program has: the only program must be its author, else nobody knows.
    let known = plugins.iter().find(|name| *name == plugin).or(match plugins {
        [only] => Some(only),
        _ => None,
    });
    OutsideProblem {
        plugin: known.cloned().unwrap_or_else(|| quote(plugin)),
        message,
        help: "report this to the author of the lint plug-in".to_owned(),
    }
}

/// Keeps the first problem of each program, which counts the others.
fn first_of_each(problems: Vec<OutsideProblem>) -> Vec<OutsideProblem> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for problem in &problems {
        *counts.entry(problem.plugin.clone()).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    let firsts = problems.into_iter().filter(|problem| seen.insert(problem.plugin.clone()));
    let counted = firsts.map(|mut problem| {
        if let Some(more) = counts.get(&problem.plugin).filter(|count| **count > 1) {
            problem.message.push_str(&format!(" (and {} more problems)", more - 1));
        }
        problem
    });
    counted.collect()
}

/// Reads the findings of one answer.
struct Reader<'a> {
    lints: Vec<&'a OutsideLint>,
    levels: &'a Levels,
    documents: &'a [&'a Document],
    /// The trees of the documents.
    trees: Vec<Tree<'a>>,
    /// The number of findings of each program so far.
    counts: BTreeMap<String, usize>,
}

impl Reader<'_> {
    /// Returns the finding, nothing if its lint is switched off, or what is wrong with it.
    fn hit(&mut self, hit: &OutsideHit) -> Result<Option<Hit>, String> {
        let lint = self.lints.iter().copied().find(|lint| lint.name == hit.lint);
        let lint = lint.ok_or("the plug-in does not declare this lint")?;
        let count = self.counts.entry(plugin_of(&lint.name).unwrap_or_default().to_owned());
        let count = count.or_default();
        *count += 1;
        if *count > MOST_FINDINGS {
            return Err(format!("there are more than {MOST_FINDINGS} findings for one instrument"));
        }
        texts(hit)?;
        let (index, file) = self.file(hit)?;
        let diagnostic = self.diagnostic(hit, lint, &self.trees[index])?;
        let is_on = self.levels.given_outside(&lint.name) != Some(Level::Allow);
        Ok(is_on.then(|| Hit { diagnostic, at: hit.about.clone(), file }))
    }

    fn file(&self, hit: &OutsideHit) -> Result<(usize, File), String> {
        let index = match &hit.file {
            None => Some(0),
            Some(name) => self.documents.iter().position(|document| document.name == *name),
        };
        match index {
            // The definition has been resolved, so there is a first document.
            Some(0) => Ok((0, File::Definition)),
            Some(index) => Ok((index, File::Wording(index))),
            None => {
                let name = hit.file.as_deref().unwrap_or_default();
                Err(format!(
                    "it is about the file `{}`, which the plug-in was not given",
                    quote(name)
                ))
            }
        }
    }

    fn diagnostic(
        &self,
        hit: &OutsideHit,
        lint: &OutsideLint,
        tree: &Tree<'_>,
    ) -> Result<Diagnostic, String> {
        let severity = self.levels.given_outside(&lint.name).map_or(lint.level, Level::severity);
        let found = Diagnostic::new(lint.name.clone(), severity, hit.message.clone());
        let place = place::resolve(&hit.at, tree)?;
        let mut found = match hit.at_key {
            true => found.at_key(place, hit.label.clone()),
            false => found.at(place, hit.label.clone()),
        };
        for (at, text) in &hit.related {
            found = found.at(place::resolve(at, tree)?, text.clone());
        }
        found.help.clone_from(&hit.help);
        match &hit.fix {
            Some(fix) => Ok(found.fix(fix.message.clone(), place::changes(fix, tree)?)),
            None => Ok(found),
        }
    }
}

/// Checks the texts and the numbers of the parts of a finding.
fn texts(hit: &OutsideHit) -> Result<(), String> {
    text(&hit.message, "its message")?;
    let related = hit.related.iter().map(|(_, remark)| remark);
    let mut remarks = related.chain([&hit.label]).filter(|remark| !remark.is_empty());
    remarks.try_for_each(|remark| text(remark, "a remark about a place"))?;
    hit.help.iter().try_for_each(|help| text(help, "its help"))?;
    hit.fix.iter().try_for_each(|fix| text(&fix.message, "the message of its fix"))?;
    let changes = hit.fix.as_ref().map_or(0, |fix| fix.changes.len());
    match hit.related.len().max(hit.help.len()).max(changes) > MOST_PARTS {
        true => Err(format!(
            "it has more than {MOST_PARTS} related places, sentences of help or changes"
        )),
        false => Ok(()),
    }
}

fn text(text: &str, what: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err(format!("{what} is empty"));
    }
    if text.chars().nth(LONGEST).is_some() {
        return Err(format!("{what} is longer than {LONGEST} characters"));
    }
    match text.chars().find(|character| !is_safe(*character)) {
        Some(control) => {
            Err(format!("{what} contains the control character {}", control.escape_unicode()))
        }
        None => Ok(()),
    }
}
