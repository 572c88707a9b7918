//! The one way every exchange goes: take the request in, answer it, let faults have the answer, write it.

mod batch_credential;
mod browsers;
mod challenge;
mod credential;
mod deferred;
mod documents;
mod management;
mod nonce;
mod notification;
mod revocation;
mod status_list;
mod token;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::HeaderValue,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, any, get, post},
};

use crate::{
    answer::Answer,
    client_authentication::{challenges, fresh_challenge},
    dialect::{self, AuthorizationServer, Batch, Nonces},
    faults::conduct::Conduct,
    formats::Format,
    guides::{self, Side},
    incoming::Incoming,
    issuer::Issuer,
    layout, negotiated_metadata,
    refusal::Refusal,
    station::Station,
};

/// The management side, with the offer API that belongs there.
pub fn management(issuer: &Arc<Issuer>) -> Router<Arc<Issuer>> {
    management::router(issuer).merge(offer_api(issuer, Side::Management))
}

/// The credential issuer: everything but the authorization server.
pub fn credential_issuer(issuer: &Arc<Issuer>) -> Router<Arc<Issuer>> {
    let layout = &issuer.layout;
    let mut router = Router::new()
        .route(&layout.path(layout.paths.credential), any_method(Station::Credential))
        .route(&format!("{}/{{id}}", layout.path(layout.paths.offers)), gets(Station::Offer))
        .route(
            &format!("{}/{{name}}", layout.path(layout.paths.types)),
            gets(Station::TypeMetadata),
        );
    let dialect = &issuer.settings.dialect;
    if dialect.nonces == Nonces::Endpoint && issuer.settings.wants_nonces {
        router = router.route(&layout.path(layout.paths.nonce), any_method(Station::Nonce));
    }
    if dialect.batch == Batch::Endpoint && issuer.settings.batch_size.is_some() {
        let path = layout.path(layout.paths.batch_credential);
        router = router.route(&path, posts(Station::BatchCredential));
    }
    if issuer.settings.deferral.is_some() {
        router = router.route(&layout.path(layout.paths.deferred), posts(Station::Deferred));
    }
    if issuer.settings.notifications {
        router =
            router.route(&layout.path(layout.paths.notification), posts(Station::Notification));
    }
    if issuer.status_list.is_some() {
        let path = layout.path(layout.paths.status_list);
        router = router.route(&path, gets(Station::StatusList));
    }
    if issuer.settings.lists_another_server {
        router = router.route(&layout.another_as_metadata, gets(Station::AsMetadata));
    }
    for path in &layout.issuer_metadata {
        router = router.route(path, gets(Station::IssuerMetadata));
    }
    if issuer.publishes_keys() {
        for path in &layout.jwt_vc_issuer {
            router = published(router, issuer, path, Station::JwtVcIssuer);
        }
    }
    if issuer.issues(Format::JwtVc) {
        for path in &layout.did_document {
            router = published(router, issuer, path, Station::DidDocument);
        }
        for path in &layout.openid_configuration {
            router = router.route(path, gets(Station::OpenidConfiguration));
        }
        router = router.route(&layout.path(layout.paths.key_set), gets(Station::KeySet)).route(
            &format!("{}/{{name}}", layout.path(layout.paths.schemas)),
            gets(Station::CredentialSchema),
        );
    }
    router.merge(offer_api(issuer, Side::Protocol))
}

/// The authorization server.
pub fn authorization_server(issuer: &Arc<Issuer>) -> Router<Arc<Issuer>> {
    let layout = &issuer.layout;
    let mut router =
        Router::new().route(&layout.path(layout.paths.token), any_method(Station::Token));
    if issuer.settings.refresh_tokens {
        router = router.route(&layout.path(layout.paths.revocation), posts(Station::Revocation));
    }
    if issuer.settings.publishes_server_keys {
        router = router.route(&layout.path(layout.paths.key_set), gets(Station::KeySet));
    }
    if challenges(&issuer.settings) {
        router = router.route(&layout.path(layout.paths.challenge), posts(Station::Challenge));
    }
    if matches!(
        issuer.settings.dialect.authorization_server,
        AuthorizationServer::Own | AuthorizationServer::Named
    ) {
        for path in &layout.as_metadata {
            router = router.route(path, gets(Station::AsMetadata));
        }
    }
    router
}

