//! Options of all commands that read a table of responses: what its cells mean.

use clap::Args;
use scalewright_tables::{DateOrder, DecimalMark, Meaning, ThousandsMark};

use super::choice::choice;

/// What cells mean where the definition alone does not say it. A map can declare the same.
#[derive(Debug, Args)]
pub(crate) struct MeaningArgs {
    /// Columns of items may contain the labels of the definition, in any of its languages, also beside coded values.
    #[arg(long)]
    pub(crate) labels: bool,
    /// The mark before the decimals of numbers. When left out, a point.
    #[arg(long, value_parser = choice::<DecimalMark>(), value_name = "MARK")]
    pub(crate) decimal: Option<DecimalMark>,
    /// The mark between the thousands of numbers. When left out, there is none.
    #[arg(long, value_parser = choice::<ThousandsMark>(), value_name = "MARK")]
    pub(crate) thousands: Option<ThousandsMark>,
    /// A word for yes in columns of yes-no items, such as TRUE. May be given more than once.
    #[arg(long, value_name = "WORD")]
    pub(crate) yes: Vec<String>,
    /// A word for no in columns of yes-no items, such as FALSE. May be given more than once.
    #[arg(long, value_name = "WORD")]
    pub(crate) no: Vec<String>,
    /// The order of dates. When left out, year-month-day, which is always understood.
    #[arg(long, value_parser = choice::<DateOrder>(), value_name = "ORDER")]
    pub(crate) date_format: Option<DateOrder>,
}

impl MeaningArgs {
    /// Returns the same options as a request to the tables crate.
    pub(crate) fn meaning(&self) -> Meaning {
        let Self { labels, decimal, thousands, yes, no, date_format } = self;
        Meaning {
            labels: *labels,
            decimal: *decimal,
            thousands: *thousands,
            yes: yes.clone(),
            no: no.clone(),
            dates: *date_format,
        }
    }
}
