//! What the columns of a codebook contain, by their headers.

use scalewright_model::{Stop, did_you_mean};

use super::headers::{KINDS, OBSERVED, OWN, What};
use crate::finding::{Finding, Kind};
use crate::options::Options;
use crate::place::Place;
use crate::sheets::Sheet;
use crate::words::some_of;

/// The columns of a codebook.
#[derive(Debug, Default)]
pub(super) struct Columns {
    found: Vec<(What, usize)>,
    /// The columns that are headed by a value, with this value.
    pub(super) values: Vec<(String, usize)>,
    /// Whether the codebook was exported by this program.
    pub(super) is_own: bool,
    /// Whether lowest and highest values are those of data.
    is_observed: bool,
}

/// Whether a table has the headers of names and of words.
pub(super) fn is_known(sheet: &Sheet) -> bool {
    let has = |what| headers(sheet).any(|(_, header)| known(&header) == Some(what));
    has(What::Id) && has(What::Text)
}

/// The headers, in lower case with one space between words.
fn headers(sheet: &Sheet) -> impl Iterator<Item = (usize, String)> + '_ {
    let count = sheet.rows.first().map_or(0, Vec::len);
    (0..count).map(|column| (column, spelled(sheet.cell(0, column))))
}

fn spelled(header: &str) -> String {
    let words = header
        .split(|letter: char| {
            letter.is_whitespace() || matches!(letter, '_' | '-' | '.' | '/' | ':')
        })
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase);
    words.collect::<Vec<_>>().join(" ")
}

fn known(header: &str) -> Option<What> {
    let kind = KINDS.iter().find(|(_, _, headers)| headers.contains(&header));
    kind.map(|(what, _, _)| *what)
}

fn name(what: What) -> &'static str {
    let own = match what {
        What::Role => "the role",
        What::Notes => "notes",
        What::Instrument => "the instrument",
        What::Question => "the question",
        What::Section => "the section",
        What::Type => "the type",
        What::Unit => "the unit",
        _ => "",
    };
    KINDS.iter().find(|(kind, _, _)| *kind == what).map_or(own, |(_, name, _)| name)
}

impl Columns {
    /// The columns of a table.
    ///
    /// # Errors
    ///
    /// Returns a stop if a given column does not exist, if two columns could be the same, or if there are no words.
    pub(super) fn of(file: &str, sheet: &Sheet, options: &Options) -> Result<Self, Stop> {
        let mut columns = Self::default();
        let own = own(sheet).filter(|_| options.columns.is_empty());
        if let Some(found) = own {
            columns.found = found;
            columns.is_own = true;
            return Ok(columns);
        }
        for (kind, header) in &options.columns {
            let found = given(file, sheet, kind, header)?;
            columns.found.push(found);
        }
        let is_given = |columns: &Self, what| columns.find(what).is_some();
        let given: Vec<What> = columns.found.iter().map(|(what, _)| *what).collect();
        for (column, header) in headers(sheet) {
            if columns.found.iter().any(|(_, at)| *at == column) {
                continue;
            }
            columns.is_observed |= OBSERVED.contains(&header.as_str());
            if !header.is_empty() && header.parse::<i64>().is_ok() {
                columns.values.push((header, column));
                continue;
            }
            // A column of signs does what a column of flags does.
            let Some(what) = known(&header).filter(|what| !given.contains(what)) else { continue };
            if let Some(other) = columns.find(what) {
                return Err(ambiguous(file, sheet, what, other, column));
            }
            columns.found.push((what, column));
        }
        if columns.values.len() == 1 {
            columns.values.clear();
        }
        if is_given(&columns, What::Reverse) && is_given(&columns, What::Sign) {
            let of = |what| columns.find(what).unwrap_or_default();
            if !given.contains(&What::Reverse) && !given.contains(&What::Sign) {
                return Err(ambiguous(
                    file,
                    sheet,
                    What::Reverse,
                    of(What::Reverse),
                    of(What::Sign),
                ));
            }
            columns.found.retain(|(what, _)| {
                !matches!(what, What::Reverse | What::Sign) || given.contains(what)
            });
        }
        if columns.is_observed {
            columns
                .found
                .retain(|(what, _)| !matches!(what, What::Min | What::Max) || given.contains(what));
        }
        columns.checked(file, sheet, options)
    }

