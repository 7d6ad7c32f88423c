//! Where facts about respondents are declared to be.

use std::path::PathBuf;

/// The column of REDCap that names the event of a row.
pub(super) const EVENT: &str = "redcap_event_name";

/// Where the facts about respondents are.
#[derive(Debug, Clone)]
pub enum BackgroundFrom {
    /// In other rows of the table.
    Rows(Carry),
    /// In another table.
    Table {
        /// The name of the table in messages.
        shown: PathBuf,
        /// Its path.
        path: PathBuf,
        /// Its column that names the respondents. By default the one with the name of that in the table to be scored.
        by: Option<String>,
    },
}

/// Rows that state facts which count for all rows of a respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carry {
    /// The column that distinguishes these rows.
    pub column: String,
    /// Its value in these rows.
    pub value: String,
    /// The items that they answer.
    pub items: Vec<String>,
}

impl Carry {
    /// Reads `baseline: age, sex` or `visit=baseline: age, sex`. Without a column, it is the event of REDCap.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, in a clause.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wanted = "it has the form `baseline: age, sex` or `visit=baseline: age, sex`";
        let (rows, items) = text.split_once(':').ok_or(wanted)?;
        let (column, value) = rows.split_once('=').unwrap_or((EVENT, rows));
        let items: Vec<String> = items.split(',').map(|item| item.trim().to_owned()).collect();
        let (column, value) = (column.trim().to_owned(), value.trim().to_owned());
        match column.is_empty() || value.is_empty() || items.iter().any(String::is_empty) {
            true => Err(wanted.to_owned()),
            false => Ok(Self { column, value, items }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Carry, EVENT};

    #[test]
    fn the_rows_and_the_items_of_a_carry_are_read() {
        let items = vec!["age".to_owned(), "sex".to_owned()];
        for (text, column, value) in
            [("baseline: age, sex", EVENT, "baseline"), ("visit = 1 :age,sex", "visit", "1")]
        {
            let expected =
                Carry { column: column.to_owned(), value: value.to_owned(), items: items.clone() };
            assert_eq!(Carry::parse(text), Ok(expected), "{text}");
        }
        for text in ["baseline", "baseline:", ": age", "visit=: age", "baseline: age,,sex"] {
            assert!(Carry::parse(text).is_err(), "{text}");
        }
    }
}
