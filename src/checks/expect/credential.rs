//! What a script expects of credentials: number, type, claims, validity, display, status.

use serde_json::{Map, Value};

use super::is_met::Unmet;
use super::value::{in_words, is, select, short};
use crate::checks::{Answered, Issued, Opened, OpenedJwtVc, OpenedMdoc, OpenedSdJwt, Scene};
use crate::protocol::{Configuration, CredentialResponse};
use crate::transcript::{CredentialExpectation, Display, ValidFor, seconds};

/// Everything that is not as expected.
pub(super) fn unmet(
    expect: &CredentialExpectation,
    answered: &Answered<'_>,
    scene: &Scene<'_>,
) -> Vec<Unmet> {
    let issued = Issued::of(answered, scene);
    let found = answered.json.map_or(0, |json| CredentialResponse::new(json).credentials().len());
    let mut unmet = Vec::new();
    let wanted = expect.count.map_or(found.max(1), |count| count);
    if found != wanted {
        let least = if expect.count.is_none() { "at least " } else { "" };
        unmet.push(Unmet::new(
            format!("{least}{}", counted(wanted)),
            format!("{} ({})", counted(found), answered.summary()),
        ));
    }
    let Some(issued) = issued.filter(|_| found > 0) else { return unmet };
    let configuration = issued.configuration(scene);
    unmet.extend(display(expect, configuration));
    for (place, credential) in issued.credentials.iter().enumerate() {
        let mut of_this = format(expect, configuration);
        match &credential.opened {
            Opened::SdJwt(opened) => {
                of_this.extend(of_sd_jwt(expect, opened, issued.received_at.as_second()));
            }
            Opened::Unreadable(error) => {
                of_this.push(Unmet::new("a readable SD-JWT VC", error.to_string()));
            }
            Opened::JwtVc(opened) => {
                of_this.extend(of_jwt_vc(expect, opened, issued.received_at.as_second()));
            }
            Opened::Mdoc(opened) => {
                of_this.extend(of_mdoc(expect, opened, issued.received_at.as_second()));
            }
            Opened::UnreadableMdoc(error) => {
                of_this.push(Unmet::new("a readable mdoc", error.to_string()));
            }
            Opened::UnreadableJwtVc(error) => {
                of_this.push(Unmet::new("a readable JWT", error.to_string()));
            }
            Opened::Other if looks_inside(expect) => of_this.push(Unmet {
                untestable: true,
                ..Unmet::new("a credential that can be opened", "a format that is not opened here")
            }),
            Opened::Other => {}
        }
        if found > 1 {
            let which = format!("credential {} of {found}: ", place + 1);
            for one in &mut of_this {
                one.actual.insert_str(0, &which);
            }
        }
        unmet.extend(of_this);
    }
    unmet
}

fn looks_inside(expect: &CredentialExpectation) -> bool {
    expect.vct.is_some()
        || !expect.claims.is_empty()
        || !expect.absent.is_empty()
        || expect.valid_for.is_some()
        || expect.status.is_some()
}

fn format(expect: &CredentialExpectation, configuration: Option<Configuration<'_>>) -> Vec<Unmet> {
    let Some(wanted) = &expect.format else { return Vec::new() };
    let found = configuration.and_then(|configuration| configuration.format());
    if found == Some(wanted) {
        return Vec::new();
    }
    let actual = match found {
        Some(found) => format!("format {found}"),
        None => "no format in the metadata of the configuration".to_owned(),
    };
    vec![Unmet::new(format!("format {wanted}"), actual)]
}

fn of_sd_jwt(expect: &CredentialExpectation, opened: &OpenedSdJwt, received_at: i64) -> Vec<Unmet> {
    let claims = match &opened.unpacked {
        Ok(unpacked) => &unpacked.claims,
        Err(error) => {
            return vec![Unmet::new("claims that can be disclosed", error.to_string())];
        }
    };
    let mut unmet = Vec::new();
    if let Some(wanted) =
        expect.vct.as_deref().filter(|wanted| Some(*wanted) != opened.sd_jwt.vct())
    {
        let found = opened.sd_jwt.vct();
        let actual = found.map_or_else(|| "no vct".to_owned(), |found| format!("vct {found}"));
        unmet.push(Unmet::new(format!("vct {wanted}"), actual));
    }
    unmet.extend(of_claims(expect, claims));
    if let Some(bounds) = &expect.valid_for {
        unmet.extend(validity(bounds, claims, received_at));
    }
    unmet.extend(of_status(expect, claims.contains_key("status")));
    unmet
}

/// Paths begin in `vc`, as those of the metadata do.
fn of_jwt_vc(expect: &CredentialExpectation, opened: &OpenedJwtVc, received_at: i64) -> Vec<Unmet> {
    let jwt_vc = &opened.jwt_vc;
    let mut unmet = Vec::new();
    if let Some(wanted) = &expect.vct {
        unmet.push(Unmet::new(format!("vct {wanted}"), "no vct, which the format does not have"));
    }
    unmet.extend(of_claims(expect, jwt_vc.vc().unwrap_or(&Map::new())));
    if let Some(bounds) = &expect.valid_for {
        unmet.extend(validity(bounds, jwt_vc.payload(), received_at));
    }
    let has_status =
        jwt_vc.member("credentialStatus").is_some() || jwt_vc.payload().contains_key("status");
    unmet.extend(of_status(expect, has_status));
    unmet
}

