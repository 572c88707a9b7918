//! One step of a script: what is done, by whom, and what must hold of the answer.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::transcript::{Expectation, OneOrMany, Station, one_or_many};

/// One step of a script.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is done.
    #[serde(rename = "do")]
    pub action: Action,
    /// The wallet that does it.
    #[serde(rename = "as", default = "holder")]
    pub wallet: String,
    /// The offer it is done with; each new name is a fresh offer.
    #[serde(default = "first")]
    pub offer: String,
    /// What is wrong with the request; several names make one request each.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(with = "OneOrMany<String>")]
    pub tamper: Vec<String>,
    /// How often.
    #[serde(default = "once")]
    pub times: u32,
    /// How many requests are released together over separate connections.
    #[serde(default = "once")]
    pub at_once: u32,
    /// What ends it: the wallet goes on asking until then, as long as it is willing to wait.
    #[serde(default)]
    pub until: Option<Until>,
    /// What must hold of the answer.
    #[serde(default)]
    pub expect: Option<Expectation>,
    /// Values that are kept from the last answer: a name, and `body.PATH`, `header.NAME` or
    /// `status`. `${name}` stands for it in what later steps set and expect.
    #[serde(default)]
    pub save: BTreeMap<String, String>,
}

impl Step {
    /// A step with nothing odd about it.
    pub fn plain(action: Action) -> Self {
        Self {
            action,
            wallet: holder(),
            offer: first(),
            tamper: Vec::new(),
            times: 1,
            at_once: 1,
            until: None,
            expect: None,
            save: BTreeMap::new(),
        }
    }

    /// Whether only a refusal is what its author expects.
    pub fn expects_a_refusal(&self) -> bool {
        self.expect.as_ref().is_some_and(Expectation::is_of_a_refusal)
    }
}

/// What ends a step that asks again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Until {
    /// The answer has credentials.
    Credentials,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Reads the issuer's and the authorization server's metadata.
    Discover,
    /// Reads the issuer's metadata once more, signed if it signs them.
    SignedMetadata,
    /// Reads them in a language that they have, and in one that they have hardly.
    Languages,
    /// Takes an offer and reads it.
    Offer,
    /// Orders an offer by the offer API, and leaves it there.
    Order,
    /// Asks for an access token.
    Token,
    /// Asks for another access token with the refresh token at hand.
    Refresh,
    /// Gives the refresh token at hand back.
    RevokeToken,
    /// Lets time pass, as long as `slow` says.
    Wait,
    /// Asks for a `c_nonce`.
    Nonce,
    /// Asks for credentials. Those that are put off are fetched, unless the script has a
    /// `deferred` step of its own.
    Credential,
    /// Asks for credentials that were put off.
    Deferred,
    /// Tells the issuer that its credentials were accepted.
    Notification,
    /// Fetches the status lists that the credentials at hand refer to.
    Status,
    /// Has the first credential at hand revoked by the hook of the configuration.
    Revoke,
    /// Has it suspended.
    Suspend,
    /// Has the eligibility of the holder ended by the hook of the configuration.
    EndEligibility,
    /// Has the data of the holder changed by the hook of the configuration.
    ChangeClaims,
}

impl Action {
    /// The endpoint that it sends a request to that can be tampered with.
    pub fn station(self) -> Option<Station> {
        match self {
            Self::Discover
            | Self::SignedMetadata
            | Self::Languages
            | Self::Wait
            | Self::Status
            | Self::Revoke
            | Self::Suspend
            | Self::EndEligibility
            | Self::ChangeClaims => None,
            Self::Offer => Some(Station::Offer),
            Self::Token | Self::Refresh => Some(Station::Token),
            Self::RevokeToken => Some(Station::Revocation),
            Self::Order => Some(Station::OfferApi),
            Self::Nonce => Some(Station::Nonce),
            Self::Credential => Some(Station::Credential),
            Self::Deferred => Some(Station::Deferred),
            Self::Notification => Some(Station::Notification),
        }
    }

    /// The station whose answer is the answer to this step.
    pub fn asks(self) -> Station {
        match self {
            Self::Discover | Self::Wait => Station::IssuerMetadata,
            Self::SignedMetadata | Self::Languages => Station::NegotiatedMetadata,
            Self::Offer => Station::Offer,
            Self::Order => Station::OfferApi,
            Self::Token | Self::Refresh | Self::EndEligibility | Self::ChangeClaims => {
                Station::Token
            }
            Self::RevokeToken => Station::Revocation,
            Self::Nonce => Station::Nonce,
            Self::Credential => Station::Credential,
            Self::Deferred => Station::Deferred,
            Self::Notification => Station::Notification,
            Self::Status | Self::Revoke | Self::Suspend => Station::StatusList,
        }
    }

    /// The name as written in scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Discover => "discover",
            Self::SignedMetadata => "signed-metadata",
            Self::Languages => "languages",
            Self::Offer => "offer",
            Self::Order => "order",
            Self::Token => "token",
            Self::Refresh => "refresh",
            Self::RevokeToken => "revoke-token",
            Self::Wait => "wait",
            Self::Nonce => "nonce",
            Self::Credential => "credential",
            Self::Deferred => "deferred",
            Self::Notification => "notification",
            Self::Status => "status",
            Self::Revoke => "revoke",
            Self::Suspend => "suspend",
            Self::EndEligibility => "end-eligibility",
            Self::ChangeClaims => "change-claims",
        }
    }
}

fn holder() -> String {
    "holder".to_owned()
}

fn first() -> String {
    "first".to_owned()
}

fn once() -> u32 {
    1
}
