//! The named settings under which the issuer is proved honest and each fault is shown.

use std::time::Duration;

use crate::{
    algorithm::Algorithm,
    dialect::{Dialect, ProofMember, UserCode},
    formats::Format,
    guides::{OfferApi, eudiw_connector::OFFER_API},
    settings::{ClientAuthentication, Deferral, Dpop, Encryption, IssuerKey, Lifetimes, Settings},
    status_list::Bits,
};

/// One row of the test matrix.
#[derive(Debug, Clone, Copy)]
pub struct Configuration {
    /// What `--configuration` takes and a fault's `config` names.
    pub name: &'static str,
    /// What is particular about it, in one sentence.
    pub says: &'static str,
    /// Names of the profiles that it claims to follow beyond OpenID4VCI itself.
    pub profiles: &'static [&'static str],
    /// The settings themselves, without faults.
    pub settings: fn() -> Settings,
}

/// Every named configuration, the default first.
pub fn configurations() -> &'static [Configuration] {
    CONFIGURATIONS
}

/// The configuration of that name.
pub fn configuration(name: &str) -> Option<&'static Configuration> {
    CONFIGURATIONS.iter().find(|row| row.name == name)
}

static CONFIGURATIONS: &[Configuration] = &[
    Configuration {
        name: "default",
        says: "http, optional DPoP with nonces, batches of 50, an x5c chain, anonymous clients",
        profiles: &[],
        settings: Settings::default,
    },
    Configuration {
        name: "plain",
        says: "http, bearer tokens, one credential per request, keys by JWT VC Issuer Metadata, named clients only",
        profiles: &[],
        settings: plain,
    },
    Configuration {
        name: "bilingual",
        says: "http, bearer tokens, one credential per request; for older wallets it takes a single proof too, \
               and says user_pin_required beside tx_code",
        profiles: &[],
        settings: bilingual,
    },
    Configuration {
        name: "identifiers",
        says: "http, bearer tokens, credential identifiers in the token answer, batches of 10",
        profiles: &[],
        settings: identifiers,
    },
    Configuration {
        name: "dpop-required",
        says: "http, DPoP required but without nonces, batches of 10, an x5c chain",
        profiles: &[],
        settings: dpop_required,
    },
    Configuration {
        name: "tls",
        says: "https, an issuer path, an authorization server of its own, DPoP required with nonces \
               that the nonce endpoint gives, too, keys by JWT VC Issuer Metadata",
        profiles: &[],
        settings: tls,
    },
    Configuration {
        name: "deferred",
        says: "http, bearer tokens, batches of 5, every credential put off until the second poll, notifications",
        profiles: &[],
        settings: deferred,
    },
    Configuration {
        name: "deferred-dpop",
        says: "http, DPoP required but without nonces, every credential put off until the first poll, notifications",
        profiles: &[],
        settings: deferred_dpop,
    },
    Configuration {
        name: "refresh",
        says: "http, refresh tokens and their revocation, optional DPoP without nonces, credential identifiers, \
               one credential per request, named clients only",
        profiles: &[],
        settings: refresh,
    },
    Configuration {
        name: "tenants",
        says: "http, two tenants on one server, bearer tokens, credential identifiers, one credential per request",
        profiles: &[],
        settings: tenants,
    },
    Configuration {
        name: "short-lived",
        says: "http, bearer tokens for two minutes, codes and nonces for seven, one credential per request",
        profiles: &[],
        settings: short_lived,
    },
    Configuration {
        name: "mdoc",
        says: "http, bearer tokens, mdocs only: a driving licence and a PID, batches of 3",
        profiles: &[],
        settings: mdoc,
    },
    Configuration {
        name: "jwt-vc",
        says: "http, bearer tokens, W3C credentials in JWTs under a did:web and under a URL, batches of 3",
        profiles: &[],
        settings: jwt_vc,
    },
    Configuration {
        name: "jwt-vc-status",
        says: "http, bearer tokens, one credential per request, W3C credentials in JWTs that name their place in a \
               status list",
        profiles: &[],
        settings: jwt_vc_status,
    },
    Configuration {
        name: "attested",
        says: "http, bearer tokens, clients attested over a challenge, key attestations required, batches of 3",
        profiles: &[],
        settings: attested,
    },
    Configuration {
        name: "attested-otherwise",
        says: "http, bearer tokens, one credential per request, clients attested without challenges, key attestations \
               required; attestations by EdDSA, proofs of clients by Ed25519, key proofs with their attestations by ES384",
        profiles: &[],
        settings: attested_otherwise,
    },
    Configuration {
        name: "private-key-jwt",
        says: "http, bearer tokens, one credential per request, clients that sign an assertion",
        profiles: &[],
        settings: private_key_jwt,
    },
    Configuration {
        name: "encrypted",
        says: "http, bearer tokens, one credential per request, encryption and compression of requests and \
               responses for wallets that want it",
        profiles: &[],
        settings: || encrypted(Encryption::Offered),
    },
    Configuration {
        name: "encryption-required",
        says: "http, bearer tokens, one credential per request, encryption of requests and responses required",
        profiles: &[],
        settings: || encrypted(Encryption::Required),
    },
    Configuration {
        name: "deferred-encrypted",
        says: "http, bearer tokens, one credential per request and every one put off until the second poll, \
               encryption and compression of requests and responses for wallets that want it",
        profiles: &[],
        settings: deferred_encrypted,
    },
    Configuration {
        name: "types",
        says: "http, bearer tokens, batches of 3, SHA-384, disclosures within disclosures among decoys, \
               type metadata that extend others under integrity hashes",
        profiles: &[],
        settings: types,
    },
    Configuration {
        name: "two-servers",
        says: "http, bearer tokens, one credential per request, two authorization servers of which offers name one, \
               authorization_details, wallets in a browser",
        profiles: &[],
        settings: two_servers,
    },
    Configuration {
        name: "signed-metadata",
        says: "http, bearer tokens, one credential per request, metadata signed and in the languages asked for",
        profiles: &[],
        settings: signed_metadata,
    },
    Configuration {
        name: "status",
        says: "http, bearer tokens, batches of 5, SD-JWT VCs and mdocs in a status list of two bits for each",
        profiles: &[],
        settings: status,
    },
    Configuration {
        name: "profiled",
        says: "http, DPoP required but without nonces, clients attested without challenges, refresh tokens, a status list, \
               one credential per request, an x5c chain",
        profiles: &["haip-1.0", "eaa-de"],
        settings: profiled,
    },
    Configuration {
        name: "algorithms",
        says: "http, DPoP required but without nonces, one credential per request in every format, ES384 and \
               Ed25519 beside ES256 for proofs and in their place for credentials",
        profiles: &[],
        settings: algorithms,
    },
    Configuration {
        name: "dids-only",
        says: "http, bearer tokens, one credential per request, no nonces, keys by did:jwk only, a diploma that is bound to \
               none, keys of the authorization server under jwks_uri",
        profiles: &[],
        settings: dids_only,
    },
    Configuration {
        name: "connector",
        says: "http, bearer tokens, one credential per request, an operator's backend that orders \
               offers and is told of each",
        profiles: &["connector"],
        settings: connector,
    },
    Configuration {
        name: "stateless",
        says: "http, DPoP required but without nonces, attested clients, one credential per request, nonces and \
               challenges that are good until they expire, and no memory of proofs",
        profiles: &[],
        settings: stateless,
    },
    Configuration {
        name: "single-use",
        says: "http, bearer tokens good for one credential response, one credential per request",
        profiles: &[],
        settings: single_use,
    },
    Configuration {
        name: "uncommon",
        says: "http, bearer tokens, one credential per request in two formats, key documents behind redirects, \
               a deferred credential endpoint that is hardly ever needed, clients that sign an assertion by EdDSA also \
               to give refresh tokens back",
        profiles: &[],
        settings: uncommon,
    },
    Configuration {
        name: "everything",
        says: "http, DPoP required but without nonces, clients attested over a challenge, key attestations required, \
               encryption of requests and responses required, batches of 10",
        profiles: &[],
        settings: everything,
    },
];

