//! A request with a secret in it stays where it was sent.

use super::answers;
use crate::checks::{Breach, Check, Finding, Judge, Level, Scene, applicability};

pub static CHECK: Check = Check {
    id: "http/redirects-no-post",
    aliases: &[],
    since: "2026.3",
    title: "a POST is not redirected",
    level: Level::Derived,
    raised_by: &[],
    applies: applicability::always,
    spec: &["rfc9700#section-4.12"],
    obligation: "no POST is answered with a redirect",
    doc: "A client that follows a 307 sends the code, the token and the proofs on to wherever the answer says; one that \
          follows a 302 repeats the request as a GET. Redirects from http to https, or to an address with a slash at \
          its end, are mostly those of a proxy: publish the address that needs none.",
    judge: Judge::Transcript(redirects_no_post),
};

fn redirects_no_post(scene: &Scene<'_>) -> Finding {
    let mut posts = answers(scene).filter(|one| one.exchange.request.method == "POST").peekable();
    if posts.peek().is_none() {
        return Finding::Silent("nothing was posted");
    }
    match posts.find(|one| matches!(one.answer.status, 301 | 302 | 303 | 307 | 308)) {
        Some(redirected) => {
            let actual = format!("{} at {}", redirected.answer.status, redirected.exchange.station);
            let breach = Breach::new("an answer to the POST itself", actual);
            Finding::Breaks(breach.at([redirected.exchange.number]))
        }
        None => Finding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::staging::{Stage, assert_breaks, assert_holds};
    use crate::transcript::Station;

    #[test]
    fn a_redirect_breaks() {
        let stage = |status| {
            Stage::new().answer(Station::Nonce, status, &[], "").sent("POST", "https://h", &[], "")
        };
        assert_holds(&super::CHECK, &stage(200));
        assert_breaks(&super::CHECK, &stage(307), "307 at nonce");
    }
}
