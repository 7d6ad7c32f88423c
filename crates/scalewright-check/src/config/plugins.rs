//! Checks the settings in `[plugins]`, as far as possible without running a program.

use scalewright_model::file::{PluginFile, PluginsFile};
use scalewright_model::{Diagnostic, Pointer};

use crate::outside::is_plugin_name;

/// Reports names that no plug-in can have, and keys that exclude each other.
pub(super) fn wrong(plugins: &PluginsFile) -> Vec<Diagnostic> {
    let PluginsFile { export, lint, import } = plugins;
    let kinds = [("export", export), ("lint", lint), ("import", import)];
    let entries = kinds
        .into_iter()
        .flat_map(|(kind, plugins)| plugins.iter().map(move |(name, plugin)| (kind, name, plugin)));
    entries.flat_map(|(kind, name, plugin)| of_one(kind, name, plugin)).collect()
}

fn of_one(kind: &str, name: &str, plugin: &PluginFile) -> Vec<Diagnostic> {
    let place = Pointer::top("plugins").key(kind).key(name);
    let mut found = Vec::new();
    if !is_plugin_name(name) {
        let message = format!("`{name}` cannot be the name of a plug-in");
        found.push(
            Diagnostic::error("wrong-form", message)
                .at_key(place.clone(), "")
                .help("write lower-case letters, digits and single hyphens, such as `my-itemlist`"),
        );
    }
    let PluginFile { command, templates, pass_env, read, .. } = plugin;
    if command.as_ref().is_some_and(|parts| parts.iter().any(|part| part.contains('\0')))
        || command.as_ref().and_then(|parts| parts.first()).is_some_and(String::is_empty)
    {
        found.push(
            Diagnostic::error("wrong-form", "`command` does not name a program")
                .at(place.key("command"), "")
                .help(
                    "write the program and its arguments: `[\"python3\", \"plugins/itemlist.py\"]`",
                ),
        );
    }
    if templates.is_some() {
        found.extend(of_templates(kind, plugin, &place));
    }
    let bad = pass_env.iter().enumerate().find(|(_, name)| !is_variable(name));
    if let Some((index, name)) = bad {
        let message = format!("`{name}` cannot be the name of a variable");
        found.push(
            Diagnostic::error("wrong-form", message)
                .at(place.key("pass-env").index(index), "")
                .help("name a variable of the environment, without its value: `R_HOME`"),
        );
    }
    if let Some(index) = read.iter().position(String::is_empty) {
        found.push(
            Diagnostic::error("wrong-form", "an empty text names no folder")
                .at(place.key("read").index(index), "")
                .help("name a folder or a file, such as `fonts`"),
        );
    }
    found
}

/// Reports what does not go with templates: they are no program.
fn of_templates(kind: &str, plugin: &PluginFile, place: &Pointer) -> Vec<Diagnostic> {
    let PluginFile {
        command,
        templates: _,
        pass_env,
        read,
        time_limit,
        output_limit,
        file_limit,
        memory_limit,
    } = plugin;
    let mut found = Vec::new();
    if kind != "export" {
        found.push(
            Diagnostic::error("misplaced-key", "only an exporter can consist of templates")
                .at_key(place.key("templates"), "")
                .help("name a program: `command = [\"python3\", \"plugins/house.py\"]`"),
        );
    }
    let given = [
        ("command", command.is_some()),
        ("pass-env", !pass_env.is_empty()),
        ("read", !read.is_empty()),
        ("time-limit", time_limit.is_some()),
        ("output-limit", output_limit.is_some()),
        ("file-limit", file_limit.is_some()),
        ("memory-limit", memory_limit.is_some()),
    ];
    for (key, _) in given.into_iter().filter(|(_, given)| *given) {
        let message = format!("`{key}` has no effect on templates, which are not a program");
        found.push(
            Diagnostic::error("misplaced-key", message)
                .at_key(place.key(key), "")
                .help("remove this key, or `templates`"),
        );
    }
    found
}

/// Whether `name` can be a variable of the environment on every system.
fn is_variable(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()) && name.chars().all(is_part)
}
