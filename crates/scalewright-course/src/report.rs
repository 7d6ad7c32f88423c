//! Reports: a page for each respondent, with the pictures of the series and the same in words, and one for all.

mod caseload;
mod markup;
mod page;
mod picture;
mod plot;

use std::collections::BTreeSet;

use scalewright_model::Stop;

use crate::course::Course;
use crate::series::RowSeries;

/// The largest number of pages in one run.
const MOST: usize = 2_000;

impl Course<'_> {
    /// The pages as HTML, each with the name of its file. They need no other files. The first is about all respondents.
    ///
    /// # Errors
    ///
    /// When there are too many respondents, or none.
    pub fn report(&self) -> Result<Vec<(String, Vec<u8>)>, Stop> {
        let people: Vec<&[RowSeries]> =
            self.ordered.series.chunk_by(|a, b| a.respondent == b.respondent).collect();
        if people.len() > MOST {
            return Err(Stop::usage(format!("there are more than {MOST} respondents"))
                .help("divide the table into several"));
        }
        if people.is_empty() {
            return Err(Stop::wrong("there is no respondent"));
        }
        let mut taken = BTreeSet::from(["index.html".to_owned()]);
        let names: Vec<String> = people
            .iter()
            .enumerate()
            .map(|(at, series)| file_name(self.person(series), at + 1, &mut taken))
            .collect();
        let mut pages = vec![("index.html".to_owned(), caseload::page(self, &people, &names))];
        for (series, name) in people.iter().zip(names) {
            pages.push((name, page::page(self, series)));
        }
        Ok(pages.into_iter().map(|(name, page)| (name, page.into_bytes())).collect())
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

/// A file name. A respondent's name can neither lead out of the folder nor overwrite another respondent's page.
fn file_name(person: &str, number: usize, taken: &mut BTreeSet<String>) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let is_plain = !person.is_empty() && person.len() <= 60 && person.chars().all(plain);
    let name = format!("{person}.html");
    match is_plain && taken.insert(name.to_lowercase()) {
        true => name,
        false => format!("respondent.{number}.html"),
    }
}
