//! Requests that ask in another form than the one that the specification has: of drafts, of other
//! media types, by other methods. One row each is unusual and right all the same.

use serde_json::{Value, json};

use super::Tamper;
use super::credential::request;
use crate::protocol::TokenResponse;
use crate::transcript::Station;
use crate::wallet::dpop::fresh_identifier;
use crate::wallet::draft::{Content, Draft};
use crate::wallet::session::Session;

const fn row(
    name: &'static str,
    says: &'static str,
    at: &'static [Station],
    change: fn(&mut Draft, &Session) -> Result<String, String>,
) -> Tamper {
    Tamper { name, says, at, resends: false, change }
}

/// What asks for nothing but whether anybody is there.
pub const BARE_POST: &str = "bare-post";

/// The endpoints that it is sent to.
const RESOURCES: &[Station] = &[Station::Credential, Station::Deferred, Station::Notification];

const TOKEN: &[Station] = &[Station::Token];
const CREDENTIAL: &[Station] = &[Station::Credential];

/// The rows of the other forms.
pub const TAMPERS: &[Tamper] = &[
    row("token-by-get", "asks by GET, with the form in the query", TOKEN, token_by_get),
    row("json-token-request", "sends the form as JSON", TOKEN, json_token_request),
    row("names-both", "names both an identifier and a configuration", CREDENTIAL, names_both),
    row("names-format", "describes the credential by format and type", CREDENTIAL, names_format),
    row(
        "configuration-despite-identifiers",
        "names a configuration though identifiers were given",
        CREDENTIAL,
        configuration_despite_identifiers,
    ),
    row("made-up-identifier", "asks by an identifier of its own making", CREDENTIAL, |draft, _| {
        let request = request(draft)?;
        request.shift_remove("credential_configuration_id");
        let identifier = format!("vcispec-unknown-{}", fresh_identifier());
        request.insert("credential_identifier".into(), json!(identifier));
        Ok(format!("credential_identifier is {identifier}"))
    }),
    row("repeated-member", "sends a member of the body twice", CREDENTIAL, repeated_member),
    row("empty-body", "sends no body", CREDENTIAL, |draft, _| {
        draft.content = Content::Empty;
        draft.encryption = None;
        draft.headers.push("content-type", "application/json");
        Ok("the body is empty".into())
    }),
    row("text-body", "labels its JSON as plain text", CREDENTIAL, |draft, _| {
        draft.headers.push("content-type", "text/plain");
        Ok("Content-Type is text/plain".into())
    }),
    row("malformed-without-token", "sends neither token nor JSON", CREDENTIAL, |draft, _| {
        draft.authorization = None;
        draft.dpop = None;
        draft.content = Content::Text("{\"credential_configuration_id\":".into());
        Ok("no Authorization header, and a body that ends in the middle of an object".into())
    }),
    row(BARE_POST, "sends an empty object and no token", RESOURCES, |draft, _| {
        draft.authorization = None;
        draft.dpop = None;
        draft.key_proofs.clear();
        draft.key_attestations.clear();
        draft.encryption = None;
        draft.content = Content::Json(json!({}));
        Ok("no Authorization header, and nothing in the body".into())
    }),
    row("scheme-in-capitals", "writes the scheme in capitals", CREDENTIAL, |draft, _| {
        let authorization = draft.authorization.as_mut().ok_or("the request has no token")?;
        authorization.scheme = authorization.scheme.to_ascii_uppercase().into();
        Ok(format!("the scheme is {}", authorization.scheme))
    }),
    row("media-type-parameter", "adds a parameter to the media type", CREDENTIAL, |draft, _| {
        if draft.encryption.is_some() {
            return Err("the request is encrypted".into());
        }
        draft.headers.push("content-type", "application/json; charset=utf-8");
        Ok("Content-Type is application/json; charset=utf-8".into())
    }),
    row("preflight", "asks as a browser does beforehand", CREDENTIAL, |draft, _| {
        draft.method = "OPTIONS".into();
        draft.authorization = None;
        draft.dpop = None;
        draft.content = Content::Empty;
        draft.encryption = None;
        draft.headers.push("origin", "https://wallet.invalid");
        draft.headers.push("access-control-request-method", "POST");
        draft.headers.push("access-control-request-headers", "authorization,content-type,dpop");
        Ok("the method is OPTIONS, with the fields of a preflight".into())
    }),
];

