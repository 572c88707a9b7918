//! Well-known issuers, told by their metadata. Only what a product's own code or documentation
//! fixes counts as evidence: its paths, its hosts. A name in a `display` says nothing.

use serde_json::Value;
use url::Url;

use crate::protocol::{AsMetadata, IssuerMetadata};

/// A product that many run.
#[derive(Debug)]
pub struct Product {
    /// Its name as typed: `--product NAME`.
    pub name: &'static str,
    /// Its name as shown.
    pub title: &'static str,
    /// The recipe of its offers.
    pub recipe: &'static str,
    /// What must be known of it before anything is tried.
    pub remark: Option<&'static str>,
    /// How it is told, in words, if it is this one.
    recognise: fn(&Clues<'_>) -> Option<String>,
}

/// What an issuer says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Clues<'a> {
    /// The Credential Issuer Identifier.
    pub identifier: &'a str,
    /// The Credential Issuer Metadata.
    pub issuer: &'a Value,
    /// The Authorization Server Metadata, where it was found.
    pub server: Option<&'a Value>,
}

/// A product, and how it was told.
#[derive(Clone, Debug)]
pub struct Recognised {
    /// The product.
    pub product: &'static Product,
    /// How it was told, in words.
    pub evidence: String,
}

/// Any issuer: a program of the user's prints its offers.
pub static ANY_ISSUER: Product = Product {
    name: "any-issuer",
    title: "any issuer",
    recipe: "any-issuer",
    remark: None,
    recognise: |_| None,
};

