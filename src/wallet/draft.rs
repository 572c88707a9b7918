//! A request before it is sent: its parts still open, so that one of them can be made wrong.

use std::borrow::Cow;

use serde_json::{Value, json};
use url::Url;

use crate::jose::{JweDraft, JwtDraft, PrivateKey};
use crate::protocol::traits::ProofMember;
use crate::transcript::{Headers, Station};

/// The longest plaintext that is written down beside what is sent, in octets: a bomb is not.
const LONGEST_PLAINTEXT: usize = 1 << 20;

/// A request of the wallet, not yet signed and not yet written out.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Where it goes.
    pub station: Station,
    /// The HTTP method.
    pub method: Cow<'static, str>,
    /// The endpoint.
    pub url: Url,
    /// Further header fields. One that would be written anyway is written like this.
    pub headers: Headers,
    /// Header fields that are not written though they should be, in small letters.
    pub left_out: Vec<String>,
    /// The content, without key proofs.
    pub content: Content,
    /// The access token and the scheme it is sent with.
    pub authorization: Option<Authorization>,
    /// The DPoP proof.
    pub dpop: Option<Proof>,
    /// The key proofs; none at all leaves `proofs` out.
    pub key_proofs: Vec<JwtDraft>,
    /// What carries them.
    pub proof_member: ProofMember,
    /// Key attestations: in the header of the key proof in the same place, or the only proof
    /// where there are no others.
    pub key_attestations: Vec<JwtDraft>,
    /// What the wallet's provider says of the wallet.
    pub client_attestation: Option<JwtDraft>,
    /// The proof of possession that goes with it.
    pub client_proof: Option<Proof>,
    /// The JWT that a registered client signs itself.
    pub client_assertion: Option<Proof>,
    /// What the content is encrypted in.
    pub encryption: Option<JweDraft>,
    /// The key that opens the answer.
    pub opens_with: Option<PrivateKey>,
}

/// The content of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// No content.
    Empty,
    /// `application/x-www-form-urlencoded`, repeated names allowed.
    Form(Vec<(String, String)>),
    /// `application/json`.
    Json(Value),
    /// `application/json` in name only.
    Text(String),
}

/// An access token with its scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// `Bearer` or `DPoP`.
    pub scheme: Cow<'static, str>,
    /// The access token.
    pub token: String,
}

/// A DPoP proof, or another by which a wallet shows who it is: still open, or as it was sent before.
#[derive(Clone, Debug)]
pub enum Proof {
    /// To be signed.
    Open(Box<JwtDraft>),
    /// Already on the wire once.
    Sent(String),
}

impl Proof {
    /// The draft, unless it was sent before.
    fn open(&mut self) -> Option<&mut JwtDraft> {
        match self {
            Self::Open(draft) => Some(draft),
            Self::Sent(_) => None,
        }
    }

    /// As it is sent.
    fn compact(&self) -> String {
        match self {
            Self::Open(draft) => draft.compact(),
            Self::Sent(compact) => compact.clone(),
        }
    }
}

/// A request as it goes on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Ready {
    /// Where it goes.
    pub station: Station,
    /// The HTTP method.
    pub method: Cow<'static, str>,
    /// The URL.
    pub url: Url,
    /// The header fields.
    pub headers: Headers,
    /// The content.
    pub body: String,
    /// What is inside, where the content is encrypted.
    pub plaintext: Option<String>,
    /// The key that opens the answer.
    pub opens_with: Option<PrivateKey>,
}

impl Draft {
    /// A POST without content to an endpoint.
    pub fn post(station: Station, url: Url) -> Self {
        Self {
            station,
            method: "POST".into(),
            url,
            headers: Headers::default(),
            left_out: Vec::new(),
            content: Content::Empty,
            authorization: None,
            dpop: None,
            key_proofs: Vec::new(),
            proof_member: ProofMember::default(),
            key_attestations: Vec::new(),
            client_attestation: None,
            client_proof: None,
            client_assertion: None,
            encryption: None,
            opens_with: None,
        }
    }

    /// The form fields; nothing happens on a request that has none.
    pub fn form(&mut self) -> Option<&mut Vec<(String, String)>> {
        match &mut self.content {
            Content::Form(fields) => Some(fields),
            _ => None,
        }
    }

    /// The DPoP proof that is still to be signed.
    pub fn open_dpop(&mut self) -> Option<&mut JwtDraft> {
        self.dpop.as_mut().and_then(Proof::open)
    }

