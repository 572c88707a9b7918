//! What is in the image and how it starts. The `Dockerfile` says the same in its own words, and a test compares them.

use crate::archive::Entry;

/// The program that is started.
pub const ENTRYPOINT: &str = "/vcispec";
/// As whom: nobody in particular.
pub const USER: &str = "65532:65532";
/// The same as a number.
pub const NOBODY: u32 = 65532;
/// Where `vcispec.toml` is looked for and reports are written: a volume goes here.
pub const WORKING_DIRECTORY: &str = "/data";
/// The authorities over TLS certificates, on the machine that builds as in the image.
pub const AUTHORITIES: &str = "/etc/ssl/certs/ca-certificates.crt";
/// The environment of the program.
pub const ENVIRONMENT: &[(&str, &str)] = &[("SSL_CERT_FILE", AUTHORITIES)];
/// What the image is called where one lies among others.
pub const TITLE: &str = "vcispec";

const PASSWD: &str = include_str!("../../../packaging/image/etc/passwd");
const GROUP: &str = include_str!("../../../packaging/image/etc/group");

/// Everything that is in the image.
pub fn content(program: Vec<u8>, authorities: Vec<u8>) -> Vec<Entry> {
    let inside = |path: &str| path.trim_start_matches('/').to_owned();
    let mut data = Entry::folder(inside(WORKING_DIRECTORY));
    data.owner = NOBODY;
    let mut temporary = Entry::folder("tmp");
    temporary.mode = 0o1777;
    vec![
        data,
        Entry::folder("etc"),
        Entry::file("etc/group", GROUP),
        Entry::file("etc/passwd", PASSWD),
        Entry::folder("etc/ssl"),
        Entry::folder("etc/ssl/certs"),
        Entry::file(inside(AUTHORITIES), authorities),
        temporary,
        Entry::program(inside(ENTRYPOINT), program),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_is_one_that_the_image_knows() {
        let (user, group) = USER.split_once(':').unwrap_or_default();
        assert_eq!((user, group), (NOBODY.to_string().as_str(), NOBODY.to_string().as_str()));
        assert!(PASSWD.contains(&format!(":{user}:{group}:nonroot:{WORKING_DIRECTORY}:")));
        assert!(GROUP.contains(&format!(":{group}:")));
    }
}
