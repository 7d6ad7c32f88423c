//! `cargo xtask dist`: what a release publishes.
//!
//! Builds the program, lets it write its completions and manual pages, and hands both to `xtask/dist/make.py`, which
//! writes an archive, a wheel and their checksums. Python reads what cargo says about packages, and maturin needs it anyway.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Done, cargo, output, root, say, step};

/// The shells, and how each calls the file of a program's completions.
const SHELLS: [(&str, &str); 5] = [
    ("bash", "scalewright.bash"),
    ("zsh", "_scalewright"),
    ("fish", "scalewright.fish"),
    ("powershell", "_scalewright.ps1"),
    ("elvish", "scalewright.elv"),
];

const HELP: &str = "\
cargo xtask dist [OPTIONS]

Writes what a release publishes: an archive with the program, completions, manual pages, licences
and an SBOM; a wheel; and SHA256SUMS. The same sources and tools give the same archive.

  --target TRIPLE   build for this target instead of this machine's; the program must run here
  --profile NAME    the profile of cargo to build with (dist)
  --out DIR         where to write (target/distrib)
  --level N         how hard to compress, 0 to 9 (9)
  --no-wheel        the archive alone
  --python PATH     the Python to use (python3, on Windows python); `PATH -m maturin` makes the wheel,
                    so install xtask/dist/requirements.txt there
";

/// What was asked for.
struct Plan {
    target: String,
    is_native: bool,
    profile: String,
    out: PathBuf,
    level: String,
    wheel: bool,
    python: String,
}

/// Makes everything, in the order in which each part needs the others.
pub(crate) fn dist(args: &[&str]) -> Done {
    if matches!(args, ["--help" | "-h"]) {
        return say(HELP);
    }
    let plan = plan(args)?;
    fs::create_dir_all(&plan.out).map_err(|error| cannot_write(&plan.out, &error))?;
    if plan.wheel {
        has_maturin(&plan.python)?;
    }
    let program = plan.build()?;
    let parts = plan.emptied("parts")?;
    extras(&program, &parts)?;
    plan.archive(&program, &parts)?;
    if plan.wheel {
        plan.wheel(&parts)?;
    }
    fs::remove_dir_all(&parts).map_err(|error| cannot_write(&parts, &error))?;
    plan.make(&["sums"])
}

fn plan(args: &[&str]) -> Result<Plan, String> {
    let about = output("rustc", &["-vV"])?;
    let about = String::from_utf8_lossy(&about).into_owned();
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let python = if cfg!(windows) { "python" } else { "python3" };
    let mut plan = Plan {
        target: host.ok_or("`rustc -vV` names no host")?.to_owned(),
        is_native: true,
        profile: "dist".to_owned(),
        out: root().join("target/distrib"),
        level: "9".to_owned(),
        wheel: true,
        python: python.to_owned(),
    };
    let mut rest = args;
    while let [option, tail @ ..] = rest {
        rest = match (*option, tail) {
            ("--no-wheel", _) => {
                plan.wheel = false;
                tail
            }
            (_, [value, tail @ ..]) => {
                plan.set(option, value)?;
                tail
            }
            _ => return Err(format!("`{option}` lacks its value, or is no option\n\n{HELP}")),
        };
    }
    Ok(plan)
}

/// Whether this Python can make a wheel: better known before a long build than after it.
fn has_maturin(python: &str) -> Done {
    let needs = "the wheel needs maturin: `python3 -m pip install -r xtask/dist/requirements.txt`, \
        or leave the wheel out with --no-wheel";
    output(python, &["-m", "maturin", "--version"]).map(|_| ()).map_err(|_| needs.to_owned())
}

/// Has the program write its completions and manual pages into `folder`.
fn extras(program: &str, folder: &Path) -> Done {
    let completions = folder.join("completions");
    fs::create_dir_all(&completions).map_err(|error| cannot_write(&completions, &error))?;
    for (shell, name) in SHELLS {
        let script = output(program, &["completions", shell])?;
        let path = completions.join(name);
        fs::write(&path, script).map_err(|error| cannot_write(&path, &error))?;
    }
    let pages = folder.join("man").display().to_string();
    output(program, &["man", "--out", &pages]).map(|_| ())
}

fn cannot_write(path: &Path, error: &std::io::Error) -> String {
    format!("cannot write `{}`: {error}", path.display())
}

impl Plan {
    fn set(&mut self, option: &str, value: &str) -> Done {
        match option {
            "--target" => {
                value.clone_into(&mut self.target);
                self.is_native = false;
            }
            "--profile" => value.clone_into(&mut self.profile),
            "--out" => self.out = std::path::absolute(value).map_err(|error| error.to_string())?,
            "--level" => value.clone_into(&mut self.level),
            "--python" => value.clone_into(&mut self.python),
            _ => return Err(format!("there is no option `{option}`\n\n{HELP}")),
        }
        Ok(())
    }

    /// What cargo and maturin are told alike, so that maturin finds built what cargo built.
    fn flags(&self) -> Vec<&str> {
        let mut flags = vec!["--locked", "--profile", &self.profile];
        if !self.is_native {
            flags.extend(["--target", &self.target]);
        }
        flags
    }

    /// Builds the program; answers its path.
    fn build(&self) -> Result<String, String> {
        let args = [&["build", "--package", "scalewright"], self.flags().as_slice()].concat();
        step(&cargo(), &args, &[])?;
        let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
        let mut folder = root().join(target);
        if !self.is_native {
            folder.push(&self.target);
        }
        folder.push(if self.profile == "dev" { "debug" } else { &self.profile });
        let name = if self.target.contains("windows") { "scalewright.exe" } else { "scalewright" };
        Ok(folder.join(name).display().to_string())
    }

    /// A folder inside the output, with nothing in it.
    fn emptied(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.out.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
        }
        fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
        Ok(folder)
    }

    fn archive(&self, program: &str, parts: &Path) -> Done {
        let parts = parts.display().to_string();
        self.make(&["archive", "--program", program, "--extras", &parts])
    }

    /// maturin's wheel, completed with what is in the archive besides the program.
    fn wheel(&self, parts: &Path) -> Done {
        let wheels = self.emptied("wheels")?;
        let folder = wheels.display().to_string();
        let flags = self.flags();
        // It is packed when it is complete.
        let stored = ["--compression-method", "stored"];
        let build = ["-m", "maturin", "build", "--out", &folder];
        let build = [&build, stored.as_slice(), flags.as_slice()].concat();
        // Nothing is set in its environment: build scripts would run again, and most of the program be built again.
        step(&self.python, &build, &[])?;
        self.make(&["wheel", "--extras", &parts.display().to_string(), "--wheels", &folder])?;
        fs::remove_dir_all(&wheels).map_err(|error| cannot_write(&wheels, &error))
    }

    fn make(&self, what: &[&str]) -> Done {
        let (root, out) = (root().display().to_string(), self.out.display().to_string());
        let common =
            ["--root", &root, "--target", &self.target, "--out", &out, "--level", &self.level];
        step(&self.python, &[&["xtask/dist/make.py"], what, &common].concat(), &[])
    }
}
