//! Broken, huge and hostile sources: one clear report, and never a panic.

use scalewright_import::{Import, Options, Sources, import};
use scalewright_model::Stop;

use super::{examples, options};
use crate::oracles::Dice;

fn tried(name: &str, bytes: &[u8], options: &Options) -> Result<Import, Stop> {
    import(&Sources { file: name, bytes, beside: &|_| None, attached: &[] }, None, options)
}

fn refused(name: &str, bytes: &[u8]) -> String {
    match tried(name, bytes, &Options::default()) {
        Err(stop) => stop.message,
        Ok(import) => panic!("{name} was read as {}", import.format.1),
    }
}

#[test]
fn broken_files_are_refused_with_their_place() {
    for (name, bytes, message) in [
        ("empty.json", &b""[..], "empty.json: the file is empty"),
        ("spaces.csv", b" \n\t", "spaces.csv: the file is empty"),
        (
            "cut.osd",
            b"{\"definition\": {\"items\": [",
            "cut.osd:1:26: the JSON has an error: EOF while parsing a list",
        ),
        ("comma.osd", b"{\"a\": 1,}", "comma.osd:1:9: the JSON has an error: trailing comma"),
        ("other.json", b"{\"a\": 1}", "other.json: the file is of no format that can be imported"),
        (
            "bytes.bin",
            &[0, 159, 146, 150, 0, 1, 2, 3],
            "bytes.bin: the file is of no format that can be imported",
        ),
    ] {
        assert_eq!(refused(name, bytes), message);
    }
    let deep = "[".repeat(10_000);
    assert_eq!(
        refused("deep.json", deep.as_bytes()),
        "deep.json:1:128: the file is nested deeper than 128 levels"
    );
}

#[test]
fn an_unknown_format_is_refused_with_a_suggestion() {
    let sources = Sources {
        file: "x.osd",
        bytes: b"{\"definition\": {\"items\": []}}",
        beside: &|_| None,
        attached: &[],
    };
    let stop =
        import(&sources, Some("osdd"), &Options::default()).expect_err("there is no such format");
    assert_eq!(stop.message, "no format is called `osdd`");
    assert!(stop.help.iter().any(|help| help.contains("osd")), "{:?}", stop.help);
    let stop = import(&sources, None, &Options::default()).expect_err("it has no items");
    assert_eq!(stop.message, "x.osd: the definition has no items to answer");
}

/// Sources whose bytes are changed at random either give a definition without an error or are refused.
#[test]
fn damaged_sources_never_panic() {
    let mut dice = Dice::seeded(7);
    for folder in examples() {
        let (options, name, _) = options(&folder);
        let bytes = std::fs::read(folder.join(&name)).expect("readable");
        for _ in 0..25 {
            let mut damaged = bytes.clone();
            for _ in 0..=dice.roll(3) {
                let at = dice.roll(damaged.len());
                match dice.roll(4) {
                    0 => damaged.truncate(at.max(1)),
                    1 => damaged[at] = b' ' + u8::try_from(dice.roll(95)).expect("small"),
                    2 => {
                        damaged.remove(at);
                    }
                    _ => {
                        let end = (at + dice.roll(40)).min(damaged.len());
                        let part = damaged[at..end].to_vec();
                        damaged.splice(at..at, part);
                    }
                }
                if damaged.is_empty() {
                    break;
                }
            }
            let beside = |path: &str| std::fs::read(folder.join(path)).ok();
            let sources = Sources { file: &name, bytes: &damaged, beside: &beside, attached: &[] };
            if let Err(stop) = import(&sources, None, &options) {
                assert!(!stop.message.is_empty());
            }
        }
    }
}
