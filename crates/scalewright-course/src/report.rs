//! Reports: a page for each respondent, with the pictures of the series and the same in words, and one for all.

mod caseload;
mod content;
mod drawn;
mod marks;
mod markup;
mod page;
mod picture;
mod plot;
mod sheet;

use std::collections::BTreeSet;

use scalewright_model::Stop;
use serde::Serialize;

pub use sheet::{Printed, TEMPLATE};

use crate::course::Course;
use crate::series::RowSeries;
use content::Page;

/// The largest number of pages in one run.
const MOST: usize = 2_000;

/// A page for the typesetter.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The name of its file.
    pub name: String,
    /// What the template reads.
    pub data: Vec<u8>,
    /// Identifies the page.
    pub ident: String,
}

impl Course<'_> {
    /// The pages as HTML, each with the name of its file. They need no other files. The first is about all respondents.
    ///
    /// # Errors
    ///
    /// When there are too many respondents, or none.
    pub fn report(&self) -> Result<Vec<(String, Vec<u8>)>, Stop> {
        let pages = self.pages("index")?;
        let html = |page: Page| (format!("{}.html", page.name), markup::page(&page).into_bytes());
        Ok(pages.into_iter().map(html).collect())
    }

    /// The pages for the typesetter, each with the data of [`TEMPLATE`]. The first is about all respondents.
    ///
    /// # Errors
    ///
    /// When there are too many respondents, or none.
    pub fn sheets<House: Serialize>(
        &self,
        printed: &Printed<'_, House>,
    ) -> Result<Vec<Sheet>, Stop> {
        let source = format!("{} {}", self.instrument.id, self.instrument.version);
        let sheet = |page: Page| Sheet {
            data: sheet::data(&page, &source, printed),
            ident: format!("{source}|course|{}", page.name),
            name: format!("{}.pdf", page.name),
        };
        Ok(self.pages("all-respondents")?.into_iter().map(sheet).collect())
    }

    fn pages(&self, of_all: &str) -> Result<Vec<Page>, Stop> {
        let people: Vec<&[RowSeries]> =
            self.ordered.series.chunk_by(|a, b| a.respondent == b.respondent).collect();
        if people.len() > MOST {
            return Err(Stop::usage(format!("there are more than {MOST} respondents"))
                .help("divide the table into several"));
        }
        if people.is_empty() {
            return Err(Stop::wrong("there is no respondent"));
        }
        let mut taken = BTreeSet::from([of_all.to_owned()]);
        let names: Vec<String> = people
            .iter()
            .enumerate()
            .map(|(at, series)| file_name(self.person(series), at + 1, &mut taken))
            .collect();
        let of_people = people.iter().zip(&names);
        let of_people = of_people.map(|(series, name)| page::page(self, series, name.clone()));
        let all = caseload::page(self, &people, &names, of_all.to_owned());
        // A page about all would not be about them, if only some are shown.
        let all = Some(all).filter(|_| !self.is_selected);
        Ok(all.into_iter().chain(of_people).collect())
    }

    /// The respondent of some series.
    pub(crate) fn person(&self, series: &[RowSeries]) -> &str {
        series.first().map_or("", |series| self.sheet.people.name(series.respondent))
    }

    /// The form and the rater of a series, for people.
    pub(crate) fn rating(&self, series: &RowSeries) -> String {
        let names = [self.sheet.forms.name(series.form), self.sheet.raters.name(series.rater)];
        let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        if names.is_empty() { "scores".to_owned() } else { names.join(", ") }
    }
}

/// A file name without ending. A respondent's name can neither lead out of the folder nor overwrite another's page.
fn file_name(person: &str, number: usize, taken: &mut BTreeSet<String>) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let is_plain = !person.is_empty() && person.len() <= 60 && person.chars().all(plain);
    match is_plain && taken.insert(person.to_lowercase()) {
        true => person.to_owned(),
        false => format!("respondent.{number}"),
    }
}
