//! The columns that the age of respondents is computed from, as options and a map declare them.

use crate::Stop;

/// The item that is the age, unless another is named.
const ITEM: &str = "age";

/// Which columns the age is computed from, as options or a map declare them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgeColumns {
    /// The item that the age answers. By default `age`.
    pub item: Option<String>,
    /// The column with the date of birth.
    pub birth: Option<String>,
    /// The column with the day of the sitting.
    pub day: Option<String>,
}

/// The columns that an age is computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AgeFrom {
    /// The id of the item.
    pub(crate) item: String,
    /// The column with the date of birth.
    pub(crate) birth: String,
    /// The column with the day of the sitting.
    pub(crate) day: String,
}

impl AgeColumns {
    /// What the options and the map `name` declare together. `None` if neither declares anything.
    ///
    /// # Errors
    ///
    /// When they contradict each other, or one of the two columns is not declared.
    pub(super) fn with(&self, map: &Self, name: &str) -> Result<Option<AgeFrom>, Stop> {
        let birth = same("birth", "birth", (&self.birth, &map.birth), name)?;
        let day = same("day", "day", (&self.day, &map.day), name)?;
        let item = same("age-item", "item", (&self.item, &map.item), name)?;
        match (birth, day, &item) {
            (Some(birth), Some(day), _) => {
                Ok(Some(AgeFrom { item: item.unwrap_or_else(|| ITEM.to_owned()), birth, day }))
            }
            (None, None, None) => Ok(None),
            (birth, _, _) => {
                let lacks = if birth.is_some() { "day of the sitting" } else { "date of birth" };
                let option = if birth.is_some() { "--day" } else { "--birth" };
                Err(Stop::usage(format!("the age needs the column of the {lacks} too"))
                    .help(format!("name it with `{option} COLUMN`, or under `[age]` in a map")))
            }
        }
    }
}

fn same(
    option: &str,
    key: &str,
    (given, map): (&Option<String>, &Option<String>),
    name: &str,
) -> Result<Option<String>, Stop> {
    match (given, map) {
        (Some(given), Some(map)) if given != map => {
            let message = format!("`--{option} {given}` contradicts `{key} = \"{map}\"` in {name}");
            Err(Stop::usage(message).help("leave out one of them"))
        }
        (given, map) => Ok(given.clone().or_else(|| map.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::AgeColumns;

    #[test]
    fn both_columns_are_declared_once() {
        let columns = |birth: Option<&str>, day: Option<&str>| AgeColumns {
            item: None,
            birth: birth.map(str::to_owned),
            day: day.map(str::to_owned),
        };
        let none = AgeColumns::default();
        assert_eq!(none.with(&none, "map.toml").ok(), Some(None));
        let both = columns(Some("born"), None).with(&columns(None, Some("seen")), "map.toml");
        assert_eq!(both.ok().flatten().map(|age| age.item).as_deref(), Some("age"));
        for (option, map) in [
            (columns(Some("born"), None), none.clone()),
            (columns(None, Some("seen")), none.clone()),
            (columns(Some("born"), Some("seen")), columns(Some("dob"), None)),
        ] {
            assert!(option.with(&map, "map.toml").is_err(), "{option:?} {map:?}");
        }
    }
}
