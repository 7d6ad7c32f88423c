//! The options of targets: described as data, given as text, and read into a struct of the target.
//!
//! Descriptions contain no functions, so that they can be printed as JSON and could also come from an external program.

mod settings;
mod target;
mod values;

use std::borrow::Cow;

use serde::Serialize;

pub use settings::{configured, configured_target, no_option};
pub use target::TargetOptions;
pub use values::{OptionValues, WrongValue};

/// An option of a target, such as `project` of `redcap`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptionSpec {
    /// Its name: lower-case words joined by hyphens.
    pub name: Cow<'static, str>,
    /// What it changes, as a phrase without a full stop.
    pub summary: Cow<'static, str>,
    /// The values that it accepts.
    #[serde(flatten)]
    pub kind: OptionKind,
    /// The value if none is given.
    pub default: Cow<'static, str>,
    /// The command-line option that it has replaced.
    #[serde(skip)]
    pub former: Option<Former>,
}

/// The values that an option accepts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "values", rename_all = "kebab-case")]
pub enum OptionKind {
    /// `yes` or `no`.
    Switch,
    /// One of these values.
    Choice(Cow<'static, [ValueSpec]>),
    /// None, one or several of these values: `a+b`.
    List(Cow<'static, [ValueSpec]>),
    /// One or several names of tables or columns: `respondent+visit`.
    Names,
}

/// A value that an option accepts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueSpec {
    /// The value.
    pub value: Cow<'static, str>,
    /// What it means, as a clause.
    pub meaning: Cow<'static, str>,
}

/// An option of the command line that an option of a target has replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Former {
    /// Its name, without leading hyphens: `no-record-id`.
    pub flag: &'static str,
    /// The value of the new option that is equivalent to it. `None` if the old option took the value itself.
    pub value: Option<&'static str>,
}

/// An option and the value that takes part in a conflict. `None` if every value does.
pub type Side = (Cow<'static, str>, Option<Cow<'static, str>>);

/// Options of a target that exclude each other, or that exclude a plain option of the command line.
#[derive(Debug, Clone, Serialize)]
pub struct Conflict {
    /// The options.
    pub options: Cow<'static, [Side]>,
    /// The plain option, without leading hyphens: `study`.
    pub flag: Option<Cow<'static, str>>,
    /// What to do, and why.
    pub help: Cow<'static, str>,
}

impl OptionSpec {
    /// An option with the values `yes` and `no`.
    #[must_use]
    pub const fn switch(name: &'static str, default: bool, summary: &'static str) -> Self {
        let default = if default { "yes" } else { "no" };
        Self::new(name, summary, OptionKind::Switch, default)
    }

    /// An option with one of several values.
    #[must_use]
    pub const fn choice(
        name: &'static str,
        values: &'static [ValueSpec],
        default: &'static str,
        summary: &'static str,
    ) -> Self {
        Self::new(name, summary, OptionKind::Choice(Cow::Borrowed(values)), default)
    }

    /// An option with none, one or several of some values. The default is none.
    #[must_use]
    pub const fn list(
        name: &'static str,
        values: &'static [ValueSpec],
        summary: &'static str,
    ) -> Self {
        Self::new(name, summary, OptionKind::List(Cow::Borrowed(values)), "")
    }

    /// An option with one or several names.
    #[must_use]
    pub const fn names(name: &'static str, default: &'static str, summary: &'static str) -> Self {
        Self::new(name, summary, OptionKind::Names, default)
    }

    const fn new(
        name: &'static str,
        summary: &'static str,
        kind: OptionKind,
        default: &'static str,
    ) -> Self {
        Self {
            name: Cow::Borrowed(name),
            summary: Cow::Borrowed(summary),
            kind,
            default: Cow::Borrowed(default),
            former: None,
        }
    }

    /// Declares that the option has replaced `--flag`, which meant `value`, or took the value itself if that is `None`.
    #[must_use]
    pub const fn instead_of(mut self, flag: &'static str, value: Option<&'static str>) -> Self {
        self.former = Some(Former { flag, value });
        self
    }

    /// Returns the accepted values with their meanings. The meanings of `yes` and `no` are empty.
    #[must_use]
    pub fn values(&self) -> Vec<(&str, &str)> {
        match &self.kind {
            OptionKind::Switch => vec![("yes", ""), ("no", "")],
            OptionKind::Names => Vec::new(),
            OptionKind::Choice(values) | OptionKind::List(values) => {
                values.iter().map(|value| (&*value.value, &*value.meaning)).collect()
            }
        }
    }
}

impl ValueSpec {
    /// A value and what it means.
    #[must_use]
    pub const fn new(value: &'static str, meaning: &'static str) -> Self {
        Self { value: Cow::Borrowed(value), meaning: Cow::Borrowed(meaning) }
    }
}

/// A type that option values are read into.
pub(crate) trait FromValue {
    /// Reads a value that the description of the option accepts.
    fn from_value(text: &str) -> Self;
}

/// The names given for an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names(pub(crate) Vec<String>);

impl FromValue for Names {
    fn from_value(text: &str) -> Self {
        Self(text.split('+').map(str::to_owned).collect())
    }
}

impl FromValue for bool {
    fn from_value(text: &str) -> Self {
        text == "yes"
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(text: &str) -> Self {
        text.split('+').filter(|one| !one.is_empty()).map(T::from_value).collect()
    }
}

/// Declares an enum of values with their spelling and meaning. Unknown text is read as the first value, but
/// [`OptionValues`] never contains any.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident {
        $first:ident = $text:literal: $meaning:literal;
        $($other:ident = $other_text:literal: $other_meaning:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name {
            #[doc = $meaning]
            $first,
            $(#[doc = $other_meaning] $other,)*
        }

        impl $name {
            /// All values with their meanings.
            pub(crate) const VALUES: &'static [$crate::options::ValueSpec] = &[
                $crate::options::ValueSpec::new($text, $meaning),
                $($crate::options::ValueSpec::new($other_text, $other_meaning),)*
            ];
        }

        impl $crate::options::FromValue for $name {
            fn from_value(text: &str) -> Self {
                match text {
                    $($other_text => Self::$other,)*
                    _ => Self::$first,
                }
            }
        }
    };
}

/// Declares the options of a target: a struct with a field for each option, the descriptions, and a function that reads
/// the struct from given values.
macro_rules! options {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $field:ident: $type:ty = $spec:expr;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub(crate) struct $name {
            $($(#[$of])* pub(crate) $field: $type,)*
        }

        impl $name {
            /// The descriptions, in the order of the fields.
            pub(crate) const SPECS: &'static [$crate::options::OptionSpec] = &[$($spec,)*];

            /// Reads the given values. An option without a value has its default.
            pub(crate) fn of(values: &$crate::options::OptionValues) -> Self {
                let mut specs = Self::SPECS.iter();
                Self { $($field: values.read(specs.next()),)* }
            }
        }
    };
}

pub(crate) use {choice, options};
