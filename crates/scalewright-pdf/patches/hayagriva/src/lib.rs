//! A stub without bibliographies.
//!
//! Typst formats citations and bibliographies with `hayagriva`, which depends on code for thousands of citation styles,
//! XML, BibLaTeX and sorting by language. A form has no citations. In this stub no bibliography can be read. An entry
//! is a type without values, so code that needs one is unreachable.

/// A list of works, which is always empty.
#[derive(Debug, Default)]
pub struct Library;

impl Library {
    /// Always true.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        true
    }
}

impl IntoIterator for Library {
    type Item = Entry;
    type IntoIter = std::iter::Empty<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

/// A work. The type has no values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {}

impl Entry {
    /// Its citation key.
    #[must_use]
    pub fn key(&self) -> &str {
        match *self {}
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> Option<&Title> {
        match *self {}
    }
}

/// The title of a work.
#[derive(Debug)]
pub struct Title {
    /// Its text.
    pub value: Words,
}

/// Text of a work. The type has no values.
#[derive(Debug)]
pub enum Words {}

impl Words {
    /// The text.
    #[must_use]
    pub fn to_str(&self) -> &str {
        match *self {}
    }
}

/// Reading bibliographies.
pub mod io {
    use std::ops::Range;

    use serde::de::Error;

    use crate::Library;

    /// Why a BibLaTeX file cannot be read.
    #[derive(Debug, Clone)]
    pub enum BibLaTeXError {
        /// It is not valid BibLaTeX.
        Parse(Flaw),
        /// A field has the wrong type.
        Type(Flaw),
    }

    /// A mistake in a file.
    #[derive(Debug, Clone)]
    pub struct Flaw {
        /// Its position in the file, in bytes.
        pub span: Range<usize>,
        /// What is wrong.
        pub kind: String,
    }

    const NONE: &str = "this program does not support bibliographies";

    /// Rejects the file.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn from_yaml_str(_text: &str) -> Result<Library, serde_yaml::Error> {
        Err(serde_yaml::Error::custom(NONE))
    }

    /// Rejects the file.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn from_biblatex_str(_text: &str) -> Result<Library, Vec<BibLaTeXError>> {
        Err(vec![BibLaTeXError::Parse(Flaw { span: 0..0, kind: NONE.to_owned() })])
    }
}

/// The built-in styles.
pub mod archive {
    use crate::citationberg::{IndependentStyle, Locale, Style};

    /// The name of a style: only Typst's default.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum ArchivedStyle {
        /// Numbers in brackets.
        InstituteOfElectricalAndElectronicsEngineers,
    }

    impl ArchivedStyle {
        /// All names.
        #[must_use]
        pub fn all() -> &'static [Self] {
            &[Self::InstituteOfElectricalAndElectronicsEngineers]
        }

        /// The short names of the style.
        #[must_use]
        pub fn names(self) -> &'static [&'static str] {
            &["ieee"]
        }

        /// Its title.
        #[must_use]
        pub fn display_name(self) -> &'static str {
            "IEEE"
        }

        /// The style with this short name.
        #[must_use]
        pub fn by_name(name: &str) -> Option<Self> {
            (name == "ieee").then_some(Self::InstituteOfElectricalAndElectronicsEngineers)
        }

        /// The style.
        #[must_use]
        pub fn get(self) -> Style {
            Style::Independent(IndependentStyle::default())
        }
    }

    /// Terms of citations in each language: none.
    #[must_use]
    pub fn locales() -> Vec<Locale> {
        Vec::new()
    }
}

/// Citation styles.
#[expect(missing_docs, reason = "the names are those of the Citation Style Language")]
pub mod citationberg {
    /// A style.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Style {
        Independent(IndependentStyle),
        Dependent,
    }

    /// A style that does not refer to another.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct IndependentStyle {
        pub settings: StyleSettings,
    }

    impl IndependentStyle {
        /// Rejects the style.
        ///
        /// # Errors
        ///
        /// Always.
        pub fn from_xml(_text: &str) -> Result<Self, String> {
            Err("this program does not support citation styles".to_owned())
        }
    }

    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct StyleSettings {
        pub class: StyleClass,
    }

    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub enum StyleClass {
        #[default]
        InText,
        Note,
    }

    #[derive(Debug, Clone)]
    pub struct Locale;

    #[derive(Debug, Clone)]
    pub struct LocaleCode(pub String);

    #[derive(Debug, Clone, Copy)]
    pub enum Display {
        Block,
        Indent,
        LeftMargin,
        RightInline,
    }

    #[derive(Debug, Clone, Copy)]
    pub enum FontStyle {
        Normal,
        Italic,
    }

    #[derive(Debug, Clone, Copy)]
    pub enum FontVariant {
        Normal,
        SmallCaps,
    }

    #[derive(Debug, Clone, Copy)]
    pub enum FontWeight {
        Normal,
        Bold,
        Light,
    }

    #[derive(Debug, Clone, Copy)]
    pub enum TextDecoration {
        None,
        Underline,
    }

    #[derive(Debug, Clone, Copy)]
    pub enum VerticalAlign {
        None,
        Baseline,
        Sup,
        Sub,
    }

    /// Terms of the Citation Style Language.
    pub mod taxonomy {
        /// The unit of a locator.
        #[derive(Debug, Clone, Copy)]
        pub enum Locator {
            Custom,
        }
    }
}

