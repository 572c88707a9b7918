//! The shape of a scenario.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::own_tamper::OwnTamper;
use crate::jose::SignatureAlgorithm;
use crate::transcript::{Expectation, OneOrMany, Station, StepExpectation, one_or_many};

/// One scenario: what a simulated wallet does, and what is expected of the issuer.
///
/// Its id is the path of its file below `scenarios/`, without the ending.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Filled in from the path.
    #[serde(skip)]
    pub id: String,
    /// One sentence on what happens, in the present tense.
    pub title: String,
    /// The checks it is there to exercise: one of them that cannot be judged is red.
    #[serde(default)]
    pub aims: Vec<String>,
    /// What must be had or advertised for it to make sense.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// What it does to the issuer under test.
    #[serde(default)]
    pub impact: Impact,
    /// How its wallets differ from a plain one.
    #[serde(default)]
    pub wallet: WalletSettings,
    /// Whose the other wallets are, by the names that steps give them in `as`.
    #[serde(default)]
    pub wallets: BTreeMap<String, Another>,
    /// How long a step `wait` waits. With it, the scenario runs only with `--slow`.
    #[serde(default)]
    pub slow: Option<Slow>,
    /// Tampers of its own.
    #[serde(default, rename = "tamper")]
    pub tampers: Vec<OwnTamper>,
    /// What is done, in order.
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
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

impl Scenario {
    /// One that looks at an issuer, or at an offer of it, and does nothing. It is no script of
    /// anybody's: what has to know an issuer before a run begins drives it.
    pub fn look(at_an_offer: bool) -> Self {
        let (needs, action) = match at_an_offer {
            true => (vec![Need::Offer], Action::Offer),
            false => (Vec::new(), Action::Discover),
        };
        Self {
            id: "look".to_owned(),
            title: "Look".to_owned(),
            aims: Vec::new(),
            needs,
            impact: Impact::None,
            wallet: WalletSettings::default(),
            wallets: BTreeMap::new(),
            slow: None,
            tampers: Vec::new(),
            steps: vec![Step::plain(action)],
        }
    }

    /// How many fresh offers it uses up.
    pub fn offers(&self) -> usize {
        self.takers().len()
    }

    /// The name of the wallet that takes it, for each fresh offer.
    pub fn takers(&self) -> Vec<String> {
        if !self.uses_offers() {
            return Vec::new();
        }
        let name = |step: &'_ Step| (step.wallet.clone(), step.offer.clone());
        let mut names: Vec<(String, String)> = self.steps.iter().map(name).collect();
        names.sort_unstable();
        names.dedup();
        let rounds = self.steps.iter().filter(|step| step.at_once > 1).flat_map(|step| {
            let again = step.times.saturating_sub(1) as usize;
            std::iter::repeat_n(step.wallet.clone(), again)
        });
        names.into_iter().map(|(wallet, _)| wallet).chain(rounds).collect()
    }

    /// What is expected of its answers, step by step.
    pub fn expectations(&self) -> Vec<StepExpectation> {
        let numbered = self.steps.iter().zip(1..);
        numbered
            .filter_map(|(step, number)| {
                Some(StepExpectation {
                    step: number,
                    station: step.action.asks(),
                    wallet: step.wallet.clone(),
                    tampers: step.tamper.clone(),
                    until: step.until.is_some(),
                    expect: step.expect.clone()?,
                })
            })
            .collect()
    }

    /// Whether its wallets fetch credentials that are put off without a step of their own.
    pub fn fetches_deferred(&self) -> bool {
        !self.steps.iter().any(|step| step.action == Action::Deferred)
    }

    /// Whether it redeems offers at all.
    pub fn uses_offers(&self) -> bool {
        self.needs.iter().any(|need| need.asks_for_an_offer())
    }
}

