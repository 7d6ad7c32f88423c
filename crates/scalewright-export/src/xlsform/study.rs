//! Several instruments in one form, each in a group of its own.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Diagnostic, ItemIx, Pointer, Wording};

use super::form::Form;
use super::languages::Languages;
use super::row::{Choice, Row};
use super::spelling::renamed;
use super::words::shown;
use super::workbook::Book;
use super::{languages, losses};
use crate::code::script::Script;
use crate::{ExportRequest, ExportedFile, ExportedStudy, StudyRequest};

/// Exports a study.
pub(super) fn export(study: &StudyRequest<'_>) -> ExportedStudy {
    let mut diagnostics = vec![Vec::new(); study.instruments.len()];
    let tags = common_languages(study, &mut diagnostics);
    let mut forms: Vec<Form<'_>> = study
        .instruments
        .iter()
        .map(|request| Form::new(request, &chosen(request, &tags)))
        .collect();
    let names = names(&forms);
    let (mut rows, mut choices) = (Vec::new(), Vec::new());
    for ((form, names), found) in forms.iter_mut().zip(&names).zip(&mut diagnostics) {
        found.append(&mut form.diagnostics);
        found.extend(notice(form.request, names, study));
        let group = group(names, &chosen(form.request, &tags));
        rows.push(group);
        rows.extend(form.rows.iter().map(|row| rename(row, names, form.request)));
        rows.push(Row::end());
        choices.extend(
            form.choices
                .iter()
                .map(|choice| Choice { list: list(form.request, &choice.list), ..choice.clone() }),
        );
    }
    let instruments: Vec<(&ExportRequest<'_>, &Script)> =
        forms.iter().map(|form| (form.request, &form.script)).collect();
    let book = Book {
        id: study.name,
        title: study.title,
        version: &version(study),
        languages: &tags,
        rows: &rows,
        choices: &choices,
        instruments: &instruments,
    };
    let mut files = Vec::new();
    match book.bytes() {
        Ok(bytes) => files.push(ExportedFile::of(study.file_name("xlsform.xlsx"), bytes)),
        Err(why) => {
            if let Some(found) = diagnostics.first_mut() {
                found.push(super::unwritable(&why));
            }
        }
    }
    let table = table(&forms, &names);
    files.extend(table.map(|table| ExportedFile::of(study.file_name("xlsform-names.csv"), table)));
    ExportedStudy { files, diagnostics }
}

/// Returns the tags of the languages that all instruments have, the requested one first. Other translations are
/// reported.
fn common_languages<'a>(
    study: &StudyRequest<'a>,
    diagnostics: &mut [Vec<Diagnostic>],
) -> Vec<&'a str> {
    let of = |request: &'a ExportRequest<'a>| languages::languages(request).0;
    let all: Vec<Vec<&Wording>> = study.instruments.iter().map(of).collect();
    let has = |wordings: &Vec<&Wording>, tag: &str| wordings.iter().any(|w| w.language == tag);
    let is_common = |tag: &str| all.iter().all(|wordings| has(wordings, tag));
    for (wordings, found) in all.iter().zip(diagnostics) {
        for wording in wordings.iter().filter(|wording| !is_common(&wording.language)) {
            let words = [("language", wording.language.as_str())];
            found.push(losses::LANGUAGES.of(Pointer::top("translations"), &words, None));
        }
    }
    let first = all.first().into_iter().flatten().map(|wording| wording.language.as_str());
    first.filter(|tag| is_common(tag)).collect()
}

fn chosen<'a>(request: &ExportRequest<'a>, tags: &[&str]) -> Languages<'a> {
    let wording = |tag: &&str| request.instrument.wording(tag);
    Languages(tags.iter().filter_map(wording).collect())
}

/// Returns the version of the form: those of all instruments, so that a form with a new version of one has a new one.
fn version(study: &StudyRequest<'_>) -> String {
    let versions = study.instruments.iter().map(|request| request.instrument.version.as_str());
    versions.collect::<Vec<_>>().join("+")
}

/// Returns the name of the form of an instrument.
fn prefix(request: &ExportRequest<'_>) -> String {
    request.instrument.id.replace('-', "_")
}

fn list(request: &ExportRequest<'_>, list: &str) -> String {
    format!("{}_{list}", prefix(request))
}

/// The group of an instrument.
fn group(names: &BTreeMap<String, String>, languages: &Languages<'_>) -> Row {
    let label = languages.each(|wording| Some(shown(&wording.title)));
    let name = names.get(GROUP).cloned().unwrap_or_default();
    Row::group(name, label, Pointer::top("title"))
}

