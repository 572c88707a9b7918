//! The `Dockerfile` cannot be built where the tests run. What it says is held against the recipe instead.

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::{Value, json};

    use super::super::recipe::{
        AUTHORITIES, ENTRYPOINT, ENVIRONMENT, NOBODY, USER, WORKING_DIRECTORY, content,
    };
    use crate::{Outcome, workspace};

    /// The instructions of the last stage: word and rest.
    fn last_stage(text: &str) -> Vec<(&str, &str)> {
        let lines = text.lines().filter(|line| !line.starts_with(['#', ' ']) && !line.is_empty());
        let instructions: Vec<_> = lines.filter_map(|line| line.split_once(' ')).collect();
        let last = instructions.iter().rposition(|(word, _)| *word == "FROM").unwrap_or_default();
        instructions.get(last..).unwrap_or_default().to_vec()
    }

    fn dockerfile() -> Outcome<String> {
        Ok(fs::read_to_string(workspace::root().join("Dockerfile"))?)
    }

    #[test]
    fn it_starts_the_same_program_in_the_same_way() -> Outcome {
        let text = dockerfile()?;
        let stage = last_stage(&text);
        let all = |wanted: &str| -> Vec<&str> {
            stage.iter().filter(|(word, _)| *word == wanted).map(|(_, rest)| *rest).collect()
        };
        assert_eq!(all("FROM"), ["scratch"]);
        assert_eq!(all("USER"), [USER]);
        assert_eq!(all("WORKDIR"), [WORKING_DIRECTORY]);
        let environment: Vec<String> =
            ENVIRONMENT.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(all("ENV"), environment);
        let [entrypoint] = all("ENTRYPOINT")[..] else { return Err("one ENTRYPOINT".into()) };
        assert_eq!(serde_json::from_str::<Value>(entrypoint)?, json!([ENTRYPOINT]));
        Ok(())
    }

    #[test]
    fn its_program_is_built_the_same_way() -> Outcome {
        let text = dockerfile()?;
        assert!(text.contains(&format!("RUSTFLAGS='{}'", workspace::STATIC.join(" "))));
        assert!(text.contains("cargo install --locked --path . --profile dist --target"));
        Ok(())
    }

    #[test]
    fn it_holds_the_same_files() -> Outcome {
        let text = dockerfile()?;
        let copied: Vec<&str> = last_stage(&text)
            .into_iter()
            .filter_map(|(word, rest)| (word == "COPY").then_some(rest))
            .collect();
        let own = format!("--from=builder --chown={NOBODY}:{NOBODY} /nobody/ /");
        assert_eq!(
            copied,
            [
                "packaging/image/ /",
                &format!("--from=builder {AUTHORITIES} {AUTHORITIES}"),
                "--from=builder /everybody/ /",
                &own,
                &format!("--from=builder /built/bin/vcispec {ENTRYPOINT}"),
            ]
        );
        for entry in content(Vec::new(), Vec::new()) {
            let folder = match entry.owner {
                0 => "everybody",
                _ => "nobody",
            };
            let made = format!("install -d -m {:04o} /{folder}/{}", entry.mode, entry.path);
            let parent = entry.path.starts_with("etc");
            assert!(parent || entry.content.is_some() || text.contains(&made), "{made}");
        }
        Ok(())
    }
}
