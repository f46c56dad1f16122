"""What schemathesis has to be told about this API: how JSON Lines are written, how what is no JSON is read, and what a
client has to know before it can ask: a key is made up for one request, a tag is read before a record is changed."""

import json
import uuid

import requests
import schemathesis
from schemathesis.generation import GenerationMode


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
    """Well-formed requests get a key of their own and the record's tag; malformed ones stay as they are."""
    headers = case.headers or {}
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        return
    if "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = f'"{uuid.uuid4()}"'
    if "If-Match" in headers:
        tag = tag_of(case, kwargs)
        if tag:
            headers["If-Match"] = tag


def tag_of(case, kwargs):
    """The tag of the record that a request changes, or None where there is none."""
    sent = case.as_transport_kwargs(base_url=kwargs.get("base_url"))
    record = sent["url"]
    if not record.rsplit("/", 1)[-1].isdigit():
        # An action on the record, such as its acceptance.
        record = record.rsplit("/", 1)[0]
    authorization = {
        name: value
        for source in (sent.get("headers") or {}, kwargs.get("headers") or {})
        for name, value in source.items()
        if name.lower() == "authorization"
    }
    return requests.get(record, headers=authorization, timeout=60).headers.get("ETag")
