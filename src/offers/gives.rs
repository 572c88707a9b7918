//! What the offers of a source are like, and whether that is what somebody wants.

use super::Wanted;
use crate::protocol::{CredentialOffer, GivenOffer};

/// What a source says of its offers before it is asked for one. What is `None`, or empty, is not
/// known: such a source may give what is wanted, and only the offer itself will tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gives {
    /// Whether each offer needs a Transaction Code.
    pub tx_code: Option<bool>,
    /// The Credential Configurations that each offer names, all of them.
    pub credential_configuration_ids: Vec<String>,
    /// Whose credential it is, a name of the configuration's choice.
    pub subject: Option<String>,
    /// The issuer, a name of the configuration's choice; `None` for the one under test.
    pub tenant: Option<String>,
    /// Whether each offer comes as a `credential_offer_uri`.
    pub by_reference: Option<bool>,
    /// `true`: each request mints a new offer. `false`: offers were given beforehand, and each
    /// is handed out once.
    pub fresh: bool,
}

/// How well what a source gives fits what is wanted, best first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is known to fit.
    Certain,
    /// Nothing speaks against it.
    Possible,
    /// It does not fit, and why.
    Not(String),
}

impl Gives {
    /// What can be seen of an offer before anything is fetched.
    pub fn of(given: &str, tx_code: Option<&str>) -> Self {
        match GivenOffer::read(given) {
            Ok(GivenOffer::Value(object)) => {
                let offer = CredentialOffer::new(&object);
                let ids = offer.credential_configuration_ids();
                Self {
                    tx_code: Some(offer.wants_a_code()),
                    credential_configuration_ids: ids.into_iter().map(str::to_owned).collect(),
                    by_reference: Some(false),
                    ..Self::default()
                }
            }
            Ok(GivenOffer::Reference(_)) => {
                Self { tx_code: tx_code.map(|_| true), by_reference: Some(true), ..Self::default() }
            }
            Err(_) => Self::default(),
        }
    }

    /// What was declared, with what was not declared taken from `self`.
    #[must_use]
    pub fn overridden_by(self, declared: &Self) -> Self {
        Self {
            tx_code: declared.tx_code.or(self.tx_code),
            credential_configuration_ids: if declared.credential_configuration_ids.is_empty() {
                self.credential_configuration_ids
            } else {
                declared.credential_configuration_ids.clone()
            },
            subject: declared.subject.clone().or(self.subject),
            tenant: declared.tenant.clone().or(self.tenant),
            by_reference: declared.by_reference.or(self.by_reference),
            fresh: self.fresh,
        }
    }

    /// Whether these offers are what is wanted.
    pub fn fit(&self, wanted: &Wanted) -> Fit {
        let fits = [
            agree(wanted.tx_code, self.tx_code, |given| {
                if given {
                    "its offers need a transaction code".into()
                } else {
                    "its offers need no transaction code".into()
                }
            }),
            self.names(wanted),
            self.counts(wanted),
            self.is_for(wanted),
            self.is_of(wanted),
            agree(wanted.by_reference, self.by_reference, |given| {
                if given {
                    "its offers come by reference".into()
                } else {
                    "its offers come by value".into()
                }
            }),
        ];
        fits.into_iter().max().unwrap_or(Fit::Possible)
    }

    fn is_for(&self, wanted: &Wanted) -> Fit {
        match &self.subject {
            None if wanted.is_declared => {
                Fit::Not("it does not say whom its offers are for".into())
            }
            Some(given) if wanted.not_subject.as_ref() == Some(given) => {
                Fit::Not(format!("its offers are for {given}"))
            }
            given => agree(wanted.subject.as_ref(), given.as_ref(), |given: &String| {
                format!("its offers are for {given}")
            }),
        }
    }

    /// Another issuer is never a guess.
    fn is_of(&self, wanted: &Wanted) -> Fit {
        match &self.tenant {
            given if *given == wanted.tenant => Fit::Certain,
            Some(given) => Fit::Not(format!("its offers are of the issuer {given}")),
            None => Fit::Not("its offers are of the issuer under test".into()),
        }
    }

    fn names(&self, wanted: &Wanted) -> Fit {
        let Some(id) = &wanted.credential_configuration_id else {
            return Fit::Certain;
        };
        if self.credential_configuration_ids.is_empty() {
            Fit::Possible
        } else if self.credential_configuration_ids.contains(id) {
            Fit::Certain
        } else {
            Fit::Not(format!("its offers name {}", self.credential_configuration_ids.join(", ")))
        }
    }

    /// More configurations than wanted will do, exactly as many are better.
    fn counts(&self, wanted: &Wanted) -> Fit {
        let named = self.credential_configuration_ids.len();
        match named {
            0 if wanted.configurations <= 1 => Fit::Certain,
            0 => Fit::Possible,
            _ if named < wanted.configurations => {
                Fit::Not(format!("its offers name {named} configuration only"))
            }
            _ if named == wanted.configurations.max(1) => Fit::Certain,
            _ => Fit::Possible,
        }
    }
}

fn agree<T: PartialEq>(
    wanted: Option<T>,
    given: Option<T>,
    otherwise: impl Fn(T) -> String,
) -> Fit {
    match (wanted, given) {
        (None, _) => Fit::Certain,
        (Some(_), None) => Fit::Possible,
        (Some(wanted), Some(given)) if wanted == given => Fit::Certain,
        (Some(_), Some(given)) => Fit::Not(otherwise(given)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pid() -> Gives {
        Gives {
            tx_code: Some(false),
            credential_configuration_ids: vec!["pid".into()],
            ..Gives::default()
        }
    }

    #[test]
    fn what_is_declared_decides() {
        let mut wanted = Wanted {
            tx_code: Some(false),
            credential_configuration_id: Some("pid".into()),
            ..Wanted::default()
        };
        assert_eq!(pid().fit(&wanted), Fit::Certain);
        wanted.tx_code = Some(true);
        assert_eq!(pid().fit(&wanted), Fit::Not("its offers need no transaction code".into()));
        wanted.tx_code = None;
        wanted.credential_configuration_id = Some("diploma".into());
        assert_eq!(pid().fit(&wanted), Fit::Not("its offers name pid".into()));
    }

    #[test]
    fn what_is_unknown_is_possible() {
        let wanted = Wanted { tx_code: Some(true), configurations: 2, ..Wanted::default() };
        assert_eq!(Gives::default().fit(&wanted), Fit::Possible);
        assert_eq!(Gives::default().fit(&Wanted::default()), Fit::Certain);
    }

    #[test]
    fn exactly_as_many_configurations_fit_best() {
        let mut both = pid();
        both.credential_configuration_ids.push("diploma".into());
        let two = Wanted { configurations: 2, ..Wanted::default() };
        assert_eq!(both.fit(&two), Fit::Certain);
        assert_eq!(both.fit(&Wanted::default()), Fit::Possible);
        assert_eq!(pid().fit(&two), Fit::Not("its offers name 1 configuration only".into()));
    }

    #[test]
    fn an_offer_by_value_speaks_for_itself() {
        let object = r#"{"credential_configuration_ids":["pid"],"grants":{"urn:ietf:params:oauth:grant-type:pre-authorized_code":{"tx_code":{}}}}"#;
        let gives = Gives::of(object, None);
        assert_eq!(gives.tx_code, Some(true));
        assert_eq!(gives.credential_configuration_ids, ["pid"]);
        assert_eq!(gives.by_reference, Some(false));
        let reference = Gives::of("https://issuer.example/offers/1", None);
        assert_eq!((reference.tx_code, reference.by_reference), (None, Some(true)));
    }
}
