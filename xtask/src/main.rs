//! Chores of the workspace. Links nothing of ours, so that it builds in a second.

mod bench;
mod ci;
mod contact;
mod deny;
mod dist;
mod fuzz;
mod generate;
mod new;
mod run;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  test                install what the tests need (tests/oracles/setup), then run them all
  ci                  what continuous integration demands, in order: format, lints, tests, docs
  generate            write the generated files: schemas/ and docs/src/reference/
  new lint NAME       the files of a lint, its lines in lints.rs, and its page in docs/
  new exporter NAME   the module of an exporter, and its two lines in lib.rs
  bench [--long]      what scoring costs, beside polars and pandas; with ten million rows too
  bench check         what checking costs, beside taplo
  bench pdf           what forms as PDF cost, beside WeasyPrint
  dist [--help]       what a release publishes: archive, wheel, SBOM, licences, checksums
  deny                whether dependencies have licences, sources and advisories as deny.toml allows
  contact-sheet       pictures of all forms in all layouts, for the book
  render COUNT [INSTRUMENT...]
                      fill in that many responses to each form in two renderers and a browser
  fuzz [--seconds N] [--target T] [--seed N] [--keep]
                      put inputs of any kind into every reader: 60 s in total unless said otherwise
  help                this text
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["test"] => ci::test(),
        ["ci"] => ci::all(),
        ["bench"] => bench::score(1_000_000),
        ["bench", "--long"] => bench::score(10_000_000),
        ["bench", "check"] => bench::check(),
        ["bench", "pdf"] => bench::pdf(),
        ["deny"] => deny::deny(),
        ["dist", rest @ ..] => dist::dist(rest),
        ["contact-sheet"] => contact::sheets(),
        ["render", count, instruments @ ..] => ci::render(count, instruments),
        ["fuzz", rest @ ..] => fuzz::fuzz(rest),
        ["generate"] => generate::all(),
        ["new", "lint", name] => new::lint(name),
        ["new", "exporter", name] => new::exporter(name),
        [] | ["help" | "--help" | "-h"] => run::say(HELP),
        _ => Err(format!("unknown command\n\n{HELP}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            run::tell(&format!("xtask: {why}\n"));
            ExitCode::FAILURE
        }
    }
}