    /// The field of a form that has the assertion of the client.
    pub fn client_assertion_field(&self) -> Option<(String, String)> {
        let assertion = self.client_assertion.as_ref()?;
        Some(("client_assertion".into(), assertion.compact()))
    }

    /// The value of `proofs`: key proofs, each with its attestation, or an attestation alone.
    pub fn proofs(&self) -> Option<Value> {
        let compact = |drafts: &[JwtDraft]| drafts.iter().map(JwtDraft::compact).collect();
        if self.key_proofs.is_empty() {
            let attestations: Vec<String> = compact(&self.key_attestations);
            return (!attestations.is_empty()).then(|| json!({ "attestation": attestations }));
        }
        let mut proofs = self.key_proofs.clone();
        for (proof, attestation) in proofs.iter_mut().zip(&self.key_attestations) {
            proof.header.insert("key_attestation".into(), json!(attestation.compact()));
        }
        let proofs: Vec<String> = compact(&proofs);
        Some(json!({ "jwt": proofs }))
    }

    /// The proof of possession of the client, where it is still to be signed.
    pub fn open_client_proof(&mut self) -> Option<&mut JwtDraft> {
        self.client_proof.as_mut().and_then(Proof::open)
    }

    /// The assertion of the client, where it is still to be signed.
    pub fn open_client_assertion(&mut self) -> Option<&mut JwtDraft> {
        self.client_assertion.as_mut().and_then(Proof::open)
    }

    /// Whether the request will have that header field, given in small letters.
    pub fn writes_header(&self, name: &str) -> bool {
        let by_itself = match name {
            "accept" => true,
            "authorization" => self.authorization.is_some(),
            "dpop" => self.dpop.is_some(),
            "oauth-client-attestation" => self.client_attestation.is_some(),
            "oauth-client-attestation-pop" => self.client_proof.is_some(),
            "content-type" => self.content != Content::Empty,
            _ => false,
        };
        (by_itself || self.headers.get(name).is_some())
            && !self.left_out.iter().any(|out| out == name)
    }

    /// Signs what is to be signed and writes everything out.
    pub fn ready(self) -> Ready {
        let (proofs, assertion) = (self.proofs(), self.client_assertion_field());
        let mut headers = self.headers;
        let mut write = |name: &str, value: String| {
            if headers.get(name).is_none() && !self.left_out.iter().any(|out| out == name) {
                headers.push(name, value);
            }
        };
        write(
            "accept",
            match self.opens_with {
                Some(_) => "application/jwt, application/json".into(),
                None => "application/json".into(),
            },
        );
        if let Some(authorization) = &self.authorization {
            let Authorization { scheme, token } = authorization;
            write("authorization", format!("{scheme} {token}"));
        }
        if let Some(proof) = &self.dpop {
            write("dpop", proof.compact());
        }
        if let Some(attestation) = &self.client_attestation {
            write("oauth-client-attestation", attestation.compact());
        }
        if let Some(proof) = &self.client_proof {
            write("oauth-client-attestation-pop", proof.compact());
        }
        let media_type = match self.encryption {
            Some(_) => "application/jwt",
            None => "application/json",
        };
        let body = match self.content {
            Content::Empty => String::new(),
            Content::Form(mut fields) => {
                fields.extend(assertion);
                write("content-type", "application/x-www-form-urlencoded".into());
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
            }
            Content::Json(mut json) => {
                write("content-type", media_type.into());
                if let (Some(object), Some(proofs)) = (json.as_object_mut(), proofs) {
                    self.proof_member.put(object, proofs);
                }
                json.to_string()
            }
            Content::Text(text) => {
                write("content-type", media_type.into());
                text
            }
        };
        let sealed = self.encryption.and_then(|draft| draft.seal(body.as_bytes()).ok());
        let (body, plaintext) = match sealed {
            Some(sealed) => (sealed, (body.len() <= LONGEST_PLAINTEXT).then_some(body)),
            None => (body, None),
        };
        Ready {
            station: self.station,
            method: self.method,
            url: self.url,
            headers,
            body,
            plaintext,
            opens_with: self.opens_with,
        }
    }
}

impl Ready {
    /// What shows which client asks: the proof that goes with its attestation, or its assertion.
    pub fn client_proof(&self) -> Option<String> {
        if let Some(proof) = self.headers.get("oauth-client-attestation-pop") {
            return Some(proof.to_owned());
        }
        let mut pairs = url::form_urlencoded::parse(self.body.as_bytes());
        pairs.find(|(name, _)| name == "client_assertion").map(|(_, value)| value.into_owned())
    }
}
