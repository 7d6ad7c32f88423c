//! Instruments of packs: found by id, named `pack:id`, and given the wordings that packs supply.

use std::path::Path;

use scalewright_check::{Source, instrument_of, language_of};
use scalewright_model::Stop;
use scalewright_model::file::LIBRARY_NAME;

use super::{DEFINITION, Found, Library, is_plain_name};
use crate::packs::Pack;

/// An instrument as listed: its origin, and its name if the id alone is not enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The definition.
    pub found: Found,
    /// The name of the pack; `None` for the library.
    pub pack: Option<String>,
    /// Whether the id exists in more than one place, so that it must be written `pack:id`.
    pub collides: bool,
}

impl Library<'_> {
    /// Adds packs, whose instruments are found after those of the library.
    #[must_use]
    pub fn with_packs(mut self, packs: Vec<Pack>) -> Self {
        self.packs = packs;
        self
    }

    /// Returns the packs.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Returns every readable instrument of the library, then those of the packs. Unreadable files and folders are
    /// recorded in [`Self::skipped`].
    ///
    /// # Errors
    ///
    /// If there is neither a library with an instrument nor a pack, or a definition is a link out of its pack.
    pub fn listed(&self) -> Result<Vec<Listed>, Stop> {
        let mut all = Vec::new();
        // Without a library, the packs are all there is to list.
        if self.folder.is_some() || self.packs.is_empty() {
            all.extend(self.all_readable()?.into_iter().map(|found| (None, found)));
        }
        for pack in &self.packs {
            for found in self.of_pack(pack)? {
                all.push((Some(pack.file.name.clone()), found));
            }
        }
        let ids: Vec<Option<String>> = all.iter().map(|(_, found)| found.folder_name()).collect();
        let collides = |id: &Option<String>| {
            id.is_some() && ids.iter().filter(|other| *other == id).count() > 1
        };
        let listed = all.into_iter().zip(&ids).map(|((pack, found), id)| Listed {
            found,
            collides: collides(id),
            pack,
        });
        Ok(listed.collect())
    }

    /// Returns the instruments of a pack: the folders directly in `instruments`.
    fn of_pack(&self, pack: &Pack) -> Result<Vec<Found>, Stop> {
        let folder = pack.instruments();
        if !self.files.exists(&self.cwd.join(&folder)) {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for path in self.folders(&folder)? {
            let path = path.join(DEFINITION);
            if self.is_file(&path)? {
                pack.holds(self.files, self.cwd, &path)?;
                found.push(Found { path });
            }
        }
        Ok(found)
    }

    /// Returns the definitions that `pack:id` or `library:id` names, or `None` if `given` does not have that form.
    pub(super) fn qualified(&self, given: &Path) -> Option<Result<Found, Stop>> {
        let text = given.to_str()?;
        let (name, id) = text.split_once(':')?;
        if !is_plain_name(Path::new(id)) {
            return None;
        }
        let found = match name {
            LIBRARY_NAME => self.in_library(Path::new(id)),
            _ => self.in_pack(self.packs.iter().find(|pack| pack.file.name == name)?, id),
        };
        Some(found.and_then(|found| {
            found.ok_or_else(|| {
                let place = if name == LIBRARY_NAME { "the library" } else { "the pack" };
                Stop::usage(format!("there is no instrument `{id}` in {place} `{name}`"))
                    .help("`scalewright list` shows the instruments")
            })
        }))
    }

    /// Returns the only definition with the id `given` in the library and the packs.
    pub(super) fn everywhere(&self, given: &Path) -> Result<Option<Found>, Stop> {
        let mut found = Vec::new();
        if !is_plain_name(given) {
            return Ok(None);
        }
        found.extend(self.in_library(given)?.map(|found| (LIBRARY_NAME, found)));
        let id = given.to_string_lossy();
        for pack in &self.packs {
            found.extend(self.in_pack(pack, &id)?.map(|found| (pack.file.name.as_str(), found)));
        }
        if found.len() < 2 {
            return Ok(found.pop().map(|(_, found)| found));
        }
        let names: Vec<String> = found.iter().map(|(name, _)| format!("`{name}:{id}`")).collect();
        Err(Stop::usage(format!("`{id}` exists in more than one place"))
            .help(format!("write which one is meant: {}", names.join(", "))))
    }

    fn in_library(&self, id: &Path) -> Result<Option<Found>, Stop> {
        let Some(folder) = &self.folder else { return Ok(None) };
        let path = folder.join(id).join(DEFINITION);
        Ok(self.is_file(&path)?.then_some(Found { path }))
    }

    fn in_pack(&self, pack: &Pack, id: &str) -> Result<Option<Found>, Stop> {
        let path = pack.instruments().join(id).join(DEFINITION);
        if !is_plain_name(Path::new(id)) || !self.is_file(&path)? {
            return Ok(None);
        }
        pack.holds(self.files, self.cwd, &path)?;
        Ok(Some(Found { path }))
    }

    /// Returns the names of all instruments of packs, for advice about misspelt ids.
    pub(super) fn ids_of_packs(&self) -> Vec<String> {
        let all = self.packs.iter().filter_map(|pack| self.of_pack(pack).ok()).flatten();
        all.filter_map(|found| found.folder_name()).collect()
    }

    /// Returns the wordings that packs supply for the instrument `id`, except in the languages of `given`.
    pub(super) fn packed_wordings(
        &self,
        found: &Found,
        id: &str,
        given: &[Source],
    ) -> Result<Vec<Source>, Stop> {
        let languages: Vec<_> = given.iter().filter_map(|one| language_of(&one.bytes)).collect();
        let mut supplied = Vec::new();
        for pack in &self.packs {
            let own = self.in_pack(pack, id)?;
            // If the pack has an instrument of that id, its wordings are meant for that one only.
            if own.is_some_and(|own| own != *found) {
                continue;
            }
            for source in self.wordings_of(pack)? {
                let language = language_of(&source.bytes);
                let is_given = language.is_some_and(|language| languages.contains(&language));
                if instrument_of(&source.bytes).as_deref() == Some(id) && !is_given {
                    supplied.push(source);
                }
            }
        }
        Ok(supplied)
    }

    fn wordings_of(&self, pack: &Pack) -> Result<Vec<Source>, Stop> {
        let folder = pack.wordings();
        if !self.files.exists(&self.cwd.join(&folder)) {
            return Ok(Vec::new());
        }
        let mut paths = self.tomls(&folder)?;
        for inner in self.folders(&folder)? {
            paths.extend(self.tomls(&inner)?);
        }
        let mut sources = Vec::new();
        for path in paths {
            pack.holds(self.files, self.cwd, &path)?;
            sources.push(self.read(&path)?);
        }
        Ok(sources)
    }
}
