//! Links the program at a fixed address if the system's linker can.
//!
//! Typst's tables contain 220,000 addresses. In a position-independent program, the loader rewrites each of
//! them at every start, which takes longer than checking an instrument.

fn main() {
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
