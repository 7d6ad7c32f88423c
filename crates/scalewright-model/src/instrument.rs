//! What is true: an instrument whose references are resolved and whose defaults are filled.
//!
//! Structure and words are apart. [`Instrument`] holds what scoring and layout need; each
//! [`Wording`] holds the words of one language, in vectors parallel to the structure's.

use std::sync::Arc;

use crate::file::{
    CodeFile, Derived, EvidenceFile, KeyStatus, MissingKind, Mode, RangeFile, ReliabilityKind,
    Respondent, ScoreKind, Status, TranslationStatus, UseFile, WordingPolicy,
};
use crate::{Expr, Formula, Pointer, Test};

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    };
}

index!(
    /// Which response scale of [`Instrument::response_scales`].
    ResponseScaleIx
);
index!(
    /// Which section of [`Instrument::sections`].
    SectionIx
);
index!(
    /// Which item of [`Instrument::items`].
    ItemIx
);
index!(
    /// Which scale of [`Instrument::scales`].
    ScaleIx
);
index!(
    /// Which work of [`Instrument::references`].
    ReferenceIx
);

/// One form of one instrument, whole and consistent.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// Short permanent name: `wai-sr`.
    pub id: String,
    /// The full name, in the source language.
    pub title: String,
    /// The abbreviation in use.
    pub short_title: Option<String>,
    /// Name shared by instruments of one origin.
    pub family: Option<String>,
    /// Which form of the family.
    pub form: Option<String>,
    /// Edition of wording, structure and scoring.
    pub version: String,
    /// How far the instrument has come.
    pub status: Status,
    /// The day this version was published, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The source language, a BCP 47 tag.
    pub language: String,
    /// Permanent address on other systems.
    pub url: Option<String>,
    /// What terminologies know it by.
    pub codes: Vec<CodeFile>,
    /// What it measures and for whom.
    pub description: Option<String>,
    /// Authors in citation order.
    pub authors: Vec<String>,
    /// Who owns the wording and what may be done with it.
    pub rights: Rights,
    /// Who answers, about what period, and how.
    pub administration: Administration,
    /// The works cited.
    pub references: Vec<Reference>,
    /// The answer formats.
    pub response_scales: Vec<ResponseScale>,
    /// The printed groups.
    pub sections: Vec<Section>,
    /// The items in the order of presentation.
    pub items: Vec<Item>,
    /// The scales, in the order of the file.
    pub scales: Vec<Scale>,
    /// The words, a language each: the source language first when its words are known.
    pub wordings: Vec<Wording>,
}

impl Instrument {
    /// The words of `language`, compared without regard to case.
    #[must_use]
    pub fn wording(&self, language: &str) -> Option<&Wording> {
        self.wordings.iter().find(|wording| wording.language.eq_ignore_ascii_case(language))
    }

    /// The response scale that answers `item`.
    #[must_use]
    pub fn response(&self, item: ItemIx) -> &ResponseScale {
        &self.response_scales[self.items[item.0].response.0]
    }

    /// Whether some wording has words of its own for the yes or the no of a response scale. A platform's own yes and no
    /// do not say the same then.
    #[must_use]
    pub fn has_own_yes_and_no(&self, response: ResponseScaleIx) -> bool {
        self.response_scales[response.0].kind == ResponseKind::YesNo
            && self.wordings.iter().any(|wording| {
                let words = &wording.responses[response.0];
                words.yes_label.is_some() || words.no_label.is_some()
            })
    }
}

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
    pub usage: UseFile,
    /// What the statements rest on.
    pub evidence: Vec<EvidenceFile>,
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

/// An answer format.
#[derive(Debug, Clone)]
pub struct ResponseScale {
    /// Its name in the file.
    pub name: String,
    /// What answers it takes.
    pub kind: ResponseKind,
}

