//! From bytes to items, with a bound on everything that the bytes may ask for.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Cbor, CborError, DEEPEST, Document, Kind, MOST_ITEMS, Oddity, name};

/// Reads one item. What follows it is an oddity.
///
/// # Errors
/// [`CborError`] says where reading stopped.
pub fn read(bytes: &[u8]) -> Result<Document<'_>, CborError> {
    let mut reader = Reader { bytes, at: 0, items: 0, oddities: Vec::new() };
    let root = reader.item(DEEPEST)?;
    let left = bytes.len().saturating_sub(reader.at);
    if left > 0 {
        reader.oddities.push(Oddity::Trailing(left));
    }
    Ok(Document { root, oddities: reader.oddities })
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    items: usize,
    oddities: Vec<Oddity>,
}

/// The argument of a head: a number, or the sign that an end will come.
#[derive(Clone, Copy)]
enum Argument {
    Definite(u64),
    Indefinite,
}

/// The head that ends what has no length.
const BREAK: u8 = 0xff;

impl<'a> Reader<'a> {
    fn item(&mut self, depth: usize) -> Result<Cbor<'a>, CborError> {
        self.items += 1;
        if self.items > MOST_ITEMS {
            return Err(CborError::TooMany);
        }
        let depth = depth.checked_sub(1).ok_or(CborError::TooDeep)?;
        let start = self.at;
        let (major, info, argument) = self.head()?;
        let kind = match (major, argument) {
            (0, Argument::Definite(number)) => Kind::Integer(i128::from(number)),
            (1, Argument::Definite(number)) => Kind::Integer(-1 - i128::from(number)),
            (2, argument) => Kind::Bytes(self.string(start, 2, argument)?),
            (3, argument) => Kind::Text(self.text(start, argument)?),
            (4, argument) => Kind::Array(self.items_of(start, argument, depth)?),
            (5, argument) => Kind::Map(self.entries(start, argument, depth)?),
            (6, Argument::Definite(tag)) => Kind::Tag(tag, Box::new(self.item(depth)?)),
            (7, Argument::Definite(number)) => simple(info, number),
            _ => return Err(self.unassigned(start)),
        };
        let raw = self.bytes.get(start..self.at).unwrap_or_default();
        Ok(Cbor { raw, kind })
    }

    /// Major type, additional information, and argument.
    fn head(&mut self) -> Result<(u8, u8, Argument), CborError> {
        let start = self.at;
        let [octet] = self.fixed()?;
        let (major, info) = (octet >> 5, octet & 0x1f);
        let (number, least) = match info {
            0..24 => return Ok((major, info, Argument::Definite(u64::from(info)))),
            24 => (self.fixed().map(|[number]| u64::from(number))?, 24),
            25 => (u64::from(u16::from_be_bytes(self.fixed()?)), 1 << 8),
            26 => (u64::from(u32::from_be_bytes(self.fixed()?)), 1 << 16),
            27 => (u64::from_be_bytes(self.fixed()?), 1 << 32),
            31 if matches!(major, 2..=5) => {
                self.oddities.push(Oddity::Indefinite(start));
                return Ok((major, info, Argument::Indefinite));
            }
            _ => return Err(self.unassigned(start)),
        };
        match major {
            // A simple value below 32 has one form only (RFC 8949, section 3.3).
            7 if info == 24 && number < 32 => return Err(self.unassigned(start)),
            // The argument of a float is its bits.
            7 => {}
            _ if number < least => self.oddities.push(Oddity::LongHead(start)),
            _ => {}
        }
        Ok((major, info, Argument::Definite(number)))
    }

    fn string(
        &mut self,
        start: usize,
        major: u8,
        argument: Argument,
    ) -> Result<Cow<'a, [u8]>, CborError> {
        if let Argument::Definite(length) = argument {
            return self.take(length).map(Cow::Borrowed);
        }
        let mut whole = Vec::new();
        while !self.breaks()? {
            self.items += 1;
            if self.items > MOST_ITEMS {
                return Err(CborError::TooMany);
            }
            match self.head()? {
                (own, _, Argument::Definite(length)) if own == major => {
                    whole.extend_from_slice(self.take(length)?);
                }
                _ => return Err(self.unassigned(start)),
            }
        }
        Ok(Cow::Owned(whole))
    }

    fn text(&mut self, start: usize, argument: Argument) -> Result<Cow<'a, str>, CborError> {
        match self.string(start, 3, argument)? {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).ok(),
            Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).ok(),
        }
        .ok_or(CborError::NotUtf8(start))
    }

    fn items_of(
        &mut self,
        start: usize,
        argument: Argument,
        depth: usize,
    ) -> Result<Vec<Cbor<'a>>, CborError> {
        let mut items = Vec::new();
        while self.goes_on(argument, items.len(), start)? {
            items.push(self.item(depth)?);
        }
        Ok(items)
    }

    fn entries(
        &mut self,
        start: usize,
        argument: Argument,
        depth: usize,
    ) -> Result<Vec<(Cbor<'a>, Cbor<'a>)>, CborError> {
        let mut entries: Vec<(Cbor<'a>, Cbor<'a>)> = Vec::new();
        let mut known = HashSet::new();
        while self.goes_on(argument, entries.len(), start)? {
            let key = self.item(depth)?;
            if !known.insert(key.raw) {
                self.oddities.push(Oddity::RepeatedKey(name(&key)));
            }
            entries.push((key, self.item(depth)?));
        }
        Ok(entries)
    }

    fn goes_on(
        &mut self,
        argument: Argument,
        count: usize,
        start: usize,
    ) -> Result<bool, CborError> {
        match argument {
            Argument::Definite(length) => {
                // Each item has a byte at least, so that a length may not promise more.
                let left = self.bytes.len().saturating_sub(self.at);
                let missing = length.saturating_sub(count as u64);
                if missing > left as u64 {
                    return Err(CborError::Truncated(start));
                }
                Ok(missing > 0)
            }
            Argument::Indefinite => Ok(!self.breaks()?),
        }
    }

    /// Whether an end comes next; it is passed over.
    fn breaks(&mut self) -> Result<bool, CborError> {
        match self.bytes.get(self.at) {
            None => Err(CborError::Truncated(self.at)),
            Some(&BREAK) => {
                self.at += 1;
                Ok(true)
            }
            Some(_) => Ok(false),
        }
    }

    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], CborError> {
        let bytes = self.take(N as u64)?;
        bytes.try_into().map_err(|_| CborError::Truncated(self.at))
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], CborError> {
        let end = usize::try_from(length).ok().and_then(|length| self.at.checked_add(length));
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or(CborError::Truncated(self.at))?;
        self.at += taken.len();
        Ok(taken)
    }

    fn unassigned(&self, at: usize) -> CborError {
        CborError::Unassigned { at, octet: self.bytes.get(at).copied().unwrap_or_default() }
    }
}

fn simple<'a>(info: u8, number: u64) -> Kind<'a> {
    match (info, number) {
        (20, _) => Kind::Bool(false),
        (21, _) => Kind::Bool(true),
        (25, bits) => Kind::Float(half(bits as u16)),
        (26, bits) => Kind::Float(f64::from(f32::from_bits(bits as u32))),
        (27, bits) => Kind::Float(f64::from_bits(bits)),
        (_, number) => Kind::Simple(number as u8),
    }
}

/// A float of 16 bits (RFC 8949, appendix D).
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = ((bits >> 10) & 0x1f, f64::from(bits & 0x3ff));
    let magnitude = match exponent {
        0 => fraction * (-24_f64).exp2(),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (fraction + 1024.0) * (f64::from(exponent) - 25.0).exp2(),
    };
    if bits & 0x8000 == 0 { magnitude } else { -magnitude }
}
