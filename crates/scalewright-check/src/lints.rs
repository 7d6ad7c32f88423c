//! Lints: rules of good psychometrics that a definition may break for a good reason.
//!
//! Each lint is one static and one function in its own file, next to the page that explains it.

mod altered_wording;
mod background_on_scale;
mod band_beyond_range;
mod band_gap;
mod band_overlap;
mod band_unreachable;
mod band_without_case;
mod bands_out_of_order;
mod bands_without_source;
mod code_twice;
mod compared_with_no_answer;
mod condition_always_true;
mod condition_never_true;
mod condition_on_later_item;
mod constant_score;
mod contradictory_metadata;
mod copied_text;
mod counted_twice;
mod cut_off_band_edge;
mod cut_score_out_of_range;
mod cut_score_without_source;
mod derived_out_of_range;
mod description_contradicted;
mod division_by_zero;
mod double_barrelled;
mod double_negative;
mod double_reversal;
mod doubled_word;
mod feedback_for_some_bands;
mod flag_without_case;
mod foreign_script;
mod garbled_text;
mod id_collision;
mod idle_condition;
mod idle_missing_rule;
mod implausible_date;
mod implausible_metadata;
mod implausible_model;
mod implausible_reliability;
mod item_on_no_scale;
mod item_on_two_subscales;
mod key_without_source;
mod label_number;
mod label_order;
mod leftover_mark;
mod licence_contradicted;
mod long_id;
mod malformed_address;
mod malformed_code;
mod markup_in_text;
mod missing_rule_without_case;
mod mixed_missing_rules;
mod near_miss_licence;
mod no_cases;
mod norm_group_gap;
mod norm_group_outlier;
mod norm_group_overlap;
mod norm_group_unreachable;
mod norm_of_other_scale;
mod norm_out_of_range;
mod norm_without_source;
mod number_twice;
mod odd_response_scale;
mod one_item_off;
mod one_way_keying;
mod opposite_keying;
mod option_labels_equal;
mod option_order;
mod option_values_out_of_order;
mod other_coding_frame;
mod other_language;
mod parallel_forms_differ;
mod placeholder_left;
mod prorated_band_gap;
mod prorated_from_few;
mod prorated_twice;
mod prorated_unequal_ranges;
mod range_not_checked;
mod recall_period_mismatch;
mod recalled_key;
mod recode_hole;
mod recode_not_monotone;
mod reference_twice;
mod reference_year;
mod reliability_without_source;
mod reversal_off_range;
mod reversal_without_case;
mod reversed_number;
mod rights_without_evidence;
mod same_stem;
mod same_title;
mod scale_without_case;
mod short_form_off_long_form;
mod shrinking_sum;
mod skipped_item_without_rule;
mod stale_evidence;
mod stated_range;
mod stem_repeats_lead_in;
mod stray_character;
mod subscale_item_off_total;
mod subscale_without_parent;
mod substitute_out_of_range;
mod table_beyond_range;
mod table_hole;
mod table_not_monotone;
mod total_item_off_subscales;
mod twin_cases;
mod twin_norm_groups;
mod twin_scales;
mod unasked_answer;
mod undecided;
mod unequal_ranges;
mod unknown_language;
mod unknown_respondent;
mod unlike_branches;
mod unlike_subscales;
mod unportable_label;
mod unportable_score;
mod unreachable_branch;
mod untranslated;
mod unused_reference;
mod unused_response_scale;
mod unused_section;
mod unused_table;
mod use_contradicted;
mod use_not_granted;
mod wide_tolerance;
mod zero_weight;

pub(crate) use crate::lint::{Banded, Context, File, Hit, run};
use crate::lint::{Cells, Combined, Defect, falls, formula_key, shown};

pub use crate::lint::{Group, Lint};

