//! Which columns tell the session, the date, the form, the rater and the version of the instrument.

use scalewright_model::{Stop, did_you_mean};
use scalewright_tables::Opened;

/// The columns that the user names. Those left out are found by their usual names.
#[derive(Debug, Clone, Default)]
pub struct ColumnNames {
    /// The number or label of the session.
    pub session: Option<String>,
    /// The date.
    pub date: Option<String>,
    /// Who answers: client, therapist, observer.
    pub form: Option<String>,
    /// The rater, where a form has several.
    pub rater: Option<String>,
    /// The version of the instrument.
    pub version: Option<String>,
    /// A number that mixed models explain, such as a symptom score.
    pub outcome: Option<String>,
}

/// The columns of a table that make series of its rows. A column that the table lacks is `None`.
#[derive(Debug, Clone, Default)]
pub(crate) struct SeriesColumns {
    pub(crate) session: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) form: Option<String>,
    pub(crate) rater: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) outcome: Option<String>,
    /// The subject of a FHIR response, who is the respondent there.
    pub(crate) subject: Option<String>,
    /// Equal in the responses of one session, in FHIR.
    pub(crate) encounter: Option<String>,
}

impl SeriesColumns {
    /// Finds the columns of `table`.
    ///
    /// # Errors
    ///
    /// When the table lacks a column that is named, or has neither sessions nor dates.
    pub(crate) fn find(table: &Opened, named: &ColumnNames) -> Result<Self, Stop> {
        let found = Self::found(table, named)?;
        match found.has_time() {
            true => Ok(found),
            false => Err(Stop::usage(format!("{}: no column has sessions or dates", table.name))
                .help("name one with `--session` or `--date`")),
        }
    }

    fn found(table: &Opened, named: &ColumnNames) -> Result<Self, Stop> {
        let known = table.columns();
        let find = |option: &str, wish: &Option<String>, usual: &[&str]| match wish {
            Some(name) if known.contains(&name.as_str()) => Ok(Some(name.clone())),
            Some(name) => Err(absent(&table.name, (option, name), &known)),
            None => {
                Ok(usual.iter().find(|name| known.contains(name)).map(|name| (*name).to_owned()))
            }
        };
        let is_fhir = ["subject", "authored", "encounter"].iter().all(|name| known.contains(name));
        let of_fhir = |name: &str| is_fhir.then(|| name.to_owned());
        let date = find("--date", &named.date, &["date", "authored"])?;
        // The repeat instance counts entries, so a date is better.
        let entries = if date.is_none() { "redcap_repeat_instance" } else { "session" };
        let of_form = if is_fhir { "source" } else { "redcap_repeat_instrument" };
        Ok(Self {
            session: find("--session", &named.session, &["session", entries])?,
            date,
            form: find("--form", &named.form, &["form", of_form])?,
            rater: find(
                "--rater",
                &named.rater,
                &["rater", if is_fhir { "source" } else { "rater" }],
            )?,
            version: find("--version-column", &named.version, &["instrument_version"])?,
            outcome: find("--outcome", &named.outcome, &[])?,
            subject: of_fhir("subject"),
            encounter: of_fhir("encounter"),
        })
    }

    /// Finds the columns of a table of outcomes, which may have neither sessions nor dates: then a respondent has one row.
    ///
    /// # Errors
    ///
    /// Never, since nothing is named.
    pub(crate) fn of_outcomes(table: &Opened) -> Result<Self, Stop> {
        Self::found(table, &ColumnNames::default())
    }

    /// Whether the table tells sessions apart.
    pub(crate) fn has_time(&self) -> bool {
        self.session.is_some() || self.date.is_some()
    }

    /// The columns to keep beside the scores.
    pub(crate) fn keep(&self) -> Vec<String> {
        let all = [&self.session, &self.date, &self.form, &self.rater, &self.version];
        let mut all: Vec<String> = all
            .into_iter()
            .chain([&self.subject, &self.encounter, &self.outcome])
            .flatten()
            .cloned()
            .collect();
        all.sort();
        all.dedup();
        all
    }

    /// Whether sessions are the entries of a REDCap form, which need not be sessions of a therapy.
    pub(crate) fn counts_entries(&self) -> bool {
        self.session.as_deref() == Some("redcap_repeat_instance")
    }
}

fn absent(table: &str, (option, name): (&str, &str), known: &[&str]) -> Stop {
    let stop = Stop::usage(format!("`{option} {name}`: {table} has no such column"));
    match did_you_mean(name, known.iter().copied()) {
        Some(help) => stop.help(help),
        None => stop,
    }
}
