//! Which draft an issuer speaks, told by the signs in what it sends. Deployed issuers are often
//! between two drafts, so every sign stands for itself.

use std::fmt::{Display, Formatter};

use serde_json::Value;

use super::PRE_AUTHORIZED_CODE;

/// The first draft with everything that 1.0 Final has; later versions are not told apart.
pub const FINAL: u8 = 16;
/// The oldest draft that is told apart.
const OLDEST: u8 = 11;

/// What an issuer has shown of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown<'a> {
    /// A Credential Offer.
    pub offer: Option<&'a Value>,
    /// The Credential Issuer Metadata.
    pub issuer_metadata: Option<&'a Value>,
    /// A successful Token Response.
    pub token_response: Option<&'a Value>,
    /// A Credential Response, or a refusal in its place.
    pub credential_response: Option<&'a Value>,
    /// Whether metadata was found only where the well-known segment is appended to the path.
    pub only_at_appended_location: bool,
}

/// Something that only some drafts have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// What was seen: `user_pin_required in the offer`.
    pub sign: &'static str,
    /// The drafts that have it, in words: `draft 12 or older`.
    pub means: String,
    drafts: Drafts,
}

impl Sign {
    /// Whether one of these drafts has it, both ends included.
    pub fn is_of_a_draft(&self, first: u8, last: u8) -> bool {
        self.drafts.and(between(first, last)).is_some()
    }

    /// Whether 1.0 Final no longer has it.
    pub fn is_former(&self) -> bool {
        self.drafts.last < FINAL
    }
}

/// The signs that an issuer has shown, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// The signs of drafts before 1.0 Final.
    pub former: Vec<Sign>,
    /// The signs that 1.0 Final shares with the later drafts.
    pub present: Vec<Sign>,
}

impl Fingerprint {
    /// The draft in a sentence, `looks like draft 13`; none without a sign of an older draft.
    pub fn sentence(&self) -> Option<String> {
        let former = common(&self.former)?;
        let Some(former) = former else {
            return Some("mixes several drafts before 1.0 Final".to_owned());
        };
        let present = common(&self.present).flatten().unwrap_or(Drafts::ANY);
        Some(match former.and(present) {
            Some(both) => format!("looks like {both}"),
            None => format!("mixes {former} with {present}"),
        })
    }
}

impl Fingerprint {
    /// The newest draft that it may be, by all signs; 16 stands for 1.0 Final. Where no draft has them
    /// all, what only newer drafts have outweighs what is left of older ones.
    pub fn newest(&self) -> u8 {
        let present = common(&self.present).flatten().unwrap_or(Drafts::ANY);
        let former = match common(&self.former) {
            None => return FINAL,
            Some(Some(former)) => former,
            Some(None) => {
                until(self.former.iter().map(|sign| sign.drafts.last).max().unwrap_or(OLDEST))
            }
        };
        match former.and(present) {
            Some(both) => both.last,
            None if present.first == 13 => 14,
            None => FINAL,
        }
    }
}

/// The drafts that have all the signs: none without a sign, `Some(None)` if no draft has them all.
fn common(signs: &[Sign]) -> Option<Option<Drafts>> {
    let first = signs.first()?;
    let common = signs.iter().try_fold(first.drafts, |common, sign| common.and(sign.drafts));
    Some(common)
}

/// Reads the signs. Pure, and at ease with nonsense.
pub fn fingerprint(shown: &Shown<'_>) -> Fingerprint {
    let mut found = Fingerprint::default();
    for row in SIGNS {
        if (row.is_seen)(shown) {
            let sign = Sign { sign: row.sign, means: row.drafts.to_string(), drafts: row.drafts };
            let list = if sign.is_former() { &mut found.former } else { &mut found.present };
            list.push(sign);
        }
    }
    found
}

/// A range of drafts, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Drafts {
    first: u8,
    last: u8,
}

impl Drafts {
    const ANY: Self = from(OLDEST);

    fn and(self, other: Self) -> Option<Self> {
        let both = Self { first: self.first.max(other.first), last: self.last.min(other.last) };
        (both.first <= both.last).then_some(both)
    }
}

const fn between(first: u8, last: u8) -> Drafts {
    Drafts { first, last }
}

const fn until(last: u8) -> Drafts {
    between(OLDEST, last)
}

const fn from(first: u8) -> Drafts {
    between(first, FINAL)
}

impl Display for Drafts {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        match (self.first, self.last) {
            (FINAL, _) => formatter.write_str("1.0 Final"),
            (first, FINAL) => write!(formatter, "draft {first} or newer"),
            (first, last) if first == last => write!(formatter, "draft {first}"),
            (OLDEST, last) => write!(formatter, "draft {last} or older"),
            (first, last) => write!(formatter, "draft {first} to {last}"),
        }
    }
}

