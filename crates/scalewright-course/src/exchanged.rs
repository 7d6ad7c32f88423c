//! Raters who appear in two forms of one respondent: then one of the forms is probably another's.

use std::collections::BTreeMap;

use scalewright_model::text::quote;
use scalewright_model::{Note, NoteKind};

use crate::course::Course;

impl Course<'_> {
    /// Adds a warning for each rater with two forms of one respondent.
    pub(crate) fn one_form_a_rater(&self, table: &str, notes: &mut Vec<Note>) {
        let mut forms: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let sheet = &self.sheet;
        for series in &self.ordered.series {
            let rater = sheet.raters.name(series.rater);
            if rater.is_empty() {
                continue;
            }
            let other = *forms.entry((series.respondent, series.rater)).or_insert(series.form);
            if other != series.form {
                let row = self.rows(series)[0].number;
                let text = format!(
                    "row {row}: `{}` rates `{}` in the forms `{}` and `{}`; are the raters exchanged?",
                    quote(rater),
                    quote(sheet.people.name(series.respondent)),
                    quote(sheet.forms.name(other)),
                    quote(sheet.forms.name(series.form)),
                );
                notes.push(Note::new(NoteKind::Warning, text).about(table));
            }
        }
    }
}
