//! What can be wrong with a token request.

use super::Tamper;
use crate::transcript::Station;
use crate::wallet::dpop::fresh_identifier;
use crate::wallet::draft::Draft;
use crate::wallet::session::Session;

const AT: &[Station] = &[Station::Token];

/// The rows of the token request.
pub const TAMPERS: &[Tamper] = &[
    Tamper {
        name: "missing-tx-code",
        says: "leaves out tx_code though the offer asks for one",
        at: AT,
        resends: false,
        change: missing_tx_code,
    },
    Tamper {
        name: "wrong-tx-code",
        says: "sends a tx_code of the right length and alphabet with one character changed",
        at: AT,
        resends: false,
        change: wrong_tx_code,
    },
    Tamper {
        name: "guessed-tx-code",
        says: "sends a tx_code that it does not know, as often as it takes",
        at: AT,
        resends: false,
        change: wrong_tx_code,
    },
    Tamper {
        name: "unexpected-tx-code",
        says: "sends a tx_code though the offer asks for none",
        at: AT,
        resends: false,
        change: unexpected_tx_code,
    },
    Tamper {
        name: "redeem-again",
        says: "sends the same code once more after it was redeemed",
        at: AT,
        resends: false,
        change: |_, _| Ok("the code of the offer, redeemed before".into()),
    },
    Tamper {
        name: "unknown-code",
        says: "sends a pre-authorized_code that was never issued",
        at: AT,
        resends: false,
        change: unknown_code,
    },
    Tamper {
        name: "missing-code",
        says: "leaves out pre-authorized_code",
        at: AT,
        resends: false,
        change: |draft, _| remove(draft, "pre-authorized_code"),
    },
    Tamper {
        name: "missing-client-id",
        says: "leaves out client_id",
        at: AT,
        resends: false,
        change: |draft, _| match draft.client_proof.is_some() || draft.client_assertion.is_some() {
            true => Err("the client says who it is by its authentication too".into()),
            false => remove(draft, "client_id"),
        },
    },
    Tamper {
        name: "missing-grant-type",
        says: "leaves out grant_type",
        at: AT,
        resends: false,
        change: |draft, _| remove(draft, "grant_type"),
    },
    Tamper {
        name: "unsupported-grant",
        says: "sends a grant_type that nobody supports",
        at: AT,
        resends: false,
        change: |draft, _| set(draft, "grant_type", "urn:example:no-such-grant"),
    },
    Tamper {
        name: "repeated-parameter",
        says: "sends pre-authorized_code twice",
        at: AT,
        resends: false,
        change: repeated_parameter,
    },
    Tamper {
        name: "unknown-parameter",
        says: "adds a parameter that no specification defines",
        at: AT,
        resends: false,
        change: |draft, _| set(draft, "zzz_unknown", "1"),
    },
];

fn missing_tx_code(draft: &mut Draft, session: &Session) -> Result<String, String> {
    remove(draft, session.traits().user_code_parameter())
}

fn wrong_tx_code(draft: &mut Draft, session: &Session) -> Result<String, String> {
    let code = session.offer.tx_code.as_deref().filter(|code| !code.is_empty());
    let code = code.ok_or("the offer came without a transaction code")?;
    let name = session.traits().user_code_parameter();
    set(draft, name, &altered(code))?;
    Ok(format!("{name} with its last character changed"))
}

fn unexpected_tx_code(draft: &mut Draft, session: &Session) -> Result<String, String> {
    let name = session.traits().user_code_parameter();
    if field(draft, name).is_some() {
        return Err("the offer asks for a transaction code".into());
    }
    set(draft, name, "4711")
}

fn unknown_code(draft: &mut Draft, _: &Session) -> Result<String, String> {
    set(draft, "pre-authorized_code", &fresh_identifier())?;
    Ok("pre-authorized_code is a fresh random value".into())
}

fn repeated_parameter(draft: &mut Draft, _: &Session) -> Result<String, String> {
    let code = field(draft, "pre-authorized_code").ok_or("the request has no code")?;
    let form = draft.form().ok_or("the request has no form")?;
    form.push(("pre-authorized_code".into(), code));
    Ok("pre-authorized_code is sent twice, with the same value".into())
}

/// The same text with its last character moved to a neighbour in its alphabet.
fn altered(code: &str) -> String {
    let mut characters: Vec<char> = code.chars().collect();
    if let Some(last) = characters.last_mut() {
        *last = match *last {
            '9' => '0',
            'z' => 'a',
            'Z' => 'A',
            digit @ '0'..='8' => char::from(digit as u8 + 1),
            letter @ ('a'..='y' | 'A'..='Y') => char::from(letter as u8 + 1),
            _ => '0',
        };
    }
    characters.into_iter().collect()
}

pub(super) fn field(draft: &mut Draft, name: &str) -> Option<String> {
    let form = draft.form()?;
    form.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
}

pub(super) fn set(draft: &mut Draft, name: &str, value: &str) -> Result<String, String> {
    let form = draft.form().ok_or("the request has no form")?;
    form.retain(|(key, _)| key != name);
    form.push((name.to_owned(), value.to_owned()));
    Ok(format!("{name} is {value}"))
}

fn remove(draft: &mut Draft, name: &str) -> Result<String, String> {
    let form = draft.form().ok_or("the request has no form")?;
    let before = form.len();
    form.retain(|(key, _)| key != name);
    if form.len() == before {
        return Err(format!("the request has no {name}"));
    }
    Ok(format!("{name} is left out"))
}

#[cfg(test)]
mod tests {
    use super::altered;

    #[test]
    fn a_wrong_code_keeps_length_and_alphabet() {
        assert_eq!(altered("000129"), "000120");
        assert_eq!(altered("1234"), "1235");
        assert_eq!(altered("abz"), "aba");
        assert_eq!(altered("x-"), "x0");
    }
}
