//! Of several servers, one knows the code.

use super::each_offer;
use crate::checks::{Applies, Check, Finding, Judge, Level, Scene};
use crate::protocol::CredentialOffer;

pub static CHECK: Check = Check {
    id: "offer/names-a-server-where-there-are-several",
    aliases: &[],
    since: "2026.3",
    title: "an offer says which authorization server knows its code",
    level: Level::Note,
    raised_by: &[],
    applies: several_servers,
    spec: &["vci#credential-offer-parameters"],
    obligation: "where the metadata list several authorization servers, the pre-authorized grant of an offer names one",
    doc: "A pre-authorized code is known to one server. Where the metadata list several and the offer does not say which, \
          a wallet has to find out by the grants that each announces, and where two announce the same it can only \
          guess, showing the code to a server that it is not for. Write `authorization_server` into the grant.",
    judge: Judge::Transcript(names_a_server_where_there_are_several),
};

fn several_servers(scene: &Scene<'_>) -> Applies {
    match scene.issuer_metadata() {
        Some(metadata) => Applies::when(
            metadata.authorization_servers().len() > 1,
            "the metadata do not list several authorization servers",
        ),
        None => Applies::Yes,
    }
}

fn names_a_server_where_there_are_several(scene: &Scene<'_>) -> Finding {
    if scene.issuer_metadata().is_none() {
        return Finding::Silent("no issuer metadata could be read");
    }
    each_offer(scene, |offer, _| {
        let offer = CredentialOffer::new(offer);
        if offer.pre_authorized_grant().is_none() {
            return Finding::Silent("the offer has no pre-authorized grant");
        }
        Finding::expect(
            offer.authorization_server().is_some(),
            "authorization_server in the grant",
            "none, and several servers to choose from",
        )
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::checks::Outcome;
    use crate::checks::offer::examples::{GRANT, honest_offer};
    use crate::checks::staging::{Stage, assert_holds, assert_outcome, honest_metadata, with};

    #[test]
    fn a_hint_spares_a_guess() {
        let servers = json!(["https://one.example", "https://two.example"]);
        let metadata = with(honest_metadata(), "/authorization_servers", servers);
        let stage = || Stage::new().issuer_metadata(metadata.clone());
        let hint = with(
            honest_offer(),
            &format!("{GRANT}/authorization_server"),
            json!("https://two.example"),
        );
        assert_holds(&super::CHECK, &stage().offer(hint, None));
        assert_outcome(&super::CHECK, &stage().offer(honest_offer(), None), Outcome::Note);
    }
}
