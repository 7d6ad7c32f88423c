//! Reads a folder of templates and checks all of it, before anything is exported.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use minijinja::Error;
use minijinja::machinery::ast::{Expr, Stmt};
use scalewright_check::{Document, Finding, MAX_BYTES, Mark, Source, locate, read_toml};
use scalewright_model::text::plain;
use scalewright_model::{Diagnostic, Pointer, Severity, closest};
use scalewright_project::{At, Files};
use scalewright_wire as wire;

use crate::templates::context::VARIABLES;
use crate::templates::engine::{environment, syntax};
use crate::templates::file::{Dialect, Escape, OptionType, TargetFile};
use crate::templates::losses;
use crate::templates::pieces::pieces;
use crate::templates::places;
use crate::templates::rules::{Known, Mistake, broken, bytes, list, too_deep};
use crate::templates::walk::{Part, walk};

/// The name of the file that makes a folder an exporter.
pub const TARGET: &str = "target.toml";
/// The most templates in a folder.
const MOST_TEMPLATES: usize = 200;
/// The most bytes of a template.
const LARGEST: usize = 256 << 10;

/// An exporter that is a folder of templates.
#[derive(Debug, Clone)]
pub struct TemplateExporter {
    /// The content of `target.toml`.
    pub(super) target: TargetFile,
    /// `target.toml`, and then the templates with their paths in the folder as names.
    pub(super) documents: Vec<Document>,
    /// The names of the documents in messages.
    pub(super) shown: Vec<String>,
}

/// What is wrong with a folder of templates: its texts, and findings with places in them.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// The texts, by the index that findings use.
    pub documents: Vec<Document>,
    /// The findings. At least one.
    pub findings: Vec<Finding>,
}

impl TemplateExporter {
    /// Reads the folder at the absolute path `folder`. Messages show paths below `shown`.
    ///
    /// # Errors
    /// Returns all mistakes in `target.toml`; or if there are none, all mistakes in the templates.
    pub fn read(files: &dyn Files, folder: &Path, shown: &Path) -> Result<Self, Wrong> {
        let name = shown.join(TARGET).display().to_string();
        let bytes = match files.read(&folder.join(TARGET), MAX_BYTES + 1) {
            Ok(bytes) => bytes,
            Err(error) => return Err(unreadable(name, &plain(&error))),
        };
        let (target, document) = read_toml::<TargetFile>(Source { name: name.clone(), bytes })
            .map_err(|(document, findings)| Wrong { documents: vec![document], findings })?;
        let mut found = in_target(&target);
        let templates = templates(files, folder, &target, &mut found);
        found.extend(unknown_templates(&target, &templates));
        if !found.is_empty() {
            let mut findings = locate(found, 0, &document);
            findings.sort_by_key(Finding::order);
            return Err(Wrong { documents: vec![document], findings });
        }
        let mut exporter = Self { target, documents: vec![document], shown: vec![name] };
        for template in templates {
            exporter.shown.push(shown.join(&template.name).display().to_string());
            exporter.documents.push(template);
        }
        exporter.declare_notes();
        exporter.check()
    }

    /// Declares the loss of notes if no template prints them, so that none is lost silently.
    fn declare_notes(&mut self) {
        let prints = self.templates().any(|(_, text)| text.contains("notes"));
        let declared = self.target.losses.iter().flat_map(|loss| &loss.keys);
        if !prints && !declared.into_iter().any(|key| key.starts_with("notes[]")) {
            self.target.losses.push(losses::of_notes());
        }
    }

    /// Reports all mistakes in the templates.
    fn check(self) -> Result<Self, Wrong> {
        let mut findings = Vec::new();
        for index in 1..self.documents.len() {
            let found = self.in_template(index);
            findings.extend(found.into_iter().map(|mistake| finding(mistake, index)));
        }
        findings.extend(self.in_expressions());
        if findings.is_empty() {
            return Ok(self);
        }
        findings.sort_by_key(Finding::order);
        Err(self.wrong(findings))
    }

