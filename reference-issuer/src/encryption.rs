//! What encryption asks of both sides (OpenID4VCI, sections 8.2, 8.3 and 10): requests are opened,
//! wishes for encrypted answers are checked, answers are sealed.

use serde_json::{Map, Value, json};

use crate::{
    answer::Answer,
    dialect::EncryptionAsked,
    faults::{conduct::Conduct, rules::Rule},
    incoming::Incoming,
    issuer::Issuer,
    jwe::{self, DecryptionKey, Enc, Envelope, Message},
    public_key::{Curve, PublicKey},
    refusal::Refusal,
    settings::{Encryption, Settings},
};

/// Largest request after decompression, in bytes.
const LARGEST: usize = 512 * 1024;
/// The same for an issuer that has no bound but its memory.
const UNBOUNDED: usize = 64 * 1024 * 1024;

/// What came of a request that may be encrypted.
pub enum Opened {
    /// It is in clear.
    Clear,
    /// What was inside.
    Inside(Box<Incoming>),
    /// It cannot be read, and nobody minds.
    Unread,
}

/// How an answer is to be encrypted.
pub struct Wanted {
    recipient: PublicKey,
    kid: Option<Value>,
    enc: Enc,
    compresses: bool,
}

/// Adds what the metadata say of encryption: of requests, which older drafts leave in clear, and of responses.
pub fn announce(settings: &Settings, keys: &[DecryptionKey], metadata: &mut Value) {
    let required = match settings.encryption {
        Encryption::Off => return,
        Encryption::Offered => false,
        Encryption::Required => true,
    };
    let enc: Vec<&str> = Enc::ALL.map(Enc::name).to_vec();
    let mut request = json!({
        "jwks": {"keys": keys.iter().map(DecryptionKey::jwk).collect::<Vec<_>>()},
        "enc_values_supported": enc,
        "encryption_required": required
    });
    let mut response = json!({
        "alg_values_supported": [jwe::ALG],
        "enc_values_supported": enc,
        "encryption_required": required
    });
    if compresses(settings) {
        for side in [&mut request, &mut response] {
            side["zip_values_supported"] = json!([jwe::ZIP]);
        }
    }
    if opens_requests(settings) {
        metadata["credential_request_encryption"] = request;
    }
    metadata["credential_response_encryption"] = response;
}

/// Opens a request that is labelled as encrypted.
pub fn open(issuer: &Issuer, conduct: &Conduct, incoming: &Incoming) -> Result<Opened, Refusal> {
    let encryption = issuer.settings.encryption;
    let is_labelled = incoming.is_of_type("application/jwt");
    let is_opened = encryption != Encryption::Off && opens_requests(&issuer.settings);
    if !is_opened || !is_labelled {
        let is_allowed = !is_opened || encryption != Encryption::Required;
        conduct.require(Rule::RequestEncrypted, is_allowed, || {
            refused("this issuer takes encrypted requests only")
        })?;
        return Ok(Opened::Clear);
    }
    let message = std::str::from_utf8(&incoming.body).ok().and_then(Message::read);
    conduct.require(Rule::RequestIsJwe, message.is_some(), || {
        refused("the request is labelled as a JWT and is no compact JWE")
    })?;
    let Some(message) = message else { return Ok(Opened::Unread) };
    let named =
        issuer.request_keys.iter().find(|key| Some(key.kid()) == message.header_text("kid"));
    conduct.require(Rule::RequestKeyKnown, named.is_some(), || {
        refused("kid names no published key")
    })?;
    let text = match named {
        Some(key) => message.open(key),
        None => issuer.request_keys.iter().find_map(|key| message.open(key)),
    };
    conduct.require(Rule::RequestAuthentic, text.is_some(), || {
        refused("the request cannot be decrypted")
    })?;
    let Some(text) = text else { return Ok(Opened::Unread) };
    match message.header_text("zip") {
        None => Ok(Opened::Inside(Box::new(incoming.with_json(text)))),
        Some(jwe::ZIP) if compresses(&issuer.settings) => {
            let inflated = jwe::inflate(&text, LARGEST);
            conduct.require(Rule::RequestBounded, inflated.is_some(), || {
                refused("the request is too large once it is decompressed")
            })?;
            let inflated = inflated.or_else(|| jwe::inflate(&text, UNBOUNDED));
            Ok(inflated
                .map_or(Opened::Unread, |text| Opened::Inside(Box::new(incoming.with_json(text)))))
        }
        Some(_) => Err(refused("the compression is not supported")),
    }
}

