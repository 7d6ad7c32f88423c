//! Fields as items.

use super::answers::is_unit;
use super::{MOST_ITEMS, Reader, names};
use crate::finding::Kind;
use crate::form::rule::Rule;
use crate::form::{Item, Score};
use crate::formats::redcap::columns::Column;
use crate::formats::redcap::field::Field;
use crate::words::Words;

impl<'a> Reader<'a> {
    /// Reads all fields of the form: items, texts between them, and the names of scores.
    pub(super) fn fields(&mut self) {
        let in_rules = self.in_rules();
        for field in self.fields.clone() {
            if field.name == format!("{}_complete", self.name) {
                // The status of the form, which REDCap adds to every form.
                self.left_out.insert(&field.name, "is the status of the form".to_owned());
                continue;
            }
            self.header(field);
            self.field(field, in_rules.contains(&field.name));
        }
    }

    /// The names of all fields that conditions and calculations of the form refer to.
    fn in_rules(&self) -> std::collections::BTreeSet<String> {
        let texts = self
            .fields
            .iter()
            .flat_map(|field| [&field.branching, &field.content, &field.annotation]);
        texts.flat_map(|text| names::mentioned(text)).map(|mention| mention.name).collect()
    }

    fn field(&mut self, field: &'a Field, is_in_rules: bool) {
        let name = field.name.as_str();
        if self.known.record == Some(name) {
            self.left_out.insert(name, "is the record id".to_owned());
            let message = format!("`{name}` is the record id and no item");
            self.report(Kind::Note, "record-id", &field.at.place(), message);
            return;
        }
        if self.items.contains_key(name)
            || self.scores.contains_key(name)
            || self.left_out.contains_key(name)
        {
            let message = format!("a second field has the name `{name}` and is left out");
            self.report(Kind::NotUnderstood, "same-name", &field.place(Column::Variable), message);
            return;
        }
        if self.is_own(field) {
            return;
        }
        self.notice(field);
        if self.filled_by(field).is_none() {
            self.tags_of(field);
        }
        if field.kind == "descriptive" {
            self.left_out.insert(name, "is a descriptive text".to_owned());
            self.descriptive(field);
        } else if self.is_score(field) {
            self.score(field);
        } else if let Some(tag) = self.filled_by(field) {
            let message = format!("`{name}` is left out: nobody answers it, because {tag}");
            self.report(
                Kind::NotUnderstood,
                "filled-by-tag",
                &field.place(Column::Annotation),
                message,
            );
            self.left_out.insert(name, format!("is not answered: {tag}"));
        } else if field.kind == "checkbox" && is_in_rules && !field.choices.is_empty() {
            self.boxes(field);
        } else {
            self.item(field);
        }
    }

    /// Reports the flags of a field that have no counterpart.
    fn notice(&mut self, field: &'a Field) {
        if field.is_identifier {
            let message =
                "an instrument should not ask for what identifies a person, but this is flagged so";
            self.share(Kind::Note, "identifier", field, Column::Identifier, message);
        }
        self.unused_cells(field);
        if field.is_ranking {
            let message = format!(
                "`{}` is ranked: REDCap accepts each answer of the matrix once",
                field.name
            );
            self.report(Kind::NotUnderstood, "ranking", &field.place(Column::Ranking), message);
        }
    }

    /// Reports cells that fields of this type do not use.
    fn unused_cells(&mut self, field: &'a Field) {
        let kind = field.kind.as_str();
        let has_limits = matches!(kind, "text" | "slider");
        // A slider shows its number, a list completes words, and a file can be a signature.
        let is_shown =
            matches!(field.validation.as_str(), "" | "number" | "autocomplete" | "signature");
        let has_content = matches!(kind, "calc" | "sql" | "slider" | "text");
        for (column, text, is_used) in [
            (Column::Choices, &field.content, has_content),
            (Column::Validation, &field.validation, kind == "text" || is_shown),
            (Column::Min, &field.min, has_limits),
            (Column::Max, &field.max, has_limits),
        ] {
            if !text.is_empty() && !is_used {
                let message = format!(
                    "a field of the type `{kind}` does not use `{text}`, which is left out"
                );
                self.report(Kind::NotUnderstood, "unused-cell", &field.place(column), message);
            }
        }
    }

    /// A name of a score. Its rule is read when all names of the form are known.
    fn score(&mut self, field: &'a Field) {
        let place = field.place(Column::Label);
        let title = self.words(&field.label, 300, &place);
        let note = self.tagged(&field.note);
        let note = self.words(&note, 10_000, &place);
        let id = self.ids.item(&field.name);
        self.scores.insert(&field.name, self.form.scores.len());
        self.form.scores.push(Score {
            id,
            column: field.name.clone(),
            title,
            description: note.iter().next().map(|(_, note)| note.to_owned()),
            rule: Rule::not_understood("", &place, ""),
            bands: Vec::new(),
        });
    }

