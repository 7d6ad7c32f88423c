//! The public items of a crate: what `lib.rs` declares and re-exports, and what its public modules contain.

use syn::{Attribute, Item};

use super::macros::{Declared, declared};
use super::read::{Name, Sources, Target, is_public, is_public_item, name_of, uses};
use super::signature::signature;
use super::words::{docs, text_of};

/// What an item is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Function,
    Type,
    Trait,
    Constant,
    Macro,
    Module,
}

/// A public item.
pub(super) struct PublicItem {
    /// The path from the root of the crate: `text::quote`.
    pub(super) path: String,
    pub(super) kind: Kind,
    /// The lines of the doc comment.
    pub(super) docs: Vec<String>,
    /// The name, arguments and result of a function.
    pub(super) signature: Option<String>,
    /// The feature of the crate without which the item does not exist.
    pub(super) feature: Option<String>,
}

/// Returns the public items of a crate, sorted by path, without letter case.
pub(super) fn items(sources: &Sources) -> Result<Vec<PublicItem>, String> {
    let mut found = exported_macros(sources);
    add_module(sources, &Name::new(), ("", None), &mut found)?;
    found.sort_by_key(|item| (item.path.to_lowercase(), item.path.clone()));
    found.dedup_by(|a, b| a.path == b.path && a.kind == b.kind);
    documented(found)
}

/// Returns the items if each has a doc comment.
pub(super) fn documented(items: Vec<PublicItem>) -> Result<Vec<PublicItem>, String> {
    match items.iter().find(|item| item.docs.is_empty()) {
        Some(item) => Err(format!("`{}` has no doc comment", item.path)),
        None => Ok(items),
    }
}

/// The place of a module: its path in the public interface, with `::` at the end, and the feature that it needs.
type Place<'a> = (&'a str, Option<&'a str>);

/// Adds the public items of a module.
fn add_module(
    sources: &Sources,
    module: &Name,
    place: Place<'_>,
    found: &mut Vec<PublicItem>,
) -> Result<(), String> {
    for item in &sources.module(module)?.items {
        for (alias, target) in targets(sources, module, item)? {
            add_target(sources, target, &alias, (place, attributes(item)), found)?;
        }
    }
    Ok(())
}

/// Returns what an item of a module makes public, each under its name.
fn targets<'s>(
    sources: &'s Sources,
    module: &Name,
    item: &'s Item,
) -> Result<Vec<(String, Target<'s>)>, String> {
    let in_macros = declared(item, None).into_iter();
    let mut found: Vec<_> =
        in_macros.map(|item| (item.name.clone(), Target::InMacro(item))).collect();
    match item {
        Item::Use(import) if is_public(&import.vis) => {
            for (path, alias) in uses(item) {
                found.push((alias, sources.target(module, &path)?));
            }
        }
        Item::Mod(child) if is_public(&child.vis) => {
            let alias = child.ident.to_string();
            let path = module.iter().chain([&alias]).cloned().collect();
            found.push((alias, Target::Module(path)));
        }
        _ if is_public_item(item) => {
            found.push((name_of(item).unwrap_or_default(), Target::Item(item)));
        }
        _ => {}
    }
    Ok(found)
}

/// Adds what a public name leads to.
fn add_target(
    sources: &Sources,
    target: Target<'_>,
    alias: &str,
    ((before, feature), attributes): (Place<'_>, &[Attribute]),
    found: &mut Vec<PublicItem>,
) -> Result<(), String> {
    let path = format!("{before}{alias}");
    let own = feature_of(attributes);
    let feature = own.as_deref().or(feature);
    let feature_name = feature.map(str::to_owned);
    match target {
        Target::Item(item) => found.push(of_item(item, path, feature_name)),
        Target::InMacro(item) => found.push(of_macro(item, path, feature_name)),
        Target::Module(name) => {
            let docs = docs(&sources.module(&name)?.attrs);
            add_module(sources, &name, (&format!("{path}::"), feature), found)?;
            let (kind, signature) = (Kind::Module, None);
            found.push(PublicItem { path, kind, docs, signature, feature: feature_name });
        }
    }
    Ok(())
}

fn of_item(item: &Item, path: String, feature: Option<String>) -> PublicItem {
    let kind = match item {
        Item::Fn(_) => Kind::Function,
        Item::Trait(_) => Kind::Trait,
        Item::Const(_) | Item::Static(_) => Kind::Constant,
        _ => Kind::Type,
    };
    let signature = match item {
        Item::Fn(function) => Some(renamed(&signature(&function.sig), &path)),
        _ => None,
    };
    PublicItem { path, kind, docs: docs(attributes(item)), signature, feature }
}

fn of_macro(item: Declared, path: String, feature: Option<String>) -> PublicItem {
    let kind = match item.keyword.as_deref() {
        Some("const" | "static") => Kind::Constant,
        _ => Kind::Type,
    };
    PublicItem { path, kind, docs: item.docs, signature: None, feature }
}

/// Replaces the name in a signature by the path under which others call the function.
fn renamed(signature: &str, path: &str) -> String {
    let rest = signature.find(['(', '<']).map_or("", |at| &signature[at..]);
    format!("{path}{rest}")
}

/// Returns the macros that the crate exports from any module.
fn exported_macros(sources: &Sources) -> Vec<PublicItem> {
    let all = sources.files().flat_map(|file| &file.items);
    let exported = all.filter_map(|item| match item {
        Item::Macro(item) if has(&item.attrs, "macro_export") => Some(PublicItem {
            path: format!("{}!", item.ident.as_ref()?),
            kind: Kind::Macro,
            docs: docs(&item.attrs),
            signature: None,
            feature: None,
        }),
        _ => None,
    });
    exported.collect()
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// Returns the feature of `#[cfg(feature = "…")]`.
pub(super) fn feature_of(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).find_map(|attribute| {
        let meta: syn::MetaNameValue = attribute.parse_args().ok()?;
        text_of("feature", &meta)
    })
}
