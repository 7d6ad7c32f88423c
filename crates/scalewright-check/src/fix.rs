//! Applies safe fixes, and verifies that no score and no word that respondents read has changed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

use scalewright_model::Instrument;

use crate::outside::{NoOutsideLints, OutsideLints};
use crate::{Checked, Edit, Finding, Input, Levels, Source, check_with};

/// The most rounds of fixes. A fix may make others possible.
const ROUNDS: usize = 8;
/// The most fixes that are tried one by one, if they are not safe together.
const SINGLY: usize = 20;

/// A definition after fixing.
#[derive(Debug)]
pub struct Fixed {
    /// The check of the fixed definition.
    pub checked: Checked,
    /// The indices of the changed documents, with their old texts.
    pub changed: Vec<(usize, String)>,
    /// The fixes that were applied.
    pub done: Vec<Done>,
}

/// A fix that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The name of the file.
    pub name: String,
    /// The kind of finding that it fixes.
    pub code: Cow<'static, str>,
    /// What was done, as a clause.
    pub message: String,
}

/// Applies all fixes, in rounds until none is left, and discards those that are not safe.
///
/// A fix is safe if the scores and the words that a respondent reads are the same as before, and the number of
/// errors is not higher. Wording files from other folders (`supplied`) are never changed.
#[must_use]
pub fn fix(input: Input, levels: &Levels) -> Fixed {
    fix_with(input, levels, &NoOutsideLints)
}

/// Like [`fix`], with the lints of other programs and their fixes, which must be as safe.
#[must_use]
pub fn fix_with(mut input: Input, levels: &Levels, outside: &dyn OutsideLints) -> Fixed {
    let mut checked = check_with(input.clone(), levels, outside);
    let before: Vec<String> = checked.documents.iter().map(|one| one.text.clone()).collect();
    let mut done = Vec::new();
    for _ in 0..ROUNDS {
        let may_change = own(&input);
        let fixable = |finding: &&Finding| {
            let edits = finding.fix.as_ref().map(|fix| fix.edits.as_slice()).unwrap_or_default();
            !edits.is_empty() && edits.iter().all(|edit| may_change(edit.document))
        };
        let wanted: Vec<Finding> = checked.findings.iter().filter(fixable).cloned().collect();
        // One unsafe fix must not prevent the others, so each is tried alone if all together are unsafe. The number of
        // tries is limited because each checks the whole definition.
        let Some((next, after, made)) = together((&input, levels, outside), &checked, &wanted)
            .or_else(|| {
                wanted
                    .iter()
                    .take(SINGLY)
                    // The first safe fix is enough: the next round begins again with all of them.
                    .find_map(|one| {
                        together((&input, levels, outside), &checked, std::slice::from_ref(one))
                    })
            })
        else {
            break;
        };
        done.extend(made);
        (input, checked) = (next, after);
    }
    withdrawn(&mut checked);
    let texts = checked.documents.iter().zip(before).enumerate();
    let changed = texts.filter(|(_, (now, before))| now.text != *before);
    let changed = changed.map(|(index, (_, before))| (index, before)).collect();
    Fixed { checked, changed, done }
}

/// Withdraws the fixes that are left: each was tried and is not safe here, or is one of a file that is never changed.
fn withdrawn(checked: &mut Checked) {
    for finding in checked.findings.iter_mut().filter(|finding| finding.fix.is_some()) {
        finding.fix = None;
        finding.help.push(
            "`--fix` has not changed this: a score, a word or the number of errors would change, or the file is not part of the definition"
                .to_owned(),
        );
    }
}

/// Returns whether a document may be changed: all except supplied wording files and the key file.
fn own(input: &Input) -> impl Fn(usize) -> bool + use<> {
    // The documents are in the order in which `check_with` reads them.
    let first = 1 + input.beside.len();
    let supplied = first..first + input.supplied.len();
    let key = supplied.end + usize::from(input.cases.is_some());
    move |document| !supplied.contains(&document) && document < key
}

