//! A stub without highlighting of source code.
//!
//! Typst highlights source code with `syntect`, which loads syntaxes and themes. A form shows no source code. This stub
//! has no syntaxes and loads none, so text keeps its colour.

use std::fmt::{self, Display, Formatter};

/// Why a file cannot be loaded.
#[derive(Debug)]
pub enum LoadingError {
    /// Syntaxes cannot be loaded.
    ParseSyntax(parsing::ParseSyntaxError, String),
    /// Themes cannot be loaded.
    Theme,
}

const NONE: &str = "this program does not support syntaxes and themes";

impl Display for LoadingError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(NONE)
    }
}

impl std::error::Error for LoadingError {}

/// Highlighting by lines.
pub mod easy {
    use std::convert::Infallible;

    use crate::highlighting::{Style, Theme};
    use crate::parsing::{SyntaxReference, SyntaxSet};

    /// The highlighter of lines. Never created, as there are no syntaxes.
    #[derive(Debug)]
    pub struct HighlightLines(Infallible);

    impl HighlightLines {
        /// Never called.
        #[must_use]
        pub fn new(syntax: &SyntaxReference, _theme: &Theme) -> Self {
            match syntax.never {}
        }

        /// Never called.
        ///
        /// # Errors
        ///
        /// None.
        pub fn highlight_line<'a>(
            &mut self,
            _line: &'a str,
            _syntaxes: &SyntaxSet,
        ) -> Result<Vec<(Style, &'a str)>, Infallible> {
            match self.0 {}
        }
    }
}

/// Syntaxes.
pub mod parsing {
    use std::convert::Infallible;
    use std::fmt::{self, Display, Formatter};

    /// Why a syntax cannot be read.
    #[derive(Debug)]
    pub enum ParseSyntaxError {
        /// A mistake in its YAML. Never created.
        InvalidYaml(ScanError),
        /// There are no syntaxes.
        Left,
    }

    impl Display for ParseSyntaxError {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            f.write_str(super::NONE)
        }
    }

    /// A mistake in YAML. The type has no values.
    #[derive(Debug)]
    pub enum ScanError {}

    impl ScanError {
        /// The position.
        #[must_use]
        pub fn marker(&self) -> &Marker {
            match *self {}
        }
    }

    /// A position in a file. The type has no values.
    #[derive(Debug)]
    pub enum Marker {}

    impl Marker {
        /// The byte.
        #[must_use]
        pub fn index(&self) -> usize {
            match *self {}
        }

        /// The line.
        #[must_use]
        pub fn line(&self) -> usize {
            match *self {}
        }

        /// The column.
        #[must_use]
        pub fn col(&self) -> usize {
            match *self {}
        }
    }

    /// The definition of a syntax. The type has no values.
    #[derive(Debug)]
    pub enum SyntaxDefinition {}

    impl SyntaxDefinition {
        /// Rejects the syntax.
        ///
        /// # Errors
        ///
        /// Always.
        pub fn load_from_str(
            _text: &str,
            _with_newlines: bool,
            _name: Option<&str>,
        ) -> Result<Self, ParseSyntaxError> {
            Err(ParseSyntaxError::Left)
        }
    }

    /// A syntax. The type has no values.
    #[derive(Debug)]
    #[expect(missing_docs, reason = "the names are self-explanatory")]
    pub struct SyntaxReference {
        pub name: String,
        pub file_extensions: Vec<String>,
        pub(crate) never: Infallible,
    }

    /// The set of all syntaxes, which is empty.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct SyntaxSet;

    impl SyntaxSet {
        /// All syntaxes.
        #[must_use]
        pub fn syntaxes(&self) -> &[SyntaxReference] {
            &[]
        }

        /// The syntax of a language: none.
        #[must_use]
        pub fn find_syntax_by_token(&self, _token: &str) -> Option<&SyntaxReference> {
            None
        }
    }

    /// The builder of a set of syntaxes.
    #[derive(Debug, Default)]
    pub struct SyntaxSetBuilder;

    impl SyntaxSetBuilder {
        /// A builder.
        #[must_use]
        pub fn new() -> Self {
            Self
        }

        /// Never called, as there are no syntaxes.
        pub fn add(&mut self, syntax: SyntaxDefinition) {
            match syntax {}
        }

        /// The empty set.
        #[must_use]
        pub fn build(self) -> SyntaxSet {
            SyntaxSet
        }
    }

    /// The role of a piece of source code, which is not stored.
    #[derive(Debug, Clone, Copy)]
    pub struct Scope;

    impl Scope {
        /// Discards the name.
        ///
        /// # Errors
        ///
        /// None.
        pub fn new(_name: &str) -> Result<Self, Infallible> {
            Ok(Self)
        }
    }
}

