//! The names of fields: an id, or what it is shortened to.

use scalewright_model::Instrument;

/// REDCap warns of longer names, since other programs cut them off.
pub const LONGEST_NAME: usize = 26;
/// Names that REDCap keeps for itself, from its help texts.
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
/// What is left of a long id, before the sign that tells it from others that begin alike.
const KEPT: usize = 19;

/// The name of the field for an id: the id itself, or for a long one its beginning with six hexadecimal digits that
/// stand for the whole. The same id always gives the same name.
#[must_use]
pub fn field_name(id: &str) -> String {
    if id.len() <= LONGEST_NAME {
        return id.to_owned();
    }
    let kept: String = id.chars().take(KEPT).collect();
    format!("{}_{:06x}", kept.trim_end_matches('_'), digits(id))
}

/// The names of the fields of the items, in a project that has no other instrument.
#[must_use]
pub fn item_names(instrument: &Instrument) -> Vec<String> {
    instrument.items.iter().map(|item| field_name(&item.id)).collect()
}

/// 24 bits of the FNV-1a hash.
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
    fn long_ids_are_told_apart_and_short_ones_are_left_alone() {
        assert_eq!(field_name("wai_1"), "wai_1");
        let names = [1, 2].map(|n| field_name(&format!("a_rather_long_name_for_an_item_{n}")));
        assert_ne!(names[0], names[1]);
        for name in names {
            assert!(name.len() <= 26 && name.starts_with("a_rather_long_name_"), "{name}");
        }
    }
}
