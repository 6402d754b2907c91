"""The org under test, as an administrator sees it."""

import itertools

import requests


class Org:
    """Calls that prepare what is tested; each must succeed."""

    def __init__(self, url, token):
        self.url = url
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"SSWS {token}"
        self._numbers = itertools.count(1)

    def call(self, method, path, body=None):
        answer = self.session.request(method, self.url + path, json=body, timeout=20)
        if answer.status_code >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:400]}")
        return answer.json() if answer.content else None

    def get(self, path):
        return self.call("GET", path)

    def post(self, path, body=None):
        return self.call("POST", path, body)

    def made(self, path, body):
        """The id of a new object."""
        return self.post(path, body)["id"]

    def first(self, path):
        """The id of the first object of a list."""
        return self.get(path)[0]["id"]

    def name(self, what):
        """A name that nothing else has."""
        return f"{what} {next(self._numbers)}"


def token(url):
    """An API token of the first super administrator."""
    answer = requests.post(f"{url}/dev/api-token", json={}, timeout=20)
    answer.raise_for_status()
    return answer.json()["token"]
