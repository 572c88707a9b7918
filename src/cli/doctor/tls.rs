//! Whether the issuer's certificate is trusted, and how long yet. The verdict is that of the
//! client that will run; the chain is looked at to say what the verdict rests on.

use std::net::IpAddr;

use jiff::Timestamp;

use super::Look;
use super::chain::shown;
use super::finding::Finding;
use super::patient::Patient;
use crate::jose::Certificate;
use crate::transcript::{Exchange, FailureKind, Received, Station};

/// A certificate that is good for fewer days is worth a remark.
const SOON: i64 = 14;
const DAY: i64 = 86_400;

/// Asks the issuer for its metadata, and looks at the certificates that it shows.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        let Some(url) = patient.url() else { return Vec::new() };
        if url.scheme() != "https" {
            return vec![Finding::idle("none: plain http")];
        }
        let exchanges = patient.discovered(Station::IssuerMetadata).await;
        let refused = refused(&exchanges);
        let is_unverified = patient.case.as_ref().is_some_and(|case| case.options.insecure);
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let chain = match patient.addresses.first() {
            Some(address) => shown(host.clone(), *address).await,
            None => Err("the proxy connects".to_owned()),
        };
        let chain = match (chain, &refused) {
            (Ok(chain), _) => chain,
            (Err(_), None) => return vec![Finding::well("verified")],
            (Err(why), Some(_)) => return vec![broken_off(&why)],
        };
        let seen = Seen { chain: &chain, host: &host, now: Timestamp::now().as_second() };
        vec![match refused {
            Some(why) => seen.mistrusted(&why),
            None => seen.trusted(is_unverified),
        }]
    })
}

/// Why there was no connection, where that is what happened every time.
fn refused(exchanges: &[Exchange]) -> Option<String> {
    let mut why = None;
    for exchange in exchanges {
        match &exchange.received {
            Received::Failure(failure) if failure.kind == FailureKind::Connect => {
                why = Some(failure.says.clone());
            }
            _ => return None,
        }
    }
    why
}

fn broken_off(why: &str) -> Finding {
    Finding::unreachable(format!("the handshake broke off: {why}"))
        .so("--client-cert FILE, if the issuer asks for one")
}

/// A chain, for whom it should be, and when.
struct Seen<'a> {
    chain: &'a [Certificate],
    host: &'a str,
    now: i64,
}

impl Seen<'_> {
    fn trusted(&self, is_unverified: bool) -> Finding {
        let days = self.days_left();
        let left = match self.ends() {
            Some(end) => format!("good for {days} days, until {end}"),
            None => "no certificate".to_owned(),
        };
        if is_unverified {
            return Finding::remark(format!("not verified, {left}"))
                .so("--ca FILE instead of --insecure");
        }
        if days < SOON {
            return Finding::remark(format!("verified, {left}")).so("renew the certificate");
        }
        Finding::well(format!("verified, {left}"))
    }

    fn mistrusted(&self, why: &str) -> Finding {
        let Some(leaf) = self.chain.first() else {
            return Finding::unreachable("the issuer shows no certificate");
        };
        if let Some(expired) = self.chain.iter().find(|one| one.not_after() < self.now) {
            let days = (self.now - expired.not_after()) / DAY;
            let says = format!("the certificate of {} expired {days} days ago", expired.subject());
            return Finding::unreachable(says).so("renew it, or compare `date -u` here");
        }
        if self.chain.iter().any(|one| one.not_before() > self.now) {
            return Finding::unreachable("the certificate is not valid yet")
                .so("compare `date -u` here and there");
        }
        if !covers(leaf, self.host) {
            let addresses = leaf.ip_addresses();
            let mut names = leaf.dns_names();
            names.extend(addresses.iter().map(IpAddr::to_string));
            names.truncate(6);
            let says = format!("the certificate is for {}, not {}", names.join(", "), self.host);
            return Finding::unreachable(says).so("--issuer with one of these names");
        }
        let authority = self.chain.last().map_or_else(|| leaf.issuer(), Certificate::issuer);
        if why.contains("UnknownIssuer") || why.contains("unknown issuer") {
            let says = format!("the certificate is signed by {authority}, which is not known here");
            return Finding::unreachable(says)
                .so("--ca FILE, or ca = [\"FILE\"] under [http], with its certificate in PEM");
        }
        let cause = why.rsplit(": ").next().unwrap_or(why);
        Finding::unreachable(format!("the certificate is not accepted: {cause}"))
            .so("--ca FILE, or mend the chain that the issuer shows")
    }

    /// Until when the whole chain is good.
    fn ends(&self) -> Option<String> {
        let end = self.chain.iter().map(Certificate::not_after).min()?;
        let end = Timestamp::from_second(end).ok()?;
        Some(end.strftime("%Y-%m-%d").to_string())
    }

    fn days_left(&self) -> i64 {
        let end = self.chain.iter().map(Certificate::not_after).min().unwrap_or(self.now);
        end.saturating_sub(self.now) / DAY
    }
}

/// Whether a certificate is for a host (RFC 9525): the name itself, or a star for its first label.
fn covers(certificate: &Certificate, host: &str) -> bool {
    if let Ok(address) = host.parse::<IpAddr>() {
        return certificate.ip_addresses().contains(&address);
    }
    let parent = host.split_once('.').map(|(_, parent)| parent);
    certificate.dns_names().iter().any(|name| {
        let starred = name.strip_prefix("*.");
        name.eq_ignore_ascii_case(host)
            || starred.zip(parent).is_some_and(|(name, parent)| name.eq_ignore_ascii_case(parent))
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use super::super::finding::Mark;
    use super::*;
    use crate::jose::vectors::{DURING, LEAF, NOT_AFTER, NOT_BEFORE};

    fn finding(host: &str, now: i64, refused: Option<&str>) -> Finding {
        let chain = [Certificate::from_base64(LEAF).unwrap()];
        let seen = Seen { chain: &chain, host, now };
        match refused {
            Some(why) => seen.mistrusted(why),
            None => seen.trusted(false),
        }
    }

    #[test]
    fn what_is_trusted_is_counted_in_days() {
        let host = "issuer.example";
        assert_eq!(finding(host, NOT_AFTER - 14 * DAY, None).mark, Mark::Well);
        let soon = finding(host, NOT_AFTER - 14 * DAY + 1, None);
        assert_eq!(soon.mark, Mark::Remark);
        assert!(soon.says.contains("good for 13 days"), "{}", soon.says);
    }

    #[test]
    fn what_is_not_trusted_says_why() {
        let unknown = "error: client error (Connect): invalid peer certificate: UnknownIssuer";
        for (host, now, expected) in [
            ("issuer.example", NOT_AFTER + 3 * DAY, "expired 3 days ago"),
            ("issuer.example", NOT_BEFORE - 1, "not valid yet"),
            ("other.example", DURING, "is for issuer.example, 127.0.0.1, ::1, not other.example"),
            ("issuer.example", DURING, "signed by CN=Intermediate,O=Example,C=DE"),
            ("127.0.0.1", DURING, "which is not known here"),
        ] {
            let found = finding(host, now, Some(unknown));
            assert!(found.says.contains(expected), "{}", found.says);
            assert!(found.remedy.is_some());
        }
        let other = finding("issuer.example", DURING, Some("a: b: BadEncoding"));
        assert!(other.says.ends_with("not accepted: BadEncoding"), "{}", other.says);
    }
}
