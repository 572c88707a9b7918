//! What a scenario needs of an offer.

use std::fmt;

use super::Gives;

/// The offer a scenario needs. What is `None` does not matter to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// With a Transaction Code, or expressly without.
    pub tx_code: Option<bool>,
    /// A Credential Configuration that the offer must name.
    pub credential_configuration_id: Option<String>,
    /// How many Credential Configurations the offer names, at least one.
    pub configurations: usize,
    /// Whose credential it is: a name that only the configuration gives a meaning.
    pub subject: Option<String>,
    /// Whose it is not.
    pub not_subject: Option<String>,
    /// Whether the source must declare the subject by itself: another user is no maybe.
    pub is_declared: bool,
    /// The issuer, where it is not the one under test: a name like that of the subject.
    pub tenant: Option<String>,
    /// By `credential_offer_uri`, or expressly by value.
    pub by_reference: Option<bool>,
}

impl Wanted {
    /// The same wish, with what does not matter to it taken from what a source is to give.
    #[must_use]
    pub fn completed_by(&self, declared: &Gives) -> Self {
        let ids = &declared.credential_configuration_ids;
        let id = self.credential_configuration_id.as_ref();
        Self {
            tx_code: self.tx_code.or(declared.tx_code),
            credential_configuration_id: id.or(ids.first()).cloned(),
            configurations: self.configurations.max(ids.len()),
            subject: self.subject.clone().or_else(|| declared.subject.clone()),
            not_subject: self.not_subject.clone(),
            is_declared: self.is_declared,
            tenant: self.tenant.clone(),
            by_reference: self.by_reference.or(declared.by_reference),
        }
    }
}

impl Wanted {
    /// The same as a source in `vcispec.toml` would declare it; empty where any offer will do.
    pub fn as_gives(&self) -> String {
        let ids = self.credential_configuration_id.as_ref();
        let keys: Vec<String> = [
            self.tx_code.map(|value| format!("tx_code = {value}")),
            ids.map(|id| format!("credential_configuration_ids = [{id:?}]")),
            self.subject.as_ref().map(|subject| format!("subject = {subject:?}")),
            self.tenant.as_ref().map(|tenant| format!("tenant = {tenant:?}")),
            self.by_reference.map(|value| format!("by_reference = {value}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if keys.is_empty() { String::new() } else { format!("gives = {{ {} }}", keys.join(", ")) }
    }
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            tx_code: None,
            credential_configuration_id: None,
            configurations: 1,
            subject: None,
            not_subject: None,
            is_declared: false,
            tenant: None,
            by_reference: None,
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an offer")?;
        match self.tx_code {
            Some(true) => formatter.write_str(" with a transaction code")?,
            Some(false) => formatter.write_str(" without a transaction code")?,
            None => {}
        }
        if let Some(id) = &self.credential_configuration_id {
            write!(formatter, " for {id}")?;
        }
        if self.configurations > 1 {
            write!(formatter, " of {} configurations", self.configurations)?;
        }
        if let Some(subject) = &self.subject {
            write!(formatter, " to {subject}")?;
        }
        if let Some(tenant) = &self.tenant {
            write!(formatter, " of the issuer {tenant}")?;
        }
        match self.by_reference {
            Some(true) => formatter.write_str(" by reference"),
            Some(false) => formatter.write_str(" by value"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_matter_is_as_declared() {
        let declared = Gives {
            tx_code: Some(true),
            credential_configuration_ids: vec!["pid".into(), "diploma".into()],
            ..Gives::default()
        };
        let wanted =
            Wanted { credential_configuration_id: Some("diploma".into()), ..Wanted::default() };
        let completed = wanted.completed_by(&declared);
        assert_eq!(completed.tx_code, Some(true));
        assert_eq!(completed.configurations, 2);
        assert_eq!(completed.credential_configuration_id.as_deref(), Some("diploma"));
        assert_eq!(completed.subject, None);
    }

    #[test]
    fn a_wish_is_written_as_a_source_declares_it() {
        assert_eq!(Wanted::default().as_gives(), "");
        let wanted = Wanted { tx_code: Some(true), by_reference: Some(false), ..Wanted::default() };
        assert_eq!(wanted.as_gives(), "gives = { tx_code = true, by_reference = false }");
    }

    #[test]
    fn a_wish_reads_as_a_phrase() {
        assert_eq!(Wanted::default().to_string(), "an offer");
        let wanted = Wanted {
            tx_code: Some(true),
            credential_configuration_id: Some("pid".into()),
            configurations: 2,
            subject: Some("erika".into()),
            by_reference: Some(true),
            ..Wanted::default()
        };
        assert_eq!(
            wanted.to_string(),
            "an offer with a transaction code for pid of 2 configurations to erika by reference"
        );
    }
}
