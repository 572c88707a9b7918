//! Everything that must be known before a file is written: said, found out, asked for, or assumed,
//! in this order.

use std::path::Path;

use super::look::Found;
use super::products::{self, ANY_ISSUER, Clues, Product};
use super::questions::Questions;
use super::recipe::{self, Recipe};
use crate::checks::Profiles;
use crate::cli::CliError;
use crate::cli::arguments::{CiName, InitArguments, OfferSourceName};
use crate::protocol::IssuerMetadata;

/// The variable of a recipe for the credential configuration that is offered.
const CONFIGURATION_ID: &str = "CREDENTIAL_CONFIGURATION_ID";
/// As many configurations are named in a question.
const MOST_NAMED: usize = 12;

/// What is to be written.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The Credential Issuer Identifier.
    pub issuer: String,
    /// The product that it is.
    pub product: &'static Product,
    /// How its offers are minted, with what is known filled in; none if they are not.
    pub recipe: Option<Recipe>,
    /// The profiles that it claims to follow.
    pub profiles: Profiles,
    /// The `client_id` of the wallet.
    pub client_id: Option<String>,
    /// Where the gate is to run.
    pub systems: Vec<CiName>,
    /// What should be known beside.
    pub remarks: Vec<String>,
}

impl Answers {
    /// Whether a program of the user's mints the offers.
    pub fn needs_a_program(&self) -> bool {
        self.recipe.as_ref().is_some_and(|recipe| recipe.tables.contains("\"./mint.sh\""))
    }
}

/// Puts together what was said, found out, and answered.
pub fn gather(
    arguments: &InitArguments,
    issuer: String,
    found: &Found,
    questions: &Questions,
) -> Result<Answers, CliError> {
    let product = product(arguments, &issuer, found, questions);
    let mut recipe = match arguments.offer_source {
        Some(OfferSourceName::None) => None,
        Some(OfferSourceName::Exec) => recipe::find("any-issuer"),
        Some(OfferSourceName::Http) if product.recipe == ANY_ISSUER.recipe => {
            recipe::find("any-issuer-http")
        }
        Some(OfferSourceName::Http) | None => recipe::find(product.recipe),
    };
    if let Some(recipe) = &mut recipe {
        recipe.settle_identifier(&issuer);
        if recipe.asks_for(CONFIGURATION_ID)
            && let Some(id) = configuration_id(arguments, found, questions)?
        {
            recipe.settle(CONFIGURATION_ID, &id);
        }
    }
    let claimed = recipe.iter().flat_map(|recipe| &recipe.profiles);
    let claimed = claimed.filter_map(|name| name.parse().ok());
    let profiles = match arguments.profile.as_slice() {
        [] => Profiles::of(claimed),
        named => Profiles::of(named.iter().copied()),
    };
    let remarks = remarks(product, &issuer, found);
    let client_id = arguments.client_id.clone();
    let systems = systems(arguments, questions);
    Ok(Answers { issuer, product, recipe, profiles, client_id, systems, remarks })
}

fn product(
    arguments: &InitArguments,
    issuer: &str,
    found: &Found,
    questions: &Questions,
) -> &'static Product {
    let named = arguments.product.as_deref().and_then(products::find);
    if let Some(product) = named {
        return product;
    }
    if let Some(recognised) = recognised(issuer, found) {
        return recognised;
    }
    if arguments.offer_source.is_some() {
        return &ANY_ISSUER;
    }
    let names: Vec<&str> = products::names().collect();
    products::find(questions.choose("Product", &names, ANY_ISSUER.name)).unwrap_or(&ANY_ISSUER)
}

fn recognised(issuer: &str, found: &Found) -> Option<&'static Product> {
    let clues = clues(issuer, found)?;
    products::recognise(&clues).map(|recognised| recognised.product)
}

/// What can be told from, if anything was found.
pub fn clues<'a>(identifier: &'a str, found: &'a Found) -> Option<Clues<'a>> {
    let issuer = found.issuer.as_ref()?;
    Some(Clues { identifier, issuer, server: found.server.as_ref() })
}

/// The configuration that is offered: one that this wallet can ask for, if it can be seen.
fn configuration_id(
    arguments: &InitArguments,
    found: &Found,
    questions: &Questions,
) -> Result<Option<String>, CliError> {
    let metadata = found.issuer.as_ref().map(IssuerMetadata::new);
    let ids: Vec<&str> = metadata
        .map(|metadata| {
            let mut configurations: Vec<_> = metadata.configurations().collect();
            configurations.sort_by_key(|(_, configuration)| !configuration.is_sd_jwt_vc());
            configurations.into_iter().map(|(id, _)| id).collect()
        })
        .unwrap_or_default();
    if let Some(id) = &arguments.config_id {
        return match ids.is_empty() || ids.contains(&id.as_str()) {
            true => Ok(Some(id.clone())),
            false => Err(CliError::Usage(format!(
                "expected a credential configuration of the issuer's, one of {}, found {id:?}",
                crate::render::plain(&ids.join(", "))
            ))),
        };
    }
    let Some(first) = ids.first() else { return Ok(None) };
    // What cannot be typed cannot be asked for either.
    let is_plain = ids.iter().all(|id| crate::render::plain(id) == *id);
    if ids.len() == 1 || ids.len() > MOST_NAMED || !is_plain {
        return Ok(Some((*first).to_owned()));
    }
    Ok(Some(questions.choose("Credential configuration", &ids, first).to_owned()))
}

fn remarks(product: &Product, issuer: &str, found: &Found) -> Vec<String> {
    let mut remarks: Vec<String> = product.remark.map(str::to_owned).into_iter().collect();
    if clues(issuer, found).is_some_and(|clues| clues.lacks_pre_authorized_codes()) {
        remarks.push(
            "grant_types_supported of the Authorization Server does not list pre-authorized codes, \
             the only flow that vcispec drives"
                .to_owned(),
        );
    }
    remarks
}

fn systems(arguments: &InitArguments, questions: &Questions) -> Vec<CiName> {
    if !arguments.ci.is_empty() {
        let mut systems = arguments.ci.clone();
        systems.dedup();
        systems.retain(|system| *system != CiName::None);
        return systems;
    }
    let usual = usual(&arguments.dir);
    match questions.choose("Pipeline", &["github", "gitlab", "shell", "none"], usual) {
        "github" => vec![CiName::Github],
        "gitlab" => vec![CiName::Gitlab],
        "shell" => vec![CiName::Shell],
        _ => Vec::new(),
    }
}

/// The system that a directory is used with, as far as can be seen.
fn usual(directory: &Path) -> &'static str {
    let remotes = std::fs::read_to_string(directory.join(".git/config")).unwrap_or_default();
    if directory.join(".github").is_dir() || remotes.contains("github.com") {
        "github"
    } else if directory.join(".gitlab-ci.yml").is_file() || remotes.contains("gitlab") {
        "gitlab"
    } else {
        "shell"
    }
}
