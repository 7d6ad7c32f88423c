//! Reads the sources of a crate, and finds what a path in `pub use` leads to.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::{File, Item, UseTree, Visibility};

use super::macros::{Declared, declared};

/// The path of a module from the root of its crate: `["layout", "print"]`.
pub(super) type Name = Vec<String>;

/// The parsed modules of a crate, one per file.
pub(super) struct Sources {
    modules: BTreeMap<Name, File>,
}

/// What a path leads to.
pub(super) enum Target<'s> {
    Module(Name),
    Item(&'s Item),
    /// An item that a macro declares.
    InMacro(Declared),
}

impl Sources {
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        let mut modules = BTreeMap::new();
        add_modules(folder, &Name::new(), &mut modules)?;
        Ok(Self { modules })
    }

    pub(super) fn module(&self, name: &Name) -> Result<&File, String> {
        self.modules.get(name).ok_or_else(|| format!("there is no module `{}`", name.join("::")))
    }

    /// Returns all modules in the order of their names.
    pub(super) fn files(&self) -> impl Iterator<Item = &File> + Clone {
        self.modules.values()
    }

    /// Returns what `path` leads to, seen from the module `at`.
    pub(super) fn target(&self, at: &Name, path: &[String]) -> Result<Target<'_>, String> {
        let [first, rest @ ..] = path else { return Ok(Target::Module(at.clone())) };
        match first.as_str() {
            "crate" => return self.target(&Name::new(), rest),
            "self" => return self.target(at, rest),
            "super" => return self.target(&at[..at.len().saturating_sub(1)].to_vec(), rest),
            _ => {}
        }
        let child: Name = at.iter().chain([first]).cloned().collect();
        let is_module = self.modules.contains_key(&child);
        if is_module && !rest.is_empty() {
            return self.target(&child, rest);
        }
        // An item may have the name of a module, which is usually private then.
        match self.item(at, first, rest)? {
            Some(target) => Ok(target),
            None if is_module => Ok(Target::Module(child)),
            None => Err(format!("`{first}` is not found in the module `{}`", at.join("::"))),
        }
    }

    /// Returns what `name` leads to in a module that declares it, imports it, or declares it in a macro.
    fn item(&self, at: &Name, name: &str, rest: &[String]) -> Result<Option<Target<'_>>, String> {
        let items = &self.module(at)?.items;
        // A private function may have the name of a public module.
        let declares =
            |item: &&Item| is_public_item(item) && name_of(item).is_some_and(|own| own == name);
        if let Some(item) = items.iter().find(declares) {
            return Ok(Some(Target::Item(item)));
        }
        // A path of one segment, a crate, would lead to itself.
        let mut imports = items.iter().flat_map(uses).filter(|(path, _)| path.len() > 1);
        if let Some((path, _)) = imports.find(|(_, alias)| alias == name) {
            return self.target(at, &[&path, rest].concat()).map(Some);
        }
        // Macros also use names; a declaration has a comment.
        let in_macros = items.iter().flat_map(|item| declared(item, Some(name)));
        let mut documented = in_macros.filter(|item| !item.docs.is_empty());
        Ok(documented.next().map(Target::InMacro))
    }
}

fn add_modules(
    folder: &Path,
    name: &Name,
    modules: &mut BTreeMap<Name, File>,
) -> Result<(), String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(|error| failed(&error))? {
        let path = entry.map_err(|error| failed(&error))?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let child: Name = name.iter().cloned().chain([stem.clone()]).collect();
        if path.is_dir() {
            add_modules(&path, &child, modules)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") && stem != "main" {
            let text = fs::read_to_string(&path).map_err(|error| failed(&error))?;
            let file = syn::parse_file(&text);
            let file = file.map_err(|error| format!("{}: {error}", path.display()))?;
            let is_own = matches!(stem.as_str(), "lib" | "mod");
            modules.insert(if is_own { name.clone() } else { child }, file);
        }
    }
    Ok(())
}

/// Returns the name that an item declares.
pub(super) fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// Returns the paths that an item imports, each with its name in this module.
pub(super) fn uses(item: &Item) -> Vec<(Name, String)> {
    let mut found = Vec::new();
    if let Item::Use(item) = item {
        add_uses(&item.tree, &Name::new(), &mut found);
    }
    found
}

fn add_uses(tree: &UseTree, before: &Name, found: &mut Vec<(Name, String)>) {
    let with = |name: &dyn ToString| -> Name {
        before.iter().cloned().chain([name.to_string()]).collect()
    };
    match tree {
        UseTree::Path(path) => add_uses(&path.tree, &with(&path.ident), found),
        UseTree::Name(name) => found.push((with(&name.ident), name.ident.to_string())),
        UseTree::Rename(name) => found.push((with(&name.ident), name.rename.to_string())),
        UseTree::Group(group) => {
            group.items.iter().for_each(|tree| add_uses(tree, before, found));
        }
        // Nothing has this name, so that the search for it fails: write the names of what is public.
        UseTree::Glob(_) => found.push((with(&"*"), "*".to_owned())),
    }
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether an item with a name is public.
pub(super) fn is_public_item(item: &Item) -> bool {
    match item {
        Item::Const(item) => is_public(&item.vis),
        Item::Enum(item) => is_public(&item.vis),
        Item::Fn(item) => is_public(&item.vis),
        Item::Static(item) => is_public(&item.vis),
        Item::Struct(item) => is_public(&item.vis),
        Item::Trait(item) => is_public(&item.vis),
        Item::Type(item) => is_public(&item.vis),
        _ => false,
    }
}