fn token_by_get(draft: &mut Draft, _: &Session) -> Result<String, String> {
    let mut form = std::mem::take(draft.form().ok_or("the request has no form")?);
    form.extend(draft.client_assertion_field());
    draft.url.query_pairs_mut().extend_pairs(form);
    if let Some(proof) = draft.open_dpop() {
        proof.claims.insert("htm".into(), json!("GET"));
    }
    draft.method = "GET".into();
    draft.content = Content::Empty;
    Ok("the method is GET, the form is in the query".into())
}

fn json_token_request(draft: &mut Draft, _: &Session) -> Result<String, String> {
    let mut form = draft.form().ok_or("the request has no form")?.clone();
    form.extend(draft.client_assertion_field());
    let members = form.into_iter().map(|(name, value)| (name, Value::String(value)));
    draft.content = Content::Json(Value::Object(members.collect()));
    Ok("the body is JSON".into())
}

fn names_both(draft: &mut Draft, _: &Session) -> Result<String, String> {
    let request = request(draft)?;
    let names = ["credential_identifier", "credential_configuration_id"];
    let id = names.into_iter().find_map(|name| request.get(name)).cloned();
    let id = id.ok_or("the request names no credential")?;
    for name in names {
        request.entry(name).or_insert_with(|| id.clone());
    }
    Ok("credential_identifier and credential_configuration_id are both there".into())
}

fn names_format(draft: &mut Draft, session: &Session) -> Result<String, String> {
    let issuer = session.issuer.as_ref().ok_or("the metadata is not known")?;
    let request = request(draft)?;
    request.shift_remove("credential_identifier");
    let asked = request.shift_remove("credential_configuration_id");
    let metadata = issuer.credential();
    let mut configurations = metadata.configurations();
    let configuration = match asked.as_ref().and_then(Value::as_str) {
        Some(asked) => configurations.find(|(id, _)| *id == asked),
        None => configurations.next(),
    };
    let configuration = configuration.map(|(_, it)| it.json());
    let configuration = configuration.ok_or("the metadata do not list the configuration")?;
    for name in ["format", "vct", "doctype", "credential_definition"] {
        if let Some(value) = configuration.get(name) {
            request.insert(name.into(), value.clone());
        }
    }
    Ok("format and type stand in place of an identifier".into())
}

fn configuration_despite_identifiers(
    draft: &mut Draft,
    session: &Session,
) -> Result<String, String> {
    let request = request(draft)?;
    let identifier = request.shift_remove("credential_identifier");
    let identifier = identifier.ok_or("the token response names no identifiers")?;
    let token = session.token.as_ref().ok_or("there is no token")?;
    let response = TokenResponse::new(&token.response);
    let detail = response.authorization_details().find(|detail| {
        let identifiers = detail.get("credential_identifiers").and_then(Value::as_array);
        identifiers.is_some_and(|identifiers| identifiers.contains(&identifier))
    });
    let id = detail.and_then(|detail| detail.get("credential_configuration_id"));
    let id = id.ok_or("the token response names no configuration")?.clone();
    let says = format!("credential_configuration_id is {id}");
    request.insert("credential_configuration_id".into(), id);
    Ok(says)
}

fn repeated_member(draft: &mut Draft, _: &Session) -> Result<String, String> {
    let proofs = draft.proofs();
    let request = request(draft)?;
    let (name, value) = request.iter().next().ok_or("the request is empty")?;
    let first = format!("{}:{value}", json!(name));
    let mut whole = request.clone();
    whole.extend(proofs.map(|proofs| ("proofs".to_owned(), proofs)));
    let says = format!("{name} is sent twice, with the same value");
    let whole = Value::Object(whole).to_string();
    let rest = whole.strip_prefix('{').ok_or("the request is no object")?;
    draft.content = Content::Text(format!("{{{first},{rest}"));
    Ok(says)
}
