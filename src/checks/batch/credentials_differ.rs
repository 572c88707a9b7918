//! Copies are no batch.

use std::collections::HashMap;

use crate::checks::{
    Answered, Check, Credential, Finding, Judge, Level, Opened, Scene, applicability,
};
use crate::formats::Mdoc;
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "batch/credentials-differ",
    aliases: &[],
    since: "2026.1",
    title: "no two credentials of a batch are the same",
    level: Level::Should,
    raised_by: &[],
    applies: applicability::batch_of_proofs,
    spec: &["vci#section-3.3.2"],
    obligation: "no two credentials of one response have a signature or a digest in common",
    doc: "A batch gives the wallet a fresh credential for each presentation. Copies of one \
          credential are linked at the second presentation, by the signature alone. It \
          happens when an issuer signs once and answers with n copies to satisfy the \
          number. A digest in common, be it a decoy, links as well.\n\n\
          Sign each credential on its own, with its own key in `cnf`, its own salts and \
          times.",
    judge: Judge::Answers(Station::Credential, credentials_differ),
};

fn credentials_differ(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let Some(issued) = scene.issued_by(answered) else {
        return Finding::Silent("nothing was issued");
    };
    match issued.credentials.len() {
        0 => return Finding::Silent("nothing was issued"),
        1 => return Finding::Exempt("one credential was issued, which is the issuer's right"),
        _ => {}
    }
    let mut first_places: HashMap<Mark, usize> = HashMap::new();
    for (place, credential) in issued.credentials.iter().enumerate() {
        for mark in marks(credential) {
            let what = mark.0;
            let first = *first_places.entry(mark).or_insert(place);
            if first != place {
                let actual = format!("credentials {} and {} share {what}", first + 1, place + 1);
                return Finding::breaks("credentials that differ", actual);
            }
        }
    }
    Finding::Holds
}

/// Something that no other credential may have: what it is, and its octets.
type Mark = (&'static str, Vec<u8>);

/// Signature and digests of an SD-JWT VC; of anything else, the text.
fn marks(credential: &Credential) -> Vec<Mark> {
    let opened = match &credential.opened {
        Opened::SdJwt(opened) => opened,
        Opened::Mdoc(opened) => return marks_of_mdoc(&opened.mdoc),
        _ => return vec![("the whole text", credential.text.clone().into_bytes())],
    };
    let digests = opened.sd_jwt.digests();
    let digests = digests.values().map(|digest| ("a digest", digest.as_bytes().to_vec()));
    let signature = ("the signature", opened.sd_jwt.jws.signature().to_vec());
    std::iter::once(signature).chain(digests).collect()
}

fn marks_of_mdoc(mdoc: &Mdoc) -> Vec<Mark> {
    let object = mdoc.security_object.as_ref().ok();
    let digests = object.into_iter().flat_map(|object| object.value_digests.values().flatten());
    let digests = digests.map(|stored| ("a digest", stored.digest.clone()));
    let signature = ("the signature", mdoc.issuer_auth.signature.clone());
    std::iter::once(signature).chain(digests).collect()
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued, issued_texts};
    use crate::checks::staging::mdocs::{self, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use serde_json::json;

    #[test]
    fn a_batch_holds_and_copies_warn() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1), Paper::honest(2)]));
        let copies = issued_texts(&[Paper::honest(1).text(), Paper::honest(1).text()], 2);
        assert_breaks(&super::CHECK, &copies, "1 and 2 share the signature");
        assert_outcome(&super::CHECK, &copies, Outcome::Warn);
    }

    #[test]
    fn copies_of_an_mdoc_warn() {
        assert_holds(&super::CHECK, &mdocs::issued(&[licence(1), licence(2)]));
        let copies = mdocs::issued(&[licence(1), licence(1)]);
        assert_breaks(&super::CHECK, &copies, "1 and 2 share");
    }

    #[test]
    fn a_decoy_in_common_warns() {
        let paper = |holder| {
            let nested = json!([format!("s-{holder}"), "address", {"_sd": ["decoy"]}]);
            Paper::honest(holder).disclosure(nested)
        };
        assert_breaks(&super::CHECK, &issued(&[paper(1), paper(2)]), "share a digest");
    }
}
