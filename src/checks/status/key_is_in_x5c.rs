//! The list brings its key along.

use super::{is_for_sd_jwts, of_tokens};
use crate::checks::issued::trust_anchors;
use crate::checks::{Check, Finding, Judge, Level, Profile, ReadList, Scene, applicability};
use crate::jose::{Certificate, chain};

pub static CHECK: Check = Check {
    id: "status/key-is-in-x5c",
    aliases: &[],
    since: "2026.3",
    title: "the status list carries its certificate",
    level: Level::Note,
    raised_by: &[Profile::Haip],
    applies: applicability::always,
    spec: &["haip#sd-jwt-vc", "tsl#section-11.3"],
    obligation: "a status list has an x5c whose first certificate is not self-signed, without the trust anchor",
    doc: "HAIP 1.0 leaves verifiers one way to the key: the chain in the `x5c` of the list, which ends \
          below the trust anchor. A certificate that signed itself proves nothing, and an anchor \
          that comes with what it is to prove is none. Elsewhere the key may be found in other ways, \
          so this is only noted.",
    judge: Judge::Transcript(key_is_in_x5c),
};

fn key_is_in_x5c(scene: &Scene<'_>) -> Finding {
    of_tokens(scene, |published, read| match is_for_sd_jwts(published, scene) {
        true => carried(read, &trust_anchors(scene)),
        false => Finding::Exempt("no SD-JWT VC refers to the list"),
    })
}

fn carried(read: &ReadList, anchors: &[Certificate]) -> Finding {
    let expected = "a chain in x5c that ends below its anchor";
    let Some(x5c) = read.token.jws.header().get("x5c") else {
        return Finding::breaks(expected, "no x5c");
    };
    let certificates = match chain::read_x5c(x5c) {
        Ok(certificates) if certificates.is_empty() => {
            return Finding::breaks(expected, "an empty x5c");
        }
        Ok(certificates) => certificates,
        Err(error) => return Finding::breaks(expected, error.to_string()),
    };
    match certificates.iter().position(Certificate::is_self_signed) {
        None => match certificates.iter().skip(1).any(|one| anchors.contains(one)) {
            true => Finding::breaks(expected, "a given trust anchor in x5c"),
            false => Finding::Holds,
        },
        Some(0) => Finding::breaks(expected, "a self-signed certificate of the signer"),
        Some(place) => {
            Finding::breaks(expected, format!("certificate {} is self-signed", place + 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::checks::staging::credentials::{CA, LEAF};
    use crate::checks::staging::status::{list, published};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::checks::{Outcome, Policy, Profile, Profiles};

    fn with(x5c: Value) -> Stage {
        let mut list = list();
        list.header.insert("x5c".into(), x5c);
        published(&list)
    }

    #[test]
    fn a_chain_without_its_anchor_holds() {
        assert_holds(&super::CHECK, &with(json!([LEAF])));
        assert_breaks(&super::CHECK, &with(json!([LEAF, CA])), "certificate 2");
        assert_breaks(&super::CHECK, &with(json!([CA])), "of the signer");
        assert_breaks(&super::CHECK, &with(json!([])), "no array of at least one");
    }

    #[test]
    fn other_ways_are_noted_and_fail_in_the_profile() {
        let by_kid = published(&list());
        assert_outcome(&super::CHECK, &by_kid, Outcome::Note);
        let haip = Policy { profiles: Profiles::of([Profile::Haip]), ..Policy::default() };
        assert_outcome(&super::CHECK, &by_kid.policy(haip), Outcome::Fail);
    }
}
