//! What can be wrong with the authorization details of a token request.

use serde_json::{Map, Value, json};

use super::Tamper;
use super::token::{field, set};
use crate::transcript::Station;
use crate::wallet::dpop::fresh_identifier;
use crate::wallet::draft::Draft;

/// The rows of the authorization details.
pub const TAMPERS: &[Tamper] = &[
    Tamper {
        name: "details-of-unknown-type",
        says: "sends authorization details of a type that nobody knows",
        at: &[Station::Token],
        resends: false,
        change: |draft, _| {
            alter(draft, |detail| {
                detail.insert("type".into(), json!("urn:example:no-such-type"));
                "type is urn:example:no-such-type".into()
            })
        },
    },
    Tamper {
        name: "details-of-unknown-configuration",
        says: "sends authorization details that name a configuration that does not exist",
        at: &[Station::Token],
        resends: false,
        change: |draft, _| {
            alter(draft, |detail| {
                let id = format!("vcispec-unknown-{}", fresh_identifier());
                detail.insert("credential_configuration_id".into(), json!(id));
                format!("credential_configuration_id is {id}")
            })
        },
    },
    Tamper {
        name: "details-without-configuration",
        says: "sends authorization details that name no configuration",
        at: &[Station::Token],
        resends: false,
        change: |draft, _| {
            alter(draft, |detail| {
                detail.shift_remove("credential_configuration_id");
                "credential_configuration_id is left out".into()
            })
        },
    },
    Tamper {
        name: "details-repeated-claim",
        says: "describes one claim twice in its authorization details, once as mandatory",
        at: &[Station::Token],
        resends: false,
        change: |draft, _| {
            alter(draft, |detail| {
                let path = json!(["given_name"]);
                let claims = json!([{ "path": path }, { "path": path, "mandatory": true }]);
                detail.insert("claims".into(), claims);
                "claims describe given_name twice".into()
            })
        },
    },
    Tamper {
        name: "details-unknown-member",
        says: "adds a member that no specification defines to its authorization details",
        at: &[Station::Token],
        resends: false,
        change: |draft, _| {
            alter(draft, |detail| {
                detail.insert("zzz_unknown".into(), json!({ "zzz": 1 }));
                "zzz_unknown in the authorization details".into()
            })
        },
    },
];

/// Changes the first detail.
fn alter(
    draft: &mut Draft,
    change: fn(&mut Map<String, Value>) -> String,
) -> Result<String, String> {
    let sent = field(draft, "authorization_details");
    let sent = sent.ok_or("the request has no authorization_details")?;
    let mut details: Value = serde_json::from_str(&sent).map_err(|error| error.to_string())?;
    let first = details.get_mut(0).and_then(Value::as_object_mut);
    let says = change(first.ok_or("there are no authorization details")?);
    set(draft, "authorization_details", &details.to_string())?;
    Ok(says)
}