    /// The columns, if they suffice.
    fn checked(self, file: &str, sheet: &Sheet, options: &Options) -> Result<Self, Stop> {
        for (what, option) in [(What::Id, "id"), (What::Text, "text")] {
            let is_needed = what == What::Text || options.columns.is_empty();
            if is_needed && self.find(what).is_none() {
                let all: Vec<&str> = (0..sheet.rows.first().map_or(0, Vec::len))
                    .map(|column| sheet.cell(0, column))
                    .filter(|header| !header.is_empty())
                    .collect();
                let content =
                    if what == What::Id { "names of the items" } else { "words of the items" };
                return Err(Stop::wrong(format!(
                    "{file}: no column is known to have the {content}; the columns are {}",
                    some_of(all.into_iter())
                ))
                .help(format!("name it: `--column {option}=HEADER`")));
            }
        }
        if self.find(What::Sign).is_some() && !has_negative(sheet, self.find(What::Sign)) {
            let header = self.find(What::Sign).map_or("", |column| sheet.cell(0, column));
            return Err(Stop::wrong(format!(
                "{file}: the column `{header}` has no minus sign, so that `1` could mean reversed or not"
            ))
            .help(format!("`--column reverse={header}` if `1` means reversed, else `--column sign={header}`"))).or_else(|stop: Stop| {
                let is_given = options.columns.iter().any(|(kind, _)| kind == "sign");
                if is_given { Ok(self) } else { Err(stop) }
            });
        }
        Ok(self)
    }

    /// The number of a column.
    pub(super) fn find(&self, what: What) -> Option<usize> {
        self.found.iter().find(|(found, _)| *found == what).map(|(_, column)| *column)
    }

    /// What was recognised, and what is not read.
    pub(super) fn findings(&self, file: &str, sheet: &Sheet, others: &[String]) -> Vec<Finding> {
        let place = Place::new(file, sheet.name.as_str());
        let mut found: Vec<(usize, String)> = self
            .found
            .iter()
            .map(|(what, column)| {
                (*column, format!("`{}` is {}", sheet.cell(0, *column), name(*what)))
            })
            .collect();
        found.sort();
        let mut parts: Vec<String> = found.into_iter().map(|(_, text)| text).collect();
        if !self.values.is_empty() {
            parts.push(format!("{} columns are the words of a value each", self.values.len()));
        }
        let message = format!("the columns were recognised by their headers: {}", parts.join(", "));
        let help = "if one is wrong, name the column, such as `--column text=HEADER`; the kinds are id, text, scale, reverse, sign, min, max, values and missing";
        let mut findings = vec![Finding::new(Kind::Note, "columns", &place, message).help(help)];
        let width = sheet.rows.first().map_or(0, Vec::len);
        let is_read = |column: usize| {
            self.found.iter().any(|(_, at)| *at == column)
                || self.values.iter().any(|(_, at)| *at == column)
        };
        let unread: Vec<&str> = (0..width)
            .filter(|column| !is_read(*column))
            .map(|column| sheet.cell(0, column))
            .filter(|header| !header.is_empty())
            .collect();
        if !unread.is_empty() {
            let message = format!("these columns are left out: {}", some_of(unread.into_iter()));
            findings.push(Finding::new(Kind::NotUnderstood, "unknown-column", &place, message));
        }
        if self.is_observed {
            let message = "the table describes data: lowest and highest values in it are those that occurred, and are no limits";
            findings.push(Finding::new(Kind::Note, "observed", &place, message));
        }
        if !others.is_empty() {
            let names = some_of(others.iter().map(String::as_str));
            let message = format!("other sheets are not read: {names}");
            findings.push(Finding::new(Kind::Note, "other-sheets", &Place::new(file, ""), message));
        }
        findings
    }
}