/// Something that must be had or advertised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// A fresh offer of the Pre-Authorized Code Flow; any will do.
    Offer,
    /// A fresh offer that asks for a Transaction Code.
    TxCode,
    /// A fresh offer that asks for none.
    NoTxCode,
    /// A fresh offer by reference.
    ByReference,
    /// A fresh offer of two configurations.
    TwoConfigurations,
    /// An offer that cannot be renewed: what may follow on one code and one token.
    SingleOffer,
    /// A fresh offer of a source that says whose credentials it gives, and that they are the
    /// subject's which is wanted.
    DeclaredSubject,
    /// DPoP announced by the authorization server.
    Dpop,
    /// The profile `haip-1.0`.
    Haip,
    /// DPoP demanded by the profile or by the client's registration.
    DpopDemanded,
    /// Refresh tokens, as far as the authorization server's metadata tells.
    RefreshTokens,
    /// A Revocation Endpoint.
    RevocationEndpoint,
    /// A Nonce Endpoint.
    NonceEndpoint,
    /// A Deferred Credential Endpoint.
    DeferredEndpoint,
    /// A Notification Endpoint.
    NotificationEndpoint,
    /// Encryption of responses announced.
    ResponseEncryption,
    /// Encryption of requests announced.
    RequestEncryption,
    /// Compression of encrypted responses announced.
    ResponseCompression,
    /// Encrypted responses required.
    EncryptedResponses,
    /// Encrypted requests required.
    EncryptedRequests,
    /// Authorization details of type `openid_credential` announced.
    AuthorizationDetails,
    /// Several authorization servers.
    SeveralServers,
    /// Batch issuance announced.
    Batch,
    /// A `client_id` in the configuration.
    ClientId,
    /// A configuration that requires key attestations in proofs of the `jwt` type.
    KeyAttestations,
    /// A configuration that lists the `attestation` proof type.
    AttestationProofs,
    /// A wallet that authenticates by an attestation of its provider.
    ClientAttestation,
    /// A wallet that authenticates by `private_key_jwt`.
    ClientAssertion,
    /// Anonymous access announced by the authorization server.
    AnonymousAccess,
    /// Anonymous access not announced by the authorization server.
    NoAnonymousAccess,
    /// A hook by which the issuer's operator revokes: `[revoke]` in the configuration.
    Revocation,
    /// One that suspends, too.
    Suspension,
    /// A receiver of the callbacks that tell of each offer: `[callback]` in the configuration.
    Callbacks,
    /// An offer API of the connector's guide: an offer source that orders by
    /// `credential_configuration_id`.
    OfferApi,
}

impl Need {
    /// Whether only an offer source can meet it.
    pub fn asks_for_an_offer(self) -> bool {
        matches!(
            self,
            Self::Offer
                | Self::TxCode
                | Self::NoTxCode
                | Self::ByReference
                | Self::TwoConfigurations
                | Self::SingleOffer
                | Self::DeclaredSubject
        )
    }
}

/// What a scenario does to the issuer under test; the last two only with `--allow`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Impact {
    /// Nothing that outlives it.
    None,
    /// It uses up offers.
    #[default]
    BurnsOffers,
    /// It may lock an offer, a client or an account.
    Locks,
    /// It sends many requests.
    Load,
}

impl Impact {
    /// The name as written in scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::BurnsOffers => "burns-offers",
            Self::Locks => "locks",
            Self::Load => "load",
        }
    }
}

/// How the wallets of a scenario differ from a plain one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct WalletSettings {
    /// Whether it uses DPoP.
    pub dpop: DpopUse,
    /// How many key proofs a credential request carries.
    pub proofs: ProofCount,
    /// How a key proof names its key.
    pub binding: BindingMethod,
    /// The algorithm of its key proofs; the first of its own that is listed without it.
    pub proof_alg: Option<SignatureAlgorithm>,
    /// The algorithm of its DPoP proofs; the first of its own that is listed without it.
    pub dpop_alg: Option<SignatureAlgorithm>,
    /// Which of the offered configurations it requests.
    pub configurations: Configurations,
    /// Requests only configurations of this `format`, such as `mso_mdoc`.
    pub format: Option<String>,
    /// Which type of key proof it sends.
    pub proof_type: ProofType,
    /// Whether its key proofs carry key attestations.
    pub key_attestation: KeyAttestationUse,
    /// How many further keys an attestation attests, for which nothing else is proved.
    pub further_attested_keys: u8,
    /// What its attestations say of how keys are stored. Empty: what the issuer demands.
    pub key_storage: Vec<String>,
    /// What its attestations say of how users are authenticated. Empty: what the issuer demands.
    pub user_authentication: Vec<String>,
    /// Whether it encrypts requests and asks for encrypted answers.
    pub encryption: EncryptionUse,
    /// Compresses what it encrypts, and asks for compressed answers, where that is announced.
    pub compression: bool,
    /// Makes a credential request for each published key with each announced content encryption.
    pub every_encryption: bool,
    /// Says by `authorization_details` in the token request which configurations it wants.
    pub authorization_details: bool,
    /// Calls one claim mandatory in them: the first described one that the issuer does not.
    pub mandatory_claim: bool,
    /// Requests the credential of each identifier that the token response names.
    pub every_identifier: bool,
    /// Leaves out the configured `client_id`, and every authentication of the client.
    pub anonymous: bool,
    /// Whose credentials it wants: a name that `gives` of the offer sources gives a meaning.
    pub subject: Option<String>,
}

