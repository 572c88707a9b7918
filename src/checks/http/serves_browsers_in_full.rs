//! Half an invitation is none.

use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "http/serves-browsers-in-full",
    aliases: &[],
    since: "2026.3",
    title: "wallets in a browser are let in for good",
    level: Level::Note,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc9449#section-7.1", "rfc9449#section-8"],
    obligation: "where a browser may ask at the credential endpoint at all, it may send authorization and content-type, and read the header fields that wallets need",
    doc: "Nobody has to serve wallets that run in a browser, and without `Access-Control-Allow-Origin` nothing is said here. \
          Where it is there, a wallet also needs `Authorization` and `Content-Type` in \
          `Access-Control-Allow-Headers`, and with DPoP `DPoP`. This never counts against an issuer.",
    judge: Judge::Transcript(serves_browsers_in_full),
};

fn serves_browsers_in_full(scene: &Scene<'_>) -> Finding {
    let Some(answered) = scene.tampered("preflight").last() else {
        return Finding::Silent("nobody asked as a browser does");
    };
    if answered.answer.headers.get("access-control-allow-origin").is_none() {
        return Finding::Exempt("browsers are not let in (CORS)");
    }
    let allowed = names(&answered, "access-control-allow-headers");
    let mut needed = vec!["authorization", "content-type"];
    if scene.as_metadata().is_some_and(|metadata| metadata.announces_dpop()) {
        needed.push("dpop");
    }
    // A wildcard covers everything but Authorization (Fetch 3.3.4).
    let is_allowed = |name: &str| {
        let is_covered = name != "authorization" && allowed.iter().any(|own| own == "*");
        is_covered || allowed.iter().any(|own| own == name)
    };
    let missing: Vec<&str> = needed.into_iter().filter(|name| !is_allowed(name)).collect();
    if missing.is_empty() && answered.answer.is_success() {
        return Finding::Holds;
    }
    let actual = match missing.is_empty() {
        true => answered.answer.status.to_string(),
        false => format!("not {}", missing.join(", ")),
    };
    let breach = Breach::new("a preflight that allows what wallets send", actual);
    Finding::Breaks(breach.at([answered.exchange.number]))
}

fn names(answered: &Answered<'_>, field: &str) -> Vec<String> {
    let fields = answered.answer.headers.all(field).flat_map(|value| value.split(','));
    fields.map(|name| name.trim().to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_holds, assert_outcome};
    use crate::transcript::Station;

    fn stage(headers: &[(&str, &str)]) -> Stage {
        Stage::new().tampered_raw("preflight", Station::Credential, 204, headers, "")
    }

    #[test]
    fn it_is_only_ever_a_note() {
        let origin = ("access-control-allow-origin", "*");
        let all = ("access-control-allow-headers", "Authorization, Content-Type");
        assert_holds(&super::CHECK, &stage(&[origin, all]));
        let wildcard = ("access-control-allow-headers", "*");
        assert_outcome(&super::CHECK, &stage(&[origin, wildcard]), Outcome::Note);
        assert_outcome(&super::CHECK, &stage(&[]), Outcome::NotApplicable);
    }
}
