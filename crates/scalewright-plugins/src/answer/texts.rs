//! The texts in an answer: findings, losses and refusals.

use scalewright_model::text::{is_safe, quote};
use scalewright_wire::{Change, Finding, LintDescription, Loss, Refusal};

use super::files::shortened;

/// The most findings, losses, marks or changes in an answer.
const MOST: usize = 10_000;
/// The most characters of a text that is shown.
const LONGEST: usize = 4_000;
/// The most bytes of a text that replaces another.
const LONGEST_CHANGE: usize = 1_000_000;

/// Collects what is wrong with the texts of an answer.
#[derive(Default)]
pub(super) struct Problems(pub(super) Vec<String>);

impl Problems {
    /// Checks a text that is shown in one line.
    pub(super) fn text(&mut self, what: &str, text: &str) {
        if text.chars().nth(LONGEST).is_some() {
            self.0.push(format!("{what} is longer than {LONGEST} characters"));
        }
        if !text.chars().all(is_safe) {
            self.0.push(format!("{what} contains a control character: `{}`", quote(text)));
        }
    }

    /// Checks a text that must not be empty.
    pub(super) fn required(&mut self, what: &str, text: &str) {
        if text.trim().is_empty() {
            self.0.push(format!("{what} is empty"));
        }
        self.text(what, text);
    }

    /// Checks a JSON pointer.
    fn pointer(&mut self, what: &str, at: &str) {
        self.text(what, at);
        if !(at.is_empty() || at.starts_with('/')) {
            self.0.push(format!(
                "{what} is not a JSON pointer: `{}`; write `/items/3/stem`",
                quote(at)
            ));
        }
    }

    /// Checks a number of entries.
    pub(super) fn count(&mut self, what: &str, count: usize, most: usize) {
        if count > most {
            self.0.push(format!("it has {count} {what}, and {most} are allowed"));
        }
    }

    pub(super) fn done(self) -> Vec<String> {
        shortened(self.0)
    }
}

/// Whether a text is lower-case words joined by hyphens.
pub(crate) fn is_name(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.split('-').all(is_word)
}

/// Returns what is wrong with findings, a sentence each. If `lints` are given, each finding must be of one of them.
#[must_use]
pub fn findings(findings: &[Finding], lints: Option<&[LintDescription]>) -> Vec<String> {
    let mut problems = Problems::default();
    problems.count("findings", findings.len(), MOST);
    for (index, finding) in findings.iter().take(MOST).enumerate() {
        let which = format!("finding {}", index + 1);
        code(&mut problems, &which, finding, lints);
        problems.pointer(&format!("`at` of {which}"), &finding.at);
        for (index, mark) in finding.related.iter().enumerate() {
            problems.pointer(&format!("`at` of mark {} of {which}", index + 1), &mark.at);
        }
        words(&mut problems, &which, finding);
        changes(&mut problems, &which, finding);
    }
    problems.done()
}

/// Returns what is wrong with the notes of an importer. Their places are in the source, which may have no pointers.
#[must_use]
pub fn notes(notes: &[Finding]) -> Vec<String> {
    let mut problems = Problems::default();
    problems.count("notes", notes.len(), MOST);
    for (index, note) in notes.iter().take(MOST).enumerate() {
        let which = format!("note {}", index + 1);
        code(&mut problems, &which, note, None);
        problems.text(&format!("`at` of {which}"), &note.at);
        words(&mut problems, &which, note);
        only_of_definitions(&mut problems, &which, note);
    }
    problems.done()
}

/// Checks that a note has no key that needs a definition, because it would be ignored.
fn only_of_definitions(problems: &mut Problems, which: &str, note: &Finding) {
    for (key, is_present) in [
        ("at_key", note.at_key),
        ("file", note.file.is_some()),
        ("label", !note.label.is_empty()),
        ("about", note.about.is_some()),
        ("related", !note.related.is_empty()),
        ("fix", note.fix.is_some()),
    ] {
        if is_present {
            problems.0.push(format!("{which} has `{key}`, which is for findings in a definition"));
        }
    }
}

fn code(
    problems: &mut Problems,
    which: &str,
    finding: &Finding,
    lints: Option<&[LintDescription]>,
) {
    let shown = quote(&finding.code);
    if !is_name(&finding.code) {
        let rule = "write lower-case words joined by hyphens";
        problems.0.push(format!("the code of {which} is malformed: `{shown}`; {rule}"));
    } else if lints.is_some_and(|lints| lints.iter().all(|lint| lint.name != finding.code)) {
        problems.0.push(format!(
            "the code of {which} is not one of the lints in the description: `{shown}`"
        ));
    }
}

/// Checks the words of a finding.
fn words(problems: &mut Problems, which: &str, finding: &Finding) {
    problems.required(&format!("the message of {which}"), &finding.message);
    problems.text(&format!("the label of {which}"), &finding.label);
    let named = [("file", &finding.file), ("about", &finding.about)];
    for (key, text) in named.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?))) {
        problems.required(&format!("`{key}` of {which}"), text);
    }
    problems.count(&format!("marks in {which}"), finding.related.len(), 100);
    for mark in finding.related.iter().take(100) {
        problems.text(&format!("the label of a mark of {which}"), &mark.label);
    }
    problems.count(&format!("sentences of help in {which}"), finding.help.len(), 100);
    for help in finding.help.iter().take(100) {
        problems.required(&format!("the help of {which}"), help);
    }
}

fn changes(problems: &mut Problems, which: &str, finding: &Finding) {
    let Some(fix) = &finding.fix else { return };
    problems.required(&format!("the message of the fix of {which}"), &fix.message);
    problems.count(&format!("changes in the fix of {which}"), fix.changes.len(), MOST);
    if fix.changes.is_empty() {
        problems.0.push(format!("the fix of {which} has no changes"));
    }
    for change in fix.changes.iter().take(MOST) {
        let (Change::Remove { at } | Change::Replace { at, .. }) = change;
        problems.pointer(&format!("`at` of a change of {which}"), at);
        if let Change::Replace { with, .. } = change
            && with.len() > LONGEST_CHANGE
        {
            problems.0.push(format!("`with` of a change of {which} is longer than 1 MB"));
        }
    }
}

/// Returns what is wrong with losses, a sentence each.
#[must_use]
pub fn losses(losses: &[Loss]) -> Vec<String> {
    let mut problems = Problems::default();
    problems.count("losses", losses.len(), MOST);
    for (index, loss) in losses.iter().take(MOST).enumerate() {
        let which = format!("loss {}", index + 1);
        problems.pointer(&format!("`at` of {which}"), &loss.at);
        problems.required(&format!("`what` of {which}"), &loss.what);
        problems.required(&format!("`because` of {which}"), &loss.because);
        problems.text(&format!("the help of {which}"), &loss.help);
    }
    problems.done()
}

/// Returns what is wrong with a refusal, a sentence each.
#[must_use]
pub fn refusal(refusal: Option<&Refusal>) -> Vec<String> {
    let mut problems = Problems::default();
    if let Some(refusal) = refusal {
        problems.required("the message of the refusal", &refusal.message);
        problems.count("sentences of help in the refusal", refusal.help.len(), 100);
        for help in refusal.help.iter().take(100) {
            problems.required("the help of the refusal", help);
        }
    }
    problems.done()
}
