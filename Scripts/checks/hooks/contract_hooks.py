"""What schemathesis has to be told about this API: how JSON Lines are written, and how what is no JSON is read."""

import json

import schemathesis


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
