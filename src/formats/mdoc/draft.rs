//! mdocs made by hand, for the unit tests of those that open them. What writes here (ciborium,
//! coset) is not what reads there.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use ciborium::Value;
use ciborium::cbor;
use sha2::{Digest as _, Sha256};

use crate::jose::{PrivateKey, PublicJwk, base64url};

/// The namespace of the drafts.
pub const NAME_SPACE: &str = "org.iso.18013.5.1";
/// The type of the drafts.
pub const DOC_TYPE: &str = "org.iso.18013.5.1.mDL";

/// An mdoc before it is signed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The items of the one namespace.
    pub items: Vec<Entry>,
    /// The mobile security object, without its digests.
    pub object: Vec<(Value, Value)>,
    /// The protected header.
    pub protected: Value,
    /// The unprotected header.
    pub unprotected: Value,
    /// The key that signs.
    pub key: PrivateKey,
    /// Whether the security object is embedded with its tag.
    pub is_payload_tagged: bool,
    /// Changes the finished structure.
    pub finish: fn(&mut Value),
}

/// An item before it is embedded.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `IssuerSignedItem`.
    pub item: Vec<(Value, Value)>,
    /// Whether it is embedded with its tag.
    pub is_tagged: bool,
    /// Whether its digest is stored.
    pub is_digested: bool,
}

impl Draft {
    /// A driving licence for a holder, with a certificate in standard base64; `seed` makes its
    /// random bytes its own.
    pub fn honest(holder: &PublicJwk, seed: u8, key: &PrivateKey, certificate: &str) -> Self {
        let day = |text: &str| Value::Tag(1004, Box::new(text.into()));
        let elements: Vec<(&str, Value)> = vec![
            ("family_name", "Mustermann".into()),
            ("given_name", "Erika".into()),
            ("birth_date", day("1984-01-26")),
            ("issue_date", day("2027-01-15")),
            ("expiry_date", day("2027-02-14")),
            ("issuing_country", "DE".into()),
            ("issuing_authority", "Staged Authority".into()),
            ("document_number", "D123".into()),
            ("portrait", Value::Bytes(vec![0xff, 0xd8, 0xff])),
            (
                "driving_privileges",
                Value::Array(vec![cbor!({"vehicle_category_code" => "B"}).unwrap()]),
            ),
            ("un_distinguishing_sign", "D".into()),
        ];
        let items = (0_u8..).zip(elements).map(|(place, (name, value))| Entry {
            item: vec![
                ("digestID".into(), place.into()),
                ("random".into(), Value::Bytes([[seed; 15].as_slice(), &[place]].concat())),
                ("elementIdentifier".into(), name.into()),
                ("elementValue".into(), value),
            ],
            is_tagged: true,
            is_digested: true,
        });
        let moment = |text: &str| Value::Tag(0, Box::new(text.into()));
        let coordinate = |name: &str| {
            let text = holder.members()[name].as_str().unwrap();
            Value::Bytes(base64url::decode(text).unwrap())
        };
        let device_key =
            cbor!({1 => 2, (-1) => 1, (-2) => coordinate("x"), (-3) => coordinate("y")});
        let object = vec![
            ("version".into(), "1.0".into()),
            ("digestAlgorithm".into(), "SHA-256".into()),
            ("deviceKeyInfo".into(), cbor!({"deviceKey" => device_key.unwrap()}).unwrap()),
            ("docType".into(), DOC_TYPE.into()),
            (
                "validityInfo".into(),
                cbor!({
                    "signed" => moment("2027-01-15T00:00:00Z"),
                    "validFrom" => moment("2027-01-15T00:00:00Z"),
                    "validUntil" => moment("2027-02-14T00:00:00Z"),
                })
                .unwrap(),
            ),
        ];
        let der = crate::jose::Certificate::from_base64(certificate).unwrap().der().to_vec();
        Self {
            items: items.collect(),
            object,
            protected: cbor!({1 => (-7)}).unwrap(),
            unprotected: cbor!({33 => Value::Bytes(der)}).unwrap(),
            key: key.clone(),
            is_payload_tagged: true,
            finish: |_| {},
        }
    }

