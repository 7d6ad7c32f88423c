//! The house style of printed sheets: `[pdf]` in `scalewright.toml`, overridden by options of the command.

mod logo;

use std::path::{Path, PathBuf};

use scalewright_export::House;
use scalewright_model::file::PdfFile;
use scalewright_model::{Diagnostic, Layout, Paper, Pointer, Stop};
use scalewright_project::Settings;

use crate::gates;
use crate::letters::Fonts;
use crate::terminal::Terminal;

/// The house style and the fonts of printed sheets.
pub(crate) struct Style {
    /// Logo, colour and footer.
    pub(crate) house: House,
    pub(crate) fonts: Fonts,
    /// The bytes of the logo.
    picture: Option<Vec<u8>>,
}

impl Style {
    /// Returns the style of the settings; `fonts`, a folder from the command line, overrides theirs. If `shows` is
    /// false, no target uses the style, and the settings are not read.
    pub(crate) fn of(
        settings: &Settings,
        fonts: Option<&Path>,
        shows: bool,
        terminal: &mut Terminal<'_>,
    ) -> Result<Self, Stop> {
        if !shows {
            let fonts = Fonts::of(fonts, terminal)?;
            return Ok(Self { house: House::default(), fonts, picture: None });
        }
        let PdfFile { paper: _, layout: _, colour, logo: file, logo_alt, footer, fonts: folder } =
            settings.pdf();
        let fonts = match (fonts, folder) {
            (None, Some(folder)) => of_settings(settings, folder, terminal)?,
            _ => Fonts::of(fonts, terminal)?,
        };
        let logo = match (file, logo_alt) {
            (Some(file), Some(alt)) => {
                let read = logo::read(settings.folder(), file, alt);
                Some(
                    read.map_err(|wrong| gates::refused(&settings.refuse(vec![*wrong]), terminal))?,
                )
            }
            _ => None,
        };
        let (logo, picture) = logo.unzip();
        // The footer is not part of a wording, so `unprintable` does not check it.
        if let Some(lacking) = footer.as_deref().and_then(|footer| fonts.lacking(footer)) {
            let place = Pointer::top("pdf").key("footer");
            let wrong = Diagnostic::error("missing-letter", format!("no font has the {lacking}"))
                .at(place, "")
                .help("give a folder with a font that has it: `fonts = \"…\"`");
            return Err(gates::refused(&settings.refuse(vec![wrong]), terminal));
        }
        let house = House { logo, colour: colour.clone(), footer: footer.clone() };
        Ok(Self { house, fonts, picture })
    }
}

impl Style {
    /// Returns the path at which documents find the logo, and its bytes.
    pub(crate) fn picture(&self) -> Option<(&'static str, &[u8])> {
        let logo = self.house.logo.as_ref()?;
        Some((logo.file, self.picture.as_deref()?))
    }
}

/// Returns the fonts of the folder that the settings name.
fn of_settings(
    settings: &Settings,
    folder: &str,
    terminal: &mut Terminal<'_>,
) -> Result<Fonts, Stop> {
    let whole: PathBuf = settings.folder().join(folder);
    Fonts::of(Some(&whole), terminal).map_err(|stop| {
        // The message shows the folder as the settings name it, and not the absolute path.
        let message = stop.message.replace(&whole.display().to_string(), folder);
        let wrong = Diagnostic::error("unusable-file", message)
            .at(Pointer::top("pdf").key("fonts"), "")
            .help("`fonts` is a folder of font files: `.ttf`, `.otf`, `.ttc` or `.otc`");
        gates::refused(&settings.refuse(vec![wrong]), terminal)
    })
}

/// Returns the paper size: that of the command, else that of the settings, else A4.
pub(crate) fn paper(asked: Option<Paper>, settings: &Settings) -> Paper {
    asked.or(settings.pdf().paper).unwrap_or(Paper::A4)
}

/// Returns the layout: that of the command, else that of the settings, else the comfortable one.
pub(crate) fn layout(asked: Option<Layout>, settings: &Settings) -> Layout {
    asked.or(settings.pdf().layout).unwrap_or(Layout::Comfortable)
}
