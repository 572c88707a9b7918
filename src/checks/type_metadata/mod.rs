//! What must hold of the type metadata behind a `vct`, and of credentials by what those say.
//!
//! Nobody has to publish type metadata, and nobody has to publish them at the `vct`: where none
//! are found there, nothing is judged. Documents at other hosts than the issuer's may be somebody
//! else's; what is wrong with them only warns.

mod claims_are_well_formed;
mod credential_hides_as_told;
mod display_is_well_formed;
mod extended_type_is_found;
mod extends_integrity_matches;
mod extends_without_a_cycle;
mod extension_keeps_the_rules;
mod has_one_schema;
mod is_a_json_object;
mod is_served_as_json;
mod mandatory_claims_are_there;
mod names_its_vct;
mod names_languages_as_pinned;
mod rendering_is_well_formed;
mod svg_ids_are_unique;
mod vct_integrity_matches;

use serde_json::Value;
use url::Url;

use super::{Answered, Applies, Check, Finding, Issued, Scene, applicability, judge};
use crate::formats::SdJwt;
use crate::formats::integrity::{Integrity, compare};
use crate::protocol::{ClaimMetadata, ClaimsPath, TypeMetadata};
use crate::transcript::Station;

/// The checks of type metadata.
pub const CHECKS: &[&Check] = &[
    &is_a_json_object::CHECK,
    &is_served_as_json::CHECK,
    &names_its_vct::CHECK,
    &vct_integrity_matches::CHECK,
    &extended_type_is_found::CHECK,
    &extends_integrity_matches::CHECK,
    &extends_without_a_cycle::CHECK,
    &extension_keeps_the_rules::CHECK,
    &display_is_well_formed::CHECK,
    &names_languages_as_pinned::CHECK,
    &rendering_is_well_formed::CHECK,
    &claims_are_well_formed::CHECK,
    &svg_ids_are_unique::CHECK,
    &has_one_schema::CHECK,
    &credential_hides_as_told::CHECK,
    &mandatory_claims_are_there::CHECK,
];

/// What people are to call the type of a credential: by its type metadata, or by those of a type
/// that it extends; nothing where the metadata are not those that the credential has the hash of.
pub fn display_name(sd_jwt: &SdJwt, scene: &Scene<'_>) -> Option<String> {
    let vct = sd_jwt.vct()?;
    if let Some(hash) = sd_jwt.payload().get("vct#integrity") {
        let served = answer_from(&location(vct, scene)?, scene)?;
        let found = compare(hash.as_str()?, &served.answer.body.octets());
        if !matches!(found, Integrity::Matches | Integrity::MatchesOddly) {
            return None;
        }
    }
    let name = |document: &Document<'_>| Some(document.metadata.display_name()?.to_owned());
    chain(vct, scene).iter().find_map(name)
}

/// Concerns issuers at whose `vct` type metadata are found.
fn described(scene: &Scene<'_>) -> Applies {
    match published(scene) {
        Applies::Yes if chains(scene).all(|chain| chain.is_empty()) && has_issued(scene) => {
            Applies::No("what stands at the vct is no JSON object".to_owned())
        }
        applies => applies,
    }
}

/// Concerns issuers at whose `vct` something is found that is meant as type metadata.
fn published(scene: &Scene<'_>) -> Applies {
    if let Applies::No(reason) = applicability::sd_jwt_vc(scene) {
        return Applies::No(reason);
    }
    let vcts: Vec<&str> = vcts(scene).map(|(vct, _)| vct).collect();
    if vcts.is_empty() {
        return Applies::Yes;
    }
    let located: Vec<Url> = vcts.into_iter().filter_map(|vct| location(vct, scene)).collect();
    if located.is_empty() {
        return Applies::No("no vct is an https URL, where type metadata could stand".to_owned());
    }
    let answers: Vec<Answered<'_>> =
        located.iter().filter_map(|url| answer_from(url, scene)).collect();
    if answers.is_empty() {
        return Applies::No("the type metadata were not fetched from the vct".to_owned());
    }
    Applies::when(
        answers.iter().any(is_meant_as_metadata),
        "no type metadata are published at the vct, and nobody has to",
    )
}

fn has_issued(scene: &Scene<'_>) -> bool {
    vcts(scene).next().is_some()
}

/// The types of the credentials that were issued, with their integrity metadata.
fn vcts<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = (&'s str, Option<&'s Value>)> {
    scene.issued().iter().flat_map(Issued::sd_jwts).filter_map(|(_, opened)| {
        let sd_jwt = &opened.sd_jwt;
        Some((sd_jwt.vct()?, sd_jwt.payload().get("vct#integrity")))
    })
}

fn location(vct: &str, scene: &Scene<'_>) -> Option<Url> {
    TypeMetadata::location(vct, |url| scene.allows_http(url))
}

/// The last answer from a URL.
fn answer_from<'s>(url: &Url, scene: &'s Scene<'_>) -> Option<Answered<'s>> {
    let is_asked = |answered: &Answered<'_>| scene.is_from(answered.exchange, url);
    scene.answers(Station::TypeMetadata).filter(is_asked).last()
}

