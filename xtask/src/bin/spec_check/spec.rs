use anyhow::{Context as _, Result};
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use super::schema;

/// An `OpenAPI` document, with its schemas as JSON Schema.
#[derive(Debug)]
pub(super) struct Spec {
    document: Value,
    validators: BTreeMap<(String, u16), Option<Validator>>,
}

/// An operation of a document.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) id: String,
    /// Where it stands in the document.
    path: String,
    method: String,
}

impl Spec {
    pub(super) fn read(file: &str) -> Result<Self> {
        let text =
            std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?;
        let options = serde_saphyr::options! { budget: None };
        let mut document: Value = serde_saphyr::from_str_with_options(&text, options)
            .with_context(|| format!("{file} is not YAML"))?;
        schema::to_json_schema(&mut document["components"]["schemas"]);
        Ok(Self {
            document,
            validators: BTreeMap::new(),
        })
    }

    /// The operation of a request. A fixed segment of a path wins over a parameter.
    pub(super) fn operation(&self, method: &str, path: &str) -> Option<Operation> {
        let path = path.split('?').next().unwrap_or_default();
        let method = method.to_lowercase();
        let paths = self.document["paths"].as_object()?;
        let fitting = paths
            .iter()
            .filter(|(template, item)| fits(template, path) && item.get(&method).is_some());
        let (template, item) = fitting.min_by_key(|(template, _)| template.matches('{').count())?;
        Some(Operation {
            id: item[&method]["operationId"]
                .as_str()
                .unwrap_or("?")
                .to_owned(),
            path: template.clone(),
            method,
        })
    }

    /// How a body does not fit; nothing when the document does not describe the status.
    pub(super) fn errors(
        &mut self,
        operation: &Operation,
        status: u16,
        body: &Value,
    ) -> Result<Option<Vec<String>>> {
        let key = (operation.id.clone(), status);
        if !self.validators.contains_key(&key) {
            let validator = self.validator(operation, status)?;
            self.validators.insert(key.clone(), validator);
        }
        let Some(Some(validator)) = self.validators.get(&key) else {
            return Ok(None);
        };
        // Okta answers null for what is unset, and its documents do not say so of most fields.
        let errors = validator
            .iter_errors(body)
            .filter(|error| !error.instance().is_null())
            .map(|error| {
                let place = error.instance_path().to_string();
                let text: String = error.masked().to_string().chars().take(200).collect();
                format!("{}: {text}", without_numbers(&place))
            });
        Ok(Some(errors.collect()))
    }

    fn validator(&self, operation: &Operation, status: u16) -> Result<Option<Validator>> {
        let responses = &self.document["paths"][&operation.path][&operation.method]["responses"];
        let described = responses
            .get(status.to_string())
            .or_else(|| responses.get("default"));
        let Some(response) = described.map(|response| self.resolved(response)) else {
            return Ok(None);
        };
        let Some(content) = response.get("content") else {
            // Okta's errors have a body wherever the document is silent about it. What succeeds has none then.
            let is_error = status >= 400;
            let nothing = || compile(&json!({"type": "null"}));
            return if is_error {
                Ok(None)
            } else {
                nothing().map(Some)
            };
        };
        let Some(schema) = content.as_object().and_then(of_json) else {
            return Ok(None);
        };
        let mut root = schema.clone();
        schema::to_json_schema_at(&mut root);
        let root = json!({"allOf": [root], "components": {"schemas": self.document["components"]["schemas"]}});
        Ok(Some(compile(&root)?))
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        value["$ref"]
            .as_str()
            .and_then(|reference| self.document.pointer(reference.trim_start_matches('#')))
            .unwrap_or(value)
    }
}

/// The schema for JSON, of whatever version the media type names.
fn of_json(content: &Map<String, Value>) -> Option<&Value> {
    let is_json = |name: &str| name.split(';').next() == Some("application/json");
    let (_, media) = content.iter().find(|(name, _)| is_json(name))?;
    media.get("schema")
}

fn compile(schema: &Value) -> Result<Validator> {
    jsonschema::draft7::options()
        .should_validate_formats(false)
        .build(schema)
        .map_err(|error| anyhow::anyhow!("a schema that does not compile: {error}"))
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template
            .zip(path)
            .all(|(expected, found)| expected.starts_with('{') || expected == found)
}

/// The place without the number of the item, so that all items of a list count as one.
fn without_numbers(place: &str) -> String {
    let segments = place.split('/').map(|segment| {
        if segment.parse::<usize>().is_ok() {
            "*"
        } else {
            segment
        }
    });
    segments.collect::<Vec<_>>().join("/")
}
