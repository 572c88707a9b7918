//! One message, request or answer: its first line, header fields and content, in inks.

use serde::Serialize;

use super::excerpt::{Meant, around_marks};
use super::ink::{Line, Piece, run, value};
use super::json::{cut, printed};
use super::marks::Marks;
use super::showing::{Same, Showing};
use super::token::{Opened, Tokens};
use crate::transcript::{Answer, Body, Headers, Request};

/// Further lines of a content are left out.
const MOST_LINES: usize = 2_000;
/// Header fields of a witness that are shown even if nothing speaks of them.
const TELLING: &[&str] = &[
    "authorization",
    "dpop",
    "content-type",
    "cache-control",
    "www-authenticate",
    "dpop-nonce",
    "location",
    "retry-after",
];

/// One message.
#[derive(Debug, Default, Serialize)]
pub(super) struct Message {
    /// `POST https://…` or `200`.
    start: Line,
    fields: Vec<Field>,
    /// How many further header fields are not shown.
    hidden: usize,
    /// What ought to be there and is not, or was left out on purpose.
    absent: Vec<String>,
    content: Vec<Piece>,
    /// The exchange that shows the same content.
    same_as: Option<Same>,
    /// The tokens opened here.
    tokens: Vec<Opened>,
}

#[derive(Debug, Serialize)]
struct Field {
    name: String,
    value: Vec<Piece>,
    mark: bool,
}

