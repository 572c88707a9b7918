//! The redacted projection of a run: what every report is made from.
//!
//! Secrets become pseudonyms that hold for one run (`token#1`), so that equality and reuse stay
//! visible; claims become typed placeholders. A secret is replaced where the protocol puts it,
//! and by value wherever else it reappears; a Transaction Code of a few digits only where that can
//! be told from any other number.

mod claims;
mod fragments;
mod opened;
mod pins;
mod places;
mod pseudonyms;
mod scrubber;

use serde_json::Value;

pub use self::opened::OpenedToken;
use self::pins::Setting;
use self::pseudonyms::{Kind, Pseudonyms};
use self::scrubber::Scrubber;
use super::{Ending, Exchange, Expectation, OfferRecord, Received, Relaxation, Run, Transcript};

/// Knows every secret of one run, and what to call it.
#[derive(Debug, Default)]
pub struct Redactor {
    /// None for one that is blind.
    pseudonyms: Option<Pseudonyms>,
    scrubber: Scrubber,
}

impl Redactor {
    /// Learns the secrets of a run: codes, tokens, transaction codes, nonces, proofs, attestations, client
    /// secrets, cookies, header fields that the user gave, credentials with their claims, and the offers that carry codes.
    pub fn of(run: &Run) -> Self {
        let mut pseudonyms = Pseudonyms::default();
        let published = published(run);
        let mut probe = run.clone();
        for transcript in &mut probe.transcripts {
            places::visit(transcript, &mut |kind, value| {
                if kind != Kind::GivenField || !published.contains(value) {
                    pseudonyms.learn(kind, value);
                }
                None
            });
        }
        pseudonyms.publish(&published);
        let mut pins = pseudonyms.pins().clone();
        if !pins.is_empty() {
            for transcript in &run.transcripts {
                places::sentences(transcript, &mut |sentence| pins.learn_echoes(sentence));
            }
        }
        let scrubber = Scrubber::new(pseudonyms.patterns(), pins);
        Self { pseudonyms: Some(pseudonyms), scrubber }
    }

    /// One that knows no secret, and leaves everything as it is.
    pub fn blind() -> Self {
        Self::default()
    }

    /// The text with every learnt secret replaced, also where it is percent-encoded or escaped
    /// as in JSON.
    ///
    /// Secrets of fewer than four characters are left alone here, short ones that are letters
    /// or digits alone are replaced as whole words only: they would tear up every other text.
    /// Transaction Codes of a few digits are replaced only where a number can be nothing else.
    pub fn scrub(&self, text: &str) -> String {
        self.scrubber.scrub(text, Setting::Text)
    }

    /// The same for a string of a document, which may be nothing but such a code.
    pub fn scrub_value(&self, text: &str) -> String {
        self.scrubber.scrub(text, Setting::Value)
    }

    /// The text with the JSON of these claims replaced by their types, however short they are, and
    /// then scrubbed.
    pub fn conceal(&self, text: &str, claims: &[Value]) -> String {
        let mut text = text.to_owned();
        if self.pseudonyms.is_none() {
            return text;
        }
        for claim in claims {
            text = text.replace(&claim.to_string(), claims::type_of(claim));
        }
        self.scrub(&text)
    }

    /// The run without its secrets. In their own places even the shortest are replaced.
    pub fn redact(&self, run: &Run) -> Run {
        let mut redacted = run.clone();
        let Some(pseudonyms) = &self.pseudonyms else {
            return redacted;
        };
        let provenance = &mut redacted.provenance;
        self.clean(&mut provenance.offer_source);
        for relaxation in &mut provenance.relaxations {
            if let Relaxation::AllowHttp(text) | Relaxation::ExtraRoot(text) = relaxation {
                self.clean(text);
            }
        }
        for transcript in &mut redacted.transcripts {
            places::visit(transcript, &mut |kind, value| Some(pseudonyms.name(kind, value)));
            self.clean_texts(transcript);
        }
        redacted
    }

