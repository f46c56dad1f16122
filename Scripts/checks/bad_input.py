"""Sends every writing route of the contract what it must refuse: python3 -m unittest Scripts/checks/bad_input.py

What is sent follows from openapi.yaml, so a route that is added is covered by its description. Each answer has to be a
problem that names the place; nothing may be written, and nothing of what was sent may stand in the log. Needs PyYAML;
CLAIMBOARD names the program.
"""

import copy
import http.client
import json
import os
import re
import shutil
import tempfile
import unittest

import yaml

from Scripts.checks.service import REPOSITORY, Service

ROLES = {"ann": "contributor", "bob": "contributor", "rita": "reviewer", "adam": "admin"}
WRITING = ["post", "put", "patch", "delete"]
# Stands in what is sent, and must stand in no log.
MARK = "mark-4f1c9e"
TEXTS = [
    f"'; DROP TABLE claim; -- {MARK}",
    f"<script>alert('{MARK}')</script>",
    f"=HYPERLINK(\"http://example.org/{MARK}\")",
    f"@SUM({MARK})",
    f"\u202e\u200b{MARK}",
]
# None of them is anybody's.
IDS = ["0", "-1", "abc", "1.0", "1e3", "999999999", "9" * 30, "%00", "%ff", "1%27--", "%2e%2e", "1;x", "+1"]
SAMPLES = {"string": MARK, "integer": 7, "number": 7.5, "boolean": True, "array": [], "object": {}, "null": None}


class Contract:
    """The writing operations of openapi.yaml with what they take."""

    def __init__(self):
        self.document = yaml.safe_load((REPOSITORY / "openapi.yaml").read_text(encoding="utf-8"))
        self.operations = [
            Operation(self, path, method, described)
            for path, methods in self.document["paths"].items()
            for method, described in methods.items()
            if method in WRITING
        ]

    def resolve(self, part):
        while isinstance(part, dict) and "$ref" in part:
            names = part["$ref"].removeprefix("#/").split("/")
            part = self.document
            for name in names:
                part = part[name]
        return part

    def schema(self, part):
        """A schema with its references followed and its alternatives put together."""
        schema = dict(self.resolve(part) or {})
        for alternative in schema.pop("allOf", []) + schema.pop("oneOf", []) + schema.pop("anyOf", []):
            for name, value in self.schema(alternative).items():
                if name == "properties":
                    schema["properties"] = {**schema.get("properties", {}), **value}
                elif name == "type" and name in schema:
                    schema["type"] = sorted({*kinds(schema), *kinds({"type": value})})
                else:
                    schema.setdefault(name, value)
        return schema


class Operation:
    def __init__(self, contract, path, method, described):
        self.contract, self.path, self.method = contract, path, method.upper()
        parameters = [contract.resolve(parameter) for parameter in described.get("parameters", [])]
        self.headers = [parameter for parameter in parameters if parameter["in"] == "header"]
        self.content = contract.resolve(described.get("requestBody", {})).get("content", {})

    def __str__(self):
        return f"{self.method} {self.path}"

    @property
    def body(self):
        """The JSON that it takes: media type, schema and an example; none where it takes no JSON."""
        for media_type, described in self.content.items():
            if re.search("[/+]json$", media_type):
                return media_type, self.contract.schema(described["schema"]), described["example"]
        return None

    @property
    def lines(self):
        """Whether it takes what its sibling takes, one a line."""
        return self.path.endswith(":batch")


def kinds(schema):
    kind = schema.get("type", [])
    return [kind] if isinstance(kind, str) else list(kind)


