//! The order of digests says which digest is which.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::checks::seen_credentials;
use crate::checks::{Breach, Check, Finding, Judge, Level, applicability};
use crate::formats::SdJwt;
use crate::transcript::Run;

pub static CHECK: Check = Check {
    id: "sd-jwt/hides-the-order-of-claims",
    aliases: &[],
    since: "2026.3",
    title: "the order of digests does not follow the claims",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-4.2.4.1"],
    obligation: "the digests in an _sd array do not stand in the order that the claims had before they were hidden",
    doc: "An issuer that makes one digest after the other and appends it leaves the claims' order in the \
          credential: the third digest is the birth date in every one of them, whether it is disclosed \
          or not. Sort the digests, which are random, or shuffle them for each credential.\n\n\
          Looked at are all credentials of a run together: if the digests of the same claims follow one \
          another in the same order in every one of them, so often that chance is ruled out, they are \
          not shuffled. Order by the claims' names is taken as hiding, too. It only warns: the fixed order \
          might be another than the original one.",
    judge: Judge::Run(hides_the_order_of_claims),
};

/// How sure it has to be that an order is no accident: one in e to this power.
const SURE: f64 = 20.0;

fn hides_the_order_of_claims(run: &Run) -> Finding {
    let credentials = seen_credentials::sd_jwts(run);
    if credentials.is_empty() {
        return Finding::Silent("no SD-JWT VC was issued");
    }
    let mut orders: BTreeMap<Group, Orders> = BTreeMap::new();
    for credential in &credentials {
        for Concealed { level, names, first } in levels(&credential.sd_jwt) {
            let vct = credential.sd_jwt.vct().unwrap_or_default().to_owned();
            let mut sorted = names.clone();
            sorted.sort_unstable();
            let orders = orders.entry((vct, level, sorted)).or_default();
            // The same digests again are not drawn again: their order says nothing more.
            if orders.drawn.insert(first) {
                orders.seen.insert(names);
            }
        }
    }
    let mut surest = 0.0_f64;
    for ((_, level, sorted), found) in &orders {
        let sure = found.surety(sorted.len());
        surest = surest.max(sure);
        let mut seen = found.seen.iter();
        if let (Some(order), None) = (seen.next(), seen.next())
            && order != sorted
            && sure >= SURE
        {
            let place = if level.is_empty() { "the top level" } else { level.as_str() };
            let breach = Breach::new(
                "digests in an order that has nothing to do with the claims",
                format!(
                    "at {place} in all of {} credentials: {}",
                    found.drawn.len(),
                    order.join(", ")
                ),
            );
            return Finding::Warns(breach, "it might be another order than the original one");
        }
    }
    match surest >= SURE {
        true => Finding::Holds,
        false => {
            Finding::Exempt("too few claims were hidden side by side to tell an order from chance")
        }
    }
}

/// A type, the pointer of an object in its credentials, and the names hidden there.
type Group = (String, String, Vec<String>);

#[derive(Default)]
struct Orders {
    /// The first digest of each credential.
    drawn: BTreeSet<String>,
    seen: BTreeSet<Vec<String>>,
}

impl Orders {
    /// How unlikely it is that shuffled digests of that many claims always come in one order.
    fn surety(&self, claims: usize) -> f64 {
        let orders: f64 = (2..=claims.min(20)).map(|factor| (factor as f64).ln()).sum();
        self.drawn.len().saturating_sub(1) as f64 * orders
    }
}

/// An object with several hidden properties.
struct Concealed {
    /// Its pointer.
    level: String,
    /// The names in the order of their digests.
    names: Vec<String>,
    /// The first of these digests.
    first: String,
}

fn levels(sd_jwt: &SdJwt) -> Vec<Concealed> {
    let (Ok(unpacked), Ok(hash)) = (sd_jwt.unpack(), sd_jwt.hash_algorithm()) else {
        return Vec::new();
    };
    let places: HashMap<String, usize> = sd_jwt
        .digests()
        .values()
        .enumerate()
        .map(|(place, digest)| (digest.to_owned(), place))
        .collect();
    let mut levels: BTreeMap<String, Vec<(usize, String, String)>> = BTreeMap::new();
    for one in unpacked.disclosed {
        let disclosure = sd_jwt.disclosures.get(one.disclosure);
        let digest = disclosure.map(|disclosure| disclosure.digest(hash)).unwrap_or_default();
        if let (Some(place), Some(name)) = (places.get(&digest), one.name) {
            levels.entry(one.level).or_default().push((*place, name, digest));
        }
    }
    let several = levels.into_iter().filter(|(_, names)| names.len() > 1);
    several
        .map(|(level, mut names)| {
            names.sort_unstable();
            let first = names.first().map(|(_, _, digest)| digest.clone()).unwrap_or_default();
            Concealed { level, names: names.into_iter().map(|(_, name, _)| name).collect(), first }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::formats::HashAlgorithm;
    use crate::jose::base64url;
    use serde_json::json;

    /// Many credentials with three hidden claims, in this order.
    fn many(names: [&str; 3], shuffled: bool) -> Stage {
        let paper = |number: u8| {
            let mut paper = Paper::honest(number);
            paper.disclosures =
                names.iter().map(|name| json!([format!("s-{number}-{name}"), name, 1])).collect();
            let digest = |one: &serde_json::Value| {
                HashAlgorithm::Sha256.digest(&base64url::encode(one.to_string()))
            };
            let mut digests: Vec<String> = paper.disclosures.iter().map(digest).collect();
            if shuffled {
                digests.sort_unstable();
            }
            paper.digests = Some(digests);
            paper
        };
        issued(&(1..=20).map(paper).collect::<Vec<_>>())
    }

    #[test]
    fn shuffled_and_sorted_claims_hold() {
        assert_holds(&super::CHECK, &many(["given_name", "family_name", "age"], true));
        assert_holds(&super::CHECK, &many(["age", "family_name", "given_name"], false));
    }

    #[test]
    fn the_same_order_every_time_warns() {
        let stage = many(["given_name", "family_name", "age"], false);
        assert_breaks(&super::CHECK, &stage, "all of 20 credentials: given_name, family_name, age");
        assert_outcome(&super::CHECK, &stage, Outcome::Warn);
    }

    #[test]
    fn a_few_prove_nothing() {
        let stage = issued(&[Paper::honest(1), Paper::honest(2)]);
        assert_outcome(&super::CHECK, &stage, Outcome::NotApplicable);
    }
}
