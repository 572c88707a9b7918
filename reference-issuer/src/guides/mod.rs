//! The issuers of public guides that people start from: what each of them says, and where.
//!
//! They talk as their guide does, and are as strict as 1.0 wants them: where a guide's issuer leaves out a check of
//! what a wallet sends, this one makes it.

mod corbado;
mod eaa_de_template;
pub mod eudiw_connector;
mod gramota;
mod offer_api;

use serde_json::Value;

pub use offer_api::{OfferApi, Side, answer};

use crate::{
    answer::Answer, credentials::Credential, formats::jwt_vc::Unsigned, layout::Layout,
    layout::Paths, settings::Settings, station::Station,
};

/// A guide, and the issuer that it builds.
#[derive(Debug)]
pub struct Guide {
    /// What `--like` takes.
    pub name: &'static str,
    /// What is particular about its issuer, in one sentence.
    pub says: &'static str,
    settings: fn() -> Settings,
    /// Where its endpoints are.
    pub(crate) paths: Paths,
    /// What it offers.
    pub(crate) credentials: fn(&Layout) -> Vec<Credential>,
    /// Writes its documents over those of this crate.
    pub(crate) rewrite: fn(&Layout, &mut Drafts),
    /// The same for a W3C credential before it is signed.
    pub(crate) rewrite_credential: fn(&mut Unsigned),
    /// The same for the headers of an answer.
    pub(crate) rewrite_answer: fn(Station, &mut Answer),
    /// How offers are asked for.
    pub(crate) offer_api: OfferApi,
}

/// Documents before they are written.
pub struct Drafts {
    /// Credential Issuer Metadata.
    pub issuer_metadata: Value,
    /// Authorization server metadata.
    pub as_metadata: Value,
    /// The DID document.
    pub did_document: Value,
    /// The OpenID configuration.
    pub openid_configuration: Value,
}

impl Guide {
    /// The settings of its issuer.
    pub fn settings(&self) -> Settings {
        (self.settings)()
    }
}

/// Every guide.
pub fn guides() -> &'static [&'static Guide] {
    GUIDES
}

static GUIDES: &[&Guide] =
    &[&corbado::GUIDE, &gramota::GUIDE, &eudiw_connector::GUIDE, &eaa_de_template::GUIDE];

/// The guide of that name.
pub fn guide(name: &str) -> Option<&'static Guide> {
    guides().iter().copied().find(|guide| guide.name == name)
}

/// Removes members of a JSON object.
fn remove(object: &mut Value, names: &[&str]) {
    if let Some(members) = object.as_object_mut() {
        members.retain(|name, _| !names.contains(&name.as_str()));
    }
}
