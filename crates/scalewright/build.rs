//! Links the program at a fixed address where the system's linker can.
//!
//! Typst's tables hold 220,000 addresses. In a program that may be loaded anywhere, each is rewritten at
//! every start, which takes longer than checking an instrument does.

fn main() {
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
