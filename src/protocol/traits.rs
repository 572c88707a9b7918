//! In what an issuer's messages differ from those of 1.0 Final: each trait for itself, because
//! deployed issuers fit no draft. The wallet asks here what to send next, and never for a draft.

use serde_json::{Map, Value, json};

use super::signs::{FINAL, Shown, fingerprint};
use super::{Configuration, CredentialOffer, IssuerMetadata};

/// The traits of an issuer. The default is 1.0 Final.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// What carries the Transaction Code.
    pub user_code: UserCode,
    /// Where a `c_nonce` comes from.
    pub nonce_source: NonceSource,
    /// What a credential request asks by.
    pub asked_by: AskedBy,
    /// What carries the key proofs of a credential request.
    pub proof_member: ProofMember,
    /// What a wallet gets that has to wait for its credential.
    pub deferral: Deferral,
}

/// What carries the Transaction Code in a token request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserCode {
    /// `tx_code`, asked for by an object of that name.
    #[default]
    TxCode,
    /// `user_pin`, asked for by `user_pin_required` (draft 12 or older).
    UserPin,
}

/// Where a `c_nonce` comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NonceSource {
    /// The Nonce Endpoint, where there is one.
    #[default]
    NonceEndpoint,
    /// The token response, and later the credential response (draft 14 or older).
    TokenResponse,
}

/// What a credential request asks by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AskedBy {
    /// `credential_configuration_id` or `credential_identifier`.
    #[default]
    Id,
    /// `format` with the type, in the way of the format (draft 12 to 14).
    Format,
    /// `format` with `types` or what else names the type (draft 11).
    Types,
}

/// What carries the key proofs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProofMember {
    /// `proofs`, with an array for each proof type.
    #[default]
    Proofs,
    /// `proof`, with one proof and its `proof_type` (draft 13 or older).
    Proof,
    /// `proof` for one, `proofs` for several (draft 14 and 15).
    Either,
}

/// What a wallet gets that has to wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deferral {
    /// 202 with `transaction_id` and `interval`, as long as it takes.
    #[default]
    Accepted,
    /// `transaction_id`, then the error `issuance_pending` (draft 13 to 15).
    IssuancePending,
    /// `acceptance_token`, which is then the access token (draft 11).
    AcceptanceToken,
}

impl Traits {
    /// The traits that an issuer seems to have, from what it has shown, the likeliest first. Where
    /// it takes both the old and the new, the new counts; what no message shows is taken from the
    /// drafts that the others point to. An issuer without a sign of an older draft has none.
    pub fn likely(shown: &Shown<'_>) -> Vec<Self> {
        let offer = shown.offer.map(CredentialOffer::new);
        let metadata = shown.issuer_metadata.map(IssuerMetadata::new);
        let publishes_nonces = metadata.is_some_and(|it| it.nonce_endpoint().is_some());
        let gives_nonces = shown.token_response.is_some_and(|it| it.get("c_nonce").is_some());
        let asks_for_a_pin =
            offer.is_some_and(|offer| offer.requires_user_pin() && offer.tx_code().is_none());
        let user_code = if asks_for_a_pin { UserCode::UserPin } else { UserCode::TxCode };
        let nonce_source = match gives_nonces && !publishes_nonces {
            true => NonceSource::TokenResponse,
            false => NonceSource::NonceEndpoint,
        };
        let puts_off = shown.credential_response.and_then(super::Deferral::read);
        let gives_a_token = puts_off
            .is_some_and(|it| it.transaction_id().is_none() && it.acceptance_token().is_some());
        let found = fingerprint(shown);
        let drafts = match (unnamed(shown), found.newest()) {
            // Whatever else it has, what it offers has no id to ask by.
            (Some(draft), _) => vec![draft, 15, FINAL],
            _ if found.former.is_empty() => vec![FINAL],
            (None, 15..) => vec![FINAL, 15],
            (None, older) => vec![older, 15, FINAL],
        };
        let mut likely: Vec<Self> = Vec::new();
        for draft in drafts {
            let mut traits = Self { user_code, nonce_source, ..Self::of_draft(draft) };
            if gives_a_token {
                traits.deferral = Deferral::AcceptanceToken;
            }
            if !likely.contains(&traits) {
                likely.push(traits);
            }
        }
        likely
    }

