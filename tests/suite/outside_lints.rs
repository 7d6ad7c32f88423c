//! Lints of other programs, as the checker sees them: levels, places, silencing, fixes, reports, and wrong answers.

use std::path::Path;

use scalewright_check::outside::{
    Linted, OutsideAnswer, OutsideChange, OutsideFix, OutsideHit, OutsideLint, OutsideLints,
    OutsideProblem, verify,
};
use scalewright_check::report::{Report, github, gitlab, json, junit, sarif};
use scalewright_check::{
    Checked, Finding, Input, Level, Levels, Source, check_at, check_with, fix_with, read_config,
};
use scalewright_model::Severity;

use crate::support::run;

/// An instrument with an unused section, whose second stem lacks its full stop.
const DEFINITION: &str = r#"format = 1
id = "tiny"
title = "Tiny"
version = "1.0.0"
status = "development"
language = "en"
translations = ["de"]

[rights]
holder = "scalewright authors"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.frequency]
options = [{ value = 0, label = "Never" }, { value = 1, label = "Often" }]

[[references]]
id = "book"
citation = "A book. It has a full stop."

[[sections]]
id = "unused"
lead-in = "Nobody reads this."

[[items]]
id = "a1"
stem = "I went to bed late."
response = "frequency"

[[items]]
id = "a2"
stem = "I woke up early"
response = "frequency"

[[scales]]
id = "total"
title = "Total"
items = ["a1", "a2"]
score = "sum"
missing = "no-score"
"#;

const GERMAN: &str = r#"format = 1
instrument = "tiny"
language = "de"
title = "Winzig"

[translation]
status = "draft"
source = "Written for a test."

[items]
a1 = "Ich ging spät ins Bett."
a2 = "Ich wachte früh auf"

[response-scales.frequency.options]
"0" = "Nie"
"1" = "Oft"

[sections.unused]
lead-in = "Das liest niemand."

[scales.total]
title = "Summe"
"#;

/// Lints that always give the same answer.
struct Fake {
    plugins: Vec<String>,
    lints: Vec<OutsideLint>,
    hits: Vec<OutsideHit>,
}

impl OutsideLints for Fake {
    fn plugins(&self) -> &[String] {
        &self.plugins
    }

    fn lints(&self) -> &[OutsideLint] {
        &self.lints
    }

    fn run(&self, linted: &Linted<'_>) -> OutsideAnswer {
        assert_eq!(linted.documents[0].name, "tiny.toml");
        assert_eq!((linted.instrument.items.len(), linted.ranges.len()), (2, 1));
        OutsideAnswer { hits: self.hits.clone(), problems: Vec::new() }
    }
}

fn house(hits: Vec<OutsideHit>) -> Fake {
    let lint = |name: &str, level| OutsideLint {
        name: name.to_owned(),
        summary: "a stem does not end with a full stop".to_owned(),
        explain: "# end-of-stem\n\nEvery stem ends with a full stop.\n".to_owned(),
        level,
    };
    let lints = vec![
        lint("house/end-of-stem", Severity::Warning),
        lint("house/unread-section", Severity::Hint),
    ];
    Fake { plugins: vec!["house".to_owned()], lints, hits }
}

fn hit(at: &str) -> OutsideHit {
    OutsideHit {
        lint: "house/end-of-stem".to_owned(),
        message: "the stem of `a2` does not end with a full stop".to_owned(),
        at: at.to_owned(),
        about: Some("a2".to_owned()),
        help: vec!["add the full stop".to_owned()],
        ..OutsideHit::default()
    }
}

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn input(definition: &str) -> Input {
    let beside = vec![source("de.toml", GERMAN)];
    Input { beside, ..Input::alone(source("tiny.toml", definition)) }
}

fn levels(set: &[(&str, Level)]) -> Levels {
    let mut levels = Levels::with_plugins(["house".to_owned()]);
    for (name, level) in set {
        levels.set(name, *level).expect("a known name");
    }
    levels
}

fn checked(definition: &str, hits: Vec<OutsideHit>, set: &[(&str, Level)]) -> Checked {
    check_with(input(definition), &levels(set), &house(hits))
}

fn outside(checked: &Checked) -> Vec<&Finding> {
    checked.findings.iter().filter(|finding| finding.code.starts_with("house/")).collect()
}

/// Returns the marked text of the first place of a finding, with the name of its file.
fn marked<'a>(checked: &'a Checked, finding: &Finding) -> (&'a str, &'a str) {
    let mark = &finding.marks[0];
    let document = &checked.documents[mark.document];
    (&document.name, &document.text[mark.span.clone()])
}

