//! Of two members of one name, each reader picks its own.

use super::each;
use crate::checks::{Answered, Check, Finding, Judge, Level, Scene, applicability, shape};
use crate::transcript::Station;

pub static CHECK: Check = Check {
    id: "sd-jwt/has-no-repeated-names",
    aliases: &[],
    since: "2026.3",
    title: "no member name occurs twice",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::sd_jwt_vc,
    spec: &["rfc7519#section-4", "rfc7515#section-4"],
    obligation: "no object in the header, the payload or a disclosure of an issued SD-JWT VC has two members of one name",
    doc: "JSON readers keep the last of two members, or the first, or refuse. A credential with two `exp` is \
          valid here and expired there. It happens where JSON is put together as text, or where standard \
          claims are added to data that have them already.",
    judge: Judge::Answers(Station::Credential, has_no_repeated_names),
};

fn has_no_repeated_names(answered: &Answered<'_>, scene: &Scene<'_>) -> Finding {
    each(answered, scene, |opened, _| {
        let repeated = opened.sd_jwt.repeated_names();
        let shown: Vec<String> = repeated.iter().take(3).map(|name| shape::quote(name)).collect();
        Finding::expect(
            repeated.is_empty(),
            "each name once in its object",
            format!("{} again", shown.join(", ")),
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::credentials::{Paper, issued, issued_texts};
    use crate::checks::staging::{assert_breaks, assert_holds};
    use crate::jose::base64url;

    #[test]
    fn a_name_twice_warns_wherever_it_is() {
        assert_holds(&super::CHECK, &issued(&[Paper::honest(1)]));
        let honest = Paper::honest(1).text();
        let twice = base64url::encode(r#"["s","address",{"city":1,"city":2}]"#);
        assert_breaks(&super::CHECK, &issued_texts(&[format!("{honest}{twice}~")], 1), "city");
        let payload = base64url::encode(r#"{"vct":"a","vct":"b"}"#);
        let unsigned = format!("{}.{payload}.AA~", base64url::encode(r#"{"alg":"ES256"}"#));
        assert_breaks(&super::CHECK, &issued_texts(&[unsigned], 1), "vct");
    }
}