    pub(super) fn wrong(&self, findings: Vec<Finding>) -> Wrong {
        let pairs = self.documents.iter().zip(&self.shown);
        let named = |(document, shown): (&Document, &String)| {
            Document::new(shown.clone(), document.text.clone())
        };
        Wrong { documents: pairs.map(named).collect(), findings }
    }

    /// The paths and texts of the templates.
    pub(super) fn templates(&self) -> impl Iterator<Item = (&str, &str)> {
        let templates = self.documents.iter().skip(1);
        templates.map(|document| (document.name.as_str(), document.text.as_str()))
    }

    fn in_template(&self, index: usize) -> Vec<Mistake> {
        let Document { name, text, .. } = &self.documents[index];
        if let Some(mistake) = too_deep(text) {
            return vec![mistake];
        }
        let tree = match syntax(name, text) {
            Ok(tree) => tree,
            Err(error) => return vec![of_engine(&error, text)],
        };
        let templates: Vec<&str> = self.templates().map(|(name, _)| name).collect();
        let options: Vec<&str> = self.target.options.iter().map(|one| one.name.as_str()).collect();
        let dialects = [Dialect::R, Dialect::Sql].into_iter();
        let undeclared: Vec<&str> = dialects
            .filter(|dialect| !self.target.dialects.contains(dialect))
            .map(Dialect::name)
            .collect();
        let known = Known { templates: &templates, options: &options, undeclared: &undeclared };
        let mut found = broken(&tree, &known);
        let pieces = pieces(&tree);
        for kind in self.kinds(name) {
            found.extend(places::mistakes(&pieces, kind, text.len()));
        }
        found.extend(self.undefined(name, text));
        found
    }

    /// The kinds of files that a template is a part of, directly or through templates that include it.
    fn kinds(&self, name: &str) -> BTreeSet<Escape> {
        let files =
            self.target.files.iter().filter(|file| self.parts(&file.template).contains(name));
        let kinds: BTreeSet<Escape> = files.filter_map(|file| file.kind()).collect();
        if kinds.is_empty() { Escape::of_name(name).into_iter().collect() } else { kinds }
    }

    /// The template and all templates that it includes.
    fn parts(&self, template: &str) -> BTreeSet<String> {
        let mut parts = BTreeSet::from([template.to_owned()]);
        let mut next = vec![template.to_owned()];
        while let Some(name) = next.pop() {
            let document = self.documents.iter().skip(1).find(|document| document.name == name);
            let more = document.map(included).unwrap_or_default();
            next.extend(more.into_iter().filter(|part| parts.insert(part.clone())));
        }
        parts
    }

    /// Reports variables that no template can use. An included template also has those of the template around it.
    fn undefined(&self, name: &str, text: &str) -> Vec<Mistake> {
        if !self.target.files.iter().any(|file| file.template == name) {
            return Vec::new();
        }
        let Ok(environment) = environment(Escape::Plain, [(name, text)]) else { return Vec::new() };
        let Ok(template) = environment.get_template(name) else { return Vec::new() };
        let undeclared = template.undeclared_variables(false);
        let unknown: BTreeSet<String> =
            undeclared.into_iter().filter(|name| !VARIABLES.contains(&name.as_str())).collect();
        let Ok(tree) = syntax(name, text) else { return Vec::new() };
        let mut found = Vec::new();
        walk(&tree, &mut |part| {
            if let Part::Expression(Expr::Var(variable)) = part
                && unknown.contains(variable.id)
            {
                found.push(unknown_variable(variable.id, bytes(variable.span())));
            }
        });
        found
    }

    /// Reports mistakes in the names of files and in the conditions of losses, which are templates too.
    fn in_expressions(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        for (index, file) in self.target.files.iter().enumerate() {
            let place = Pointer::entry("files", index).key("name");
            let names = environment(Escape::Plain, [("name", file.name.as_str())])
                .and_then(|names| Ok(names.get_template("name")?.undeclared_variables(false)));
            found.extend(in_expression(names, "", &place));
        }
        for (index, loss) in self.target.losses.iter().enumerate() {
            let Some(condition) = &loss.condition else { continue };
            let place = Pointer::entry("losses", index).key("if");
            let names = environment(Escape::Plain, []).and_then(|environment| {
                Ok(environment.compile_expression(condition)?.undeclared_variables(false))
            });
            found.extend(in_expression(names, "value", &place));
        }
        locate(found, 0, &self.documents[0])
    }

