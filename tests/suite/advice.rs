//! Following the advice of a message leads to the right score or to another message, never silently to a wrong score.

use scalewright_check::{Checked, Input, Source, check};
use scalewright_scoring::{Column, Responses, evaluate};

/// A definition whose scores are known.
const RIGHT: &str = include_str!("advice/right.toml");
const NAMES: [&str; 7] = ["calm_1", "calm_2", "rest", "ease_1", "ease_2", "sleep", "up_100"];

fn checked(text: &str) -> Checked {
    check(Input::alone(Source { name: "advice.toml".to_owned(), bytes: text.into() }))
}

fn errors(checked: &Checked) -> Vec<&scalewright_check::Finding> {
    checked.findings.iter().filter(|finding| finding.is_error()).collect()
}

/// The scores of one respondent, sorted by the id of the scale. Reversing any single item changes them.
fn scores(checked: &Checked) -> Vec<(String, Option<f64>)> {
    let answers = [3.0, 1.0, 0.0, 2.0, 1.0, 2.0];
    let columns = answers.iter().map(|answer| {
        let mut column = Column::default();
        column.push(Some(*answer));
        column
    });
    let instrument = checked.instrument.as_ref().expect("the definition was resolved");
    let scored = evaluate(&checked.program, &Responses { rows: 1, items: columns.collect() });
    let named =
        checked.program.scores.iter().zip(scored).map(|(score, scored)| {
            (instrument.scales[score.scale.0].id.clone(), scored.score.get(0))
        });
    let mut named: Vec<(String, Option<f64>)> = named.collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    named
}

/// Returns the name that the first error suggests, or `None` if it suggests none or offers a choice.
fn meant(checked: &Checked) -> Option<String> {
    let first = errors(checked).into_iter().next()?;
    let help = first.help.iter().find(|help| help.starts_with("did you mean `"))?;
    let (name, rest) = help.strip_prefix("did you mean `")?.split_once('`')?;
    (!rest.starts_with(" or ")).then(|| name.to_owned())
}

#[test]
fn the_fixture_has_the_scores_calculated_by_hand() {
    // up: 3 + (3 - 1) + 0 = 5; down: (3 - 2) + 1 + (3 - 2) = 3; both, of 0 to 100: (500/9 + (100 - 300/9)) / 2.
    let scored = scores(&checked(RIGHT));
    let by_hand = [
        ("both", (500.0 / 9.0 + (100.0 - 300.0 / 9.0)) / 2.0),
        ("down", 3.0),
        ("down_100", 300.0 / 9.0),
        ("least", 500.0 / 9.0),
        ("up", 5.0),
        ("up_100", 500.0 / 9.0),
    ];
    assert_eq!(scored.len(), by_hand.len());
    for ((id, score), (name, expected)) in scored.iter().zip(by_hand) {
        assert_eq!(id, name);
        assert!(score.is_some_and(|score| (score - expected).abs() < 1e-9), "{id}: {score:?}");
    }
}

/// A name with each kind of typing mistake, and each way to mark reversal.
fn variants(name: &str) -> Vec<String> {
    let mut variants = Vec::new();
    let bare = name.trim_start_matches('-');
    for sign in ["–", "−", "- ", " -", "--", "~", "!", "-", ""] {
        variants.push(format!("{sign}{bare}"));
    }
    for ending in ["r", "R", "_r", " (r)", "_rev", "*", "-", "x", "b", "2"] {
        variants.push(format!("{name}{ending}"));
    }
    for (start, end) in [("r_", ""), ("rev_", ""), ("reverse(", ")"), ("-", "x"), ("-x", "")] {
        variants.push(format!("{start}{bare}{end}"));
    }
    for at in name.char_indices().map(|(at, _)| at) {
        variants.push(format!("{}{}", &name[..at], &name[at + 1..]));
        variants.push(format!("{}q{}", &name[..at], &name[at..]));
        if at > 0 {
            let (before, pair) = (&name[..at - 1], &name[at - 1..=at]);
            let turned: String = pair.chars().rev().collect();
            variants.push(format!("{before}{turned}{}", &name[at + 1..]));
        }
    }
    variants
}

/// The definition with an entry of a scale's list replaced.
fn with_entry(entry: &str, other: &str) -> String {
    let (before, scales) = RIGHT.split_at(RIGHT.find("[[scales]]").expect("scales exist"));
    let written = format!("\"{entry}\"");
    // The id comes before the lists in which it is used.
    let at = scales.rfind(&written).expect("it is listed");
    format!("{before}{}\"{other}\"{}", &scales[..at], &scales[at + written.len()..])
}

