//! Runs the readers on the corpus of fuzzing and on the crashes that it found, without the fuzzing engine.

use std::fs;

use scalewright_fuzz::mutate::Dice;
use scalewright_fuzz::{TARGETS, Target};

use crate::support::root;

/// The stored inputs of a target, sorted by name.
fn inputs(target: &Target) -> Vec<Vec<u8>> {
    let kept = root().join("tests/fuzz/corpus").join(target.name);
    let crashes = root().join("tests/fuzz/crashes");
    let mut paths = Vec::new();
    for folder in [kept, crashes] {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        paths.extend(entries.map(|entry| entry.path()).filter(|path| path.is_file()));
    }
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).expect("the file is readable")).collect()
}

#[test]
fn the_corpus_is_read_without_panics() {
    for target in TARGETS {
        let inputs = inputs(target);
        assert!(!inputs.is_empty(), "tests/fuzz/corpus/{} is there", target.name);
        inputs.iter().for_each(|input| target.run(input));
    }
}

/// Reads a few mutations of each input, the same on every run: like a minute of fuzzing, but unguided and in a second.
#[test]
fn mutations_of_the_corpus_are_read_without_panics() {
    for target in TARGETS {
        let mut dice = Dice::new(1);
        let inputs = inputs(target);
        for _ in 0..60 {
            let mut input = inputs[dice.roll(inputs.len())].clone();
            for _ in 0..=dice.roll(3) {
                input = (target.mutate)(&input, &mut dice);
                input.truncate(target.longest);
            }
            target.run(&input);
        }
    }
}