/// Every lint, by name.
pub static LINTS: &[&Lint] = &[
    &altered_wording::LINT,
    &background_on_scale::LINT,
    &band_beyond_range::LINT,
    &band_gap::LINT,
    &band_overlap::LINT,
    &band_unreachable::LINT,
    &band_without_case::LINT,
    &bands_out_of_order::LINT,
    &bands_without_source::LINT,
    &code_twice::LINT,
    &compared_with_no_answer::LINT,
    &condition_always_true::LINT,
    &condition_never_true::LINT,
    &condition_on_later_item::LINT,
    &constant_score::LINT,
    &contradictory_metadata::LINT,
    &copied_text::LINT,
    &counted_twice::LINT,
    &cut_off_band_edge::LINT,
    &cut_score_out_of_range::LINT,
    &cut_score_without_source::LINT,
    &derived_out_of_range::LINT,
    &description_contradicted::LINT,
    &division_by_zero::LINT,
    &double_barrelled::LINT,
    &double_negative::LINT,
    &double_reversal::LINT,
    &doubled_word::LINT,
    &feedback_for_some_bands::LINT,
    &flag_without_case::LINT,
    &foreign_script::LINT,
    &garbled_text::LINT,
    &id_collision::LINT,
    &idle_condition::LINT,
    &idle_missing_rule::LINT,
    &implausible_date::LINT,
    &implausible_metadata::LINT,
    &implausible_model::LINT,
    &implausible_reliability::LINT,
    &item_on_no_scale::LINT,
    &item_on_two_subscales::LINT,
    &key_without_source::LINT,
    &label_number::LINT,
    &label_order::LINT,
    &leftover_mark::LINT,
    &licence_contradicted::LINT,
    &long_id::LINT,
    &malformed_address::LINT,
    &malformed_code::LINT,
    &markup_in_text::LINT,
    &missing_rule_without_case::LINT,
    &mixed_missing_rules::LINT,
    &near_miss_licence::LINT,
    &no_cases::LINT,
    &norm_group_gap::LINT,
    &norm_group_outlier::LINT,
    &norm_group_overlap::LINT,
    &norm_group_unreachable::LINT,
    &norm_of_other_scale::LINT,
    &norm_out_of_range::LINT,
    &norm_without_source::LINT,
    &number_twice::LINT,
    &odd_response_scale::LINT,
    &one_item_off::LINT,
    &one_way_keying::LINT,
    &opposite_keying::LINT,
    &option_labels_equal::LINT,
    &option_order::LINT,
    &option_values_out_of_order::LINT,
    &other_coding_frame::LINT,
    &other_language::LINT,
    &parallel_forms_differ::LINT,
    &placeholder_left::LINT,
    &prorated_band_gap::LINT,
    &prorated_from_few::LINT,
    &prorated_twice::LINT,
    &prorated_unequal_ranges::LINT,
    &range_not_checked::LINT,
    &recall_period_mismatch::LINT,
    &recalled_key::LINT,
    &recode_hole::LINT,
    &recode_not_monotone::LINT,
    &reference_twice::LINT,
    &reference_year::LINT,
    &reliability_without_source::LINT,
    &reversal_off_range::LINT,
    &reversal_without_case::LINT,
    &reversed_number::LINT,
    &rights_without_evidence::LINT,
    &same_stem::LINT,
    &same_title::LINT,
    &scale_without_case::LINT,
    &short_form_off_long_form::LINT,
    &shrinking_sum::LINT,
    &skipped_item_without_rule::LINT,
    &stale_evidence::LINT,
    &stated_range::LINT,
    &stem_repeats_lead_in::LINT,
    &stray_character::LINT,
    &subscale_item_off_total::LINT,
    &subscale_without_parent::LINT,
    &substitute_out_of_range::LINT,
    &table_beyond_range::LINT,
    &table_hole::LINT,
    &table_not_monotone::LINT,
    &total_item_off_subscales::LINT,
    &twin_cases::LINT,
    &twin_norm_groups::LINT,
    &twin_scales::LINT,
    &unasked_answer::LINT,
    &undecided::LINT,
    &unequal_ranges::LINT,
    &unknown_language::LINT,
    &unknown_respondent::LINT,
    &unlike_branches::LINT,
    &unlike_subscales::LINT,
    &unportable_label::LINT,
    &unportable_score::LINT,
    &unreachable_branch::LINT,
    &untranslated::LINT,
    &unused_reference::LINT,
    &unused_response_scale::LINT,
    &unused_section::LINT,
    &unused_table::LINT,
    &use_contradicted::LINT,
    &use_not_granted::LINT,
    &wide_tolerance::LINT,
    &zero_weight::LINT,
];

/// The template that `cargo xtask new lint` writes. It is compiled here to ensure that it still compiles.
#[cfg(test)]
#[path = "../../../xtask/templates/lint/new_lint.rs"]
mod new_lint;

#[cfg(test)]
mod tests {
    #[test]
    fn the_template_of_a_lint_compiles() {
        assert_eq!(super::new_lint::LINT.name, "new-lint");
    }
}
