//! The documents that this project judges by. A requirement or a check names its source as `document#anchor`,
//! for example `vci#token-error-response`; here that becomes an address that can be opened.

/// One published document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    /// The name that anchors begin with: `vci`, `rfc6749`.
    pub short: &'static str,
    /// The title, for people.
    pub title: &'static str,
    /// The exact edition whose wording counts here.
    pub revision: &'static str,
    /// The published text, or nothing where it has to be bought.
    pub url: Option<&'static str>,
}

/// All documents, the specification of the protocol and its profile first.
pub static DOCUMENTS: &[Document] = &[
    Document {
        short: "vci",
        title: "OpenID for Verifiable Credential Issuance 1.0",
        revision: "Final, 2025-09-16",
        url: Some("https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html"),
    },
    Document {
        short: "haip",
        title: "OpenID4VC High Assurance Interoperability Profile 1.0",
        revision: "Final, 2025-12-24",
        url: Some(
            "https://openid.net/specs/openid4vc-high-assurance-interoperability-profile-1_0-final.html",
        ),
    },
    // A guide, which binds nobody.
    Document {
        short: "eaa-de",
        title: "Implementer guide: EAA issuance with OpenID4VCI (German EUDI wallet ecosystem)",
        revision: "as of November 2026",
        url: Some(
            "https://bmi.usercontent.opencode.de/eudi-wallet/developer-guide/eaa/EAA_Issuance",
        ),
    },
    Document {
        short: "fapi2",
        title: "FAPI 2.0 Security Profile",
        revision: "Final, 2025",
        url: Some("https://openid.net/specs/fapi-security-profile-2_0-final.html"),
    },
    Document {
        short: "eudiw-connector",
        title: "EUDIW Connector: issue a credential",
        revision: "as of November 2026",
        url: Some("https://docs.truvity.com/eudiw-connector/how-to-guides/credential-issuance"),
    },
    // The drafts are those that OpenID4VCI 1.0 pins.
    Document {
        short: "sdjwtvc",
        title: "SD-JWT-based Verifiable Credentials (SD-JWT VC)",
        revision: "draft-ietf-oauth-sd-jwt-vc-11",
        url: Some("https://datatracker.ietf.org/doc/html/draft-ietf-oauth-sd-jwt-vc-11"),
    },
    Document {
        short: "tsl",
        title: "Token Status List",
        revision: "draft-ietf-oauth-status-list-12",
        url: Some("https://datatracker.ietf.org/doc/html/draft-ietf-oauth-status-list-12"),
    },
    Document {
        short: "abca",
        title: "OAuth 2.0 Attestation-Based Client Authentication",
        revision: "draft-ietf-oauth-attestation-based-client-auth-07",
        url: Some(
            "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-attestation-based-client-auth-07",
        ),
    },
    Document {
        short: "vcdm1",
        title: "Verifiable Credentials Data Model v1.1",
        revision: "W3C Recommendation, 2022-03-03",
        url: Some("https://www.w3.org/TR/2022/REC-vc-data-model-20220303/"),
    },
    Document {
        short: "did-core",
        title: "Decentralized Identifiers (DIDs) v1.0",
        revision: "W3C Recommendation, 2022-07-19",
        url: Some("https://www.w3.org/TR/2022/REC-did-core-20220719/"),
    },
    Document {
        short: "did-web",
        title: "did:web Method Specification",
        revision: "W3C Credentials Community Group",
        url: Some("https://w3c-ccg.github.io/did-method-web/"),
    },
    Document {
        short: "iso18013-5",
        title: "ISO/IEC 18013-5, Mobile driving licence (mDL) application",
        revision: "2021",
        url: None,
    },
    Document {
        short: "rfc6585",
        title: "Additional HTTP Status Codes",
        revision: "RFC 6585",
        url: Some("https://www.rfc-editor.org/rfc/rfc6585"),
    },
    Document {
        short: "rfc5280",
        title: "Internet X.509 Public Key Infrastructure Certificate and CRL Profile",
        revision: "RFC 5280",
        url: Some("https://www.rfc-editor.org/rfc/rfc5280"),
    },
    Document {
        short: "rfc6749",
        title: "The OAuth 2.0 Authorization Framework",
        revision: "RFC 6749",
        url: Some("https://www.rfc-editor.org/rfc/rfc6749"),
    },
    Document {
        short: "rfc6750",
        title: "The OAuth 2.0 Authorization Framework: Bearer Token Usage",
        revision: "RFC 6750",
        url: Some("https://www.rfc-editor.org/rfc/rfc6750"),
    },
    Document {
        short: "rfc7009",
        title: "OAuth 2.0 Token Revocation",
        revision: "RFC 7009",
        url: Some("https://www.rfc-editor.org/rfc/rfc7009"),
    },
    Document {
        short: "rfc7515",
        title: "JSON Web Signature (JWS)",
        revision: "RFC 7515",
        url: Some("https://www.rfc-editor.org/rfc/rfc7515"),
    },
    Document {
        short: "rfc7516",
        title: "JSON Web Encryption (JWE)",
        revision: "RFC 7516",
        url: Some("https://www.rfc-editor.org/rfc/rfc7516"),
    },
    Document {
        short: "rfc7517",
        title: "JSON Web Key (JWK)",
        revision: "RFC 7517",
        url: Some("https://www.rfc-editor.org/rfc/rfc7517"),
    },
    Document {
        short: "rfc7518",
        title: "JSON Web Algorithms (JWA)",
        revision: "RFC 7518",
        url: Some("https://www.rfc-editor.org/rfc/rfc7518"),
    },
    Document {
        short: "rfc7519",
        title: "JSON Web Token (JWT)",
        revision: "RFC 7519",
        url: Some("https://www.rfc-editor.org/rfc/rfc7519"),
    },
    Document {
        short: "rfc7523",
        title: "JSON Web Token (JWT) Profile for OAuth 2.0 Client Authentication and Authorization Grants",
        revision: "RFC 7523",
        url: Some("https://www.rfc-editor.org/rfc/rfc7523"),
    },
    Document {
        short: "rfc7636",
        title: "Proof Key for Code Exchange by OAuth Public Clients",
        revision: "RFC 7636",
        url: Some("https://www.rfc-editor.org/rfc/rfc7636"),
    },
    Document {
        short: "rfc7638",
        title: "JSON Web Key (JWK) Thumbprint",
        revision: "RFC 7638",
        url: Some("https://www.rfc-editor.org/rfc/rfc7638"),
    },
    Document {
        short: "rfc7800",
        title: "Proof-of-Possession Key Semantics for JSON Web Tokens (JWTs)",
        revision: "RFC 7800",
        url: Some("https://www.rfc-editor.org/rfc/rfc7800"),
    },
    Document {
        short: "rfc8259",
        title: "The JavaScript Object Notation (JSON) Data Interchange Format",
        revision: "RFC 8259",
        url: Some("https://www.rfc-editor.org/rfc/rfc8259"),
    },
    Document {
        short: "rfc8414",
        title: "OAuth 2.0 Authorization Server Metadata",
        revision: "RFC 8414",
        url: Some("https://www.rfc-editor.org/rfc/rfc8414"),
    },
    Document {
        short: "rfc8707",
        title: "Resource Indicators for OAuth 2.0",
        revision: "RFC 8707",
        url: Some("https://www.rfc-editor.org/rfc/rfc8707"),
    },
    Document {
        short: "rfc8725",
        title: "JSON Web Token Best Current Practices",
        revision: "RFC 8725",
        url: Some("https://www.rfc-editor.org/rfc/rfc8725"),
    },
    Document {
        short: "rfc8949",
        title: "Concise Binary Object Representation (CBOR)",
        revision: "RFC 8949",
        url: Some("https://www.rfc-editor.org/rfc/rfc8949"),
    },
    Document {
        short: "rfc9052",
        title: "CBOR Object Signing and Encryption (COSE): Structures and Process",
        revision: "RFC 9052",
        url: Some("https://www.rfc-editor.org/rfc/rfc9052"),
    },
    Document {
        short: "rfc9053",
        title: "CBOR Object Signing and Encryption (COSE): Initial Algorithms",
        revision: "RFC 9053",
        url: Some("https://www.rfc-editor.org/rfc/rfc9053"),
    },
    Document {
        short: "rfc9110",
        title: "HTTP Semantics",
        revision: "RFC 9110",
        url: Some("https://www.rfc-editor.org/rfc/rfc9110"),
    },
    Document {
        short: "rfc9126",
        title: "OAuth 2.0 Pushed Authorization Requests",
        revision: "RFC 9126",
        url: Some("https://www.rfc-editor.org/rfc/rfc9126"),
    },
    Document {
        short: "rfc9207",
        title: "OAuth 2.0 Authorization Server Issuer Identification",
        revision: "RFC 9207",
        url: Some("https://www.rfc-editor.org/rfc/rfc9207"),
    },
    Document {
        short: "rfc9360",
        title: "CBOR Object Signing and Encryption (COSE): Header Parameters for Carrying and Referencing X.509 Certificates",
        revision: "RFC 9360",
        url: Some("https://www.rfc-editor.org/rfc/rfc9360"),
    },
    Document {
        short: "rfc9396",
        title: "OAuth 2.0 Rich Authorization Requests",
        revision: "RFC 9396",
        url: Some("https://www.rfc-editor.org/rfc/rfc9396"),
    },
    Document {
        short: "rfc9449",
        title: "OAuth 2.0 Demonstrating Proof of Possession (DPoP)",
        revision: "RFC 9449",
        url: Some("https://www.rfc-editor.org/rfc/rfc9449"),
    },
    Document {
        short: "rfc9700",
        title: "Best Current Practice for OAuth 2.0 Security",
        revision: "RFC 9700",
        url: Some("https://www.rfc-editor.org/rfc/rfc9700"),
    },
    Document {
        short: "rfc9901",
        title: "Selective Disclosure for JSON Web Tokens",
        revision: "RFC 9901",
        url: Some("https://www.rfc-editor.org/rfc/rfc9901"),
    },
];

