//! How the issuer behaves in one exchange: honestly, but for the faults that stand or were drawn for it.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{Draw, FAULTS, Fault, Lapse, Rule, Stage};
use crate::{
    answer::Answer,
    cbor::Cbor,
    formats::{
        Context,
        jwt_vc::Unsigned,
        mdoc::{Draft, Sealed},
        sd_jwt::{Claims, Packed},
    },
    incoming::Incoming,
    issuer::Issuer,
    jwe::Envelope,
    negotiated_metadata::SignedMetadata,
    offers::{Link, Minted},
    random,
    refusal::Refusal,
    settings::{Misbehave, Settings},
    station::Station,
    status_list::StatusListToken,
    store::{Grant, Policy, Transaction},
};

/// The faults of one exchange, and the points at which they take hold.
#[derive(Debug, Clone, Copy)]
pub struct Conduct<'a> {
    standing: &'a [&'static Fault],
    drawn: Option<&'static Fault>,
    turn: u64,
    station: Station,
}

impl<'a> Conduct<'a> {
    /// The conduct of the next exchange; `turns` counts them.
    pub fn next(settings: &'a Settings, turns: &AtomicU64, station: Station) -> Self {
        let turn = turns.fetch_add(1, Ordering::Relaxed);
        Self {
            standing: &settings.faults,
            drawn: settings.misbehave.and_then(|misbehave| draw(misbehave, turn, station)),
            turn,
            station,
        }
    }

    fn stages(&self) -> impl Iterator<Item = Stage> {
        let faults = self.standing.iter().copied().chain(self.drawn);
        faults
            .flat_map(|fault| match &fault.stage {
                Stage::Several(parts) => *parts,
                one => std::slice::from_ref(one),
            })
            .copied()
    }

    /// The gate through which every refusal passes: `Ok` if the rule holds, or if a lapse lets the breach through.
    pub fn require(
        &self,
        rule: Rule,
        holds: bool,
        refusal: impl FnOnce() -> Refusal,
    ) -> Result<(), Refusal> {
        if holds {
            return Ok(());
        }
        let lapse = self.stages().find_map(|stage| match stage {
            Stage::Rule(own, lapse) if own == rule => Some(lapse),
            Stage::RuleAt(stations, own, lapse)
                if own == rule && stations.contains(&self.station) =>
            {
                Some(lapse)
            }
            _ => None,
        });
        match lapse {
            None => Err(refusal()),
            Some(Lapse::Accepts) => Ok(()),
            Some(Lapse::Crashes) => Err(Refusal::crash()),
            Some(Lapse::Answers { status, code }) => Err(refusal().answering(status, code)),
        }
    }

    /// Refuses what no rule speaks against.
    pub fn object(&self, incoming: &Incoming) -> Result<(), Refusal> {
        for stage in self.stages() {
            if let Stage::Request(stations, objection) = stage
                && stations.contains(&incoming.station)
                && let Some(refusal) = objection(incoming)
            {
                return Err(refusal);
            }
        }
        Ok(())
    }

    /// An unguessable value.
    pub fn draw(&self, what: Draw) -> String {
        let otherwise = self.stages().find_map(|stage| match stage {
            Stage::Draw(own, value) if own == what => Some(value(self.turn)),
            _ => None,
        });
        otherwise.unwrap_or_else(random::long)
    }

    /// How codes are kept.
    pub fn policy(&self) -> Policy {
        let mut policy = Policy::default();
        for stage in self.stages() {
            if let Stage::Store(alter) = stage {
                alter(&mut policy);
            }
        }
        policy
    }

    /// Before a credential that is put off is kept.
    pub fn amend_transaction(&self, transaction: &mut Transaction) {
        for stage in self.stages() {
            if let Stage::Transaction(alter) = stage {
                alter(transaction);
            }
        }
    }

    /// Before what a refresh grants is handed out.
    pub fn amend_refreshed(&self, issuer: &Issuer, grant: &mut Grant) {
        for stage in self.stages() {
            if let Stage::Refreshed(alter) = stage {
                alter(issuer, grant);
            }
        }
    }

    /// Before an offer is stored; `credential_issuer` is the issuer's identifier.
    pub fn amend_offer(&self, minted: &mut Minted, credential_issuer: &str) {
        for stage in self.stages() {
            if let Stage::Offer(alter) = stage {
                alter(minted, credential_issuer);
            }
        }
    }

    /// Before the link to an offer is written.
    pub fn amend_link(&self, link: &mut Link) {
        for stage in self.stages() {
            if let Stage::Link(alter) = stage {
                alter(link);
            }
        }
    }

