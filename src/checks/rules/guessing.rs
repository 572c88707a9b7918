//! How well a series of values hides the next one, as far as that can be seen from outside.
//!
//! Entropy cannot be measured on a handful of values. What can be seen is the part that changes
//! from one to the next: a counter, a clock, or a few characters in a long costume give
//! themselves away, and nothing here takes a random value for one of those.

/// Fewer changing bits than this are guessed by trying: as many as six random digits.
const GUESSED_BY_TRYING: u32 = 20;

/// Says why the next value can be foretold from these, which are distinct, or nothing.
pub(in crate::checks) fn foretold(distinct: &[&str]) -> Option<String> {
    let cores = cores(distinct);
    let bits = bits(&cores);
    if bits < GUESSED_BY_TRYING {
        return Some(format!("only about {bits} bits change from one value to the next"));
    }
    let numbers = numbers(&cores)?;
    let span = numbers.iter().max()?.checked_sub(*numbers.iter().min()?)?;
    (numbers.len() > 2 && span < 1 << GUESSED_BY_TRYING)
        .then(|| format!("{} values are numbers at most {span} apart", numbers.len()))
}

/// About how many bits change from one of these values to the next, seen generously: the length
/// of what is left without a common beginning and end, in the alphabet that is used. Of a single
/// value, its whole length.
pub(in crate::checks) fn changing_bits(distinct: &[&str]) -> u32 {
    bits(&cores(distinct))
}

/// The values without the beginning and the end that they have in common.
fn cores(distinct: &[&str]) -> Vec<Vec<char>> {
    let mut cores: Vec<Vec<char>> = distinct.iter().map(|text| text.chars().collect()).collect();
    if cores.len() < 2 {
        return cores;
    }
    for _ in 0..2 {
        let common = common_beginning(&cores);
        for core in &mut cores {
            core.drain(..common);
            core.reverse();
        }
    }
    cores
}

fn common_beginning(texts: &[Vec<char>]) -> usize {
    let Some((first, others)) = texts.split_first() else {
        return 0;
    };
    first
        .iter()
        .enumerate()
        .take_while(|(at, character)| others.iter().all(|other| other.get(*at) == Some(character)))
        .count()
}

/// Length of the shortest value times the bits of a character, rounded down.
fn bits(cores: &[Vec<char>]) -> u32 {
    let shortest = cores.iter().map(Vec::len).min().unwrap_or_default();
    let length = u32::try_from(shortest.max(1)).unwrap_or(u32::MAX);
    let used = |allowed: fn(&char) -> bool| cores.iter().flatten().all(allowed);
    let tenths = if used(char::is_ascii_digit) {
        33
    } else if used(|character| character.is_ascii_hexdigit() || *character == '-') {
        40
    } else {
        60
    };
    length.saturating_mul(tenths) / 10
}

/// The values as numbers, decimal or else hexadecimal, if all of them are.
fn numbers(cores: &[Vec<char>]) -> Option<Vec<u128>> {
    let texts: Vec<String> = cores.iter().map(|core| core.iter().collect()).collect();
    [10, 16].iter().find_map(|radix| {
        texts
            .iter()
            .map(|text| match text.as_str() {
                "" => Some(0),
                digits => u128::from_str_radix(digits, *radix).ok(),
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_and_clocks_are_foretold_in_any_costume() {
        for series in [
            &["nonce-9", "nonce-10", "nonce-11"][..],
            &["a1z", "a2z"],
            &["7", "8", "9"],
            &["1732250000123", "1732250000917", "1732250004001"],
            &["0000ff01", "0000ff0a", "0000ff1b"],
            &["k-1000000-x", "k-1500000-x", "k-1999999-x"],
        ] {
            assert!(foretold(series).is_some(), "{series:?}");
        }
    }

    #[test]
    fn random_values_are_not_whatever_they_are_wrapped_in() {
        for series in [
            &["wKI4LT17ac15ES9bw8ac4"][..],
            &[
                "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3MzIyNTAwMDB9.q3k9hS0v8bW1mRzTt7o2eA",
                "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3MzIyNTAwMDF9.Zp0xVn5cC6dYhL4uJg9s1w",
            ],
            &[
                "5b2c1e0a-7f3d-4c1b-9a57-0d8e6f4b2a13",
                "e91f7a44-0c62-4d8e-8b3f-6a1d5c7e9f02",
                "1d4c8b7e-9a03-4e6f-b5d2-3f7a0c9e8d61",
            ],
        ] {
            assert_eq!(foretold(series), None, "{series:?}");
            assert!(changing_bits(series) >= 120, "{series:?}");
        }
    }

    #[test]
    fn short_values_show_as_few_bits() {
        assert_eq!(changing_bits(&["48210377", "90571263"]), 26);
        assert_eq!(changing_bits(&["same"]), 24);
    }
}
