//! No circle of files: within a module of the top level at most two files may need each other, across modules none.
//!
//! Files are linked by their imports and by the paths in their code. Names that a module only passes on (`pub use`) lead
//! to the file that defines them.

mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::root;
use crate::tidy::sources;
use imports::{Import, Module};

/// The path of a module from the root of its crate: `["layout", "print"]`.
type Name = Vec<String>;

/// The modules of a crate, a file each.
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

    /// The file that defines what a path names, seen from `at`; nothing for what other crates define.
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

    /// The files that each file needs.
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

/// `layout/print` is `["layout", "print"]`, `fhir/mod` is `["fhir"]`, `lib` the root; a program's `main` is no part of
/// the library.
fn module_name(path: &Path) -> Option<Name> {
    let mut parts: Name = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.pop_if(|last| last == "mod");
    match parts.join("/").as_str() {
        "main" => None,
        "lib" => Some(Name::new()),
        _ => Some(parts),
    }
}

/// Everything that can be reached from a file.
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

/// The circles: files of which each reaches each other.
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

/// Whether a circle is two files of one module of the top level.
fn is_allowed(circle: &[Name]) -> bool {
    circle.len() <= 2 && circle.iter().all(|name| name.first() == circle[0].first())
}

fn shown(name: &Name) -> String {
    if name.is_empty() { "lib".to_owned() } else { name.join("/") }
}

#[test]
fn files_need_each_other_in_pairs_at_most() {
    let folder = std::fs::read_dir(root().join("crates")).expect("the crates are there").flatten();
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
    assert!(wrong.is_empty(), "files need each other in circles:\n{}", wrong.join("\n"));
}
