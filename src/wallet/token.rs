//! How the wallet asks for an access token with a pre-authorized code (OpenID4VCI 6.1).

use serde_json::{Value, json};
use url::Url;

use super::ask::{answered, ask, error_code, summary};
use super::client_authentication::authenticate;
use super::credential::configurations;
use super::draft::{Content, Draft, Proof};
use super::http::Recorded;
use super::session::{Issuer, Renewal, Session, Stop, Token};
use super::tampers::Tampering;
use super::{dpop, nonce};
use crate::protocol::dialect::Speech;
use crate::protocol::{CredentialOffer, PRE_AUTHORIZED_CODE, TokenResponse};
use crate::scenario::DpopUse;
use crate::transcript::{Answer, Station};

/// Why an offer of the authorization code flow only is not redeemed.
const NO_CODE: &str =
    "no pre-authorized_code in the offer, and the authorization code flow is not driven";

/// Redeems the code of the offer at hand. Untampered, anything but a token stops the wallet; a
/// tampered request brings one only where the script expects it to be granted.
pub async fn request(session: &mut Session, tamper: Option<Tampering<'_>>) -> Result<(), Stop> {
    let recorded = send(session, tamper).await?;
    if tamper.is_some() {
        let token = recorded.answer().and_then(|answer| granted(answer).ok());
        if let Some(token) = token.filter(|_| session.keeps_what_is_granted) {
            keep(session, token);
        }
        return Ok(());
    }
    let answer = answered(&recorded)?;
    let token = granted(answer)
        .map_err(|stop| excused(session, answer, stop))
        .map_err(|stop| introduced(session, answer, stop))
        .map_err(|stop| session.advised(stop))?;
    keep(session, token);
    Ok(())
}

/// A token that begins a line of its own.
fn keep(session: &mut Session, token: Token) {
    session.renewal = Renewal::default();
    session.renewal.take(&token.response);
    session.c_nonce = nonce::given_with(&token.response).or(session.c_nonce.take());
    session.token = Some(token);
}

/// A wallet that does without DPoP on purpose has no business where DPoP is demanded. No code is
/// registered for a request without a proof, so where DPoP is announced any will do that is not
/// about the code or the client.
fn excused(session: &Session, answer: &Answer, stop: Stop) -> Stop {
    let code = error_code(answer);
    let announced = session.issuer().is_ok_and(|issuer| issuer.server().announces_dpop());
    let demanded = match code.as_deref() {
        Some("invalid_dpop_proof" | "use_dpop_nonce") => true,
        Some("invalid_grant" | "invalid_client" | "invalid_client_attestation") => false,
        _ => announced && matches!(answer.status, 400 | 401),
    };
    if demanded && session.settings.dpop == DpopUse::Never {
        return Stop::NotApplicable("the authorization server demands DPoP".into());
    }
    stop
}

/// The reason to stop, with what is missing where the server does not know who the client is.
fn introduced(session: &Session, answer: &Answer, stop: Stop) -> Stop {
    let Stop::Refused(why) = stop else { return stop };
    if error_code(answer).as_deref() != Some("invalid_client") {
        return Stop::Refused(why);
    }
    let is_anonymous =
        session.issuer().is_ok_and(|issuer| issuer.server().lists_authentication("none"));
    let advice = match (&session.client_id, session.identity.is_registered()) {
        (None, _) => "; give the client's id with --client-id or [client] id",
        (Some(_), true) => "; does the server know this client, and its key?",
        (Some(_), false) if is_anonymous => "; does the server know this client?",
        (Some(_), false) if session.identity.vouches() => "",
        (Some(_), false) => {
            "; the client has to authenticate: by --client-key of vcispec accept, or by [client] key of vcispec.toml"
        }
    };
    Stop::Refused(format!("{why}{advice}"))
}

/// Sends a token request, and gives what came back.
pub async fn send(session: &mut Session, tamper: Option<Tampering<'_>>) -> Result<Recorded, Stop> {
    ask(session, &draft, tamper).await
}