/// Serves a document at its well-known address, or moved away from there.
fn published(
    router: Router<Arc<Issuer>>,
    issuer: &Issuer,
    path: &str,
    station: Station,
) -> Router<Arc<Issuer>> {
    if !issuer.settings.moves_documents {
        return router.route(path, gets(station));
    }
    let moved = issuer.layout.path(&format!("/vci/moved{path}"));
    let redirect = Redirect::temporary(&moved);
    router.route(path, get(|| async { redirect })).route(&moved, gets(station))
}

/// Where offers are ordered, if that is on this side.
fn offer_api(issuer: &Issuer, side: Side) -> Router<Arc<Issuer>> {
    match issuer.settings.offer_api().filter(|api| api.side == side) {
        Some(api) => Router::new().route(api.path, posts(Station::OfferApi)),
        None => Router::new(),
    }
}

fn gets(station: Station) -> MethodRouter<Arc<Issuer>> {
    get(move |State(issuer): State<Arc<Issuer>>, request: Request| {
        exchange(issuer, station, request)
    })
}

/// The handler itself sees to the method.
fn any_method(station: Station) -> MethodRouter<Arc<Issuer>> {
    any(move |State(issuer): State<Arc<Issuer>>, request: Request| {
        exchange(issuer, station, request)
    })
}

fn posts(station: Station) -> MethodRouter<Arc<Issuer>> {
    post(move |State(issuer): State<Arc<Issuer>>, request: Request| {
        exchange(issuer, station, request)
    })
}

async fn exchange(issuer: Arc<Issuer>, station: Station, request: Request) -> Response {
    let conduct = issuer.conduct(station);
    let answer = match Incoming::read(station, request).await {
        Ok(incoming) => answer(&issuer, &conduct, &incoming).await,
        Err(refusal) => Err(refusal),
    };
    let mut answer = answer.unwrap_or_else(|refusal| {
        let mut answer = refusal.into_answer(issuer.settings.wallet_algorithms);
        dialect::reword(&issuer, &conduct, station, &mut answer);
        answer
    });
    if station == Station::Token
        && challenges(&issuer.settings)
        && let Ok(value) = HeaderValue::try_from(fresh_challenge(&issuer))
    {
        answer.headers.insert("oauth-client-attestation-challenge", value);
    }
    if let Some(guide) = issuer.settings.guide {
        (guide.rewrite_answer)(station, &mut answer);
    }
    browsers::admit(&issuer, &mut answer);
    conduct.amend_answer(station, &mut answer);
    answer.into_response()
}

async fn answer(
    issuer: &Issuer,
    conduct: &Conduct<'_>,
    incoming: &Incoming,
) -> Result<Answer, Refusal> {
    conduct.object(incoming)?;
    if incoming.method == "OPTIONS" {
        return browsers::preflight(issuer);
    }
    match incoming.station {
        Station::OfferApi => guides::answer(issuer, conduct, incoming),
        Station::Offer => Ok(documents::offer(issuer, &incoming.name)),
        Station::IssuerMetadata => negotiated_metadata::answer(issuer, conduct, incoming),
        Station::AsMetadata if layout::ANOTHER_SERVER.ends_with(&incoming.name) => {
            Ok(Answer::prepared(&issuer.documents.another_as_metadata))
        }
        Station::AsMetadata => Ok(Answer::prepared(&issuer.documents.as_metadata)),
        Station::JwtVcIssuer => Ok(Answer::prepared(&issuer.documents.jwt_vc_issuer)),
        Station::DidDocument => Ok(documents::did_document(issuer)),
        Station::OpenidConfiguration => {
            Ok(Answer::prepared(&issuer.documents.openid_configuration))
        }
        Station::KeySet => Ok(Answer::prepared(&issuer.documents.key_set)),
        Station::CredentialSchema => Ok(documents::credential_schema(issuer, &incoming.name)),
        Station::TypeMetadata => Ok(documents::type_metadata(issuer, &incoming.name)),
        Station::StatusList => status_list::answer(issuer, conduct, incoming),
        Station::Token => token::answer(issuer, conduct, incoming).await,
        Station::Revocation => revocation::answer(issuer, conduct, incoming),
        Station::Nonce => nonce::answer(issuer, conduct, incoming),
        Station::Challenge => Ok(challenge::answer(issuer)),
        Station::Credential => credential::answer(issuer, conduct, incoming),
        Station::BatchCredential => batch_credential::answer(issuer, conduct, incoming),
        Station::Deferred => deferred::answer(issuer, conduct, incoming),
        Station::Notification => notification::answer(issuer, conduct, incoming),
    }
}
