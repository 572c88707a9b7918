//! A credential ends with a tilde, so that a key binding JWT can be put behind it.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, Opened, Scene, applicability};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/ends-with-a-tilde",
    aliases: &[],
    since: "2026.1",
    title: "an SD-JWT VC is a JWT and disclosures, each followed by a tilde",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc9901#section-4", "rfc9901#section-7.2"],
    obligation: "an issued SD-JWT VC is a JWT and its disclosures, each followed by ~, with nothing after the last ~",
    doc: "The form is `<JWT>~<disclosure>~…~`, and the last tilde is part of it even when \
          there are no disclosures. Issuers that join the parts with `~` forget the last \
          one; a wallet that then appends its key binding JWT glues it to a disclosure.\n\n\
          No key binding JWT may follow: that is the holder's to make, and a holder must \
          reject a credential that has one.",
    judge: Judge::Answers(Station::Credential, ends_with_a_tilde),
};

fn ends_with_a_tilde(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    const EXPECTED: &str = "a JWT and disclosures, each followed by ~";
    let unreadable = scene.issued_by(answered).and_then(|issued| {
        issued.credentials.iter().find_map(|credential| match &credential.opened {
            Opened::Unreadable(error) => Some(error.to_string()),
            _ => None,
        })
    });
    if let Some(why) = unreadable {
        return Finding::breaks(EXPECTED, why);
    }
    each(answered, scene, |opened, _| {
        let sd_jwt = &opened.sd_jwt;
        if sd_jwt.key_binding_jwt.is_some() {
            return Finding::breaks("nothing after the last ~", "a JWT after the last ~");
        }
        Finding::expect(sd_jwt.ends_with_tilde, EXPECTED, "no ~ at the end")
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::Outcome;
    use crate::checks::staging::credentials::{Paper, issued, issued_texts};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    #[test]
    fn the_last_tilde_holds_with_and_without_disclosures() {
        let bare = Paper { disclosures: Vec::new(), ..Paper::honest(1) };
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1), bare]));
    }

    #[test]
    fn no_tilde_or_something_after_it_breaks() {
        let ending = |ending| issued(&[Paper { ending, ..Paper::honest(1) }]);
        assert_breaks(&super::CHECK, &ending(""), "no ~ at the end");
        assert_breaks(&super::CHECK, &ending("~e30.e30.c2ln"), "a JWT after");
    }

    #[test]
    fn what_is_no_jwt_at_all_breaks_here_and_nowhere_else() {
        let stage = issued_texts(&["nonsense~".into()], 1);
        assert_breaks(&super::CHECK, &stage, "3 parts");
        let typ = crate::checks::find("sd-jwt/typ-is-dc-sd-jwt");
        assert_outcome(typ.unwrap_or(&super::CHECK), &stage, Outcome::NotTestable);
    }
}