/// Whose a further wallet is: offers for it come from a source that says so under `gives`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Another {
    /// Another user: the name in `gives.subject`.
    pub subject: Option<String>,
    /// Another issuer: the name in `gives.tenant`. Nobody is judged on what it answers.
    pub tenant: Option<String>,
}

/// How long a scenario waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Slow {
    /// So many seconds.
    Seconds(u64),
    /// What the issuer says of the access token, and five and a half minutes for clocks that differ.
    Stated(Stated),
}

/// A lifetime that an issuer states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    /// `expires_in` of the token response.
    ExpiresIn,
}

/// Whether a wallet uses DPoP (RFC 9449).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DpopUse {
    /// Where the authorization server announces it.
    #[default]
    WhereAnnounced,
    /// Never.
    Never,
}

/// Which type of key proof a wallet sends (OpenID4VCI F).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProofType {
    /// `jwt` where it is listed, else `attestation`.
    #[default]
    Announced,
    /// `jwt`.
    Jwt,
    /// `attestation`.
    Attestation,
}

/// Whether key proofs carry key attestations (OpenID4VCI D).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyAttestationUse {
    /// Where the configuration requires them.
    #[default]
    WhereRequired,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Whether a wallet encrypts its requests and asks for encrypted answers (OpenID4VCI 8.2, 10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EncryptionUse {
    /// Each where the issuer requires it.
    #[default]
    WhereRequired,
    /// It asks for encrypted answers, and so encrypts its requests where the issuer can read that.
    #[serde(alias = "both")]
    Response,
    /// It encrypts its requests.
    Request,
    /// Neither, even where the issuer requires it.
    Never,
}

/// How many key proofs a credential request carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProofCount {
    /// One.
    #[default]
    One,
    /// Three, or the announced `batch_size` where that is less.
    Some,
    /// Ten, where more than ten are announced.
    Ten,
    /// Exactly the announced `batch_size`, up to a bound of 100.
    BatchSize,
    /// That many, whatever is announced: not for scripts.
    #[serde(skip)]
    Exactly(u64),
}

/// How a key proof names its key (OpenID4VCI F.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum BindingMethod {
    /// The first of the announced methods that the wallet knows.
    #[default]
    #[serde(rename = "announced")]
    Announced,
    /// The `jwk` header.
    #[serde(rename = "jwk")]
    Jwk,
    /// A `kid` that is a did:jwk URL.
    #[serde(rename = "did:jwk")]
    DidJwk,
    /// A `kid` that is a did:key URL.
    #[serde(rename = "did:key")]
    DidKey,
    /// An `x5c` header with a certificate that the key signed itself.
    #[serde(rename = "x5c")]
    X5c,
}

impl BindingMethod {
    /// Its name in `cryptographic_binding_methods_supported`; none where the specification gives
    /// it none.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Announced | Self::X5c => None,
            Self::Jwk => Some("jwk"),
            Self::DidJwk => Some("did:jwk"),
            Self::DidKey => Some("did:key"),
        }
    }
}

/// Which of the offered configurations are requested.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Configurations {
    /// The first one that the wallet can prove a key for.
    #[default]
    First,
    /// Each, one request after the other.
    Every,
    /// This one, with an offer that names it: `{ named = "pid" }`.
    Named(String),
}

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
            | Self::Suspend => None,
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
            Self::Token | Self::Refresh => Station::Token,
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