/// Every product that can be told, the most particular first.
pub static PRODUCTS: &[Product] = &[
    Product {
        name: "reference-issuer",
        title: "the reference issuer of vcispec",
        recipe: "reference-issuer",
        remark: None,
        recognise: |clues| {
            let nonce = ends_with(&clues.endpoint("nonce_endpoint")?, "/vci/fresh-nonce")?;
            ends_with(&clues.endpoint("credential_endpoint")?, "/vci/collect")?;
            Some(format!("its nonce endpoint is {nonce}"))
        },
    },
    Product {
        name: "keycloak",
        title: "Keycloak",
        recipe: "keycloak",
        remark: Some(
            "Keycloak gives no transaction codes, and access tokens of the user who mints offers \
             live for minutes: get a new one before each run",
        ),
        // A realm may also be the Authorization Server of another issuer: only its own endpoint
        // makes it the issuer.
        recognise: |clues| {
            let endpoint = clues.endpoint("credential_endpoint")?;
            let (before, after) = endpoint.path().split_once("/protocol/oid4vc/")?;
            let (_, realm) = before.rsplit_once("/realms/")?;
            (!realm.contains('/') && !after.is_empty())
                .then(|| format!("its credential endpoint is {}", endpoint.path()))
        },
    },
    Product {
        name: "walt-id",
        title: "walt.id Issuer API v2",
        recipe: "walt-id",
        remark: None,
        recognise: |clues| {
            let credential =
                ends_with(&clues.endpoint("credential_endpoint")?, "/openid4vci/credential")?;
            let server = clues.server?;
            let at = |member| endpoint(server, member);
            ends_with(&at("token_endpoint")?, "/openid4vci/token")?;
            ends_with(&at("pushed_authorization_request_endpoint")?, "/openid4vci/par")?;
            Some(format!("its endpoints are {credential}, /openid4vci/token and /openid4vci/par"))
        },
    },
    Product {
        name: "swiyu",
        title: "the swiyu generic issuer",
        recipe: "swiyu",
        remark: Some("the Swiss profile knows no transaction codes and requires DPoP"),
        recognise: |clues| {
            let credential =
                ends_with(&clues.endpoint("credential_endpoint")?, "/oid4vci/api/credential")?;
            Some(format!("its credential endpoint is {credential}"))
        },
    },
    Product {
        name: "eudiplo",
        title: "EUDIPLO",
        recipe: "eudiplo",
        remark: None,
        recognise: |clues| {
            let credential = clues.endpoint("credential_endpoint")?;
            let tenant = credential.path().strip_suffix("/vci/credential")?;
            let identifier = Url::parse(clues.identifier).ok()?;
            let is_tenant = identifier.path() == tenant && tenant.contains("/issuers/");
            is_tenant.then(|| format!("its credential endpoint is {}", credential.path()))
        },
    },
    Product {
        name: "eudiw-connector",
        title: "Truvity EUDIW Connector",
        recipe: "eudiw-connector",
        remark: None,
        recognise: |clues| {
            let metadata = IssuerMetadata::new(clues.issuer);
            metadata.configurations().find_map(|(id, configuration)| {
                let vct = Url::parse(configuration.vct()?).ok()?;
                let types = format!("/oidc4vci/types/{id}");
                let path = ends_with(&vct, &types)?;
                Some(format!("the vct of {id} is {path}"))
            })
        },
    },
    Product {
        name: "mattr",
        title: "MATTR VII",
        recipe: "mattr",
        remark: Some("pre-authorized offers of MATTR VII are for mdocs only"),
        recognise: |clues| {
            let host = Url::parse(clues.identifier).ok()?.host_str()?.to_owned();
            if [".mattr.global", ".mattrlabs.io"].iter().any(|domain| host.ends_with(domain)) {
                return Some(format!("its host is {host}"));
            }
            // Tenants may have a domain of their own.
            clues.issuer.get("mdoc_iacas_uri")?;
            let credential =
                ends_with(&clues.endpoint("credential_endpoint")?, "/v1/openid/credential")?;
            Some(format!("it has mdoc_iacas_uri, and its credential endpoint is {credential}"))
        },
    },
    Product {
        name: "eudi-pid-issuer",
        title: "the EUDI PID issuer",
        recipe: "any-issuer",
        remark: Some(
            "the EUDI PID issuer gives credentials by authorization code only, and vcispec drives \
             the Pre-Authorized Code Flow: only what needs no offer can be tested",
        ),
        recognise: |clues| {
            let credential =
                ends_with(&clues.endpoint("credential_endpoint")?, "/wallet/credentialEndpoint")?;
            Some(format!("its credential endpoint is {credential}"))
        },
    },
    Product {
        name: "procivis",
        title: "Procivis One",
        recipe: "any-issuer",
        remark: None,
        recognise: |clues| {
            let credential = clues.endpoint("credential_endpoint")?;
            let is_theirs = credential.path().contains("/ssi/openid4vci/")
                && ends_with(&credential, "/credential").is_some();
            is_theirs.then(|| format!("its credential endpoint is {}", credential.path()))
        },
    },
];

/// The product that an issuer is, if it is one of those known.
pub fn recognise(clues: &Clues<'_>) -> Option<Recognised> {
    PRODUCTS.iter().find_map(|product| {
        (product.recognise)(clues).map(|evidence| Recognised { product, evidence })
    })
}

/// The product of that name.
pub fn find(name: &str) -> Option<&'static Product> {
    PRODUCTS.iter().chain([&ANY_ISSUER]).find(|product| product.name == name)
}

/// The names of all products.
pub fn names() -> impl Iterator<Item = &'static str> {
    PRODUCTS.iter().chain([&ANY_ISSUER]).map(|product| product.name)
}

impl Clues<'_> {
    fn endpoint(&self, member: &str) -> Option<Url> {
        endpoint(self.issuer, member)
    }

    /// Whether the Authorization Server is known not to know pre-authorized codes.
    pub fn lacks_pre_authorized_codes(&self) -> bool {
        self.server.is_some_and(|server| {
            let grants = server.get("grant_types_supported").is_some();
            grants && !AsMetadata::new(server).lists_grant(crate::protocol::PRE_AUTHORIZED_CODE)
        })
    }
}

fn endpoint(metadata: &Value, member: &str) -> Option<Url> {
    Url::parse(metadata.get(member)?.as_str()?).ok()
}

fn ends_with(url: &Url, end: &str) -> Option<String> {
    url.path().ends_with(end).then(|| url.path().to_owned())
}

#[cfg(test)]
mod tests;
