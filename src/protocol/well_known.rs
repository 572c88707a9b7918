//! Where metadata lives: the well-known segment inserted before the path of an identifier
//! (OpenID4VCI 12.2.2, RFC 8414 3.1), and appended after it as drafts before 16 had it.

use url::Url;

/// A kind of metadata document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WellKnown {
    /// `openid-credential-issuer`.
    CredentialIssuer,
    /// `oauth-authorization-server` (RFC 8414).
    AuthorizationServer,
    /// `openid-configuration` (OpenID Connect Discovery), always appended.
    OpenidConfiguration,
    /// `jwt-vc-issuer` (SD-JWT VC).
    JwtVcIssuer,
}

/// How the well-known segment is combined with the path of an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// Between host and path.
    Inserted,
    /// After the path.
    Appended,
}

impl WellKnown {
    /// The registered segment.
    pub fn segment(self) -> &'static str {
        match self {
            Self::CredentialIssuer => "openid-credential-issuer",
            Self::AuthorizationServer => "oauth-authorization-server",
            Self::OpenidConfiguration => "openid-configuration",
            Self::JwtVcIssuer => "jwt-vc-issuer",
        }
    }

    /// The URL of this document for an identifier, none if the identifier is not a URL with a
    /// host. Only for a Credential Issuer a trailing slash of the path is kept: OpenID4VCI 1.0
    /// says nothing of removing it, RFC 8414 and SD-JWT VC do.
    pub fn url(self, identifier: &str, location: Location) -> Option<Url> {
        let mut url = Url::parse(identifier).ok()?;
        url.host_str()?;
        url.set_query(None);
        url.set_fragment(None);
        let whole = url.path().to_owned();
        let path = match (self, location) {
            (Self::CredentialIssuer, Location::Inserted) if whole != "/" => whole.as_str(),
            _ => whole.strip_suffix('/').unwrap_or(&whole),
        };
        let segment = self.segment();
        let combined = match location {
            Location::Inserted => format!("/.well-known/{segment}{path}"),
            Location::Appended => format!("{path}/.well-known/{segment}"),
        };
        url.set_path(&combined);
        Some(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: WellKnown, identifier: &str, location: Location) -> String {
        kind.url(identifier, location).map(String::from).unwrap_or_default()
    }

    #[test]
    fn the_segment_goes_between_host_and_path() {
        let inserted = |identifier| of(WellKnown::CredentialIssuer, identifier, Location::Inserted);
        assert_eq!(inserted("https://h"), "https://h/.well-known/openid-credential-issuer");
        assert_eq!(inserted("https://h/"), "https://h/.well-known/openid-credential-issuer");
        assert_eq!(
            inserted("https://h:8443/t/eu"),
            "https://h:8443/.well-known/openid-credential-issuer/t/eu"
        );
        assert_eq!(inserted("https://h/t/"), "https://h/.well-known/openid-credential-issuer/t/");
    }

    #[test]
    fn the_old_place_is_after_the_path() {
        let appended = |kind| of(kind, "https://h/t/", Location::Appended);
        assert_eq!(
            appended(WellKnown::CredentialIssuer),
            "https://h/t/.well-known/openid-credential-issuer"
        );
        assert_eq!(
            appended(WellKnown::OpenidConfiguration),
            "https://h/t/.well-known/openid-configuration"
        );
    }

    #[test]
    fn other_identifiers_lose_their_trailing_slash() {
        let inserted = of(WellKnown::AuthorizationServer, "https://h/t/", Location::Inserted);
        assert_eq!(inserted, "https://h/.well-known/oauth-authorization-server/t");
    }
}
