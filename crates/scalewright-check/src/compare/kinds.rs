//! The kinds of change: the category of each, its effect on old scores, and which part of the version number it raises.
//!
//! The documentation has the same table in `docs/src/version-numbers.md`; a test compares the two.

/// The subject of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// The items, and their order.
    Item,
    /// The words that respondents read, in the source language.
    Wording,
    /// The words of a translation.
    Translation,
    /// The possible answers, and their values.
    ResponseScale,
    /// When an item is asked.
    Condition,
    /// The items of a scale, their keying and their weights.
    Keying,
    /// How a score is computed from keyed answers.
    Formula,
    /// How missing answers are handled.
    MissingRule,
    /// The scales and flags.
    Scale,
    /// The named intervals of a score.
    Band,
    /// The reference groups that scores are compared with.
    Norm,
    /// The permitted uses of the words, and other statements about rights.
    Rights,
    /// The published scores that confirm the definition.
    Case,
    /// The sources of keys, rules and other parts.
    Source,
    /// Everything else that the definition states.
    Metadata,
}

impl Category {
    /// The name, in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Wording => "wording",
            Self::Translation => "translation",
            Self::ResponseScale => "response scale",
            Self::Condition => "condition",
            Self::Keying => "keying",
            Self::Formula => "formula",
            Self::MissingRule => "missing rule",
            Self::Scale => "scale",
            Self::Band => "band",
            Self::Norm => "norm",
            Self::Rights => "rights",
            Self::Case => "case",
            Self::Source => "source",
            Self::Metadata => "metadata",
        }
    }
}

/// The part of the version number that must be raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// No part.
    None,
    /// The third number: nothing that is read, scored or reported has changed.
    Patch,
    /// The second number: something is added, and everything that existed is unchanged.
    Minor,
    /// The first number: old scores, or their meaning, are not comparable with new ones.
    Major,
}

impl Bump {
    /// The name, in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The effect of a change on the scores that it affects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// No effect.
    None,
    /// The same answers may give another score. Comparing the compiled programs decides whether they do.
    Score,
    /// The same answers were given to other words, or in another order.
    Read,
    /// The same score is interpreted differently.
    Meaning,
}

macro_rules! kinds {
    ($($kind:ident: $name:literal, $category:ident, $bump:ident, $effect:ident, $summary:literal;)*) => {
        /// A kind of change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $(#[doc = $summary] $kind,)*
        }

        impl Kind {
            /// All kinds, in the order in which they are reported.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// The name, in kebab case.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The category.
            #[must_use]
            pub fn category(self) -> Category {
                match self { $(Self::$kind => Category::$category,)* }
            }

            /// The part of the version number that it raises.
            #[must_use]
            pub fn bump(self) -> Bump {
                match self { $(Self::$kind => Bump::$bump,)* }
            }

            /// The effect on the scores that it affects.
            #[must_use]
            pub fn effect(self) -> Effect {
                match self { $(Self::$kind => Effect::$effect,)* }
            }

            /// What is changed, in a clause.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Self::$kind => $summary,)* }
            }
        }
    };
}