/// The token in an answer, or why there is none.
pub fn granted(answer: &Answer) -> Result<Token, Stop> {
    let refused = || {
        let advice = match error_code(answer).as_deref() {
            Some("invalid_client_attestation") => "; does the server trust the wallet provider?",
            Some("invalid_grant") => {
                "; the code is unknown, used up or expired, or the transaction code is wrong"
            }
            _ => "",
        };
        let hint = format!("{}{advice}", summary(answer));
        Stop::Refused(format!("no access_token in the token response: {hint}"))
    };
    if !answer.is_success() {
        return Err(refused());
    }
    let response = answer.body.json().ok_or_else(refused)?;
    let (access_token, is_dpop_bound) = {
        let lens = TokenResponse::new(&response);
        (lens.access_token().map(str::to_owned), lens.is_dpop_bound())
    };
    let access_token = access_token.ok_or_else(refused)?;
    Ok(Token { access_token, is_dpop_bound, response })
}

fn draft(session: &Session) -> Result<Draft, Stop> {
    let issuer = session.issuer()?;
    let url = issuer.endpoint("token_endpoint", issuer.server().token_endpoint())?;
    let offer = session.offer.object.as_ref().map(CredentialOffer::new);
    let code = offer.and_then(|offer| offer.pre_authorized_code());
    let mut form = vec![("grant_type".to_owned(), PRE_AUTHORIZED_CODE.to_owned())];
    match (code, session.offer.index) {
        (Some(code), _) => form.push(("pre-authorized_code".into(), code.into())),
        (None, Some(_)) => return Err(Stop::Refused(NO_CODE.into())),
        // Without an offer, only a tamper can make a request of this.
        (None, None) => form.push(("pre-authorized_code".into(), dpop::fresh_identifier())),
    }
    let name = session.traits().user_code_parameter();
    let is_wanted = |offer: CredentialOffer<'_>| match session.speech {
        Speech::Final => offer.tx_code().is_some(),
        Speech::Auto | Speech::Named(_) => offer.wants_a_code(),
    };
    if let (true, Some(code)) = (offer.is_some_and(is_wanted), &session.offer.tx_code) {
        form.push((name.to_owned(), code.clone()));
    }
    if session.settings.authorization_details {
        form.push(("authorization_details".into(), authorization_details(session)?));
    }
    draft_of(session, url, form)
}

/// What is wanted, in so many words. Where the metadata list servers, one of them may serve several
/// issuers, and has to be told which is meant (OpenID4VCI 5.1.1).
fn authorization_details(session: &Session) -> Result<String, Stop> {
    let issuer = session.issuer()?;
    let is_located = issuer.metadata.get("authorization_servers").is_some();
    let detail = |id: String| {
        let mut detail = json!({ "type": "openid_credential", "credential_configuration_id": id });
        if is_located {
            detail["locations"] = json!([issuer.identifier]);
        }
        if session.settings.mandatory_claim {
            let path = optional_claim(issuer, &id).ok_or_else(|| {
                Stop::NotApplicable(format!("no optional claim of {id} is described"))
            })?;
            detail["claims"] = json!([{ "path": path, "mandatory": true }]);
        }
        Ok(detail)
    };
    let details: Result<Vec<Value>, Stop> =
        configurations(session)?.into_iter().map(detail).collect();
    Ok(json!(details?).to_string())
}

/// The path of the first described claim that need not be in the credential, else of the first.
fn optional_claim(issuer: &Issuer, id: &str) -> Option<Value> {
    let configuration = issuer.credential().configuration(id)?.json();
    let described = configuration.pointer("/credential_metadata/claims")?.as_array()?;
    let is_optional = |claim: &&Value| claim.get("mandatory") != Some(&json!(true));
    let claim = described.iter().find(is_optional).or(described.first())?;
    claim.get("path").cloned()
}

/// A request of the token endpoint, as the client that the wallet is.
pub(super) fn draft_of(
    session: &Session,
    url: Url,
    mut form: Vec<(String, String)>,
) -> Result<Draft, Stop> {
    if let Some(client_id) = &session.client_id {
        form.push(("client_id".into(), client_id.clone()));
    }
    let mut draft = Draft::post(Station::Token, url);
    draft.content = Content::Form(form);
    authenticate(session, &mut draft)?;
    if session.uses_dpop() {
        let proof = dpop::proof(session, Station::Token, &draft.url, None);
        draft.dpop = Some(Proof::Open(Box::new(proof)));
    }
    Ok(draft)
}
