//! A refusal that cannot be read is none that can be acted on.

use super::super::served;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "notification/errors-are-json",
    aliases: &[],
    since: "2026.3",
    title: "an unknown notification_id is told in JSON",
    level: Level::Must,
    raised_by: &[],
    applies: applicability::notification_endpoint,
    spec: &["vci#section-11.3"],
    obligation: "the refusal of an unknown notification_id has status 400, the media type application/json and an error code",
    doc: "A handler that answers `404` without a body, or the error page of a framework, leaves \
          the wallet to guess. Status and media type are a MUST here, which code it is a SHOULD.\n\n\
          Answer `400` with `Content-Type: application/json` and `{\"error\": \
          \"invalid_notification_id\"}`.",
    judge: Judge::Transcript(errors_are_json),
};

fn errors_are_json(scene: &Scene<'_>) -> Finding {
    let refused = scene.tampered("unknown-notification").find(|answered| {
        !answered.grants_something() && !matches!(answered.answer.status, 401 | 403 | 429 | 500..)
    });
    let Some(refused) = refused else {
        return Finding::Silent("no notification was refused for its notification_id");
    };
    let finding = match served::is_json_object(&refused) {
        Finding::Holds => Finding::expect(
            refused.answer.status == 400 && refused.error_code().is_some(),
            "400 with an error code",
            refused.summary(),
        ),
        other => other,
    };
    match finding {
        Finding::Breaks(breach) => {
            let Breach { expected, actual, .. } = breach;
            Finding::Breaks(Breach::new(expected, actual).at([refused.exchange.number]))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::staged::refused;
    use crate::checks::Outcome;
    use crate::checks::staging::{Stage, assert_breaks, assert_holds, assert_outcome};
    use crate::transcript::Station;

    const TAMPER: &str = "unknown-notification";

    #[test]
    fn json_with_400_holds() {
        assert_holds(&super::CHECK, &refused(TAMPER, 400, "invalid_notification_id"));
        assert_breaks(&super::CHECK, &refused(TAMPER, 404, "not_found"), "404");
        let text = [("content-type", "text/plain")];
        let stage = Stage::new().tampered_raw(TAMPER, Station::Notification, 400, &text, "no");
        assert_outcome(&super::CHECK, &stage, Outcome::Fail);
    }
}