fn with(part: &str) -> String {
    format!("{DEFINITION}\n[[allow]]\nlint = \"{part}\"\nreason = \"It is a fragment.\"\n")
}

#[test]
fn findings_are_placed_in_the_definition_and_in_wordings() {
    let german = OutsideHit { file: Some("de.toml".to_owned()), ..hit("/items/a2") };
    let related = vec![("/items/0/stem".to_owned(), "this one does".to_owned())];
    let first = OutsideHit { related, ..hit("/items/1/stem") };
    let checked = checked(DEFINITION, vec![first, german], &[]);
    assert_eq!(checked.problems, []);
    let found = outside(&checked);
    assert_eq!(found.len(), 2);
    assert_eq!(marked(&checked, found[0]), ("tiny.toml", "\"I woke up early\""));
    assert_eq!(found[0].marks[1].text, "this one does");
    assert_eq!(marked(&checked, found[1]), ("de.toml", "\"Ich wachte früh auf\""));
    assert_eq!(found[0].severity, Severity::Warning);
}

#[test]
fn levels_apply_as_to_other_lints_and_never_prevent_scoring() {
    let lint = "house/end-of-stem";
    for (set, expected) in [
        (&[][..], Some(Severity::Warning)),
        (&[(lint, Level::Deny)], Some(Severity::Error)),
        (&[("house", Level::Hint)], Some(Severity::Hint)),
        (&[("house", Level::Deny), (lint, Level::Allow)], None),
        (&[("all", Level::Deny), ("house", Level::Warn)], Some(Severity::Warning)),
        (&[("warnings", Level::Deny)], Some(Severity::Error)),
        (&[(lint, Level::Hint), ("warnings", Level::Deny)], Some(Severity::Hint)),
        (&[("all", Level::Allow), ("warnings", Level::Deny)], None),
    ] {
        let checked = checked(DEFINITION, vec![hit("/items/1/stem")], set);
        let found = outside(&checked);
        assert_eq!(found.first().map(|finding| finding.severity), expected, "{set:?}");
        assert!(checked.sound().is_some(), "{set:?}: {:?}", checked.findings);
        assert!(found.iter().all(|finding| !checked.obscures(finding)), "{set:?}");
    }
}

#[test]
fn unknown_lints_are_reported_once_the_program_runs() {
    let house = house(Vec::new());
    assert_eq!(verify("house/end-of-stem", &house), Ok(()));
    let near = "did you mean `house/end-of-stem`?".to_owned();
    assert_eq!(verify("house/end-of-sten", &house), Err(Some(near)));
    assert_eq!(verify("other/end-of-sten", &house), Ok(()), "that program does not run");
    let mut levels = levels(&[]);
    assert!(levels.set("housse", Level::Warn).is_err());
    assert!(Levels::default().set("house", Level::Warn).is_err());
}

#[test]
fn settings_enable_programs_and_set_their_levels() {
    let text = "[lints]\n\"other/lint\" = \"deny\"\nrange = \"hint\"\n[lints.house]\nall = \"hint\"\n\
                end-of-stem = \"deny\"\n[lints.empty]\n[[overrides]]\npath = \"x\"\n\
                lints = { house = \"allow\", \"house/a\" = \"warn\" }\n";
    let config = read_config(source("scalewright.toml", text)).expect("the settings are right");
    let names: Vec<&str> = config.lint_plugins.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["empty", "house"]);
    let outside: Vec<String> =
        config.outside.iter().map(|(name, place)| format!("{name} {place}")).collect();
    assert_eq!(
        outside,
        [
            "house/end-of-stem /lints/house/end-of-stem",
            "other/lint /lints/other~1lint",
            "house/a /overrides/0/lints/house~1a",
        ]
    );
    let set = [("house", Level::Hint), ("house/end-of-stem", Level::Deny)];
    for (name, level) in set {
        assert!(config.lints.contains(&(name.to_owned(), level)), "{name}");
    }
    let place = |wanted| config.lints.iter().position(|(name, _)| name == wanted);
    assert!(place("house") < place("house/end-of-stem"));
    for (wrong, message) in [
        ("[lints]\nhouse = \"deny\"\n", "there is no lint or group `house`"),
        ("[lints.range]\n", "`range` is not a lint plug-in"),
        ("[lints.\"../x\"]\n", "`../x` cannot be the name of a lint plug-in"),
        ("[lints.house]\na = \"denny\"\n", "`a` cannot be `denny`"),
        ("[lints]\nrange = \"denny\"\n", "`range` cannot be `denny`"),
        ("[lints]\nrange = 3\n", "`range` takes a text in quotes, not a number"),
        ("[lints.house]\na = {}\n", "`a` takes a text in quotes, not a table"),
    ] {
        let (_, found) = read_config(source("scalewright.toml", wrong)).expect_err(wrong);
        assert!(found[0].message.contains(message), "{wrong}: {}", found[0].message);
        assert_eq!(found.len(), 1, "{wrong}");
    }
}

