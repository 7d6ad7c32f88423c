//! Development commands of the workspace. Uses no other crate of the workspace, so that it builds in seconds.

mod bench;
mod book;
mod ci;
mod contact;
mod deny;
mod dist;
mod divide;
mod fuzz;
mod generate;
mod run;

use std::process::ExitCode;

use xtask::new;

const HELP: &str = "\
cargo xtask COMMAND

  test                install what the tests need (tests/oracles/setup), then run all tests
  ci                  run all checks of continuous integration in order: format, lints,
                      dependencies, tests, fuzzing, documentation, book
  generate            write the generated files: schemas/, docs/src/reference/ and docs/src/crates/
  book                build the book with mdBook, and check its links
  new lint NAME       write the files of a lint, and its lines in lints.rs
  new exporter NAME   write the folder of a platform, and its line in lib.rs
  new instrument ID   write the folder of an instrument, and the list of the library
  bench [--long]      measure scoring, compared with polars, DuckDB and pandas; --long: also ten million rows
  bench score PROGRAM [--long]
                      the same with a program that was built before
  bench check         measure checking, compared with taplo
  bench pdf [PROGRAM]
                      measure forms as PDF, compared with WeasyPrint; PROGRAM: a scalewright
  bench plugins [PROGRAM]
                      measure exporting through a plug-in, compared with built-in targets; PROGRAM: a scalewright
  bench export [PROGRAM]
                      measure exporting to each target but PDF; PROGRAM: a scalewright
  bench code [PROGRAM]
                      measure exported scoring code, compared with handwritten code; PROGRAM: a scalewright
  bench course [PROGRAM]
                      measure courses over sessions, compared with pandas and R; PROGRAM: a scalewright
  bench statistics [PROGRAM]
                      measure scoring a file of SPSS, compared with pyreadstat and pandas; PROGRAM: a scalewright
  bench reliability [PROGRAM]
                      measure item analysis, compared with psych; PROGRAM: a scalewright
  dist [--help]       make the files of a release: archive, wheel, SBOM, licences, checksums
  deny                check licences, sources and advisories of dependencies against deny.toml
  contact-sheet       make pictures of all forms in all layouts, for the book
  render COUNT [INSTRUMENT...]
                      fill in COUNT responses to each form in two renderers and a browser
  fuzz [--seconds N] [--target T] [--seed N] [--keep]
                      feed random inputs to every reader; 60 s in total by default
  help                this text
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["test"] => ci::test(),
        ["ci"] => ci::all(),
        ["bench"] => bench::score(1_000_000, None),
        ["bench", "--long"] => bench::score(10_000_000, None),
        ["bench", "score", program] => bench::score(1_000_000, Some(program)),
        ["bench", "score", program, "--long"] => bench::score(10_000_000, Some(program)),
        ["bench", "check"] => bench::check(),
        ["bench", "pdf"] => bench::pdf(None),
        ["bench", "pdf", program] => bench::pdf(Some(program)),
        ["bench", "plugins"] => bench::plugins(None),
        ["bench", "plugins", program] => bench::plugins(Some(program)),
        ["bench", "export"] => bench::export(None),
        ["bench", "export", program] => bench::export(Some(program)),
        ["bench", "code"] => bench::code(None),
        ["bench", "code", program] => bench::code(Some(program)),
        ["bench", "course"] => bench::course(None),
        ["bench", "course", program] => bench::course(Some(program)),
        ["bench", "statistics"] => bench::statistics(None),
        ["bench", "statistics", program] => bench::statistics(Some(program)),
        ["bench", "reliability"] => bench::reliability(None),
        ["bench", "reliability", program] => bench::reliability(Some(program)),
        ["deny"] => deny::deny(),
        ["dist", rest @ ..] => dist::dist(rest),
        ["contact-sheet"] => contact::sheets(),
        ["render", count, instruments @ ..] => ci::render(count, instruments),
        ["fuzz", rest @ ..] => fuzz::fuzz(rest),
        ["generate"] => generate::all(),
        ["book"] => book::build(),
        ["new", what, name] => new(what, name),
        [] | ["help" | "--help" | "-h"] => run::print(HELP),
        _ => Err(format!("unknown command\n\n{HELP}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            run::eprint(&format!("xtask: {why}\n"));
            ExitCode::FAILURE
        }
    }
}

/// Writes the files of a new lint, exporter or instrument, and prints the next steps.
fn new(what: &str, name: &str) -> run::Done {
    let root = run::root();
    let (written, next) = match what {
        "lint" => (new::lint(&root, name)?, NEXT_FOR_A_LINT),
        "exporter" => (new::exporter(&root, name)?, NEXT_FOR_AN_EXPORTER),
        "instrument" => (new::instrument(&root, name, &run::scalewright)?, NEXT_FOR_AN_INSTRUMENT),
        _ => return Err(format!("`{what}` has no template: `exporter`, `instrument` or `lint`")),
    };
    run::print(&format!("{}\n\n{next}", written.join("\n")))
}

const NEXT_FOR_A_LINT: &str = "\
Next: write the rule, its page and the two fixtures. `cargo test -p scalewright-tests lints` fails until the lint
finds the defect. Then `UPDATE_DOCS=1 cargo test -p scalewright-tests docs` writes its output into the page, and
`cargo xtask generate` writes the page of the book.
";

const NEXT_FOR_AN_EXPORTER: &str = "\
Next: write `export` in mod.rs. `cargo test -p scalewright-export` fails until keys.rs and losses.rs list the keys that
are exported and those that are lost. `--to NAME` works at once; with `Stage::Stable` the help and the book list the
target, and `cargo xtask generate` writes the pages.
";

const NEXT_FOR_AN_INSTRUMENT: &str = "\
Next: follow `Adding an instrument` in instruments/README.md. `cargo test -p scalewright-tests instruments` fails
until the title is written. Then `cargo xtask generate` writes the list of instruments again.
";
