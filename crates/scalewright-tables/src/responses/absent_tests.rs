//! Why there is no answer, as platforms say it.

use std::path::{Path, PathBuf};

use scalewright_check::{Input, Source, check};
use scalewright_model::Instrument;

use super::kept::KeptColumns;
use super::opened::Reading;
use super::{TableInput, open};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/platforms")
}

fn instrument() -> Instrument {
    let bytes = std::fs::read(folder().join("tea-time.toml")).expect("the definition exists");
    let checked = check(Input::alone(Source { name: "tea-time.toml".to_owned(), bytes }));
    checked.instrument.expect("the definition is valid")
}

/// The missing answers with a reason in a file: the row, the item and the reason.
fn absent(file: &str) -> Vec<(usize, String, String)> {
    let (instrument, folder, mut notes) = (instrument(), folder(), Vec::new());
    let from = TableInput::File { shown: file.into(), path: folder.join(file) };
    let mut table = open(from, &Reading::default(), &instrument, &folder, &mut notes)
        .expect("the table is readable");
    let mut plan =
        table.plan(KeptColumns::Silent, &instrument, &mut notes).expect("all items exist");
    let mut batch = table.batch(&plan);
    while table.fill(&mut plan, &mut batch).expect("the rows are readable") {}
    assert!(batch.faults.is_empty(), "{:?}", batch.faults);
    let absent = batch.absent.iter().map(|absent| {
        let item = instrument.items[absent.item].id.clone();
        (absent.row, item, absent.reason.to_string())
    });
    absent.collect()
}

#[test]
fn platforms_say_why_there_is_no_answer() {
    let of = |row, item: &str, reason: &str| (row, item.to_owned(), reason.to_owned());
    let (seen, hidden) = ("seen but not answered", "not asked");
    for (file, expected) in [
        ("read/qualtrics.csv", vec![of(1, "t_3", seen), of(3, "t_3", seen)]),
        ("read/limesurvey-codes.csv", vec![of(3, "t_1", hidden), of(3, "t_3", hidden)]),
        ("read/kobo.csv", vec![]),
        ("beside/kobo.csv", vec![of(1, "t_with", hidden)]),
        ("read/bids.tsv", vec![]),
    ] {
        assert_eq!(absent(file), expected, "{file}");
    }
}
