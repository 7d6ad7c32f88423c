//! The table that all formats are printed from: the columns of the data of some instruments, and what each one means.

/// A codebook of one or several instruments.
pub(super) struct Codebook {
    /// The title of the instrument or the study.
    pub(super) title: String,
    /// The language of the words.
    pub(super) language: String,
    /// The instruments.
    pub(super) parts: Vec<Part>,
}

/// An instrument.
pub(super) struct Part {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) language: String,
    /// A warning about a version in development, a retired version or a draft translation.
    pub(super) banner: Option<String>,
    /// The rights notice.
    pub(super) notice: String,
    /// What is known about the instrument as a whole.
    pub(super) facts: Vec<Note>,
    /// The instructions before the first item.
    pub(super) instructions: Option<String>,
    /// The works cited.
    pub(super) references: Vec<(String, String)>,
    /// The web address of the instrument.
    pub(super) url: Option<String>,
    /// The columns that identify a row.
    pub(super) keys: Vec<Variable>,
    /// The columns of the answers, in the order of the items.
    pub(super) answers: Vec<Variable>,
    /// The columns that `scalewright score` writes after those that identify a row, in its order.
    pub(super) scores: Vec<Variable>,
}

impl Part {
    /// All columns.
    pub(super) fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.keys.iter().chain(&self.answers).chain(&self.scores)
    }
}

/// A statement about a variable or an instrument: what it states, and the statement.
pub(super) type Note = (&'static str, String);

/// The name of the note with the condition of an item.
pub(super) const ASKED: &str = "asked if";

/// What a column contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It identifies a row.
    Key,
    /// The answers to an item.
    Item,
    /// A score.
    Score,
    /// How many items of a score were answered.
    Answered,
    /// Whether a score uses a substitute for a missing answer.
    Prorated,
    /// The band of a score.
    Band,
}

impl Role {
    /// Its name in tables.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Item => "item",
            Self::Score => "score",
            Self::Answered => "number of answers",
            Self::Prorated => "prorated",
            Self::Band => "band",
        }
    }
}

/// The type of the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Number,
    /// `true` or `false`.
    Truth,
    /// `2026-01-31`.
    Date,
    /// `21:05`.
    Time,
    /// Several values, separated by spaces.
    Several,
}

impl Kind {
    /// Its name in tables.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Truth => "true or false",
            Self::Date => "date (YYYY-MM-DD)",
            Self::Time => "time (HH:MM)",
            Self::Several => "several values, separated by spaces",
        }
    }

    /// Whether its values are numbers.
    pub(super) fn is_numeric(self) -> bool {
        matches!(self, Self::Integer | Self::Number)
    }
}

/// A column of the data.
pub(super) struct Variable {
    /// Its name in the data.
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) kind: Kind,
    /// What it is, in a few words; for an item, what it asks.
    pub(super) label: String,
    /// The section of an item.
    pub(super) section: Section,
    /// The name of the response scale of an item.
    pub(super) response: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    /// All values, if they can be listed.
    pub(super) values: Vec<Value>,
    /// The columns that it is computed from.
    pub(super) inputs: Vec<String>,
    /// All else that is known.
    pub(super) notes: Vec<Note>,
}

/// The words of a section.
#[derive(Default, Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) title: Option<String>,
    /// The words that all items of the section continue.
    pub(super) lead_in: Option<String>,
    pub(super) instructions: Option<String>,
}

impl Variable {
    /// A column without values, limits and notes.
    pub(super) fn new(name: String, role: Role, kind: Kind, label: String) -> Self {
        Self {
            name,
            role,
            kind,
            label,
            section: Section::default(),
            response: None,
            unit: None,
            min: None,
            max: None,
            values: Vec::new(),
            inputs: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// What an item asks, after the words that precede it.
    pub(super) fn question(&self) -> String {
        match &self.section.lead_in {
            Some(lead_in) => format!("{} {}", lead_in.trim(), self.label),
            None => self.label.clone(),
        }
    }

    /// The values that are not codes for missing answers.
    pub(super) fn valid(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().filter(|value| !value.is_missing)
    }

    /// The codes for missing answers.
    pub(super) fn missing(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().filter(|value| value.is_missing)
    }

    /// The notes as lines, each after its name.
    pub(super) fn explained(&self) -> String {
        let lines: Vec<String> =
            self.notes.iter().map(|(name, text)| format!("{name}: {text}")).collect();
        lines.join("\n")
    }
}

/// A value of a column.
pub(super) struct Value {
    /// As it is in the data.
    pub(super) value: String,
    pub(super) label: String,
    /// The word for it that the data may contain instead.
    pub(super) code: Option<String>,
    /// Whether it states that there is no answer.
    pub(super) is_missing: bool,
    /// The limits of a band.
    pub(super) limits: Option<String>,
}

impl Value {
    /// A value that needs no label.
    pub(super) fn plain(value: &str) -> Self {
        Self {
            value: value.to_owned(),
            label: value.to_owned(),
            code: None,
            is_missing: false,
            limits: None,
        }
    }

    /// The value and what it means.
    pub(super) fn shown(&self) -> String {
        let Self { value, label, code, is_missing: _, limits } = self;
        let mut text = value.clone();
        if label != value {
            text.push_str(&format!(" = {label}"));
        }
        if let Some(code) = code {
            text.push_str(&format!(" [{code}]"));
        }
        if let Some(limits) = limits {
            text.push_str(&format!(" ({limits})"));
        }
        text
    }
}

/// Values in one text.
pub(super) fn listed<'a>(values: impl Iterator<Item = &'a Value>, between: &str) -> String {
    values.map(Value::shown).collect::<Vec<_>>().join(between)
}
