"""What schemathesis has to be told about this API: how JSON Lines are written, how what is no JSON is read, and what a
client has to know before it can ask. A key is made up for one request; before a record is changed, its tag is read, and
what there is to be changed about it."""

import json
import uuid

import requests
import schemathesis
from schemathesis.generation import GenerationMode

import fitting


@schemathesis.serializer("application/x-ndjson")
def lines(_context, value):
    """One line an item, and a value that is no list as the only line."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return b"".join(json.dumps(item).encode() + b"\n" for item in (value if isinstance(value, list) else [value]))


@schemathesis.deserializer("application/x-ndjson")
def items(_context, response):
    """Fails where a line is no JSON."""
    return [json.loads(line) for line in response.content.splitlines()]


@schemathesis.deserializer("text/csv", "text/markdown", "application/atom+xml")
def text(_context, response):
    """Fails where the answer is not UTF-8."""
    return response.content.decode("utf-8")


@schemathesis.hook
def before_call(_context, case, kwargs):
    """Well-formed requests get a key of their own, the record's tag and content that fits; malformed ones stay as they are."""
    headers = case.headers or {}
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    if "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = f'"{uuid.uuid4()}"'
    if "Claimboard-Position" in headers:
        # What a write has told: a place that every journal is past.
        headers["Claimboard-Position"] = "0/1"
    read = reader(case, kwargs)
    if "If-Match" in headers:
        tag = read(record(case)).headers.get("ETag")
        if tag:
            headers["If-Match"] = tag
    fit = fitting.BY_OPERATION.get(case.operation.definition.raw.get("operationId"))
    if fit and isinstance(case.body, dict):
        try:
            case.body = fit(case.body, lambda path: content(read(path)), record(case))
        except requests.HTTPError:
            # With a credential that was made up, or about a record that is not there, nothing can be known before.
            pass


def content(answer):
    """What a successful answer holds."""
    answer.raise_for_status()
    return answer.json()


def record(case):
    """The path of the record that a request is about."""
    path = case.formatted_path
    # An action on the record, such as its acceptance, or what belongs to it.
    return path if path.rsplit("/", 1)[-1].isdigit() else path.rsplit("/", 1)[0]


def reader(case, kwargs):
    """Reads other paths as whoever sends the request."""
    sent = case.as_transport_kwargs(base_url=kwargs.get("base_url"))
    address = sent["url"].removesuffix(case.formatted_path)
    authorization = {
        name: value
        for source in (sent.get("headers") or {}, kwargs.get("headers") or {})
        for name, value in source.items()
        if name.lower() == "authorization"
    }
    return lambda path: requests.get(address + path, headers=authorization, timeout=60)