impl Message {
    pub(super) fn request<'a>(
        request: &'a Request,
        marks: &Marks<'_>,
        tokens: &Tokens<'a>,
        showing: &mut Showing<'_, 'a>,
    ) -> Self {
        let mut message = Self { start: start(request, marks, tokens), ..Self::default() };
        let wrong = marks.inside("header");
        message.fields(&request.headers, &|name| wrong.contains(&name), tokens, showing);
        let sent: Vec<String> =
            request.headers.0.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        message.absent.extend(left_out(&wrong, &sent));
        let form = media_type(&request.headers).contains("form-urlencoded");
        let body = request.said().text().unwrap_or_default();
        if form {
            message.form(body, marks, tokens);
        } else {
            let wrong = marks.inside("body");
            let places = message.content(
                request.said(),
                &|path| wrong.contains(&path),
                marks.has("body"),
                tokens,
                showing,
            );
            message.absent.extend(left_out(&wrong, &places));
        }
        let sent = request.headers.get("dpop").unwrap_or_default();
        // A verdict speaks of the answer: its words mark nothing in the request.
        let nothing = |_: &str| false;
        message.tokens(sent, |_| marks.inside("dpop"), &nothing, tokens, showing);
        let proof = |index: usize| match index {
            0 => marks.inside("proof"),
            _ => marks.inside(&format!("proof[{index}]")),
        };
        message.tokens(body, proof, &nothing, tokens, showing);
        if request.plaintext.is_some() {
            let sealed = request.body.text().unwrap_or_default();
            message.tokens(sealed, |_| Vec::new(), &nothing, tokens, showing);
        }
        for (name, text) in &request.headers.0 {
            if !name.eq_ignore_ascii_case("dpop") {
                message.tokens(text, |_| Vec::new(), &nothing, tokens, showing);
            }
        }
        message
    }

    pub(super) fn answer<'a>(
        answer: &'a Answer,
        marks: &Marks<'_>,
        tokens: &Tokens<'a>,
        showing: &mut Showing<'_, 'a>,
    ) -> Self {
        let status = answer.status.to_string();
        let mark = marks.speaks_of(&status);
        let mut message = Self { start: vec![Piece::key(status, mark)], ..Self::default() };
        let field = marks.field.unwrap_or_default();
        message.fields(&answer.headers, &|name| name == field, tokens, showing);
        if !field.is_empty() && answer.headers.get(field).is_none() {
            message.absent.push(format!("no {field}"));
        }
        let body = answer.said().text().unwrap_or_default();
        let spoken_of = |name: &str| marks.speaks_of(name);
        let is_named = |path: &str| spoken_of(path.rsplit('.').next().unwrap_or(path));
        let mut meant = Meant::All;
        if showing.is_witness() {
            let named = printed(body, &is_named, tokens).map(|printed| printed.marked);
            meant = Meant::of(&named.unwrap_or_default());
        }
        let is_marked = |path: &str| is_named(path) && meant.includes(path);
        message.content(answer.said(), &is_marked, false, tokens, showing);
        message.tokens(body, |_| Vec::new(), &spoken_of, tokens, showing);
        if answer.plaintext.is_some() {
            let sealed = answer.body.text().unwrap_or_default();
            message.tokens(sealed, |_| Vec::new(), &spoken_of, tokens, showing);
        }
        message
    }

    fn fields(
        &mut self,
        headers: &Headers,
        is_marked: &dyn Fn(&str) -> bool,
        tokens: &Tokens<'_>,
        showing: &Showing<'_, '_>,
    ) {
        for (name, text) in &headers.0 {
            let lower = name.to_ascii_lowercase();
            let mark = is_marked(&lower);
            if !showing.is_witness() || mark || TELLING.contains(&lower.as_str()) {
                let value = value(&cut(text), mark, tokens);
                self.fields.push(Field { name: name.clone(), value, mark });
            } else {
                self.hidden += 1;
            }
        }
    }

    /// A line for each parameter.
    fn form(&mut self, body: &str, marks: &Marks<'_>, tokens: &Tokens<'_>) {
        let wrong = marks.inside("form");
        let mut lines = Vec::new();
        let mut there = Vec::new();
        for (name, text) in url::form_urlencoded::parse(body.as_bytes()).take(MOST_LINES) {
            let mark = wrong.contains(&&*name);
            let mut line = vec![Piece::key(&*name, mark), Piece::between(" = ")];
            line.extend(value(&cut(&text), mark, tokens));
            lines.push(line);
            there.push(name.into_owned());
        }
        self.content = run(lines);
        self.absent.extend(left_out(&wrong, &there));
    }

    /// Sets the content; the answer is the paths of the members that were marked.
    fn content<'a>(
        &mut self,
        body: &'a Body,
        is_marked: &dyn Fn(&str) -> bool,
        mark_all: bool,
        tokens: &Tokens<'_>,
        showing: &mut Showing<'_, 'a>,
    ) -> Vec<String> {
        let text = body.text().unwrap_or("<binary>");
        self.same_as = showing.same_as(text);
        if self.same_as.is_some() {
            return Vec::new();
        }
        let (mut lines, marked) = match printed(text, is_marked, tokens) {
            Some(printed) => (printed.lines, printed.marked),
            None => {
                let lines = text.lines().map(|line| value(&cut(line), mark_all, tokens));
                (lines.collect(), Vec::new())
            }
        };
        let left_out = lines.len().saturating_sub(MOST_LINES);
        lines.truncate(MOST_LINES);
        if left_out > 0 {
            lines.push(vec![Piece::between(format!("… {left_out} further lines"))]);
        }
        if showing.is_witness() {
            lines = around_marks(lines);
        }
        self.content = run(lines);
        marked
    }

    /// Opens the tokens in a text: each once on the page, and as a witness those with marks.
    fn tokens<'m, 'a>(
        &mut self,
        text: &str,
        places: impl Fn(usize) -> Vec<&'m str>,
        is_spoken_of: &dyn Fn(&str) -> bool,
        tokens: &Tokens<'a>,
        showing: &mut Showing<'_, 'a>,
    ) {
        for (index, token) in tokens.in_text(text).into_iter().enumerate() {
            let places = places(index);
            let opened = Opened::new(token, &places, is_spoken_of, tokens, showing.is_witness());
            // One credential of a batch is witness enough; a proof made wrong always is one.
            let is_first = !self.tokens.iter().any(|one| one.is_marked);
            if showing.is_first_of(&token.name) {
                self.tokens.push(opened.at_home(tokens));
            } else if showing.is_witness() && opened.is_marked && (is_first || !places.is_empty()) {
                self.tokens.push(opened);
            }
        }
    }
}

/// Method and URL.
fn start(request: &Request, marks: &Marks<'_>, tokens: &Tokens<'_>) -> Line {
    let mut line = vec![Piece::key(&request.method, marks.has("method")), Piece::between(" ")];
    let (path, query) = request.url.split_once('?').unwrap_or((&request.url, ""));
    line.extend(value(path, marks.has("url"), tokens));
    let wrong = marks.inside("query");
    for (index, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
        line.push(Piece::between(if index == 0 { "?" } else { "&" }));
        let mark = wrong.contains(&pair.split('=').next().unwrap_or(pair));
        line.extend(value(&cut(pair), mark, tokens));
    }
    line
}

fn media_type(headers: &Headers) -> String {
    headers.get("content-type").unwrap_or_default().to_ascii_lowercase()
}

/// The places that were changed and cannot be seen.
fn left_out(places: &[&str], there: &[String]) -> Vec<String> {
    let gone = places.iter().filter(|place| !there.iter().any(|name| name == *place));
    gone.map(|place| format!("{place} is left out")).collect()
}
