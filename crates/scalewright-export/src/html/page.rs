//! The document: its head, the forms, and the buttons.

use scalewright_model::{Direction, direction};

use super::form::Form;
use super::options::{Options, Scores};
use super::program;
use super::questions;
use super::text::{escaped, lines, paragraph};
use super::words::{Words, words};
use crate::packed::packed;
use crate::ui;

const STYLE: &str = include_str!("form.css");
const BEHAVIOUR: &str = include_str!("form.js");

/// What a form may load: nothing. Its own style and script are in the file.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
                      base-uri 'none'; form-action 'none'";

/// The element with the items of an instrument.
fn section(form: &Form<'_>, is_alone: bool) -> String {
    let (instrument, wording) = (form.request.instrument, form.request.wording);
    let id = escaped(&instrument.id);
    let heading = match is_alone {
        true => String::new(),
        false => format!("<h2 id=\"title-{id}\">{}</h2>\n", lines(&wording.title)),
    };
    let named = if is_alone { "title".to_owned() } else { format!("title-{id}") };
    let (own, _) = ui::ui(&wording.language);
    let banner = ui::banner(own, instrument.status, Some(wording));
    let banner = banner.map(|text| paragraph("banner", &text)).unwrap_or_default();
    let instructions = wording.instructions.as_deref().map(|text| paragraph("instructions", text));
    let notice = wording.notice.as_deref().unwrap_or(&instrument.rights.notice);
    format!(
        "<section class=\"instrument\" data-instrument=\"{id}\" aria-labelledby=\"{named}\">\n{heading}{banner}{}{}{}</section>\n",
        instructions.unwrap_or_default(),
        questions::all(form),
        paragraph("rights", notice),
    )
}

/// A document with the forms of one or several instruments, all in one language.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    pub(super) options: &'a Options,
    pub(super) forms: &'a [Form<'a>],
}

impl Page<'_> {
    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let language =
            self.forms.first().map_or("en", |form| form.request.wording.language.as_str());
        let direction = match direction(language) {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        };
        let title = escaped(self.title);
        format!(
            "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"robots\" content=\"noindex\">\n<meta name=\"generator\" content=\"scalewright {}\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{}<script>\n{}</script>\n{}</body>\n</html>\n",
            env!("CARGO_PKG_VERSION"),
            self.body(&title, words(language)),
            self.script(language),
            self.definitions(),
        )
    }

    fn body(&self, title: &str, words: &Words) -> String {
        let sections: String =
            self.forms.iter().map(|form| section(form, self.forms.len() == 1)).collect();
        let shown = match self.options.scores {
            Scores::Show => format!(
                "<section id=\"scores\" class=\"scores\" aria-labelledby=\"scores-title\" tabindex=\"-1\" hidden>\n\
                 <h2 id=\"scores-title\">{}</h2>\n<div id=\"scores-list\"></div>\n</section>\n",
                words.scores
            ),
            Scores::Download | Scores::Hide => String::new(),
        };
        let button =
            |id: &str, text: &str| format!("<button type=\"button\" id=\"{id}\">{text}</button>\n");
        let done = match self.options.scores {
            Scores::Show => button("finish", words.show_scores),
            Scores::Download | Scores::Hide => String::new(),
        };
        format!(
            "<main>\n<h1 id=\"title\">{title}</h1>\n<noscript><p class=\"banner\">{}</p></noscript>\n\
             <p class=\"progress\"><progress id=\"progress\" max=\"1\" value=\"0\" aria-labelledby=\"progress-text\"></progress> \
             <span id=\"progress-text\" role=\"status\"></span></p>\n<form id=\"form\" novalidate autocomplete=\"off\">\n\
             <p class=\"respondent\"><label for=\"respondent\">{}</label> <input id=\"respondent\" type=\"text\" maxlength=\"100\"></p>\n\
             {sections}<div id=\"problems\" class=\"problems\" role=\"alert\" tabindex=\"-1\" hidden></div>\n<p class=\"buttons\">\n{done}{}{}{}{}</p>\n\
             <p class=\"privacy\">{}</p>\n</form>\n{shown}</main>\n",
            words.no_script,
            ui::ui(self.forms.first().map_or("en", |form| &form.request.wording.language))
                .0
                .respondent,
            button("save-csv", words.save_csv),
            button("save-json", words.save_json),
            button("print", words.print),
            button("restart", words.restart),
            words.privacy,
        )
    }

    /// The program: what is peculiar to the instruments, then what all forms share.
    fn script(&self, language: &str) -> String {
        let forms: String =
            self.forms.iter().map(|form| program::form(form, self.options)).collect();
        format!(
            "(() => {{\n\"use strict\";\n{}const FORMS = [\n{forms}];\n{}{BEHAVIOUR}}})();\n",
            program::helpers(self.forms),
            program::settings(self.options, language),
        )
    }

    /// The definitions, packed, so that they can be recovered from the file.
    fn definitions(&self) -> String {
        let with = self
            .forms
            .iter()
            .filter(|form| self.options.attachments && !form.request.sources.is_empty());
        let each = with.map(|form| {
            format!(
                "<script type=\"application/x-scalewright-definition\" data-instrument=\"{}\">{}</script>\n",
                escaped(&form.request.instrument.id),
                packed(form.request)
            )
        });
        each.collect()
    }
}
