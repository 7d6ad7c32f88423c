
#[cfg(test)]
mod tests {
    use super::PLATFORM;

    #[test]
    fn every_key_is_carried_or_declared_lost() {
        let decided = PLATFORM.keys.len() + PLATFORM.losses.len();
        assert!(
            decided > 0,
            "write `export`, then list in `keys.rs` where each key of the format goes and in `losses.rs` which are lost; \
             with `Stage::Stable`, `cargo test -p scalewright-tests targets` says which keys are missing"
        );
    }
}
