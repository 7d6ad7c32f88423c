//! The names of fields: an id, or its shortened form.

use scalewright_model::Instrument;

/// The maximum length of a name. REDCap warns about longer names, because other programs truncate them.
pub const LONGEST_NAME: usize = 26;
/// The names that REDCap reserves, from its help texts.
pub const RESERVED: [&str; 14] = [
    "new",
    "return",
    "continue",
    "case",
    "class",
    "enum",
    "catch",
    "throw",
    "record_id",
    "redcap_event_name",
    "redcap_repeat_instrument",
    "redcap_repeat_instance",
    "redcap_data_access_group",
    "redcap_survey_identifier",
];
/// The number of characters kept of a long id, before the hexadecimal digits that distinguish similar ids.
const KEPT: usize = 19;

/// Returns the name of the field for an id: the id itself, or for a long id its beginning and six hexadecimal digits of
/// a hash of the whole id. The same id always gives the same name.
#[must_use]
pub fn field_name(id: &str) -> String {
    if id.len() <= LONGEST_NAME {
        return id.to_owned();
    }
    let kept: String = id.chars().take(KEPT).collect();
    // A cut after an underscore would give `__`, which REDCap's designer refuses.
    format!("{}_{:06x}", kept.trim_end_matches('_'), digits(id))
}

/// Returns the names of the items' fields, in a project without other instruments.
#[must_use]
pub(super) fn item_names(instrument: &Instrument) -> Vec<String> {
    instrument.items.iter().map(|item| field_name(&item.id)).collect()
}

/// Returns the 32-bit FNV-1a hash of an id, folded to 24 bits.
fn digits(id: &str) -> u32 {
    let hash = id
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 8) ^ (hash & 0xff)
}

#[cfg(test)]
mod tests {
    use super::field_name;

    #[test]
    fn long_ids_get_distinct_names_and_short_ids_are_unchanged() {
        assert_eq!(field_name("wai_1"), "wai_1");
        let names = [1, 2].map(|n| field_name(&format!("a_rather_long_name_for_an_item_{n}")));
        assert_ne!(names[0], names[1]);
        for name in names {
            assert!(name.len() <= 26 && name.starts_with("a_rather_long_name_"), "{name}");
        }
    }
}