    /// The traits of a draft; 1.0 Final from draft 16 on.
    pub fn of_draft(draft: u8) -> Self {
        let old_nonces = NonceSource::TokenResponse;
        match draft {
            16.. => Self::default(),
            15 => Self {
                proof_member: ProofMember::Either,
                deferral: Deferral::IssuancePending,
                ..Self::default()
            },
            13 | 14 => Self {
                user_code: UserCode::TxCode,
                nonce_source: old_nonces,
                asked_by: AskedBy::Format,
                proof_member: match draft {
                    14 => ProofMember::Either,
                    _ => ProofMember::Proof,
                },
                deferral: Deferral::IssuancePending,
            },
            12 => Self { user_code: UserCode::UserPin, ..Self::of_draft(13) },
            0..12 => Self {
                asked_by: AskedBy::Types,
                deferral: Deferral::AcceptanceToken,
                ..Self::of_draft(12)
            },
        }
    }

    /// The parameter of the token request that carries the code.
    pub fn user_code_parameter(&self) -> &'static str {
        match self.user_code {
            UserCode::TxCode => "tx_code",
            UserCode::UserPin => "user_pin",
        }
    }

    /// The members of a credential request that say what is asked for.
    pub fn asked(
        &self,
        id: &str,
        identifier: Option<&str>,
        configuration: Option<Configuration<'_>>,
    ) -> Map<String, Value> {
        let mut asked = Map::new();
        let configuration = configuration.map(|configuration| configuration.json());
        match (identifier, self.asked_by, configuration) {
            (Some(identifier), ..) => {
                asked.insert("credential_identifier".into(), json!(identifier));
            }
            (None, AskedBy::Format, Some(configuration)) => {
                copy(configuration, "format", &mut asked);
                for name in ["vct", "doctype", "credential_definition"] {
                    copy(configuration, name, &mut asked);
                }
            }
            (None, AskedBy::Types, Some(configuration)) => {
                copy(configuration, "format", &mut asked);
                let types = configuration.pointer("/credential_definition/type");
                if let Some(types) = types.or_else(|| configuration.get("types")) {
                    asked.insert("types".into(), types.clone());
                }
                for name in ["vct", "doctype", "credential_definition"] {
                    copy(configuration, name, &mut asked);
                }
            }
            (None, AskedBy::Id, _) | (None, _, None) => {
                asked.insert("credential_configuration_id".into(), json!(id));
            }
        }
        asked
    }
}

/// The draft in whose way an offer lists credentials, where it does so in no later way.
fn unnamed(shown: &Shown<'_>) -> Option<u8> {
    let has = |name: &str| shown.offer.is_some_and(|offer| offer.get(name).is_some());
    if has("credential_configuration_ids") || !has("credentials") {
        return None;
    }
    match shown.issuer_metadata?.get("credentials_supported")? {
        Value::Array(_) => Some(11),
        Value::Object(_) => Some(12),
        _ => None,
    }
}

impl ProofMember {
    /// Puts key proofs into a credential request; `proofs` has an array for each type, as 1.0 Final
    /// has it.
    pub fn put(self, request: &mut Map<String, Value>, proofs: Value) {
        match (self, single(&proofs)) {
            (Self::Proof | Self::Either, Some((kind, one))) => {
                request.insert("proof".into(), json!({ "proof_type": kind, kind: one }));
            }
            // A draft that knows one proof has no way to say more: several are said in the new way.
            _ => {
                request.insert("proofs".into(), proofs);
            }
        }
    }
}

/// The one proof there is, with its type.
fn single(proofs: &Value) -> Option<(&str, &Value)> {
    let types = proofs.as_object().filter(|types| types.len() == 1)?;
    let (kind, list) = types.iter().next()?;
    match list.as_array()?.as_slice() {
        [one] => Some((kind, one)),
        _ => None,
    }
}

