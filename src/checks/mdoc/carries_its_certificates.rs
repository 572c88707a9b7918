//! A signature without a certificate is nobody's.

use super::each;
use crate::checks::{
    Answered, Breach, Check, Finding, Judge, Level, OpenedMdoc, Scene, applicability,
};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "mdoc/carries-its-certificates",
    aliases: &[],
    since: "2026.3",
    title: "the certificates stand in the unprotected header",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::mdoc,
    spec: &["iso18013-5", "rfc9360#section-2"],
    obligation: "the unprotected header of issuerAuth has x5chain (label 33): one certificate as a byte string, or several in an array, that of the signer first",
    doc: "The certificate of the document signer is the only way to the key: there is no \
          `kid` and no URL. It stands under the label `33` of the unprotected header, in \
          DER. One certificate is a bare byte string; an array is for two and more. Readers \
          take an array of one and a chain in the protected header all the same, so these \
          warn.\n\n\
          PEM text, base64 or `x5c` under a text label are habits of JOSE and of no use \
          here.",
    judge: Judge::Answers(Station::Credential, carries_its_certificates),
};

fn carries_its_certificates(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| chain(opened))
}

fn chain(opened: &OpenedMdoc) -> Finding {
    const EXPECTED: &str = "x5chain (33) in the unprotected header";
    let Some(chain) = &opened.mdoc.issuer_auth.chain else {
        return Finding::breaks(EXPECTED, "no x5chain");
    };
    let certificates = match &chain.certificates {
        Ok(certificates) => certificates,
        Err(why) => return Finding::breaks(EXPECTED, why),
    };
    if chain.is_protected {
        let breach = Breach::new(EXPECTED, "x5chain in the protected header");
        return Finding::Warns(breach, "readers find it there as well");
    }
    if chain.is_array && certificates.len() == 1 {
        let breach = Breach::new("one certificate as a byte string", "an array of one");
        return Finding::Warns(breach, "readers take it all the same");
    }
    Finding::Holds
}

#[cfg(test)]
mod tests {
    use ciborium::Value;

    use crate::checks::Outcome;
    use crate::checks::staging::Stage;
    use crate::checks::staging::mdocs::{issued, licence};
    use crate::checks::staging::{assert_breaks, assert_holds, assert_outcome};

    fn with(unprotected: Value) -> Stage {
        let mut draft = licence(1);
        draft.unprotected = unprotected;
        issued(&[draft])
    }

    fn chain(value: Value) -> Value {
        Value::Map(vec![(33.into(), value)])
    }

    fn certificate() -> Value {
        match licence(1).unprotected {
            Value::Map(members) => members[0].1.clone(),
            other => other,
        }
    }

    #[test]
    fn one_certificate_or_several_hold() {
        assert_holds(&super::CHECK, &issued(&[licence(1)]));
        assert_holds(&super::CHECK, &with(chain(Value::Array(vec![certificate(), certificate()]))));
        let alone = with(chain(Value::Array(vec![certificate()])));
        assert_outcome(&super::CHECK, &alone, Outcome::Warn);
    }

    #[test]
    fn none_or_no_certificates_break() {
        assert_breaks(&super::CHECK, &with(Value::Map(Vec::new())), "no x5chain");
        assert_breaks(&super::CHECK, &with(chain(Value::Array(Vec::new()))), "empty");
        assert_breaks(&super::CHECK, &with(chain("MIIB".into())), "a certificate is tstr");
        let mut protected = licence(1);
        protected.unprotected = Value::Map(Vec::new());
        protected.protected = Value::Map(vec![(1.into(), (-7).into()), (33.into(), certificate())]);
        assert_outcome(&super::CHECK, &issued(&[protected]), Outcome::Warn);
    }
}
