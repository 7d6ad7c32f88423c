//! Sections without items.

use scalewright_model::{Change, Pointer, SectionIx, Severity};

use super::{Context, Group, Hit, Lint};

/// A section without items.
pub(super) static LINT: Lint = Lint {
    name: "unused-section",
    summary: "a section without items",
    explain: include_str!("unused_section.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let instrument = context.instrument;
    for (index, section) in context.file.sections.iter().enumerate() {
        let used = instrument.items.iter().any(|item| item.section == Some(SectionIx(index)));
        if !used {
            let message = format!("the section `{}` has no items", section.id);
            let entry = Pointer::section(SectionIx(index));
            let place = entry.clone().key("id");
            hits.push(lint.hit(&section.id, message, |d| {
                d.at(place, "its title and lead-in are never printed")
                    .help("remove it, or name it in the `section` of an item")
                    .fix("remove the section", vec![Change::Remove(entry)])
            }));
        }
    }
}
