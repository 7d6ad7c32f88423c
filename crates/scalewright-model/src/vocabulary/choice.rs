//! Closed lists of choices that name and describe themselves, so that a settings file, the command line and the library
//! share one type.

/// A choice from a closed list.
pub trait Choice: Copy + Send + Sync + 'static {
    /// All choices, in the order in which they are listed.
    const ALL: &'static [Self];

    /// The name by which it is chosen: `jsonl`.
    fn name(self) -> &'static str;

    /// A description in one line.
    fn about(self) -> &'static str;
}

/// Declares an enum of choices, each with its name and description, and implements [`Choice`] for it.
///
/// Attributes of the enum are passed on: a type that files use also derives `Deserialize`, with names in kebab case.
#[macro_export]
macro_rules! choices {
    ($(#[$meta:meta])* $kind:ident { $($choice:ident = $name:literal: $about:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $kind {
            $(#[doc = $about] $choice,)*
        }

        impl $crate::Choice for $kind {
            const ALL: &'static [Self] = &[$(Self::$choice,)*];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$choice => $name,)*
                }
            }

            fn about(self) -> &'static str {
                match self {
                    $(Self::$choice => $about,)*
                }
            }
        }
    };
}