use std::marker::PhantomData;

use citationberg::taxonomy::Locator;
use citationberg::{
    Display, FontStyle, FontVariant, FontWeight, IndependentStyle, Locale, LocaleCode,
    TextDecoration, VerticalAlign,
};

/// A location in a work, as content of the document.
#[derive(Debug)]
pub struct TransparentLocator;

impl TransparentLocator {
    /// Discards the content.
    pub fn new<T>(_content: T) -> Self {
        Self
    }
}

/// A location in a work.
#[derive(Debug)]
pub enum LocatorPayload {
    /// As content of the document.
    Transparent(TransparentLocator),
}

/// A location in a work, with its unit.
#[derive(Debug)]
pub struct SpecificLocator(pub Locator, pub LocatorPayload);

/// The purpose of a citation.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub enum CitePurpose {
    Prose,
    Full,
    Author,
    Year,
}

/// One work in a citation. Never created, as there are no works.
#[derive(Debug)]
pub struct CitationItem<'a, T>(PhantomData<&'a T>);

impl<'a, T> CitationItem<'a, T> {
    /// Discards its arguments.
    #[must_use]
    pub fn new(
        _entry: &'a T,
        _locator: Option<SpecificLocator>,
        _locale: Option<LocaleCode>,
        _hidden: bool,
        _purpose: Option<CitePurpose>,
    ) -> Self {
        Self(PhantomData)
    }
}

/// A citation.
#[derive(Debug)]
pub struct CitationRequest;

impl CitationRequest {
    /// Discards its arguments.
    #[must_use]
    pub fn new<T>(
        _items: Vec<CitationItem<'_, T>>,
        _style: &IndependentStyle,
        _locale: Option<LocaleCode>,
        _locales: &[Locale],
        _number: Option<usize>,
    ) -> Self {
        Self
    }
}

/// A bibliography.
#[derive(Debug)]
pub struct BibliographyRequest<'a> {
    /// The style.
    pub style: &'a IndependentStyle,
    /// The language.
    pub locale: Option<LocaleCode>,
    /// The terms of each language.
    pub locale_files: &'a [Locale],
}

/// The formatter of citations, which does nothing.
#[derive(Debug, Default)]
pub struct BibliographyDriver;

impl BibliographyDriver {
    /// A driver.
    #[must_use]
    pub fn new() -> Self {
        Self
    }

    /// Without effect.
    #[must_use]
    pub fn with_citation_number_offset(self, _offset: usize) -> Self {
        self
    }

    /// Without effect.
    pub fn citation(&mut self, _request: CitationRequest) {}

    /// An empty result, as nothing can be cited.
    #[must_use]
    pub fn finish(self, _request: BibliographyRequest<'_>) -> Rendered {
        Rendered { bibliography: None, citations: Vec::new() }
    }
}

/// Formatted citations.
#[derive(Debug)]
pub struct Rendered {
    /// The bibliography.
    pub bibliography: Option<RenderedBibliography>,
    /// The citations.
    pub citations: Vec<RenderedCitation>,
}

/// A formatted bibliography.
#[derive(Debug)]
pub struct RenderedBibliography {
    /// Whether further lines are indented.
    pub hanging_indent: bool,
    /// The works.
    pub items: Vec<BibliographyItem>,
}

/// A formatted work.
#[derive(Debug)]
pub struct BibliographyItem {
    /// Its citation key.
    pub key: String,
    /// The part in the margin.
    pub first_field: Option<ElemChild>,
    /// The rest of the entry.
    pub content: ElemChildren,
}

/// A formatted citation.
#[derive(Debug)]
pub struct RenderedCitation {
    /// The text.
    pub citation: ElemChildren,
}

/// Parts of a formatted text.
#[derive(Debug)]
pub struct ElemChildren(pub Vec<ElemChild>);

impl ElemChildren {
    /// The part with a role: none.
    #[must_use]
    pub fn find_meta(&self, _meta: &ElemMeta) -> Option<&Elem> {
        None
    }
}

/// A part of a formatted text.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub enum ElemChild {
    Text(Formatted),
    Elem(Elem),
    Markup(String),
    Link { text: Formatted, url: String },
    Transparent { cite_idx: usize, format: Formatting },
}

/// A part with a role.
#[derive(Debug)]
pub struct Elem {
    /// Its parts.
    pub children: ElemChildren,
    /// How it is placed.
    pub display: Option<Display>,
    /// Its role.
    pub meta: Option<ElemMeta>,
}

/// A role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub enum ElemMeta {
    CitationNumber,
    Entry(usize),
}

/// Text with its format.
#[derive(Debug)]
pub struct Formatted {
    /// The text.
    pub text: String,
    /// The format.
    pub formatting: Formatting,
}

/// A format.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub struct Formatting {
    pub font_style: FontStyle,
    pub font_variant: FontVariant,
    pub font_weight: FontWeight,
    pub text_decoration: TextDecoration,
    pub vertical_align: VerticalAlign,
}