    /// Before anything is hidden.
    pub fn amend_claims(&self, claims: &mut Claims, context: &Context) {
        for stage in self.stages() {
            if let Stage::Claims(alter) = stage {
                alter(claims, context);
            }
        }
    }

    /// Before claims are hidden under these salts.
    pub fn amend_salts(&self, salts: &mut [String], context: &Context) {
        for stage in self.stages() {
            if let Stage::Salts(alter) = stage {
                alter(salts, context);
            }
        }
    }

    /// Before a credential is signed.
    pub fn amend_packed(&self, packed: &mut Packed, context: &Context) {
        for stage in self.stages() {
            if let Stage::Packed(alter) = stage {
                alter(packed, context);
            }
        }
    }

    /// Before a W3C credential is signed.
    pub fn amend_jwt_vc(&self, unsigned: &mut Unsigned, context: &Context) {
        for stage in self.stages() {
            if let Stage::JwtVc(alter) = stage {
                alter(unsigned, context);
            }
        }
    }

    /// Before an mdoc is digested.
    pub fn amend_mdoc_draft(&self, draft: &mut Draft, context: &Context) {
        for stage in self.stages() {
            if let Stage::MdocDraft(alter) = stage {
                alter(draft, context);
            }
        }
    }

    /// Before an mdoc is signed.
    pub fn amend_mdoc_sealed(&self, sealed: &mut Sealed) {
        for stage in self.stages() {
            if let Stage::MdocSealed(alter) = stage {
                alter(sealed);
            }
        }
    }

    /// After an mdoc was signed.
    pub fn amend_mdoc_signed(&self, issuer_signed: &mut Cbor) {
        for stage in self.stages() {
            if let Stage::MdocSigned(alter) = stage {
                alter(issuer_signed);
            }
        }
    }

    /// After a credential was signed.
    pub fn amend_signed(&self, credential: String) -> String {
        self.stages().fold(credential, |credential, stage| match stage {
            Stage::Signed(alter) => alter(credential),
            _ => credential,
        })
    }

    /// Before an answer is encrypted.
    pub fn amend_envelope(&self, envelope: &mut Envelope) {
        for stage in self.stages() {
            if let Stage::Envelope(alter) = stage {
                alter(envelope);
            }
        }
    }

    /// Before the status list is signed.
    pub fn amend_status_list(&self, token: &mut StatusListToken) {
        for stage in self.stages() {
            if let Stage::StatusList(alter) = stage {
                alter(token);
            }
        }
    }

    /// Before issuer metadata are signed.
    pub fn amend_signed_metadata(&self, metadata: &mut SignedMetadata) {
        for stage in self.stages() {
            if let Stage::SignedMetadata(alter) = stage {
                alter(metadata);
            }
        }
    }

    /// As an answer leaves.
    pub fn amend_answer(&self, station: Station, answer: &mut Answer) {
        for stage in self.stages() {
            if let Stage::Wire(stations, alter) = stage
                && stations.contains(&station)
            {
                alter(answer);
            }
        }
    }
}

/// The fault that lot gives to this turn, among those that can show at the station.
fn draw(misbehave: Misbehave, turn: u64, station: Station) -> Option<&'static Fault> {
    let first = mix(misbehave.seed ^ mix(turn));
    let chance = (first >> 11) as f64 / (1_u64 << 53) as f64;
    if chance >= misbehave.share {
        return None;
    }
    let candidates = || {
        let faults = FAULTS.iter().copied();
        faults.filter(|fault| fault.stage.stations().contains(&station))
    };
    let count = u64::try_from(candidates().count()).ok()?;
    let place = mix(first).checked_rem(count)?;
    candidates().nth(usize::try_from(place).ok()?)
}

/// The output function of SplitMix64.
fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_faults() {
        let misbehave = Misbehave { share: 0.5, seed: 7 };
        let day = || -> Vec<Option<&str>> {
            (0..200)
                .map(|turn| draw(misbehave, turn, Station::Token).map(|fault| fault.name))
                .collect()
        };
        assert_eq!(day(), day());
        let bad = day().into_iter().flatten().count();
        assert!((60..140).contains(&bad), "{bad} of 200 at a share of one half");
    }

    #[test]
    fn a_share_of_nothing_draws_nothing() {
        let misbehave = Misbehave { share: 0.0, seed: 7 };
        assert!((0..100).all(|turn| draw(misbehave, turn, Station::Nonce).is_none()));
    }
}
