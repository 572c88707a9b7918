//! Nothing hidden, nothing to look for.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/omits-an-empty-sd",
    aliases: &[],
    since: "2026.3",
    title: "a credential that hides nothing has no _sd",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["sdjwtvc#section-3.2.2.4"],
    obligation: "an SD-JWT VC without disclosures has no _sd",
    doc: "A credential in which nothing is selectively disclosable is allowed. It has no `_sd`, neither an \
          empty array, as a serializer leaves it behind, nor one that holds decoys only.",
    judge: Judge::Answers(Station::Credential, omits_an_empty_sd),
};

fn omits_an_empty_sd(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| {
        if !opened.sd_jwt.disclosures.is_empty() {
            return Finding::Exempt("something is selectively disclosable");
        }
        let found = opened.sd_jwt.payload().get("_sd");
        Finding::expect(
            found.is_none(),
            "no _sd, as there are no disclosures",
            format!("_sd is {}", shape::describe(found)),
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued, issued_texts};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn nothing_hidden_and_nothing_left_behind_holds() {
        let open = format!("{}~", Paper::honest(1).draft.compact());
        assert_holds(&super::CHECK, &issued_texts(&[open], 1));
        assert_outcome(&super::CHECK, &issued(&[Paper::honest(1)]), Outcome::NotApplicable);
        let mut empty = Paper::honest(1);
        empty.disclosures.clear();
        assert_breaks(&super::CHECK, &issued(&[empty.clone()]), "an empty array");
        empty.digests = Some(vec!["decoy".into()]);
        assert_breaks(&super::CHECK, &issued(&[empty]), "an array of 1");
    }
}