/// Applies fixes together, leaving out those that overlap with an earlier one. Returns `None` if there are none, or if
/// they are not safe.
fn together(
    (input, levels, outside): (&Input, &Levels, &dyn OutsideLints),
    checked: &Checked,
    wanted: &[Finding],
) -> Option<(Input, Checked, Vec<Done>)> {
    let mut edits: BTreeMap<(usize, usize), &Edit> = BTreeMap::new();
    let mut made = Vec::new();
    for finding in wanted {
        let fix = finding.fix.as_ref()?;
        if fix.edits.iter().any(|edit| overlaps(&edits, edit)) {
            // The next round tries it again, with the positions of the changed text.
            continue;
        }
        edits.extend(fix.edits.iter().map(|edit| ((edit.document, edit.span.start), edit)));
        let name = checked.documents[fix.edits.first()?.document].name.clone();
        made.push(Done { name, code: finding.code.clone(), message: fix.message.clone() });
    }
    if made.is_empty() {
        return None;
    }
    let mut texts: Vec<String> = checked.documents.iter().map(|one| one.text.clone()).collect();
    // From the end, so that the spans of earlier edits remain valid.
    for edit in edits.values().rev() {
        texts[edit.document].replace_range(edit.span.clone(), &edit.text);
    }
    let next = replaced(input, checked, &texts);
    let after = check_with(next.clone(), levels, outside);
    is_safe(checked, &after).then_some((next, after, made))
}

/// Whether an edit overlaps with one of `edits`. Since those do not overlap each other, only its neighbours are
/// compared.
fn overlaps(edits: &BTreeMap<(usize, usize), &Edit>, edit: &Edit) -> bool {
    // An insertion has an empty span; it counts as one byte, so that two at the same position overlap.
    let before = edits.range(..=(edit.document, edit.span.start)).next_back();
    let after = edits.range((edit.document, edit.span.start)..).next();
    before.is_some_and(|((document, _), made)| {
        *document == edit.document && made.span.end > edit.span.start
    }) || after.is_some_and(|((document, start), _)| {
        *document == edit.document && *start < edit.span.end.max(edit.span.start + 1)
    })
}

/// Returns the input with other texts, which are in the order of the documents.
fn replaced(input: &Input, checked: &Checked, texts: &[String]) -> Input {
    let mut next = input.clone();
    let Input {
        definition,
        folder: _,
        beside,
        supplied,
        cases,
        key: _,
        long_form: _,
        parallel: _,
        study: _,
        targets: _,
    } = &mut next;
    let sources: Vec<&mut Source> = std::iter::once(definition)
        .chain(beside.iter_mut())
        .chain(supplied.iter_mut())
        .chain(cases.iter_mut())
        .collect();
    for ((source, text), was) in sources.into_iter().zip(texts).zip(&checked.documents) {
        // A file that was not decoded completely must keep its bytes, so only changed texts are replaced.
        if was.text != *text {
            source.bytes = text.clone().into_bytes();
        }
    }
    next
}

/// Whether scores and words are unchanged and the number of errors is not higher.
fn is_safe(before: &Checked, after: &Checked) -> bool {
    // A fix may remove something that another part of the files refers to, so errors are counted again.
    let errors = |checked: &Checked| checked.findings.iter().filter(|f| f.is_error()).count();
    let read = |checked: &Checked| checked.instrument.as_ref().map(read);
    errors(after) <= errors(before)
        // A program that fails reports fewer errors, so a fix that makes it fail is not proved to be safe.
        && after.problems.len() <= before.problems.len()
        && before.program == after.program
        && before.ranges == after.ranges
        // Without an instrument there is nothing to compare, so no fix is safe.
        && before.instrument.is_some()
        && read(before) == read(after)
}

/// Returns everything that a respondent reads and answers, and on what terms, as one text. It goes by item, so that removing an unused
/// section or response scale does not count as a change.
fn read(instrument: &Instrument) -> String {
    let mut text = String::new();
    for wording in &instrument.wordings {
        // `Debug` writes every field of these structs, including fields that are added later.
        let about = (&wording.language, &wording.title, &wording.instructions, &wording.notice);
        // Writing to a string cannot fail.
        let _ = write!(text, "{about:?}{:?}{:?}", wording.recall_period, wording.scales);
        for (index, item) in instrument.items.iter().enumerate() {
            let section = item.section.map(|section| wording.sections.get(section.0));
            let response = wording.responses.get(item.response.0);
            let _ = write!(text, "{:?}{section:?}{response:?}", wording.stems.get(index));
        }
        let _ = write!(text, "{:?}", wording.notes);
    }
    // What may be done with the instrument, and whether its keys may be published.
    let about = (&instrument.id, &instrument.version, &instrument.status, &instrument.language);
    let _ = write!(text, "{about:?}{:?}{:?}", instrument.rights, instrument.administration);
    for scale in &instrument.scales {
        let _ = write!(text, "{:?}", (&scale.id, &scale.key_status));
    }
    for note in &instrument.notes {
        let _ = write!(text, "{note:?}");
    }
    for item in &instrument.items {
        let asked = (&item.id, &item.number, item.required, &item.ask, item.background);
        let response = instrument.response_scales.get(item.response.0).map(|scale| &scale.kind);
        let _ = write!(text, "{asked:?}{response:?}");
    }
    text
}
