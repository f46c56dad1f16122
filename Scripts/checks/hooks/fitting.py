"""Makes content of the contract's form fit what the registry holds, which no schema can say: there has to be something to
be changed about a record, and an account can have no more rights than its role."""

import random

LISTS = {
    "paper": "/v1/papers",
    "claim": "/v1/claims",
    "benchmark": "/v1/benchmarks",
    "metric": "/v1/metrics",
    "model": "/v1/models",
}


def proposal(body, read, _record):
    """A correction of a record that there is: target and patch are chosen anew, the rest stays as it was made up."""
    chance = random.Random(repr(sorted(body.items(), key=str)))
    wanted = body.get("target", {}).get("type")
    kind = wanted if wanted in LISTS else "claim"
    item = chance.choice(read(f"{LISTS[kind]}?limit=1000")["items"])
    fitted = {**body, "target": target(kind, item), "patch": patch(kind, chance), "operation": "update"}
    revision = newest(kind, item, read)
    if fitted.get("base_revision"):
        fitted["base_revision"] = revision["number"]
    if kind == "claim" and body.get("operation") in ("retract", "restore"):
        is_gone = revision["state"]["status"] == "retracted"
        fitted.update(operation="restore" if is_gone else "retract", patch={})
    elif kind == "claim" and body.get("operation") == "create":
        new = {"paper": item["paper"]["id"], "value": decimal(chance), "unit": "percent", "kind": "score"}
        fitted.update(operation="create", target={"type": "claim"}, patch=new, source_url="https://example.org/table")
        fitted.pop("base_revision", None)
    elif kind not in ("claim", "paper") and body.get("operation") == "alias":
        fitted.update(operation="alias", patch={"aliases": [name(chance)]})
    return fitted


def rebasing(body, read, record):
    """Another patch of the same kind as the correction has, or none where none can be made up."""
    correction = read(record)
    kind = correction["target"]["type"]
    if "patch" not in body:
        return body
    if correction["operation"] == "update" and kind in LISTS and not correction["reverts"]:
        return {**body, "patch": patch(kind, random.Random(repr(body)))}
    return {key: value for key, value in body.items() if key != "patch"}


def token(body, read, record):
    """Scopes that the account's role allows."""
    allowed = ["papers:write", "corrections:write"]
    role = read(record)["role"]
    if role in ("reviewer", "admin"):
        allowed.append("corrections:review")
    if role == "admin":
        allowed.append("admin")
    return {**body, "scopes": [scope for scope in body["scopes"] if scope in allowed] or allowed[:1]}


def target(kind, item):
    return {"type": kind, "id": item["id"]} if "id" in item else {"type": kind, "slug": item["slug"]}


def newest(kind, item, read):
    """The newest revision of what a list has as an item."""
    place = f"/v1/records/{kind}/{item['id']}" if "id" in item else f"{LISTS[kind]}/{item['slug']}"
    return read(f"{place}/revisions?limit=1000")["items"][-1]


def patch(kind, chance):
    """Something new about a record of a kind."""
    if kind == "claim":
        return {"subject": name(chance)}
    if kind == "paper":
        return {"published": f"20{chance.randrange(10, 25)}-0{chance.randrange(1, 10)}"}
    return {"name": name(chance)}


def decimal(chance):
    return f"{chance.randrange(100)}.{chance.randrange(100_000):05}"


def name(chance):
    return f"Name {chance.randrange(10**12)}"


BY_OPERATION = {"propose_correction": proposal, "rebase_correction": rebasing, "create_token": token}