/// Themes.
pub mod highlighting {
    use std::convert::Infallible;
    use std::io::{BufRead, Seek};
    use std::ops::BitOr;
    use std::str::FromStr;

    use crate::LoadingError;
    use crate::parsing::Scope;

    /// A colour.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    #[expect(missing_docs, reason = "red, green, blue and opacity")]
    pub struct Color {
        pub r: u8,
        pub g: u8,
        pub b: u8,
        pub a: u8,
    }

    impl Color {
        /// Black.
        pub const BLACK: Self = Self { r: 0, g: 0, b: 0, a: 0xFF };
    }

    /// Bold, italic, underlined, as bits.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct FontStyle(u8);

    impl FontStyle {
        /// Bold.
        pub const BOLD: Self = Self(1);
        /// Underlined.
        pub const UNDERLINE: Self = Self(2);
        /// Italic.
        pub const ITALIC: Self = Self(4);

        /// Whether it includes all styles of `other`.
        #[must_use]
        pub fn contains(self, other: Self) -> bool {
            self.0 & other.0 == other.0
        }
    }

    impl BitOr for FontStyle {
        type Output = Self;

        fn bitor(self, other: Self) -> Self {
            Self(self.0 | other.0)
        }
    }

    /// The appearance of text.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Style {
        /// Its colour.
        pub foreground: Color,
        /// Bold, italic, underlined.
        pub font_style: FontStyle,
    }

    /// Changes of the appearance of text.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    #[expect(missing_docs, reason = "as in `Style`")]
    pub struct StyleModifier {
        pub foreground: Option<Color>,
        pub background: Option<Color>,
        pub font_style: Option<FontStyle>,
    }

    /// The pieces of source code to which a change applies, which are not stored.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ScopeSelectors;

    impl FromStr for ScopeSelectors {
        type Err = Infallible;

        fn from_str(_text: &str) -> Result<Self, Infallible> {
            Ok(Self)
        }
    }

    /// The appearance of some pieces of source code.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[expect(missing_docs, reason = "the names are self-explanatory")]
    pub struct ThemeItem {
        pub scope: ScopeSelectors,
        pub style: StyleModifier,
    }

    /// The appearance of all other source code.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    #[expect(missing_docs, reason = "the name is self-explanatory")]
    pub struct ThemeSettings {
        pub foreground: Option<Color>,
    }

    /// A theme: the appearance of source code.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    #[expect(missing_docs, reason = "the names are self-explanatory")]
    pub struct Theme {
        pub name: Option<String>,
        pub author: Option<String>,
        pub settings: ThemeSettings,
        pub scopes: Vec<ThemeItem>,
    }

    /// The set of themes. The type has no values.
    #[derive(Debug)]
    pub enum ThemeSet {}

    impl ThemeSet {
        /// Rejects the theme.
        ///
        /// # Errors
        ///
        /// Always.
        pub fn load_from_reader<R: BufRead + Seek>(_reader: &mut R) -> Result<Theme, LoadingError> {
            Err(LoadingError::Theme)
        }
    }

    /// A highlighter of source code.
    #[derive(Debug)]
    pub struct Highlighter<'a>(&'a Theme);

    impl<'a> Highlighter<'a> {
        /// A highlighter with this theme.
        #[must_use]
        pub fn new(theme: &'a Theme) -> Self {
            Self(theme)
        }

        /// The style of the theme's default text, for every piece of source code.
        #[must_use]
        pub fn style_for_stack(&self, _scopes: &[Scope]) -> Style {
            let foreground = self.0.settings.foreground.unwrap_or(Color::BLACK);
            Style { foreground, font_style: FontStyle(0) }
        }
    }
}
