//! Written definitions can be read back as the same file, and `fmt` leaves them unchanged.

use std::fmt::Debug;
use std::path::PathBuf;

use scalewright_check::{SchemaKind, Source, Writer, layout};
use scalewright_model::Pointer;
use scalewright_model::file::{CasesFile, InstrumentFile, ItemFile, WordingFile};
use serde::de::DeserializeOwned;

use crate::invented::invent;
use crate::oracles::Dice;
use crate::support::root;
use crate::tidy::files;

/// A kind of file that can be written.
trait Written: DeserializeOwned + PartialEq + Debug {
    const KIND: SchemaKind;
    fn write(&self, writer: &Writer) -> String;
}

impl Written for InstrumentFile {
    const KIND: SchemaKind = SchemaKind::Instrument;
    fn write(&self, writer: &Writer) -> String {
        writer.instrument(self)
    }
}

impl Written for WordingFile {
    const KIND: SchemaKind = SchemaKind::Wording;
    fn write(&self, writer: &Writer) -> String {
        writer.wording(self)
    }
}

impl Written for CasesFile {
    const KIND: SchemaKind = SchemaKind::Cases;
    fn write(&self, writer: &Writer) -> String {
        writer.cases(self)
    }
}

/// Writes a file, asserts that it can be read back and is canonical, and returns the text.
fn round_trip<T: Written>(file: &T, writer: &Writer, what: &str) -> String {
    let text = file.write(writer);
    let back: T = toml::from_str(&text).unwrap_or_else(|error| panic!("{what}: {error}\n{text}"));
    assert_eq!(*file, back, "{what}:\n{text}");
    let source = Source { name: what.to_owned(), bytes: text.clone().into_bytes() };
    assert_eq!(layout(source, Some(T::KIND)).text.as_ref(), Some(&text), "{what}: not canonical");
    text
}

/// Tests a text if it is a file of this kind. Returns whether it is.
fn tried<T: Written>(text: &str, what: &str) -> bool {
    let Ok(file) = toml::from_str::<T>(text) else { return false };
    round_trip(&file, &Writer::new(), what);
    true
}

#[test]
fn every_instrument_and_fixture_round_trips() {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in ["instruments", "tests"] {
        files(&root().join(folder), ".toml", &mut paths);
    }
    let mut counts = [0; 3];
    for path in paths {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let what = path.display().to_string();
        counts[0] += usize::from(tried::<InstrumentFile>(&text, &what));
        counts[1] += usize::from(tried::<WordingFile>(&text, &what));
        counts[2] += usize::from(tried::<CasesFile>(&text, &what));
    }
    let [instruments, wordings, cases] = counts;
    assert!(
        instruments > 300 && wordings > 60 && cases > 60,
        "too few files were found: {counts:?}"
    );
}

#[test]
fn five_hundred_invented_instruments_round_trip() {
    for seed in 0..500 {
        let invented = invent(seed);
        assert!(tried::<InstrumentFile>(&invented.definition, &invented.id));
        if let Some(german) = &invented.german {
            assert!(tried::<WordingFile>(german, &invented.id));
        }
    }
}

/// A random text of characters that could end a string, a line, a key or a comment.
fn hostile(dice: &mut Dice) -> String {
    const PARTS: [&str; 20] = [
        "a", "word ", " ", "  ", "\n", "\r\n", "\t", "\"", "\"\"\"", "'", "'''", "\\", "#", "]",
        "=", "\u{0}", "\u{7f}", "\u{85}", "é", "\u{202e}",
    ];
    (0..dice.roll(40)).map(|_| PARTS[dice.roll(PARTS.len())]).collect()
}

fn number(dice: &mut Dice) -> f64 {
    const NUMBERS: [f64; 10] =
        [0.0, 1.0, -1.0, 0.1, 1e-9, 1e22, 1.0 / 3.0, f64::MAX, f64::MIN_POSITIVE, f64::INFINITY];
    NUMBERS[dice.roll(NUMBERS.len())]
}

