//! What the cells of LimeSurvey's exports mean: codes of answers, or their full texts.

use std::collections::BTreeMap;

use scalewright_export::limesurvey_codes::coded;
use scalewright_export::yes_and_no;
use scalewright_model::{Instrument, ItemIx, ResponseKind};

/// What a question that was not shown contains in exports of full answers.
const HIDDEN: &str = "N/A";
/// What a question contains if its answer is in the column `other`: as a code, and as a text.
const OTHER: [&str; 2] = ["-oth-", "Other"];

/// What the cells of each item mean.
pub(super) struct LimesurveyCells {
    /// For each item, the value for the code or the text of an answer; `None` if it means several values.
    items: Vec<BTreeMap<String, Option<String>>>,
    /// Whether the item is a date.
    dates: Vec<bool>,
}

impl LimesurveyCells {
    pub(super) fn new(instrument: &Instrument) -> Self {
        let items = 0..instrument.items.len();
        let is_date = |item: usize| instrument.response(ItemIx(item)).kind == ResponseKind::Date;
        Self {
            items: items.clone().map(|item| answers(instrument, ItemIx(item))).collect(),
            dates: items.map(is_date).collect(),
        }
    }

    /// Returns the answer in a cell of an item as other tables contain it. `None` if the question was not shown.
    ///
    /// # Errors
    ///
    /// The reason why it is not known which answer the cell means.
    pub(super) fn answer<'c>(
        &'c self,
        item: usize,
        cell: &'c str,
    ) -> Result<Option<&'c str>, String> {
        let cell = cell.trim();
        match self.items[item].get(cell) {
            Some(Some(value)) => return Ok(Some(value)),
            Some(None) => {
                return Err("is the code of one answer and the text of another one: export the codes of \
                            answers, and give the code of each option another text than that of another \
                            option"
                    .to_owned());
            }
            None => {}
        }
        if cell == HIDDEN {
            return Ok(None);
        }
        if OTHER.contains(&cell) {
            return Err(
                "is an answer in the respondent's own words, which the definition does not have"
                    .to_owned(),
            );
        }
        // A date is stored with a time, which is midnight.
        let midnight = [" 00:00:00", " 00:00"];
        let date = midnight.iter().find_map(|time| cell.strip_suffix(time));
        Ok(Some(date.filter(|_| self.dates[item]).unwrap_or(cell)))
    }
}

/// The value of each code and of each text of the answers to an item.
fn answers(instrument: &Instrument, item: ItemIx) -> BTreeMap<String, Option<String>> {
    let codes = coded(instrument, item);
    let mut answers: BTreeMap<String, Option<String>> =
        codes.iter().map(|(code, value)| (code.clone(), Some(value.to_string()))).collect();
    let scale = instrument.items[item.0].response;
    let is_yes_no = instrument.response(item).kind == ResponseKind::YesNo;
    if is_yes_no {
        // A question of LimeSurvey's own type for yes and no has these codes.
        answers.extend(
            [("Y", "1"), ("N", "0")].map(|(code, value)| (code.to_owned(), Some(value.to_owned()))),
        );
    }
    for wording in &instrument.wordings {
        let words = &wording.responses[scale.0];
        let (yes, no) = yes_and_no(&wording.language);
        let own =
            [words.yes_label.as_deref().unwrap_or(yes), words.no_label.as_deref().unwrap_or(no)];
        let labels: Vec<&str> = match is_yes_no {
            true => own.to_vec(),
            false => words.labels.iter().map(String::as_str).collect(),
        };
        for (label, (_, value)) in labels.into_iter().zip(&codes) {
            let value = Some(value.to_string());
            let entry = answers.entry(label.trim().to_owned()).or_insert_with(|| value.clone());
            if *entry != value {
                *entry = None;
            }
        }
    }
    answers
}
