//! `[age]` and `[background]` of a map: where the age and other facts about respondents come from.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::age_columns::AgeColumns;
use super::background_from::{BackgroundFrom, Carry, EVENT};
use super::map_reading::MapReading;

impl MapReading<'_> {
    /// Reads `[age]`: `birth = "column"`, `day = "column"`, and `item = "item_id"`.
    pub(super) fn age(&mut self, table: &DeTable<'_>) -> AgeColumns {
        let mut age = AgeColumns::default();
        for (key, value) in table {
            let place = match key.get_ref().as_ref() {
                "item" => &mut age.item,
                "birth" => &mut age.birth,
                "day" => &mut age.day,
                other => {
                    let what =
                        format!("`[age]` has no key `{other}`: it has `birth`, `day` and `item`");
                    self.report(key.span().start, &what);
                    continue;
                }
            };
            *place = self.name_of(value);
        }
        age
    }

    /// Reads `[background]`: `rows = "baseline"` with `items`, and `column` if it is not that of the events of REDCap; or
    /// `table = "people.csv"`, and `by` for its column of respondents. `folder` is that of the map.
    pub(super) fn background(
        &mut self,
        table: &DeTable<'_>,
        (at, folder): (usize, &Path),
    ) -> Option<BackgroundFrom> {
        let (mut texts, mut items) = ([const { None }; 4], None);
        const KEYS: [&str; 4] = ["rows", "column", "table", "by"];
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match KEYS.iter().position(|known| *known == name) {
                Some(place) => texts[place] = self.name_of(value),
                None if name == "items" => {
                    let what = "`items` is a list of item ids in quotation marks";
                    let found = self.texts(value, what).into_iter().map(|(id, _)| id);
                    items = Some(found.collect::<Vec<_>>());
                }
                None => {
                    let what = format!(
                        "`[background]` has no key `{name}`: it has `rows`, `column` and `items`, or `table` and `by`"
                    );
                    self.report(key.span().start, &what);
                }
            }
        }
        let [rows, column, other, by] = texts;
        match (rows, other) {
            (Some(value), None) if by.is_none() => {
                let Some(items) = items.filter(|items| !items.is_empty()) else {
                    self.report(at, "`rows` needs `items`: the facts that these rows state");
                    return None;
                };
                let column = column.unwrap_or_else(|| EVENT.to_owned());
                Some(BackgroundFrom::Rows(Carry { column, value, items }))
            }
            (None, Some(shown)) if column.is_none() && items.is_none() => {
                let shown = folder.join(shown);
                Some(BackgroundFrom::Table { path: shown.clone(), shown, by })
            }
            _ => {
                self.report(
                    at,
                    "`[background]` has either `rows` with `items`, and `column` if needed; or `table`, and `by` if needed",
                );
                None
            }
        }
    }

    /// A name in quotation marks.
    fn name_of(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let name = value.get_ref().as_str().map(str::trim).filter(|name| !name.is_empty());
        if name.is_none() {
            self.report(value.span().start, "this must be a name in quotation marks");
        }
        name.map(str::to_owned)
    }
}
