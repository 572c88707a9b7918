//! Who signs for a country is certified by it.

use super::{LICENCE, each};
use crate::checks::{Answered, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/country-is-that-of-the-certificate",
    aliases: &[],
    since: "2026.3",
    title: "issuing country and certificate agree",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5"],
    obligation: "issuing_country of an issued mdoc is countryName of the signer's certificate, and issuing_jurisdiction begins with its country or is its stateOrProvinceName",
    doc: "Readers compare `issuing_country` with the certificate, so that no authority signs \
          for another. They differ when a test certificate is used for another country, or \
          when the country is written as a name or in three letters in one place and in two \
          in the other.",
    judge: Judge::Answers(Station::Credential, country_is_that_of_the_certificate),
};

fn country_is_that_of_the_certificate(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| agrees(opened))
}

fn agrees(opened: &OpenedMdoc) -> Finding {
    if opened.mdoc.doc_type() != Some(LICENCE) {
        return Finding::Exempt("only the profile of the driving licence has this rule");
    }
    let Some(signer) = opened.mdoc.issuer_auth.signer() else {
        return Finding::Silent("there is no readable certificate");
    };
    let text = |name: &str| {
        let items = opened.mdoc.items();
        let mut found = items.filter(|(_, item)| item.identifier.as_deref() == Some(name));
        found.find_map(|(_, item)| item.value.as_ref()?.json.as_str())
    };
    let (Some(country), Some(certified)) = (text("issuing_country"), signer.country()) else {
        return Finding::Exempt("data or certificate name no country");
    };
    if !country.eq_ignore_ascii_case(&certified) {
        let expected = format!("issuing_country {certified}, as certified");
        return Finding::breaks(expected, "another issuing_country");
    }
    let (Some(jurisdiction), Some(state)) =
        (text("issuing_jurisdiction"), signer.state_or_province())
    else {
        return Finding::Holds;
    };
    Finding::expect(
        jurisdiction.eq_ignore_ascii_case(&state),
        format!("issuing_jurisdiction {state}, as certified"),
        "another issuing_jurisdiction",
    )
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds};

    #[test]
    fn the_certified_country_holds_and_another_warns() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        let french = licence(1).element("issuing_country", "FR".into());
        assert_breaks(&super::CHECK, &issued(&[french]), "another issuing_country");
    }
}
