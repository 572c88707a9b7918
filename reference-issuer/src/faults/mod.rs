//! The table of deliberate misbehaviour, one row per fault, and the few points where a fault takes hold.
//!
//! No handler asks whether a fault is on. Each stage of an exchange has one point of application, in
//! [`conduct`], and a row pairs a stage with a function that stands beside it.

mod as_metadata;
mod batch;
mod client_assertion;
mod client_attestation;
mod client_proof;
pub(crate) mod conduct;
mod connector;
mod credential;
mod deferred;
mod details;
mod dpop;
mod eaa_de;
mod encryption;
mod forms;
mod haip;
mod http;
mod issuer_metadata;
mod jwt_vc;
mod key_attestation;
mod mdoc;
mod nonce;
mod notification;
mod offer;
mod proof;
mod expiry;
mod refresh;
mod revocation;
pub(crate) mod rules;
mod sd_jwt;
mod signed_metadata;
mod status;
mod tenants;
mod token;
mod type_metadata;
mod unlinkability;

use crate::{
    answer::Answer,
    callbacks::Told,
    cbor::Cbor,
    formats::{
        Context,
        jwt_vc::Unsigned,
        mdoc::{Draft, Sealed, SignerPlan},
        sd_jwt::{Claims, Packed},
    },
    incoming::Incoming,
    issuer::Issuer,
    jwe::Envelope,
    keys::KeyPlan,
    layout::Layout,
    negotiated_metadata::SignedMetadata,
    offers::{Link, Minted},
    refusal::Refusal,
    settings::Lifetimes,
    station::Station,
    status_list::StatusListToken,
    store::{Grant, Policy, Transaction},
};
use rules::{Lapse, Rule};

/// One way in which the issuer can misbehave.
#[derive(Debug)]
pub struct Fault {
    /// What `--fault` takes.
    pub name: &'static str,
    /// The room of checks that is to catch it, as in the ids of its checks.
    pub station: &'static str,
    /// Where it takes hold.
    pub(crate) stage: Stage,
    /// Name of a configuration in which it shows.
    pub config: &'static str,
    /// What the issuer does, in one sentence.
    pub says: &'static str,
    /// The checks that turn red or warn, and no others.
    pub caught_by: &'static [&'static str],
}

