//! Statements about an instrument as a whole: rights, administration, references.

use crate::vocabulary::{Evidence, Mode, Permissions, Respondent, WordingPolicy};

/// Who owns the wording, and what may be done with it.
#[derive(Debug, Clone)]
pub struct Rights {
    /// The rights holder.
    pub holder: String,
    /// The licence: an SPDX identifier, or a few words.
    pub licence: String,
    /// Whether the definition includes the wording or withholds it.
    pub wording: WordingPolicy,
    /// The notice to print: the holder's own, or one made from holder and licence.
    pub notice: String,
    /// What the holder allows and requires.
    pub terms: Option<String>,
    /// The web address of the terms.
    pub url: Option<String>,
    /// How to obtain the wording or permission to use it.
    pub obtain: Option<String>,
    /// The permission for each context of use.
    pub usage: Permissions,
    /// The evidence for these statements.
    pub evidence: Vec<Evidence>,
}

/// Who answers, about which period, and how.
#[derive(Debug, Clone)]
pub struct Administration {
    /// Who answers.
    pub respondent: Respondent,
    /// The person described, if that is not the respondent.
    pub subject: Option<String>,
    /// The period that respondents are asked about, in the source language.
    pub recall_period: Option<String>,
    /// The modes of administration.
    pub modes: Vec<Mode>,
    /// The usual duration in minutes.
    pub minutes: Option<u32>,
}

/// A work cited.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The short name within the file.
    pub id: String,
    /// The citation.
    pub citation: String,
    /// The DOI, without the address of the resolver.
    pub doi: Option<String>,
    /// The web address.
    pub url: Option<String>,
    /// What was taken from the work.
    pub note: Option<String>,
}
