//! Attributes of questions.

use super::Reader;
use crate::finding::Kind;
use crate::formats::limesurvey::survey::Question;

/// The attributes that are read elsewhere.
const READ: &[&str] = &[
    "default",
    "equation",
    "hidden",
    "validation",
    "min_num_value_n",
    "max_num_value_n",
    "num_value_int_only",
    "slider_layout",
    "slider_min",
    "slider_max",
    "slider_accuracy",
    "slider_separator",
    "suffix",
];

/// The attributes that change neither answers nor scores.
const ON_SCREEN: &[&str] = &[
    "answer_width",
    "answer_width_bycolumn",
    "category_separator",
    "clear_default",
    "cssclass",
    "date_format",
    "display_columns",
    "display_rows",
    "dropdown_dates_minute_step",
    "dropdown_dates_month_style",
    "dropdown_prepostfix",
    "dropdown_prefix",
    "dropdown_separators",
    "dropdown_size",
    "dualscale_headerA",
    "dualscale_headerB",
    "hide_tip",
    "input_size",
    "keep_aspect",
    "label_input_columns",
    "maximum_chars",
    "numbers_only",
    "page_break",
    "placeholder",
    "prefix",
    "printable_survey_page_break",
    "public_statistics",
    "question_template",
    "repeat_headings",
    "reverse",
    "save_as_default",
    "scale_export",
    "slider_custom_handle",
    "slider_default",
    "slider_default_set",
    "slider_handle",
    "slider_middlestart",
    "slider_orientation",
    "slider_rating",
    "slider_reset",
    "slider_reversed",
    "slider_showminmax",
    "statistics_graphtype",
    "statistics_showgraph",
    "statistics_showmap",
    "text_input_columns",
    "text_input_width",
    "time_limit_countdown_message",
    "time_limit_message",
    "time_limit_message_style",
    "time_limit_timer_style",
    "use_dropdown",
];

impl<'a> Reader<'a> {
    /// Notes the attributes of a question that have no counterpart.
    pub(super) fn note_attributes(&mut self, question: &'a Question) {
        for name in question.attributes.keys() {
            let value = question.attribute(name);
            let is_off = matches!(value, "" | "0" | "N");
            if is_off || READ.contains(&name.as_str()) || ON_SCREEN.contains(&name.as_str()) {
                continue;
            }
            let known = self.attributes.entry(name);
            known.or_insert_with(|| (question.origin.part(name), 0)).1 += 1;
        }
        if !question.attribute("validation").is_empty() {
            let message = format!(
                "the pattern `{}` for answers to `{}` is left out",
                question.attribute("validation"),
                question.code
            );
            let place = question.origin.part("validation");
            self.report(Kind::NotUnderstood, "validation", &place, message);
        }
        if !question.attribute("default").is_empty() {
            let message = format!(
                "`{}` has an answer before respondents give one; it is left out",
                question.code
            );
            let place = question.origin.part("default");
            self.report(Kind::NotUnderstood, "default", &place, message);
        }
    }

    /// One finding for each attribute that is left out.
    pub(super) fn attribute_findings(&mut self) {
        for (name, (place, count)) in std::mem::take(&mut self.attributes) {
            let unit = if count == 1 { "question" } else { "questions" };
            let is_order =
                matches!(name, "random_order" | "alphasort" | "answer_order" | "random_group");
            let (kind, code, message) = if is_order {
                let message = format!(
                    "the attribute `{name}` of {count} {unit} changes the order on the screen; ours keeps that of the file"
                );
                (Kind::Note, "order", message)
            } else {
                let message = format!("the attribute `{name}` of {count} {unit} is left out");
                (Kind::NotUnderstood, "attribute", message)
            };
            self.report(kind, code, &place, message);
        }
    }
}