fn plain() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        anonymous: false,
        issuer_key: IssuerKey::IssuerMetadata,
        ..Settings::default()
    }
}

fn bilingual() -> Settings {
    Settings {
        dialect: Dialect {
            user_code: UserCode::Both,
            proof_member: ProofMember::Either,
            ..Dialect::FINAL
        },
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        ..Settings::default()
    }
}

fn encrypted(encryption: Encryption) -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        encryption,
        ..Settings::default()
    }
}

fn deferred_encrypted() -> Settings {
    Settings {
        deferral: Some(Deferral { polls: Some(1), interval: 0.02, is_rare: false }),
        ..encrypted(Encryption::Offered)
    }
}

fn identifiers() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: Some(10),
        names_credential_identifiers: true,
        ..Settings::default()
    }
}

fn dpop_required() -> Settings {
    Settings {
        dpop: Dpop::Required,
        dpop_nonces: false,
        batch_size: Some(10),
        ..Settings::default()
    }
}

fn mdoc() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: Some(3),
        formats: &[Format::Mdoc],
        ..Settings::default()
    }
}

fn attested() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: Some(3),
        anonymous: false,
        client_authentication: ClientAuthentication::Attestation,
        key_attestations: true,
        ..Settings::default()
    }
}

fn attested_otherwise() -> Settings {
    Settings {
        batch_size: None,
        challenges: false,
        wallet_algorithms: &[Algorithm::Es384],
        provider_algorithms: &[Algorithm::EdDsa],
        client_algorithms: &[Algorithm::Ed25519],
        ..attested()
    }
}