def wrong_values(contract, schema, value):
    """Values that a schema does not allow in the place of a value, each with the names that lead to the fault."""
    allowed = kinds(schema)
    if allowed:
        for kind, sample in SAMPLES.items():
            if kind in allowed or (kind == "integer" and "number" in allowed):
                continue
            yield sample, []
    if "string" in allowed:
        if "maxLength" in schema:
            yield "x" * (schema["maxLength"] + 1), []
        if schema.get("minLength"):
            yield "", []
        if "enum" in schema:
            yield MARK, []
        yield f"{MARK}\u0000", []
    if {"integer", "number"} & set(allowed):
        for bound, step in (("maximum", 1), ("minimum", -1)):
            if bound in schema:
                yield schema[bound] + step, []
        yield 10**400, []
        if "integer" in allowed:
            yield 1.5, []
    if "array" in allowed:
        items = contract.schema(schema.get("items", {}))
        element = value[0] if isinstance(value, list) and value else None
        if "maxItems" in schema and element is not None:
            yield [element] * (schema["maxItems"] + 1), []
        if schema.get("uniqueItems") and element is not None:
            yield [element, element], []
        for wrong, place in wrong_values(contract, items, element):
            yield [wrong], ["0", *place]
    if "object" in allowed and isinstance(schema.get("properties"), dict):
        value = value if isinstance(value, dict) else {}
        for name in schema.get("required", []):
            yield {other: value[other] for other in value if other != name}, [name]
        if schema.get("additionalProperties") is False:
            yield {**value, MARK: 1}, [MARK]
            yield {**value, "": 1}, [""]
        for name, described in schema["properties"].items():
            for wrong, place in wrong_values(contract, contract.schema(described), value.get(name)):
                # Where it need not be given, null stands for that.
                if wrong is None and not place and name not in schema.get("required", []):
                    continue
                yield {**value, name: wrong}, [name, *place]


