//! What drafts before 1.0 Final said in other members, read as 1.0 has it: for a wallet that wants
//! the credential all the same, and for the judge of what such a wallet sent. What 1.0 has is never
//! overridden.

use serde_json::{Map, Value, json};

use super::CredentialOffer;

/// The metadata of an issuer with `credential_configurations_supported`, made from the
/// `credentials_supported` of drafts 11 (an array) and 12 (an object) where there is none, and with
/// `authorization_servers` from the `authorization_server` of draft 11.
pub fn modernised(metadata: &Value) -> Value {
    let mut modern = metadata.clone();
    let Some(members) = modern.as_object_mut() else { return modern };
    if !members.contains_key("credential_configurations_supported")
        && let Some(configurations) = configurations(metadata)
    {
        members.insert("credential_configurations_supported".into(), configurations);
    }
    let server = metadata.get("authorization_server").filter(|server| server.is_string());
    if let (Some(server), false) = (server, members.contains_key("authorization_servers")) {
        members.insert("authorization_servers".into(), json!([server]));
    }
    modern
}

fn configurations(metadata: &Value) -> Option<Value> {
    match metadata.get("credentials_supported")? {
        Value::Object(map) => Some(Value::Object(map.clone())),
        Value::Array(list) => {
            let named = list.iter().enumerate().map(|(place, one)| {
                let id = one.get("id").and_then(Value::as_str).map(str::to_owned);
                (id.unwrap_or_else(|| format!("credentials_supported[{place}]")), one.clone())
            });
            Some(Value::Object(named.collect::<Map<String, Value>>()))
        }
        _ => None,
    }
}

/// The ids that an offer names, in `credential_configuration_ids` or in the `credentials` of drafts
/// 11 and 12: ids, or objects that say the format and the type. `metadata` are modern ones.
pub fn offered_ids(offer: &Value, metadata: &Value) -> Vec<String> {
    let named = CredentialOffer::new(offer).credential_configuration_ids();
    if !named.is_empty() {
        return named.into_iter().map(str::to_owned).collect();
    }
    let credentials = offer.get("credentials").and_then(Value::as_array);
    let id_of = |credential: &Value| match credential {
        Value::String(id) => Some(id.clone()),
        other => asked_for(other, metadata),
    };
    credentials.into_iter().flatten().filter_map(id_of).collect()
}

/// The members that say of what type a credential is, in one format or another.
const TYPES: &[&str] = &["/vct", "/doctype", "/types", "/credential_definition/type"];

/// The id of the configuration that is meant by a `format` and what names the type, as credential
/// requests had it until draft 14. `metadata` are modern ones. Of several that fit it is the
/// first.
pub fn asked_for(request: &Value, metadata: &Value) -> Option<String> {
    let format = request.get("format")?;
    let configurations = metadata.get("credential_configurations_supported")?.as_object()?;
    let fits = |configuration: &Value| {
        configuration.get("format") == Some(format)
            && TYPES.iter().all(|pointer| match request.pointer(pointer) {
                Some(wanted) => configuration.pointer(pointer) == Some(wanted),
                None => true,
            })
    };
    configurations.iter().find(|(_, one)| fits(one)).map(|(id, _)| id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_metadata_list_configurations_too() {
        let list = json!({ "authorization_server": "https://as", "credentials_supported": [
            { "id": "a", "format": "jwt_vc_json" }, { "format": "mso_mdoc" }] });
        let modern = modernised(&list);
        assert_eq!(
            modern.pointer("/credential_configurations_supported/a/format"),
            Some(&json!("jwt_vc_json"))
        );
        assert_eq!(modern.pointer("/authorization_servers/0"), Some(&json!("https://as")));
        let both =
            json!({ "credential_configurations_supported": {}, "credentials_supported": [] });
        assert_eq!(modernised(&both), both);
        assert_eq!(modernised(&json!(1)), json!(1));
    }

    #[test]
    fn a_type_leads_to_its_configuration() {
        let metadata = json!({ "credential_configurations_supported": {
            "one": { "format": "vc+sd-jwt", "vct": "v" },
            "two": { "format": "vc+sd-jwt", "vct": "w" } } });
        let asked = |request: Value| asked_for(&request, &metadata);
        assert_eq!(asked(json!({ "format": "vc+sd-jwt", "vct": "w" })).as_deref(), Some("two"));
        assert_eq!(asked(json!({ "format": "vc+sd-jwt", "vct": "x" })), None);
        assert_eq!(asked(json!({ "vct": "w" })), None);
        let offer = json!({ "credentials": ["two", { "format": "vc+sd-jwt", "vct": "v" }, 3] });
        assert_eq!(offered_ids(&offer, &metadata), ["two", "one"]);
    }
}
