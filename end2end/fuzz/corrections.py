"""Where Okta's OpenAPI documents 2026.06.3 say something else than Okta's API does: each with its reason, reviewed.

What is in no list here must be as the document says.
"""


def instead(**keywords):
    """Another schema in place of one."""
    return lambda schema: (schema.clear(), schema.update(keywords))


def without(*keywords):
    """Takes keywords from a schema."""
    return lambda schema: [schema.pop(keyword, None) for keyword in keywords]


def answers(status, meaning):
    """Lets an operation answer another status, with an error in Okta's shape."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Answer.Error"}}}
    return lambda operation: operation["responses"].setdefault(status, {"description": meaning, "content": content})


def pages(operation):
    """Lets an operation answer with pages, which it does for people; and with a line, to what no page of a browser posts."""
    for status, response in operation["responses"].items():
        response.setdefault("content", {}).setdefault("text/plain" if status == "415" else "text/html", {})


def open_to_all(operation):
    """Takes the credentials from an operation that needs none."""
    operation.pop("security", None)


def both(*corrections):
    return lambda operation: [correct(operation) for correct in corrections]


def answered(status, **schema):
    """Another schema for the answers of an operation with a status."""

    def correct(operation):
        for media in operation["responses"][status]["content"].values():
            media["schema"] = schema

    return correct


def empty(status):
    """Takes the media type from an answer that has no body."""
    return lambda operation: operation["responses"][status].pop("content", None)


# Calls that are not made: they end the administrator or the token that the others are made with.
ENDINGS = {"revokeCurrentApiToken", "deleteSessions"}

# What every operation may answer, with an error in Okta's shape. The document names some of these for each operation; the API
# answers all of them everywhere, also with the codes that the document itself lists (E0000011, E0000007, E0000090 …).
ERRORS = {
    "400": "what was sent does not do",
    "401": "nobody is known by these credentials",
    "403": "this person or app may not do this",
    "404": "there is no such object",
    "409": "there is such an object already, or it is in use",
    "415": "the body is not JSON",
    "429": "too many calls or messages in a short time",
}

# Corrections of schemas, by name and place in it: what to change.
SCHEMAS = {
    # `(?:$)` is a slip for `(?!$)`: as it is written, it allows the letter P alone, and not the document's own example P30D.
    ("TimeDuration",): without("pattern"),
    # What is embedded is the text `resourceType`, as the description says, and not objects.
    ("Policy", "properties", "_embedded"): without("additionalProperties"),
    ("AccessPolicy", "allOf", 1, "properties", "_embedded"): without("additionalProperties"),
    # An object with a list in it, as in the document's own example of this operation.
    ("SimulatePolicyResponse",): instead(type="object"),
    # A list of links, one for each way to send, as in the document's own examples.
    ("LinksResend", "properties", "resend"): instead(
        type="array", items={"$ref": "#/components/schemas/HrefObject"}
    ),
    # Numbers come back as they were sent, as in the document's own examples (+1-555-415-1337).
    ("UserFactorSMSProfile", "properties", "phoneNumber"): without("pattern"),
    ("UserFactorCallProfile", "properties", "phoneNumber"): without("pattern"),
    # A list, as in every error of Okta's and in the document's own example.
    ("Error406", "properties", "errorCauses"): instead(type="array", items={"type": "object"}),
    # A question of the user's own has the key `custom`, as everywhere else in Okta's API.
    ("UserFactorSecurityQuestionProfile", "properties", "question"): without("enum"),
}

# What one operation does that is not in the document.
UNBUILT_KIND = answers("501", "an app, authenticator, factor or policy of a kind that the local org has not; see docs/DIFFERENCES.md")
CHANGED_MEANWHILE = answers("412", "If-Match, which the document has as a parameter, names another state of the user")
# People are led there by their browsers, and read what goes wrong; the document has the redirects alone.
FOR_PEOPLE = both(pages, open_to_all)
OPERATIONS = {
    "authorize": FOR_PEOPLE,
    "authorizeWithPost": FOR_PEOPLE,
    "authorizeCustomAS": FOR_PEOPLE,
    "authorizeCustomASWithPost": FOR_PEOPLE,
    "logout": FOR_PEOPLE,
    "logoutWithPost": FOR_PEOPLE,
    "logoutCustomAS": FOR_PEOPLE,
    "logoutCustomASWithPost": FOR_PEOPLE,
    # A browser asks before it sends credentials, and sends none (Fetch, "CORS-preflight fetch").
    "tokenOptions": open_to_all,
    "tokenOptionsCustomAS": open_to_all,
    "parOptions": open_to_all,
    "parOptionsCustomAS": open_to_all,
    # No Content has none (RFC 9110, section 15.3.5).
    "deletePhone": empty("204"),
    "deleteWebAuthn": empty("204"),
    "deletePassword": empty("204"),
    "verifyPhoneChallenge": empty("204"),
    # A list, as in the document's own example.
    "listWebAuthn": answered("200", type="array", items={"$ref": "#/components/schemas/Answer.WebAuthn"}),
    # A link that is followed by POST, as in the document's own example.
    "sendPhoneChallenge": answered("200", type="object"),
    "createApplication": UNBUILT_KIND,
    "replaceApplication": UNBUILT_KIND,
    "createAuthenticator": UNBUILT_KIND,
    "replaceAuthenticator": UNBUILT_KIND,
    "replaceAuthenticatorMethod": UNBUILT_KIND,
    "enrollFactor": UNBUILT_KIND,
    "createPolicy": UNBUILT_KIND,
    "updateUser": CHANGED_MEANWHILE,
    "replaceUser": CHANGED_MEANWHILE,
}