/// The document that an anchor such as `vci#token-error-response`, or a bare `rfc6749`, points into.
#[must_use]
pub fn document(anchor: &str) -> Option<&'static Document> {
    let (short, _) = parts(anchor)?;
    DOCUMENTS.iter().find(|document| document.short == short)
}

/// The address of an anchor. Nothing for a document that is unknown or has no address, and nothing for a
/// malformed anchor.
#[must_use]
pub fn url(anchor: &str) -> Option<String> {
    let (_, fragment) = parts(anchor)?;
    let page = document(anchor)?.url?;
    Some(match fragment {
        Some(fragment) => format!("{page}#{fragment}"),
        None => page.to_owned(),
    })
}

/// Short name and fragment. A fragment that is there is not empty and needs no escaping in a URL.
fn parts(anchor: &str) -> Option<(&str, Option<&str>)> {
    let Some((short, fragment)) = anchor.split_once('#') else {
        return Some((anchor, None));
    };
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    (!fragment.is_empty() && fragment.chars().all(plain)).then_some((short, Some(fragment)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{DOCUMENTS, document, url};

    #[test]
    fn an_anchor_becomes_an_address() {
        assert_eq!(
            url("vci#token-error-response").as_deref(),
            Some(
                "https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#token-error-response"
            )
        );
        assert_eq!(
            url("rfc6749#section-5.1").as_deref(),
            Some("https://www.rfc-editor.org/rfc/rfc6749#section-5.1")
        );
        assert_eq!(
            url("vci#claims_path_pointer").map(|address| address.ends_with("#claims_path_pointer")),
            Some(true)
        );
    }

    #[test]
    fn a_document_alone_is_its_first_page() {
        assert_eq!(url("rfc9449").as_deref(), Some("https://www.rfc-editor.org/rfc/rfc9449"));
    }

    #[test]
    fn a_document_that_is_sold_has_a_title_but_no_address() {
        assert_eq!(document("iso18013-5").map(|document| document.revision), Some("2021"));
        assert_eq!(url("iso18013-5"), None);
    }

    #[test]
    fn nonsense_has_no_address() {
        for anchor in ["", "#", "vci#", "vci#a#b", "vci#a b", "vci#ä", "nowhere#section-1", "VCI"]
        {
            assert_eq!(url(anchor), None, "{anchor:?}");
        }
    }

    #[test]
    fn short_names_are_distinct_and_fit_into_an_anchor() {
        let mut seen = BTreeSet::new();
        for document in DOCUMENTS {
            assert!(seen.insert(document.short), "{} stands twice", document.short);
            assert!(!document.short.contains('#'), "{}", document.short);
            assert!(
                !document.title.is_empty() && !document.revision.is_empty(),
                "{}",
                document.short
            );
        }
    }

    #[test]
    fn addresses_are_secure_and_bare() {
        for address in DOCUMENTS.iter().filter_map(|document| document.url) {
            assert!(address.starts_with("https://"), "{address}");
            assert!(!address.contains(['#', '?']), "{address}");
        }
    }

    #[test]
    fn an_rfc_is_named_by_its_number_throughout() {
        for document in DOCUMENTS.iter().filter(|document| document.short.starts_with("rfc")) {
            let number = document.short.trim_start_matches("rfc");
            assert_eq!(document.revision, format!("RFC {number}"));
            assert_eq!(document.url.map(|address| address.ends_with(document.short)), Some(true));
        }
    }
}
