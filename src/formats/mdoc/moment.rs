//! A point in time as an mdoc writes it: a tagged text that ends in `Z` and has whole seconds.

use jiff::Timestamp;

use super::cbor::Cbor;

/// A date of validity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since the epoch, if any point in time can be made out.
    pub second: Option<i64>,
    /// What is wrong about its form, if anything: it is to be `#6.0(tstr)`, in UTC and without
    /// fractions of seconds.
    pub problem: Option<String>,
}

impl Moment {
    pub(super) fn read(item: &Cbor<'_>) -> Self {
        let second_of = |text: &str| text.parse::<Timestamp>().ok().map(Timestamp::as_second);
        if let Some(text) = item.tagged(0).and_then(Cbor::text) {
            let second = second_of(text);
            let problem = match second {
                None => Some("no date-time of RFC 3339".to_owned()),
                Some(_) if !is_plain(text) => Some(text.to_owned()),
                Some(_) => None,
            };
            return Self { second, problem };
        }
        let untagged = item.text().or_else(|| item.tagged(1004)?.text());
        let epoch = item.integer().or_else(|| item.tagged(1)?.integer());
        let epoch = epoch.and_then(|second| i64::try_from(second).ok());
        Self { second: untagged.and_then(second_of).or(epoch), problem: Some(item.type_name()) }
    }
}

/// Whether it has the form `YYYY-MM-DDThh:mm:ssZ`.
fn is_plain(text: &str) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00Z";
    text.len() == FORM.len()
        && text.bytes().zip(FORM).all(|(octet, form)| match form {
            b'0' => octet.is_ascii_digit(),
            other => octet == *other,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::mdoc::cbor::read;

    fn moment(tag: u8, text: &str) -> Option<Moment> {
        let mut bytes = vec![0xc0 | tag, 0x78, u8::try_from(text.len()).ok()?];
        bytes.extend(text.as_bytes());
        Some(Moment::read(&read(&bytes).ok()?.root))
    }

    #[test]
    fn whole_seconds_in_utc_are_in_order() {
        let plain = moment(0, "2027-01-15T08:00:00Z");
        assert_eq!(plain, Some(Moment { second: Some(1_800_000_000), problem: None }));
    }

    #[test]
    fn other_forms_are_read_and_told() {
        for text in ["2027-01-15T09:00:00+01:00", "2027-01-15T08:00:00.123Z"] {
            let other = moment(0, text);
            assert_eq!(other.as_ref().and_then(|moment| moment.second), Some(1_800_000_000));
            assert_eq!(other.and_then(|moment| moment.problem).as_deref(), Some(text));
        }
        let day = moment(0, "2027-01-15");
        assert_eq!(day.and_then(|moment| moment.second), None);
        let tag = moment(2, "2027-01-15T08:00:00Z").and_then(|moment| moment.problem);
        assert_eq!(tag.as_deref(), Some("#6.2(tstr)"));
    }
}
