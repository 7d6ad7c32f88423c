//! `scalewright pack check`.

use std::path::{Path, PathBuf};

use scalewright_check::{Checked, Finding, Source, check_at, id_of, instrument_of, locate};
use scalewright_model::file::{PackFile, WordingPolicy};
use scalewright_model::{Diagnostic, Pointer, Stop};
use scalewright_project::{Contents, Disk, Found, Library, check_pack, inspect};
use scalewright_tables::Named;

use crate::cli::PackCheckArgs;
use crate::findings_output::{FORMS, FindingsOutput};
use crate::terminal::Terminal;

/// Checks a pack and prints all findings.
pub(super) fn run(
    args: &PackCheckArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let named = Named { option: "--out", path: args.out.as_deref() };
    let format = terminal.with_notes(|notes| named.format(args.format, FORMS, notes))?;
    let folder: PathBuf = args.folder.clone().unwrap_or_default();
    // `pack.toml` has the levels that apply to a definition in its folder.
    let here = Found { path: folder.join("pack.toml") };
    let levels = library.levels(&here, &args.levels.set)?;
    let (pack, checked) = check_pack(&Disk, terminal.cwd, &folder, &levels)?;
    let check = args.as_check();
    let mut output = FindingsOutput::new(&check, format);
    output.add_file(&checked, terminal);
    // Without a valid description, neither the range of formats nor the rights are known.
    if let Some(pack) = pack {
        let contents = inspect(&Disk, terminal.cwd, &folder, &pack)?;
        let parts = Parts { args, library, pack: &pack, folder: &folder };
        parts.all(contents, &mut output, terminal)?;
    }
    output.finish(terminal)
}

/// What is needed to check the parts of a pack.
struct Parts<'a> {
    args: &'a PackCheckArgs,
    library: &'a Library<'a>,
    pack: &'a PackFile,
    folder: &'a Path,
}

impl Parts<'_> {
    fn all(
        &self,
        contents: Contents,
        output: &mut FindingsOutput<'_>,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Stop> {
        let mut wordings = Vec::new();
        for path in &contents.wordings {
            self.readable(self.library.read(path), |source| wordings.push(source));
        }
        let mut ids = Vec::new();
        for path in contents.instruments {
            let found = Found { path };
            let levels = self.library.levels(&found, &self.args.levels.set)?;
            self.readable(self.library.input_alone(&found, &wordings), |input| {
                ids.extend(id_of(&input.definition.bytes));
                let mut checked = check_at(input, &levels);
                self.add_own(&mut checked);
                output.add(&checked, None, terminal);
            });
        }
        for source in wordings {
            // Wording without a readable id was checked with the instruments, unless there is none.
            let is_checked =
                instrument_of(&source.bytes).map_or(!ids.is_empty(), |id| ids.contains(&id));
            if !is_checked {
                self.foreign(source, output, terminal)?;
            }
        }
        Ok(())
    }

    /// Passes on what could be read; otherwise the error is reported at the end, and the rest is still checked.
    fn readable<T>(&self, read: Result<T, Stop>, then: impl FnOnce(T)) {
        match read {
            Ok(value) => then(value),
            Err(stop) => self.library.could_not_read(stop),
        }
    }

    /// Checks a wording file for an instrument that is not in the pack.
    fn foreign(
        &self,
        source: Source,
        output: &mut FindingsOutput<'_>,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Stop> {
        let place = Found { path: self.folder.join("wordings") };
        let levels = self.library.levels(&place, &self.args.levels.set)?;
        output.add_file(&Checked::of_wording(source, &levels), terminal);
        Ok(())
    }

    /// Adds the findings about a definition as a part of the pack.
    fn add_own(&self, checked: &mut Checked) {
        let Some(instrument) = &checked.instrument else { return };
        let mut found = Vec::new();
        let withheld = self.pack.rights.wording == WordingPolicy::Withheld;
        if withheld && instrument.rights.wording == WordingPolicy::Included {
            let message = "the definition includes its wording, but the pack withholds it";
            found.push(
                Diagnostic::error("pack-rights", message)
                    .at(Pointer::top("rights").key("wording"), "")
                    .help("withhold the wording here, or state in `pack.toml` that it is included"),
            );
        }
        let formats = self.pack.formats();
        // The gate of shape accepts no other format than this one.
        let format = scalewright_model::file::FORMAT;
        if !(formats.from..=formats.to).contains(&format) {
            let message = format!("the format {format} is outside the range that the pack states");
            found.push(
                Diagnostic::error("unsupported-format", message)
                    .at(Pointer::top("format"), "")
                    .help("change `formats` in `pack.toml`"),
            );
        }
        checked.findings.extend(locate(found, 0, &checked.documents[0]));
        checked.findings.sort_by_key(Finding::order);
    }
}