/// Where a fault takes hold. Every function is called at one place, in [`conduct`] or at start.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stage {
    /// A breach of a rule is dealt with otherwise.
    Rule(Rule, Lapse),
    /// A breach of a rule is dealt with otherwise, at these stations only.
    RuleAt(&'static [Station], Rule, Lapse),
    /// A request is refused that no rule speaks against.
    Request(&'static [Station], fn(&Incoming) -> Option<Refusal>),
    /// A random value is drawn otherwise; the function is given a running number.
    Draw(Draw, fn(u64) -> String),
    /// Codes are kept otherwise.
    Store(fn(&mut Policy)),
    /// A credential is put off otherwise.
    Transaction(fn(&mut Transaction)),
    /// What a refresh grants is altered.
    Refreshed(fn(&Issuer, &mut Grant)),
    /// The offer is minted otherwise.
    Offer(fn(&mut Minted, &str)),
    /// The link to the offer is written otherwise.
    Link(fn(&mut Link)),
    /// The claims are altered before anything is hidden.
    Claims(fn(&mut Claims, &Context)),
    /// The salts of one credential are altered.
    Salts(fn(&mut [String], &Context)),
    /// Header, payload and disclosures are altered before the signature.
    Packed(fn(&mut Packed, &Context)),
    /// An mdoc is altered before anything is digested.
    MdocDraft(fn(&mut Draft, &Context)),
    /// An mdoc is altered before the signature.
    MdocSealed(fn(&mut Sealed)),
    /// An mdoc is altered after the signature.
    MdocSigned(fn(&mut Cbor)),
    /// Header and claims of a W3C credential are altered before the signature.
    JwtVc(fn(&mut Unsigned, &Context)),
    /// The finished credential is altered.
    Signed(fn(String) -> String),
    /// An encrypted answer is made otherwise.
    Envelope(fn(&mut Envelope)),
    /// The status list is altered before the signature.
    StatusList(fn(&mut StatusListToken)),
    /// Issuer metadata are altered before the signature.
    SignedMetadata(fn(&mut SignedMetadata)),
    /// An answer is altered as it leaves.
    Wire(&'static [Station], fn(&mut Answer)),
    /// The backend is told otherwise of an offer.
    Callback(fn(&mut Told)),
    /// Things live longer than they should, from the start.
    Lifetimes(fn(&mut Lifetimes)),
    /// Documents and endpoints are laid out otherwise, from the start.
    Route(fn(&mut Layout)),
    /// The signing key is certified otherwise, from the start.
    Keys(fn(&mut KeyPlan)),
    /// The key that signs mdocs is certified otherwise, from the start.
    DocumentSigner(fn(&mut SignerPlan)),
    /// Several of these together, of those that are not from the start.
    Several(&'static [Self]),
}

/// The random values that the protocol shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Draw {
    /// An access token.
    AccessToken,
    /// A `c_nonce`.
    CNonce,
    /// A `transaction_id`.
    TransactionId,
    /// A `notification_id`.
    NotificationId,
    /// The last segment of the reference to an offer.
    OfferId,
}

impl Stage {
    /// The stations at which it can show.
    pub(crate) fn stations(self) -> &'static [Station] {
        match self {
            Self::Rule(rule, _) => rule.stations(),
            Self::RuleAt(stations, ..) | Self::Request(stations, _) | Self::Wire(stations, _) => {
                stations
            }
            Self::Draw(Draw::AccessToken, _) | Self::Refreshed(_) => &[Station::Token],
            Self::Draw(Draw::TransactionId | Draw::NotificationId, _) => &[Station::Credential],
            Self::Store(_) => &[Station::Token, Station::Revocation],
            Self::Draw(Draw::CNonce, _) => &[Station::Nonce],
            Self::Draw(Draw::OfferId, _) => &[Station::Offer],
            Self::Several(parts) => parts.first().map_or(&[], |part| part.stations()),
            Self::Offer(_) | Self::Link(_) => &[Station::Offer],
            Self::Transaction(_)
            | Self::Claims(_)
            | Self::Salts(_)
            | Self::Packed(_)
            | Self::JwtVc(_)
            | Self::MdocDraft(_)
            | Self::MdocSealed(_)
            | Self::MdocSigned(_)
            | Self::Signed(_)
            | Self::Envelope(_) => &[Station::Credential],
            Self::StatusList(_) => &[Station::StatusList],
            Self::SignedMetadata(_) => &[Station::IssuerMetadata],
            Self::Callback(_)
            | Self::Lifetimes(_)
            | Self::Route(_)
            | Self::Keys(_)
            | Self::DocumentSigner(_) => &[],
        }
    }
}

/// Every fault, station by station.
pub static FAULTS: &[&Fault] = &ALL;

/// The fault of that name.
pub fn fault(name: &str) -> Option<&'static Fault> {
    FAULTS.iter().copied().find(|fault| fault.name == name)
}

const STATIONS: &[&[Fault]] = &[
    offer::FAULTS,
    issuer_metadata::FAULTS,
    signed_metadata::FAULTS,
    as_metadata::FAULTS,
    token::FAULTS,
    details::FAULTS,
    forms::FAULTS,
    refresh::FAULTS,
    revocation::FAULTS,
    client_attestation::FAULTS,
    client_proof::FAULTS,
    client_assertion::FAULTS,
    dpop::FAULTS,
    nonce::FAULTS,
    credential::FAULTS,
    proof::FAULTS,
    key_attestation::FAULTS,
    batch::FAULTS,
    deferred::FAULTS,
    notification::FAULTS,
    encryption::FAULTS,
    sd_jwt::FAULTS,
    mdoc::FAULTS,
    jwt_vc::FAULTS,
    type_metadata::FAULTS,
    status::FAULTS,
    unlinkability::FAULTS,
    http::FAULTS,
    haip::FAULTS,
    eaa_de::FAULTS,
    expiry::FAULTS,
    tenants::FAULTS,
    connector::FAULTS,
];

const COUNT: usize = {
    let (mut count, mut station) = (0, 0);
    while station < STATIONS.len() {
        count += STATIONS[station].len();
        station += 1;
    }
    count
};

static ALL: [&Fault; COUNT] = {
    let mut all = [&STATIONS[0][0]; COUNT];
    let (mut place, mut station) = (0, 0);
    while station < STATIONS.len() {
        let mut row = 0;
        while row < STATIONS[station].len() {
            all[place] = &STATIONS[station][row];
            place += 1;
            row += 1;
        }
        station += 1;
    }
    all
};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::configurations::configuration;

    #[test]
    fn names_are_unique() {
        let mut names = HashSet::new();
        for fault in FAULTS {
            assert!(names.insert(fault.name), "{} twice", fault.name);
        }
    }

    #[test]
    fn configurations_exist_and_something_catches_each_fault() {
        for fault in FAULTS {
            assert!(configuration(fault.config).is_some(), "{}", fault.name);
            let first = fault.caught_by.first().and_then(|check| check.split('/').next());
            assert_eq!(first, Some(fault.station), "{}", fault.name);
        }
    }
}