/// The kinds of answer, each with what it needs.
#[derive(Debug, Clone, PartialEq)]
pub enum ResponseKind {
    /// One of several coded options.
    Coded {
        /// In printed order.
        options: Vec<ResponseOption>,
    },
    /// Any number of the options.
    SeveralChoice {
        /// In printed order.
        options: Vec<ResponseOption>,
    },
    /// A number.
    Numeric {
        /// Lowest allowed.
        min: Option<f64>,
        /// Highest allowed.
        max: Option<f64>,
        /// Decimal places recorded.
        decimals: u32,
    },
    /// A mark on a line.
    VisualAnalogue {
        /// The number at the low end.
        min: f64,
        /// The number at the high end.
        max: f64,
        /// Decimal places recorded.
        decimals: u32,
    },
    /// Yes (1) or no (0).
    YesNo,
    /// Free text.
    Text {
        /// Lines to write on.
        lines: u32,
    },
    /// A calendar date.
    Date,
    /// A clock time, scored as minutes since midnight.
    Time,
}

/// One coded answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseOption {
    /// The number coded, before keying.
    pub value: i64,
    /// The word for it in formulas and data.
    pub code: Option<String>,
    /// Whether choosing it counts as not having answered.
    pub non_response: bool,
}

impl ResponseScale {
    /// The coded options, empty for formats without any.
    #[must_use]
    pub fn options(&self) -> &[ResponseOption] {
        match &self.kind {
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => options,
            _ => &[],
        }
    }

    /// The values a score can be made of, ascending, where they are few: non-response options left out.
    #[must_use]
    pub fn scored_values(&self) -> Option<Vec<i64>> {
        match &self.kind {
            ResponseKind::Coded { options } => {
                let mut values: Vec<i64> =
                    options.iter().filter(|o| !o.non_response).map(|o| o.value).collect();
                values.sort_unstable();
                Some(values)
            }
            ResponseKind::YesNo => Some(vec![0, 1]),
            _ => None,
        }
    }

    /// The lowest and highest scored value, where a score can be made of the answers and both ends are declared.
    #[must_use]
    pub fn bounds(&self) -> Option<(f64, f64)> {
        match &self.kind {
            ResponseKind::Numeric { min, max, .. } => Some(((*min)?, (*max)?)),
            ResponseKind::VisualAnalogue { min, max, .. } => Some((*min, *max)),
            ResponseKind::Time => Some((0.0, LAST_MINUTE)),
            _ => {
                let values = self.scored_values()?;
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "coded values are within ±1,000,000"
                )]
                let bounds = (*values.first()? as f64, *values.last()? as f64);
                Some(bounds)
            }
        }
    }
}

/// The minutes since midnight of the last clock time of a day.
const LAST_MINUTE: f64 = 1439.0;

impl ResponseScale {
    /// An answer that reversal, lowest + highest − answer, would turn into none of the answers there are.
    #[must_use]
    pub fn irreversible(&self) -> Option<f64> {
        let values = self.scored_values()?;
        // Of options that share a value nothing follows: that is told by itself.
        if values.windows(2).any(|pair| pair[0] == pair[1]) {
            return None;
        }
        let ends = values.first()? + values.last()?;
        let stray = values.iter().find(|&&value| values.binary_search(&(ends - value)).is_err())?;
        #[expect(clippy::cast_precision_loss, reason = "coded values are within ±1,000,000")]
        Some(*stray as f64)
    }

    /// The coded value of the option whose word is `code`.
    #[must_use]
    pub fn coded(&self, code: &str) -> Option<i64> {
        self.options().iter().find(|o| o.code.as_deref() == Some(code)).map(|o| o.value)
    }

