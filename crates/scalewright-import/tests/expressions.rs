//! Expressions of platforms: their translation, and that it equals the source's own computation on many answer sets.
//!
//! `expressions.txt` lists expressions by language, each with its translation. `UPDATE_EXPRESSIONS=1` writes the
//! translations again.

use std::fmt::Write as _;

use scalewright_check::{Input, Source, Writer, check};
use scalewright_import::expr::{
    Bound, Language, Name, Scope, bands, condition, open_questions, score,
};
use scalewright_import::{
    Answers, Choice, Form, Item, Place, Response, ResponseKind, Rule, Score, Target, Value, Words,
};
use scalewright_model::file::{
    AdministrationFile, FactorFile, InstrumentFile, ItemFile, OptionFile, ResponseScaleFile,
    ResponseType, RightsFile, ScaleFile,
};
use scalewright_model::{Formula, MissingKind, ScoreKind};
use scalewright_scoring::{Responses, evaluate};

const TABLE: &str = "tests/expressions.txt";

/// One entry of the table.
struct Entry {
    language: Language,
    is_condition: bool,
    text: String,
    expected: String,
}

fn entries(table: &str) -> Vec<Entry> {
    let mut language = Language::RedCap;
    let mut entries = Vec::new();
    for line in table.lines() {
        if let Some(name) = line.strip_prefix("== ") {
            language = language_of(name);
        } else if let Some(expected) = line.strip_prefix("    ") {
            let entry: &mut Entry = entries.last_mut().expect("an expression comes first");
            entry.expected = expected.to_owned();
        } else if !line.is_empty() {
            let (is_condition, text) =
                line.strip_prefix("? ").map_or((false, line), |text| (true, text));
            entries.push(Entry {
                language,
                is_condition,
                text: text.to_owned(),
                expected: String::new(),
            });
        }
    }
    entries
}

const LANGUAGES: [(&str, Language); 7] = [
    ("redcap", Language::RedCap),
    ("xpath", Language::XPath),
    ("surveyjs", Language::SurveyJs),
    ("limesurvey", Language::LimeSurvey),
    ("javascript", Language::JavaScript),
    ("r", Language::R),
    ("openscales", Language::OpenScales),
];

fn language_of(name: &str) -> Language {
    LANGUAGES.iter().find(|(other, _)| *other == name).expect("a known language").1
}

fn choices(options: &[(i64, &str)]) -> ResponseKind {
    let choice = |(value, stored): &(i64, &str)| Choice {
        value: (*value).into(),
        stored: (*stored).to_owned(),
        label: Words::only(stored),
        non_response: *value == 99,
    };
    ResponseKind::Coded(options.iter().map(choice).collect())
}

fn number(min: Option<f64>, max: Option<f64>) -> ResponseKind {
    ResponseKind::Numeric { min, max, decimals: None, unit: Words::default() }
}