#[test]
fn a_definition_silences_them_and_stale_entries_are_reported() {
    let codes = |checked: &Checked| -> Vec<String> {
        let own = |finding: &&Finding| {
            finding.code.ends_with("-lint") || finding.code.ends_with("-allow")
        };
        checked.findings.iter().filter(own).map(|finding| finding.message.clone()).collect()
    };
    let allowed = with("house/end-of-stem");
    let done = checked(&allowed, vec![hit("/items/1/stem")], &[]);
    assert_eq!((outside(&done).len(), done.silenced.len(), codes(&done).len()), (0, 1, 0));
    assert_eq!(done.silenced[0].reason, "It is a fragment.");
    let stale = checked(&allowed, Vec::new(), &[]);
    assert_eq!(codes(&stale), ["`house/end-of-stem` is allowed but not found"]);
    let off = checked(&allowed, Vec::new(), &[("house", Level::Allow)]);
    assert_eq!(codes(&off).len(), 0);
    let not_run = check_at(input(&allowed), &levels(&[]));
    assert_eq!(codes(&not_run).len(), 0);
    let failed = checked(&allowed, vec![hit("nowhere")], &[]);
    assert_eq!((codes(&failed).len(), failed.problems.len()), (0, 1));
    let unknown = checked(&with("house/end-of-sten"), Vec::new(), &[]);
    assert_eq!(codes(&unknown), ["there is no lint `house/end-of-sten`"]);
    let elsewhere = format!("{}at = \"a1\"\n", allowed);
    let elsewhere = checked(&elsewhere, vec![hit("/items/1/stem")], &[]);
    assert_eq!((outside(&elsewhere).len(), codes(&elsewhere).len()), (1, 1));
}

#[test]
fn safe_fixes_are_applied_and_others_are_refused() {
    let fix = |change| Some(OutsideFix { message: "change it".to_owned(), changes: vec![change] });
    // Words, the rights in them, and what decides whether a key may be published.
    for (at, text) in [
        ("/items/1/stem", "No."),
        ("/rights/licence", "CC0-1.0 or later"),
        ("/rights/holder", "somebody else"),
        ("/version", "9.9.9"),
    ] {
        let unsafe_fix = fix(OutsideChange::Replace(at.to_owned(), text.to_owned()));
        let house = house(vec![OutsideHit { fix: unsafe_fix, ..hit(at) }]);
        let fixed = fix_with(
            input(DEFINITION),
            &levels(&[("all", Level::Allow), ("house", Level::Warn)]),
            &house,
        );
        assert_eq!((fixed.changed.len(), fixed.done.len()), (0, 0), "`{at}` would change");
    }

    let change = OutsideChange::Replace("/references/0/citation".to_owned(), "A book".to_owned());
    let house = self::house(vec![OutsideHit { fix: fix(change), ..hit("/references/0") }]);
    let fixed = fix_with(
        input(DEFINITION),
        &levels(&[("all", Level::Allow), ("house", Level::Warn)]),
        &house,
    );
    assert_eq!(fixed.changed.len(), 1);
    assert_eq!(fixed.done[0].code, "house/end-of-stem");
    assert!(fixed.checked.documents[0].text.contains("citation = \"A book\"\n"));
}

#[test]
fn each_report_has_the_findings() {
    let checked = checked(DEFINITION, vec![hit("/items/1/stem")], &[("house", Level::Deny)]);
    let mut report = Report::new();
    report.add(&checked, &[], Path::new("/"));
    let sarif = sarif::report(&report);
    for text in [
        json::report(&report),
        sarif.clone(),
        github::report(&report),
        gitlab::report(&report),
        junit::report(&report, false),
    ] {
        assert!(text.contains("house/end-of-stem"), "{text}");
    }
    let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("it is JSON");
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    let rule = rules.iter().find(|rule| rule["id"] == "house/end-of-stem").expect("its rule");
    assert_eq!(rule["shortDescription"]["text"], "a stem does not end with a full stop");
    assert!(rule["help"]["text"].as_str().is_some_and(|text| text.contains("Every stem ends")));
    assert_eq!(rule["defaultConfiguration"]["level"], "warning");
    let result = sarif["runs"][0]["results"].as_array().expect("results").iter();
    let mut result = result.filter(|result| result["ruleId"] == "house/end-of-stem");
    assert_eq!(result.next().expect("its result")["level"], "error");
}

