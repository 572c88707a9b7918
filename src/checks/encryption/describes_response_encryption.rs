//! A wallet chooses from what is listed, before it sends anything.

use super::announces_responses;
use crate::checks::issuer_metadata::in_document;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "encryption/describes-response-encryption",
    aliases: &[],
    since: "2026.3",
    title: "offered response encryption is fully described",
    level: Level::Must,
    raised_by: &[],
    applies: announces_responses,
    spec: &["vci#credential-issuer-parameters"],
    obligation: "credential_response_encryption has non-empty alg_values_supported and enc_values_supported, a non-empty zip_values_supported if any, and a boolean encryption_required",
    doc: "`encryption_required` is required since the member exists and often left out where \
          it is false, or written as a text by a template. `alg_values_supported` and \
          `enc_values_supported` hold names of JWE algorithms; a list that would be empty \
          means that the whole member should not be there.\n\n\
          Publish all three members; leave `zip_values_supported` out where nothing is \
          compressed.",
    judge: Judge::Answers(Station::IssuerMetadata, describes_response_encryption),
};

fn describes_response_encryption(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    in_document(answered, scene, |metadata| {
        let Some(offered) = metadata.response_encryption() else {
            return Finding::Silent("response encryption is not offered");
        };
        let lists = ["alg_values_supported", "enc_values_supported"];
        let fault = lists.iter().find_map(|name| super::list_fault(offered.json(), name));
        let fault = fault.or_else(|| super::common_fault(offered.json()));
        let expected = "lists of alg and enc, and a boolean encryption_required";
        match fault {
            None => Finding::Holds,
            Some(_) if !offered.json().is_object() => {
                Finding::breaks(expected, shape::describe(Some(offered.json())))
            }
            Some(fault) => Finding::breaks(expected, fault),
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::staged::metadata;
    use crate::checks::Outcome;
    use crate::checks::staging::{
        Stage, assert_breaks, assert_holds, assert_outcome, honest_metadata, with, without,
    };

    const SIDE: &str = "/credential_response_encryption";

    #[test]
    fn every_member_has_its_type() {
        assert_holds(&super::CHECK, &Stage::new().issuer_metadata(metadata()));
        for (member, value, says) in [
            ("alg_values_supported", json!([]), "alg_values_supported is an empty array"),
            ("enc_values_supported", json!("A128GCM"), "enc_values_supported is"),
            ("zip_values_supported", json!([]), "zip_values_supported is an empty array"),
            ("encryption_required", json!("true"), "encryption_required is a string"),
        ] {
            let metadata = with(metadata(), &format!("{SIDE}/{member}"), value);
            assert_breaks(&super::CHECK, &Stage::new().issuer_metadata(metadata), says);
        }
        let lacking = without(metadata(), &format!("{SIDE}/encryption_required"));
        assert_breaks(&super::CHECK, &Stage::new().issuer_metadata(lacking), "nothing");
        let zipless = without(metadata(), &format!("{SIDE}/zip_values_supported"));
        assert_holds(&super::CHECK, &Stage::new().issuer_metadata(zipless));
        let nonsense = with(metadata(), SIDE, json!([1]));
        assert_breaks(&super::CHECK, &Stage::new().issuer_metadata(nonsense), "an array");
    }

    #[test]
    fn it_need_not_be_offered() {
        let stage = Stage::new().issuer_metadata(honest_metadata());
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
