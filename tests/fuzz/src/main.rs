//! Runs libFuzzer on the target that `SCALEWRIGHT_FUZZ` names. `cargo xtask fuzz` starts it.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use scalewright_fuzz::mutate::Dice;
use scalewright_fuzz::{Target, target};

fn chosen() -> &'static Target {
    static CHOSEN: std::sync::OnceLock<&'static Target> = std::sync::OnceLock::new();
    CHOSEN.get_or_init(|| {
        let name = std::env::var("SCALEWRIGHT_FUZZ").unwrap_or_default();
        target(&name).unwrap_or_else(|| panic!("SCALEWRIGHT_FUZZ names no target: `{name}`"))
    })
}

fuzz_target!(|data: &[u8]| {
    chosen().run(data);
});

// Half of the mutations keep some structure; the other half are the engine's own.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut dice = Dice::new(u64::from(seed));
    let changed = (chosen().mutate)(&data[..size], &mut dice);
    if dice.roll(2) == 0 || changed.len() > max_size {
        return fuzzer_mutate(data, size, max_size);
    }
    data[..changed.len()].copy_from_slice(&changed);
    changed.len()
});
