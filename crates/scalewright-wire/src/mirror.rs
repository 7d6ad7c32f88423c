//! A macro for closed lists of words that mirror a list of the inner types.

/// Declares an enum of words and its conversions from and to an inner enum with the same variants.
macro_rules! mirror {
    ($(#[$doc:meta])* $name:ident of $inner:path {
        $($(#[$of:meta])* $variant:ident = $text:literal,)*
    }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize,
            schemars::JsonSchema,
        )]
        pub enum $name {
            $($(#[$of])* #[serde(rename = $text)] $variant,)*
        }

        impl From<$inner> for $name {
            fn from(inner: $inner) -> Self {
                use $inner as Inner;
                match inner {
                    $(Inner::$variant => Self::$variant,)*
                }
            }
        }

        impl From<$name> for $inner {
            fn from(word: $name) -> Self {
                use $inner as Inner;
                match word {
                    $($name::$variant => Inner::$variant,)*
                }
            }
        }
    };
}

pub(crate) use mirror;
