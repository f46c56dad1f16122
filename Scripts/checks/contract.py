"""Holds the running service to openapi.yaml from outside, as everybody who may ask it something, with the program that
CLAIMBOARD names: python3 -m unittest Scripts/checks/contract.py

SCHEMATHESIS names the tester's program (default: that of the checks' environment), CONTRACT_EXAMPLES how many requests
it makes up for each operation, CONTRACT_SEED where it starts.
"""

import os
import shutil
import subprocess
import tempfile
import unittest

from Scripts.checks.service import REPOSITORY, Service

TESTER = os.environ.get("SCHEMATHESIS", str(REPOSITORY / ".build" / "venv" / "bin" / "schemathesis"))
ROLES = ["anonymous", "contributor", "reviewer", "admin"]
# A limit for a hang, not a measure.
LONG_PATIENCE = 1200


def start_test(service, token):
    """Starts the tester against a service, with a token or none."""
    hooks = REPOSITORY / "Scripts" / "checks" / "hooks"
    command = [TESTER, "--config-file", str(hooks / "schemathesis.toml"), "run", f"{service.address}/openapi.yaml"]
    command += ["--checks", "all", "--no-color", "--continue-on-failure"]
    command += ["--max-examples", os.environ.get("CONTRACT_EXAMPLES", "6")]
    command += ["--seed", os.environ.get("CONTRACT_SEED", "1")]
    if token:
        command += ["-H", f"Authorization: Bearer {token}"]
    environment = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": "contract_hooks",
        "PYTHONPATH": str(hooks),
        "COLUMNS": "160",
    }
    return subprocess.Popen(
        command, cwd=service.folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


class Contract(unittest.TestCase):
    """Every check of the tester in every phase, with no failure that would be overlooked."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="claimboard-contract-")
        self.addCleanup(shutil.rmtree, self.folder)
        # As root, PostgreSQL runs as another user, who has to get through.
        os.chmod(self.folder, 0o711)

    def test_everybody_gets_what_the_contract_says(self):
        """All at once, because each waits for its service most of the time; each with a registry of its own, because an admin
        may well lock the others out."""
        services = {}
        for role in os.environ.get("CONTRACT_ROLES", " ".join(ROLES)).split():
            folder = os.path.join(self.folder, role)
            os.mkdir(folder, 0o711)
            services[role] = Service(folder, {} if role == "anonymous" else {role: role})
            self.addCleanup(services[role].process.kill)
        tests = {role: start_test(service, service.tokens.get(role)) for role, service in services.items()}
        for role, test in tests.items():
            output, _ = test.communicate(timeout=LONG_PATIENCE)
            with self.subTest(role=role):
                self.assertEqual(test.returncode, 0, output)
                self.assertNotIn("Schema validation skipped", output)
                self.assertEqual(services[role].stop(), 0, "the service did not end well")
                # Fails where anything that was written is not in the log.
                services[role].run("log", "verify")


if __name__ == "__main__":
    unittest.main()
