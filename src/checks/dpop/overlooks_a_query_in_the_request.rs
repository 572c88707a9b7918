//! A proof is for an endpoint, whatever is asked of it.

use super::with_bound_token;
use crate::checks::{Answered, Breach, Check, Finding, Judge, Level, Scene};
use crate::transcript::Station;

const TAMPER: &str = "dpop-query-in-request";

pub static CHECK: Check = Check {
    id: "dpop/overlooks-a-query-in-the-request",
    aliases: &[],
    since: "2026.3",
    title: "a query in the request plays no part",
    level: Level::Must,
    raised_by: &[],
    applies: with_bound_token,
    spec: &["rfc9449#section-4.3"],
    obligation: "a request with a query is granted on a proof whose htu has none",
    doc: "`htu` is the address without query and fragment, so the server has to leave them out of \
          its own address before it compares. Middlewares that take the whole request line refuse \
          every wallet as soon as a gateway, or the metadata, adds a query.\n\n\
          Only a refusal of the proof counts here: an endpoint may refuse queries that it does not \
          know for reasons of its own.",
    judge: Judge::Transcript(overlooks_a_query_in_the_request),
};

fn overlooks_a_query_in_the_request(scene: &Scene<'_>) -> Finding {
    let Some(answered) = scene.tampered(TAMPER).next() else {
        return Finding::Silent("no request had a query");
    };
    if answered.grants_something() {
        return Finding::Holds;
    }
    if !blames_the_proof(&answered) {
        return Finding::Exempt("the endpoint takes no query, whatever the proof");
    }
    let token = answered.exchange.access_token();
    let number = answered.exchange.number;
    let granted = || scene.granted(Station::Credential).filter(|one| one.grants_something());
    if granted().next().is_none() {
        return Finding::Silent("no plain request was granted");
    }
    let is_spent = |one: &Answered<'_>| {
        token.is_some() && one.exchange.number < number && one.exchange.access_token() == token
    };
    if granted().any(|one| is_spent(&one)) {
        return Finding::Exempt("the token may have been good for one request only");
    }
    let breach = Breach::new("granted all the same", answered.summary());
    Finding::Breaks(breach.at([answered.exchange.number]))
}

fn blames_the_proof(answered: &Answered<'_>) -> bool {
    let mut codes = answered.answer.challenge_errors();
    codes.extend(answered.error_code());
    codes.iter().any(|code| code == "invalid_dpop_proof")
}

#[cfg(test)]
mod tests {
    use super::super::staged::controls;
    use super::TAMPER;
    use crate::checks::Outcome;
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    #[test]
    fn only_a_refused_proof_counts() {
        assert_holds(&super::CHECK, &controls().accepted(TAMPER, Station::Credential));
        let refused = controls().refused_at_credential(TAMPER, 401, "invalid_dpop_proof");
        assert_breaks(&super::CHECK, &refused, "invalid_dpop_proof");
        let elsewhere = controls().refused_at_credential(TAMPER, 404, "");
        assert_outcome(&super::CHECK, &elsewhere, Outcome::NotApplicable);
    }
}