/// The key of the name of the group of an instrument; no row has this name.
const GROUP: &str = "";

/// Returns the names of rows that differ from those in a form of one instrument. References cannot distinguish rows with
/// the same name, so all rows of all instruments have different names.
fn names(forms: &[Form<'_>]) -> Vec<BTreeMap<String, String>> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for row in forms.iter().flat_map(|form| &form.rows) {
        *count.entry(&row.name).or_default() += 1;
    }
    let is_unique = |row: &&Row| count.get(row.name.as_str()) == Some(&1);
    let mut taken: BTreeSet<String> = BTreeSet::from(["meta".to_owned()]);
    taken.extend(
        forms
            .iter()
            .flat_map(|form| form.rows.iter().filter(is_unique))
            .map(|row| row.name.clone()),
    );
    let mut free = |name: String| {
        let numbered = (2..).map(|count| format!("{name}_{count}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names.find(|name| !taken.contains(name)).unwrap_or_default();
        taken.insert(free.clone());
        free
    };
    let mut all = Vec::new();
    for form in forms {
        let prefix = prefix(form.request);
        let mut names = BTreeMap::from([(GROUP.to_owned(), free(prefix.clone()))]);
        let rows = form.rows.iter().filter(|row| !row.name.is_empty() && !is_unique(row));
        for row in rows {
            let name = match row.name.strip_prefix('_') {
                // No item and no score begins with an underscore.
                Some(line) => format!("_{prefix}_{line}"),
                None => format!("{prefix}_{}", row.name),
            };
            names.insert(row.name.clone(), free(name));
        }
        all.push(names);
    }
    all
}

/// Returns a row with the names of the study.
fn rename(row: &Row, names: &BTreeMap<String, String>, request: &ExportRequest<'_>) -> Row {
    let name = match row.name.as_str() {
        "" => String::new(),
        name => names.get(name).map_or(name, String::as_str).to_owned(),
    };
    let kind = match row.kind.split_once(' ') {
        Some((select, of)) => format!("{select} {}", list(request, of)),
        None => row.kind.clone(),
    };
    Row {
        kind,
        name,
        relevant: renamed(&row.relevant, names),
        calculation: renamed(&row.calculation, names),
        ..row.clone()
    }
}

/// Returns the ids of items and the names of results of a form.
fn published<'a>(request: &'a ExportRequest<'_>, script: &'a Script) -> Vec<&'a str> {
    let items = request.instrument.items.iter().map(|item| item.id.as_str());
    items.chain(script.columns.iter().map(|column| column.name.as_str())).collect()
}

/// Returns the table of the rows whose names differ from their ids. `None` if there are none.
fn table(forms: &[Form<'_>], names: &[BTreeMap<String, String>]) -> Option<Vec<u8>> {
    let mut text = String::new();
    for (form, names) in forms.iter().zip(names) {
        for id in published(form.request, &form.script) {
            if let Some(name) = names.get(id) {
                // Ids and names contain only letters, digits, hyphens and underscores.
                text.push_str(&format!("{name},{id},{}\n", form.request.instrument.id));
            }
        }
    }
    (!text.is_empty()).then(|| format!("field_name,id,instrument\n{text}").into_bytes())
}

/// Returns a warning that items or scores were renamed, at the first of them.
fn notice(
    request: &ExportRequest<'_>,
    names: &BTreeMap<String, String>,
    study: &StudyRequest<'_>,
) -> Option<Diagnostic> {
    let instrument = request.instrument;
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(at, item)| (Pointer::item(ItemIx(at)), item.id.as_str()));
    let scales = instrument.scales.iter().map(|scale| (scale.pointer(), scale.id.as_str()));
    let mut changed =
        items.chain(scales).filter_map(|(place, id)| Some((place, id, names.get(id)?)));
    let (place, id, name) = changed.next()?;
    let more = match changed.count() {
        0 => String::new(),
        1 => " (and 1 more)".to_owned(),
        more => format!(" (and {more} more)"),
    };
    let message =
        format!("`{id}` is renamed to `{name}` in this study{more}: the name is already in use");
    let finding = Diagnostic::warning("renamed-field", message).at(place.key("id"), "");
    let file = study.file_name("xlsform-names.csv");
    Some(finding.help(format!(
        "`{file}` lists all renamed items and scores; to score the data, pass it to `scalewright score --from xlsform` \
         with `--names`"
    )))
}
