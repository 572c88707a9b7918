//! A wallet that only takes credentials with a certain claim says so beforehand.

use serde_json::Value;

use crate::checks::{Breach, Check, Finding, Judge, Level, Opened, Scene, applicability};
use crate::protocol::ClaimsPath;
use crate::transcript::{Exchange, Station};

pub static CHECK: Check = Check {
    id: "credential/delivers-mandatory-claims",
    aliases: &[],
    since: "2026.3",
    title: "claims that the wallet calls mandatory are there",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::authorization_details,
    spec: &["vci#claims-description-authorization-details"],
    obligation: "an SD-JWT VC that was asked for with a mandatory claim has that claim, unless the request was refused",
    doc: "By `mandatory` in the claims of its authorization details a wallet says that a credential \
          without that claim is of no use to it. An issuer that drops the wish on the way from the token \
          endpoint to the credential issues something that is thrown away, and uses up the offer.\n\n\
          Keep the wish with the token. Where the claim cannot be had for this user, refuse the request.",
    judge: Judge::Transcript(delivers_mandatory_claims),
};

fn delivers_mandatory_claims(scene: &Scene<'_>) -> Finding {
    let mut asked = scene.answers(Station::Token).filter_map(|answered| {
        let wish = wish(answered.exchange)?;
        Some((answered.answer.is_success(), wish))
    });
    let Some((is_granted, (id, path))) = asked.next() else {
        return Finding::Silent("no claim was called mandatory");
    };
    if !is_granted {
        return Finding::Exempt("the request that called a claim mandatory was refused");
    }
    let mut answers = scene.answers(Station::Credential);
    if scene.issued().is_empty()
        && answers.any(|answered| (400..500).contains(&answered.answer.status))
    {
        return Finding::Exempt("the credential request was refused");
    }
    let wanted = scene.issued().iter().filter(|issued| {
        let requested = issued.configuration(scene).map(|configuration| configuration.json());
        let metadata = scene.issuer_metadata();
        let named = metadata.and_then(|metadata| metadata.configuration(&id));
        requested.is_some() && requested == named.map(|named| named.json())
    });
    let mut finding = Finding::Silent("no credential of that configuration was issued");
    for issued in wanted {
        for credential in &issued.credentials {
            let Opened::SdJwt(opened) = &credential.opened else { continue };
            let Ok(unpacked) = &opened.unpacked else { continue };
            if path.select(&Value::Object(unpacked.claims.clone())).is_empty() {
                let breach = Breach::new(format!("the claim {path}"), "a credential without it");
                return Finding::Breaks(breach.at([issued.exchange]));
            }
            finding = Finding::Holds;
        }
    }
    finding
}

/// The configuration that a token request asks for with a mandatory claim, and the path of that.
fn wish(request: &Exchange) -> Option<(String, ClaimsPath)> {
    let details: Value =
        serde_json::from_str(&request.form_value("authorization_details")?).ok()?;
    details.as_array()?.iter().find_map(|detail| {
        let id = detail.get("credential_configuration_id")?.as_str()?;
        let claims = detail.get("claims")?.as_array()?;
        let mandatory = claims.iter().find(|claim| claim["mandatory"] == Value::Bool(true))?;
        Some((id.to_owned(), ClaimsPath::from_json(mandatory.get("path")?)?))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_as_metadata, with,
    };
    use crate::transcript::Station;

    fn asked(claim: &str, status: u16) -> Stage {
        let details = json!([{
            "type": "openid_credential",
            "credential_configuration_id": "pid",
            "claims": [{ "path": [claim], "mandatory": true }]
        }]);
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("authorization_details", &details.to_string())
            .finish();
        let types = json!(["openid_credential"]);
        let pointer = "/authorization_details_types_supported";
        let media_type = [("content-type", "application/x-www-form-urlencoded")];
        issued(&[Paper::honest(1)])
            .as_metadata(with(honest_as_metadata(), pointer, types))
            .answer_json(Station::Token, status, json!({"access_token": "t"}))
            .sent("POST", "https://issuer.example/token", &media_type, &form)
    }

    #[test]
    fn the_claim_is_there_or_the_request_was_refused() {
        assert_holds(&super::CHECK, &asked("given_name", 200));
        assert_breaks(&super::CHECK, &asked("shoe_size", 200), "without it");
        assert_outcome(&super::CHECK, &asked("shoe_size", 400), Outcome::NotApplicable);
    }
}
