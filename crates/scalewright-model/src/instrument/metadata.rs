//! Facts about an instrument as a whole: rights, administration, references.

use crate::vocabulary::{Evidence, Mode, Permissions, Respondent, WordingPolicy};

/// Who owns the wording and what may be done with it.
#[derive(Debug, Clone)]
pub struct Rights {
    /// The holder.
    pub holder: String,
    /// SPDX identifier, or a few words.
    pub licence: String,
    /// Whether the words may travel with the definition.
    pub wording: WordingPolicy,
    /// The notice to print: the holder's own, or made from holder and licence.
    pub notice: String,
    /// What the holder allows and asks.
    pub terms: Option<String>,
    /// Where the terms can be read.
    pub url: Option<String>,
    /// How to obtain wording or permission.
    pub obtain: Option<String>,
    /// What may be done, context by context.
    pub usage: Permissions,
    /// What the statements rest on.
    pub evidence: Vec<Evidence>,
}

/// Who answers, about what period, and how.
#[derive(Debug, Clone)]
pub struct Administration {
    /// Who answers.
    pub respondent: Respondent,
    /// The person described, when it is not the respondent.
    pub subject: Option<String>,
    /// The period asked about, in the source language.
    pub recall_period: Option<String>,
    /// How it is given.
    pub modes: Vec<Mode>,
    /// Minutes it usually takes.
    pub minutes: Option<u32>,
}

/// A work cited.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Short name within the file.
    pub id: String,
    /// The citation.
    pub citation: String,
    /// DOI without resolver.
    pub doi: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// What was taken from it.
    pub note: Option<String>,
}
