//! A credential is bound to the key that was proved, and to no other.

use serde_json::Value;

use super::each;
use crate::checks::{
    Answered, Check, Finding, Issued, Judge, Level, OpenedMdoc, Scene, applicability,
};
use crate::jose::PublicJwk;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/binds-the-device-key",
    aliases: &[],
    since: "2026.3",
    title: "deviceKey is a key that the request proved",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5", "vci#credential-response"],
    obligation: "deviceKeyInfo.deviceKey of an issued mdoc is a whole public COSE_Key, and it is the key of one of the request's proofs",
    doc: "The wallet can present the mdoc only with the key in `deviceKey`. It comes to the \
          issuer as JWK and is written as COSE_Key: `1` is the type, `-1` the curve, `-2` \
          and `-3` the coordinates as byte strings. A number conversion drops leading zeros, \
          and then one key in 128 is a byte short and useless; base64url text in place of \
          bytes is another slip.\n\n\
          Keys are compared by thumbprint (RFC 7638).",
    judge: Judge::Answers(Station::Credential, binds_the_device_key),
};

fn binds_the_device_key(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, issued| bound(opened, issued, scene))
}

fn bound(opened: &OpenedMdoc, issued: &Issued, scene: &Scene<'_>) -> Finding {
    const EXPECTED: &str = "deviceKey with a key that the request proved";
    let Ok(object) = &opened.mdoc.security_object else {
        return Finding::Silent("the security object cannot be read");
    };
    let Some(device_key) = &object.device_key else {
        return Finding::breaks(EXPECTED, "no deviceKey");
    };
    if device_key.is_private {
        return Finding::breaks(EXPECTED, "deviceKey holds a private key (-4)");
    }
    let jwk = match &device_key.jwk {
        Ok(jwk) => jwk,
        Err(why) => return Finding::breaks(EXPECTED, format!("deviceKey: {why}")),
    };
    if issued.proved_keys.is_empty() {
        return Finding::Exempt("the request proved no key");
    }
    let Ok(thumbprint) = jwk.thumbprint() else {
        return Finding::breaks(EXPECTED, "deviceKey is no whole key");
    };
    if issued.proved_keys.iter().flatten().any(|proved| *proved == thumbprint) {
        return Finding::Holds;
    }
    let is_it = |key: &Value| {
        PublicJwk::from_value(key).is_ok_and(|key| key.thumbprint().as_ref() == Ok(&thumbprint))
    };
    let wallets = &scene.transcript.wallets;
    if wallets.iter().any(|wallet| is_it(&wallet.dpop_key)) {
        return Finding::breaks(EXPECTED, "deviceKey is the wallet's DPoP key");
    }
    if issued.proved_keys.contains(&None) {
        return Finding::Exempt("the key of a proof cannot be made out");
    }
    Finding::breaks(EXPECTED, "deviceKey is a key that no proof of the request has")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop")]

    use ciborium::cbor;

    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn the_proved_keys_hold_in_any_order() {
        assert_holds(&super::CHECK, &issued(&[licence(2), licence(1)]));
    }

    #[test]
    fn another_key_or_none_breaks() {
        assert_breaks(&super::CHECK, &issued(&[licence(7)]), "no proof of the request");
        let with = |info: ciborium::Value| issued(&[licence(1).with("deviceKeyInfo", info)]);
        assert_breaks(&super::CHECK, &with(ciborium::Value::Null), "no deviceKey");
        let text = cbor!({"deviceKey" => {1 => 2, (-1) => 1, (-2) => "AQ"}}).unwrap();
        assert_breaks(&super::CHECK, &with(text), "x is tstr");
        let private = cbor!({"deviceKey" => {1 => 2, (-1) => 1, (-4) => 1}}).unwrap();
        assert_breaks(&super::CHECK, &with(private), "private key");
    }
}