    fn item(&mut self, field: &'a Field) {
        let response = match self.response(field) {
            Ok(response) => response,
            Err(reason) => return self.leave_out(field, &reason),
        };
        let stem = self.stem(field);
        let id = self.ids.item(&field.name);
        if let Some(position) =
            self.add(field, id, field.name.clone(), stem, response, field.is_required)
        {
            self.items.insert(&field.name, position);
        }
    }

    /// A checkbox whose boxes conditions or scores ask for: an item for each box.
    fn boxes(&mut self, field: &'a Field) {
        let response = self.tick(field);
        let stem = self.stem(field);
        if field.is_required {
            let message = format!("`{}` needs at least one tick; no single box does", field.name);
            self.report(Kind::NotUnderstood, "required", &field.place(Column::Required), message);
        }
        for coded in &field.choices {
            let label = self.words(&coded.words(), 300, &field.place(Column::Choices));
            let stem = together(&stem, &label);
            let id = self.ids.item(&format!("{}_{}", field.name, coded.code));
            let column = column(&field.name, &coded.code);
            if let Some(position) = self.add(field, id, column, stem, response, false) {
                self.boxes.entry((&field.name, coded.code.clone())).or_insert(position);
            }
        }
        self.left_out.insert(&field.name, "is a checkbox: its boxes have to be named".to_owned());
    }

    fn add(
        &mut self,
        field: &'a Field,
        id: String,
        column: String,
        stem: Words,
        response: usize,
        required: bool,
    ) -> Option<usize> {
        if self.form.items.len() >= MOST_ITEMS {
            let message = format!("a form can have {MOST_ITEMS} items, so that these are left out");
            self.share(Kind::NotUnderstood, "too-many", field, Column::Variable, &message);
            self.left_out
                .insert(&field.name, "is left out, because there are too many items".to_owned());
            return None;
        }
        let section = self.section();
        self.form.items.push(Item {
            id,
            column,
            number: Some(field.number.clone()).filter(|number| !number.is_empty()),
            stem,
            response,
            section,
            required,
            // Read when all names of the form are known.
            condition: None,
            place: field.at.place(),
        });
        Some(self.form.items.len() - 1)
    }

    fn leave_out(&mut self, field: &'a Field, reason: &str) {
        let message = format!("`{}` is left out: {reason}", field.name);
        self.report(Kind::NotUnderstood, "item", &field.at.place(), message);
        self.left_out.insert(&field.name, format!("is left out: {reason}"));
    }

    /// The words of an item, with its note unless that is a unit.
    fn stem(&mut self, field: &'a Field) -> Words {
        let stem = self.words(&field.label, 4000, &field.place(Column::Label));
        let is_numeric = field.validation == "integer" || field.validation.starts_with("number");
        if field.note.is_empty() || is_numeric && is_unit(&field.note) {
            return stem;
        }
        let place = field.place(Column::Note);
        let note = self.tagged(&field.note);
        let note = self.words(&note, 4000, &place);
        let message = "the field note follows the words of the item";
        self.share(Kind::Changed, "note", field, Column::Note, message);
        let mut words = stem.clone();
        for (language, note) in note.iter() {
            let before = stem.of(language).map(|before| format!("{before}\n")).unwrap_or_default();
            words.add(language, &format!("{before}{note}"));
        }
        words
    }

    /// Reads the conditions, now that all names are known.
    pub(super) fn conditions(&mut self) {
        for field in self.fields.clone() {
            if field.branching.is_empty() {
                continue;
            }
            if let Some(note) = self.notes.get(field.name.as_str()).copied() {
                self.form.notes[note].condition = Some(self.condition(field));
                continue;
            }
            let positions: Vec<usize> = match self.items.get(field.name.as_str()) {
                Some(position) => vec![*position],
                None => field
                    .choices
                    .iter()
                    .filter_map(|coded| {
                        self.boxes.get(&(field.name.as_str(), coded.code.clone())).copied()
                    })
                    .collect(),
            };
            if positions.is_empty() {
                continue;
            }
            let rule = self.condition(field);
            for position in positions {
                self.form.items[position].condition = Some(rule.clone());
            }
        }
    }
}

/// The words of a question and of one of its options.
fn together(stem: &Words, label: &Words) -> Words {
    let mut words = stem.clone();
    for (language, label) in label.iter() {
        let before = stem.of(language).map(|before| format!("{before} ")).unwrap_or_default();
        words.add(language, &format!("{before}{label}"));
    }
    words
}

/// The column of a box in data of REDCap: in lower case, with `_` for a minus sign.
fn column(name: &str, code: &str) -> String {
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' }
    };
    format!("{name}___{}", code.chars().map(plain).collect::<String>())
}