    /// Whether `answer` is one of the coded answers this scale takes, non-response options included.
    ///
    /// # Errors
    ///
    /// When it is not: what the answers are, as a clause.
    pub fn accepts(&self, answer: f64) -> Result<(), String> {
        match &self.kind {
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "coded values are within ±1,000,000"
                )]
                #[expect(clippy::float_cmp, reason = "both are whole numbers, held exactly")]
                let known = options.iter().any(|option| option.value as f64 == answer);
                if known { Ok(()) } else { Err(self.listed(options)) }
            }
            ResponseKind::YesNo if answer == 0.0 || answer == 1.0 => Ok(()),
            ResponseKind::YesNo => Err("yes is coded 1 and no 0".to_owned()),
            ResponseKind::Numeric { min, max, decimals } => within(answer, *min, *max, *decimals),
            ResponseKind::VisualAnalogue { min, max, decimals } => {
                within(answer, Some(*min), Some(*max), *decimals)
            }
            ResponseKind::Time => within(answer, Some(0.0), Some(LAST_MINUTE), 0)
                .map_err(|why| format!("it is the minutes since midnight, and {why}")),
            ResponseKind::Text { .. } | ResponseKind::Date => {
                Err(format!("`{}` takes no numbers", self.name))
            }
        }
    }
}

impl ResponseScale {
    /// Which answers there are; of very many, the first and the last.
    fn listed(&self, options: &[ResponseOption]) -> String {
        let values: Vec<String> = options.iter().map(|option| option.value.to_string()).collect();
        let list = match values.as_slice() {
            [first @ .., last] if values.len() > 40 => {
                format!("{}, …, {last}", first[..20].join(", "))
            }
            all => all.join(", "),
        };
        format!("the answers of `{}` are {list}", self.name)
    }
}

fn within(answer: f64, min: Option<f64>, max: Option<f64>, decimals: u32) -> Result<(), String> {
    let scaled = answer * 10_f64.powi(i32::try_from(decimals).unwrap_or(6));
    if min.is_some_and(|min| answer < min) {
        return Err(format!("the lowest answer is {}", min.unwrap_or_default()));
    }
    if max.is_some_and(|max| answer > max) {
        return Err(format!("the highest answer is {}", max.unwrap_or_default()));
    }
    if !answer.is_finite() || (scaled - scaled.round()).abs() > 1e-6 {
        return Err(match decimals {
            0 => "answers are whole numbers".to_owned(),
            1 => "answers have at most one decimal".to_owned(),
            more => format!("answers have at most {more} decimals"),
        });
    }
    Ok(())
}

/// A printed group of items.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its short name.
    pub id: String,
}

/// One item.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its short permanent name.
    pub id: String,
    /// The number printed before it, on every target; empty for none.
    pub number: String,
    /// What answers it.
    pub response: ResponseScaleIx,
    /// Where it is printed.
    pub section: Option<SectionIx>,
    /// Whether an electronic form insists on an answer.
    pub required: bool,
    /// When it is asked; `None` when always.
    pub ask: Option<Ask>,
    /// Whether it is a fact about the respondent that norms need, and no part of the instrument.
    pub background: bool,
    /// What terminologies know it by.
    pub codes: Vec<CodeFile>,
    /// Its id in the instrument that this one is a short form of, where that is said.
    pub taken_from: Option<String>,
}

/// When an item is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The condition. Where it is false the item is not asked; where it is missing, it may have been.
    pub when: Test,
    /// The condition as its author wrote it.
    pub text: String,
    /// The answer that counts when it was not asked, before keying.
    pub otherwise: Option<f64>,
}

/// Items, or scales, scored together to one number.
#[derive(Debug, Clone)]
pub struct Scale {
    /// Its short permanent name.
    pub id: String,
    /// Its name, in the source language.
    pub title: String,
    /// What it measures and what a high score means.
    pub description: Option<String>,
    /// What the score is counted in, in the source language; nothing for one without a unit.
    pub unit: Option<String>,
    /// What terminologies know its score by.
    pub codes: Vec<CodeFile>,
    /// The scale of which it is a subscale.
    pub parent: Option<ScaleIx>,
    /// Where in the file it is stated.
    pub origin: Origin,
    /// What it is made of.
    pub terms: Terms,
    /// How terms become the score.
    pub score: ScoreKind,
    /// The weight of each term; none when all weigh 1.
    pub weights: Option<Vec<f64>>,
    /// What the sum or mean is turned into.
    pub transform: Transform,
    /// Decimal places it is rounded to.
    pub round: Option<u32>,
    /// What happens when answers are missing.
    pub missing: Missing,
    /// How sure the key is; `None` where the definition itself is its publication.
    pub key_status: Option<KeyStatus>,
    /// Where the key is from.
    pub key_source: Vec<ReferenceIx>,
    /// Where the missing-data rule is from.
    pub missing_source: Vec<ReferenceIx>,
    /// How reliable it is.
    pub reliability: Option<Reliability>,
    /// The range a source states.
    pub stated_range: Option<RangeFile>,
    /// Named intervals, in the order of the file.
    pub bands: Vec<Band>,
    /// Where the bands are from.
    pub bands_source: Vec<ReferenceIx>,
    /// Further sets of bands.
    pub band_sets: Vec<BandSet>,
}

