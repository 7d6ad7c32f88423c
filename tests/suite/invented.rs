//! Instruments generated from a seed, for tests that apply to all instruments. Together they use every feature of the
//! format. The same seed always gives the same instrument. All wording is invented.
//!
//! `SCALEWRIGHT_INVENTED=500 cargo test -p scalewright-tests -- invented` generates more than the usual number.

mod scales;
mod words;

use std::fmt::Write;

use scalewright_check::{Checked, Input, Level, Levels, Source, check_at};
use scalewright_export::TARGETS;

use crate::oracles::Dice;

/// The number of instruments in a usual run.
const USUAL: usize = 40;

/// The possible answers to an item, as far as later parts need them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answers {
    /// Coded options: their values without those of non-response, and whether every reversed value is an answer too.
    Coded {
        values: Vec<i64>,
        reversible: bool,
    },
    YesNo,
    /// The lowest and highest number and the decimals, if both limits are declared.
    Number {
        low: i64,
        high: i64,
        decimals: u32,
    },
    /// Minutes since midnight.
    Time,
    /// Several of the options 1, 2 and so on. Formulas look into them.
    Several {
        options: usize,
    },
    /// Texts and dates, which cannot be scored.
    Other,
}

/// A generated item.
pub(super) struct Made {
    pub(super) id: String,
    pub(super) response: usize,
    pub(super) answers: Answers,
}

/// A definition and its translation.
pub(crate) struct Invented {
    pub(crate) id: String,
    pub(crate) definition: String,
    pub(crate) german: Option<String>,
}

/// Generates the instrument of a seed.
pub(crate) fn invent(seed: u64) -> Invented {
    let mut dice = Dice::seeded(seed);
    let id = format!("invented-{seed}");
    let mut text = head(&id, &mut dice);
    let responses = responses(&mut text, &mut dice);
    let sections = sections(&mut text, &mut dice);
    let items = items(&mut text, &responses, sections, &mut dice);
    // Dice of their own, so that the rest of each instrument does not depend on them.
    notes(&mut text, &items, &mut Dice::seeded(seed ^ 0x6e6f_7465));
    scales::write(&mut text, &items, &mut dice);
    let german = (dice.roll(3) == 0).then(|| words::german(&id, &text));
    Invented { id, definition: text, german }
}

/// The checked instruments: the usual number, or as many as `SCALEWRIGHT_INVENTED` states.
pub(crate) fn corpus() -> Vec<(String, Checked)> {
    (0..count()).map(|seed| load(&invent(seed as u64))).collect()
}

fn count() -> usize {
    let asked = std::env::var("SCALEWRIGHT_INVENTED").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(USUAL)
}

