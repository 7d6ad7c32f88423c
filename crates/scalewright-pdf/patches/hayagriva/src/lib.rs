//! Bibliographies, left out.
//!
//! Typst formats citations and bibliographies with `hayagriva`, which brings thousands of citation styles' machinery, XML,
//! BibLaTeX and sorting by language along. A form cites nothing. Here no bibliography can be read, so that everything that
//! needs an entry of one is unreachable, which its type says: it has no values.

/// A list of works, which is always empty.
#[derive(Debug, Default)]
pub struct Library;

impl Library {
    /// Whether it is empty, which it is.
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

/// A work, of which there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {}

impl Entry {
    /// The name by which it is cited.
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
    /// Its words.
    pub value: Words,
}

/// Words of a work, of which there is none.
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
        /// It is not BibLaTeX.
        Parse(Flaw),
        /// A field is not what it should be.
        Type(Flaw),
    }

    /// What is wrong, and where.
    #[derive(Debug, Clone)]
    pub struct Flaw {
        /// The bytes of the file.
        pub span: Range<usize>,
        /// What is wrong.
        pub kind: String,
    }

    const NONE: &str = "this program has no bibliographies";

    /// Refuses the file.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn from_yaml_str(_text: &str) -> Result<Library, serde_yaml::Error> {
        Err(serde_yaml::Error::custom(NONE))
    }

    /// Refuses the file.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn from_biblatex_str(_text: &str) -> Result<Library, Vec<BibLaTeXError>> {
        Err(vec![BibLaTeXError::Parse(Flaw { span: 0..0, kind: NONE.to_owned() })])
    }
}

/// The styles that the library comes with.
pub mod archive {
    use crate::citationberg::{IndependentStyle, Locale, Style};

    /// The name of a style: Typst's default alone.
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

        /// How the style is called.
        #[must_use]
        pub fn names(self) -> &'static [&'static str] {
            &["ieee"]
        }

        /// Its title.
        #[must_use]
        pub fn display_name(self) -> &'static str {
            "IEEE"
        }

        /// The style of a name.
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

    /// Words of citations in languages: none.
    #[must_use]
    pub fn locales() -> Vec<Locale> {
        Vec::new()
    }
}

/// Styles of citations.
#[expect(missing_docs, reason = "the names are those of the Citation Style Language")]
pub mod citationberg {
    /// A style.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum Style {
        Independent(IndependentStyle),
        Dependent,
    }

    /// A style that refers to no other.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct IndependentStyle {
        pub settings: StyleSettings,
    }

    impl IndependentStyle {
        /// Refuses the style.
        ///
        /// # Errors
        ///
        /// Always.
        pub fn from_xml(_text: &str) -> Result<Self, String> {
            Err("this program has no citation styles".to_owned())
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

    /// Words of the language.
    pub mod taxonomy {
        /// What a locator counts.
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

/// Where in a work, in what a document wrote.
#[derive(Debug)]
pub struct TransparentLocator;

impl TransparentLocator {
    /// Forgets what the document wrote.
    pub fn new<T>(_content: T) -> Self {
        Self
    }
}

/// Where in a work.
#[derive(Debug)]
pub enum LocatorPayload {
    /// In what a document wrote.
    Transparent(TransparentLocator),
}

/// Where in a work, and what is counted.
#[derive(Debug)]
pub struct SpecificLocator(pub Locator, pub LocatorPayload);

/// What a citation is for.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "they are plain words")]
pub enum CitePurpose {
    Prose,
    Full,
    Author,
    Year,
}

/// One work in a citation: never made, as there is no work.
#[derive(Debug)]
pub struct CitationItem<'a, T>(PhantomData<&'a T>);

impl<'a, T> CitationItem<'a, T> {
    /// Remembers the work.
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
    /// Forgets what it is given.
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
    /// The words of languages.
    pub locale_files: &'a [Locale],
}

/// What would format citations.
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

    /// Nothing, as nothing can be cited.
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
    /// The name by which it is cited.
    pub key: String,
    /// What stands in the margin.
    pub first_field: Option<ElemChild>,
    /// The rest.
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
#[expect(missing_docs, reason = "they are plain words")]
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
#[expect(missing_docs, reason = "they are plain words")]
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
#[expect(missing_docs, reason = "they are plain words")]
pub struct Formatting {
    pub font_style: FontStyle,
    pub font_variant: FontVariant,
    pub font_weight: FontWeight,
    pub text_decoration: TextDecoration,
    pub vertical_align: VerticalAlign,
}
