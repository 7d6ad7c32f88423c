//! Random answers, and what the checks find in them.
#![allow(dead_code, reason = "each test uses a part")]

use std::path::PathBuf;

use scalewright_check::{Checked, Input, Source, check};
use scalewright_data::{Collected, Columns, ReadAs, TableAt, findings};
use scalewright_model::{Diagnostic, Severity};
use scalewright_tables::Reading;

/// SplitMix64: the same numbers everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number from 0 to 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        #[expect(clippy::cast_precision_loss, reason = "53 bits")]
        let fraction = ((z ^ (z >> 31)) >> 11) as f64;
        fraction / 9_007_199_254_740_992.0
    }

    /// A nearly normal number: the sum of twelve uniform ones, minus 6.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// A graded response: the number of thresholds that an answer passes.
    pub(crate) fn graded(&mut self, theta: f64, slope: f64, difficulty: f64) -> i32 {
        let chance = self.uniform();
        let passed = |threshold: &&f64| {
            1.0 / (1.0 + (-slope * (theta - **threshold - difficulty)).exp()) > chance
        };
        i32::try_from([-1.5, -0.5, 0.5, 1.5].iter().filter(passed).count()).unwrap_or(0)
    }
}

/// A table: the header, then the rows.
pub(crate) type Table = Vec<Vec<String>>;

/// A sound definition.
pub(crate) fn checked(definition: &str) -> Checked {
    let source =
        Source { name: "instrument.toml".to_owned(), bytes: definition.as_bytes().to_vec() };
    let checked = check(Input::alone(source));
    let errors: Vec<&str> = checked
        .findings
        .iter()
        .filter(|finding| finding.is_error())
        .map(|finding| finding.message.as_str())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    checked
}

/// What the checks find in tables with a column `site`.
pub(crate) fn found(checked: &Checked, tables: &[(&str, &Table)]) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |(name, table): &(&str, &Table)| {
        let path = folder.path().join(name);
        let text: String = table.iter().map(|row| format!("{}\n", row.join(","))).collect();
        std::fs::write(&path, text).expect("written");
        TableAt { shown: PathBuf::from(name), path }
    };
    let tables: Vec<TableAt> = tables.iter().map(write).collect();
    let instrument = checked.instrument.as_ref().expect("a sound definition");
    let (reading, mut notes) = (Reading::default(), Vec::new());
    let from = ReadAs { instrument, reading: &reading, cwd: folder.path() };
    let columns = Columns { by: vec!["site".to_owned()], ..Columns::default() };
    let collected = Collected::read(from, &checked.program, &tables, &columns, &mut notes)
        .unwrap_or_else(|stop| panic!("{}", stop.message));
    findings(&collected, &[])
}

/// The findings above a hint.
pub(crate) fn above_hints(found: &[Diagnostic]) -> Vec<String> {
    let above = found.iter().filter(|one| one.severity > Severity::Hint);
    above.map(|one| format!("{}: {}", one.code, one.message)).collect()
}
