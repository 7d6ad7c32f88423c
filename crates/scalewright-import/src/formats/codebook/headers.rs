//! The headers of the columns of codebooks.

/// What a column contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The name of the item in data.
    Id,
    /// The words.
    Text,
    /// The scale that the item belongs to.
    Scale,
    /// Whether the item is reversed, as a flag.
    Reverse,
    /// Whether the item is reversed, as a sign.
    Sign,
    /// The lowest value.
    Min,
    /// The highest value.
    Max,
    /// The values with their words.
    Values,
    /// The codes of missing answers.
    Missing,
    /// Whether the row is an item, in codebooks that this program exports.
    Role,
    /// The instrument that the row is about, in codebooks that this program exports, and so on below.
    Instrument,
    /// The words with those that precede them; the instructions of an instrument.
    Question,
    /// The heading and the instructions of the section.
    Section,
    /// The type of the values.
    Type,
    /// The unit.
    Unit,
    /// What else is known, in codebooks that this program exports: the scales of the item and its signs.
    Notes,
}

/// All kinds of columns: the name for `--column`, and the headers that have no other meaning, in lower case with one
/// space between words.
pub(super) const KINDS: &[(What, &str, &[&str])] = &[
    (
        What::Id,
        "id",
        &[
            "variable",
            "variable name",
            "variablename",
            "var",
            "var name",
            "varname",
            "item",
            "item name",
            "item id",
            "itemid",
            "item code",
            "itemcode",
            "name",
            "field",
            "field name",
            "column",
            "column name",
            "id",
            "code",
            "variablenname",
            "itemname",
            "spalte",
            "kürzel",
        ],
    ),
    (
        What::Text,
        "text",
        &[
            "text",
            "question",
            "question text",
            "item text",
            "itemtext",
            "label",
            "variable label",
            "item label",
            "wording",
            "item wording",
            "stem",
            "statement",
            "detail",
            "description",
            "wortlaut",
            "frage",
            "fragetext",
            "frage text",
            "item wortlaut",
            "itemwortlaut",
            "bezeichnung",
        ],
    ),
    (
        What::Scale,
        "scale",
        &[
            "scale",
            "subscale",
            "sub scale",
            "factor",
            "dimension",
            "facet",
            "construct",
            "domain",
            "scale name",
            "subscale name",
            "skala",
            "subskala",
            "faktor",
            "facette",
        ],
    ),
    (
        What::Reverse,
        "reverse",
        &[
            "reverse",
            "reversed",
            "reverse coded",
            "reverse scored",
            "reverse keyed",
            "reverse coding",
            "reverse scoring",
            "is reversed",
            "inverted",
            "negatively keyed",
            "invertiert",
            "umgepolt",
            "invers",
            "negativ gepolt",
            "recode",
        ],
    ),
    (
        What::Sign,
        "sign",
        &[
            "key",
            "keying",
            "keyed",
            "sign",
            "direction",
            "polarity",
            "polung",
            "poling",
            "vorzeichen",
        ],
    ),
    (What::Min, "min", &["min", "minimum", "scale min", "lowest", "lowest value", "min value"]),
    (What::Max, "max", &["max", "maximum", "scale max", "highest", "highest value", "max value"]),
    (
        What::Values,
        "values",
        &[
            "values",
            "value labels",
            "valuelabels",
            "response options",
            "responseoptions",
            "options",
            "responses",
            "response categories",
            "answer options",
            "answers",
            "levels",
            "choices",
            "categories",
            "valueinfo",
            "value info",
            "coding",
            "response scale",
            "response format",
            "antwortoptionen",
            "antworten",
            "antwortformat",
            "werte",
            "wertelabels",
            "kodierung",
        ],
    ),
    (
        What::Missing,
        "missing",
        &[
            "missing",
            "missing values",
            "missing codes",
            "missing value",
            "fehlend",
            "fehlende werte",
        ],
    ),
];

/// The headers of codebooks that this program exports.
pub(super) const OWN: &[(What, &str)] = &[
    (What::Id, "name"),
    (What::Role, "role"),
    (What::Text, "label"),
    (What::Min, "minimum"),
    (What::Max, "maximum"),
    (What::Values, "values"),
    (What::Missing, "missing codes"),
    (What::Notes, "notes"),
    (What::Instrument, "instrument"),
    (What::Question, "question"),
    (What::Section, "section"),
    (What::Type, "type"),
    (What::Unit, "unit"),
];

/// Columns that show that a table describes data. Its lowest and highest values are those that occurred.
pub(super) const OBSERVED: &[&str] =
    &["mean", "sd", "median", "n", "n missing", "complete rate", "hist", "mw", "m"];