    /// What the exporter is and does, as a program would describe itself.
    #[must_use]
    pub fn description(&self) -> wire::Description {
        let target = &self.target;
        let files = target.files.iter().map(|file| wire::FileDescription {
            name: placeholders(&file.name),
            what: file.what.clone(),
        });
        let names = target.names.as_ref().map(|names| wire::NameRules {
            longest: names.longest,
            reserved: names.reserved.clone(),
        });
        wire::Description {
            protocol: wire::PROTOCOL,
            kind: wire::Kind::Export,
            name: target.name.clone(),
            version: target.version.clone(),
            summary: target.summary.clone(),
            features: Vec::new(),
            flags: Vec::new(),
            options: target.options.iter().map(|option| option.description()).collect(),
            files: files.collect(),
            names,
            limits: target.limits.clone(),
            losses: losses::descriptions(&target.losses),
            lints: Vec::new(),
            formats: Vec::new(),
        }
    }

    /// The dialects in which the caller has to print the scores.
    #[must_use]
    pub fn dialects(&self) -> &[Dialect] {
        &self.target.dialects
    }
}

/// Reports the error of a text of `target.toml`, or the variables in it that do not exist, except `own`.
fn in_expression(
    names: Result<HashSet<String>, Error>,
    own: &str,
    place: &Pointer,
) -> Vec<Diagnostic> {
    let names: BTreeSet<String> = match names {
        Ok(names) => names.into_iter().collect(),
        Err(error) => return vec![in_text(&error, place.clone())],
    };
    let unknown =
        names.into_iter().filter(|name| name != own && !VARIABLES.contains(&name.as_str()));
    let report = |name: String| {
        let mistake = unknown_variable(&name, 0..0);
        Diagnostic::error(mistake.code, mistake.message).at(place.clone(), "").help(mistake.help)
    };
    unknown.map(report).collect()
}

/// The name of a file with placeholders: `{{ instrument.id }}.html` is `<id>.html`.
fn placeholders(name: &str) -> String {
    let (mut shown, mut rest) = (String::new(), name);
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inner, behind)) = after.split_once("}}") else { break };
        let word = inner.split('|').next().unwrap_or_default().trim();
        let word = word.rsplit('.').next().unwrap_or_default();
        shown.push_str(&format!("{before}<{word}>"));
        rest = behind;
    }
    shown + rest
}

fn unreadable(name: String, why: &str) -> Wrong {
    let finding = Finding {
        code: "unreadable".into(),
        severity: Severity::Error,
        message: format!("cannot read the file: {why}"),
        marks: vec![Mark::at(0, 0..0)],
        help: vec![format!("a folder of templates has a `{TARGET}`")],
        fix: None,
    };
    Wrong { documents: vec![Document::new(name, String::new())], findings: vec![finding] }
}

/// Reports what the schema of `target.toml` cannot express.
fn in_target(target: &TargetFile) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    for (index, option) in target.options.iter().enumerate() {
        let place = Pointer::entry("options", index);
        if !names.insert(&option.name) {
            let message = format!("there are two options `{}`", option.name);
            let help = "remove one of them, or give it another name";
            found.push(
                Diagnostic::error("duplicate-option", message).at(place.key("name"), "").help(help),
            );
        }
        let values: Vec<&str> = match option.kind {
            OptionType::Switch => vec!["yes", "no"],
            _ => option.values.iter().map(|one| one.value.as_str()).collect(),
        };
        let chosen: Vec<&str> = match option.kind {
            OptionType::List => option.default.split('+').filter(|one| !one.is_empty()).collect(),
            _ => vec![option.default.as_str()],
        };
        if let Some(wrong) = chosen.iter().find(|one| !values.contains(one)) {
            let message =
                format!("the default `{wrong}` is not a value of the option `{}`", option.name);
            let help = format!("the values are {}", list(&values));
            found.push(Diagnostic::error("unknown-default", message).at_key(place, "").help(help));
        }
    }
    found.extend(losses::wrong(&target.losses));
    found
}

