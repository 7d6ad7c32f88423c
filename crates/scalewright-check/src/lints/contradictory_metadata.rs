//! Statements about the instrument that contradict each other.

use std::collections::BTreeSet;

use scalewright_model::file::{InstrumentFile, Status};
use scalewright_model::{Pointer, Respondent, Severity};

use crate::words::plain;

use super::{Context, Group, Hit, Lint};

/// Statements about the instrument that contradict each other.
pub(super) static LINT: Lint = Lint {
    name: "contradictory-metadata",
    summary: "statements about the instrument that contradict each other",
    explain: include_str!("contradictory_metadata.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// A contradiction: the place, what is wrong, and what to do.
type Contradiction = (Pointer, String, &'static str);

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let file = context.file;
    let checks = [numbers, state, form, family, respondent, parallel];
    for (place, message, help) in checks.into_iter().filter_map(|check| check(file)) {
        hits.push(lint.hit(&file.id, message, |d| d.at(place, "").help(help)));
    }
}

/// The numbers in a name: 18 in `HISD-18`.
fn numbers_in(name: &str) -> BTreeSet<usize> {
    let numbers = name
        .split(|c: char| !c.is_ascii_digit())
        .filter(|number| !number.is_empty() && number.len() < 5);
    numbers.filter_map(|number| number.parse().ok()).collect()
}

/// Another number in the short title than in the id, or than there are items.
fn numbers(file: &InstrumentFile) -> Option<Contradiction> {
    let title = file.short_title.as_deref()?;
    let (own, id) = (numbers_in(title), numbers_in(&file.id));
    if !own.is_empty() && !id.is_empty() && own.is_disjoint(&id) {
        let message =
            format!("the short title `{title}` has another number than the id `{}`", file.id);
        return Some((
            Pointer::top("short-title"),
            message,
            "correct the one that is wrong: the number usually counts the items",
        ));
    }
    let asked = file.items.iter().filter(|item| !item.background).count();
    let sizes = file.scales.iter().map(|scale| scale.items.len());
    let stated =
        file.scales.iter().filter_map(|scale| scale.stated_items).map(|count| count as usize);
    let counts: BTreeSet<usize> = sizes.chain(stated).chain([asked, file.items.len()]).collect();
    // Small numbers are editions, as in PCL-5, and a definition may describe a part of an instrument.
    let number = own.into_iter().find(|number| (8..1000).contains(number))?;
    let off = |count: &usize| count.abs_diff(number) * 4 <= number;
    let near = !counts.contains(&number) && counts.iter().any(off);
    let message = format!("the short title `{title}` counts {number} items, but there are {asked}");
    near.then_some((Pointer::top("short-title"), message, "count the items in the source: one may be missing here, or the title is that of another form"))
}

/// A status that the version or the date contradicts.
fn state(file: &InstrumentFile) -> Option<Contradiction> {
    let (core, suffix) = file.version.split_once('-').unwrap_or((&file.version, ""));
    let major: u32 = core.split('.').next()?.parse().ok()?;
    let is_published = major > 0 && suffix.is_empty();
    if core.split('.').all(|part| part.parse() == Ok(0)) {
        let message = format!("the version `{}` is that of no edition", file.version);
        return Some((
            Pointer::top("version"),
            message,
            "write the version of this edition: `0.1.0` for a first draft",
        ));
    }
    let year = file
        .date
        .as_deref()
        .and_then(|date| date.get(..4))
        .and_then(|year| year.parse::<u32>().ok());
    if let Some(year) = year.filter(|year| (1900..2200).contains(&major) && *year != major) {
        let message =
            format!("the version `{}` names another year than the date, {year}", file.version);
        return Some((Pointer::top("version"), message, "correct the one that is wrong"));
    }
    let help = "correct the status, or the version: an edition below 1.0.0, or with a word such as `-draft`, is in development";
    match file.status {
        Status::Active | Status::Retired if !suffix.is_empty() => {
            let message =
                format!("the version `{}` is a draft, but the instrument is in use", file.version);
            Some((Pointer::top("status"), message, help))
        }
        Status::Development if is_published && file.date.is_some() => {
            let message = format!(
                "the instrument is in development, but version {} is published",
                file.version
            );
            Some((Pointer::top("status"), message, help))
        }
        _ => None,
    }
}

/// A form that says the opposite of what the definition is.
fn form(file: &InstrumentFile) -> Option<Contradiction> {
    let form = file.form.as_deref()?;
    let words = plain(form);
    let is = |names: &[&str]| words.split(' ').any(|word| names.contains(&word));
    if file.short_form_of.is_some() && is(&["long", "full", "complete"]) {
        let message = format!("the form is `{form}`, but the definition is a short form");
        return Some((
            Pointer::top("form"),
            message,
            "correct the form, or remove `short-form-of`",
        ));
    }
    // The id and the title of a long form often have no such word, those of a short form rarely the opposite one.
    let title = plain(&format!("{} {}", file.title, file.id));
    let title_is = |names: &[&str]| title.split(' ').any(|word| names.contains(&word));
    let (short, long) = (["short", "brief"], ["long", "full"]);
    let opposite = is(&short) && title_is(&long) || is(&long) && title_is(&short);
    let message = format!("the form is `{form}`, but the title or the id says the opposite");
    opposite.then_some((Pointer::top("form"), message, "correct the form or the title"))
}

/// A family that is almost the beginning of the id.
fn family(file: &InstrumentFile) -> Option<Contradiction> {
    let Some(family) = file.family.as_deref() else {
        let form = file.form.as_deref()?;
        let message = format!("the form is `{form}`, but there is no family that it is a form of");
        return Some((
            Pointer::top("form"),
            message,
            "add the `family` that the forms have in common",
        ));
    };
    let first = file.id.split('-').next()?;
    let near = family != first
        && family.len() > 4
        && first.len() > 4
        && strsim::osa_distance(family, first) <= 2;
    let message = format!("the family `{family}` is spelt differently in the id `{}`", file.id);
    near.then_some((
        Pointer::top("family"),
        message,
        "write the family of all forms in the same way: they are found by it",
    ))
}

/// A respondent who cannot have written the stems.
fn respondent(file: &InstrumentFile) -> Option<Contradiction> {
    let administration = &file.administration;
    let place = Pointer::top("administration").key("respondent");
    let stems: Vec<String> = file
        .items
        .iter()
        .filter(|item| !item.background)
        .filter_map(|item| item.stem.as_deref())
        .map(plain)
        .collect();
    let first = |stem: &&String| {
        stem.split(' ').take(4).any(|word| {
            matches!(
                word,
                "i" | "my" | "me" | "ich" | "mein" | "meine" | "mir" | "je" | "mes" | "mi" | "yo"
            )
        })
    };
    let about_self = stems.iter().filter(first).count();
    let other = matches!(administration.respondent, Respondent::Informant | Respondent::Rater);
    if other && administration.subject.is_none() && stems.len() > 2 && about_self * 2 > stems.len()
    {
        let message = "another person answers, but most stems are in the first person".to_owned();
        return Some((
            place,
            message,
            "write `respondent = \"self\"`, or state the `subject` whom the items describe",
        ));
    }
    let is_age = |item: &&scalewright_model::file::ItemFile| item.background && item.id == "age";
    let ages =
        file.items.iter().find(is_age).and_then(|item| file.response_scales.get(&item.response))?;
    let years = ages.unit.as_deref().is_none_or(|unit| unit.to_lowercase().starts_with('y'));
    let too_young = years
        && ages.max.is_some_and(|age| age < 5.0)
        && administration.respondent == Respondent::SelfReport;
    let message = "the respondents are too young to answer themselves".to_owned();
    too_young.then_some((
        place,
        message,
        "correct the ages, or state who answers: `respondent = \"informant\"`",
    ))
}

/// A form that is parallel to itself.
fn parallel(file: &InstrumentFile) -> Option<Contradiction> {
    let at = file.parallel_to.iter().position(|id| *id == file.id)?;
    let message = format!("`{}` is parallel to itself", file.id);
    Some((Pointer::top("parallel-to").index(at), message, "name the other form"))
}
