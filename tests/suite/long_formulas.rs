//! In every command, the cost of a formula is proportional to its length, whatever its shape and depth.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::run;

/// The numbers of levels. The last is nearly the maximum depth of brackets.
const DEPTHS: [usize; 2] = [24, 45];
/// The time limit for one command: far more than any needs. A cost that doubled with each level would take years.
const MOST: Duration = Duration::from_secs(100);

/// Conditions of `depth` levels, each with a name.
fn shapes(depth: usize) -> Vec<(&'static str, String)> {
    let nest = |start: &str, level: &dyn Fn(String, usize) -> String| {
        (1..=depth).fold(start.to_owned(), |inner, at| level(inner, at % 9 + 1))
    };
    let number = |inner: String| format!("({inner}) > 0");
    vec![
        ("or, left", nest("q1 = 1", &|x, q| format!("({x} or q{q} = 1)"))),
        ("and, left", nest("q1 = 1", &|x, q| format!("({x} and q{q} = 1)"))),
        ("or, right", nest("q1 = 1", &|x, q| format!("(q{q} = 1 or {x})"))),
        ("mixed", nest("q1 = 1", &|x, q| format!("((q{q} = 1 and {x}) or q1 = 0)"))),
        ("not", nest("q1 = 1", &|x, q| format!("(not ({x} or q{q} = 1))"))),
        ("count", nest("q1 = 1", &|x, q| format!("(count({x}, q{q} = 1, q1 = 0) >= 2)"))),
        ("count =", nest("q1 = 1", &|x, q| format!("(count({x}, q{q} = 1) = 1)"))),
        ("count, all", nest("q1 = 1", &|x, q| format!("(count({x}, q{q} = 1; all) > 1)"))),
        ("counts", nest("q1 = 1", &|x, q| format!("(count({x}) > count(q{q} = 1))"))),
        ("counts =", nest("q1 = 1", &|x, q| format!("(count({x}) + 1 = count(q{q} = 1) + 1)"))),
        ("missing", nest("q1 = 1", &|x, q| format!("(is_missing({x}) or q{q} = 1)"))),
        ("condition", nest("q1 = 1", &|x, q| format!("(if {x} then q{q} = 1 else q1 = 0)"))),
        ("then", nest("q1 = 1", &|x, q| format!("(if q{q} = 1 then {x} else q1 = 0)"))),
        ("else", nest("q1 = 1", &|x, q| format!("(if q{q} = 1 then q1 = 0 else {x})"))),
        ("choice", number(nest("q1", &|x, q| format!("(if {x} > 0 then q{q} else 0)")))),
        ("choice, then", number(nest("q1", &|x, q| format!("(if q{q} > 0 then {x} else 0)")))),
        ("choice, both", number(nest("q1", &|x, q| format!("(if {x} > q{q} then q{q} else q1)")))),
        ("sum, left", number(nest("q1", &|x, q| format!("({x} + q{q})")))),
        ("sum, right", number(nest("q1", &|x, q| format!("(q{q} - {x})")))),
        ("quotient", number(nest("q1", &|x, q| format!("(q{q} / (1 + {x}))")))),
        ("coalesce", number(nest("q1", &|x, q| format!("coalesce({x}, q{q})")))),
        ("coalesce, last", number(nest("q1", &|x, q| format!("coalesce(q{q}, {x})")))),
        ("aggregate", number(nest("q1", &|x, q| format!("mean({x}, q{q}; >= 1; prorate)")))),
        ("highest", number(nest("q1", &|x, q| format!("max({x}, q{q}; >= 1)")))),
        ("clamp", number(nest("q1", &|x, q| format!("clamp({x}, 0, q{q})")))),
        ("round", number(nest("q1", &|x, q| format!("round({x} / 3 + q{q}, 1)")))),
        ("power", number(nest("q1", &|x, q| format!("({x} + q{q}) ^ 2")))),
        ("recode", number(nest("q1", &|x, q| format!("recode({x} + q{q}, 0: 1, else 0)")))),
        ("run", number(nest("q1", &|x, q| format!("longest_run({x}, q{q})")))),
        ("remainder", number(nest("q1", &|x, q| format!("minutes_between({x}, q{q})")))),
    ]
}

fn definition(condition: &str) -> String {
    let head = "format = 1\nid = \"long\"\ntitle = \"Long\"\nversion = \"1.0.0\"\nstatus = \"development\"\nlanguage = \"en\"\n\
        [rights]\nholder = \"scalewright authors\"\nlicence = \"CC0-1.0\"\nwording = \"included\"\n\
        [administration]\nrespondent = \"self\"\n[response-scales.yn]\ntype = \"yes-no\"\n";
    let items: String = (1..=9)
        .map(|q| format!("[[items]]\nid = \"q{q}\"\nstem = \"Stem {q}.\"\nresponse = \"yn\"\n"))
        .collect();
    format!(
        "{head}{items}[[items]]\nid = \"q10\"\nstem = \"Stem 10.\"\nresponse = \"yn\"\nask-if = \"{condition}\"\n\
         [[flags]]\nid = \"f\"\ntitle = \"F\"\nwhen = \"{condition}\"\n\
         [[scales]]\nid = \"s\"\ntitle = \"S\"\nitems = [\"q9\", \"q10\"]\nscore = \"sum\"\nmissing = \"no-score\"\n"
    )
}

/// Runs commands on one definition, and more of them on the deepest. A command may fail only with the message that the
/// formula is too long or cannot be exported.
fn commands(name: &str, folder: &Path, is_deepest: bool) {
    let commands: [&[&str]; 7] = [
        &["check", "long"],
        &["export", "long", "--to", "fhir", "--out", "out"],
        &["export", "long", "--to", "redcap", "--out", "out"],
        &["list", "--library", "."],
        &["score", "long", "rows.csv"],
        &["diff", "long", "long"],
        &["export", "long", "--to", "pdf", "--out", "out"],
    ];
    // Laying out a page takes long in an unoptimised build, and its cost differs little by the shape.
    let prints = usize::from(name.starts_with("or"));
    let count = if is_deepest { commands.len() - 1 + prints } else { 3 };
    let commands = commands.into_iter().take(count);
    for command in commands {
        let start = Instant::now();
        let result = run(command, folder);
        let took = start.elapsed();
        assert!(took < MOST, "{name}: {command:?} takes {took:?}");
        let refused = ["formula-too-long", "formula-too-deep", "[unsupported", "lossy-export"];
        let output = format!("{}{}", result.out, result.err);
        let is_refused = refused.iter().any(|code| output.contains(code));
        assert!(result.code == 0 || is_refused, "{name}: {command:?}: {output}");
    }
}

#[test]
fn deep_formulas_are_as_fast_as_long_ones() {
    for depth in DEPTHS {
        for (shape, condition) in shapes(depth) {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let long = folder.path().join("long");
            fs::create_dir(&long).expect("the folder can be created");
            fs::write(long.join("instrument.toml"), definition(&condition)).expect("written");
            let items: Vec<String> = (1..=10).map(|q| format!("q{q}")).collect();
            let table = format!("id,{}\nr,1,0,1,0,1,0,1,0,1,0\n", items.join(","));
            fs::write(folder.path().join("rows.csv"), table).expect("written");
            let name = format!("{shape}, {depth} levels");
            commands(&name, folder.path(), depth == DEPTHS[1]);
        }
    }
}