    /// With this member of the security object; none for null.
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.object.retain(|(own, _)| *own != Value::from(name));
        if !value.is_null() {
            self.object.push((name.into(), value));
        }
        self
    }

    /// With this date of validity; none for null.
    pub fn dated(mut self, name: &str, value: Value) -> Self {
        let info = self.object.iter_mut().find(|(own, _)| *own == Value::from("validityInfo"));
        let dates = info.unwrap().1.as_map_mut().unwrap();
        dates.retain(|(own, _)| *own != Value::from(name));
        if !value.is_null() {
            dates.push((name.into(), value));
        }
        self
    }

    /// With this member of the item at a place; none for null.
    pub fn item(mut self, place: usize, name: &str, value: Value) -> Self {
        let item = &mut self.items[place].item;
        match item.iter_mut().find(|(own, _)| *own == Value::from(name)) {
            Some(member) if !value.is_null() => member.1 = value,
            _ => item.retain(|(own, _)| *own != Value::from(name)),
        }
        self
    }

    /// With this value of an element; without the element for null.
    pub fn element(mut self, name: &str, value: Value) -> Self {
        let is_it = |entry: &Entry| entry.item.iter().any(|(_, own)| *own == Value::from(name));
        let place = self.items.iter().position(is_it).unwrap();
        if value.is_null() {
            self.items.remove(place);
            return self;
        }
        self.item(place, "elementValue", value)
    }

    /// With another end.
    pub fn finished(mut self, finish: fn(&mut Value)) -> Self {
        self.finish = finish;
        self
    }

    /// As it is sent.
    pub fn text(&self) -> String {
        base64url::encode(self.bytes())
    }

    /// The CBOR.
    pub fn bytes(&self) -> Vec<u8> {
        let mut digests = Vec::new();
        let mut items = Vec::new();
        for entry in &self.items {
            let inner = Value::Bytes(written(&Value::Map(entry.item.clone())));
            let item = if entry.is_tagged { Value::Tag(24, Box::new(inner)) } else { inner };
            let id = entry.item.iter().find(|(own, _)| *own == Value::from("digestID"));
            if let (Some((_, id)), true) = (id, entry.is_digested) {
                let digest = Sha256::digest(written(&item)).to_vec();
                digests.push((id.clone(), Value::Bytes(digest)));
            }
            items.push(item);
        }
        let mut object = self.object.clone();
        if !object.iter().any(|(own, _)| *own == Value::from("valueDigests")) {
            let spaces = Value::Map(vec![(NAME_SPACE.into(), Value::Map(digests))]);
            object.push(("valueDigests".into(), spaces));
        }
        let payload = written(&Value::Map(object));
        let payload = match self.is_payload_tagged {
            true => written(&Value::Tag(24, Box::new(Value::Bytes(payload)))),
            false => payload,
        };
        let protected = written(&self.protected);
        let header = coset::ProtectedHeader {
            original_data: Some(protected.clone()),
            ..coset::ProtectedHeader::default()
        };
        let context = coset::SignatureContext::CoseSign1;
        let message = coset::sig_structure_data(context, header, None, &[], &payload);
        let auth = Value::Array(vec![
            Value::Bytes(protected),
            self.unprotected.clone(),
            Value::Bytes(payload),
            Value::Bytes(self.key.sign(&message)),
        ]);
        let spaces = Value::Map(vec![(NAME_SPACE.into(), Value::Array(items))]);
        let mut whole =
            Value::Map(vec![("nameSpaces".into(), spaces), ("issuerAuth".into(), auth)]);
        (self.finish)(&mut whole);
        written(&whole)
    }
}

fn written(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}
