//! The values given for the options of a target.

use std::collections::BTreeMap;

use scalewright_model::did_you_mean;

use super::{FromValue, OptionKind, OptionSpec};

/// The values given for the options of one target. The description of each option accepts its value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OptionValues(BTreeMap<String, String>);

/// Why an option does not accept a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongValue {
    /// What is wrong. It continues the option's name, as in "`redcap.project` cannot be `maybe`".
    pub message: String,
    /// The accepted values, as a sentence without a full stop.
    pub help: String,
}

impl OptionValues {
    /// Sets an option to the value that the text states: `yes`, `portable`, `a+b`. An earlier value is replaced.
    ///
    /// # Errors
    ///
    /// If the option does not accept the value.
    pub fn set(&mut self, spec: &OptionSpec, text: &str) -> Result<(), WrongValue> {
        let wrong = match &spec.kind {
            OptionKind::List(_) => {
                // An empty text is an empty list, although `split` returns one empty part for it.
                text.split('+').find(|one| !text.is_empty() && !spec.allows(one))
            }
            OptionKind::Switch | OptionKind::Choice(_) => {
                Some(text).filter(|one| !spec.allows(one))
            }
            OptionKind::Names => text.split('+').find(|one| !is_name(one)),
        };
        if let Some(wrong) = wrong {
            return Err(spec.refuse(wrong));
        }
        self.0.insert(spec.name.to_string(), text.to_owned());
        Ok(())
    }

    /// Whether the option has been given a value.
    #[must_use]
    pub fn is_given(&self, option: &str) -> bool {
        self.0.contains_key(option)
    }

    /// Returns the value of the option: the given one, or its default.
    #[must_use]
    pub fn get<'v>(&'v self, spec: &'v OptionSpec) -> &'v str {
        self.0.get(&*spec.name).map_or(&*spec.default, String::as_str)
    }

    /// Returns these values, completed by those of `other` for options that have none.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        for (name, value) in &other.0 {
            self.0.entry(name.clone()).or_insert_with(|| value.clone());
        }
        self
    }

    /// Returns the value of an option as the type that its target uses.
    pub(crate) fn read<T: FromValue>(&self, spec: Option<&OptionSpec>) -> T {
        T::from_value(spec.map_or("", |spec| self.get(spec)))
    }
}

impl OptionSpec {
    fn allows(&self, value: &str) -> bool {
        self.values().iter().any(|(known, _)| *known == value)
    }

    /// Returns why the option does not accept `value`.
    #[must_use]
    pub fn refuse(&self, value: &str) -> WrongValue {
        let known: Vec<&str> = self.values().into_iter().map(|(value, _)| value).collect();
        let takes = format!("it takes {}", self.takes());
        // Without a similar value `did_you_mean` lists all values, which `takes` does already.
        let near = did_you_mean(value, known).filter(|near| near.starts_with("did you mean"));
        let help = near.map_or(takes.clone(), |near| format!("{near} {takes}"));
        let message = match value {
            "" => "cannot be empty".to_owned(),
            value => format!("cannot be `{value}`"),
        };
        WrongValue { message, help }
    }

    /// Returns the accepted values in words: "`yes` or `no`".
    #[must_use]
    pub fn takes(&self) -> String {
        if self.kind == OptionKind::Names {
            return "a name of letters, digits, `_` and `.`, or several joined by `+`".to_owned();
        }
        let known: Vec<String> =
            self.values().into_iter().map(|(value, _)| format!("`{value}`")).collect();
        let listed = match known.as_slice() {
            [before @ .., last] if !before.is_empty() => {
                format!("{} or {last}", before.join(", "))
            }
            all => all.join(", "),
        };
        match self.kind {
            OptionKind::List(_) if known.len() > 1 => format!("{listed}, or several joined by `+`"),
            _ => listed,
        }
    }
}

/// Whether a text can be a name: it needs no escape in any language.
fn is_name(text: &str) -> bool {
    let mut parts = text.split('.');
    text.len() <= 128
        && parts.all(|part| {
            part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        })
}