/// Checks a definition, which must have no error.
pub(crate) fn load(invented: &Invented) -> (String, Checked) {
    let source =
        |name: &str, text: &str| Source { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let definition = source("instrument.toml", &invented.definition);
    let beside = invented.german.iter().map(|text| source("de.toml", text)).collect();
    // Random instruments are rarely good psychometrics, so lints only give hints.
    let mut levels = Levels::default();
    levels.set("all", Level::Hint).expect("lints exist");
    let checked = check_at(Input { beside, targets: TARGETS, ..Input::alone(definition) }, &levels);
    let wrong: Vec<&str> =
        checked.findings.iter().filter(|f| f.is_error()).map(|f| f.message.as_str()).collect();
    assert!(wrong.is_empty(), "{}: {wrong:?}\n{}", invented.id, invented.definition);
    (invented.id.clone(), checked)
}

fn head(id: &str, dice: &mut Dice) -> String {
    let mut text = format!(
        "format = 1\nid = \"{id}\"\ntitle = {}\nversion = \"1.{}.0\"\nstatus = \"development\"\nlanguage = \"en\"\n",
        words::text(dice),
        dice.roll(10),
    );
    if dice.roll(2) == 0 {
        let _ = writeln!(text, "instructions = {}", words::text(dice));
    }
    if dice.roll(2) == 0 {
        let _ = writeln!(text, "url = \"https://example.org/{id}\"");
    }
    text += "\n[rights]\nholder = \"scalewright authors\"\nlicence = \"CC0-1.0\"\nwording = \"included\"\n\n\
             [administration]\nrespondent = \"self\"\n";
    text
}

/// Writes the response scales, with coded options first. Every kind occurs with some seed.
fn responses(text: &mut String, dice: &mut Dice) -> Vec<Answers> {
    let mut made = Vec::new();
    for index in 0..2 + dice.roll(4) {
        let _ = write!(text, "\n[response-scales.r{index}]\n");
        let kind = if index < 2 { 0 } else { dice.roll(8) };
        made.push(match kind {
            0 | 1 => coded(text, dice),
            2 => {
                *text += "type = \"yes-no\"\n";
                if index % 2 == 1 {
                    *text += "yes-label = \"True\"\nno-label = \"Not true\"\n";
                }
                Answers::YesNo
            }
            3 => numeric(text, dice),
            4 => analogue(text, dice),
            5 => {
                *text += "type = \"time\"\n";
                Answers::Time
            }
            6 => several(text, dice),
            _ => {
                let kinds =
                    ["type = \"text\"\nlines = 3\n", "type = \"date\"\n", "type = \"text\"\n"];
                *text += kinds[dice.roll(3)];
                Answers::Other
            }
        });
    }
    made
}

fn coded(text: &mut String, dice: &mut Dice) -> Answers {
    let count = 2 + dice.roll(6);
    let size = i64::try_from(count).expect("few");
    let (values, reversible): (Vec<i64>, bool) = match dice.roll(5) {
        0 => ((1..=size).collect(), true),
        // No zero in the middle.
        1 => ((-size..=size).filter(|v| *v != 0).collect(), true),
        // With gaps, a reversed value is not always an answer.
        2 if count > 2 => ((0..size).map(|v| v * v).collect(), false),
        _ => ((0..size).collect(), true),
    };
    let coded = dice.roll(4) == 0;
    *text += "options = [\n";
    for (at, value) in values.iter().enumerate() {
        let code = if coded { format!(", code = \"o{at}\"") } else { String::new() };
        let label = words::label(at, dice);
        // Some options between the ends have only their numbers.
        let words = match count > 3 && at % 2 == 1 && at + 1 < count {
            true => "unlabelled = true".to_owned(),
            false => format!("label = {label}"),
        };
        let _ = writeln!(text, "  {{ value = {value}, {words}{code} }},");
    }
    if dice.roll(3) == 0 {
        let _ = writeln!(
            text,
            "  {{ value = 99, label = \"Prefer not to say\", non-response = true }},"
        );
    }
    *text += "]\n";
    Answers::Coded { values, reversible }
}

fn numeric(text: &mut String, dice: &mut Dice) -> Answers {
    let (low, decimals) =
        (i64::try_from(dice.roll(20)).expect("small"), [0, 0, 1, 2][dice.roll(4)]);
    let high = low + 5 + i64::try_from(dice.roll(90)).expect("small");
    let _ = write!(text, "type = \"numeric\"\nmin = {low}\nmax = {high}\ndecimals = {decimals}\n");
    if dice.roll(2) == 0 {
        *text += "unit = \"cm\"\n";
    }
    Answers::Number { low, high, decimals }
}

fn analogue(text: &mut String, dice: &mut Dice) -> Answers {
    let (high, decimals) = [(100, 0), (10, 1)][dice.roll(2)];
    let _ = write!(
        text,
        "type = \"visual-analogue\"\nmin = 0\nmax = {high}\ndecimals = {decimals}\nmin-label = {}\nmax-label = {}\n",
        words::label(0, dice),
        words::label(1, dice)
    );
    Answers::Number { low: 0, high, decimals }
}

fn several(text: &mut String, dice: &mut Dice) -> Answers {
    *text += "type = \"several-choice\"\noptions = [\n";
    let options = 2 + dice.roll(4);
    for value in 1..=options {
        let _ = writeln!(text, "  {{ value = {value}, label = {} }},", words::label(value, dice));
    }
    *text += "]\n";
    Answers::Several { options }
}

/// Writes the sections. Returns their number.
fn sections(text: &mut String, dice: &mut Dice) -> usize {
    let count = dice.roll(3);
    for index in 0..count {
        let _ = write!(text, "\n[[sections]]\nid = \"s{index}\"\n");
        for key in ["title", "lead-in", "instructions"] {
            if dice.roll(2) == 0 {
                let _ = writeln!(text, "{key} = {}", words::text(dice));
            }
        }
    }
    count
}

fn items(text: &mut String, responses: &[Answers], sections: usize, dice: &mut Dice) -> Vec<Made> {
    let count = 4 + dice.roll(11);
    let long = dice.roll(6) == 0;
    let mut made: Vec<Made> = Vec::new();
    for index in 0..count {
        let id = match long {
            true => format!("a_rather_long_name_for_an_item_{}", index + 1),
            false => format!("q{}", index + 1),
        };
        // The first two response scales can be scored. At least four items use them.
        let response = if index < 4 { dice.roll(2) } else { dice.roll(responses.len()) };
        let _ = write!(
            text,
            "\n[[items]]\nid = \"{id}\"\nstem = {}\nresponse = \"r{response}\"\n",
            words::text(dice)
        );
        if sections > 0 && index * (sections + 1) / count > 0 {
            let _ = writeln!(text, "section = \"s{}\"", index * (sections + 1) / count - 1);
        }
        if dice.roll(6) == 0 {
            *text += "required = true\n";
        }
        if dice.roll(8) == 0 {
            let _ = writeln!(text, "number = \"{}{}\"", index + 1, ["a", ".", ""][dice.roll(3)]);
        }
        if let Some(condition) = (dice.roll(4) == 0).then(|| condition(&made, dice)).flatten() {
            let _ = writeln!(text, "ask-if = \"{condition}\"");
            if let (Answers::Coded { values, .. }, 0) = (&responses[response], dice.roll(2)) {
                let _ = writeln!(text, "when-not-asked = {}", values[0]);
            }
        }
        made.push(Made { id, response, answers: responses[response].clone() });
    }
    made
}

/// Writes notes at any places, some of them with a condition about earlier items.
fn notes(text: &mut String, items: &[Made], dice: &mut Dice) {
    for index in 0..dice.roll(4) {
        let at = dice.roll(items.len());
        let is_after = dice.roll(3) == 0;
        let side = if is_after { "after" } else { "before" };
        let words = words::text(dice);
        let _ = write!(text, "\n[[notes]]\nid = \"n{}\"\ntext = {words}\n", index + 1);
        let _ = writeln!(text, "{side} = \"{}\"", items[at].id);
        let earlier = &items[..at + usize::from(is_after)];
        if let Some(condition) = (dice.roll(3) == 0).then(|| condition(earlier, dice)).flatten() {
            let _ = writeln!(text, "ask-if = \"{condition}\"");
        }
    }
}

/// A condition about earlier items.
pub(super) fn condition(items: &[Made], dice: &mut Dice) -> Option<String> {
    let mut parts = Vec::new();
    for _ in 0..=dice.roll(2) {
        let several = items.iter().rev().find(|i| matches!(i.answers, Answers::Several { .. }));
        let item = items.get(dice.roll(items.len().max(1)))?;
        let item = several.filter(|_| dice.roll(2) == 0).unwrap_or(item);
        if let Answers::Several { options } = item.answers {
            let (first, id) = (1 + dice.roll(options), &item.id);
            let call = ["any", "all", "not any"][dice.roll(3)];
            let second = 1 + first % options;
            parts.push(format!("{call}({id}, {first}, {second})"));
            continue;
        }
        let value = match &item.answers {
            Answers::Coded { values, .. } => values[dice.roll(values.len())],
            Answers::YesNo => 1,
            Answers::Number { low, high, .. } => (low + high) / 2,
            Answers::Time | Answers::Several { .. } | Answers::Other => return None,
        };
        let comparison = ["=", "!=", ">", "<=", ">=", "<"][dice.roll(6)];
        let not = ["", "", "not "][dice.roll(3)];
        parts.push(format!("{not}{} {comparison} {value}", item.id));
    }
    Some(parts.join([" and ", " or "][dice.roll(2)]))
}

#[test]
fn invented_instruments_check_and_show_every_feature() {
    let all: String = (0..USUAL as u64).map(|seed| invent(seed).definition).collect();
    for feature in [
        "visual-analogue",
        "yes-no",
        "several-choice",
        "any(q",
        "\"time\"",
        "\"text\"",
        "\"date\"",
        "numeric",
        "non-response",
        "code =",
        "ask-if",
        "when-not-asked",
        "required",
        "[[sections]]",
        "[[notes]]",
        "lead-in",
        "recode",
        "weights",
        "prorate",
        "answered-only",
        "substitute =",
        "min-proportion",
        "min-answered",
        "more-than-answered",
        "max-missing",
        "mandatory",
        "round =",
        "multiply",
        "rescale",
        "intercept",
        "scales = [",
        "formula",
        "lookup(",
        "ln(",
        "sqrt(",
        "count(",
        "if ",
        "bands = [",
        "[[norms]]",
        "[[flags]]",
        "[tables.",
        "\"-q",
        "a_rather_long",
        "\"mean\"",
        "\"max\"",
    ] {
        assert!(all.contains(feature), "none of {USUAL} has `{feature}`");
    }
    assert_eq!(corpus().len(), count(), "all are checked without errors");
    assert!((0..USUAL as u64).any(|seed| invent(seed).german.is_some()), "some are translated");
}

/// Writes each instrument into a folder for inspection: `SCALEWRIGHT_INVENTED_TO=folder`.
#[test]
fn invented_instruments_are_written_on_request() {
    let Ok(folder) = std::env::var("SCALEWRIGHT_INVENTED_TO") else { return };
    for seed in 0..count() as u64 {
        let Invented { id, definition, german } = invent(seed);
        let folder = std::path::Path::new(&folder).join(id);
        std::fs::create_dir_all(&folder).expect("the folder can be created");
        std::fs::write(folder.join("instrument.toml"), definition).expect("the file is writable");
        if let Some(text) = german {
            std::fs::write(folder.join("de.toml"), text).expect("the file is writable");
        }
    }
}