kinds! {
    ItemAdded: "item-added", Item, Minor, None, "an item is added after all others, or as background";
    ItemInserted: "item-inserted", Item, Major, Read, "an item is added before others";
    ItemRemoved: "item-removed", Item, Major, Read, "an item is removed";
    ItemRenamed: "item-renamed", Item, Major, None, "an item has another id, under which data are stored";
    ItemsReordered: "items-reordered", Item, Major, Read, "the order of items";
    ItemRequired: "item-required", Item, Minor, None, "an electronic form requires an answer, or no longer does";
    ItemBackground: "item-background", Item, Minor, None, "an item becomes a background item, or no longer is one";
    ItemNumberMoved: "item-number-moved", Item, Major, None, "a printed number moves from one item to another";
    ItemNumber: "item-number", Item, Minor, None, "an item is printed with another number, or without one";
    ItemLayout: "item-layout", Item, Patch, None, "an item enters or leaves a section, apart from the words of the section";
    Notes: "notes", Wording, Major, Read, "a note is added, removed, moved, or shown under another condition";
    Words: "words", Wording, Major, Read, "words that respondents read: stem, note, lead-in, heading, option, instructions, recall period";
    Typography: "typography", Wording, Patch, None, "only characters between words: spaces, hyphens, quotation marks, commas, colons or full stops";
    WordsAdded: "words-added", Wording, Minor, None, "words that were withheld are included";
    WordsRemoved: "words-removed", Wording, Minor, None, "words that were included are withheld";
    SourceLanguage: "source-language", Wording, Major, Read, "the source language";
    TranslationAdded: "translation-added", Translation, Minor, None, "a translation is added";
    TranslationRemoved: "translation-removed", Translation, Major, None, "a translation is removed";
    TranslationWords: "translation-words", Translation, Major, Read, "words that respondents read in a translation that was not a draft";
    DraftWords: "draft-words", Translation, Minor, Read, "words that respondents read in a translation that was a draft";
    TranslationTypography: "translation-typography", Translation, Patch, None, "only characters between the words of a translation";
    TranslationStatus: "translation-status", Translation, Patch, None, "the status of a translation, or its names of the instrument, scales, units and bands";
    ResponseValues: "response-values", ResponseScale, Major, Score, "the possible answers, or the numbers they are coded with";
    ResponseOrder: "response-order", ResponseScale, Major, Read, "the order of the options, or the options that count as no answer";
    ResponseCode: "response-code", ResponseScale, Major, None, "the code word of an answer in data files is changed or removed";
    ResponseCodeAdded: "response-code-added", ResponseScale, Minor, None, "a code word for an answer in data files is added";
    ResponseLayout: "response-layout", ResponseScale, Patch, None, "the number of lines to write on, or a response scale that no item uses";
    Condition: "condition", Condition, Major, Score, "when an item is asked, or the value that counts if it is not asked";
    Keying: "keying", Keying, Major, Score, "the direction, the weight or the recoding of an item on a scale";
    Terms: "terms", Keying, Major, Score, "the items or scales that a scale is computed from";
    Formula: "formula", Formula, Major, Score, "how a score is computed: sum or mean, formula, conversion, rounding";
    MissingRule: "missing-rule", MissingRule, Major, Score, "how missing answers are handled";
    ScaleAdded: "scale-added", Scale, Minor, None, "a scale or flag is added";
    ScaleRemoved: "scale-removed", Scale, Major, None, "a scale or flag is removed";
    ScaleRenamed: "scale-renamed", Scale, Major, None, "a scale or flag has another id, under which scores are stored";
    ScaleScored: "scale-scored", Scale, Minor, None, "a scale that was not scored is scored";
    ScaleUnscored: "scale-unscored", Scale, Major, None, "a scale is no longer scored";
    ScaleUnit: "scale-unit", Scale, Major, Meaning, "the stated unit of a score";
    KeyStatus: "key-status", Scale, Minor, None, "the status of a key that is, or was, recalled from memory";
    BandsAdded: "bands-added", Band, Minor, None, "a set of bands is added";
    BandsRemoved: "bands-removed", Band, Major, Meaning, "a set of bands is removed";
    Bands: "bands", Band, Major, Meaning, "the limits or the name of a band, or a band is added or removed";
    Feedback: "feedback", Band, Minor, None, "the feedback on a band, in the source language or in a translation";
    NormAdded: "norm-added", Norm, Minor, None, "a norm, or a derived score, is added";
    NormRemoved: "norm-removed", Norm, Major, Meaning, "a norm, or a derived score, is removed";
    Norm: "norm", Norm, Major, Score, "the numbers of a norm or of its table, or who belongs to which norm group";
    NormText: "norm-text", Norm, Patch, None, "the title or the population of a norm";
    Permission: "permission", Rights, Minor, None, "the licence, a permission, or whether the definition includes the words";
    RightsText: "rights-text", Rights, Patch, None, "all other statements about rights";
    Cases: "cases", Case, Patch, None, "published scores that confirm the definition";
    Source: "source", Source, Patch, None, "references, the parts that cite them, and the status of a key";
    Respondent: "respondent", Metadata, Major, Read, "who answers, or who is described";
    RespondentDecided: "respondent-decided", Metadata, Minor, None, "who answers is stated, and was unknown before";
    Id: "id", Metadata, Major, None, "the id of the instrument";
    Metadata: "metadata", Metadata, Patch, None, "titles, descriptions, authors, date, status and all other statements";
}
