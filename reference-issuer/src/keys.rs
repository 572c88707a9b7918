//! The key that signs credentials, and how a verifier is led to it.

use std::net::IpAddr;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, KeyPair, KeyUsagePurpose,
    SanType, date_time_ymd,
};
use serde_json::{Map, Value, json};

use crate::{
    algorithm::Algorithm, settings::IssuerKey, signing_key::SigningKey, start_error::StartError,
};

/// What the certificates over the credential signer are to say.
#[derive(Debug, Clone)]
pub struct KeyPlan {
    /// What SD-JWT VCs say they are.
    pub typ: &'static str,
    /// How the credential names its key.
    pub issuer_key: IssuerKey,
    /// Host that the leaf certifies, as a DNS name or an IP address.
    pub host: String,
    /// Credential Issuer Identifier that the leaf certifies, as a URI.
    pub credential_issuer: String,
    /// Whether an authority other than the published trust anchor signs the leaf.
    pub under_a_stranger: bool,
}

/// The credential signer.
pub struct Signer {
    key: SigningKey,
    kid: String,
    header: Map<String, Value>,
    /// The protected header of every honest credential, already encoded.
    header_segment: String,
    trust_anchor: String,
}

impl Signer {
    /// Makes a key for that algorithm, a certification authority, and a leaf under it.
    pub fn new(plan: &KeyPlan, algorithm: Algorithm) -> Result<Self, StartError> {
        let key = SigningKey::generate(algorithm)?;
        let kid = URL_SAFE_NO_PAD.encode(key.public().thumbprint());

        let authority = authority("Reference Issuer Trust Anchor")?;
        let trust_anchor = authority.pem();
        let signing_authority =
            if plan.under_a_stranger { self::authority("A Stranger")? } else { authority };
        let leaf = leaf(plan)?.signed_by(key.certified(), &signing_authority)?;

        let mut header = Map::new();
        header.insert("alg".to_owned(), json!(algorithm.name()));
        header.insert("typ".to_owned(), json!(plan.typ));
        match plan.issuer_key {
            IssuerKey::CertificateChain => {
                header.insert("x5c".to_owned(), json!([STANDARD.encode(leaf.der())]))
            }
            IssuerKey::IssuerMetadata => header.insert("kid".to_owned(), json!(kid)),
        };
        let header_segment = encode(&header);
        Ok(Self { key, kid, header, header_segment, trust_anchor })
    }

    /// The honest protected header of a credential.
    pub fn header(&self) -> &Map<String, Value> {
        &self.header
    }

    /// The same, encoded.
    pub fn header_segment(&self) -> &str {
        &self.header_segment
    }

    /// What it signs under.
    pub fn algorithm(&self) -> Algorithm {
        self.key.algorithm()
    }

    /// The identifier of the key in a key set.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public key, as published in a key set.
    pub fn jwk(&self) -> Value {
        let mut jwk = self.key.public().to_jwk();
        jwk["kid"] = json!(self.kid);
        jwk["use"] = json!("sig");
        jwk["alg"] = json!(self.algorithm().name());
        jwk
    }

    /// PEM of the authority that verifiers are to trust.
    pub fn trust_anchor(&self) -> &str {
        &self.trust_anchor
    }

    /// The compact JWS over an encoded header and a payload; `None` if the key cannot sign.
    pub fn sign(&self, header_segment: &str, payload: &Map<String, Value>) -> Option<String> {
        let mut compact = format!("{header_segment}.{}", encode(payload));
        let signature = self.key.sign(compact.as_bytes())?;
        compact.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut compact);
        Some(compact)
    }
}

/// A JSON object as a segment of a JWS.
pub fn encode(object: &Map<String, Value>) -> String {
    let text = serde_json::to_vec(object).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(text)
}

/// A self-signed certification authority with a fresh key.
pub fn authority(name: &str) -> Result<rcgen::CertifiedIssuer<'static, KeyPair>, StartError> {
    let mut params = CertificateParams::default();
    params.distinguished_name = named(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    (params.not_before, params.not_after) = (date_time_ymd(2025, 1, 1), date_time_ymd(2049, 1, 1));
    Ok(rcgen::CertifiedIssuer::self_signed(params, KeyPair::generate()?)?)
}

/// A distinguished name of one common name.
pub fn named(name: &str) -> DistinguishedName {
    let mut distinguished_name = DistinguishedName::new();
    distinguished_name.push(DnType::CommonName, name);
    distinguished_name
}

/// A host as a subject alternative name.
pub fn alternative_name(host: &str) -> Result<SanType, StartError> {
    Ok(match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(address) => SanType::IpAddress(address),
        Err(_) => SanType::DnsName(host.try_into()?),
    })
}

fn leaf(plan: &KeyPlan) -> Result<CertificateParams, StartError> {
    let mut params = CertificateParams::default();
    params.distinguished_name = named("Reference Issuer");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    (params.not_before, params.not_after) = (date_time_ymd(2025, 1, 1), date_time_ymd(2048, 1, 1));
    params.subject_alt_names = vec![
        alternative_name(&plan.host)?,
        SanType::URI(plan.credential_issuer.as_str().try_into()?),
    ];
    Ok(params)
}