/// The columns of a codebook that this program exported; `None` if it is another one.
fn own(sheet: &Sheet) -> Option<Vec<(What, usize)>> {
    let column = |name: &str| headers(sheet).find(|(_, header)| header == name).map(|(at, _)| at);
    column("role")?;
    column("computed from")?;
    let found = OWN.iter().filter_map(|(what, name)| Some((*what, column(name)?)));
    Some(found.collect())
}

/// A column that the user names.
fn given(file: &str, sheet: &Sheet, kind: &str, header: &str) -> Result<(What, usize), Stop> {
    let what = KINDS.iter().find(|(_, name, _)| *name == kind).map(|(what, _, _)| *what);
    let what = what.ok_or_else(|| {
        let names = KINDS.iter().map(|(_, name, _)| *name);
        let all = names.clone().collect::<Vec<_>>().join(", ");
        let help = did_you_mean(kind, names).unwrap_or_else(|| format!("the kinds are {all}"));
        Stop::usage(format!("no kind of column is called `{kind}`")).help(help)
    })?;
    let width = sheet.rows.first().map_or(0, Vec::len);
    let column =
        (0..width).find(|column| sheet.cell(0, *column).eq_ignore_ascii_case(header.trim()));
    let column = column.ok_or_else(|| {
        let all =
            (0..width).map(|column| sheet.cell(0, column)).filter(|header| !header.is_empty());
        Stop::usage(format!("{file}: no column has the header `{header}`"))
            .help(format!("the columns are {}", some_of(all)))
    })?;
    Ok((what, column))
}

fn ambiguous(file: &str, sheet: &Sheet, what: What, one: usize, other: usize) -> Stop {
    let (one, other, kind) = (sheet.cell(0, one), sheet.cell(0, other), name(what));
    Stop::wrong(format!(
        "{file}: the columns `{one}` and `{other}` could both be the column {kind}"
    ))
    .help(format!("say which it is: `--column {kind}={one}` or `--column {kind}={other}`"))
}

/// Whether a column has a minus sign.
fn has_negative(sheet: &Sheet, column: Option<usize>) -> bool {
    let Some(column) = column else { return false };
    (1..sheet.rows.len()).any(|row| sheet.cell(row, column).starts_with(['-', '–', '−']))
}

/// Whether a flag or a sign means reversed; `None` if it says neither.
pub(super) fn is_reversed(flag: &str, is_sign: bool) -> Option<bool> {
    let flag = flag.trim().to_lowercase().replace(['–', '−'], "-");
    match flag.as_str() {
        "" | "no" | "n" | "false" | "f" | "0" | "+" | "+1" | "nein" | "positive" | "pos"
        | "normal" => Some(false),
        "1" => Some(!is_sign),
        "-" | "-1" | "r" | "(r)" | "x" | "yes" | "y" | "true" | "t" | "ja" | "rev" | "reverse"
        | "reversed" | "reverse coded" | "reverse-coded" | "reverse scored" | "negative"
        | "neg" | "inverted" | "invertiert" | "umgepolt" | "*" | "✓" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_and_signs_are_read() {
        for (flag, is_sign, expected) in [
            ("", false, Some(false)),
            ("R", false, Some(true)),
            ("x", false, Some(true)),
            ("1", false, Some(true)),
            ("1", true, Some(false)),
            ("-1", true, Some(true)),
            ("−", true, Some(true)),
            ("no", false, Some(false)),
            ("maybe", false, None),
            ("2", false, None),
        ] {
            assert_eq!(is_reversed(flag, is_sign), expected, "{flag}");
        }
    }

    #[test]
    fn no_header_has_two_meanings() {
        let all: Vec<&str> = KINDS.iter().flat_map(|(_, _, headers)| *headers).copied().collect();
        for (at, header) in all.iter().enumerate() {
            assert!(!all[..at].contains(header), "{header}");
            assert_eq!(spelled(header), *header);
        }
    }
}