/// Checks how the answer is to be encrypted, if it is. `None` leaves it in clear.
pub fn wanted(
    issuer: &Issuer,
    conduct: &Conduct,
    asked: Option<&Value>,
    was_encrypted: bool,
) -> Result<Option<Wanted>, Refusal> {
    let encryption = issuer.settings.encryption;
    let Some(asked) = asked else {
        let is_allowed = encryption != Encryption::Required;
        conduct.require(Rule::EncryptionAsked, is_allowed, || {
            refused("this issuer encrypts its answers, and the request brings no key for that")
        })?;
        return Ok(None);
    };
    if encryption == Encryption::Off {
        return Err(refused("this issuer does not encrypt its answers"));
    }
    let is_hidden =
        was_encrypted || encryption == Encryption::Required || !opens_requests(&issuer.settings);
    conduct.require(Rule::EncryptionKeyHidden, is_hidden, || {
        refused("the key for the answer came in clear, where anybody could replace it")
    })?;
    let jwk = asked.get("jwk").and_then(Value::as_object);
    conduct.require(Rule::EncryptionKeyPresent, jwk.is_some(), || refused("jwk is missing"))?;
    let Some(jwk) = jwk else { return Ok(None) };
    let enc = asked.get("enc");
    conduct.require(Rule::EncryptionEncPresent, enc.is_some(), || refused("enc is missing"))?;
    let known = enc.and_then(Value::as_str).and_then(Enc::named);
    conduct.require(Rule::EncryptionEncKnown, enc.is_none() || known.is_some(), || {
        refused("enc is not among enc_values_supported")
    })?;
    let zip = asked.get("zip");
    let is_known = zip.is_none_or(|zip| zip == jwe::ZIP && compresses(&issuer.settings));
    conduct.require(Rule::EncryptionZipKnown, is_known, || {
        refused("zip is not among zip_values_supported")
    })?;
    let recipient = key(conduct, jwk)?;
    Ok(recipient.map(|recipient| Wanted {
        recipient,
        kid: jwk.get("kid").cloned(),
        enc: known.unwrap_or(Enc::A256Gcm),
        compresses: zip.is_some() && is_known,
    }))
}

fn key(conduct: &Conduct, jwk: &Map<String, Value>) -> Result<Option<PublicKey>, Refusal> {
    let alg = jwk.get("alg");
    conduct.require(Rule::EncryptionAlgPresent, alg.is_some(), || refused("jwk states no alg"))?;
    let is_known = alg.is_none_or(|alg| alg == jwe::ALG);
    conduct.require(Rule::EncryptionAlgKnown, is_known, || {
        refused("the alg of jwk is not among alg_values_supported")
    })?;
    conduct.require(Rule::EncryptionKeyPublic, !jwk.contains_key("d"), || {
        refused("jwk holds a private key")
    })?;
    let is_for_encryption = jwk.get("use").is_none_or(|purpose| purpose == "enc");
    conduct.require(Rule::EncryptionKeyUse, is_for_encryption, || {
        refused("jwk is a key for signatures")
    })?;
    let key = PublicKey::from_jwk(jwk).filter(|key| key.curve() == Curve::P256);
    let key = key.ok_or_else(|| refused("jwk is no key on P-256"))?;
    Ok(Some(key))
}

/// Encrypts an answer as the wallet wanted it.
pub fn seal(
    issuer: &Issuer,
    conduct: &Conduct,
    wanted: Wanted,
    mut answer: Answer,
) -> Result<Answer, Refusal> {
    let Some(content) = answer.object().map(std::mem::take).map(Value::Object) else {
        return Ok(answer);
    };
    let mut header = Map::new();
    header.insert("alg".to_owned(), json!(jwe::ALG));
    header.insert("enc".to_owned(), json!(wanted.enc.name()));
    if let Some(kid) = wanted.kid {
        header.insert("kid".to_owned(), kid);
    }
    if wanted.compresses {
        header.insert("zip".to_owned(), json!(jwe::ZIP));
    }
    let mut envelope = Envelope {
        header,
        recipient: wanted.recipient,
        enc: wanted.enc,
        compresses: wanted.compresses,
        encrypted_key: "",
        reuses_a_key: false,
        spoils_the_tag: false,
        stays_open: false,
        content,
    };
    conduct.amend_envelope(&mut envelope);
    if envelope.stays_open {
        answer.replace_by_text(envelope.content.to_string());
        return Ok(answer);
    }
    // A point off the curve shows only now.
    let sealed = envelope.seal(issuer.request_keys.first());
    answer.replace_by_text(sealed.ok_or_else(|| refused("jwk is no key on P-256"))?);
    Ok(answer.typed("application/jwt"))
}

fn compresses(settings: &Settings) -> bool {
    settings.encryption == Encryption::Offered && opens_requests(settings)
}

/// Whether requests are encrypted too, as from draft 16 on.
fn opens_requests(settings: &Settings) -> bool {
    settings.dialect.encryption == EncryptionAsked::AlgInKey
}

fn refused(why: &'static str) -> Refusal {
    Refusal::bad_request("invalid_encryption_parameters", why)
}