#[test]
fn hostile_texts_names_and_comments_round_trip() {
    for seed in 0..300 {
        let mut dice = Dice::seeded(seed);
        let mut file: InstrumentFile =
            toml::from_str(&invent(seed).definition).expect("it is an instrument");
        file.title = hostile(&mut dice);
        file.description = Some(hostile(&mut dice));
        file.authors = vec![hostile(&mut dice), hostile(&mut dice)];
        file.rights.digests.insert(hostile(&mut dice), hostile(&mut dice));
        let renamed = std::mem::take(&mut file.response_scales).into_values();
        file.response_scales = renamed.map(|scale| (hostile(&mut dice), scale)).collect();
        for scale in file.response_scales.values_mut() {
            scale.min = Some(number(&mut dice));
            scale.options.iter_mut().for_each(|option| option.label = Some(hostile(&mut dice)));
        }
        for scale in &mut file.scales {
            scale.weights.insert(hostile(&mut dice), number(&mut dice).into());
            scale.formula = Some(hostile(&mut dice));
        }
        let mut writer = Writer::new().head(&hostile(&mut dice)).column(30);
        for place in places(&file) {
            writer = match dice.roll(3) {
                0 => writer.above(place, &hostile(&mut dice)),
                1 => writer.beside(place, &hostile(&mut dice)),
                _ => writer,
            };
        }
        round_trip(&file, &writer, &format!("seed {seed}"));
    }
}

/// Locations with a line of their own, without one, and some that the file may not have.
fn places(file: &InstrumentFile) -> Vec<Pointer> {
    let top = |key| Pointer::root().key(key);
    let names = file.response_scales.keys().map(|name| top("response-scales").key(name));
    let items = (0..file.items.len()).map(|index| top("items").index(index));
    let mut places: Vec<Pointer> = names.chain(items).collect();
    places.extend([
        Pointer::root(),
        top("title"),
        top("rights"),
        top("rights").key("use").key("research"),
        top("response-scales"),
        top("items"),
        top("items").index(0).key("codes").index(0),
        top("scales").index(0).key("bands").index(0).key("label"),
        top("scales").index(0).key("no-such-key"),
        top("no-such-key"),
    ]);
    places
}

#[test]
fn comments_are_at_the_requested_locations() {
    let mut file: InstrumentFile = toml::from_str(SMALL).expect("it is an instrument");
    file.items
        .push(ItemFile { stem: Some("How \"calm\"?".to_owned()), ..ItemFile::new("b", "often") });
    let top = |key| Pointer::root().key(key);
    let writer = Writer::new()
        .schema("instrument.schema.json")
        .head("First line.\n\nThird line.")
        .above(top("title"), "Above a key.")
        .beside(top("version"), "beside a key")
        .beside(top("rights"), "beside a header")
        .above(top("response-scales").key("often"), "Above a header.")
        .above(top("response-scales").key("often").key("options").index(1), "On an option.")
        .above(top("items"), "Above the first of a list.")
        .above(top("items").index(1), "Above an item.")
        .beside(top("items").index(1).key("section"), "on a key that the item does not have")
        .column(20);
    let text = round_trip(&file, &writer, "comments");
    assert_eq!(text, COMMENTED);
}

const SMALL: &str = r#"
format = 1
id = "small"
title = "Small"
version = "1.0.0"
status = "active"
language = "en"
rights = { holder = "nobody", licence = "CC0-1.0", wording = "included" }
administration = { respondent = "self" }
response-scales.often.options = [{ value = 0, label = "No" }, { value = 1, label = "Yes" }]
items = [{ id = "a", stem = "Calm?", response = "often" }]
"#;

const COMMENTED: &str = r#"#:schema instrument.schema.json
# First line.
#
# Third line.
format = 1
id = "small"
# Above a key.
title = "Small"
version = "1.0.0"   # beside a key
status = "active"
language = "en"

[rights]            # beside a header
holder = "nobody"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

# Above a header.
[response-scales.often]

[[response-scales.often.options]]
value = 0
label = "No"

# On an option.
[[response-scales.often.options]]
value = 1
label = "Yes"

# Above the first of a list.
[[items]]
id = "a"
stem = "Calm?"
response = "often"

# Above an item.
[[items]]
id = "b"
stem = 'How "calm"?'
response = "often"
# on a key that the item does not have
"#;

#[test]
fn names_have_the_requested_order_or_the_natural_one() {
    let mut file = WordingFile::new("small", "de");
    for name in ["q10", "q9", "b", "q1"] {
        file.items.insert(name.to_owned(), String::new());
    }
    let text = round_trip(&file, &Writer::new(), "in natural order");
    assert!(text.ends_with("[items]\nb = \"\"\nq1 = \"\"\nq9 = \"\"\nq10 = \"\"\n"), "{text}");
    let writer = Writer::new().order(Pointer::root().key("items"), ["q10", "b"].map(str::to_owned));
    let text = round_trip(&file, &writer, "in a requested order");
    assert!(text.ends_with("[items]\nq10 = \"\"\nb = \"\"\nq1 = \"\"\nq9 = \"\"\n"), "{text}");
}