/// Whether an answer is meant as type metadata: it is JSON or says so. A page for people at the
/// same URL is not: the metadata may come from a registry (SD-JWT VC 6.3).
fn is_meant_as_metadata(answered: &Answered<'_>) -> bool {
    if !answered.answer.is_success() {
        return false;
    }
    let media_type = answered.answer.media_type().unwrap_or_default();
    let says_so = media_type == "application/json" || media_type.ends_with("+json");
    says_so || answered.json.is_some()
}

/// A document that was fetched, and where.
struct Document<'s> {
    url: Url,
    answered: Answered<'s>,
    metadata: TypeMetadata<'s>,
}

fn document_at<'s>(vct: &str, scene: &'s Scene<'_>) -> Option<Document<'s>> {
    let url = location(vct, scene)?;
    let answered = answer_from(&url, scene).filter(|answered| answered.answer.is_success())?;
    let json = answered.json.filter(|json| json.is_object())?;
    Some(Document { url, answered, metadata: TypeMetadata::new(json) })
}

/// The documents of a type: its own, then that of the type it extends, and so on, each once.
fn chain<'s>(vct: &str, scene: &'s Scene<'_>) -> Vec<Document<'s>> {
    let mut chain: Vec<Document<'s>> = Vec::new();
    let mut next = document_at(vct, scene);
    while let Some(document) = next {
        if chain.iter().any(|earlier| earlier.url == document.url) {
            break;
        }
        next = document.metadata.extends().and_then(|vct| document_at(vct, scene));
        chain.push(document);
    }
    chain
}

fn chains<'s>(scene: &'s Scene<'_>) -> impl Iterator<Item = Vec<Document<'s>>> {
    vcts(scene).map(|(vct, _)| chain(vct, scene))
}

/// The claim descriptions of a type with those that it inherits: for the same path, those of the
/// extending type stand (SD-JWT VC, Extending Claim Metadata).
fn effective_claims<'s>(chain: &[Document<'s>]) -> Vec<(ClaimsPath, ClaimMetadata<'s>)> {
    let mut claims: Vec<(ClaimsPath, ClaimMetadata<'s>)> = Vec::new();
    for document in chain {
        for claim in document.metadata.claims() {
            if let Some(path) = claim.path()
                && claims.iter().all(|(known, _)| *known != path)
            {
                claims.push((path, claim));
            }
        }
    }
    claims
}

/// What is found in a document, at most a warning where it stands at a host that is not the
/// issuer's.
fn in_document(
    answered: &Answered<'_>,
    scene: &Scene<'_>,
    judge_one: impl Fn(TypeMetadata<'_>) -> Finding,
) -> Finding {
    let json = answered.json.filter(|json| json.is_object() && answered.answer.is_success());
    match json {
        Some(json) => by_whose_it_is(judge_one(TypeMetadata::new(json)), answered, scene),
        None => Finding::Silent("it is no type metadata document"),
    }
}

fn by_whose_it_is(finding: Finding, answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    let host = host(&answered.exchange.request.url);
    let own = [Station::IssuerMetadata, Station::AsMetadata]
        .into_iter()
        .flat_map(|station| scene.transcript.at(station))
        .any(|exchange| self::host(&exchange.request.url) == host);
    match finding {
        Finding::Breaks(breach) if !own => {
            Finding::Warns(breach, "the document stands at another host and may be somebody else's")
        }
        finding => finding,
    }
}

fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// The first entry of an array that has something wrong about it.
fn first_fault(
    entries: Option<&Value>,
    what: &str,
    fault: impl Fn(&Value) -> Option<String>,
) -> Option<String> {
    let entries = entries?;
    let Some(entries) = entries.as_array() else {
        return Some(format!("{what} is {}", super::shape::describe(Some(entries))));
    };
    entries.iter().enumerate().find_map(|(index, entry)| {
        Some(format!("entry {} of {what}: {}", index + 1, fault(entry)?))
    })
}

/// The worst of several findings.
fn worst(findings: impl IntoIterator<Item = Finding>) -> Finding {
    findings.into_iter().reduce(judge::worse).unwrap_or(Finding::Holds)
}

#[cfg(test)]
mod staged {
    use serde_json::{Value, json};

    use crate::checks::staging::Stage;
    use crate::checks::staging::credentials::{Paper, issued};
    use crate::transcript::Station;

    /// The `vct` of staged credentials.
    pub const VCT: &str = "https://issuer.example/vct/pid";

    /// An honest credential whose type has this document.
    pub fn described(document: Value) -> Stage {
        of_type(issued(&[Paper::honest(1)]), VCT, document)
    }

    /// With this document at this URL.
    pub fn of_type(stage: Stage, url: &str, document: Value) -> Stage {
        stage.answer_json(Station::TypeMetadata, 200, document).sent("GET", url, &[], "")
    }

    /// An honest credential, and this answer from its `vct`.
    pub fn answered(status: u16, media_type: &str, body: &str) -> Stage {
        issued(&[Paper::honest(1)])
            .answer(Station::TypeMetadata, status, &[("content-type", media_type)], body)
            .sent("GET", VCT, &[], "")
    }

    /// A document without anything wrong.
    pub fn plain() -> Value {
        json!({ "vct": VCT, "name": "PID" })
    }
}
