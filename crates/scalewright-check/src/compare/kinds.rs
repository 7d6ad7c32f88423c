//! The kinds of change there are: what each is about, what it does to old scores, and which version it demands.
//!
//! The table here is the one in the documentation; a test holds the two together.

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Which items there are, and in which order.
    Item,
    /// Words that respondents read, in the source language.
    Wording,
    /// Words in another language.
    Translation,
    /// The answers there are, and their numbers.
    ResponseScale,
    /// When an item is asked.
    Condition,
    /// Which items count on a scale, which way, and how much.
    Keying,
    /// How keyed answers become a score.
    Formula,
    /// What becomes of missing answers.
    MissingRule,
    /// Which scores there are.
    Scale,
    /// Named intervals of a score.
    Band,
    /// Samples that scores are compared with.
    Norm,
    /// What may be done with the words.
    Rights,
    /// Published scores that confirm the definition.
    Case,
    /// Where keys, rules and the rest come from.
    Source,
    /// Everything else that is stated.
    Metadata,
}

impl Category {
    /// Its name, lower case.
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

/// Which part of the version must be raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// None.
    None,
    /// The third: nothing that is read, scored or reported is another.
    Patch,
    /// The second: there is more, and what there was is as it was.
    Minor,
    /// The first: old scores, or what they mean, cannot be put beside new ones.
    Major,
}

impl Bump {
    /// Its name, lower case.
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

/// What a change does to the scores it touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    None,
    /// The same answers may give another score. Whether they do is decided on the compiled program.
    Score,
    /// The same answers were given to something else.
    Read,
    /// The same score is called something else.
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
            /// Every kind, in the order they are told in.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// Its name, in kebab case.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// What it is about.
            #[must_use]
            pub fn category(self) -> Category {
                match self { $(Self::$kind => Category::$category,)* }
            }

            /// The version it demands.
            #[must_use]
            pub fn bump(self) -> Bump {
                match self { $(Self::$kind => Bump::$bump,)* }
            }

            /// What it does to the scores it touches.
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
    ItemRenamed: "item-renamed", Item, Major, None, "an item has another id: data are stored under it";
    ItemsReordered: "items-reordered", Item, Major, Read, "items come in another order";
    ItemRequired: "item-required", Item, Minor, None, "an electronic form insists on an answer, or no longer";
    ItemBackground: "item-background", Item, Minor, None, "an item becomes background, or ceases to be";
    ItemNumberMoved: "item-number-moved", Item, Major, None, "a number that was printed before one item is printed before another";
    ItemNumber: "item-number", Item, Minor, None, "an item is printed with another number, or without one";
    ItemLayout: "item-layout", Item, Patch, None, "the name of a section nobody reads";
    Words: "words", Wording, Major, Read, "words that respondents read: stem, lead-in, heading, option, instructions, recall period";
    Typography: "typography", Wording, Patch, None, "nothing but what stands between words: spaces, hyphens, quotation marks, commas, colons or full stops";
    WordsAdded: "words-added", Wording, Minor, None, "words that were withheld are there";
    WordsRemoved: "words-removed", Wording, Minor, None, "words that were there are withheld";
    SourceLanguage: "source-language", Wording, Major, Read, "the words are in another language";
    TranslationAdded: "translation-added", Translation, Minor, None, "a translation is added";
    TranslationRemoved: "translation-removed", Translation, Major, None, "a translation is removed";
    TranslationWords: "translation-words", Translation, Major, Read, "words that respondents read in a translation that was more than a draft";
    DraftWords: "draft-words", Translation, Minor, Read, "words that respondents read in a translation that was a draft";
    TranslationTypography: "translation-typography", Translation, Patch, None, "nothing but what stands between the words of a translation";
    TranslationStatus: "translation-status", Translation, Patch, None, "how far a translation has been tested, and names in it that respondents do not answer to";
    ResponseValues: "response-values", ResponseScale, Major, Score, "the answers there are, or the numbers they are coded with";
    ResponseOrder: "response-order", ResponseScale, Major, Read, "options are printed in another order, or there are other options that count as no answer";
    ResponseCode: "response-code", ResponseScale, Major, None, "the word for an answer in data is another";
    ResponseCodeAdded: "response-code-added", ResponseScale, Minor, None, "an answer has a word for it in data";
    ResponseLayout: "response-layout", ResponseScale, Patch, None, "the lines to write on, or an answer format that no item uses";
    Condition: "condition", Condition, Major, Score, "when an item is asked, or what counts where it was not";
    Keying: "keying", Keying, Major, Score, "an item counts the other way, with another weight, or recoded otherwise";
    Terms: "terms", Keying, Major, Score, "a scale is made of other items or scales";
    Formula: "formula", Formula, Major, Score, "how a score is computed: sum or mean, formula, conversion, rounding";
    MissingRule: "missing-rule", MissingRule, Major, Score, "what becomes of missing answers";
    ScaleAdded: "scale-added", Scale, Minor, None, "a scale or flag is added";
    ScaleRemoved: "scale-removed", Scale, Major, None, "a scale or flag is removed";
    ScaleRenamed: "scale-renamed", Scale, Major, None, "a scale or flag has another id: scores are stored under it";
    ScaleScored: "scale-scored", Scale, Minor, None, "a scale whose key was not known is scored";
    ScaleUnscored: "scale-unscored", Scale, Major, None, "a scale is no longer scored";
    ScaleUnit: "scale-unit", Scale, Major, Meaning, "a score is counted in another unit";
    KeyStatus: "key-status", Scale, Minor, None, "how sure a key is";
    BandsAdded: "bands-added", Band, Minor, None, "a scale has bands, or a further set of them";
    BandsRemoved: "bands-removed", Band, Major, Meaning, "a set of bands is removed";
    Bands: "bands", Band, Major, Meaning, "where a band begins or ends, what it is called, which there are";
    NormAdded: "norm-added", Norm, Minor, None, "a norm, or a derived score, is added";
    NormRemoved: "norm-removed", Norm, Major, Meaning, "a norm, or a derived score, is removed";
    Norm: "norm", Norm, Major, Score, "the numbers of a norm or the table it uses, or who belongs to which group";
    NormText: "norm-text", Norm, Patch, None, "what is said of a norm";
    Permission: "permission", Rights, Minor, None, "the licence, a permission, or whether the words may travel with the definition";
    RightsText: "rights-text", Rights, Patch, None, "everything else that is said about rights";
    Cases: "cases", Case, Patch, None, "published scores that confirm the definition";
    Source: "source", Source, Patch, None, "references, and what is taken from which";
    Respondent: "respondent", Metadata, Major, Read, "who answers, or who is described";
    Id: "id", Metadata, Major, None, "the id of the instrument";
    Metadata: "metadata", Metadata, Patch, None, "titles, descriptions, authors, date, status and whatever else is stated";
}
