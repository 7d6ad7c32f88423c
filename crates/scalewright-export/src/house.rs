//! The house style of a study's printed sheets.

use serde::Serialize;

/// The house style of printed forms, scoring sheets and score reports. The default is black on white.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct House {
    /// The logo beside the title of the first page.
    pub logo: Option<Logo>,
    /// The colour of titles, headings and the rules of tables: `#1f4e79`.
    pub colour: Option<String>,
    /// A line at the foot of every page.
    pub footer: Option<String>,
}

/// A logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logo {
    /// The path of the logo in a document: `/logo.svg` or `/logo.png`.
    pub file: &'static str,
    /// The alternative text: what the logo shows, in words.
    pub alt: String,
}