/// How reliable a score is in a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// The coefficient, 0 to 1.
    pub value: f64,
    /// Which one.
    pub kind: ReliabilityKind,
    /// The standard deviation of the score in the sample.
    pub sd: Option<f64>,
    /// Who the sample was.
    pub population: Option<String>,
    /// Where the numbers are from.
    pub source: Vec<ReferenceIx>,
}

/// The quantile of the normal distribution that leaves a fortieth above it: 1.96.
const QUANTILE: f64 = 1.959_963_984_540_054;

impl Reliability {
    /// The standard error of measurement, sd · √(1 − reliability), in units of the score.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.sd.map(|sd| sd * (1.0 - self.value).sqrt())
    }

    /// Half the width of the 95 % interval around a score, in units of the score.
    #[must_use]
    pub fn margin(&self) -> Option<f64> {
        self.standard_error().map(|error| QUANTILE * error)
    }

    /// The least difference of two scores that is reliable, in units of the score: the reliable change index, the difference by
    /// √2 standard errors of measurement, is then 1.96 (Jacobson & Truax 1991).
    #[must_use]
    pub fn reliable_change(&self) -> Option<f64> {
        self.standard_error().map(|error| QUANTILE * std::f64::consts::SQRT_2 * error)
    }
}

/// A named set of bands beside a scale's own.
#[derive(Debug, Clone, PartialEq)]
pub struct BandSet {
    /// Its short name.
    pub id: String,
    /// What it is called.
    pub title: Option<String>,
    /// In the order of the file.
    pub bands: Vec<Band>,
    /// Where they are from.
    pub source: Vec<ReferenceIx>,
}

/// Where in its file a score is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Among the scales, at this position.
    Scale(usize),
    /// Among the flags.
    Flag(usize),
    /// Among the norms, with the kind of derived score.
    Norm(usize, Derived),
}

/// What a sum or mean is turned into before it is rounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transform {
    /// Nothing: it is the score.
    None,
    /// `multiply · x + add`.
    Linear {
        /// The factor.
        multiply: f64,
        /// What is added after.
        add: f64,
    },
    /// The lowest and highest that can come of complete answers are stretched to `low` and `high`.
    Rescale {
        /// What the lowest becomes.
        low: f64,
        /// What the highest becomes.
        high: f64,
    },
}

impl Scale {
    /// Where in the file it is stated.
    #[must_use]
    pub fn pointer(&self) -> Pointer {
        let (list, index) = match self.origin {
            Origin::Scale(index) => ("scales", index),
            Origin::Flag(index) => ("flags", index),
            Origin::Norm(index, _) => ("norms", index),
        };
        Pointer::root().key(list).index(index)
    }

    /// Whether its score is true or false rather than a number.
    #[must_use]
    pub fn is_truth(&self) -> bool {
        matches!(&self.terms, Terms::Formula(formula) if matches!(**formula, Formula::Truth(_)))
    }

    /// The words its score is one of, when it is a word.
    #[must_use]
    pub fn words(&self) -> Option<&[String]> {
        match &self.terms {
            Terms::Formula(formula) => match &**formula {
                Formula::Word { words, .. } => Some(words),
                Formula::Number(_) | Formula::Truth(_) => None,
            },
            Terms::Items(_) | Terms::Scales(_) | Terms::Unknown => None,
        }
    }

