"""What schemathesis calls before and after each call: puts objects that exist into paths, and counts what was reached."""

import atexit
import json
import os
from collections import defaultdict

import schemathesis
from schemathesis.core.parameters import ParameterLocation

import bodies
from objects import Objects
from org import Org

ORG = Org(os.environ["PORTICO_ORG"], os.environ["PORTICO_TOKEN"])
OBJECTS = Objects(ORG)
# What the document leaves open of queries that are refused without it.
QUERIES = {"listPrincipalRateLimitEntities": {"filter": 'principalType eq "SSWS_TOKEN"'}}
REACHED = defaultdict(lambda: defaultdict(int))


@schemathesis.check
def no_failure(context, response, case):
    """The org never fails. What it has not it says by 501, where the document lets it."""
    is_told = response.status_code == 501 and "501" in case.operation.definition.raw["responses"]
    assert response.status_code < 500 or is_told, f"{response.status_code}: {response.text[:300]}"


@schemathesis.hook
def before_add_examples(context, examples):
    """Adds the body that the call is known to take."""
    operation = context.operation
    name = operation.definition.raw["operationId"]
    if name in bodies.BODIES:
        examples.append(
            operation.Case(body=bodies.BODIES[name](ORG), media_type="application/json", path_parameters={})
        )


@schemathesis.hook
def before_call(context, case, kwargs):
    operation = case.operation
    name = operation.definition.raw["operationId"]
    is_meant = case.meta is None or not case.meta.is_negative_at(ParameterLocation.PATH)
    if is_meant and "{" in operation.path:
        found = OBJECTS.of(name, operation.method.upper(), operation.path)
        case.path_parameters = {**(case.path_parameters or {}), **found}
    if name in QUERIES and not (case.meta and case.meta.is_negative_at(ParameterLocation.QUERY)):
        case.query = {**(case.query or {}), **QUERIES[name]}


@schemathesis.hook
def after_call(context, case, response):
    name = case.operation.definition.raw["operationId"]
    REACHED[name][response.status_code] += 1
    if response.status_code == 404:
        OBJECTS.forget(name)


@atexit.register
def tell():
    with open(os.environ["PORTICO_REACHED"], "w") as file:
        json.dump({name: dict(statuses) for name, statuses in REACHED.items()}, file)
