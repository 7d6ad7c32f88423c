//! The keys of a map as a type, for its JSON Schema. [`MapReading`](super::map_reading::MapReading) reads maps itself, so that
//! each error has its position.

use std::collections::BTreeMap;

use schemars::JsonSchema;

/// A map: which column of a table answers which item, and what the cells mean.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MapFile {
    /// The column of each item, by the id of the item: `item_id = "column"`. For FHIR, the link id. Default: the id. A table
    /// with the id of an instrument contains the columns of this instrument only.
    #[schemars(default)]
    pub columns: BTreeMap<String, ColumnOrColumns>,
    /// The instruments that the table has answers to, for `score --study`: ids, or files and folders relative to this file.
    #[schemars(default)]
    pub instruments: Vec<String>,
    /// Whether columns of items may contain the labels of the definition, in any of its languages. Default: `false`.
    pub labels: Option<bool>,
    /// The reason for each code that marks a missing answer: `98 = "refused"`. A table with the name of a response scale or
    /// an item contains the codes of these items only.
    #[schemars(default)]
    pub missing: BTreeMap<String, ReasonOrCodes>,
    /// For each response scale, or item, the value of each text or number in the table: `"hardly ever" = 2`. If any number is
    /// listed, all must be.
    #[schemars(default)]
    pub codes: BTreeMap<String, BTreeMap<String, f64>>,
    /// The columns that the age of respondents is computed from, in completed years.
    pub age: Option<AgeFile>,
    /// Where facts about respondents are that the rows do not state: in other rows, or in another table.
    pub background: Option<BackgroundFile>,
    /// The mark before decimals. Default: a point.
    #[schemars(extend("enum" = [".", ","]))]
    pub decimal: Option<String>,
    /// The mark between thousands. Default: none.
    #[schemars(extend("enum" = [",", ".", "space", "apostrophe"]))]
    pub thousands: Option<String>,
    /// Words for yes, in columns of yes-no items.
    pub yes: Option<TextOrList>,
    /// Words for no, in columns of yes-no items.
    pub no: Option<TextOrList>,
    /// The order of dates. Dates that begin with the year are always understood.
    #[schemars(extend("enum" = ["year-month-day", "day-month-year", "month-day-year"]))]
    pub date_format: Option<String>,
    /// The items whose answers are already reversed in the table.
    pub reversed: Option<TextOrList>,
    /// The column, or the link id, of the score that the platform computed for each scale: `scale_id = "column"`.
    #[schemars(default)]
    pub stated: BTreeMap<String, String>,
    /// The number of each label of a session, for courses: `"follow-up 1" = 20`.
    #[schemars(default)]
    pub sessions: BTreeMap<String, u32>,
    /// The addresses of the FHIR forms whose responses are scored, with or without a version.
    pub questionnaire: Option<TextOrList>,
    /// Questions that are not decided yet. A map that has any is refused.
    #[schemars(default, extend("items" = { "type": "object" }))]
    pub open: Vec<()>,
}

/// The columns that the age of respondents is computed from.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AgeFile {
    /// The column with the date of birth. `--birth` may name it instead.
    pub birth: Option<String>,
    /// The column with the day of the sitting. `--day` may name it instead.
    pub day: Option<String>,
    /// The item that the age answers, which has `background = true`. Default: `age`.
    pub item: Option<String>,
}

/// Where facts about respondents are: in some rows of the table, or in another table.
#[derive(Debug, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BackgroundFile {
    /// The value of `column` in the rows that state the facts: `"baseline"`.
    pub rows: Option<String>,
    /// The column that distinguishes these rows. Default: `redcap_event_name`.
    pub column: Option<String>,
    /// The items that these rows answer for all rows of a respondent. The column with the date of birth may be among them.
    #[schemars(default)]
    pub items: Vec<String>,
    /// Another table, which has a row for each respondent. The path is relative to the map.
    pub table: Option<String>,
    /// The column of that table that names the respondents. Default: as in the table to be scored.
    pub by: Option<String>,
}

/// A text or a list of texts.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum TextOrList {
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

/// The column of an item, or the columns of the items of an instrument.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum ColumnOrColumns {
    /// The column.
    Column(String),
    /// The columns of an instrument, by the ids of its items.
    Columns(BTreeMap<String, String>),
}

/// The reason for a missing answer, or codes with their reasons.
#[derive(Debug, JsonSchema)]
#[schemars(untagged)]
pub enum ReasonOrCodes {
    /// The reason.
    Reason(String),
    /// The codes of some items, with the reason for each.
    Codes(BTreeMap<String, String>),
}

#[cfg(test)]
mod tests {
    use scalewright_check::schema_of;

    use super::MapFile;
    use crate::responses::map_reading::KEYS;

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let schema = schema_of::<MapFile>();
        let mut keys: Vec<&str> = schema["properties"]
            .as_object()
            .into_iter()
            .flat_map(|keys| keys.keys().map(String::as_str))
            .collect();
        keys.sort_unstable();
        assert_eq!(keys, KEYS);
    }
}