    /// All its sets of bands: its own first, without a name, then the named ones. Empty ones are left out.
    pub fn all_bands(&self) -> impl Iterator<Item = (Option<&str>, &[Band])> {
        let own = (!self.bands.is_empty()).then_some((None, self.bands.as_slice()));
        let named = self.band_sets.iter().map(|set| (Some(set.id.as_str()), set.bands.as_slice()));
        own.into_iter().chain(named)
    }

    /// Whether a score can be computed at all: the key is known well enough.
    #[must_use]
    pub fn is_scored(&self) -> bool {
        self.key_status != Some(KeyStatus::Unverified)
    }
}

/// What a scale is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Terms {
    /// Items, each with its keying.
    Items(Vec<ScaleItem>),
    /// Other scales.
    Scales(Vec<ScaleIx>),
    /// What a formula says.
    Formula(Box<Formula>),
    /// Nobody knows: the key is unverified and not given.
    Unknown,
}

impl Terms {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Items(items) => items.len(),
            Self::Scales(scales) => scales.len(),
            Self::Formula(_) | Self::Unknown => 0,
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An item on a scale. The direction belongs to the pair, not to the item.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleItem {
    /// The item.
    pub item: ItemIx,
    /// Its direction on this scale.
    pub keying: Keying,
    /// What the keyed answer becomes.
    pub recode: Option<Recode>,
}

/// What keyed answers become before they are added up.
#[derive(Debug, Clone, PartialEq)]
pub struct Recode {
    /// Keyed answer to number, ascending.
    pub table: Arc<[(f64, f64)]>,
    /// What a missing answer becomes, when it has a number of its own.
    pub missing: Option<f64>,
}

impl ScaleItem {
    /// The keyed and recoded answer, where `response` is what answers the item.
    #[must_use]
    pub fn keyed(&self, response: &ResponseScale) -> Expr {
        let answer = Expr::Answer(self.item);
        let keyed = match (self.keying, response.bounds()) {
            (Keying::Negative, Some((low, high))) => {
                Expr::Reverse { of: Box::new(answer), low, high }
            }
            (Keying::Negative, None) | (Keying::Positive, _) => answer,
        };
        match &self.recode {
            None => keyed,
            Some(Recode { table, missing }) => Expr::Recode {
                of: Box::new(keyed),
                table: table.clone(),
                other: None,
                missing: *missing,
            },
        }
    }
}

/// Whether more of the answer means more of the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keying {
    /// It does.
    Positive,
    /// It means less: the answer is reversed within the response scale's declared bounds.
    Negative,
}

/// A rule for missing answers: how many are needed, and what stands in for the absent ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// The rule's name in the file.
    pub kind: MissingKind,
    /// How many terms must be answered, 1 at least.
    pub need: usize,
    /// Terms that must be answered, by their position among the scale's terms, ascending.
    pub mandatory: Vec<usize>,
    /// What stands in for a missing answer.
    pub fill: Fill,
}

/// What stands in for a missing answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Fill {
    /// Nothing: the score is made of the answers there are.
    Nothing,
    /// The mean of the respondent's own keyed answers.
    PersonMean,
    /// A fixed keyed value.
    Constant(f64),
    /// A keyed value for each term.
    Each(Arc<[f64]>),
}

/// A named interval of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its name, in the source language.
    pub label: String,
    /// Where it begins.
    pub lower: Lower,
    /// Where it ends.
    pub upper: Upper,
}

impl Band {
    /// The first of `bands` that `score` is in.
    #[must_use]
    pub fn holding(bands: &[Self], score: f64) -> Option<&Self> {
        bands.iter().find(|band| band.contains(score))
    }