/// A row of the table of signs.
struct Row {
    sign: &'static str,
    drafts: Drafts,
    is_seen: fn(&Shown<'_>) -> bool,
}

const fn row(sign: &'static str, drafts: Drafts, is_seen: fn(&Shown<'_>) -> bool) -> Row {
    Row { sign, drafts, is_seen }
}

#[rustfmt::skip]
static SIGNS: &[Row] = &[
    row("credentials in the offer", until(12), |shown| in_offer(shown, "credentials")),
    row("user_pin_required in the offer", until(12), |shown| in_grant(shown, "user_pin_required")),
    row("interval in the pre-authorized grant", between(13, 13), |shown| in_grant(shown, "interval")),
    row("credential_configuration_ids in the offer", from(13), |shown| in_offer(shown, "credential_configuration_ids")),
    row("tx_code in the offer", from(13), |shown| in_grant(shown, "tx_code")),
    row("metadata only at the appended path", until(15), |shown| shown.only_at_appended_location),
    row("credentials_supported as an array", between(11, 11), |shown| metadata(shown, "credentials_supported").is_some_and(Value::is_array)),
    row("credentials_supported as a map", between(12, 12), |shown| metadata(shown, "credentials_supported").is_some_and(Value::is_object)),
    row("authorization_server in the metadata", between(11, 11), |shown| metadata(shown, "authorization_server").is_some()),
    row("batch_credential_endpoint in the metadata", until(13), |shown| metadata(shown, "batch_credential_endpoint").is_some()),
    row("signed_metadata in the metadata", between(13, 15), |shown| metadata(shown, "signed_metadata").is_some()),
    row("nonce_endpoint in the metadata", from(15), |shown| metadata(shown, "nonce_endpoint").is_some()),
    row("credential_request_encryption in the metadata", from(16), |shown| metadata(shown, "credential_request_encryption").is_some()),
    row("the format vc+sd-jwt with a vct", between(12, 14), |shown| any(shown, |one| is(one, "vc+sd-jwt") && one.get("vct").is_some())),
    row("the format dc+sd-jwt", from(15), |shown| any(shown, |one| is(one, "dc+sd-jwt"))),
    row("cryptographic_suites_supported in a configuration", until(12), |shown| any(shown, |one| one.get("cryptographic_suites_supported").is_some())),
    row("proof_types_supported as an array", between(12, 12), |shown| any(shown, |one| one.get("proof_types_supported").is_some_and(Value::is_array))),
    row("the proof type cwt", between(13, 13), |shown| any(shown, |one| one.pointer("/proof_types_supported/cwt").is_some())),
    row("the proof type ldp_vp", between(13, 15), |shown| any(shown, |one| one.pointer("/proof_types_supported/ldp_vp").is_some())),
    row("claims of a configuration as an object", until(14), |shown| any(shown, |one| one.get("claims").is_some_and(Value::is_object))),
    row("claims of a configuration as an array", between(15, 15), |shown| any(shown, |one| one.get("claims").is_some_and(Value::is_array))),
    row("display of a configuration outside credential_metadata", until(15), |shown| any(shown, |one| one.get("display").is_some())),
    row("algorithms of an mdoc as strings", until(15), |shown| any(shown, has_named_mdoc_algorithms)),
    row("credential_metadata in a configuration", from(16), |shown| any(shown, |one| one.get("credential_metadata").is_some())),
    row("c_nonce in the token response", until(14), |shown| in_token(shown, "c_nonce")),
    row("c_nonce_expires_in in the token response", until(14), |shown| in_token(shown, "c_nonce_expires_in")),
    row("authorization_pending in the token response", between(11, 11), |shown| in_token(shown, "authorization_pending")),
    row("acceptance_token in the credential response", between(11, 11), |shown| in_credential(shown, "acceptance_token")),
    row("format in the credential response", until(12), |shown| in_credential(shown, "format")),
    row("a single credential in the credential response", until(14), |shown| in_credential(shown, "credential")),
    row("c_nonce in the credential response", until(14), |shown| in_credential(shown, "c_nonce")),
    row("the error issuance_pending", between(13, 15), |shown| refuses_with(shown, &["issuance_pending"])),
    row("the error unsupported_credential_type or unsupported_credential_format", until(15), |shown| refuses_with(shown, &["unsupported_credential_type", "unsupported_credential_format"])),
    row("interval in the credential response", from(16), |shown| in_credential(shown, "transaction_id") && in_credential(shown, "interval")),
    row("format in authorization_details of the token response", until(15), |shown| details(shown).any(|detail| detail.get("format").is_some())),
];

fn in_offer(shown: &Shown<'_>, name: &str) -> bool {
    shown.offer.is_some_and(|offer| offer.get(name).is_some())
}