/// A form with items of all kinds, and two scores.
fn form(language: Language) -> Form {
    let yes_no = || ResponseKind::YesNo { yes: Words::default(), no: Words::default() };
    let kinds = [
        choices(&[(0, "0"), (1, "1"), (2, "2"), (3, "3")]),
        choices(&[(0, "0"), (1, "1"), (2, "2"), (3, "3"), (99, "99")]),
        choices(&[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")]),
        choices(&[(1, "yes"), (2, "no")]),
        choices(&[(0, "A1"), (1, "A2"), (2, "A3")]),
        choices(&[(0, "1"), (1, "2"), (2, "10")]),
        number(Some(0.0), Some(40.0)),
        number(None, None),
        yes_no(),
        ResponseKind::Text(1),
        ResponseKind::Date,
        number(Some(1.0), Some(7.0)),
        ResponseKind::VisualAnalogue {
            min: 0.0,
            max: 100.0,
            decimals: 0,
            low: Words::only("low"),
            high: Words::only("high"),
        },
    ];
    let names =
        ["r4", "r99", "r5", "yn", "ls", "odd", "n", "u", "tick", "text", "date", "n7", "vas"];
    let responses = kinds.into_iter().zip(names).map(|(kind, name)| Response {
        name: name.to_owned(),
        kind,
        place: Place::default(),
    });
    let items = [
        ("a", 0),
        ("b", 0),
        ("c", 0),
        ("d", 0),
        ("e", 1),
        ("f", 2),
        ("g", 2),
        ("w", 3),
        ("l", 4),
        ("m", 4),
        ("o", 5),
        ("n", 6),
        ("u", 7),
        ("y", 8),
        ("k_1", 8),
        ("k_2", 8),
        ("t", 9),
        ("birth", 10),
        ("h", 11),
        ("v", 12),
    ];
    let items = items.into_iter().map(|(id, response)| Item {
        id: id.to_owned(),
        column: id.to_owned(),
        number: None,
        stem: Words::only(id),
        response,
        section: None,
        required: false,
        condition: None,
        place: Place::default(),
    });
    let mut form =
        Form { responses: responses.collect(), items: items.collect(), ..Form::default() };
    let scores: [(&str, &str); 3] = match language {
        Language::RedCap => [
            ("s", "[a] + [b] + [c]"),
            ("q", "if([a]='',0,1)+if([b]='',0,1)+if([c]='',0,1)"),
            ("p", "[b] + [d]"),
        ],
        Language::XPath => [
            ("s", "${a} + ${b} + ${c}"),
            ("q", "count-non-empty(${a}) + count-non-empty(${b}) + count-non-empty(${c})"),
            ("p", "${b} + ${d}"),
        ],
        Language::SurveyJs => [
            ("s", "iif({a} notempty, {a} + 1, '')"),
            ("q", "count({a}, {b}, {c})"),
            ("p", "max({b}, {d})"),
        ],
        Language::LimeSurvey => {
            [("s", "sum(a, b, c)"), ("q", "count(a, b, c)"), ("p", "max(b, d)")]
        }
        Language::JavaScript | Language::Script => {
            [("s", "a + b + c"), ("q", "0 + (a === undefined ? 0 : 1)"), ("p", "b + d")]
        }
        Language::R => {
            [("s", "a + b + c"), ("q", "sum(!is.na(a), !is.na(b), !is.na(c))"), ("p", "b + d")]
        }
        Language::OpenScales => [("s", "a + b + c"), ("q", "(a > 0) + (b > 0)"), ("p", "b + d")],
    };
    for (id, text) in scores {
        let rule = read(language, &form, text, false);
        assert!(rule.source.is_some(), "{text}: {:?}", rule.target);
        let id = id.to_owned();
        let (column, title, description, bands) = (id.clone(), Words::only(&id), None, Vec::new());
        form.scores.push(Score { id, column, title, description, rule, bands });
    }
    form
}

fn read(language: Language, form: &Form, text: &str, is_condition: bool) -> Rule {
    let names = |name: Name<'_>| bound(form, name);
    let scope = Scope { language, form, names: &names };
    let place = Place::new("test", "");
    if is_condition { condition(&scope, text, &place) } else { score(&scope, text, &place) }
}

/// `k` is a question with several answers, whose options are the items `k_1` and `k_2`.
fn bound(form: &Form, name: Name<'_>) -> Option<Bound> {
    let item = |id: &str| form.items.iter().position(|item| item.column == id);
    if let Some(option) = name.option {
        return item(&format!("{}_{option}", name.text)).map(Bound::Ticked);
    }
    let score = || form.scores.iter().position(|score| score.column == name.text).map(Bound::Score);
    match name.text {
        "k_1" | "k_2" => item(name.text).map(Bound::Ticked),
        text => item(text).map(Bound::Item).or_else(score),
    }
}

/// A translation on one line.
fn shown(target: &Target) -> String {
    match target {
        Target::Formula(formula) => formula.clone(),
        Target::NotUnderstood(reason) => format!("! {reason}"),
        Target::Scale(scale) => shown_scale(scale),
    }
}

fn shown_scale(scale: &ScaleFile) -> String {
    let mut out =
        format!("{:?} of {}{}; ", scale.score, scale.items.join(", "), scale.scales.join(", "));
    let _ = write!(out, "{:?}", scale.missing);
    if let Some(need) = scale.min_answered {
        let _ = write!(out, " {need}");
    }
    for (name, number) in
        [("times", scale.multiply.map(FactorFile::number)), ("plus", scale.intercept)]
    {
        if let Some(number) = number {
            let _ = write!(out, "; {name} {number}");
        }
    }
    if let Some(decimals) = scale.round {
        let _ = write!(out, "; round {decimals}");
    }
    out.to_lowercase()
}

#[test]
fn expressions_are_translated() {
    let table = std::fs::read_to_string(TABLE).expect("the table");
    let mut found = String::new();
    let mut last = None;
    for entry in entries(&table) {
        let form = form(entry.language);
        if last != Some(entry.language) {
            let name = LANGUAGES
                .iter()
                .find(|(_, other)| *other == entry.language)
                .expect("a known language")
                .0;
            let _ = writeln!(found, "{}== {name}", if last.is_some() { "\n" } else { "" });
            last = Some(entry.language);
        }
        let rule = read(entry.language, &form, &entry.text, entry.is_condition);
        let mark = if entry.is_condition { "? " } else { "" };
        let shown = shown(&rule.target);
        let _ = writeln!(found, "{mark}{}\n    {shown}", entry.text);
        if std::env::var_os("UPDATE_EXPRESSIONS").is_none() {
            assert_eq!(shown, entry.expected, "{}", entry.text);
        }
    }
    if std::env::var_os("UPDATE_EXPRESSIONS").is_some() {
        std::fs::write(TABLE, found).expect("the table");
    }
}

#[test]
fn translations_equal_their_sources() {
    let table = std::fs::read_to_string(TABLE).expect("the table");
    let entries = entries(&table);
    for (name, language) in LANGUAGES {
        let own = entries.iter().filter(|entry| entry.language == language);
        let (understood, differences) = differences(language, own, 400);
        assert!(understood > 20, "{name}: {understood}");
        assert!(
            differences.is_empty(),
            "{name}: {} differ\n{}",
            differences.len(),
            differences.join("\n")
        );
    }
}

/// Pieces of random expressions: numbers and conditions. `N` is a number, and `C` a condition.
const PIECES: [(Language, &str, &str); 7] = [
    (
        Language::RedCap,
        "[a]|[b]|[f]|[y]|[s]|[q]|[k(1)]|2|0|(N + N)|(N - N)|N * N|N / 2|sum(N, N)|mean(N, N, [c])|max(N, N)|min(N, N)|\
         if(C, N, N)|if(C, N, '')|if([a]='', 0, N)|round(N, 1)|abs(N)|(3 - [a])|sum([a],[b],[c])|if(C,1,0)",
        "N > N|N = N|N <> 1|N >= 2|C and C|(C or C)|[a] = ''|[b] <> ''|!(C)|[w] = 'yes'|[k(2)] = '1'|[s] <> ''",
    ),
    (
        Language::XPath,
        "${a}|${b}|${f}|${y}|${s}|${q}|2|0|(N + N)|(N - N)|N * N|N div 2|max(N, N)|min(N, N)|coalesce(N, N)|\
         if(C, N, N)|if(C, N, '')|coalesce(${a}, 0)|if(${a} = '', 0, N)|round(N, 1)|int(N)|abs(N)|number(N)|\
         count-non-empty(${a})|string-length(${w})|(3 - ${a})",
        "N > N|N = N|N != 1|N >= 2|C and C|(C or C)|${a} = ''|N != ''|not(C)|${w} = 'yes'|selected(${k}, '1')",
    ),
    (
        Language::SurveyJs,
        "{a}|{b}|{f}|{s}|{q}|2|0|(N + N)|(N - N)|N * N|N / 2|sum(N, N)|avg(N, {c})|max(N, N)|min(N, N)|iif(C, N, N)|\
         iif(C, N, '')|round(N, 1)|count({a}, {b})|(3 - {a})|iif(C, 1, 0)",
        "N > N|N = N|N <> 1|N >= 2|(C and C)|(C or C)|{a} empty|{b} notempty|!(C)|{w} = 'yes'|{k} contains '1'|{y} = true",
    ),
    (
        Language::LimeSurvey,
        "a|b|f|s|q|2|0|(N + N)|(N - N)|N * N|N / 2|sum(N, N)|max(N, N)|min(N, N)|if(C, N, N)|if(C, N, '')|round(N, 1)|\
         count(a, b)|if(is_empty(a), 0, N)|(3 - a)|if(C, 1, 0)|countif(2, a, b)|countifop('>=', 2, a, b)|abs(N)",
        "N > N|N == N|N != 1|N >= 2|(C and C)|(C or C)|is_empty(a)|!is_empty(b)|!(C)|w == 'yes'|l != 'A2'|k_1 == 'Y'",
    ),
    (
        Language::JavaScript,
        "a|b|f|c|d|g|n|h|2|0|(N + N)|(N - N)|N * N|N / 2|Math.max(N, N)|Math.min(N, N)|(C ? N : N)|(N || 0)|Math.abs(N)|\
         Math.round(N)|Math.floor(N)|(3 - a)",
        "N > N|N === N|N !== 1|N >= 2|(C && C)|(C || C)|e !== undefined|!(C)|w === 'yes'|l !== 'A2'|isNaN(N)",
    ),
    (
        Language::R,
        "a|b|f|s|q|y|2|0|(N + N)|(N - N)|N * N|N / 2|sum(N, N)|sum(N, N, na.rm = TRUE)|mean(c(N, N))|\
         mean(c(N, N), na.rm = TRUE)|max(N, N)|ifelse(C, N, N)|ifelse(C, N, NA)|round(N)|abs(N)|(3 - a)|\
         sum(!is.na(a), C, na.rm = TRUE)|ifelse(C, 1, 0)",
        "N > N|N == N|N != 1|N >= 2|C & C|(C | C)|is.na(N)|!is.na(b)|!(C)|w == 'yes'|a %in% c(1, 2)|y == TRUE",
    ),
    (
        Language::OpenScales,
        "a|b|f|c|d|g|n|s|q|2|0|(N + N)|(N - N)|N * N|(N / 2)|(N / N)|sum(N, N)|max(N, N)|min(N, N)|abs(N)|count(a, N)|(C)|\
         (3 - a)|(C) + (C)|-(N)",
        "(a > 1)|(b != 2)|(N > N)|(N == N)|(N != 1)|(N >= 2)|(N < 2)|(C and C)|(C or C)|not (C)",
    ),
];

/// A random expression.
fn random_expression(
    random: &mut Random,
    numbers: &[&str],
    conditions: &[&str],
    kind: char,
    depth: u32,
) -> String {
    let list = if kind == 'N' { numbers } else { conditions };
    let leaves: Vec<&str> =
        list.iter().copied().filter(|piece| !piece.contains(['N', 'C'])).collect();
    let list = if depth == 0 { &leaves[..] } else { list };
    let piece = list[usize::try_from(random.below(list.len() as u64)).expect("a small number")];
    let mut out = String::new();
    let mut before = ' ';
    let mut letters = piece.chars().peekable();
    while let Some(letter) = letters.next() {
        let after = letters.peek().copied().unwrap_or(' ');
        let is_alone = !before.is_alphanumeric() && !after.is_alphanumeric();
        if is_alone && matches!(letter, 'N' | 'C') {
            out.push_str(&random_expression(
                random,
                numbers,
                conditions,
                letter,
                depth.saturating_sub(1),
            ));
        } else {
            out.push(letter);
        }
        before = letter;
    }
    out
}

#[test]
fn random_translations_equal_their_sources() {
    for (language, numbers, conditions) in PIECES {
        let numbers = split(numbers);
        let conditions = split(conditions);
        let mut random = Random(11);
        let entries: Vec<_> = (0..200)
            .map(|at| {
                let is_condition = at % 3 == 0;
                let kind = if is_condition { 'C' } else { 'N' };
                let text = random_expression(&mut random, &numbers, &conditions, kind, 1 + at % 3);
                Entry { language, is_condition, text, expected: String::new() }
            })
            .collect();
        let (understood, differences) = differences(language, entries.iter(), 40);
        assert!(understood > 60, "{language:?}: {understood}");
        assert!(
            differences.is_empty(),
            "{language:?}: {} of {understood} differ\n{}",
            differences.len(),
            differences.join("\n")
        );
    }
}

/// The pieces of a list. `(C | C)` and `(C || C)` contain the sign that separates them.
fn split(list: &'static str) -> Vec<&'static str> {
    let mut pieces = Vec::new();
    let (mut depth, mut from) = (0, 0);
    for (at, letter) in list.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 0 => {
                pieces.push(list[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(list[from..].trim());
    pieces
}

/// How many expressions are understood, and for each whose translation differs the first answers that show it.
fn differences<'e>(
    language: Language,
    entries: impl Iterator<Item = &'e Entry>,
    rounds: u64,
) -> (usize, Vec<String>) {
    let form = form(language);
    let rules: Vec<(&Entry, Rule)> = entries
        .map(|entry| (entry, read(language, &form, &entry.text, entry.is_condition)))
        .filter(|(_, rule)| !matches!(rule.target, Target::NotUnderstood(_)))
        .collect();
    let program = program(&form, &rules);
    let columns = program.scores.len() - rules.len();
    let mut random = Random(7);
    let mut found = std::collections::BTreeMap::new();
    for round in 0..rounds {
        let answers = random.answers(&form, round);
        let scored = evaluate(&program, &Responses::of_one(&answers.of));
        for (at, (entry, rule)) in rules.iter().enumerate() {
            let ours = scored[at + columns].score.get(0);
            let source = rule.source.as_ref().expect("a source").value(&form, &answers);
            if found.contains_key(&at)
                || is_equal(entry, &program.scores[at + columns].formula, ours, &source)
            {
                continue;
            }
            let given = form
                .items
                .iter()
                .zip(&answers.of)
                .filter_map(|(item, answer)| Some(format!("{} {}", item.id, (*answer)?)));
            let given = given.collect::<Vec<_>>().join(", ");
            found.insert(
                at,
                format!(
                    "{} = {source:?}, {} = {ours:?} with {given}",
                    entry.text,
                    shown(&rule.target)
                ),
            );
        }
    }
    (rules.len(), found.into_values().collect())
}

/// Whether our score is that of the source.
fn is_equal(entry: &Entry, formula: &Formula, ours: Option<f64>, source: &Value) -> bool {
    if entry.is_condition {
        return ours == Some(f64::from(u8::from(source.is_met())));
    }
    if let Formula::Word { words, .. } = formula {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a position in a list"
        )]
        let word = ours.map(|ours| words[ours as usize].clone());
        return word == if let Value::Text(text) = source { Some(text.clone()) } else { None };
    }
    match (ours, source.score()) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() < 1e-9,
        (ours, theirs) => ours.is_none() && theirs.is_none(),
    }
}

/// The scores of the form, then one score for each rule.
fn program(form: &Form, rules: &[(&Entry, Rule)]) -> scalewright_scoring::Program {
    let mut file = InstrumentFile::new(
        "tried",
        "Tried",
        "en",
        RightsFile::new("nobody", "CC0-1.0"),
        AdministrationFile::new(),
    );
    for response in &form.responses {
        file.response_scales.insert(response.name.clone(), response_file(&response.kind));
    }
    for item in &form.items {
        let response = &form.responses[item.response].name;
        file.items
            .push(ItemFile { stem: Some(item.id.clone()), ..ItemFile::new(&item.id, response) });
    }
    let scores = form.scores.iter().map(|score| (score.id.clone(), &score.rule, false));
    let tried = rules
        .iter()
        .enumerate()
        .map(|(at, (entry, rule))| (format!("x_{at}"), rule, entry.is_condition));
    for (id, rule, is_condition) in scores.chain(tried) {
        file.scales.push(scale(&id, &rule.target, is_condition));
    }
    let text = Writer::new().instrument(&file);
    let checked = check(Input::alone(Source {
        name: "tried.toml".to_owned(),
        bytes: text.clone().into_bytes(),
    }));
    let errors: Vec<_> = checked.findings.iter().filter(|finding| finding.is_error()).collect();
    let lines: Vec<_> = text.lines().filter(|line| line.starts_with("formula")).collect();
    assert!(checked.sound().is_some(), "{errors:#?}\n{}", lines.join("\n"));
    checked.program
}

fn scale(id: &str, target: &Target, is_condition: bool) -> ScaleFile {
    let named = ScaleFile::new(id, id, ScoreKind::Formula, MissingKind::InFormula);
    match target {
        Target::Scale(scale) => ScaleFile { id: named.id, title: named.title, ..(**scale).clone() },
        Target::Formula(formula) if is_condition => {
            ScaleFile { formula: Some(format!("if {formula} then 1 else 0")), ..named }
        }
        Target::Formula(formula) => ScaleFile { formula: Some(formula.clone()), ..named },
        Target::NotUnderstood(reason) => panic!("{reason}"),
    }
}

fn response_file(kind: &ResponseKind) -> ResponseScaleFile {
    match kind {
        ResponseKind::Coded(choices) => {
            let option = |choice: &Choice| OptionFile {
                non_response: choice.non_response,
                ..OptionFile::new(choice.value.number(), &choice.stored)
            };
            ResponseScaleFile {
                options: choices.iter().map(option).collect(),
                ..ResponseScaleFile::new(ResponseType::Coded)
            }
        }
        ResponseKind::Numeric { min, max, .. } => ResponseScaleFile {
            min: *min,
            max: *max,
            ..ResponseScaleFile::new(ResponseType::Numeric)
        },
        ResponseKind::VisualAnalogue { min, max, .. } => ResponseScaleFile {
            min: Some(*min),
            max: Some(*max),
            min_label: Some("low".to_owned()),
            max_label: Some("high".to_owned()),
            ..ResponseScaleFile::new(ResponseType::VisualAnalogue)
        },
        ResponseKind::YesNo { .. } => ResponseScaleFile::new(ResponseType::YesNo),
        ResponseKind::Date => ResponseScaleFile::new(ResponseType::Date),
        _ => ResponseScaleFile::new(ResponseType::Text),
    }
}

/// Random numbers, the same on every run.
struct Random(u64);

impl Random {
    /// A whole number below `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// Answers with more blanks in later rounds.
    fn answers(&mut self, form: &Form, round: u64) -> Answers {
        let blanks = [0, 10, 30, 60, 100][usize::try_from(round % 5).expect("a small number")];
        let of = form.items.iter().map(|item| {
            if self.below(100) < blanks {
                return None;
            }
            match &form.responses[item.response].kind {
                ResponseKind::Coded(choices) => {
                    let choices: Vec<_> =
                        choices.iter().filter(|choice| !choice.non_response).collect();
                    let at =
                        usize::try_from(self.below(choices.len() as u64)).expect("a small number");
                    Some(choices[at].value.number())
                }
                #[expect(clippy::cast_precision_loss, reason = "a small number")]
                ResponseKind::Numeric { min, max, .. } => {
                    let (min, max) = (min.unwrap_or(0.0), max.unwrap_or(9.0));
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "a small number"
                    )]
                    Some(min + self.below((max - min) as u64 + 1) as f64)
                }
                ResponseKind::VisualAnalogue { .. } => {
                    Some(if self.below(2) == 0 { 40.0 } else { 73.0 })
                }
                ResponseKind::YesNo { .. } => Some(if self.below(2) == 0 { 0.0 } else { 1.0 }),
                _ => None,
            }
        });
        Answers { of: of.collect() }
    }
}

