//! What is given for the options of a target.

use std::collections::BTreeMap;

use scalewright_model::did_you_mean;

use super::{FromValue, OptionKind, OptionSpec};

/// The values that are given for the options of one target; each is one that the description of its option allows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OptionValues(BTreeMap<String, String>);

/// Why an option cannot have a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongValue {
    /// What is wrong, after "`redcap.project`": "cannot be `maybe`".
    pub message: String,
    /// Which values it takes, as a sentence without a full stop.
    pub help: String,
}

impl OptionValues {
    /// Sets an option as text gives it: `yes`, `portable`, `a+b`. A value that was given before is replaced.
    ///
    /// # Errors
    /// The option cannot have this value.
    pub fn set(&mut self, spec: &OptionSpec, text: &str) -> Result<(), WrongValue> {
        let wrong = match &spec.kind {
            OptionKind::List(_) => {
                text.split('+').find(|one| !text.is_empty() && !spec.allows(one))
            }
            OptionKind::Switch | OptionKind::Choice(_) => {
                Some(text).filter(|one| !spec.allows(one))
            }
        };
        if let Some(wrong) = wrong {
            return Err(spec.refuse(wrong));
        }
        self.0.insert(spec.name.to_string(), text.to_owned());
        Ok(())
    }

    /// Whether a value is given for the option.
    #[must_use]
    pub fn is_given(&self, option: &str) -> bool {
        self.0.contains_key(option)
    }

    /// What the option is: the value that is given, or its default.
    #[must_use]
    pub fn get<'v>(&'v self, spec: &'v OptionSpec) -> &'v str {
        self.0.get(&*spec.name).map_or(&*spec.default, String::as_str)
    }

    /// These values, and for options without one those of `other`.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        for (name, value) in &other.0 {
            self.0.entry(name.clone()).or_insert_with(|| value.clone());
        }
        self
    }

    /// The value of an option in the type that its target has for it.
    pub(crate) fn read<T: FromValue>(&self, spec: Option<&OptionSpec>) -> T {
        T::from_value(spec.map_or("", |spec| self.get(spec)))
    }
}

impl OptionSpec {
    fn allows(&self, value: &str) -> bool {
        self.values().iter().any(|(known, _)| *known == value)
    }

    /// Why the option cannot be `value`.
    #[must_use]
    pub fn refuse(&self, value: &str) -> WrongValue {
        let known: Vec<&str> = self.values().into_iter().map(|(value, _)| value).collect();
        let takes = format!("it takes {}", self.takes());
        let near = did_you_mean(value, known).filter(|near| near.starts_with("did you mean"));
        let help = near.map_or(takes.clone(), |near| format!("{near} {takes}"));
        let message = match value {
            "" => "cannot be empty".to_owned(),
            value => format!("cannot be `{value}`"),
        };
        WrongValue { message, help }
    }

    /// The values that it takes, in words: "`yes` or `no`".
    #[must_use]
    pub fn takes(&self) -> String {
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
