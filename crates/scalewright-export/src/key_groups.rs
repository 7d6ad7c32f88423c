//! Groups of keys that most platforms represent in the same place, or lose together.

/// How a scale is scored, except for missing answers.
pub(crate) const SCORED: &[&str] = &[
    "scales[].items",
    "scales[].scales",
    "scales[].recode[].items",
    "scales[].recode[].use",
    "scales[].recode[].values",
    "scales[].recode[].missing",
    "recodes.*.values",
    "recodes.*.missing",
    "scales[].weights",
    "scales[].score",
    "scales[].formula",
    "scales[].multiply",
    "scales[].intercept",
    "scales[].rescale.low",
    "scales[].rescale.high",
    "scales[].round",
];

/// A scale's rule for missing answers.
pub(crate) const MISSING: &[&str] = &[
    "scales[].missing",
    "scales[].min-answered",
    "scales[].min-proportion",
    "scales[].more-than-answered",
    "scales[].more-than-proportion",
    "scales[].max-missing",
    "scales[].mandatory",
    "scales[].substitute",
    "scales[].substitutes",
];

/// Lookup tables.
pub(crate) const TABLES: &[&str] = &["tables.*.rows", "tables.*.matching", "tables.*.outside"];

/// How norms derive scores.
pub(crate) const NORMS: &[&str] = &[
    "norms[].scale",
    "norms[].derive",
    "norms[].groups[].when",
    "norms[].groups[].mean",
    "norms[].groups[].sd",
    "norms[].groups[].table",
    "norms[].round",
];

/// Item response models.
pub(crate) const MODELS: &[&str] = &[
    "models.*.type",
    "models.*.scaling",
    "models.*.items[].item",
    "models.*.items[].discrimination",
    "models.*.items[].thresholds",
    "models.*.grid.low",
    "models.*.grid.high",
    "models.*.grid.points",
    "models.*.prior-mean",
    "models.*.prior-sd",
];

/// The bands of a scale.
pub(crate) const BANDS: &[&str] = &[
    "scales[].bands[].label",
    "scales[].bands[].from",
    "scales[].bands[].above",
    "scales[].bands[].to",
    "scales[].bands[].below",
];

/// The additional band sets of a scale.
pub(crate) const BAND_SETS: &[&str] = &[
    "scales[].band-sets[].id",
    "scales[].band-sets[].bands[].label",
    "scales[].band-sets[].bands[].from",
    "scales[].band-sets[].bands[].above",
    "scales[].band-sets[].bands[].to",
    "scales[].band-sets[].bands[].below",
];

/// The feedback on bands, which only score reports show.
pub(crate) const FEEDBACK: &[&str] =
    &["scales[].bands[].feedback", "scales[].band-sets[].bands[].feedback"];

/// The reliability of a scale.
pub(crate) const RELIABILITY: &[&str] = &[
    "scales[].reliability.kind",
    "scales[].reliability.value",
    "scales[].reliability.sd",
    "scales[].reliability.population",
    "scales[].reliability.source",
];

/// The parent of a scale, and the status and sources of keys, rules, bands, tables, norms and models.
pub(crate) const STANDING: &[&str] = &[
    "scales[].parent",
    "scales[].key-status",
    "scales[].key-source",
    "scales[].missing-source",
    "scales[].bands-source",
    "scales[].band-sets[].source",
    "flags[].key-status",
    "flags[].source",
    "tables.*.source",
    "norms[].source",
    "models.*.source",
];

/// The uses that the rights allow.
pub(crate) const USES: &[&str] = &[
    "rights.use.clinical",
    "rights.use.research",
    "rights.use.education",
    "rights.use.commercial",
    "rights.use.electronic",
    "rights.use.translation",
];

/// The references.
pub(crate) const REFERENCES: &[&str] = &[
    "references[].id",
    "references[].citation",
    "references[].doi",
    "references[].url",
    "references[].note",
];

/// Joins the keys of several groups, in their order, at compile time.
macro_rules! joined {
    ($($group:expr),* $(,)?) => {{
        const GROUPS: &[&[&str]] = &[$($group),*];
        const ALL: [&str; $crate::key_groups::total(GROUPS)] = $crate::key_groups::join(GROUPS);
        &ALL
    }};
}
pub(crate) use joined;

/// What no respondent of a form sees, and no score needs. A form contains it only in the definition embedded in it.
pub(crate) const UNSEEN: &[&str] = joined![
    &[
        "format",
        "allow[].lint",
        "allow[].at",
        "allow[].reason",
        "rights.holder",
        "rights.licence",
        "rights.url",
        "rights.wording"
    ],
    USES,
    &[
        "rights.digests",
        "short-form-of",
        "parallel-to",
        "items[].taken-from",
        "response-scales.*.options[].code",
        "items[].background",
        "scales[].unit",
        "scales[].description",
        "flags[].description",
        "norms[].population",
        "scales[].band-sets[].title"
    ],
    RELIABILITY,
    &["scales[].stated-range.low", "scales[].stated-range.high", "scales[].stated-items"],
    FEEDBACK,
    STANDING
];

/// What a form on paper contains only in the definition embedded in it.
pub(crate) const UNPRINTED: &[&str] = joined![
    &[
        "format",
        "allow[].lint",
        "allow[].at",
        "allow[].reason",
        "short-title",
        "family",
        "form",
        "url",
        "codes[].system",
        "codes[].code",
        "items[].codes[].system",
        "items[].codes[].code",
        "scales[].codes[].system",
        "scales[].codes[].code",
        "description",
        "authors",
        "rights.holder",
        "rights.licence",
        "rights.terms",
        "rights.url",
        "rights.obtain",
        "rights.wording"
    ],
    USES,
    &[
        "rights.digests",
        "short-form-of",
        "parallel-to",
        "items[].taken-from",
        "rights.evidence[].source",
        "rights.evidence[].states",
        "rights.evidence[].seen",
        "administration.respondent",
        "administration.subject",
        "administration.recall-period",
        "administration.minutes",
        "administration.modes"
    ],
    REFERENCES,
    &[
        "response-scales.*.options[].non-response",
        "response-scales.*.options[].code",
        "response-scales.*.decimals",
        "scales[].unit",
        "sections[].id",
        "items[].when-not-asked",
        "items[].background",
        "scales[].id",
        "flags[].id",
        "norms[].id",
        "scales[].title",
        "flags[].title",
        "norms[].title",
        "scales[].description",
        "flags[].description",
        "norms[].population"
    ],
    SCORED,
    MISSING,
    &["flags[].when"],
    TABLES,
    NORMS,
    MODELS,
    BANDS,
    BAND_SETS,
    &["scales[].band-sets[].title"],
    RELIABILITY,
    &["scales[].stated-range.low", "scales[].stated-range.high", "scales[].stated-items"],
    FEEDBACK,
    STANDING
];

/// Returns the number of keys in all groups.
pub(crate) const fn total(groups: &[&[&str]]) -> usize {
    // Constant functions cannot use `for` loops or iterators.
    let (mut total, mut group) = (0, 0);
    while group < groups.len() {
        total += groups[group].len();
        group += 1;
    }
    total
}

/// Joins groups that contain `N` keys together.
pub(crate) const fn join<const N: usize>(groups: &[&[&'static str]]) -> [&'static str; N] {
    let (mut all, mut group, mut next) = ([""; N], 0, 0);
    while group < groups.len() {
        let mut key = 0;
        while key < groups[group].len() {
            all[next] = groups[group][key];
            key += 1;
            next += 1;
        }
        group += 1;
    }
    all
}