/// The bands of an expression, as `label from..below`, with `(` for `above` and `]` for `to`.
fn shown_bands(language: Language, text: &str) -> Option<String> {
    let form = form(language);
    let names = |name: Name<'_>| bound(&form, name);
    let (score, bands) = bands(&Scope { language, form: &form, names: &names }, text)?;
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let one = |band: &scalewright_model::file::BandFile| {
        let from = if band.above.is_some() {
            format!("({}", number(band.above))
        } else {
            number(band.from)
        };
        let to =
            if band.to.is_some() { format!("{}]", number(band.to)) } else { number(band.below) };
        format!("{} {from}..{to}", band.label)
    };
    Some(format!(
        "{}: {}",
        form.scores[score].id,
        bands.iter().map(one).collect::<Vec<_>>().join(", ")
    ))
}

#[test]
fn chains_of_words_are_bands() {
    use Language::{JavaScript, LimeSurvey, R, RedCap, SurveyJs, XPath};
    for (language, text, expected) in [
        (
            RedCap,
            "if([s]='', '', if([s]<4,'low', if([s]<7,'middle','high')))",
            Some("s: low 0..4, middle 4..7, high 7..9]"),
        ),
        (RedCap, "if([s]<>'', if([s]<=4,'low','high'), '')", Some("s: low 0..4], high (4..9]")),
        // A blank falls into the last case, so that these are no bands.
        (RedCap, "if([s]<4,'low', if([s]<7,'middle','high'))", None),
        (
            RedCap,
            "if([s]>=7,'high', if([s]>=4,'middle', if([s]>=0, 'low', '')))",
            Some("s: low 0..4, middle 4..7, high 7..9]"),
        ),
        (
            RedCap,
            "if([s]>=0 and [s]<3,'low', if([s]>=5, 'high', ''))",
            Some("s: low 0..3, high 5..9]"),
        ),
        (RedCap, "if([a]='', '', if([a]<2,'low','high'))", None),
        (RedCap, "if([s]='', '', if([q]<2,'low','high'))", None),
        (RedCap, "if([s]='', '', if([s]<4, 1, 2))", None),
        (XPath, "if(${s} = '', '', if(${s} < 4, 'low', 'high'))", Some("s: low 0..4, high 4..9]")),
        // Scores without a known range.
        (SurveyJs, "iif({s} empty, '', iif({s} < 2, 'low', 'high'))", Some("s: low ..2, high 2..")),
        (LimeSurvey, "if(is_empty(s), '', if(s < 4, 'low', 'high'))", Some("s: low ..4, high 4..")),
        (R, "ifelse(s < 4, \"low\", \"high\")", Some("s: low 0..4, high 4..9]")),
        (JavaScript, "s > 3 ? 'high' : ''", Some("s: high (3..9]")),
    ] {
        assert_eq!(shown_bands(language, text).as_deref(), expected, "{text}");
    }
}

