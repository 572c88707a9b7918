//! The wallet gets what it asked for, and in the form it asked for.

use serde_json::Value;

use crate::checks::{
    Answered, Check, Finding, Judge, Level, Requested, Scene, applicability, jwt_vc,
};
use crate::protocol::CredentialResponse;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "credential/matches-the-request",
    aliases: &[],
    since: "2026.1",
    title: "the credential is of the configuration that was asked for",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::always,
    spec: &["vci#credential-endpoint", "vci#format-profiles"],
    obligation: "each issued credential has the form of the format of the requested configuration, not encoded once more, and is of its type",
    doc: "The configuration that the request names fixes the format: `dc+sd-jwt` is a JWT followed \
          by `~` and disclosures, `jwt_vc_json` a compact JWT, `mso_mdoc` base64url without padding. \
          Issuers break it by ignoring which configuration was named, by encoding a JWT in base64 \
          once more, or by using base64 with `+`, `/` and `=` for an mdoc.\n\n\
          An SD-JWT VC also names its type, and so does an mdoc: a `vct` or a `docType` other than the \
          configuration's is a credential that was not asked for, as `sd-jwt/vct-matches` and \
          `mdoc/doctype-matches` say in detail.",
    judge: Judge::Answers(Station::Credential, matches_the_request),
};

fn matches_the_request(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(json) = answered.json.filter(|_| answered.answer.is_success()) else {
        return Finding::Silent("nothing was issued");
    };
    let Some(request) = Requested::read(answered.exchange, scene) else {
        return Finding::Silent("the request cannot be read");
    };
    let Some(format) =
        request.configuration(scene).and_then(|configuration| configuration.format())
    else {
        return Finding::Silent("the format of the requested configuration is not known");
    };
    let (fits, form): (fn(&str) -> bool, &str) = match format {
        "dc+sd-jwt" | "vc+sd-jwt" => (is_sd_jwt, "a compact JWT followed by ~"),
        "jwt_vc_json" | "jwt_vc_json-ld" => (is_compact_jwt, "a compact JWT"),
        "mso_mdoc" => (is_base64url, "base64url without padding"),
        _ => return Finding::Exempt("a format whose form this check does not know"),
    };
    let credentials = CredentialResponse::new(json).credentials();
    if credentials.is_empty() {
        return Finding::Silent("no credential is a string");
    }
    match credentials.iter().position(|credential| !fits(credential)) {
        None => of_requested_type(answered, scene),
        Some(index) => {
            let credential = credentials.get(index).copied().unwrap_or_default();
            Finding::breaks(
                format!("{form}, as {format} is"),
                format!("credential {index} {}", look(credential)),
            )
        }
    }
}

/// Breaks if a credential names another type than the requested configuration.
fn of_requested_type(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Holds;
    };
    for (place, opened) in issued.jwt_vcs().filter(|(_, opened)| opened.jwt_vc.vc().is_some()) {
        let missing = jwt_vc::missing_types(&opened.jwt_vc, issued, scene);
        if !missing.is_empty() {
            let types = opened.jwt_vc.types().join(", ");
            return Finding::breaks(
                format!("credentials of type {}", missing.join(", ")),
                format!("credential {} is of type {types}", place + 1),
            );
        }
    }
    let configuration = issued.configuration(scene);
    let doctype = configuration.and_then(|configuration| configuration.doctype());
    for (place, opened) in issued.mdocs() {
        // One that is missing is what mdoc/doctype-matches says.
        let found = opened.mdoc.doc_type().filter(|found| Some(*found) != doctype);
        if let (Some(wanted), Some(found)) = (doctype, found) {
            return Finding::breaks(
                format!("credentials of type {wanted}"),
                format!("credential {} is of type {found}", place + 1),
            );
        }
    }
    let Some(wanted) = configuration.and_then(|configuration| configuration.vct()) else {
        return Finding::Holds;
    };
    for (place, opened) in issued.sd_jwts() {
        // A vct that is missing or no string is what sd-jwt/vct-matches says.
        if let Some(vct) = opened.sd_jwt.vct().filter(|vct| *vct != wanted) {
            return Finding::breaks(
                format!("credentials of type {wanted}"),
                format!("credential {} is of type {vct}", place + 1),
            );
        }
    }
    Finding::Holds
}

fn is_sd_jwt(text: &str) -> bool {
    // Whether the last tilde is there is what sd-jwt/ends-with-a-tilde says.
    is_compact_jwt(text.split('~').next().unwrap_or(text))
}

fn is_compact_jwt(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && is_base64url(part))
}

fn is_base64url(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-' || octet == b'_')
}

/// What a credential looks like instead, without showing it.
fn look(credential: &str) -> &'static str {
    if is_compact_jwt(credential) {
        "is a compact JWT without ~"
    } else if credential.contains('~') && is_sd_jwt(credential) {
        "is a compact JWT followed by ~"
    } else if serde_json::from_str::<Value>(credential).is_ok_and(|json| json.is_object()) {
        "is a JSON object in a string"
    } else if is_base64url(credential) {
        "is base64url without dots"
    } else {
        "has none of the forms of a known format"
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::mdocs::{self, licence};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, honest_metadata};
    use crate::transcript::Station;
    use serde_json::{Value, json};

    fn stage(format: &str, credential: &str) -> Stage {
        let mut metadata = honest_metadata();
        metadata["credential_configurations_supported"]["pid"]["format"] = json!(format);
        Stage::new()
            .issuer_metadata(metadata)
            .answer_json(
                Station::Credential,
                200,
                json!({"credentials": [{"credential": credential}]}),
            )
            .sent(
                "POST",
                "https://issuer.example/credential",
                &[],
                r#"{"credential_configuration_id":"pid"}"#,
            )
    }

    #[test]
    fn each_format_in_its_own_form_holds() {
        assert_holds(&super::CHECK, &stage("dc+sd-jwt", "e30.e30.c2ln~ZA~"));
        assert_holds(&super::CHECK, &stage("jwt_vc_json", "e30.e30.c2ln"));
        assert_holds(&super::CHECK, &stage("mso_mdoc", "omppc3N1ZXJBdXRo"));
    }

    #[test]
    fn another_type_breaks() {
        let stage = |vct: Value| issued(&[Paper::honest(1).claim("vct", vct)]);
        assert_holds(&super::CHECK, &stage(json!("https://issuer.example/vct/pid")));
        assert_holds(&super::CHECK, &stage(json!(null)));
        let diploma = stage(json!("https://issuer.example/vct/diploma"));
        assert_breaks(&super::CHECK, &diploma, "is of type");
    }

    #[test]
    fn another_document_breaks() {
        let stage = |doctype: &str| mdocs::issued(&[licence(1).with("docType", doctype.into())]);
        assert_holds(&super::CHECK, &stage("org.iso.18013.5.1.mDL"));
        assert_breaks(&super::CHECK, &stage("eu.europa.ec.eudi.pid.1"), "is of type");
    }

    #[test]
    fn another_form_breaks() {
        let cases = [
            ("dc+sd-jwt", "ZTMwLmUzMC5jMmxuflpBfg", "without dots"),
            ("dc+sd-jwt", "{\"a\":1}", "JSON object"),
            ("jwt_vc_json", "e30.e30.c2ln~ZA~", "followed by ~"),
            ("mso_mdoc", "a+b/c==", "none of the forms"),
        ];
        for (format, credential, says) in cases {
            assert_breaks(&super::CHECK, &stage(format, credential), says);
        }
    }
}
