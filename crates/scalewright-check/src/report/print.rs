//! Fingerprints: FNV-1a over 128 bits, which is the same on every machine and in every version of the compiler. They
//! tell findings apart; nothing is kept secret by them.

/// The constants of the function, from <http://www.isthe.com/chongo/tech/comp/fnv/>.
const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// The fingerprint of some texts, 32 hexadecimal digits.
pub(super) fn of(parts: &[&str]) -> String {
    let mut hash = BASIS;
    for part in parts {
        // No text holds this byte, so `ab`, `c` is not `a`, `bc`.
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
        }
    }
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is stored in other people's systems must not change with a version of this program.
    #[test]
    fn a_fingerprint_stays() {
        assert_eq!(of(&[]), "6c62272e07bb014262b821756295c58d");
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
    }
}