#[test]
fn wrong_answers_are_errors_of_the_program() {
    let base = || hit("/items/1/stem");
    let fix = |change| Some(OutsideFix { message: "change it".to_owned(), changes: vec![change] });
    let remove = |at: &str| fix(OutsideChange::Remove(at.to_owned()));
    let replace = |at: &str| fix(OutsideChange::Replace(at.to_owned(), "x".to_owned()));
    let long = "a".repeat(1_001);
    let named = |lint: &str| OutsideHit { lint: lint.to_owned(), ..base() };
    let worded = |message: &str| OutsideHit { message: message.to_owned(), ..base() };
    for (wrong, part) in [
        (hit("/items/9/stem"), "which does not exist"),
        (hit("/items/a2"), "is not an index"),
        (hit("items/1"), "not a JSON pointer"),
        (hit("/~2"), "neither `~0` nor `~1`"),
        (named("house/other"), "does not declare"),
        (named("band-gap"), "does not declare"),
        (named("\u{1b}[2J"), "\\u{1b}[2J"),
        (worded(""), "is empty"),
        (worded("\u{1b}[31mred"), "control character \\u{1b}"),
        (worded("two\nlines"), "control character"),
        (worded(&long), "longer than 1000 characters"),
        (OutsideHit { file: Some("/etc/passwd".to_owned()), ..base() }, "was not given"),
        (OutsideHit { help: vec![long.clone()], ..base() }, "its help is longer"),
        (OutsideHit { help: vec!["x".to_owned(); 21], ..base() }, "more than 20"),
        (OutsideHit { related: vec![("/x".to_owned(), String::new())], ..base() }, "not exist"),
        (OutsideHit { fix: remove("/x"), ..base() }, "which does not exist"),
        (OutsideHit { fix: replace("/format"), ..base() }, "which is not a text"),
    ] {
        let checked = checked(DEFINITION, vec![wrong.clone(), base()], &[]);
        let [OutsideProblem { plugin, message, .. }] = &checked.problems[..] else {
            panic!("{wrong:?}: {:?}", checked.problems);
        };
        assert_eq!(plugin, "house", "{wrong:?}");
        assert!(message.contains(part), "{wrong:?}: {message}");
        assert_eq!(outside(&checked).len(), 1, "{wrong:?}: the other finding is shown");
    }
    let flood = checked(DEFINITION, vec![base(); 5_000], &[("house", Level::Deny)]);
    assert_eq!(flood.problems.len(), 1);
    assert!(flood.problems[0].message.contains("more than 200 findings"));
    assert!(flood.problems[0].message.ends_with("(and 4799 more problems)"));
}

#[test]
fn a_declared_lint_cannot_pass_for_another_one() {
    for name in ["band-gap", "other/lint", "house/", "house/a b", "house/\u{1b}[2J"] {
        let mut house = house(vec![OutsideHit { lint: name.to_owned(), ..hit("/items/1/stem") }]);
        house.lints.push(OutsideLint { name: name.to_owned(), ..house.lints[0].clone() });
        let checked = check_with(input(DEFINITION), &levels(&[("all", Level::Deny)]), &house);
        let messages: Vec<&str> =
            checked.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(messages[0].contains("is not named `PLUGIN/LINT`"), "{messages:?}");
        assert!(checked.findings.iter().all(|finding| finding.code != name), "{name}");
    }
}

#[test]
fn the_command_line_names_what_it_does_not_find() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let definition = DEFINITION.replace("translations = [\"de\"]\n", "");
    std::fs::write(folder.path().join("tiny.toml"), definition).expect("written");
    let result = run(&["check", "--lints", "no-such", "tiny.toml"], folder.path());
    assert_eq!(result.code, 2);
    assert!(result.err.contains("there is no lint plug-in `no-such`"), "{}", result.err);
    let result = run(&["explain", "house/end-of-stem"], folder.path());
    assert_eq!(result.code, 2);
    assert!(result.err.contains("a lint of the plug-in `house`"), "{}", result.err);
    // Other commands do not run the plug-ins, so their names are accepted.
    std::fs::write(folder.path().join("scalewright.toml"), "[lints.house]\na = \"deny\"\n")
        .expect("written");
    std::fs::write(folder.path().join("answers.csv"), "a1,a2\n1,0\n").expect("written");
    let result = run(&["score", "tiny.toml", "answers.csv"], folder.path());
    assert_eq!(result.code, 0, "{}", result.err);
}