#[test]
fn long_and_deep_expressions_are_bounded() {
    let form = form(Language::RedCap);
    let reason = |text: &str| match read(Language::RedCap, &form, text, false).target {
        Target::NotUnderstood(reason) => reason,
        other => shown(&other),
    };
    let nested = |depth: usize| format!("{}[a]{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(reason(&nested(90)), "sum of a; noscore");
    assert_eq!(reason(&nested(5000)), "the expression is nested deeper than 100 levels");
    let repeated = |joint: &str, times: usize| vec!["[a]"; times].join(joint);
    assert_eq!(reason(&repeated(" + ", 9000)), "the formula is longer than 8000 characters");
    assert_eq!(reason(&repeated(" + ", 11_000)), "the expression is longer than 20000 tokens");
    assert_eq!(reason(&repeated(" ^ ", 5000)), "the expression is nested deeper than 100 levels");
    for (open, close) in [
        ("-", ""),
        ("if([a]>1,", ",[b])"),
        ("if([a]>[b],1,", ")"),
        ("round(", ")"),
        ("!", ""),
        ("(([a]>1)+", ")>1"),
    ] {
        for depth in [30, 60, 99, 3000] {
            reason(&format!("{}[b]{}", open.repeat(depth), close.repeat(depth)));
        }
    }
    reason(&repeated(" % ", 5000));
    reason(&repeated(" > ", 5000));
    reason(&repeated(" = 1 or ", 5000));
    reason(&format!("{}''{}", "if([a]='',1,".repeat(90), ")".repeat(90)));
    for text in [
        "", " ", "[", "[a", "\"", "'", "(", ")", ",", "if(", "if([a]", "sum()", "1e999", "1.2.3",
        "\u{0}", "[a]]", "é", "[é]",
    ] {
        assert!(!reason(text).is_empty(), "{text}");
    }
}

#[test]
fn deep_translations_are_valid() {
    let form = form(Language::RedCap);
    let pieces = [
        ("-", ""),
        ("(", "+1)*2"),
        ("if([a]>1,", ",[b])"),
        ("max([a], ", ")"),
        ("abs(", ")"),
        ("!", ""),
        ("(([a]>1)+", ")"),
        ("if([a]='', '', ", "+[c])"),
        ("([a]=1 and (", " or [b]=1))"),
        ("if(", " > 1, 1, 0)"),
        ("-(", "-[a]*2)"),
    ];
    let texts = pieces.iter().flat_map(|(open, close)| {
        (1..50).map(move |depth| format!("{}[b]{}", open.repeat(depth), close.repeat(depth)))
    });
    let joined = |before: &str, joint: &str| {
        (0..170).map(|number| format!("{before}{number}")).collect::<Vec<_>>().join(joint)
    };
    let chains = (300..600).step_by(25).map(|length| vec!["[a]*2"; length].join(" + "));
    let entries: Vec<_> = texts
        .chain(chains)
        .chain([joined("[n] > ", " or "), joined("[n] < ", " and "), joined("[h] - ", " * ")])
        .map(|text| Entry {
            language: Language::RedCap,
            is_condition: false,
            text,
            expected: String::new(),
        })
        .collect();
    let rules: Vec<_> = entries
        .iter()
        .map(|entry| (entry, read(Language::RedCap, &form, &entry.text, false)))
        .filter(|(_, rule)| !matches!(rule.target, Target::NotUnderstood(_)))
        .collect();
    assert!(rules.len() > 100, "{}", rules.len());
    // The check refuses formulas that are nested too deep.
    program(&form, &rules);
}

#[test]
fn doubled_translations_are_bounded() {
    for (language, open, close) in [
        (Language::JavaScript, "((a || 1) + ", ")"),
        (Language::JavaScript, "1 + !(", ")"),
        (Language::JavaScript, "(1 > 2 || ", ")"),
        (Language::JavaScript, "(1 > 2 && ", ")"),
        (Language::JavaScript, "(1 || ", ")"),
        (Language::SurveyJs, "(1 > 2 and ", " = 1)"),
        (Language::XPath, "not(1 > 2 or ", " = 1)"),
        (Language::XPath, "coalesce(${a}, if(${a} > 1, 3 - ", ", ''))"),
        (Language::LimeSurvey, "if(is_empty(a), ", ", 3)"),
        (Language::RedCap, "if([a] <> '', [a] + ", ", '')"),
        (Language::R, "round(1 + ", " / 3)"),
        (Language::R, "ifelse(a > 1, TRUE, 1 == ", ")"),
        (Language::R, "1 + (1 == ", ")"),
        (Language::LimeSurvey, "1 == if(1 > ", ", 1, 0)"),
        (Language::SurveyJs, "1 = iif(1 > ", ", 1, 0)"),
        (Language::XPath, "1 = if(${a} > 1, 1, ", ")"),
    ] {
        let form = form(language);
        let inner = match language {
            Language::RedCap => "[b]",
            Language::XPath => "${b}",
            Language::SurveyJs => "{b}",
            _ => "b",
        };
        for depth in [10, 40, 90] {
            let text = format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
            read(language, &form, &text, false);
            read(language, &form, &text, true);
        }
    }
}

#[test]
fn scores_that_need_each_other_are_blank() {
    let mut form = form(Language::RedCap);
    let circle = read(Language::RedCap, &form, "[q] + [a]", false);
    form.scores[1].rule = circle;
    form.scores[0].rule = read(Language::RedCap, &form, "[q] + [s]", false);
    let answers = Answers { of: vec![Some(1.0); form.items.len()] };
    let source = form.scores[0].rule.source.clone().expect("a source");
    assert_eq!(source.value(&form, &answers), Value::Blank);
}

#[test]
fn names_may_contain_hyphens_in_javascript() {
    let mut form = form(Language::JavaScript);
    form.items[0].column = "tide-1".to_owned();
    let shown = |text: &str| shown(&read(Language::JavaScript, &form, text, false).target);
    assert_eq!(shown("tide-1 + b"), "sum of a, b; noscore");
    assert_eq!(shown("c-b"), "c - b");
    assert_eq!(shown("tide-1-b"), "a - b");
}

#[test]
fn open_questions_are_named() {
    for (language, text, words) in [
        (Language::RedCap, "sum([a],[b])", "nothing but blanks"),
        (Language::RedCap, "if([a] > 1, 1, 0)", "compares with a number"),
        (Language::RedCap, "if([a] = 0, 1, 0)", "unquoted 0"),
        (Language::XPath, "coalesce(3 - ${a}, 0)", "probably not meant"),
        (Language::XPath, "max(${a}, ${b})", "leave blanks out"),
        (Language::LimeSurvey, "count(a, b.NAOK)", "without `.NAOK`"),
    ] {
        let form = form(language);
        let names = |name: Name<'_>| bound(&form, name);
        let found = open_questions(&Scope { language, form: &form, names: &names }, text);
        assert!(matches!(&found[..], [one] if one.contains(words)), "{text}: {found:?}");
    }
}

#[test]
fn damaged_expressions_are_refused_or_read() {
    let table = std::fs::read_to_string(TABLE).expect("the table");
    let entries = entries(&table);
    for (_, language) in LANGUAGES {
        let form = form(language);
        for entry in entries.iter().filter(|entry| entry.language == language) {
            let letters: Vec<char> = entry.text.chars().collect();
            for at in 0..letters.len() {
                let before: String = letters[..at].iter().collect();
                let after: String = letters[at + 1..].iter().collect();
                for text in [
                    before.clone(),
                    format!("{before}{after}"),
                    format!("{before}é{after}"),
                    format!("{before}({after}"),
                ] {
                    // Neither panics nor gives a formula without an evaluation.
                    let rule = read(language, &form, &text, entry.is_condition);
                    let is_read = !matches!(rule.target, Target::NotUnderstood(_));
                    assert!(!is_read || rule.source.is_some(), "{text}");
                }
            }
        }
    }
}
