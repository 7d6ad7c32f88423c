//! The words above groups of items: which group of a form is which section of the definition.

use std::collections::BTreeSet;

use scalewright_model::file::SectionWordingFile;

use super::take::Taker;
use super::types::Remark;
use crate::form::Section;

/// Takes the words of each section whose items are exactly those of a group of the form, as far as they were matched.
pub(super) fn take(taker: &mut Taker<'_>) {
    let mut taken = BTreeSet::new();
    for index in 0..taker.instrument.sections.len() {
        let Some(group) = group(taker, Some(index)) else { continue };
        taken.insert(group);
        let file = words(taker, group);
        if file != SectionWordingFile::default() {
            let id = taker.instrument.sections[index].id.clone();
            taker.taken.file.sections.insert(id, file);
        }
    }
    if taker.instrument.sections.is_empty() {
        taken.extend(instructions(taker));
    }
    for group in 0..taker.form.sections.len() {
        left(taker, group, taken.contains(&group));
    }
}

/// The only group of the form in which the items of a section are, if it has no other items of the definition.
fn group(taker: &Taker<'_>, section: Option<usize>) -> Option<usize> {
    let items = taker.instrument.items.iter().zip(&taker.matching.items);
    let found = items.filter_map(|(item, found)| {
        let own = item.section.map(|section| section.0);
        found.map(|(position, _)| (own, taker.form.items[position].section))
    });
    let found: Vec<(Option<usize>, Option<usize>)> = found.collect();
    let groups: BTreeSet<Option<usize>> =
        found.iter().filter(|(own, _)| *own == section).map(|(_, group)| *group).collect();
    let only = groups.first().copied().flatten().filter(|_| groups.len() == 1)?;
    let has_others = found.iter().any(|(own, group)| *group == Some(only) && *own != section);
    (!has_others).then_some(only)
}

fn words(taker: &mut Taker<'_>, group: usize) -> SectionWordingFile {
    let form = taker.form;
    let Section { id: _, title, lead_in, instructions } = &form.sections[group];
    let place = taker.place();
    SectionWordingFile {
        title: taker.fitting(title, 300, &place),
        lead_in: taker.fitting(lead_in, 2000, &place),
        instructions: taker.fitting(instructions, 10_000, &place),
    }
}

/// Without sections, the instructions above all items are those of the instrument.
fn instructions(taker: &mut Taker<'_>) -> Option<usize> {
    let group = group(taker, None)?;
    let form = taker.form;
    let Section { id: _, title, lead_in, instructions } = &form.sections[group];
    let is_all = title.is_empty() && lead_in.is_empty();
    if !is_all || taker.taken.file.instructions.is_some() {
        return None;
    }
    let place = taker.place();
    taker.taken.file.instructions = taker.fitting(instructions, 10_000, &place);
    Some(group)
}

/// Reports words above items of the definition that no section of it has.
fn left(taker: &mut Taker<'_>, group: usize, is_taken: bool) {
    let form = taker.form;
    let mut items = (0..form.items.len()).filter(|at| form.items[*at].section == Some(group));
    let Some(first) = items.find(|at| taker.matching.has(*at)).filter(|_| !is_taken) else {
        return;
    };
    let section = &form.sections[group];
    let all = [&section.title, &section.lead_in, &section.instructions];
    let Some(text) = all.into_iter().find_map(|words| taker.text(words)) else { return };
    let shown: String = text.chars().take(80).collect();
    let message =
        format!("no section of the definition has these words above its items: `{shown}`");
    let place = form.items[first].place.clone();
    taker.taken.beyond.push(Remark::new(&place, message));
}
