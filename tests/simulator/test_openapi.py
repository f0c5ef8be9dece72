"""The answers against Twilio's own OpenAPI, where TWILIO_OPENAPI_DIR says where that is."""

import json
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from tests.simulator.conftest import CLINIC, SID, TOKEN, World


def answer_schema(folder: str, file: str, path: str, method: str, status: str) -> dict[str, Any]:
    spec = json.loads((Path(folder) / file).read_text())
    operation = spec["paths"][path][method]
    schema = operation["responses"][status]["content"]["application/json"]["schema"]
    read: dict[str, Any] = plain({**schema, "components": spec["components"]})
    return read


def plain(node: Any) -> Any:
    """OpenAPI 3.0 as JSON schema: nullable, and formats that are not checked here."""
    if isinstance(node, list):
        return [plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    read = {key: plain(value) for key, value in node.items() if key not in {"nullable", "format"}}
    if node.get("nullable") is True and "type" in read:
        read["type"] = [read["type"], "null"]
    return read


ACCOUNT = "/2010-04-01/Accounts/{AccountSid}"
CASES = [
    ("api_v2010.json", f"{ACCOUNT}/Messages.json", "post", "201"),
    ("api_v2010.json", f"{ACCOUNT}/Messages.json", "get", "200"),
    ("api_v2010.json", f"{ACCOUNT}/Messages/{{Sid}}.json", "get", "200"),
    ("api_v2010.json", f"{ACCOUNT}/Calls.json", "post", "201"),
    ("api_v2010.json", f"{ACCOUNT}/Calls.json", "get", "200"),
    ("content_v1.json", "/v1/Content", "post", "201"),
    ("content_v1.json", "/v1/Content", "get", "200"),
    ("content_v1.json", "/v1/ContentAndApprovals", "get", "200"),
    ("content_v1.json", "/v1/Content/{Sid}/ApprovalRequests", "get", "200"),
]


@pytest.mark.parametrize(("file", "path", "method", "status"), CASES)
def test_an_answer_is_as_twilio_publishes_it(
    world: World, openapi: str, file: str, path: str, method: str, status: str
) -> None:
    schema = answer_schema(openapi, file, path, method, status)
    answer = request(world, file, path, method)
    assert answer.status_code == int(status), answer.text
    jsonschema.validate(answer.json(), schema)
    known = set(schema.get("properties", {}))
    if "$ref" in schema:
        known = set(
            schema["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["properties"]
        )
    assert set(answer.json()) <= known


def request(world: World, file: str, path: str, method: str) -> httpx.Response:
    product = file.partition("_")[0]
    base = f"{world.url}/simulator/twilio/{product}"
    with httpx.Client(auth=(SID, TOKEN)) as client:
        form = {"To": "+525500000001", "From": CLINIC, "Body": "Hola", "Url": f"{world.url}/x"}
        body = {"friendly_name": "a", "language": "es", "types": {"twilio/text": {"body": "b"}}}
        made = {
            "Messages": client.post(
                f"{base}{ACCOUNT}/Messages.json".format(AccountSid=SID), data=form
            ),
            "Calls": client.post(f"{base}{ACCOUNT}/Calls.json".format(AccountSid=SID), data=form),
            "Content": client.post(f"{base}/v1/Content", json=body),
        }
        thing = next(made[name] for name in made if f"/{name}" in path)
        if method == "post":
            return thing
        return client.get(base + path.format(AccountSid=SID, Sid=thing.json()["sid"]))
