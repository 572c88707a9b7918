//! What can be asked of any credential that was opened, whatever its format.

use serde_json::{Map, Value};

use super::Opened;
use crate::formats::Disclosure;

impl Opened {
    /// Whether it could be opened.
    pub fn is_read(&self) -> bool {
        matches!(self, Self::SdJwt(_) | Self::Mdoc(_) | Self::JwtVc(_))
    }

    /// The thumbprint (RFC 7638) of the key that it is bound to.
    pub fn holder_key(&self) -> Option<String> {
        match self {
            Self::SdJwt(opened) => opened.sd_jwt.cnf_jwk()?.thumbprint().ok(),
            Self::Mdoc(opened) => opened.mdoc.device_key_thumbprint(),
            Self::JwtVc(opened) => opened.jwt_vc.holder_key(),
            _ => None,
        }
    }

    /// What it says of the holder, and nothing of the credential itself.
    pub fn dataset(&self) -> Option<Map<String, Value>> {
        match self {
            Self::SdJwt(opened) => Some(opened.unpacked.as_ref().ok()?.dataset()),
            Self::Mdoc(opened) => {
                let mut dataset = Map::new();
                for (space, item) in opened.mdoc.items() {
                    let (Some(name), Some(value)) = (&item.identifier, &item.value) else {
                        continue;
                    };
                    let taken = dataset.contains_key(name);
                    let name = if taken { format!("{space} {name}") } else { name.clone() };
                    dataset.insert(name, value.json.clone());
                }
                Some(dataset)
            }
            Self::JwtVc(opened) => Some(opened.dataset()),
            _ => None,
        }
    }

    /// The random values that hide its claims in digests.
    pub fn salts(&self) -> Vec<&[u8]> {
        match self {
            Self::SdJwt(opened) => {
                let salts = opened.sd_jwt.disclosures.iter().filter_map(Disclosure::salt);
                salts.map(str::as_bytes).collect()
            }
            Self::Mdoc(opened) => {
                opened.mdoc.items().filter_map(|(_, item)| item.random.as_deref()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// A time that every verifier sees, in seconds since the epoch.
    pub fn time(&self, name: &str) -> Option<i64> {
        match self {
            Self::SdJwt(opened) => {
                Some(opened.sd_jwt.payload().get(name)?.as_f64()?.floor() as i64)
            }
            Self::JwtVc(opened) => {
                Some(opened.jwt_vc.payload().get(name)?.as_f64()?.floor() as i64)
            }
            Self::Mdoc(opened) => {
                let object = opened.mdoc.security_object.as_ref().ok()?;
                let found = object.validity.named().find(|(own, _)| *own == name);
                found.and_then(|(_, moment)| moment.second)
            }
            _ => None,
        }
    }

    /// What every verifier sees and identifies the credential or its holder.
    pub fn identifiers(&self) -> Vec<(&'static str, &Value)> {
        let (payload, status) = match self {
            Self::SdJwt(opened) => {
                let payload = opened.sd_jwt.payload();
                (Some(payload), payload.get("status"))
            }
            Self::JwtVc(opened) => {
                let payload = opened.jwt_vc.payload();
                (Some(payload), payload.get("status"))
            }
            Self::Mdoc(opened) => {
                let object = opened.mdoc.security_object.as_ref().ok();
                (None, object.and_then(|object| object.status_reference()))
            }
            _ => (None, None),
        };
        let claim = |name: &str| payload.and_then(|payload| payload.get(name));
        let entry = status.and_then(|status| status.get("status_list"));
        [("jti", claim("jti")), ("sub", claim("sub")), ("status list entry", entry)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }
}
