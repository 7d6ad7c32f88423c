//! What a plug-in made of a file: a definition, whose scores cannot be proved, or a form of one of our formats, which is
//! imported like any other.

use std::borrow::Cow;

use scalewright_check::{Checked, id_of};
use scalewright_model::Stop;

use crate::finding::{Finding, Kind};
use crate::ids::Ids;
use crate::import::{Import, Imported, checked, digest, errors, import_with_digest};
use crate::options::Options;
use crate::place::Place;
use crate::prove::{Outcome, Proof, Subject};
use crate::source::Sources;

/// Why no score of a definition that a plug-in made can be proved.
const NO_RULE: &str = "the plug-in states no rule of the source to compare it with";

/// A plug-in, and what it noticed in a file.
#[derive(Debug, Clone)]
pub struct Outside {
    /// The name of the plug-in.
    pub name: String,
    /// What the format of the file is, with an article.
    pub format: String,
    /// The name of the file, as given.
    pub file: String,
    /// What it noticed.
    pub findings: Vec<Finding>,
}

/// A form of one of our formats, made by a plug-in.
#[derive(Debug, Clone)]
pub struct OutsideForm {
    /// The name of the form.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl OutsideForm {
    /// The form as the only file of a source.
    #[must_use]
    pub fn sources(&self) -> Sources<'_> {
        Sources { file: &self.name, bytes: &self.bytes, beside: &|_| None, attached: &[] }
    }
}

impl Outside {
    /// Imports the definition that the plug-in made of the file with these `bytes`. Its files begin with `instrument.toml`.
    ///
    /// # Errors
    ///
    /// Returns a stop if the definition has no valid id, or if an option would change it.
    pub fn definition(
        self,
        files: Vec<(String, Vec<u8>)>,
        bytes: &[u8],
        options: &Options,
    ) -> Result<Import, Stop> {
        if let Some(option) = options.given() {
            let name = &self.name;
            let message =
                format!("`--{option}` has no effect: the plug-in `{name}` makes the definition");
            return Err(Stop::usage(message).help("leave it out, and edit the definition"));
        }
        let own = files.first().and_then(|(_, definition)| id_of(definition));
        let id = own.filter(|id| Ids::instrument(id) == *id).ok_or_else(|| {
            let name = &self.name;
            Stop::wrong(format!(
                "{}: the definition that the plug-in `{name}` made has no valid id",
                self.file
            ))
            .help("an id consists of lower-case words joined by hyphens: `id = \"my-scale\"`")
        })?;
        if let Some(other) = options.id.as_ref().filter(|other| **other != id) {
            let name = &self.name;
            let message =
                format!("the plug-in `{name}` calls the instrument `{id}`, not `{other}`");
            return Err(Stop::usage(message).help("leave out `--id`"));
        }
        let checked = checked(&id, &files);
        let (proofs, errors) = (not_proved(&checked, &self.file), errors(&checked));
        let mut findings = self.findings.clone();
        findings.sort_by_key(|finding| finding.kind);
        let one = Imported { id, files, proofs, findings, errors };
        let format = self.title("");
        Ok(Import { format, digest: digest(bytes), instruments: vec![one] })
    }

    /// Imports the form that the plug-in made of the file with these `bytes`.
    ///
    /// # Errors
    ///
    /// As [`import`](crate::import()).
    pub fn form(self, form: &OutsideForm, bytes: &[u8], options: &Options) -> Result<Import, Stop> {
        let sources = form.sources();
        let mut import = import_with_digest(&sources, None, options, digest(bytes))
            .map_err(|stop| self.about_form(stop))?;
        if let Some(first) = import.instruments.first_mut() {
            first.findings.extend(self.findings.iter().cloned());
            first.findings.push(self.made_by(&form.name));
            first.findings.sort_by_key(|finding| finding.kind);
        }
        import.format = self.title(&import.format.1);
        Ok(import)
    }

    /// The error of a form, with the plug-in that made it.
    #[must_use]
    pub fn about_form(&self, stop: Stop) -> Stop {
        let (name, file) = (&self.name, &self.file);
        stop.help(format!(
            "the plug-in `{name}` made this form of `{file}`: its author can correct it"
        ))
    }

    /// Says what the outcomes of the proofs mean.
    fn made_by(&self, form: &str) -> Finding {
        let name = &self.name;
        let message = format!(
            "the plug-in `{name}` made the form `{form}` of this file; places are those in the form, and scores are compared with the form, not with the file"
        );
        Finding::new(Kind::Note, "made-by-plug-in", &Place::new(&self.file, ""), message)
    }

    /// The name of the format and what it is. `form` is the format of the form, if the plug-in made one.
    #[must_use]
    pub fn title(&self, form: &str) -> (Cow<'static, str>, Cow<'static, str>) {
        let Self { name, format, .. } = self;
        let read_as = if form.is_empty() { String::new() } else { format!(" as {form}") };
        (name.clone().into(), format!("{format}, read by the plug-in `{name}`{read_as}").into())
    }
}

/// The scores of a definition, none of which is proved.
fn not_proved(checked: &Checked, file: &str) -> Vec<Proof> {
    let scales = checked.instrument.iter().flat_map(|instrument| &instrument.scales);
    let scored = scales.filter(|scale| scale.is_scored());
    let proof = |id: &str| Proof {
        subject: Subject::Score,
        id: id.to_owned(),
        text: String::new(),
        place: Place::new(file, ""),
        outcome: Outcome::NotProved(NO_RULE.to_owned()),
    };
    scored.map(|scale| proof(&scale.id)).collect()
}