    /// Whether `score` is in the band. Scores within [`crate::TOLERANCE`] of an edge are on the edge.
    #[must_use]
    pub fn contains(&self, score: f64) -> bool {
        let above = match self.lower {
            Lower::From(from) => score >= from - crate::TOLERANCE,
            Lower::Above(above) => score > above + crate::TOLERANCE,
        };
        above
            && match self.upper {
                Upper::To(to) => score <= to + crate::TOLERANCE,
                Upper::Below(below) => score < below - crate::TOLERANCE,
            }
    }
}

/// The lower end of a band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lower {
    /// This score already belongs to the band.
    From(f64),
    /// This score does not yet.
    Above(f64),
}

impl Lower {
    /// The number at the end, whichever side it is on.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::From(value) | Self::Above(value) => value,
        }
    }
}

impl Upper {
    /// The number at the end, whichever side it is on.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::To(value) | Self::Below(value) => value,
        }
    }
}

/// The upper end of a band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Upper {
    /// This score still belongs to the band.
    To(f64),
    /// This score no longer does.
    Below(f64),
}

/// The words of one language, whole: every vector is parallel to the structure's.
#[derive(Debug, Clone)]
pub struct Wording {
    /// BCP 47 tag.
    pub language: String,
    /// The title of the instrument.
    pub title: String,
    /// Instructions before the first item.
    pub instructions: Option<String>,
    /// The period asked about.
    pub recall_period: Option<String>,
    /// How the wording came about; `None` for the words of the definition itself.
    pub translation: Option<TranslationStatus>,
    /// The notice to print, when rights in this wording differ from the instrument's.
    pub notice: Option<String>,
    /// For each response scale.
    pub responses: Vec<ResponseWording>,
    /// For each section.
    pub sections: Vec<SectionWording>,
    /// For each item.
    pub stems: Vec<String>,
    /// For each scale.
    pub scales: Vec<ScaleWording>,
}

/// The words of one response scale.
#[derive(Debug, Clone, Default)]
pub struct ResponseWording {
    /// For each option.
    pub labels: Vec<String>,
    /// At the low end of a visual analogue scale.
    pub min_label: Option<String>,
    /// At the high end of a visual analogue scale.
    pub max_label: Option<String>,
    /// The word for yes, where it is not the language's own.
    pub yes_label: Option<String>,
    /// The word for no, where it is not the language's own.
    pub no_label: Option<String>,
    /// The unit of a number.
    pub unit: Option<String>,
}

/// The words of one section.
#[derive(Debug, Clone, Default)]
pub struct SectionWording {
    /// Heading.
    pub title: Option<String>,
    /// The words every item of the section continues.
    pub lead_in: Option<String>,
    /// What the respondent is told to do here.
    pub instructions: Option<String>,
}

/// The names of one scale and its bands.
#[derive(Debug, Clone)]
pub struct ScaleWording {
    /// The name of the scale.
    pub title: String,
    /// What its score is counted in.
    pub unit: Option<String>,
    /// For each band.
    pub bands: Vec<String>,
    /// For each band of each further set.
    pub band_sets: Vec<Vec<String>>,
}

impl ScaleWording {
    /// The names of all bands, parallel to [`Scale::all_bands`].
    pub fn all_bands(&self) -> impl Iterator<Item = &[String]> {
        let own = (!self.bands.is_empty()).then_some(self.bands.as_slice());
        own.into_iter().chain(self.band_sets.iter().map(Vec::as_slice))
    }
}

#[cfg(test)]
mod tests {
    use super::{Reliability, ReliabilityKind};

    #[test]
    fn reliable_change_is_what_others_compute() {
        let reliability = Reliability {
            value: 0.8,
            kind: ReliabilityKind::Retest,
            sd: Some(7.5),
            population: None,
            source: Vec::new(),
        };
        // The expected value of the tests of the R package CECPfuns, for SD 7.5, reliability .8 and 95 %.
        let change = reliability.reliable_change().expect("there is a standard deviation");
        assert!((change - 9.296_925_484_568_419).abs() < 1e-12, "{change}");
        assert_eq!(Reliability { sd: None, ..reliability }.reliable_change(), None);
    }
}
