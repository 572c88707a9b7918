//! mdoc (`mso_mdoc`, ISO/IEC 18013-5): items with random bytes, the security object with their digests, and the
//! issuer's signature over it.

mod documents;
mod signer;

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};

pub use documents::{LICENCE, PID, licence, pid};
pub use signer::{DocumentSigner, SignerPlan};

use super::Context;
use crate::{
    cbor::Cbor,
    clock,
    credentials::Credential,
    faults::conduct::Conduct,
    public_key::{Curve, PublicKey},
    random,
    refusal::Refusal,
};

/// An mdoc before anything is digested.
pub struct Draft {
    /// The items, in the order of their namespaces.
    pub items: Vec<Item>,
    /// `version`.
    pub version: Cbor,
    /// `digestAlgorithm`.
    pub digest_algorithm: Cbor,
    /// `docType`.
    pub doc_type: Cbor,
    /// `deviceKeyInfo`.
    pub device_key_info: Cbor,
    /// `validityInfo`.
    pub validity_info: Cbor,
    /// `status`.
    pub status: Option<Cbor>,
}

/// An item before it is embedded.
pub struct Item {
    /// Its namespace.
    pub name_space: String,
    /// `digestID`.
    pub digest_id: i64,
    /// `random`.
    pub random: Vec<u8>,
    /// `elementIdentifier`.
    pub identifier: String,
    /// `elementValue`.
    pub value: Cbor,
    /// Whether the tag stands before the embedded bytes.
    pub is_tagged: bool,
    /// What the digest is over.
    pub digested: Digested,
}

/// What the digest of an item is over.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Digested {
    /// The item with its tag, as it should be.
    Whole,
    /// The embedded bytes alone.
    Inner,
    /// The item as it is sent, with or without its tag.
    AsSent,
    /// Nothing: there is none.
    Nothing,
}

/// An mdoc ready to be signed.
pub struct Sealed {
    /// `nameSpaces`.
    pub name_spaces: Cbor,
    /// The protected header.
    pub protected: Cbor,
    /// The unprotected header.
    pub unprotected: Cbor,
    /// The mobile security object.
    pub object: Cbor,
    /// Whether the security object is embedded with its tag.
    pub is_embedded: bool,
}

/// Label of `alg` in a COSE header.
pub const ALG: Cbor = Cbor::Integer(1);
/// Label of `x5chain` in a COSE header.
pub const X5CHAIN: Cbor = Cbor::Integer(33);

/// Makes one mdoc.
pub fn make(
    conduct: &Conduct,
    credential: &Credential,
    overrides: Option<&Map<String, Value>>,
    context: &Context,
) -> Result<Value, Refusal> {
    let signer = context.issuer.document_signer(credential.algorithm).ok_or_else(Refusal::crash)?;
    let mut draft = draft(credential, overrides, context);
    conduct.amend_mdoc_draft(&mut draft, context);
    let mut sealed = seal(draft, signer);
    conduct.amend_mdoc_sealed(&mut sealed);
    let mut issuer_signed = sign(sealed, signer).ok_or_else(Refusal::crash)?;
    conduct.amend_mdoc_signed(&mut issuer_signed);
    let text = URL_SAFE_NO_PAD.encode(issuer_signed.encode());
    Ok(Value::String(conduct.amend_signed(text)))
}

/// A point in time as a tagged text.
pub fn tdate(second: u64) -> Cbor {
    Cbor::tagged(0, Cbor::Text(clock::rfc3339(second)))
}

/// A key as COSE_Key (RFC 9053, section 7).
pub fn cose_key(key: &PublicKey) -> Cbor {
    let (x, y) = key.coordinates();
    let (kind, curve) = match key.curve() {
        Curve::P256 => (2, 1),
        Curve::P384 => (2, 2),
        Curve::Ed25519 => (1, 6),
    };
    let mut members = vec![
        (Cbor::Integer(1), Cbor::Integer(kind)),
        (Cbor::Integer(-1), Cbor::Integer(curve)),
        (Cbor::Integer(-2), Cbor::Bytes(x.to_vec())),
    ];
    members.extend(y.map(|y| (Cbor::Integer(-3), Cbor::Bytes(y.to_vec()))));
    Cbor::Map(members)
}

/// Times are rounded to the day, so that they tell nobody when a wallet was here.
fn draft(
    credential: &Credential,
    overrides: Option<&Map<String, Value>>,
    context: &Context,
) -> Draft {
    let today = clock::midnight(context.now);
    let lifetime = context.issuer.settings.lifetimes.credential.as_secs();
    let mut device_key_info = Vec::new();
    if let Some(Some(key)) = context.keys.get(context.position) {
        device_key_info.push(("deviceKey".into(), cose_key(key)));
    }
    let device_signed = Cbor::Array(vec!["reference.device.1".into()]);
    let authorizations = Cbor::map([("nameSpaces", device_signed)]);
    device_key_info.push(("keyAuthorizations".into(), authorizations));
    Draft {
        items: items(credential, overrides),
        version: "1.0".into(),
        digest_algorithm: "SHA-256".into(),
        doc_type: Cbor::text(&credential.vct),
        device_key_info: Cbor::Map(device_key_info),
        validity_info: Cbor::map([
            ("signed", tdate(today)),
            ("validFrom", tdate(today)),
            ("validUntil", tdate(today + lifetime)),
            ("expectedUpdate", tdate(today + lifetime / clock::DAY / 2 * clock::DAY)),
        ]),
        status: context.status.as_ref().map(status),
    }
}

