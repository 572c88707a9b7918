//! An address with extras leads elsewhere.

use url::Url;

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/iss-is-a-plain-url",
    aliases: &[],
    since: "2026.3",
    title: "the iss that leads to keys is a plain https URL",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["sdjwtvc#section-5"],
    obligation: "an iss by which keys are looked up is an https URL of scheme, host and, if need be, port and path, without query and fragment",
    doc: "The well-known address is made from `iss` by putting a segment between host and path. A query \
          or a fragment has no place in that, so two readers make two addresses of it, or none.\n\n\
          Tell tenants apart by path or host. Credentials with `x5c` are not looked at: their issuer \
          is in the certificate.",
    judge: Judge::Answers(Station::Credential, iss_is_a_plain_url),
};

fn iss_is_a_plain_url(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| {
        if opened.sd_jwt.header().contains_key("x5c") {
            return Finding::Exempt("the issuer is in the certificate of x5c");
        }
        let web = |text: &&str| text.starts_with("https:") || text.starts_with("http:");
        match opened.sd_jwt.issuer().filter(web) {
            Some(issuer) => plain(issuer, scene),
            None => Finding::Exempt("iss is no web address"),
        }
    })
}

fn plain(issuer: &str, scene: &Scene<'_>) -> Finding {
    let is_plain = Url::parse(issuer).is_ok_and(|url| {
        let is_secure = url.scheme() == "https" || scene.allows_http(&url);
        is_secure && url.query().is_none() && url.fragment().is_none()
    });
    Finding::expect(is_plain, "an https URL without query and fragment", format!("iss {issuer}"))
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{LEAF, Paper, issued};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_plain_address_holds_and_no_other() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
        for wrong in
            ["https://issuer.example?t=1", "https://issuer.example#a", "http://issuer.example"]
        {
            let stage = issued(&[Paper::honest(1).claim("iss", json!(wrong))]);
            assert_breaks(&super::CHECK, &stage, wrong);
        }
    }

    #[test]
    fn certificates_and_other_names_are_another_matter() {
        let chain = Paper::honest(1).header("x5c", json!([LEAF]));
        assert_outcome(&super::CHECK, &issued(&[chain]), Outcome::NotApplicable);
        let did = Paper::honest(1).claim("iss", json!("did:web:issuer.example"));
        assert_outcome(&super::CHECK, &issued(&[did]), Outcome::NotApplicable);
    }
}
