"""Print what roc-validator finds in a crate, with no network: contexts come from rocrate's own copy."""

from __future__ import annotations

import io
import json
import sys
import urllib.request
from pathlib import Path
from typing import Any

import requests
import rocrate
from rocrate_validator import models, services

CONTEXT = (Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()


class _Body(io.BytesIO):
    status = 200

    def __init__(self, url: str) -> None:
        super().__init__(CONTEXT)
        self.headers = {"Content-Type": "application/ld+json"}
        self.url = self._request_url = url

    def info(self) -> dict[str, str]:
        return self.headers

    def geturl(self) -> str:
        return self.url


def _send(_: object, request: Any, **__: object) -> requests.Response:
    answer = requests.Response()
    answer.request, answer.url = request, request.url
    known = "ro/crate" in request.url
    answer.status_code = 200 if known else 404
    answer._content = CONTEXT if known else b""
    answer.raw = _Body(request.url)
    answer.headers["Content-Type"] = "application/ld+json"
    return answer


def _open(_: object, url: Any, *__: object, **___: object) -> _Body:
    return _Body(url if isinstance(url, str) else url.full_url)


def issues(folder: str, profile: str, severity: str) -> list[str]:
    settings = services.ValidationSettings(
        rocrate_uri=folder,
        profile_identifier=profile,
        requirement_severity=models.Severity[severity],
    )
    found = services.validate(settings).get_issues()
    return [f"{one.severity.name} {one.check.identifier}: {one.message}" for one in found]


if __name__ == "__main__":
    requests.Session.send = _send  # type: ignore[method-assign,assignment]
    urllib.request.OpenerDirector.open = _open  # type: ignore[method-assign,assignment]
    crate, level, *profiles = sys.argv[1:]
    sys.stdout.write(json.dumps({profile: issues(crate, profile, level) for profile in profiles}) + "\n")
