//! What fuzzing kept, and what it found, put into the readers again: no engine is needed for that.

use std::fs;

use scalewright_fuzz::mutate::Dice;
use scalewright_fuzz::{TARGETS, Target};

use crate::support::root;

/// The inputs that are kept for a target, in the order of their names.
fn inputs(target: &Target) -> Vec<Vec<u8>> {
    let kept = root().join("tests/fuzz/corpus").join(target.name);
    let crashes = root().join("tests/fuzz/crashes");
    let mut paths = Vec::new();
    for folder in [kept, crashes] {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        paths.extend(entries.map(|entry| entry.path()).filter(|path| path.is_file()));
    }
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).expect("it can be read")).collect()
}

#[test]
fn what_is_kept_is_read_again() {
    for target in TARGETS {
        let inputs = inputs(target);
        assert!(!inputs.is_empty(), "tests/fuzz/corpus/{} is there", target.name);
        inputs.iter().for_each(|input| target.run(input));
    }
}

/// A few changes of each, the same ones on every run: what a minute of fuzzing does, in a second and unguided.
#[test]
fn what_is_kept_is_changed_and_read() {
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
