//! Where exchanges are written down while they happen, by any number of wallets at once.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::tampers::CURRENT_REQUEST;
use crate::jose::PrivateKey;
use crate::transcript::{
    Answer, Body, EntitlementChange, Exchange, OfferRecord, Skipped, Station, StatusChange,
    WalletRecord,
};

/// The transcript of a scenario while it is being written.
#[derive(Debug, Default)]
pub struct Recorder {
    page: Mutex<Page>,
}

/// What has been written so far.
#[derive(Debug, Default)]
pub struct Page {
    numbers: u32,
    /// The exchanges, in the order in which they ended.
    pub exchanges: Vec<Exchange>,
    /// The offers that were taken.
    pub offers: Vec<OfferRecord>,
    /// The wallets that took part.
    pub wallets: Vec<WalletRecord>,
    /// Tampers that could not be made against this issuer.
    pub skipped: Vec<Skipped>,
    /// What became of credentials at our request.
    pub status_changes: Vec<StatusChange>,
    /// What became of entitlements at our request.
    pub entitlement_changes: Vec<EntitlementChange>,
    /// The private halves of the keys that were proved, which no transcript has.
    private_keys: Vec<PrivateKey>,
    /// Transaction ids by the wallet that was given them.
    put_off: Vec<(String, String)>,
    /// Notification ids by the wallet that was given them.
    named: Vec<(String, String)>,
}

impl Recorder {
    /// The number of the next exchange. Taken when the request is about to be sent.
    pub fn next_number(&self) -> u32 {
        let mut page = self.page();
        page.numbers += 1;
        page.numbers
    }

    /// Writes down an exchange.
    pub fn exchange(&self, exchange: Exchange) {
        self.page().exchanges.push(exchange);
    }

    /// The last answer that a wallet got at a station in a step; in step 0 in whatever step.
    pub fn last_answer(&self, wallet: &str, station: Station, step: u32) -> Option<Answer> {
        let page = self.page();
        let mut exchanges = page.exchanges.iter().rev();
        let found = exchanges.find(|exchange| {
            exchange.wallet == wallet
                && exchange.station == station
                && (step == 0 || exchange.step == step)
        })?;
        found.answer().cloned()
    }

    /// Marks an exchange as repeated for a reason that the protocol gives.
    pub fn supersede(&self, number: u32) {
        let mut page = self.page();
        if let Some(exchange) = page.exchanges.iter_mut().find(|exchange| exchange.number == number)
        {
            exchange.superseded = true;
        }
    }

    /// Marks what one wallet sent to a station with something wrong as repeated: nothing is to be
    /// made of the answers, save of that to the request whose form was the question.
    pub fn supersede_tampered(&self, wallet: &str, station: Station) {
        for exchange in &mut self.page().exchanges {
            exchange.superseded |= exchange.wallet == wallet
                && exchange.station == station
                && exchange.tamper.is_some()
                && !exchange.is_tampered_by(CURRENT_REQUEST);
        }
    }

    /// Writes down an offer and gives its index.
    pub fn offer(&self, offer: OfferRecord) -> usize {
        let mut page = self.page();
        page.offers.push(offer);
        page.offers.len() - 1
    }

    /// Adds the object that an offer turned out to be.
    pub fn offer_object(&self, index: usize, object: Value) {
        if let Some(offer) = self.page().offers.get_mut(index) {
            offer.object = Some(object);
        }
    }

    /// Writes down what became of a credential.
    pub fn status_change(&self, change: StatusChange) {
        self.page().status_changes.push(change);
    }

    /// What became of a credential last.
    pub fn last_status_change(&self) -> Option<StatusChange> {
        self.page().status_changes.last().cloned()
    }

    /// Writes down what became of an entitlement.
    pub fn entitlement_change(&self, change: EntitlementChange) {
        self.page().entitlement_changes.push(change);
    }

    /// Writes down a wallet.
    pub fn wallet(&self, wallet: WalletRecord) {
        self.page().wallets.push(wallet);
    }

    /// Writes down the DPoP key that a wallet uses instead of its first one.
    pub fn dpop_key(&self, wallet: &str, key: Value) {
        let mut page = self.page();
        if let Some(record) = page.wallets.iter_mut().find(|record| record.name == wallet) {
            record.dpop_key = key;
        }
    }

    /// Adds a key that a wallet proved possession of.
    pub fn holder_key(&self, wallet: &str, key: Value) {
        let mut page = self.page();
        if let Some(record) = page.wallets.iter_mut().find(|record| record.name == wallet) {
            record.holder_keys.push(key);
        }
    }

    /// Adds a private key that an answer is to be encrypted for.
    pub fn decryption_key(&self, wallet: &str, key: Value) {
        let mut page = self.page();
        if let Some(record) = page.wallets.iter_mut().find(|record| record.name == wallet) {
            record.decryption_keys.push(key);
        }
    }

    /// Keeps the private half of a key that a wallet proves possession of.
    pub fn private_key(&self, key: PrivateKey) {
        self.page().private_keys.push(key);
    }

    /// The private halves of the keys that were proved.
    pub fn private_keys(&self) -> Vec<PrivateKey> {
        self.page().private_keys.clone()
    }

    /// Notes a `transaction_id` that a wallet was given.
    pub fn put_off(&self, wallet: &str, id: &str) {
        self.page().put_off.push((wallet.to_owned(), id.to_owned()));
    }

    /// The last `transaction_id` that another wallet was given.
    pub fn put_off_for_others(&self, wallet: &str) -> Option<String> {
        of_others(&self.page().put_off, wallet)
    }

    /// Notes a `notification_id` that a wallet was given.
    pub fn named(&self, wallet: &str, id: &str) {
        self.page().named.push((wallet.to_owned(), id.to_owned()));
    }

    /// The last `notification_id` that another wallet was given.
    pub fn named_to_others(&self, wallet: &str) -> Option<String> {
        of_others(&self.page().named, wallet)
    }

    /// The content of a request that was sent.
    pub fn sent(&self, number: u32) -> Option<Body> {
        let page = self.page();
        let sent = page.exchanges.iter().find(|exchange| exchange.number == number)?;
        Some(sent.request.said().clone())
    }

    /// Writes down that a tamper could not be made, and why.
    pub fn skip(&self, tamper: &str, why: String) {
        self.page().skipped.push(Skipped { tamper: tamper.to_owned(), why });
    }

    /// The finished page, exchanges in the order in which requests were sent.
    pub fn finish(self) -> Page {
        let mut page = self.page.into_inner().unwrap_or_else(PoisonError::into_inner);
        page.exchanges.sort_by_key(|exchange| exchange.number);
        page
    }

    fn page(&self) -> MutexGuard<'_, Page> {
        self.page.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn of_others(given: &[(String, String)], wallet: &str) -> Option<String> {
    let other = given.iter().rev().find(|(name, _)| name != wallet)?;
    Some(other.1.clone())
}