/// Reports files whose template does not exist or has no known kind.
fn unknown_templates(target: &TargetFile, templates: &[Document]) -> Vec<Diagnostic> {
    let names = || templates.iter().map(|template| template.name.as_str());
    let mut found = Vec::new();
    for (index, file) in target.files.iter().enumerate() {
        let place = Pointer::entry("files", index).key("template");
        if !names().any(|name| name == file.template) {
            let message = format!("there is no template `{}`", file.template);
            let near =
                closest(&file.template, names()).map(|near| format!("did you mean `{near}`?"));
            let help = near
                .unwrap_or_else(|| "paths are below the folder of this file, without links".into());
            found.push(Diagnostic::error("unknown-template", message).at(place, "").help(help));
        } else if let Some(wanted) = Escape::of_name(&file.name)
            && file.escape.is_none()
            && file.kind().is_some_and(|kind| kind != wanted)
        {
            let message = format!(
                "the file is written as `{}`, but `{}` is a template of another kind",
                file.name, file.template
            );
            let help = "give both the same ending, or state the kind of file as `escape`";
            found.push(Diagnostic::error("wrong-kind", message).at(place, "").help(help));
        } else if file.kind().is_none() {
            let message =
                format!("the kind of file of `{}` is not known from its ending", file.template);
            let help = "add `escape`, with the kind of file: \"html\", \"xml\", \"csv\", \"json\", \"markdown\", \"latex\" or \"plain\"";
            found.push(Diagnostic::error("unknown-kind", message).at(place, "").help(help));
        }
    }
    found
}

/// Reads the templates that files name, and those that they include.
fn templates(
    files: &dyn Files,
    folder: &Path,
    target: &TargetFile,
    found: &mut Vec<Diagnostic>,
) -> Vec<Document> {
    let mut templates: BTreeMap<String, Document> = BTreeMap::new();
    let mut open: Vec<String> = target.files.iter().map(|file| file.template.clone()).collect();
    while let Some(name) = open.pop() {
        if templates.contains_key(&name) || !is_inside(&name) {
            continue;
        }
        if templates.len() >= MOST_TEMPLATES {
            let message = format!("there are more than {MOST_TEMPLATES} templates");
            let help = "include fewer templates";
            found.push(Diagnostic::error("too-many", message).at(Pointer::root(), "").help(help));
            break;
        }
        match template(files, folder, &name) {
            Ok(Some(document)) => {
                open.extend(included(&document));
                templates.insert(name, document);
            }
            Ok(None) => {}
            Err(finding) => found.push(*finding),
        }
    }
    templates.into_values().collect()
}

/// Whether a path stays below its folder.
fn is_inside(name: &str) -> bool {
    let part = |part: &str| !matches!(part, "" | "." | "..");
    name.split('/').all(part) && !name.contains(['\\', ':', '\0'])
}

/// The names of the templates that a template includes.
fn included(document: &Document) -> Vec<String> {
    if too_deep(&document.text).is_some() {
        return Vec::new();
    }
    let Ok(tree) = syntax(&document.name, &document.text) else { return Vec::new() };
    let mut names = Vec::new();
    walk(&tree, &mut |part| {
        let name = match part {
            Part::Statement(Stmt::Include(one)) => &one.name,
            Part::Statement(Stmt::Import(one)) => &one.expr,
            Part::Statement(Stmt::FromImport(one)) => &one.expr,
            _ => return,
        };
        if let Expr::Const(name) = name {
            names.extend(name.value.as_str().map(str::to_owned));
        }
    });
    names
}