fn in_grant(shown: &Shown<'_>, name: &str) -> bool {
    shown.offer.and_then(|offer| offer.get("grants")?.get(PRE_AUTHORIZED_CODE)?.get(name)).is_some()
}

fn in_token(shown: &Shown<'_>, name: &str) -> bool {
    shown.token_response.is_some_and(|token| token.get(name).is_some())
}

fn in_credential(shown: &Shown<'_>, name: &str) -> bool {
    shown.credential_response.is_some_and(|response| response.get(name).is_some())
}

fn refuses_with(shown: &Shown<'_>, codes: &[&str]) -> bool {
    let code = shown.credential_response.and_then(|response| response.get("error")?.as_str());
    code.is_some_and(|code| codes.contains(&code))
}

fn metadata<'a>(shown: &Shown<'a>, name: &str) -> Option<&'a Value> {
    shown.issuer_metadata?.get(name)
}

fn any(shown: &Shown<'_>, is_so: impl Fn(&Value) -> bool) -> bool {
    let values = |name| match metadata(shown, name) {
        Some(Value::Object(map)) => map.values().collect(),
        Some(Value::Array(list)) => list.iter().collect(),
        _ => Vec::new(),
    };
    let present = values("credential_configurations_supported");
    let former = values("credentials_supported");
    present.into_iter().chain(former).any(is_so)
}

fn is(configuration: &Value, format: &str) -> bool {
    configuration.get("format").is_some_and(|found| found == format)
}

fn has_named_mdoc_algorithms(configuration: &Value) -> bool {
    is(configuration, "mso_mdoc")
        && configuration
            .get("credential_signing_alg_values_supported")
            .and_then(Value::as_array)
            .is_some_and(|algorithms| algorithms.iter().any(Value::is_string))
}

fn details<'a>(shown: &Shown<'a>) -> impl Iterator<Item = &'a Value> + use<'a> {
    shown
        .token_response
        .and_then(|token| token.get("authorization_details")?.as_array())
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sentence(offer: &Value, metadata: &Value, token: &Value, appended: bool) -> Option<String> {
        let shown = Shown {
            offer: Some(offer),
            issuer_metadata: Some(metadata),
            token_response: Some(token),
            credential_response: None,
            only_at_appended_location: appended,
        };
        fingerprint(&shown).sentence()
    }

    #[test]
    fn the_final_version_has_no_former_sign() {
        let offer = json!({ "credential_configuration_ids": ["pid"] });
        let metadata = json!({ "nonce_endpoint": "https://h/n",
            "credential_configurations_supported": { "pid": { "format": "dc+sd-jwt" } } });
        assert_eq!(sentence(&offer, &metadata, &json!({}), false), None);
        assert_eq!(sentence(&json!(1), &json!([]), &json!("x"), false), None);
    }

    #[test]
    fn signs_narrow_the_draft() {
        let offer = json!({ "credential_configuration_ids": ["pid"] });
        let metadata = json!({ "batch_credential_endpoint": "https://h/b",
            "credential_configurations_supported": {
                "pid": { "format": "vc+sd-jwt", "vct": "v", "claims": {} },
                "mdl": { "format": "vc+sd-jwt", "vct": "w" } } });
        let token = json!({ "c_nonce": "n" });
        let found = sentence(&offer, &metadata, &token, true);
        assert_eq!(found.as_deref(), Some("looks like draft 13"));
        let shown = Shown { issuer_metadata: Some(&metadata), ..Shown::default() };
        let found = fingerprint(&shown);
        assert_eq!(found.former.len(), 3, "each sign once: {found:?}");
        assert_eq!(found.newest(), 13);
    }

    #[test]
    fn a_hybrid_fits_no_draft() {
        let offer = json!({ "credential_configuration_ids": ["pid"],
            "grants": { PRE_AUTHORIZED_CODE: { "user_pin_required": true } } });
        let found = sentence(&offer, &json!({}), &json!({}), false);
        assert_eq!(found.as_deref(), Some("mixes draft 12 or older with draft 13 or newer"));
        let metadata = json!({ "credentials_supported": [], "signed_metadata": "x" });
        let found = sentence(&json!({}), &metadata, &json!({}), false);
        assert_eq!(found.as_deref(), Some("mixes several drafts before 1.0 Final"));
        let pin = Shown { offer: Some(&offer), ..Shown::default() };
        assert_eq!(fingerprint(&pin).newest(), 14, "ids came with draft 13");
        let metadata = json!({ "nonce_endpoint": "https://h/n" });
        let newer = Shown { issuer_metadata: Some(&metadata), ..pin };
        assert_eq!(fingerprint(&newer).newest(), FINAL);
    }
}
