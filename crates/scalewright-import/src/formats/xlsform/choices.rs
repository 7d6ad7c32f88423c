//! The lists of options.

use std::collections::BTreeSet;

use super::columns::Columns;
use super::survey::Reader;
use crate::draft::Listed;
use crate::finding::Kind;
use crate::sheets::Sheet;

/// Columns that change neither options nor scores.
const KNOWN: &[&str] = &["list_name", "name", "label", "value", "media", "order"];

impl<'a> Reader<'a> {
    /// Reads the lists of options.
    pub(super) fn choices(&mut self, sheet: Option<&Sheet>) {
        let Some(sheet) = sheet else { return };
        let file = self.draft.file;
        let columns = Columns::of(sheet);
        let name = if columns.find("name").is_some() { "name" } else { "value" };
        let mut media = 0;
        for row in 1..sheet.rows.len() {
            let list = columns.text(sheet, row, "list_name");
            let stored = columns.text(sheet, row, name);
            let place = sheet.row_place(file, row);
            let label = columns.words(sheet, row, "label", &self.tags, &self.plain_tag);
            media += usize::from(!columns.text(sheet, row, "media").is_empty());
            if list.is_empty() && stored.is_empty() {
                continue;
            }
            if list.is_empty() || stored.is_empty() {
                let message = "an option without a list or without a name is left out";
                self.draft.report(Kind::NotUnderstood, "option", &place, message);
                continue;
            }
            let listed = Listed { stored: stored.to_owned(), label, non_response: false, place };
            self.lists.entry(list.to_owned()).or_default().push(listed);
        }
        if media > 0 {
            let message = format!("the images and sounds of {media} options are left out");
            let place = sheet.row_place(file, 0);
            self.draft.report(Kind::NotUnderstood, "media", &place, message);
        }
        self.same_names();
        // Other columns are for `choice_filter`, which is reported where it is used.
        let findings = columns.unknown(file, sheet, KNOWN);
        self.draft.form.findings.extend(findings);
    }

    /// Reports names that occur twice in a list: stored data cannot distinguish these options.
    fn same_names(&mut self) {
        for (list, options) in &self.lists {
            let mut seen = BTreeSet::new();
            for option in options.iter().filter(|option| !seen.insert(option.stored.as_str())) {
                let message =
                    format!("two options of the list `{list}` have the name `{}`", option.stored);
                self.draft.form.findings.push(crate::finding::Finding::new(
                    Kind::Doubtful,
                    "same-code",
                    &option.place,
                    message,
                ));
            }
        }
    }
}
