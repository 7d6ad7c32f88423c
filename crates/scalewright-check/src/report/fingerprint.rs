//! Fingerprints of findings: FNV-1a with 128 bits, which is the same on every machine and with every version of the
//! compiler. Fingerprints distinguish findings; they are not for security.

/// The offset basis and the prime, from <http://www.isthe.com/chongo/tech/comp/fnv/>.
const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// Returns the fingerprint of some texts, as 32 hexadecimal digits.
pub(super) fn of(parts: &[&str]) -> String {
    let mut hash = BASIS;
    for part in parts {
        // UTF-8 never contains the byte 0xff, so `ab`, `c` differs from `a`, `bc`.
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
        }
    }
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Third-party systems store fingerprints, so they must not change with the version of this program.
    #[test]
    fn fingerprints_are_stable() {
        assert_eq!(of(&[]), "6c62272e07bb014262b821756295c58d");
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
    }
}
