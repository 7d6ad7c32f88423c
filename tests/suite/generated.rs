//! Generated files are what the public commands print.

use crate::support::{root, run};

#[test]
fn schemas_are_those_of_the_program() {
    for kind in ["instrument", "wording", "cases", "config", "report"] {
        let path = root().join(format!("schemas/{kind}.schema.json"));
        let there = std::fs::read_to_string(&path).expect("the schema is there");
        let result = run(&["schema", kind], &root());
        assert_eq!(there, result.out, "schemas/ has drifted: run `cargo xtask generate`");
    }
}
