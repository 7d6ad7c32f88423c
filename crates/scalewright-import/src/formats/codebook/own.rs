//! Codebooks that this program exported: facts about the instrument, sections, and types of answers.

use scalewright_model::text::is_run_by_spreadsheets;
use scalewright_model::{Respondent, Status};

use super::Reader;
use super::headers::What;
use crate::draft::{Around, Listed, bounded};
use crate::finding::Kind;
use crate::form::ResponseKind;
use crate::ids::Ids;
use crate::licence::open_licence;
use crate::place::Place;
use crate::sheets::Sheet;
use crate::words::{Words, some_of};

/// A text of a cell, without the apostrophe that keeps spreadsheets from running it.
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_run_by_spreadsheets(rest)).unwrap_or(cell)
}

/// Statements with their names, one per line. A line without a name continues the one before.
pub(super) fn notes(text: &str) -> Vec<(&str, String)> {
    let mut notes: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        let named = line.split_once(": ").filter(|(name, _)| is_name(name));
        match (named, notes.last_mut()) {
            (Some((name, text)), _) => notes.push((name, text.to_owned())),
            (None, Some((_, before))) => {
                before.push('\n');
                before.push_str(line);
            }
            (None, None) => {}
        }
    }
    notes
}

/// Names of statements and ids of references are short, and have lower-case letters.
fn is_name(name: &str) -> bool {
    let fits = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || " -_".contains(letter)
    };
    name.len() <= 40 && name.split(' ').count() <= 6 && name.chars().all(fits)
}

/// The note of this name.
fn note<'n>(notes: &'n [(&str, String)], name: &str) -> Option<&'n str> {
    notes.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str())
}

/// The lines of a cell as values with their words and the words that data may contain instead: `1 = Male [male]`.
fn listed(cell: &str, non_response: bool, place: &Place) -> Vec<(Listed, Option<String>)> {
    let line = |line: &str| {
        let (stored, label) = line.split_once(" = ").unwrap_or((line, line));
        let coded = label.strip_suffix(']').and_then(|label| label.rsplit_once(" ["));
        let (label, code) = coded.map_or((label, None), |(label, code)| (label, Some(code)));
        let label = Words::only(label.trim());
        let stored = stored.trim().to_owned();
        (Listed { stored, label, non_response, place: place.clone() }, code.map(str::to_owned))
    };
    unguarded(cell).lines().filter(|line| !line.trim().is_empty()).map(line).collect()
}

impl<'a> Reader<'a> {
    /// Takes over what a row states about the instrument.
    pub(super) fn about(&mut self, row: usize) {
        let place = self.place(row, What::Notes);
        let text = unguarded(self.text(row, What::Notes));
        let of = |what: What| unguarded(self.text(row, what)).to_owned();
        let mut notes = notes(text);
        notes.push(("title", of(What::Text)));
        notes.push(("instructions", of(What::Question)));
        self.facts(&notes, &place);
    }

    /// Takes over what the sheet `instruments` of a workbook states about an instrument.
    pub(super) fn about_in(&mut self, sheet: &Sheet, instrument: &str) {
        let rows = (1..sheet.rows.len()).filter(|row| sheet.cell(*row, 0) == instrument);
        let note = |row: usize| (sheet.cell(row, 1), sheet.cell(row, 2).to_owned());
        let notes: Vec<(&str, String)> = rows.map(note).collect();
        if !notes.is_empty() {
            self.facts(&notes, &Place::new(self.draft.file, format!("{}!A1", sheet.name)));
        }
    }

    fn facts(&mut self, notes: &[(&str, String)], place: &Place) {
        let of = |name: &str| note(notes, name).map(str::to_owned);
        let title = Words::only(&of("title").unwrap_or_default());
        let title = self.draft.words(&title, 300, place);
        self.is_titled = !title.is_empty();
        let instructions = Words::only(&of("instructions").unwrap_or_default());
        let instructions = self.draft.words(&instructions, 10_000, place);
        let notice = of("rights notice").map(|notice| Words::only(&notice)).unwrap_or_default();
        let form = &mut self.draft.form;
        if !title.is_empty() {
            form.titled.title = title;
        }
        form.titled.instructions = instructions;
        form.titled.notice = notice;
        form.id = of("id").map_or(form.id.clone(), |id| Ids::instrument(&id));
        form.language = of("language tag");
        form.titled.short_title = of("short title");
        form.titled.version = of("version");
        form.titled.description = of("description");
        let status = of("status").unwrap_or_default();
        let known = [Status::Development, Status::Active, Status::Retired];
        form.titled.status = known.into_iter().find(|known| known.name() == status);
        form.rights.holder = of("holder of the rights");
        form.rights.licence = of("licence").filter(|licence| open_licence(licence).is_some());
        form.rights.terms = of("terms of use");
        form.rights.url = of("address of the terms");
        let who = of("who answers").unwrap_or_default();
        let known = [Respondent::SelfReport, Respondent::Informant, Respondent::Rater];
        form.respondent = known.into_iter().find(|known| known.name() == who);
        self.not_taken(notes, place);
    }

    /// Reports statements about the instrument that are not taken over.
    fn not_taken(&mut self, notes: &[(&str, String)], place: &Place) {
        const TAKEN: [&str; 16] = [
            "title",
            "instructions",
            "note",
            "rights notice",
            "id",
            "language tag",
            "short title",
            "version",
            "description",
            "status",
            "holder of the rights",
            "licence",
            "terms of use",
            "address of the terms",
            "who answers",
            "wording policy",
        ];
        let names = notes.iter().map(|(name, _)| *name).filter(|name| !TAKEN.contains(name));
        let names: Vec<&str> = names.collect();
        if !names.is_empty() {
            let names = some_of(names.into_iter());
            let message = format!("these statements about the instrument are left out: {names}");
            self.draft.report(Kind::NotUnderstood, "statements", place, message);
        }
    }

