//! The fonts of printed sheets, and the letters of a wording that none of them has.

use std::path::Path;

use scalewright_model::{Instrument, Stop, Wording};

use crate::terminal::Terminal;

#[cfg(feature = "pdf")]
pub(crate) use with_pdf::Fonts;

/// Without PDF no font is needed.
#[cfg(not(feature = "pdf"))]
pub(crate) struct Fonts;

#[cfg(not(feature = "pdf"))]
impl Fonts {
    pub(crate) fn of(_: Option<&Path>, _: &mut Terminal<'_>) -> Result<Self, Stop> {
        Ok(Self)
    }

    pub(crate) fn unprintable(&self, _: &Instrument, _: &Wording) -> Vec<Stop> {
        Vec::new()
    }

    pub(crate) fn lacking(&self, _: &str) -> Option<String> {
        None
    }
}

#[cfg(feature = "pdf")]
mod with_pdf {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::PathBuf;

    use scalewright_model::text::plain;
    use scalewright_pdf::FontFile;
    use scalewright_project::{Disk, Entry, Files, Kind, Skipped, unread};

    use super::{Instrument, Path, Stop, Terminal, Wording};
    use crate::gates;

    /// How many levels of folders below the given one are searched for fonts.
    const DEPTH: usize = 5;
    /// The largest number of font files.
    const MOST_FILES: usize = 4_000;
    /// The largest font file, in bytes.
    const MOST_BYTES: u64 = 64 << 20;

    /// How many characters, and how many locations, a message names.
    const LISTED: usize = 5;

    /// The embedded fonts, with or without those of a folder.
    pub(crate) enum Fonts {
        Embedded,
        More(Box<scalewright_pdf::Fonts>),
    }

    impl Fonts {
        /// Returns the embedded fonts, and those in `folder` if it is given.
        pub(crate) fn of(folder: Option<&Path>, terminal: &mut Terminal<'_>) -> Result<Self, Stop> {
            let Some(folder) = folder else { return Ok(Self::Embedded) };
            let (mut paths, mut skipped) = (Vec::new(), Skipped::default());
            below(&terminal.cwd.join(folder), folder, (DEPTH, &mut paths), &mut skipped)
                .map_err(|stop| stop.help("`--fonts` takes a folder of font files"))?;
            gates::report_skipped(skipped, terminal);
            if paths.len() > MOST_FILES {
                let message = format!("more than {MOST_FILES} fonts are in `{}`", folder.display());
                return Err(
                    Stop::usage(message).help("name a folder with only the fonts that are needed")
                );
            }
            if paths.is_empty() {
                let message = format!("there is no font in `{}`", folder.display());
                return Err(
                    Stop::usage(message).help("fonts end in `.ttf`, `.otf`, `.ttc` or `.otc`")
                );
            }
            // If several fonts have a letter, the first is used: sorting makes that the same on every system.
            paths.sort();
            let (fonts, fontless) =
                scalewright_pdf::Fonts::new(paths.into_iter().map(file).collect());
            match fontless.first() {
                Some(name) => {
                    let message = format!("`{name}` cannot be read as a font");
                    Err(Stop::usage(message).help("remove it from the folder of fonts"))
                }
                None => Ok(Self::More(Box::new(fonts))),
            }
        }

        /// Returns the fonts that documents are typeset with.
        pub(crate) fn get(&self) -> &scalewright_pdf::Fonts {
            match self {
                Self::Embedded => scalewright_pdf::Fonts::embedded(),
                Self::More(fonts) => fonts,
            }
        }

        /// Returns the letters of a text that no font has, in words. Only those of the first script are named.
        pub(crate) fn lacking(&self, text: &str) -> Option<String> {
            let lacking = self.get().lacking(text);
            let script = lacking.first()?.script;
            let letters = lacking.iter().filter(|one| one.script == script);
            Some(named(script, &letters.map(|one| one.character).collect()))
        }

        /// Returns an error for each script with letters that no font has, with the texts that contain them.
        pub(crate) fn unprintable(&self, instrument: &Instrument, wording: &Wording) -> Vec<Stop> {
            let mut scripts: BTreeMap<&str, (BTreeSet<char>, Vec<String>)> = BTreeMap::new();
            for (place, text) in texts(instrument, wording) {
                for lacking in self.get().lacking(text) {
                    let (letters, places) = scripts.entry(lacking.script).or_default();
                    letters.insert(lacking.character);
                    if places.last() != Some(&place) {
                        places.push(place.clone());
                    }
                }
            }
            let scripts = scripts.iter();
            scripts
                .map(|(script, (letters, places))| stop(wording, script, letters, places))
                .collect()
        }
    }

