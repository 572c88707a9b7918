//! From the configuration to offer sources that can be asked.

use super::offer::{HttpTable, OfferTable};
use super::origin::Origin;
use super::{Configuration, ConfigurationError};
use crate::cli::document::Finding;
use crate::offers::{Exec, HttpMint, OfferSource, Reach};

impl Configuration {
    /// Opens every source of `[[offers]]`, in their order: reads files and authorities, mints
    /// nothing. `reach` is how a minting endpoint is connected to, `builtin` gives the bundled
    /// issuer as a source of this name, if it is there.
    pub fn offer_sources(
        &self,
        reach: &Reach,
        builtin: impl Fn(&str) -> Option<OfferSource>,
    ) -> Result<Vec<OfferSource>, ConfigurationError> {
        let mut sources = Vec::new();
        for table in &self.offers {
            let offer = table.get_ref();
            let name = offer.name.get_ref();
            let origin = Origin::of(table).map_err(|finding| self.document.refuse(finding))?;
            let source = match origin {
                Origin::Uri(text) => OfferSource::text(name, text)?,
                Origin::File(path) => OfferSource::file(name, &self.document.path(path))?,
                Origin::Exec(argv) => OfferSource::exec(
                    name,
                    Exec {
                        argv: argv.to_vec(),
                        directory: self.document.directory(),
                        time_limit: offer.time_limit(),
                    },
                ),
                Origin::Http(http) => {
                    let mint = request(http, offer, reach);
                    let mint = mint.map_err(|message| self.refuse(offer, message))?;
                    OfferSource::http(name, mint)
                }
                Origin::Builtin => builtin(name).ok_or_else(|| {
                    self.refuse(offer, "the bundled issuer is not running here".into())
                })?,
            };
            sources.push(as_declared(source, offer));
        }
        Ok(sources)
    }

    /// Whether some source is the bundled issuer, which has to be started first.
    pub fn names_the_bundled_issuer(&self) -> bool {
        self.offers.iter().any(|table| matches!(Origin::of(table), Ok(Origin::Builtin)))
    }

    fn refuse(&self, offer: &OfferTable, message: String) -> ConfigurationError {
        let problem = self.document.refuse(Box::new(Finding {
            message,
            span: Some(offer.name.span()),
            label: "in this source".into(),
            help: None,
            also: None,
        }));
        problem.into()
    }
}

fn as_declared(source: OfferSource, offer: &OfferTable) -> OfferSource {
    let mut source = source.declaring(offer.gives.declared());
    if let Some(tx_code) = &offer.tx_code {
        source = source.with_tx_code(tx_code.expose());
    }
    if offer.serial {
        source = source.in_turn();
    }
    source
}

fn request(http: &HttpTable, offer: &OfferTable, reach: &Reach) -> Result<HttpMint, String> {
    let mut mint = HttpMint::new(&http.method, http.url.expose(), reach, offer.time_limit())?;
    for (name, value) in &http.headers {
        mint = mint.header(name, value.expose())?;
    }
    if let Some(body) = &http.body {
        mint = mint.body(body.expose().clone());
    }
    if let Some(place) = &http.offer {
        mint = mint.offer(place);
    }
    if let Some(place) = &http.tx_code {
        mint = mint.tx_code(place);
    }
    Ok(mint)
}
