//! The rules that the kit judges by.

use scalewright_wire::Kind;

/// A rule that the answers of a plug-in must follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// An answer cannot be used.
    InvalidAnswer,
    /// No request was answered.
    NothingAnswered,
    /// Standard output has more than the answer.
    ExtraOutput,
    /// Two processes answer differently.
    NotDeterministic,
    /// The second request to a process is answered differently.
    ServeDiffers,
    /// An unknown key changes the answer.
    UnknownKey,
    /// The process does not fail without a request.
    NoRequest,
    /// A place does not exist.
    MissingPlace,
    /// A file has a name that is not declared.
    UndeclaredFile,
    /// A file is not what its ending states.
    MalformedFile,
    /// Words become syntax.
    WrongEscape,
    /// A name is longer than declared.
    LongName,
    /// A reported loss is not declared.
    UndeclaredLoss,
    /// A declared loss is not reported.
    UnreportedLoss,
    /// A key that may not be published is printed.
    RecalledScore,
    /// A value of an option changes nothing.
    IdleOption,
    /// A score differs from ours.
    WrongScore,
    /// A finding states its own severity.
    StatedSeverity,
    /// An imported definition has errors.
    InvalidDefinition,
}

/// What there is to say about a rule.
struct Text {
    name: &'static str,
    checks: &'static str,
    advice: &'static str,
    kinds: &'static [Kind],
}

const ALL: &[Kind] = &[Kind::Export, Kind::Lint, Kind::Import];
const EXPORT: &[Kind] = &[Kind::Export];
const EXPORT_AND_LINT: &[Kind] = &[Kind::Export, Kind::Lint];
const LINT: &[Kind] = &[Kind::Lint];
const IMPORT: &[Kind] = &[Kind::Import];

impl Rule {
    /// All rules, in the order of the report.
    pub const ALL: [Self; 19] = [
        Self::InvalidAnswer,
        Self::NothingAnswered,
        Self::ExtraOutput,
        Self::NotDeterministic,
        Self::ServeDiffers,
        Self::UnknownKey,
        Self::NoRequest,
        Self::MissingPlace,
        Self::UndeclaredFile,
        Self::MalformedFile,
        Self::WrongEscape,
        Self::LongName,
        Self::UndeclaredLoss,
        Self::UnreportedLoss,
        Self::RecalledScore,
        Self::IdleOption,
        Self::WrongScore,
        Self::StatedSeverity,
        Self::InvalidDefinition,
    ];

    /// The stable name: lower-case words joined by hyphens.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.text().name
    }

    /// What the kit checks, as a sentence.
    #[must_use]
    pub fn checks(self) -> &'static str {
        self.text().checks
    }

    /// What the author does about it, as a sentence in the imperative.
    #[must_use]
    pub fn advice(self) -> &'static str {
        self.text().advice
    }

    /// The kinds of plug-ins that it applies to.
    #[must_use]
    pub fn kinds(self) -> &'static [Kind] {
        self.text().kinds
    }

    #[expect(clippy::too_many_lines, reason = "a table, which a case for each rule keeps complete")]
    fn text(self) -> Text {
        let text = |name, kinds, checks, advice| Text { name, checks, advice, kinds };
        match self {
            Self::InvalidAnswer => text(
                "invalid-answer",
                ALL,
                "Every answer is one JSON value with the keys of the protocol, and its files have safe paths.",
                "Compare the answer with the schema that `scalewright schema plugin-response` prints.",
            ),
            Self::NothingAnswered => text(
                "nothing-answered",
                ALL,
                "At least one request is answered, and not refused.",
                "Answer what the plug-in supports, and refuse only the rest.",
            ),
            Self::ExtraOutput => text(
                "extra-output",
                ALL,
                "Standard output contains the answer and nothing else.",
                "Print messages for people to standard error.",
            ),
            Self::NotDeterministic => text(
                "not-deterministic",
                ALL,
                "Two processes give the same answer, also with another time zone, language, temporary folder and \
                 random seed.",
                "Use no clock, no random number, no environment, and sort what a set or a hash table lists.",
            ),
            Self::ServeDiffers => text(
                "serve-differs",
                ALL,
                "A process that serves several requests answers each as a process of its own would.",
                "Keep nothing from one request to the next.",
            ),
            Self::UnknownKey => text(
                "unknown-key",
                ALL,
                "Keys of a request that the plug-in does not know change nothing.",
                "Ignore unknown keys: later versions of scalewright add some.",
            ),
            Self::NoRequest => text(
                "no-request",
                ALL,
                "Without a complete request the process ends by itself, and without an answer; half a request gives an \
                 exit code other than 0.",
                "End with an error when a line cannot be read as JSON, and end when standard input is closed.",
            ),
            Self::MissingPlace => text(
                "missing-place",
                EXPORT_AND_LINT,
                "Every place of a finding or a loss exists in the definition.",
                "Take the places from `at` of the request, or count from 0: `/items/0/stem`.",
            ),
            Self::UndeclaredFile => text(
                "undeclared-file",
                EXPORT,
                "Every file has a name that the description declares.",
                "Declare the file under `files` in the description, or change its name.",
            ),
            Self::MalformedFile => text(
                "malformed-file",
                EXPORT,
                "JSON, XML and SVG files can be read, and the rows of a CSV file have the same number of cells.",
                "Write the file with a library for its format instead of joining texts.",
            ),
            Self::WrongEscape => text(
                "wrong-escape",
                EXPORT,
                "Words of the instrument never become syntax of the file: a label `<b>` is no tag.",
                "Escape every text of the request for the format of the file.",
            ),
            Self::LongName => text(
                "long-name",
                EXPORT,
                "No name of a field is longer than the description declares.",
                "Shorten the name, or declare a smaller `longest` under `names`.",
            ),
            Self::UndeclaredLoss => text(
                "undeclared-loss",
                EXPORT,
                "Every reported loss is at a key that a declared loss names.",
                "Declare the loss under `losses` in the description, with the keys that it concerns.",
            ),
            Self::UnreportedLoss => text(
                "unreported-loss",
                EXPORT,
                "Every declared loss without `when` is reported if the definition has one of its keys.",
                "Report the loss in the answer, or state in `when` on what it depends.",
            ),
            Self::RecalledScore => text(
                "recalled-score",
                EXPORT,
                "No file and no evaluation contains a score that is not `published`, or its key.",
                "Leave out scores with `published: false`.",
            ),
            Self::IdleOption => text(
                "idle-option",
                EXPORT,
                "Every value of an option changes the answer to some request.",
                "Use the option, or remove it from the description.",
            ),
            Self::WrongScore => text(
                "wrong-score",
                EXPORT,
                "Every score of `evaluate` equals ours to 0.000000001, and is missing where ours is missing.",
                "Follow the steps of the score's `normal_form`, with their conditions for missing answers.",
            ),
            Self::StatedSeverity => text(
                "stated-severity",
                LINT,
                "No finding of a lint states a severity: the settings decide it.",
                "Leave out `severity`, and declare the `level` of the lint in the description.",
            ),
            Self::InvalidDefinition => text(
                "invalid-definition",
                IMPORT,
                "An imported definition can be read, and its keys and types are valid.",
                "Run `scalewright check` on the imported definition.",
            ),
        }
    }
}