    fn stop(wording: &Wording, script: &str, letters: &BTreeSet<char>, places: &[String]) -> Stop {
        let message = format!(
            "no font has the {}, in {} of the wording in `{}`",
            named(script, letters),
            listed(places),
            wording.language
        );
        Stop::wrong(message).help(
            "give a folder with a font that has it: `--fonts DIR`; the embedded fonts have Latin, Greek, \
             Cyrillic and Devanagari letters",
        )
    }

    /// Returns the letters in words: `Hebrew letters …` or `sign …`.
    fn named(script: &str, letters: &BTreeSet<char>) -> String {
        let plural = if letters.len() == 1 { "" } else { "s" };
        let letters = letters.iter().map(|c| format!("`{c}` (U+{:04X})", u32::from(*c)));
        let letters = listed(&letters.collect::<Vec<_>>());
        match script {
            "Common" | "Inherited" => format!("sign{plural} {letters}"),
            script => format!("{script} letter{plural} {letters}"),
        }
    }

    fn listed(names: &[String]) -> String {
        let more = names.len().saturating_sub(LISTED);
        let list = names[..names.len() - more].join(", ");
        if more > 0 { format!("{list} and {more} more") } else { list }
    }

    /// Returns every text that is printed, with a description of its location.
    fn texts<'a>(instrument: &'a Instrument, wording: &'a Wording) -> Vec<(String, &'a str)> {
        let notice = wording.notice.as_deref().unwrap_or(&instrument.rights.notice);
        let mut texts = vec![
            ("the title".to_owned(), wording.title.as_str()),
            ("the instructions".to_owned(), wording.instructions.as_deref().unwrap_or_default()),
            ("the notice of rights".to_owned(), notice),
        ];
        for (section, words) in instrument.sections.iter().zip(&wording.sections) {
            let parts = [&words.title, &words.lead_in, &words.instructions];
            let place = format!("section `{}`", section.id);
            texts.extend(parts.into_iter().flatten().map(|text| (place.clone(), text.as_str())));
        }
        for (item, stem) in instrument.items.iter().zip(&wording.stems) {
            let place = format!("item `{}`", item.id);
            texts.extend([(place.clone(), stem.as_str()), (place, item.number.as_str())]);
        }
        for (note, text) in instrument.notes.iter().zip(&wording.notes) {
            texts.push((format!("note `{}`", note.id), text.as_str()));
        }
        for (scale, words) in instrument.scales.iter().zip(&wording.scales) {
            let place = format!("the feedback on `{}`", scale.id);
            let feedback = words.feedback.iter().flatten().flatten();
            texts.extend(feedback.map(|text| (place.clone(), text.as_str())));
        }
        for (scale, words) in instrument.response_scales.iter().zip(&wording.responses) {
            let ends = [&words.min_label, &words.max_label, &words.yes_label, &words.no_label];
            let labels = words.labels.iter().chain(ends.into_iter().flatten()).chain(&words.unit);
            let place = format!("response scale `{}`", scale.name);
            texts.extend(labels.map(|text| (place.clone(), text.as_str())));
        }
        texts
    }

    fn file(path: PathBuf) -> FontFile {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let read = move || {
            let small = fs::metadata(&path).is_ok_and(|about| about.len() <= MOST_BYTES);
            if small { fs::read(&path).ok() } else { None }
        };
        FontFile { name, read: Box::new(read) }
    }

    /// Finds the fonts in `folder` and in the folders below it. Messages call the folder `shown`.
    fn below(
        folder: &Path,
        shown: &Path,
        (depth, found): (usize, &mut Vec<PathBuf>),
        skipped: &mut Skipped,
    ) -> Result<(), Stop> {
        let entries = Disk.entries(folder);
        for Entry { name, kind } in entries.map_err(|e| unread(shown, &plain(&e)))? {
            let (path, shown) = (folder.join(&name), shown.join(&name));
            match kind {
                Kind::Folder if depth == 0 => skipped.skip(shown, "it is nested too deeply"),
                Kind::Folder => below(&path, &shown, (depth - 1, &mut *found), skipped)?,
                Kind::LinkedFolder => skipped.skip(shown, "it is a link to a folder"),
                Kind::BrokenLink if is_font(&path) => {
                    skipped.skip(shown, "it is a broken link");
                }
                // One more than the limit is collected, so that the caller notices it.
                Kind::File if is_font(&path) && found.len() <= MOST_FILES => found.push(path),
                Kind::File | Kind::BrokenLink | Kind::NoFile => {}
            }
        }
        Ok(())
    }

    fn is_font(path: &Path) -> bool {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc")
    }
}
