//! The cost of a plug-in: a hundred instruments exported through one that does nothing, beside built-in targets.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{Bench, RUNS};
use crate::run::{Done, output, print, root};

/// How many instruments are exported. The export of one shows the cost of starting.
const COUNT: u32 = 100;
/// The targets: the plug-in, then those that are built in.
const TARGETS: [&str; 3] = ["nothing", "fhir", "redcap"];
/// The most milliseconds that an instrument may cost through a plug-in that does nothing.
const MOST: f64 = 8.0;

/// The median times of a target in milliseconds.
struct Times {
    target: &'static str,
    one: f64,
    all: f64,
}

impl Times {
    /// Milliseconds per instrument beyond the first.
    fn each(&self) -> f64 {
        (self.all - self.one) / f64::from(COUNT - 1)
    }
}

impl Bench {
    /// Measures the targets with `program`, and fails if an instrument costs too much through the plug-in.
    pub(super) fn plugins(&self, program: &str) -> Done {
        let study = self.study()?;
        print(&format!(
            "\nexports of 1 and of {COUNT} instruments with `{program}`, wall time, medians of {RUNS} runs\n\n\
             | target | 1: ms | {COUNT}: ms | each more: ms |\n|---|--:|--:|--:|\n"
        ))?;
        let mut plugin = f64::NAN;
        for target in TARGETS {
            let one = median(program, &study, target, 1)?;
            let times = Times { target, one, all: median(program, &study, target, COUNT)? };
            let each = times.each();
            print(&format!("| {} | {:.0} | {:.0} | {each:.2} |\n", times.target, one, times.all))?;
            if target == "nothing" {
                plugin = each;
            }
        }
        if plugin <= MOST {
            return print(&format!(
                "\nat most {MOST} ms each through the plug-in, its start not counted\n"
            ));
        }
        Err(format!(
            "an instrument costs {plugin:.2} ms through a plug-in that does nothing: at most {MOST} ms are allowed"
        ))
    }

    /// Writes a study with many copies of an instrument, and settings that name the plug-in.
    fn study(&self) -> Result<PathBuf, String> {
        let study = self.folder.join("plugins");
        let text = read(&root().join("instruments/side-by-side/instrument.toml"))?;
        let text = text.replace("translations = [", "# translations = [");
        for number in 0..COUNT {
            let id = format!("copy-{number}");
            let copy = text.replace("id = \"side-by-side\"", &format!("id = \"{id}\""));
            write(&study.join("instruments").join(id).join("instrument.toml"), &copy)?;
        }
        let plugin = read(&root().join("tests/bench/nothing.py"))?;
        write(&study.join("nothing.py"), &plugin)?;
        let settings = "[plugins.export.nothing]\ncommand = [\"python3\", \"nothing.py\"]\n";
        write(&study.join("scalewright.toml"), settings)?;
        Ok(study)
    }
}

/// Returns the median time of an export of `count` instruments, in milliseconds.
fn median(program: &str, study: &Path, target: &str, count: u32) -> Result<f64, String> {
    let library = study.join("instruments").display().to_string();
    let out = study.join("out").display().to_string();
    let ids: Vec<String> = (0..count).map(|number| format!("copy-{number}")).collect();
    let mut args = vec![
        "export",
        "--library",
        &library,
        "--to",
        target,
        "--out",
        &out,
        "--quiet",
        "--trust-plugins",
    ];
    args.extend(ids.iter().map(String::as_str));
    let mut times = Vec::new();
    // The first run is not counted: it fills the caches of the disk.
    for _ in 0..=RUNS {
        let start = Instant::now();
        output(program, &args)?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let mut times = times.split_off(1);
    times.sort_by(f64::total_cmp);
    Ok(times[RUNS / 2])
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Done {
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(path.parent().unwrap_or(path)).map_err(failed)?;
    fs::write(path, text).map_err(failed)
}
