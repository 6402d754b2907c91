"""An OpenAPI document as schemathesis is to read it: only what is built, and answers as Okta gives them."""

import copy
import re

from corrections import ENDINGS, ERRORS, OPERATIONS, SCHEMAS, answers

METHODS = ("get", "put", "post", "patch", "delete", "options", "head")
# `- `getUser` GET `/api/v1/users/{id}`` in docs/COVERAGE.md.
BUILT = re.compile(r"^- `(\w+)` ([A-Z]+) `(\S+)`$", re.MULTILINE)
# Where an operation keeps the scopes that Okta's document has in another place.
SCOPES = "x-scopes"
# How far bodies are drawn from their schemas, and by what.
DEPTH = 3
KEPT = (
    *("type", "enum", "format", "nullable", "pattern", "required", "minLength", "maxLength", "minimum", "maximum"),
    *("minItems", "maxItems", "uniqueItems"),
)


def built(coverage):
    """Method and path of each operation that the org has, from the text of docs/COVERAGE.md."""
    return {(method, path) for _, method, path in BUILT.findall(coverage)}


def prepared(document, operations):
    """The document with these operations alone, corrected; nothing when none of them is in it."""
    document = copy.deepcopy(document)
    _correct_schemas(document)
    paths = {}
    for path, item in document["paths"].items():
        kept = {
            method: _prepared(document, item[method])
            for method in METHODS
            if method in item and (method.upper(), path) in operations and item[method]["operationId"] not in ENDINGS
        }
        if kept:
            paths[path] = {"parameters": item.get("parameters", []), **kept}
    document["paths"] = paths
    for name, schema in list(document["components"]["schemas"].items()):
        document["components"]["schemas"][f"Answer.{name}"] = _answered(schema)
    _drop_unused(document)
    return document if paths else None


def scopes_of(document):
    """Every scope that operations of a prepared document ask for."""
    operations = [item[method] for item in document["paths"].values() for method in METHODS if method in item]
    return sorted({scope for operation in operations for scope in operation[SCOPES]})


def _scopes(operation):
    return [scope for scheme in operation.get("security") or [] for scope in scheme.get("oauth2", [])]


def _correct_schemas(document):
    for (name, *place), correct in SCHEMAS.items():
        schema = document["components"]["schemas"].get(name)
        if schema is not None:
            for step in place:
                schema = schema[step]
            correct(schema)


def _prepared(document, operation):
    responses = {}
    for status, response in operation["responses"].items():
        response = copy.deepcopy(_resolved(document, response))
        for media in response.get("content", {}).values():
            media.pop("examples", None)
            media.pop("example", None)
            if "schema" in media:
                media["schema"] = _answered(media["schema"])
        responses[str(status)] = response
    operation = {**operation, "responses": responses, SCOPES: _scopes(operation)}
    if "Error" in document["components"]["schemas"]:
        for status, meaning in ERRORS.items():
            answers(status, meaning)(operation)
    if "requestBody" in operation:
        body = copy.deepcopy(_resolved(document, operation["requestBody"]))
        for media in body["content"].values():
            if "schema" in media:
                media["schema"] = _asked(document, media["schema"], DEPTH)
        operation["requestBody"] = body
    if operation.get("security"):
        # schemathesis takes credentials away and puts wrong ones in their place where they are a header.
        operation["security"] = [{"header": []}]
        schemes = document["components"].setdefault("securitySchemes", {})
        schemes["header"] = {"type": "apiKey", "in": "header", "name": "Authorization"}
    if operation["operationId"] in OPERATIONS:
        OPERATIONS[operation["operationId"]](operation)
    return operation


def _resolved(document, value):
    while "$ref" in value:
        at = document
        for step in value["$ref"].removeprefix("#/").split("/"):
            at = at[step]
        value = at
    return value


def _asked(document, schema, depth):
    """The schema of a body, without what lies deep in it: bodies of some operations have thousands of fields, and
    schemathesis draws minutes for one."""
    schema = _resolved(document, schema)
    if depth == 0:
        return {"type": schema["type"]} if "type" in schema else {}
    kept = {name: value for name, value in schema.items() if name in KEPT}
    for keyword in ("allOf", "anyOf", "oneOf"):
        if keyword in schema:
            # Of several kinds one will do: what fits one and none of the others is drawn too slowly.
            name = "anyOf" if keyword == "oneOf" else keyword
            kept[name] = [_asked(document, one, depth) for one in schema[keyword]]
    fields = {
        name: _asked(document, field, depth - 1)
        for name, field in (schema.get("properties") or {}).items()
        if not _resolved(document, field).get("readOnly")
    }
    if fields:
        kept["properties"] = fields
        kept["required"] = [name for name in kept.get("required") or [] if name in fields]
    if not kept.get("required"):
        kept.pop("required", None)
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            kept[keyword] = _asked(document, schema[keyword], depth - 1)
    return kept


def _answered(schema):
    """The schema of an answer: null stands for what is unset, which Okta's document says of few fields only, and of several
    kinds that one fits which is named."""
    if isinstance(schema, list):
        return [_answered(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {name: value for name, value in schema.items() if name not in ("example", "examples", "default")}
    if isinstance(schema.get("$ref"), str):
        return {"$ref": schema["$ref"].replace("#/components/schemas/", "#/components/schemas/Answer.")}
    schema.pop("required" if schema.get("required") in ([], True, False) else "", None)
    _tell_kinds_apart(schema)
    for keyword in ("properties", "patternProperties"):
        if isinstance(schema.get(keyword), dict):
            fields = {name: _or_null(_answered(field)) for name, field in schema[keyword].items()}
            schema[keyword] = fields
    for keyword in ("items", "additionalProperties", "not", "allOf", "anyOf"):
        if keyword in schema:
            schema[keyword] = _answered(schema[keyword])
    return schema


def _or_null(schema):
    return {"nullable": True, "allOf": [schema]}


def _tell_kinds_apart(schema):
    discriminator = schema.pop("discriminator", None) or {}
    kinds = schema.pop("oneOf", None)
    mapping = discriminator.get("mapping")
    if kinds and not mapping:
        schema["anyOf"] = kinds
    listed = {kind.get("$ref") for kind in kinds or []}
    for value, target in (mapping or {}).items():
        if target in listed:
            is_other = {"not": {"properties": {discriminator["propertyName"]: {"enum": [value]}},
                                "required": [discriminator["propertyName"]]}}
            schema.setdefault("allOf", []).append({"anyOf": [is_other, {"$ref": target}]})


def _drop_unused(document):
    """Reading what nothing refers to takes schemathesis longer than the calls."""
    used, open_ends = set(), [document["paths"]]
    while open_ends:
        value = open_ends.pop()
        if isinstance(value, list):
            open_ends.extend(value)
        elif isinstance(value, dict):
            open_ends.extend(value.values())
            # A discriminator names its kinds without `$ref`.
            targets = [value.get("$ref"), *(value.get("mapping") or {}).values()] if isinstance(
                value.get("mapping", {}), dict) else [value.get("$ref")]
            for target in targets:
                if isinstance(target, str) and target.startswith("#/components/") and target not in used:
                    used.add(target)
                    open_ends.append(_resolved(document, {"$ref": target}))
    for kind, components in document["components"].items():
        if kind != "securitySchemes":
            document["components"][kind] = {
                name: value for name, value in components.items() if f"#/components/{kind}/{name}" in used
            }
