"""Calls every operation that the org has as an OpenAPI document says: run.py ORG_URL COVERAGE.md WORK_FOLDER EXAMPLES SPEC…

Ends with an error when an answer does not conform, when credentials are ignored, or when the org fails.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import yaml

import org
from document import METHODS, built, prepared, scopes_of
from person import access_token

CHECKS = [
    "no_failure",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "ignored_auth",
]
HERE = Path(__file__).parent


# Of the API for people about themselves, which asks every call for its version.
VERSIONED = "Accept: application/json; okta-version=1.0.0"


def headers(admin, document):
    """Credentials of an administrator; of a person, where the calls are about oneself, with the version of that API."""
    scopes = [scope for scope in scopes_of(document) if scope.startswith("okta.myAccount.")]
    if scopes:
        return [f"Authorization: Bearer {access_token(admin, scopes)}", VERSIONED]
    return [f"Authorization: SSWS {org.token(admin.url)}"]


def fuzz(admin, document, name, folder, examples):
    """Whether every answer is as the document says; and how often each operation answered which status."""
    url = admin.url
    file, reached = folder / f"{name}.json", folder / f"{name}-reached.json"
    file.write_text(json.dumps(document, default=str))
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", str(file), "--url", url),
        *(part for header in headers(admin, document) for part in ("--header", header)),
        *("--checks", ",".join(CHECKS), "--phases", "examples,fuzzing", "--max-examples", examples),
        *("--continue-on-failure", "--no-shrink", "--generation-deterministic"),
        *("--suppress-health-check", "all", "--warnings", "off", "--request-timeout", "20", "--no-color"),
    ]
    environment = {
        **os.environ,
        "PORTICO_ORG": url,
        "PORTICO_TOKEN": org.token(url),
        "PORTICO_REACHED": str(reached),
        "PYTHONPATH": str(HERE),
        "SCHEMATHESIS_HOOKS": "hooks",
    }
    status = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
    return status == 0, json.loads(reached.read_text())


def tell(name, document, reached):
    operations = [item[method]["operationId"] for item in document["paths"].values() for method in METHODS if method in item]
    unmet = [one for one in operations if not any(status.startswith("2") for status in reached.get(one, {}))]
    calls = sum(count for statuses in reached.values() for count in statuses.values())
    print(f"{name}: {len(operations)} operations, {calls} calls, {len(operations) - len(unmet)} operations answered 2xx")
    for one in unmet:
        print(f"  never 2xx: {one} {reached.get(one, {})}")


def main(url, coverage, folder, examples, *specs):
    operations, folder = built(Path(coverage).read_text()), Path(folder)
    admin = org.Org(url, org.token(url))
    is_fine = True
    for spec in specs:
        document = prepared(yaml.load(Path(spec).read_text(), Loader=yaml.CSafeLoader), operations)
        if document is None:
            continue
        name = Path(spec).stem
        fits, reached = fuzz(admin, document, name, folder, examples)
        tell(name, document, reached)
        is_fine = is_fine and fits
    sys.exit(0 if is_fine else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