def broken_texts(example):
    """Bytes that are no JSON in UTF-8, or JSON that is refused as such, each with a name."""
    text = json.dumps(example)
    name, value = next(iter(example.items()), ("reason", MARK))
    member = f"{json.dumps(name)}: {json.dumps(value)}"
    yield "nothing", b""
    yield "cut off", text[:-1].encode()
    yield "something behind", (text + "x").encode()
    yield "two values", (text + text).encode()
    yield "a member twice", f"{{{member}, {member}}}".encode()
    yield "a member twice, one escaped", f'{{{member}, "\\u{ord(name[0]):04x}{name[1:]}": 1}}'.encode()
    yield "nested arrays", b"[" * 100_000
    yield "nested objects", b'{"a":' * 100_000
    yield "nested and whole", f"{{{json.dumps(name)}: {'[' * 5000}{']' * 5000}}}".encode()
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "utf-7"):
        if text.encode(encoding) != text.encode():
            yield encoding, text.encode(encoding)
    for shown, value in (
        ("Latin-1", b'"\xe9"'), ("overlong", b'"\xc0\xaf"'), ("a surrogate in UTF-8", b'"\xed\xa0\x80"'),
        ("cut UTF-8", b'"\xe2\x82"'), ("half a pair", b'"\\ud800"'), ("NUL", b'"\x00"'), ("a line end", b'"\n"'),
        ("NaN", b"NaN"), ("Infinity", b"-Infinity"), ("hexadecimal", b"0x10"), ("leading zero", b"007"),
        ("single quotes", b"'a'"), ("a comment", b"1 /* */"), ("a trailing comma", b"[1,]"), ("True", b"True"),
    ):
        yield shown, b"{" + json.dumps(name).encode() + b": " + value + b"}"


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="claimboard-bad-input-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        # As root, PostgreSQL runs as another user, who has to get through.
        os.chmod(cls.folder, 0o711)
        cls.service = Service(cls.folder, ROLES, "--verbose")
        cls.addClassCleanup(cls.service.process.kill)
        cls.contract = Contract()
        cls.host = cls.service.address.removeprefix("http://")
        cls.known_types = set()
        cls.ids = {}
        for name in ROLES:
            cls.ids[name] = cls.ask("GET", "/v1/account", name).json["id"]
        # Something of ann's that all the routes can be about.
        claim = cls.ask("GET", "/v1/claims?limit=1").json["items"][0]["id"]
        draft = {"target": {"type": "claim", "id": claim}, "operation": "retract", "reason": "Read wrongly"}
        cls.correction = cls.ask("POST", "/v1/corrections", "ann", json.dumps(draft).encode()).json["id"]
        cls.start = cls.position()

    @classmethod
    def ask(cls, method, target, name=None, body=None, media_type="application/json", headers=()):
        connection = http.client.HTTPConnection(cls.host, timeout=60)
        fields = dict(headers)
        if name:
            fields["Authorization"] = f"Bearer {cls.service.tokens[name]}"
        if body is not None and media_type:
            fields["Content-Type"] = media_type
        try:
            connection.request(method, target, body, fields)
            return Answer(connection.getresponse())
        finally:
            connection.close()

    @classmethod
    def position(cls):
        return cls.ask("GET", "/v1/log/head").json["position"]

    def target(self, operation):
        """The address of an operation on what is there."""
        id = self.ids["ann"] if operation.path.startswith("/v1/accounts") else self.correction
        return operation.path.replace("{id}", str(id)).replace("{token_id}", "999999")

    def fields(self, operation):
        """The header fields that an operation needs: the tag of what it changes."""
        if not any(header["name"] == "If-Match" for header in operation.headers):
            return {}
        record = re.match(r"/v1/[a-z]+/[0-9]+", self.target(operation))[0]
        return {"If-Match": self.ask("GET", record, "adam").headers["ETag"]}

    def refused(self, operation, name, body, media_type, **about):
        """Sends what must be refused, as everybody whose business it may be; returns the problems."""
        problems = []
        for sender in ("adam", "ann"):
            with self.subTest(operation=str(operation), sender=sender, **about):
                fields = self.fields(operation)
                answer = self.ask(operation.method, name, sender, body, media_type, fields)
                self.check_problem(answer)
                problems.append(answer.json)
        return problems

    def check_problem(self, answer):
        self.assertIn(answer.status, range(400, 500), answer.text[:500])
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        self.assertEqual(answer.json["status"], answer.status)
        type = answer.json["type"]
        if type not in self.known_types:
            self.assertEqual(self.ask("GET", type).status, 200)
            self.known_types.add(type)

    def check_nothing_was_written(self, operation):
        before, type(self).start = self.start, self.position()
        with self.subTest(operation=str(operation)):
            self.assertEqual(self.start, before)

    def test_wrong_content_is_refused_by_its_place(self):
        for operation in self.contract.operations:
            if not operation.body:
                continue
            media_type, schema, example = operation.body
            count = 0
            for wrong, place in wrong_values(self.contract, schema, copy.deepcopy(example)):
                count += 1
                body = json.dumps(wrong).encode("utf-8", "surrogatepass")
                shown = body[:200].decode("utf-8", "replace")
                problems = self.refused(operation, self.target(operation), body, media_type, sent=shown)
                pointers = {error.get("pointer") for problem in problems for error in problem["errors"]}
                wanted = "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in place)
                with self.subTest(operation=str(operation), sent=shown):
                    # The fault itself, what it is in (a target may be wrong as a whole), or an element of it.
                    around = {wanted[: match.start()] for match in re.finditer("/", wanted)} | {wanted, wanted + "/1"}
                    self.assertTrue(pointers & around, (wanted, problems))
            self.assertGreater(count, 5, str(operation))
            self.check_nothing_was_written(operation)

    def test_what_is_no_json_is_refused_as_such(self):
        for operation in self.contract.operations:
            if not operation.body:
                continue
            media_type, _, example = operation.body
            for shown, body in broken_texts(example):
                for problem in self.refused(operation, self.target(operation), body, media_type, sent=shown):
                    with self.subTest(operation=str(operation), sent=shown):
                        if problem["status"] == 400:
                            self.assertEqual(problem["type"], "/problems/malformed-content")
                            self.assertRegex(problem["detail"], "at byte [0-9]+")
            for other in (None, "text/html", "application/json; charset=utf-16", "application/jsonx"):
                body = json.dumps(example).encode()
                for problem in self.refused(operation, self.target(operation), body, other, sent_as=str(other)):
                    self.assertIn(problem["status"], (403, 415))
            huge = json.dumps({**example, "reason": "x" * (2 << 20)}).encode()
            for problem in self.refused(operation, self.target(operation), huge, media_type, sent="two megabytes"):
                self.assertIn(problem["status"], (403, 413))
            self.check_nothing_was_written(operation)

    def test_each_line_of_a_batch_is_refused_by_itself(self):
        siblings = {operation.path: operation for operation in self.contract.operations if operation.body}
        for operation in self.contract.operations:
            if not operation.lines:
                continue
            _, schema, example = siblings[operation.path.removesuffix(":batch")].body
            lines = [json.dumps(wrong).encode() for wrong, _ in wrong_values(self.contract, schema, example)]
            # A line end inside would make two lines of it.
            lines += [body for _, body in broken_texts(example) if body.strip() and b"\n" not in body]
            answer = self.ask("POST", operation.path, "ann", b"\n".join(lines), "application/x-ndjson")
            outcomes = [json.loads(line) for line in answer.text.splitlines()]
            with self.subTest(operation=str(operation)):
                self.assertEqual([outcome["line"] for outcome in outcomes], list(range(1, len(lines) + 1)))
                self.assertEqual({outcome["outcome"] for outcome in outcomes}, {"refused"})
                for line, outcome in zip(lines, outcomes):
                    problem = outcome["problem"]
                    self.assertTrue(problem["errors"] or problem["detail"], line[:200])
            self.check_nothing_was_written(operation)

    def test_wrong_header_fields_parameters_and_ids_are_refused(self):
        for operation in self.contract.operations:
            if operation.body:
                media_type, _, example = operation.body
                body = json.dumps(example).encode()
            else:
                media_type, body = (next(iter(operation.content), None), b"{}")
            target, fields = self.target(operation), self.fields(operation)
            for header in operation.headers:
                for value in ("", MARK, '"a', '""', "\u00e9", '"' + "x" * 300 + '"', "W/\"x\"", ", ,"):
                    with self.subTest(operation=str(operation), header=header["name"], value=value):
                        wrong = {**fields, header["name"]: value.encode("latin-1")}
                        self.check_problem(self.ask(operation.method, target, "ann", body, media_type, wrong))
            for query in (f"?{MARK}=1", "?=1", "?a=%00", "?a=%", "?a=%ff"):
                with self.subTest(operation=str(operation), query=query):
                    self.check_problem(self.ask(operation.method, target + query, "adam", body, media_type, fields))
            if "{" not in operation.path:
                self.check_nothing_was_written(operation)
                continue
            for id in IDS:
                with self.subTest(operation=str(operation), id=id):
                    wrong = re.sub("{[a-z_]+}", id, operation.path)
                    self.check_problem(self.ask(operation.method, wrong, "adam", body, media_type, fields))
            self.check_nothing_was_written(operation)

    def test_what_is_somebody_elses_stays_as_it_is(self):
        """A stranger with an equal role, on everything that is ann's."""
        for operation in self.contract.operations:
            # What everybody may do to everybody's: talk about it, and read a text.
            if "{" not in operation.path or operation.path.endswith("/comments"):
                continue
            media_type, body = None, None
            if operation.body:
                media_type, _, example = operation.body
                body = json.dumps(example).encode()
            answer = self.ask(operation.method, self.target(operation), "bob", body, media_type, self.fields(operation))
            with self.subTest(operation=str(operation)):
                self.check_problem(answer)
            self.check_nothing_was_written(operation)

    def test_texts_that_mean_something_elsewhere_are_texts(self):
        """These may well be written."""
        self.addCleanup(lambda: setattr(type(self), "start", self.position()))
        for operation in self.contract.operations:
            if not operation.body:
                continue
            media_type, schema, example = operation.body
            for name, described in schema["properties"].items():
                if "string" not in kinds(self.contract.schema(described)):
                    continue
                for text in TEXTS:
                    with self.subTest(operation=str(operation), member=name, text=text):
                        body = json.dumps({**example, name: text}).encode()
                        answer = self.ask(
                            operation.method, self.target(operation), "ann", body, media_type, self.fields(operation)
                        )
                        if answer.status >= 300:
                            self.check_problem(answer)
        for kind in ("papers", "corrections"):
            for row in self.ask("GET", f"/v1/exports/{kind}.csv").text.split("\r\n"):
                self.assertNotRegex(row, r"(^|,)\"?[=@+-][A-Z]")
        for paper in self.ask("GET", "/v1/papers?limit=1000").json["items"]:
            self.assertNotIn(f"<script>alert('{MARK}", self.ask("GET", f"/papers/{paper['id']}").text)
        self.assertGreater(len(self.ask("GET", "/v1/claims").json["items"]), 1)
        self.service.run("log", "verify")

    @classmethod
    def tearDownClass(cls):
        """After all that: what stands in the log of the service."""
        assert cls.service.stop() == 0, "the service did not end well"
        log = cls.service.log.read_text(errors="replace")
        assert "answered a request" in log, "the log has not been read"
        for text in (MARK, "Bearer", "uthorization", "cb_", *cls.service.tokens.values()):
            assert text not in log, f"{text} stands in the log"
        complaint = re.search(r"^\S+ (error|critical|warning)\b.*", log, re.MULTILINE)
        assert not complaint, f"the service complains: {complaint and complaint[0]}"


class Answer:
    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.text = response.read().decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.text)


if __name__ == "__main__":
    unittest.main()
