//! Secrets in texts that should have been JSON and are not: found by their looks.

use super::places::{MEMBERS, Visitor};
use super::pseudonyms::Kind;

/// Members that hold a JWT or a credential where JSON could be read.
const LONE_MEMBERS: &[(&str, Kind)] =
    &[("jwt", Kind::Proof), ("credential", Kind::Credential), ("code", Kind::Code)];

/// The text with what looks like `"member": "secret"`, and what looks like a JWT, replaced.
pub(super) fn visit(text: &str, visitor: &mut Visitor<'_>) -> String {
    let mut text = text.to_owned();
    for (member, kind) in MEMBERS.iter().chain(LONE_MEMBERS) {
        text = members(&text, member, *kind, visitor);
    }
    jwts(&text, visitor)
}

fn members(text: &str, member: &str, kind: Kind, visitor: &mut Visitor<'_>) -> String {
    let quoted = format!("\"{member}\"");
    let mut pieces = text.split(&quoted);
    let mut replaced = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        replaced.push_str(&quoted);
        let value = piece
            .trim_start()
            .strip_prefix(':')
            .and_then(|rest| rest.trim_start().strip_prefix('"'));
        let Some(value) = value else {
            replaced.push_str(piece);
            continue;
        };
        let secret = value.split('"').next().unwrap_or(value);
        let rest = value.get(secret.len()..).unwrap_or_default();
        let before = piece.len() - value.len();
        replaced.push_str(piece.get(..before).unwrap_or_default());
        match visitor(kind, secret) {
            Some(instead) if !secret.is_empty() => replaced.push_str(&instead),
            _ => replaced.push_str(secret),
        }
        replaced.push_str(rest);
    }
    replaced
}

/// A JWT begins with `{"` in base64url and has two dots; a credential goes on with tildes.
fn jwts(text: &str, visitor: &mut Visitor<'_>) -> String {
    let in_jwt = |character: char| character.is_ascii_alphanumeric() || "-_.~".contains(character);
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("eyJ") {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c| !in_jwt(c)).unwrap_or(from.len());
        let (jwt, after) = from.split_at(end);
        replaced.push_str(before);
        let instead = (jwt.matches('.').count() >= 2).then(|| visitor(Kind::Jwt, jwt));
        replaced.push_str(&instead.flatten().unwrap_or_else(|| jwt.to_owned()));
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}
