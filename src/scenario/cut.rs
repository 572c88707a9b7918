//! A scenario cut short: only its honest beginning, or only what leads to one request.

use super::{Need, Scenario, Step};

impl Scenario {
    /// What of it an honest wallet would do with a single offer, to see what an issuer says;
    /// none of scenarios that are there for something else. Where all there is is one offer,
    /// its scenario ends before the first request with something wrong in it.
    pub fn honest(&self) -> Option<Self> {
        let mut honest = self.clone();
        if self.needs.contains(&Need::SingleOffer) {
            let is_honest = |step: &Step| step.tamper.is_empty();
            honest.steps = self.steps.iter().take_while(|step| is_honest(step)).cloned().collect();
        }
        let is_plain = |step: &Step| step.tamper.is_empty() && step.at_once == 1;
        let is_honest = !honest.steps.is_empty() && honest.steps.iter().all(is_plain);
        (is_honest && honest.offers() <= 1).then_some(honest)
    }

    /// What leads up to a request, and the request: its step from 1, and the tamper where it had
    /// one. Step 0 is what a wallet does before its first. A tampered request keeps the plain
    /// ones behind it: they show that it was the tamper that was refused.
    pub fn up_to(&self, step: u32, tamper: Option<&str>) -> Self {
        let last = usize::try_from(step).unwrap_or(usize::MAX).max(1);
        let mut cut = self.clone();
        cut.steps.truncate(last);
        if let (Some(step), Some(tamper)) = (cut.steps.get_mut(last - 1), tamper)
            && let Some(at) = step.tamper.iter().position(|name| name == tamper)
        {
            step.tamper.truncate(at + 1);
            let behind = self.steps.iter().skip(last);
            cut.steps.extend(behind.filter(|step| step.tamper.is_empty()).cloned());
        }
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{KnownTamper, Vocabulary, load};
    use crate::transcript::Station;

    fn scenario(needs: &str, steps: &str) -> Scenario {
        let row = |name| KnownTamper { name, at: &[Station::Token] };
        let known = Vocabulary { checks: vec!["a/b"], tampers: ["a", "b", "c"].map(row).to_vec() };
        let text = format!("title = \"One\"\naims = [\"a/b\"]\nneeds = [{needs}]\n{steps}");
        let loaded = load("x", &text, &known).unwrap_or_else(|error| unreachable!("{error}"));
        loaded.into_iter().next().unwrap_or_else(|| unreachable!("nothing was read"))
    }

    const PLAIN: &str = "[[step]]\ndo = \"token\"\n";
    const TAMPERED: &str = "[[step]]\ndo = \"token\"\ntamper = [\"a\", \"b\", \"c\"]\n";
    const ANOTHER: &str = "[[step]]\ndo = \"token\"\noffer = \"second\"\n";
    const RACE: &str = "[[step]]\ndo = \"token\"\nat_once = 8\n";

    #[test]
    fn one_offer_without_anything_wrong_is_honest() {
        let steps = |needs: &str, steps: &[&str]| {
            scenario(needs, &steps.concat()).honest().map(|honest| honest.steps.len())
        };
        assert_eq!(steps("\"offer\"", &[PLAIN, PLAIN]), Some(2));
        assert_eq!(steps("\"offer\"", &[PLAIN, ANOTHER]), None);
        assert_eq!(steps("\"offer\"", &[PLAIN, TAMPERED]), None);
        assert_eq!(steps("\"offer\"", &[RACE]), None);
        assert_eq!(steps("\"single-offer\"", &[PLAIN, TAMPERED, PLAIN]), Some(1));
        assert_eq!(steps("\"single-offer\"", &[TAMPERED, PLAIN]), None);
    }

    #[test]
    fn a_scenario_is_cut_after_the_request_in_question() {
        let whole = scenario("\"offer\"", &[PLAIN, TAMPERED, PLAIN].concat());
        let cut = whole.up_to(2, Some("b"));
        assert_eq!((cut.steps.len(), cut.steps[1].tamper.join(" ")), (3, "a b".to_owned()));
        assert_eq!(whole.up_to(1, None).steps.len(), 1);
        assert_eq!(whole.up_to(0, None).steps.len(), 1);
        assert_eq!(whole.up_to(9, Some("z")), whole);
    }
}