fn everything() -> Settings {
    Settings {
        dpop: Dpop::Required,
        batch_size: Some(10),
        encryption: Encryption::Required,
        ..attested()
    }
}

fn private_key_jwt() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        anonymous: false,
        client_authentication: ClientAuthentication::PrivateKeyJwt,
        ..Settings::default()
    }
}

fn types() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: Some(3),
        describes_types: true,
        ..Settings::default()
    }
}

fn tls() -> Settings {
    Settings {
        tls: true,
        issuer_path: "/tenant/eu".to_owned(),
        separate_authorization_server: true,
        dpop: Dpop::Required,
        dpop_nonces_beforehand: true,
        batch_size: Some(10),
        issuer_key: IssuerKey::IssuerMetadata,
        ..Settings::default()
    }
}

fn deferred() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: Some(5),
        deferral: Some(Deferral { polls: Some(1), interval: 0.05, is_rare: false }),
        notifications: true,
        ..Settings::default()
    }
}

fn deferred_dpop() -> Settings {
    Settings {
        dpop: Dpop::Required,
        batch_size: None,
        deferral: Some(Deferral { polls: Some(0), interval: 0.02, is_rare: false }),
        ..deferred()
    }
}

fn refresh() -> Settings {
    Settings {
        dpop_nonces: false,
        batch_size: None,
        names_credential_identifiers: true,
        refresh_tokens: true,
        anonymous: false,
        ..Settings::default()
    }
}

fn tenants() -> Settings {
    Settings {
        second_tenant: Some("/second".to_owned()),
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        names_credential_identifiers: true,
        ..Settings::default()
    }
}

fn short_lived() -> Settings {
    let (short, longer) = (Duration::from_secs(120), Duration::from_secs(420));
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        lifetimes: Lifetimes {
            code: longer,
            access_token: short,
            c_nonce: longer,
            ..Lifetimes::default()
        },
        ..Settings::default()
    }
}

fn jwt_vc() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: Some(3),
        formats: &[Format::JwtVc],
        ..Settings::default()
    }
}

fn jwt_vc_status() -> Settings {
    Settings { batch_size: None, status_list: Some(Bits::Two), ..jwt_vc() }
}

fn two_servers() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        separate_authorization_server: true,
        lists_another_server: true,
        takes_authorization_details: true,
        serves_browsers: true,
        ..Settings::default()
    }
}

fn signed_metadata() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        negotiates_metadata: true,
        ..Settings::default()
    }
}

fn dids_only() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        bound_by: &["did:jwk"],
        unbound: &["diploma"],
        wants_nonces: false,
        publishes_server_keys: true,
        ..Settings::default()
    }
}

/// Whoever starts it says where the backend is.
fn connector() -> Settings {
    Settings {
        offer_api: Some(OfferApi {
            example: r#"{"credential_configuration_id":"pid","claims":{"given_name":"Erika"}}"#,
            ..OFFER_API
        }),
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        ..Settings::default()
    }
}

fn status() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: Some(5),
        formats: &[Format::SdJwt, Format::Mdoc],
        status_list: Some(Bits::Two),
        ..Settings::default()
    }
}

fn profiled() -> Settings {
    Settings {
        dpop: Dpop::Required,
        dpop_nonces: false,
        batch_size: None,
        refresh_tokens: true,
        anonymous: false,
        client_authentication: ClientAuthentication::Attestation,
        challenges: false,
        status_list: Some(Bits::Two),
        ..Settings::default()
    }
}

fn stateless() -> Settings {
    Settings {
        dpop: Dpop::Required,
        dpop_nonces: false,
        batch_size: None,
        anonymous: false,
        client_authentication: ClientAuthentication::Attestation,
        stateless: true,
        ..Settings::default()
    }
}

fn single_use() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        single_use_tokens: true,
        ..Settings::default()
    }
}

fn uncommon() -> Settings {
    Settings {
        dpop: Dpop::Off,
        dpop_nonces: false,
        batch_size: None,
        formats: &[Format::SdJwt, Format::JwtVc],
        issuer_key: IssuerKey::IssuerMetadata,
        moves_documents: true,
        deferral: Some(Deferral { polls: Some(0), interval: 0.02, is_rare: true }),
        refresh_tokens: true,
        anonymous: false,
        client_authentication: ClientAuthentication::PrivateKeyJwt,
        client_algorithms: &[Algorithm::EdDsa],
        ..Settings::default()
    }
}

fn algorithms() -> Settings {
    Settings {
        dpop: Dpop::Required,
        dpop_nonces: false,
        batch_size: None,
        formats: &[Format::SdJwt, Format::JwtVc, Format::Mdoc],
        wallet_algorithms: Algorithm::ALL,
        issuer_algorithms: &[Algorithm::Es384, Algorithm::EdDsa, Algorithm::Ed25519],
        ..Settings::default()
    }
}