#[test]
fn followed_suggestions_never_give_wrong_scores() {
    let right = scores(&checked(RIGHT));
    let mut followed = 0;
    for entry in ["calm_1", "-calm_2", "rest", "-ease_1", "ease_2", "-sleep", "up_100"] {
        for typed in variants(entry).into_iter().filter(|typed| typed != entry) {
            let broken = with_entry(entry, &typed);
            let Some(name) = meant(&checked(&broken)) else { continue };
            let corrected = checked(&with_entry(entry, &name));
            followed += 1;
            // A sign that the author wrote is not a typing mistake: `-calm_1` for `calm_1` is another key.
            let signed = scalewright_model::reversed_name(&typed, NAMES).is_some();
            assert!(!signed || name.starts_with('-'), "{typed}: {name}");
            if !errors(&corrected).is_empty() || signed != entry.starts_with('-') {
                continue;
            }
            assert_eq!(scores(&corrected), right, "`{typed}` for `{entry}`, advised `{name}`");
        }
    }
    assert!(followed > 40, "{followed} suggestions were followed");
}

#[test]
fn a_sign_of_reversal_is_never_dropped() {
    for (typed, advice) in [
        ("–calm_2", "`-calm_2`"),
        ("− calm_2", "`-calm_2`"),
        ("- calm_2", "`-calm_2`"),
        ("-clam_2", "`-calm_2`"),
        ("-calm2", "`-calm_2`"),
        ("calm_2r", "`-calm_2`"),
        ("calm_2_R", "`-calm_2`"),
        ("rev(calm_2)", "`-calm_2`"),
    ] {
        let checked = checked(&RIGHT.replacen("\"-calm_2\"", &format!("\"{typed}\""), 1));
        let helps: Vec<&String> = errors(&checked).into_iter().flat_map(|f| &f.help).collect();
        assert!(helps.iter().any(|help| help.contains(advice)), "{typed}: {helps:?}");
    }
}

#[test]
fn a_reversed_part_is_accepted_with_its_sign_and_suggested_with_it() {
    let listed = |parts: &str| {
        let start = RIGHT.find("score = \"formula\" # both").expect("it exists");
        let end = start + RIGHT[start..].find("\n\n").expect("a table follows");
        let list = format!("scales = [{parts}]\nscore = \"mean\"\nmissing = \"no-score\"");
        format!("{}{list}{}", &RIGHT[..start], &RIGHT[end..])
    };
    let right = checked(&listed("\"up_100\", \"-down_100\""));
    assert!(errors(&right).is_empty(), "{:?}", errors(&right));
    for part in ["–down_100", "- down_100", "down_100r", "-dwon_100"] {
        let checked = checked(&listed(&format!("\"up_100\", \"{part}\"")));
        let found = errors(&checked);
        assert_eq!(found.len(), 1, "{part}: {found:?}");
        // Advice without the sign would lose the reversal.
        assert!(found[0].help.iter().any(|help| help.contains("`-down_100`")), "{found:?}");
    }
}

#[test]
fn reversals_in_formulas_are_not_dropped_either() {
    for (typed, advice) in [
        ("sum(calm_1, calm_2r)", "reverse(calm_2)"),
        ("sum(calm_1, rev_calm_2)", "reverse(calm_2)"),
        ("sum(calm_1, –calm_2)", "reverse(a)"),
        ("100 - down_100r", "lowest and highest"),
    ] {
        let text = RIGHT.replacen("mean(up_100, 100 - down_100)", typed, 1);
        let checked = checked(&text);
        let helps: Vec<&String> = errors(&checked).into_iter().flat_map(|f| &f.help).collect();
        assert!(helps.iter().any(|help| help.contains(advice)), "{typed}: {helps:?}");
    }
}

#[test]
fn a_key_with_the_opposite_meaning_is_not_suggested() {
    for (key, opposite) in [
        ("max-answered = 2", "min-answered"),
        ("max-proportion = \"50%\"", "min-proportion"),
        ("min-missing = 1", "max-missing"),
    ] {
        let text = RIGHT.replacen(
            "score = \"sum\"\nmissing = \"no-score\"",
            &format!("score = \"sum\"\nmissing = \"prorate\"\n{key}"),
            1,
        );
        let checked = checked(&text);
        let helps: Vec<&String> = errors(&checked).into_iter().flat_map(|f| &f.help).collect();
        let asked = format!("did you mean `{opposite}`?");
        assert!(!helps.iter().any(|help| **help == asked), "{key}: {helps:?}");
    }
}
