//! The key proofs of a credential request: all of them good, by distinct keys, with nonces that are used up.

use serde_json::{Map, Value};

use crate::{
    binding,
    dialect::Batch,
    expiring::Key,
    faults::{conduct::Conduct, rules::Rule},
    issuer::Issuer,
    key_attestation::{self, Place},
    key_proof::{self, Proved},
    public_key::PublicKey,
    refusal::Refusal,
    store::Grant,
};

/// Checks every proof, uses their nonces up, and answers the keys that credentials will be bound to.
pub fn prove(
    issuer: &Issuer,
    conduct: &Conduct,
    grant: &Grant,
    place: usize,
    proofs: &Option<Map<String, Value>>,
) -> Result<Vec<Option<PublicKey>>, Refusal> {
    let Good { keys, nonces } = check(issuer, conduct, grant, place, proofs)?;
    use_up(issuer, conduct, &nonces)?;
    if conduct.policy().binds_to_the_request_before {
        return Ok(issuer.store.keys_before(&grant.entitlement.offer_id, keys));
    }
    Ok(keys)
}

/// What the proofs of one request have proved.
pub struct Good {
    /// The keys that credentials will be bound to.
    pub keys: Vec<Option<PublicKey>>,
    /// The nonces that are used up with that.
    pub nonces: Vec<Key>,
}

/// Checks every proof for the credential in that place.
pub fn check(
    issuer: &Issuer,
    conduct: &Conduct,
    grant: &Grant,
    place: usize,
    proofs: &Option<Map<String, Value>>,
) -> Result<Good, Refusal> {
    let credential = issuer.credentials.get(place).ok_or_else(Refusal::crash)?;
    let methods = binding::methods(&issuer.settings, credential);
    let is_there = proofs.is_some() || methods.is_empty();
    conduct.require(Rule::ProofPresent, is_there, || invalid_proof("proofs are missing"))?;
    let Some(proofs) = proofs else {
        return Ok(Good { keys: vec![None], nonces: Vec::new() });
    };
    if let (Some(attestations), true) = (proofs.get("attestation"), proofs.len() == 1)
        && issuer.settings.key_attestations
    {
        return attested(issuer, conduct, attestations);
    }
    conduct.require(Rule::ProofTypeListed, proofs.contains_key("jwt"), || {
        invalid_proof("proofs are of no listed type")
    })?;
    let is_empty = |proofs: &Value| proofs.as_array().is_some_and(Vec::is_empty);
    conduct.require(Rule::ProofsNotEmpty, !proofs.get("jwt").is_some_and(is_empty), || {
        invalid_proof("proofs.jwt is empty")
    })?;
    if proofs.get("jwt").is_none_or(is_empty) {
        // Only a lapse comes here.
        return Ok(Good { keys: vec![None], nonces: Vec::new() });
    }
    let proofs = jwt_proofs(proofs)
        .ok_or_else(|| invalid_proof("expected proofs to hold one non-empty array named jwt"))?;
    let limit = limit(issuer);
    let is_within = u32::try_from(proofs.len()).is_ok_and(|count| count <= limit);
    conduct.require(Rule::BatchSize, is_within, || {
        invalid_proof("there are more proofs than the batch size")
    })?;
    let proved = check_all(issuer, conduct, grant, methods, &proofs)?;
    let (mut keys, mut further, mut used) = (Vec::new(), Vec::new(), Vec::new());
    let policy = conduct.policy();
    for Proved { key, nonces, attested } in proved {
        let is_distinct = !keys.contains(&Some(key.clone()));
        conduct.require(Rule::BatchKeysDistinct, is_distinct, || {
            invalid_proof("two proofs are by the same key")
        })?;
        let is_new = issuer.store.note_holder_key(&key.thumbprint());
        if policy.takes_each_key_once && !is_new {
            return Err(invalid_proof("a credential was bound to this key before"));
        }
        keys.push(Some(key));
        further.extend(attested);
        for nonce in nonces {
            if !used.contains(&nonce) {
                used.push(nonce);
            }
        }
    }
    add(&mut keys, further, limit);
    Ok(Good { keys, nonces: used })
}

/// Most proofs of one request.
fn limit(issuer: &Issuer) -> u32 {
    match issuer.settings.dialect.batch {
        Batch::Proofs => issuer.settings.batch_size.unwrap_or(1),
        Batch::Endpoint => 1,
    }
}

/// Adds the keys that are not there yet, as far as the limit allows.
fn add(keys: &mut Vec<Option<PublicKey>>, further: Vec<PublicKey>, limit: u32) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    for key in further.into_iter().map(Some) {
        if keys.len() < limit && !keys.contains(&key) {
            keys.push(key);
        }
    }
}

/// The keys of the one attestation that stands in place of key proofs (OpenID4VCI, appendix F.3).
fn attested(issuer: &Issuer, conduct: &Conduct, attestations: &Value) -> Result<Good, Refusal> {
    let attestations = attestations.as_array().map(Vec::as_slice).unwrap_or_default();
    let Some(first) = attestations.first().and_then(Value::as_str) else {
        return Err(invalid_proof("expected proofs.attestation to hold one attestation"));
    };
    conduct.require(Rule::AttestationSingle, attestations.len() == 1, || {
        invalid_proof("there is more than one attestation")
    })?;
    let good = key_attestation::check(issuer, conduct, first, Place::Proof)?;
    let mut keys = Vec::new();
    add(&mut keys, good.keys, limit(issuer));
    if keys.is_empty() {
        keys.push(None);
    }
    Ok(Good { keys, nonces: good.nonce.into_iter().collect() })
}

/// The proofs of the type that is always supported.
fn jwt_proofs(proofs: &Map<String, Value>) -> Option<Vec<&str>> {
    let jwt = proofs.get("jwt")?.as_array()?;
    let proofs_of_type: Option<Vec<&str>> = jwt.iter().map(Value::as_str).collect();
    proofs_of_type.filter(|of_type| proofs.len() == 1 && !of_type.is_empty())
}

/// One bad proof spoils them all (OpenID4VCI, section 8.3.1.2).
fn check_all(
    issuer: &Issuer,
    conduct: &Conduct,
    grant: &Grant,
    methods: &[&str],
    proofs: &[&str],
) -> Result<Vec<Proved>, Refusal> {
    let mut proved = Vec::new();
    for proof in proofs {
        match key_proof::check(issuer, conduct, grant, methods, proof) {
            Ok(good) => proved.push(good),
            Err(refusal) if proofs.len() == 1 => return Err(refusal),
            Err(refusal) => conduct.require(Rule::BatchAllGood, false, || refusal)?,
        }
    }
    if proved.is_empty() {
        return Err(invalid_proof("no proof is good"));
    }
    Ok(proved)
}

/// A nonce serves all proofs of one request, and no other request.
pub fn use_up(issuer: &Issuer, conduct: &Conduct, nonces: &[Key]) -> Result<(), Refusal> {
    for nonce in nonces {
        let was_unused = issuer.store.use_nonce(nonce);
        conduct.require(Rule::ProofNonceUnused, was_unused, key_proof::unknown_nonce)?;
    }
    Ok(())
}

fn invalid_proof(why: &'static str) -> Refusal {
    Refusal::bad_request("invalid_proof", why)
}
