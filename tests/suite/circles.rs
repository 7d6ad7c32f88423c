//! Cyclic dependencies between files: two files of one top-level module may depend on each other, but no others.
//!
//! A file depends on another through its imports and the paths in its code. A re-export (`pub use`) is followed to the
//! file that defines the name.

mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::root;
use crate::tidy::sources;
use imports::{Import, Module};

pub(crate) use imports::literal;

/// The path of a module from the root of its crate: `["layout", "print"]`.
type Name = Vec<String>;

/// The modules of a crate, one per file.
struct Crate {
    modules: BTreeMap<Name, Module>,
}

impl Crate {
    fn read(name: &str) -> Self {
        let folder = format!("crates/{name}/src");
        let base = root().join(&folder);
        let modules = sources(&folder).into_iter().filter_map(|(path, text)| {
            let path = path.strip_prefix(&base).expect("it is in the folder").with_extension("");
            Some((module_name(&path)?, Module::read(&text)))
        });
        Self { modules: modules.collect() }
    }

    /// Returns the file that defines the item of a path, seen from `at`, or `None` if another crate defines it.
    fn target(&self, at: &Name, path: &[String], depth: usize) -> Option<Name> {
        let (mut module, rest) = self.start(at, path)?;
        for (step, name) in rest.iter().enumerate() {
            let mut child = module.clone();
            child.push(name.clone());
            if self.modules.contains_key(&child) {
                module = child;
                continue;
            }
            let import = self.modules[&module].imports.iter().find(|import| import.alias == *name);
            let Some(import) = import.filter(|_| depth < 16) else { return Some(module) };
            let path = [&import.path, &rest[step + 1..]].concat();
            return self.target(&module, &path, depth + 1);
        }
        Some(module)
    }

    fn start<'p>(&self, at: &Name, path: &'p [String]) -> Option<(Name, &'p [String])> {
        let (first, mut rest) = path.split_first()?;
        let mut module = at.clone();
        match first.as_str() {
            "crate" => return Some((Name::new(), rest)),
            "self" => {}
            "super" => {
                module.pop();
                while let Some(("super", after)) = rest.split_first().map(|(f, r)| (f.as_str(), r))
                {
                    module.pop();
                    rest = after;
                }
            }
            child => {
                module.push(child.to_owned());
                return self.modules.contains_key(&module).then_some((module, rest));
            }
        }
        Some((module, rest))
    }

    /// The files that each file depends on.
    fn arrows(&self) -> BTreeMap<Name, BTreeSet<Name>> {
        let needs = |(name, module): (&Name, &Module)| {
            let imports = module.imports.iter().filter(|import| !import.is_only_passed_on);
            let paths = imports.map(|Import { path, .. }| path).chain(&module.paths);
            let targets = paths.filter_map(|path| self.target(name, path, 0));
            (name.clone(), targets.filter(|target| target != name).collect())
        };
        self.modules.iter().map(needs).collect()
    }
}

/// Returns the module of a file: `["layout", "print"]` for `layout/print`, `["fhir"]` for `fhir/mod`, the root for
/// `lib`. `main` is not part of the library, so it has none.
fn module_name(path: &Path) -> Option<Name> {
    let mut parts: Name = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.pop_if(|last| last == "mod");
    match parts.join("/").as_str() {
        "main" => None,
        "lib" => Some(Name::new()),
        _ => Some(parts),
    }
}

/// All files that can be reached from a file.
fn reached(from: &Name, arrows: &BTreeMap<Name, BTreeSet<Name>>) -> BTreeSet<Name> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(next) = open.pop() {
        for target in &arrows[next] {
            if reached.insert(target.clone()) {
                open.push(target);
            }
        }
    }
    reached
}

/// The cycles: sets of files that all reach each other.
fn circles(arrows: &BTreeMap<Name, BTreeSet<Name>>) -> BTreeSet<Vec<Name>> {
    let reached: BTreeMap<&Name, BTreeSet<Name>> =
        arrows.keys().map(|name| (name, reached(name, arrows))).collect();
    let circle = |name: &&Name| {
        let mutual =
            |other: &&Name| reached[name].contains(*other) && reached[other].contains(*name);
        arrows.keys().filter(mutual).cloned().collect::<Vec<Name>>()
    };
    arrows.keys().map(|name| circle(&name)).filter(|circle| circle.len() > 1).collect()
}

/// Whether a cycle consists of two files of one top-level module.
fn is_allowed(circle: &[Name]) -> bool {
    circle.len() <= 2 && circle.iter().all(|name| name.first() == circle[0].first())
}

fn shown(name: &Name) -> String {
    if name.is_empty() { "lib".to_owned() } else { name.join("/") }
}

#[test]
fn at_most_two_files_depend_on_each_other() {
    let folder = std::fs::read_dir(root().join("crates")).expect("the crates exist").flatten();
    let mut names: Vec<String> = folder
        .filter(|entry| entry.path().join("Cargo.toml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 6, "{names:?}");
    let mut wrong = Vec::new();
    for name in &names {
        let found = circles(&Crate::read(name).arrows());
        for circle in found.iter().filter(|circle| !is_allowed(circle)) {
            let files: Vec<String> = circle.iter().map(shown).collect();
            wrong.push(format!("{name}: {} files: {}", files.len(), files.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "files depend on each other in cycles:\n{}", wrong.join("\n"));
}