/// Paths begin with the namespace, as those of the metadata do.
fn of_mdoc(expect: &CredentialExpectation, opened: &OpenedMdoc, received_at: i64) -> Vec<Unmet> {
    let Ok(object) = &opened.mdoc.security_object else {
        return vec![Unmet::new("a readable security object", "none")];
    };
    let mut unmet = Vec::new();
    if let Some(wanted) = &expect.vct {
        unmet.push(Unmet::new(format!("vct {wanted}"), "no vct, which the format does not have"));
    }
    unmet.extend(of_claims(expect, &opened.mdoc.claims()));
    if let Some(bounds) = &expect.valid_for {
        let until = object.validity.valid_until.as_ref().and_then(|moment| moment.second);
        unmet.extend(ends(bounds, until, received_at));
    }
    unmet.extend(of_status(expect, object.status_reference().is_some()));
    unmet
}

fn of_claims(expect: &CredentialExpectation, claims: &Map<String, Value>) -> Vec<Unmet> {
    let mut unmet = Vec::new();
    let all = Value::Object(claims.clone());
    for (path, wanted) in &expect.claims {
        let found = select(path, &all);
        if !found.iter().any(|value| is(wanted, value)) {
            let expected = format!("claim {path} is {}", in_words(wanted));
            unmet.push(told(path, expected, &found));
        }
    }
    for path in &expect.absent {
        let found = select(path, &all);
        if !found.is_empty() {
            unmet.push(told(path, format!("no claim {path}"), &found));
        }
    }
    unmet
}

fn of_status(expect: &CredentialExpectation, there: bool) -> Option<Unmet> {
    let wanted = expect.status.filter(|wanted| *wanted != there)?;
    let says = |there| if there { "a status claim" } else { "no status claim" };
    Some(Unmet::new(says(wanted), says(!wanted)))
}

fn told(path: &str, expected: String, found: &[&Value]) -> Unmet {
    let shown: Vec<Value> = found.iter().take(10).map(|value| short(value)).collect();
    let texts: Vec<String> = shown.iter().map(ToString::to_string).collect();
    let actual = match texts.is_empty() {
        true => format!("no claim {path}"),
        false => format!("claim {path} is {}", texts.join(", ")),
    };
    Unmet { claims: shown, ..Unmet::new(expected, actual) }
}

fn validity(bounds: &ValidFor, claims: &Map<String, Value>, received_at: i64) -> Vec<Unmet> {
    let exp = claims.get("exp").and_then(Value::as_f64).map(|exp| exp as i64);
    ends(bounds, exp, received_at)
}

fn ends(bounds: &ValidFor, until: Option<i64>, received_at: i64) -> Vec<Unmet> {
    let left = until.map(|exp| exp.saturating_sub(received_at));
    let actual = match left {
        Some(left) => format!("valid for {}", span(left)),
        None => "no exp, so no end".to_owned(),
    };
    let bound = |text: &Option<String>| text.as_deref().and_then(seconds);
    let mut unmet = Vec::new();
    if let (Some(least), Some(left)) = (bound(&bounds.at_least), left)
        && left < least
    {
        let text = bounds.at_least.as_deref().unwrap_or_default();
        unmet.push(Unmet::new(format!("valid for at least {text}"), actual.clone()));
    }
    if let Some(most) = bound(&bounds.at_most)
        && left.is_none_or(|left| left > most)
    {
        let text = bounds.at_most.as_deref().unwrap_or_default();
        unmet.push(Unmet::new(format!("valid for at most {text}"), actual));
    }
    unmet
}

/// Seconds in the largest unit that keeps them legible.
fn span(seconds: i64) -> String {
    match seconds {
        86_400.. => format!("{}d", seconds / 86_400),
        7_200.. => format!("{}h", seconds / 3_600),
        _ => format!("{seconds}s"),
    }
}

fn display(expect: &CredentialExpectation, configuration: Option<Configuration<'_>>) -> Vec<Unmet> {
    let Some(wanted) = &expect.display else { return Vec::new() };
    let json = configuration.map(|configuration| configuration.json());
    let entries = json.and_then(|json| {
        let metadata = json.get("credential_metadata").and_then(|member| member.get("display"));
        metadata.or_else(|| json.get("display"))?.as_array()
    });
    let names: Vec<(Option<&str>, &str)> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let locale = entry.get("locale").and_then(Value::as_str);
            Some((locale, entry.get("name")?.as_str()?))
        })
        .collect();
    let found = |locale: Option<&str>| {
        let mut fitting: Vec<&str> = Vec::new();
        for (its, name) in &names {
            if locale.is_none() || locale == *its {
                fitting.push(name);
            }
        }
        fitting
    };
    let compare = |locale: Option<&str>, wanted: &str| {
        let found = found(locale);
        if found.contains(&wanted) {
            return None;
        }
        let place = locale.map(|locale| format!(" in {locale}")).unwrap_or_default();
        let actual = match found.is_empty() {
            true => format!("no display name{place}"),
            false => format!("display name {}{place}", found.join(", ")),
        };
        Some(Unmet::new(format!("display name {wanted}{place}"), actual))
    };
    match wanted {
        Display::Any(name) => compare(None, name).into_iter().collect(),
        Display::ByLocale(names) => {
            names.iter().filter_map(|(locale, name)| compare(Some(locale), name)).collect()
        }
    }
}

fn counted(count: usize) -> String {
    format!("{count} credential{}", if count == 1 { "" } else { "s" })
}
