//! `cargo xtask dist`: makes the files of a release.
//!
//! Builds the program, lets it write its completions and manual pages, and passes all of them to `xtask/dist/make.py`,
//! which writes an archive, a wheel and their checksums. That script is in Python because maturin needs Python anyway.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Done, cargo, output, print, root, step};

/// The shells, with the name of the file that contains a program's completions.
const SHELLS: [(&str, &str); 5] = [
    ("bash", "scalewright.bash"),
    ("zsh", "_scalewright"),
    ("fish", "scalewright.fish"),
    ("powershell", "_scalewright.ps1"),
    ("elvish", "scalewright.elv"),
];

const HELP: &str = "\
cargo xtask dist [OPTIONS]

Writes the files of a release: an archive with the program, completions, manual pages, licences
and an SBOM; a wheel; and SHA256SUMS. The same sources and tools give the same archive.

  --target TRIPLE   the target to build for, whose programs must run here; default: this machine's
  --profile NAME    the cargo profile to build with; default: dist
  --out DIR         the folder to write to; default: target/distrib
  --level N         the compression level, 0 to 9; default: 9
  --no-wheel        write only the archive
  --python PATH     the Python to use; default: python3, on Windows python. `PATH -m maturin` makes
                    the wheel, so install xtask/dist/requirements.txt there
";

/// The options of the command.
struct DistOptions {
    target: String,
    is_native: bool,
    profile: String,
    out: PathBuf,
    level: String,
    wheel: bool,
    python: String,
}

/// Builds the program and makes all files.
pub(crate) fn dist(args: &[&str]) -> Done {
    if matches!(args, ["--help" | "-h"]) {
        return print(HELP);
    }
    let options = options(args)?;
    fs::create_dir_all(&options.out).map_err(|error| cannot_write(&options.out, &error))?;
    if options.wheel {
        has_maturin(&options.python)?;
    }
    let program = options.build()?;
    let parts = options.emptied("parts")?;
    extras(&program, &parts)?;
    options.archive(&program, &parts)?;
    if options.wheel {
        options.wheel(&parts)?;
    }
    fs::remove_dir_all(&parts).map_err(|error| cannot_write(&parts, &error))?;
    options.make(&["sums"])
}

fn options(args: &[&str]) -> Result<DistOptions, String> {
    let about = output("rustc", &["-vV"])?;
    let about = String::from_utf8_lossy(&about).into_owned();
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let python = if cfg!(windows) { "python" } else { "python3" };
    let mut options = DistOptions {
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
                options.wheel = false;
                tail
            }
            (_, [value, tail @ ..]) => {
                options.set(option, value)?;
                tail
            }
            _ => return Err(format!("`{option}` needs a value, or is not an option\n\n{HELP}")),
        };
    }
    Ok(options)
}

/// Fails if this Python has no maturin. Checked first, because the build takes long.
fn has_maturin(python: &str) -> Done {
    let needs = "the wheel needs maturin: `python3 -m pip install -r xtask/dist/requirements.txt`, \
        or leave the wheel out with --no-wheel";
    output(python, &["-m", "maturin", "--version"]).map(|_| ()).map_err(|_| needs.to_owned())
}

/// Lets the program write its completions and manual pages into `folder`.
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

impl DistOptions {
    fn set(&mut self, option: &str, value: &str) -> Done {
        match option {
            "--target" => {
                value.clone_into(&mut self.target);
                self.is_native = false;
            }
            "--profile" => value.clone_into(&mut self.profile),
            // Programs run in the root, where a relative path would mean another folder.
            "--out" => self.out = std::path::absolute(value).map_err(|error| error.to_string())?,
            "--level" => value.clone_into(&mut self.level),
            "--python" => value.clone_into(&mut self.python),
            _ => return Err(format!("there is no option `{option}`\n\n{HELP}")),
        }
        Ok(())
    }

    /// Returns the flags for both cargo and maturin. They must be the same, so that maturin does not build the program
    /// again.
    fn flags(&self) -> Vec<&str> {
        let mut flags = vec!["--locked", "--profile", &self.profile];
        if !self.is_native {
            flags.extend(["--target", &self.target]);
        }
        flags
    }

    /// Builds the program and returns its path.
    fn build(&self) -> Result<String, String> {
        let args = [&["build", "--package", "scalewright"], self.flags().as_slice()].concat();
        step(&cargo(), &args, &[])?;
        let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
        let mut folder = root().join(target);
        if !self.is_native {
            // With `--target`, cargo builds in a folder of its own, even for this machine.
            folder.push(&self.target);
        }
        // The folder of this one profile has another name.
        folder.push(if self.profile == "dev" { "debug" } else { &self.profile });
        let name = if self.target.contains("windows") { "scalewright.exe" } else { "scalewright" };
        Ok(folder.join(name).display().to_string())
    }

    /// Returns an empty folder inside the output folder.
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

    /// Makes the wheel with maturin, and adds the files that the archive contains besides the program.
    fn wheel(&self, parts: &Path) -> Done {
        let wheels = self.emptied("wheels")?;
        let folder = wheels.display().to_string();
        let flags = self.flags();
        // The wheel is compressed when it is complete, so maturin need not compress it.
        let stored = ["--compression-method", "stored"];
        let build = ["-m", "maturin", "build", "--out", &folder];
        let build = [&build, stored.as_slice(), flags.as_slice()].concat();
        // No environment variable is set: that would run build scripts again, and so build most of the program again.
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