fn copy(from: &Value, name: &str, to: &mut Map<String, Value>) {
    if let Some(value) = from.get(name) {
        to.insert(name.into(), value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::PRE_AUTHORIZED_CODE;

    fn likely(offer: Value, metadata: Value, token: Value) -> Vec<Traits> {
        Traits::likely(&Shown {
            offer: Some(&offer),
            issuer_metadata: Some(&metadata),
            token_response: Some(&token),
            credential_response: None,
            only_at_appended_location: false,
        })
    }

    #[test]
    fn an_issuer_of_the_final_version_has_no_trait() {
        let offer = json!({ "credential_configuration_ids": ["pid"] });
        let metadata = json!({ "nonce_endpoint": "https://h/n",
            "credential_configurations_supported": { "pid": { "format": "dc+sd-jwt" } } });
        assert_eq!(likely(offer, metadata, json!({})), [Traits::default()]);
        assert_eq!(likely(json!(1), json!([]), json!("x")), [Traits::default()]);
    }

    #[test]
    fn who_takes_old_and_new_is_asked_in_the_new_way() {
        let grant = json!({ "user_pin_required": true, "tx_code": {} });
        let offer = json!({ "credential_configuration_ids": ["pid"],
            "grants": { PRE_AUTHORIZED_CODE: grant } });
        let metadata = json!({ "nonce_endpoint": "https://h/n" });
        let likely = likely(offer, metadata, json!({ "c_nonce": "n" }));
        assert_eq!(likely.first(), Some(&Traits::default()));
    }

    #[test]
    fn a_hybrid_gets_each_message_as_it_wants_it() {
        let offer = json!({ "credential_configuration_ids": ["pid"],
            "grants": { PRE_AUTHORIZED_CODE: { "user_pin_required": true } } });
        let likely = likely(offer, json!({}), json!({ "c_nonce": "n" }));
        assert!(likely.iter().all(|traits| traits.user_code == UserCode::UserPin));
        assert!(likely.iter().all(|traits| traits.nonce_source == NonceSource::TokenResponse));
        let members: Vec<ProofMember> = likely.iter().map(|traits| traits.proof_member).collect();
        assert_eq!(members, [ProofMember::Either, ProofMember::Either, ProofMember::Proofs]);
    }

    #[test]
    fn what_has_no_id_is_asked_for_by_its_type() {
        for (list, way) in [(json!([]), AskedBy::Types), (json!({}), AskedBy::Format)] {
            let metadata = json!({ "credentials_supported": list, "signed_metadata": "x" });
            let mut offer = json!({ "credentials": ["pid"] });
            let asked = likely(offer.clone(), metadata.clone(), json!({}));
            assert_eq!(asked.first().map(|traits| traits.asked_by), Some(way));
            offer["credential_configuration_ids"] = json!(["pid"]);
            let asked = likely(offer, metadata, json!({}));
            assert_eq!(asked.first().map(|traits| traits.asked_by), Some(AskedBy::Id));
        }
    }

    #[test]
    fn an_acceptance_token_is_a_trait_of_its_own() {
        let metadata = json!({ "nonce_endpoint": "https://h/n" });
        let deferrals = |answer: Value| -> Vec<Deferral> {
            let shown = Shown {
                issuer_metadata: Some(&metadata),
                credential_response: Some(&answer),
                ..Shown::default()
            };
            Traits::likely(&shown).into_iter().map(|traits| traits.deferral).collect()
        };
        let token = deferrals(json!({ "acceptance_token": "t" }));
        assert!(token.iter().all(|one| *one == Deferral::AcceptanceToken), "{token:?}");
        let both = deferrals(json!({ "acceptance_token": "t", "transaction_id": "u" }));
        assert!(!both.contains(&Deferral::AcceptanceToken), "{both:?}");
        assert_eq!(deferrals(json!({ "transaction_id": "u" })), [Deferral::Accepted]);
    }

    #[test]
    fn requests_are_written_as_the_draft_has_them() {
        let metadata = json!({ "credential_configurations_supported": { "pid": {
            "format": "vc+sd-jwt", "vct": "v", "claims": {} } } });
        let configuration = IssuerMetadata::new(&metadata).configuration("pid");
        let asked =
            |draft| Value::Object(Traits::of_draft(draft).asked("pid", None, configuration));
        assert_eq!(asked(13), json!({ "format": "vc+sd-jwt", "vct": "v" }));
        assert_eq!(asked(15), json!({ "credential_configuration_id": "pid" }));
        let request = |member: ProofMember, proofs: Value| {
            let mut request = Map::new();
            member.put(&mut request, proofs);
            Value::Object(request)
        };
        let one = json!({ "jwt": ["a.b.c"] });
        assert_eq!(
            request(ProofMember::Proof, one.clone()),
            json!({ "proof": { "proof_type": "jwt", "jwt": "a.b.c" } })
        );
        assert_eq!(request(ProofMember::Proofs, one.clone()), json!({ "proofs": one }));
        let two = json!({ "jwt": ["a.b.c", "d.e.f"] });
        assert_eq!(request(ProofMember::Either, two.clone()), json!({ "proofs": two }));
    }
}