/// The `status` claim in CBOR (draft-ietf-oauth-status-list-12, section 6.3).
fn status(claim: &Value) -> Cbor {
    let entry = &claim["status_list"];
    let index = Cbor::Integer(entry["idx"].as_i64().unwrap_or_default());
    let uri = Cbor::text(entry["uri"].as_str().unwrap_or_default());
    Cbor::map([("status_list", Cbor::map([("idx", index), ("uri", uri)]))])
}

/// The elements of the dataset, with those that the offer gives in their place.
fn items(credential: &Credential, overrides: Option<&Map<String, Value>>) -> Vec<Item> {
    let mut items = Vec::new();
    for (name_space, elements) in &credential.dataset {
        let given = overrides.and_then(|given| given.get(name_space));
        // Whoever mints for any format names elements without their namespace.
        let plain = |name: &str| overrides.and_then(|given| given.get(name));
        for (digest_id, (name, value)) in (0..).zip(elements.as_object().into_iter().flatten()) {
            let value =
                given.and_then(|given| given.get(name)).or_else(|| plain(name)).unwrap_or(value);
            items.push(Item {
                name_space: name_space.clone(),
                digest_id,
                random: random::bytes::<32>().to_vec(),
                identifier: name.clone(),
                value: documents::element(name, value),
                is_tagged: true,
                digested: Digested::Whole,
            });
        }
    }
    items
}

impl Item {
    /// The item as it is sent, and its digest.
    fn embed(&self) -> (Cbor, Option<Cbor>) {
        let inner = self.issuer_signed_item().encode();
        let whole = Cbor::tagged(24, Cbor::Bytes(inner.clone()));
        let sent = if self.is_tagged { whole.clone() } else { Cbor::Bytes(inner.clone()) };
        let digest = match self.digested {
            Digested::Whole => Some(sha256(&whole.encode())),
            Digested::Inner => Some(sha256(&inner)),
            Digested::AsSent => Some(sha256(&sent.encode())),
            Digested::Nothing => None,
        };
        (sent, digest)
    }

    fn issuer_signed_item(&self) -> Cbor {
        Cbor::map([
            ("digestID", Cbor::Integer(self.digest_id)),
            ("random", Cbor::Bytes(self.random.clone())),
            ("elementIdentifier", Cbor::text(&self.identifier)),
            ("elementValue", self.value.clone()),
        ])
    }
}

/// A namespace on its way into the mdoc.
struct Space {
    name: String,
    items: Vec<Cbor>,
    digests: Vec<(Cbor, Cbor)>,
}

/// Digests every item, and puts the digests into the security object.
fn seal(draft: Draft, signer: &DocumentSigner) -> Sealed {
    let mut spaces: Vec<Space> = Vec::new();
    for item in &draft.items {
        let (sent, digest) = item.embed();
        let digest = digest.map(|digest| (Cbor::Integer(item.digest_id), digest));
        match spaces.iter_mut().find(|space| space.name == item.name_space) {
            Some(space) => {
                space.items.push(sent);
                space.digests.extend(digest);
            }
            None => spaces.push(Space {
                name: item.name_space.clone(),
                items: vec![sent],
                digests: digest.into_iter().collect(),
            }),
        }
    }
    let digests =
        spaces.iter().map(|space| (Cbor::text(&space.name), Cbor::Map(space.digests.clone())));
    let mut object = vec![
        ("version".into(), draft.version),
        ("digestAlgorithm".into(), draft.digest_algorithm),
        ("valueDigests".into(), Cbor::Map(digests.collect())),
        ("deviceKeyInfo".into(), draft.device_key_info),
        ("docType".into(), draft.doc_type),
        ("validityInfo".into(), draft.validity_info),
    ];
    object.extend(draft.status.map(|status| ("status".into(), status)));
    let items = spaces.into_iter().map(|space| (Cbor::Text(space.name), Cbor::Array(space.items)));
    Sealed {
        name_spaces: Cbor::Map(items.collect()),
        protected: Cbor::Map(vec![(ALG, Cbor::Integer(signer.algorithm().number()))]),
        unprotected: Cbor::Map(vec![(X5CHAIN, signer.x5chain())]),
        object: Cbor::Map(object),
        is_embedded: true,
    }
}

/// `IssuerSigned`, with a COSE_Sign1 (RFC 9052, section 4.4) over the security object.
fn sign(sealed: Sealed, signer: &DocumentSigner) -> Option<Cbor> {
    let payload = match sealed.is_embedded {
        true => sealed.object.embedded().encode(),
        false => sealed.object.encode(),
    };
    let protected = match &sealed.protected {
        Cbor::Map(members) if members.is_empty() => Vec::new(),
        header => header.encode(),
    };
    let to_be_signed = Cbor::Array(vec![
        "Signature1".into(),
        Cbor::Bytes(protected.clone()),
        Cbor::Bytes(Vec::new()),
        Cbor::Bytes(payload.clone()),
    ]);
    let issuer_auth = Cbor::Array(vec![
        Cbor::Bytes(protected),
        sealed.unprotected,
        Cbor::Bytes(payload),
        Cbor::Bytes(signer.sign(&to_be_signed.encode())?),
    ]);
    Some(Cbor::map([("nameSpaces", sealed.name_spaces), ("issuerAuth", issuer_auth)]))
}

fn sha256(bytes: &[u8]) -> Cbor {
    Cbor::Bytes(digest::digest(&digest::SHA256, bytes).as_ref().to_vec())
}
