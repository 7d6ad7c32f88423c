//! Colours of source code, left out.
//!
//! Typst colours source code with `syntect`, by syntaxes and themes that it reads. A form shows no source code. Here there
//! are no syntaxes, none can be read, and text keeps its colour.

use std::fmt::{self, Display, Formatter};

/// Why nothing can be read.
#[derive(Debug)]
pub enum LoadingError {
    /// A syntax cannot be.
    ParseSyntax(parsing::ParseSyntaxError, String),
    /// A theme cannot be.
    Theme,
}

const NONE: &str = "this program has no syntaxes and themes";

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

    /// Never made, as there is no syntax.
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
        /// A place in its YAML, of which there is none.
        InvalidYaml(ScanError),
        /// There are no syntaxes.
        Left,
    }

    impl Display for ParseSyntaxError {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            f.write_str(super::NONE)
        }
    }

    /// Where YAML is wrong.
    #[derive(Debug)]
    pub enum ScanError {}

    impl ScanError {
        /// The place.
        #[must_use]
        pub fn marker(&self) -> &Marker {
            match *self {}
        }
    }

    /// A place.
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

    /// A syntax as it is written, of which there is none.
    #[derive(Debug)]
    pub enum SyntaxDefinition {}

    impl SyntaxDefinition {
        /// Refuses the syntax.
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

    /// A syntax, of which there is none.
    #[derive(Debug)]
    #[expect(missing_docs, reason = "they are plain words")]
    pub struct SyntaxReference {
        pub name: String,
        pub file_extensions: Vec<String>,
        pub(crate) never: Infallible,
    }

    /// Syntaxes: none.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct SyntaxSet;

    impl SyntaxSet {
        /// All syntaxes.
        #[must_use]
        pub fn syntaxes(&self) -> &[SyntaxReference] {
            &[]
        }

        /// The syntax of a language.
        #[must_use]
        pub fn find_syntax_by_token(&self, _token: &str) -> Option<&SyntaxReference> {
            None
        }
    }

    /// What would gather syntaxes.
    #[derive(Debug, Default)]
    pub struct SyntaxSetBuilder;

    impl SyntaxSetBuilder {
        /// A builder.
        #[must_use]
        pub fn new() -> Self {
            Self
        }

        /// Never called, as there is no syntax.
        pub fn add(&mut self, syntax: SyntaxDefinition) {
            match syntax {}
        }

        /// No syntaxes.
        #[must_use]
        pub fn build(self) -> SyntaxSet {
            SyntaxSet
        }
    }

    /// What a piece of source code is, forgotten.
    #[derive(Debug, Clone, Copy)]
    pub struct Scope;

    impl Scope {
        /// Forgets it.
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

        /// Whether it is all of that too.
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

    /// How text looks.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Style {
        /// Its colour.
        pub foreground: Color,
        /// Bold, italic, underlined.
        pub font_style: FontStyle,
    }

    /// How text is changed.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    #[expect(missing_docs, reason = "as in `Style`")]
    pub struct StyleModifier {
        pub foreground: Option<Color>,
        pub background: Option<Color>,
        pub font_style: Option<FontStyle>,
    }

    /// What pieces of source code a change is for, forgotten.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ScopeSelectors;

    impl FromStr for ScopeSelectors {
        type Err = Infallible;

        fn from_str(_text: &str) -> Result<Self, Infallible> {
            Ok(Self)
        }
    }

    /// How some pieces of source code look.
    #[derive(Debug, Clone, PartialEq, Eq)]
    #[expect(missing_docs, reason = "they are plain words")]
    pub struct ThemeItem {
        pub scope: ScopeSelectors,
        pub style: StyleModifier,
    }

    /// How all else looks.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    #[expect(missing_docs, reason = "it is a plain word")]
    pub struct ThemeSettings {
        pub foreground: Option<Color>,
    }

    /// How source code looks.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    #[expect(missing_docs, reason = "they are plain words")]
    pub struct Theme {
        pub name: Option<String>,
        pub author: Option<String>,
        pub settings: ThemeSettings,
        pub scopes: Vec<ThemeItem>,
    }

    /// Themes: none.
    #[derive(Debug)]
    pub enum ThemeSet {}

    impl ThemeSet {
        /// Refuses the theme.
        ///
        /// # Errors
        ///
        /// Always.
        pub fn load_from_reader<R: BufRead + Seek>(_reader: &mut R) -> Result<Theme, LoadingError> {
            Err(LoadingError::Theme)
        }
    }

    /// What colours source code by a theme.
    #[derive(Debug)]
    pub struct Highlighter<'a>(&'a Theme);

    impl<'a> Highlighter<'a> {
        /// With the theme.
        #[must_use]
        pub fn new(theme: &'a Theme) -> Self {
            Self(theme)
        }

        /// The same for everything.
        #[must_use]
        pub fn style_for_stack(&self, _scopes: &[Scope]) -> Style {
            let foreground = self.0.settings.foreground.unwrap_or(Color::BLACK);
            Style { foreground, font_style: FontStyle(0) }
        }
    }
}