/// Reads a template; `None` if it does not exist.
fn template(
    files: &dyn Files,
    folder: &Path,
    name: &str,
) -> Result<Option<Document>, Box<Diagnostic>> {
    let wrong = |why: &str| {
        let message = format!("cannot read the template `{name}`: {why}");
        let help = "a template is a file of UTF-8 text in this folder, and not a link";
        Box::new(Diagnostic::error("unreadable", message).at(Pointer::root(), "").help(help))
    };
    let mut path = folder.to_owned();
    for part in name.split('/') {
        path.push(part);
        if files.is_link(&path) {
            return Err(wrong("it is a link"));
        }
    }
    match files.look(&path) {
        Ok(At::File) => {}
        Ok(At::Nothing) => return Ok(None),
        Ok(At::Folder | At::Other) => return Err(wrong("it is not a file")),
        Err(error) => return Err(wrong(&plain(&error))),
    }
    let bytes = files.read(&path, LARGEST + 1).map_err(|error| wrong(&plain(&error)))?;
    if bytes.len() > LARGEST {
        return Err(wrong(&format!("it is larger than {} KiB", LARGEST >> 10)));
    }
    let text = String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(Some(Document::new(name.to_owned(), text)))
}

fn unknown_variable(name: &str, span: std::ops::Range<usize>) -> Mistake {
    let near = closest(name, VARIABLES.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the variables are {}", list(VARIABLES)),
    };
    Mistake::new("unknown-variable", span, format!("there is no variable `{name}`"), help)
}

/// An error of the engine in a template.
pub(super) fn of_engine(error: &Error, text: &str) -> Mistake {
    let line = error.line().unwrap_or(1);
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let span = error.range().unwrap_or(start..end);
    // The engine marks the character after the end of a text.
    let span = floor(text, span.start)..floor(text, span.end.max(span.start));
    let (code, message, help) = words(error);
    Mistake::new(code, span, message, help)
}

fn floor(text: &str, mut index: usize) -> usize {
    index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// The code, message and help for an error of the engine.
fn words(error: &Error) -> (&'static str, String, &'static str) {
    use minijinja::ErrorKind as Kind;
    let detail = error.detail().unwrap_or_default();
    match error.kind() {
        Kind::SyntaxError => (
            "template-syntax",
            format!("the template cannot be read: {detail}"),
            "values are `{{ value }}`, statements `{% if … %}`, comments `{# … #}`",
        ),
        Kind::UndefinedError => (
            "undefined",
            match detail {
                "" => "a value is undefined".to_owned(),
                detail => format!("a value is undefined: {detail}"),
            },
            "check the spelling; `{% if value is defined %}` asks whether it exists",
        ),
        Kind::OutOfFuel => (
            "too-many-steps",
            "the template takes too many steps".to_owned(),
            "look for loops in loops, and for long texts in macros",
        ),
        Kind::NonPrimitive => (
            "not-a-text",
            detail.to_owned(),
            "print its parts; for a value that may be missing, write `{{ value or \"\" }}`",
        ),
        _ if detail.contains("recursion limit") => (
            "too-deep",
            "templates or macros use each other too deeply".to_owned(),
            "look for a template that includes itself, or a macro that calls itself",
        ),
        _ => (
            "template-error",
            format!(
                "the template fails: {}",
                if detail.is_empty() { "an operation is not possible" } else { detail }
            ),
            "check the value, and what the filter or function accepts",
        ),
    }
}

/// An error of the engine in a text of `target.toml`.
pub(super) fn in_text(error: &Error, place: Pointer) -> Diagnostic {
    let (code, message, help) = words(error);
    Diagnostic::error(code, message).at(place, "").help(help)
}

/// A mistake in a document as a finding.
pub(super) fn finding(mistake: Mistake, document: usize) -> Finding {
    let Mistake { code, message, span, help } = mistake;
    Finding {
        code: code.into(),
        severity: Severity::Error,
        message: scalewright_model::text::message(&message),
        marks: vec![Mark::at(document, span)],
        help: vec![help],
        fix: None,
    }
}