    /// What is inside every JWT and SD-JWT of the run, without what is secret in it, in the order
    /// in which they were met. What cannot be decoded is absent; there are none where nothing is
    /// redacted, since the exchanges hold the tokens themselves.
    pub fn opened(&self) -> Vec<OpenedToken> {
        let tokens = self.pseudonyms.iter().flat_map(Pseudonyms::met);
        tokens.filter_map(|(value, name)| opened::open(name, value, &self.scrubber)).collect()
    }

    fn clean(&self, text: &mut String) {
        self.clean_in(Setting::Text, text);
    }

    fn clean_in(&self, setting: Setting, text: &mut String) {
        *text = self.scrubber.scrub(text, setting);
    }

    fn clean_texts(&self, transcript: &mut Transcript) {
        match &mut transcript.ending {
            Ending::Completed => {}
            Ending::Stopped { why, .. }
            | Ending::Failed { why }
            | Ending::NotApplicable { why }
            | Ending::NotRun { why } => self.clean(why),
        }
        transcript.skipped.iter_mut().for_each(|skipped| self.clean(&mut skipped.why));
        for expected in &mut transcript.expectations {
            self.clean_expectation(&mut expected.expect);
        }
        transcript.offers.iter_mut().for_each(|offer| self.clean_offer(offer));
        transcript.exchanges.iter_mut().for_each(|exchange| self.clean_exchange(exchange));
        if let Some(backend) = &mut transcript.backend {
            backend.offer_ids.iter_mut().for_each(|id| self.clean(id));
            for callback in &mut backend.callbacks {
                places::each_string(&mut callback.body, &mut |text| {
                    self.clean_in(Setting::Value, text)
                });
            }
        }
        if let Some(elsewhere) = &mut transcript.elsewhere {
            elsewhere.offers.iter_mut().for_each(|offer| self.clean_offer(offer));
            elsewhere.exchanges.iter_mut().for_each(|exchange| self.clean_exchange(exchange));
        }
    }

    fn clean_offer(&self, offer: &mut OfferRecord) {
        self.clean(&mut offer.source);
        self.clean(&mut offer.given);
        if let Some(object) = &mut offer.object {
            places::each_string(object, &mut |text| self.clean_in(Setting::Value, text));
        }
    }

    /// What a script expects stands in a file of its author's, but for values that were saved from
    /// an earlier answer.
    fn clean_expectation(&self, expect: &mut Expectation) {
        let credential = expect.credential.as_mut();
        let claims = credential.map(|credential| &mut credential.claims);
        let maps = [Some(&mut expect.headers), Some(&mut expect.body), claims];
        for (_, value) in maps.into_iter().flatten().flatten() {
            places::each_string(value, &mut |text| self.clean_in(Setting::Value, text));
        }
        expect.error.iter_mut().for_each(|text| self.clean(text));
    }

    fn clean_exchange(&self, exchange: &mut Exchange) {
        if let Some(tamper) = &mut exchange.tamper {
            self.clean(&mut tamper.says);
            tamper.places.iter_mut().for_each(|place| self.clean(place));
        }
        self.clean_in(Setting::Pairs, &mut exchange.request.url);
        let request = &mut exchange.request;
        places::texts(&mut request.headers, &mut request.body, request.plaintext.as_mut())
            .for_each(|(setting, text)| self.clean_in(setting, text));
        match &mut exchange.received {
            Received::Failure(failure) => self.clean(&mut failure.says),
            Received::Answer(answer) => {
                places::texts(&mut answer.headers, &mut answer.body, answer.plaintext.as_mut())
                    .for_each(|(setting, text)| self.clean_in(setting, text));
            }
        }
    }
}

/// The redacted projection of a run.
pub fn redact(run: &Run) -> Run {
    Redactor::of(run).redact(run)
}

/// Everything that the issuer publishes to anybody, as one text.
fn published(run: &Run) -> String {
    let mut text = run.provenance.credential_issuer.clone();
    let exchanges = run.transcripts.iter().flat_map(|one| &one.exchanges);
    for exchange in exchanges {
        let public = exchange.station.is_public_document();
        let body = exchange.answer().and_then(|answer| answer.body.text());
        // Most scenarios are shown the same documents.
        if let Some(body) = body.filter(|body| public && !text.contains(*body)) {
            text.push('\n');
            text.push_str(body);
        }
    }
    text
}

#[cfg(test)]
mod tests;
