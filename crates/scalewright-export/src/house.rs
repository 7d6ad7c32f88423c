//! The house style of a study: what its printed sheets have in common.

use serde::Serialize;

/// How printed forms, scoring sheets and score reports look; without anything, black on white.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct House {
    /// What stands beside the title of the first page.
    pub logo: Option<Logo>,
    /// The colour of titles, headings and the rules of tables: `#1f4e79`.
    pub colour: Option<String>,
    /// A line at the foot of every page.
    pub footer: Option<String>,
}

/// A logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logo {
    /// Where a document finds it: `/logo.svg` or `/logo.png`.
    pub file: &'static str,
    /// What it shows, in words.
    pub alt: String,
}
