//! The entries of a list, 1, 2, 4 or 8 bits each, packed into octets from the lowest bit up
//! (draft-ietf-oauth-status-list 4.1).

use serde_json::Value;

use super::inflate::inflate;
use super::{StatusListError, kind};
use crate::jose::base64url;

/// A list, decompressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusList {
    bits: u8,
    octets: Vec<u8>,
}

impl StatusList {
    /// Reads `bits` and `lst`.
    ///
    /// # Errors
    /// [`StatusListError`] says which of them is wrong, and how.
    pub fn read(bits: Option<&Value>, lst: Option<&Value>) -> Result<Self, StatusListError> {
        let bits = read_bits(bits)?;
        let text = match lst {
            Some(Value::String(text)) => text,
            other => return Err(StatusListError::Encoding(kind(other).to_owned())),
        };
        let compressed = base64url::decode(text)
            .map_err(|error| StatusListError::Encoding(error.to_string()))?;
        Ok(Self { bits, octets: inflate(&compressed)? })
    }

    /// The bits of one entry.
    pub fn bits(&self) -> u8 {
        self.bits
    }

    /// How many entries there is room for.
    pub fn entries(&self) -> u64 {
        self.octets.len() as u64 * u64::from(8 / self.bits)
    }

    /// The status of an entry; none beyond the end.
    pub fn get(&self, index: u64) -> Option<u8> {
        let in_octet = u64::from(8 / self.bits);
        let octet = self.octets.get(usize::try_from(index / in_octet).ok()?)?;
        let shift = (index % in_octet) as u8 * self.bits;
        Some(octet >> shift & u8::MAX >> (8 - self.bits))
    }

    /// The entry that somebody who fills octets from the highest bit down would take this one for.
    pub fn mirrored(&self, index: u64) -> u64 {
        let in_octet = u64::from(8 / self.bits);
        index - index % in_octet + (in_octet - 1 - index % in_octet)
    }
}

fn read_bits(bits: Option<&Value>) -> Result<u8, StatusListError> {
    match bits.and_then(Value::as_u64) {
        Some(bits @ (1 | 2 | 4 | 8)) => Ok(bits as u8),
        _ => Err(StatusListError::Bits(bits.map_or_else(|| "nothing".into(), Value::to_string))),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use proptest::prelude::*;
    use serde_json::json;

    use super::super::vectors::{EIGHT_BITS, FOUR_BITS, ONE_BIT, TWO_BITS};
    use super::*;

    fn read(bits: u8, lst: &str) -> StatusList {
        StatusList::read(Some(&json!(bits)), Some(&json!(lst))).unwrap()
    }

    /// Everything that is not 0.
    fn set(list: &StatusList) -> Vec<(u64, u8)> {
        let all = (0..list.entries()).filter_map(|index| Some((index, list.get(index)?)));
        all.filter(|(_, status)| *status != 0).collect()
    }

    #[test]
    fn the_vectors_of_the_draft_are_read() {
        for (bits, vector) in [(1, &ONE_BIT), (2, &TWO_BITS), (4, &FOUR_BITS), (8, &EIGHT_BITS)] {
            let list = read(bits, &vector.lst.replace(char::is_whitespace, ""));
            assert_eq!(list.entries(), vector.entries, "{bits} bits");
            let mut expected = vector.set.to_vec();
            expected.sort_unstable();
            expected.retain(|(_, status)| *status != 0);
            assert_eq!(set(&list), expected, "{bits} bits");
        }
    }

    #[test]
    fn the_short_examples_of_the_draft_are_read() {
        let list = read(2, "eNo76fITAAPfAgc");
        let found: Vec<u8> = (0..12).filter_map(|index| list.get(index)).collect();
        assert_eq!(found, [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
        assert_eq!((list.get(12), list.entries()), (None, 12));
    }

    /// Packs as the draft says, one bit at a time.
    fn pack(bits: u8, statuses: &[u8]) -> StatusList {
        let mut octets = vec![0; (statuses.len() * usize::from(bits)).div_ceil(8)];
        for (index, status) in statuses.iter().enumerate() {
            for bit in 0..usize::from(bits) {
                let place = index * usize::from(bits) + bit;
                octets[place / 8] |= (status >> bit & 1) << (place % 8);
            }
        }
        StatusList { bits, octets }
    }

    proptest! {
        #[test]
        fn what_was_packed_is_read(
            (bits, statuses) in prop::sample::select(vec![1_u8, 2, 4, 8]).prop_flat_map(|bits| {
                let most = u8::MAX >> (8 - bits);
                (Just(bits), prop::collection::vec(0..=most, 0..200))
            })
        ) {
            let list = pack(bits, &statuses);
            for (index, status) in (0..).zip(&statuses) {
                prop_assert_eq!(list.get(index), Some(*status));
                prop_assert_eq!(list.mirrored(list.mirrored(index)), index);
            }
            prop_assert_eq!(list.get(list.entries()), None);
            prop_assert_eq!(list.get(u64::MAX), None);
        }
    }
}