    /// The words around an item.
    pub(super) fn around(&self, row: usize) -> Around {
        let label = self.text(row, What::Text);
        let question = unguarded(self.text(row, What::Question));
        let lead_in = question.strip_suffix(label).map(str::trim_end).unwrap_or_default();
        let section = unguarded(self.text(row, What::Section));
        let (title, instructions) = section.split_once('\n').unwrap_or((section, ""));
        Around {
            name: String::new(),
            title: Words::only(title),
            lead_in: Words::only(lead_in),
            instructions: Words::only(instructions),
        }
    }

    /// Whether a form on a screen requires an answer. What a codebook says of conditions is reported.
    pub(super) fn is_required(&mut self, row: usize, name: &str) -> bool {
        let place = self.place(row, What::Notes);
        let notes = notes(unguarded(self.text(row, What::Notes)));
        for kind in ["asked if", "taken from", "background", "codes"] {
            if let Some(text) = note(&notes, kind) {
                let message = format!("`{name}` is not imported with “{kind}: {text}”");
                self.draft.report(Kind::NotUnderstood, "statements", &place, message);
            }
        }
        note(&notes, "required").is_some()
    }

    /// The response scale of a row by its type.
    pub(super) fn typed(&mut self, row: usize) -> Result<usize, String> {
        let place = self.place(row, What::Values);
        let kind = self.text(row, What::Type);
        let mut options = listed(self.text(row, What::Values), false, &place);
        options.extend(listed(self.text(row, What::Missing), true, &place));
        if !options.is_empty() {
            return self.options(options, kind.starts_with("several"), &place);
        }
        match kind.split(' ').next().unwrap_or_default() {
            "text" => Ok(self.draft.response("text", "text", &place, |_| ResponseKind::Text(1))),
            "date" => Ok(self.draft.response("date", "date", &place, |_| ResponseKind::Date)),
            "time" => Ok(self.draft.response("time", "time", &place, |_| ResponseKind::Time)),
            "integer" | "number" => Ok(self.numeric(row, &place)),
            _ => Err(format!("the type `{kind}` is not known")),
        }
    }

    fn options(
        &mut self,
        options: Vec<(Listed, Option<String>)>,
        is_several: bool,
        place: &Place,
    ) -> Result<usize, String> {
        let (options, codes): (Vec<_>, Vec<_>) = options.into_iter().unzip();
        let known = self.draft.form.responses.len();
        let name = format!("answers_{}", self.coded + 1);
        let position = self.draft.listed(&options, &name, is_several, place)?;
        self.coded += usize::from(self.draft.form.responses.len() > known);
        let (ResponseKind::Coded(choices) | ResponseKind::Several(choices)) =
            &mut self.draft.form.responses[position].kind
        else {
            return Ok(position);
        };
        for (choice, code) in choices.iter_mut().zip(codes) {
            choice.stored = code.unwrap_or(std::mem::take(&mut choice.stored));
        }
        Ok(position)
    }

    fn numeric(&mut self, row: usize, place: &Place) -> usize {
        let notes = notes(unguarded(self.text(row, What::Notes)));
        let of = |name: &str| note(&notes, name).unwrap_or_default();
        let decimals = of("decimals").rsplit(' ').next().and_then(|count| count.parse().ok());
        let decimals: u32 = decimals.unwrap_or(0);
        let (min, max) = (bounded(self.text(row, What::Min)), bounded(self.text(row, What::Max)));
        let (low, high) = (Words::only(of("the low end")), Words::only(of("the high end")));
        let unit = Words::only(self.text(row, What::Unit));
        let kind = match (min, max) {
            (Some(min), Some(max)) if !low.is_empty() || !high.is_empty() => {
                ResponseKind::VisualAnalogue { min, max, decimals, low, high }
            }
            (min, max) => ResponseKind::Numeric { min, max, decimals: Some(decimals), unit },
        };
        let name = self.text(row, What::Id).to_owned();
        self.draft.response(&format!("{kind:?}"), &name, place, |_| kind)
    }
}

#[cfg(test)]
mod tests {
    use super::{listed, notes, unguarded};
    use crate::place::Place;

    #[test]
    fn notes_and_values_are_read() {
        let found = notes("id: a\ndescription: One: two.\nThree\nlow 1: x\nNo name: y");
        assert_eq!(
            found,
            [
                ("id", "a".to_owned()),
                ("description", "One: two.\nThree".to_owned()),
                ("low 1", "x\nNo name: y".to_owned())
            ]
        );
        assert_eq!(unguarded("'-1 = a"), "-1 = a");
        assert_eq!(unguarded("'quoted'"), "'quoted'");
        let values = listed("0.5 = Half = some [half]\n2", false, &Place::default());
        let values: Vec<_> = values
            .into_iter()
            .map(|(one, code)| {
                let label = one.label.iter().next().map(|(_, text)| text.to_owned());
                (one.stored, label.unwrap_or_default(), code)
            })
            .collect();
        assert_eq!(
            values,
            [
                ("0.5".to_owned(), "Half = some".to_owned(), Some("half".to_owned())),
                ("2".to_owned(), "2".to_owned(), None)
            ]
        );
    }
}
