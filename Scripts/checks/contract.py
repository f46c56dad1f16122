"""Holds the running service to openapi.yaml from outside, as everybody who may ask it something, with the program that
CLAIMBOARD names: python3 -m unittest Scripts/checks/contract.py

SCHEMATHESIS names the tester's program (default: that of the checks' environment), CONTRACT_EXAMPLES how many requests
it makes up for each operation, CONTRACT_SEED where it starts.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["CLAIMBOARD"]
TESTER = os.environ.get("SCHEMATHESIS", str(REPOSITORY / ".build" / "venv" / "bin" / "schemathesis"))
ROLES = ["anonymous", "contributor", "reviewer", "admin"]
# Limits for a hang, not measures.
PATIENCE = 120
LONG_PATIENCE = 1200


class Service:
    """A service over a registry of its own, with the example papers: an admin may well lock the others out."""

    def __init__(self, folder, role):
        self.folder = folder
        self.data = os.path.join(folder, "registry")
        self.token = None
        if role != "anonymous":
            self.run("account", "create", role, "--role", role)
            self.token = self.run("token", "create", role)
        self.run("ingest", *map(str, sorted((REPOSITORY / "Examples").glob("*.jsonl"))))
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--port", "0", "--data", self.data, "--no-rate-limits"], stderr=subprocess.PIPE, text=True
        )
        self.address = self.wait_for_address()

    def run(self, *arguments):
        command = [PROGRAM, *arguments, "--data", self.data]
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        if run.returncode != 0:
            raise AssertionError(f"{command}: {run.stderr}")
        return run.stdout.strip()

    def wait_for_address(self):
        for line in self.process.stderr:
            if "http://" in line:
                return "http://" + line.split("http://")[1].split()[0].rstrip("/.,")
        raise AssertionError("The service ended before it listened.")

    def start_test(self):
        hooks = REPOSITORY / "Scripts" / "checks" / "hooks"
        command = [TESTER, "--config-file", str(hooks / "schemathesis.toml"), "run", f"{self.address}/openapi.yaml"]
        command += ["--checks", "all", "--no-color", "--continue-on-failure"]
        command += ["--max-examples", os.environ.get("CONTRACT_EXAMPLES", "6")]
        command += ["--seed", os.environ.get("CONTRACT_SEED", "1")]
        if self.token:
            command += ["-H", f"Authorization: Bearer {self.token}"]
        environment = {
            **os.environ,
            "SCHEMATHESIS_HOOKS": "contract_hooks",
            "PYTHONPATH": str(hooks),
            "COLUMNS": "160",
        }
        return subprocess.Popen(
            command, cwd=self.folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


class Contract(unittest.TestCase):
    """Every check of the tester in every phase, with no failure that would be overlooked."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="claimboard-contract-")
        self.addCleanup(shutil.rmtree, self.folder)
        # As root, PostgreSQL runs as another user, who has to get through.
        os.chmod(self.folder, 0o711)

    def test_everybody_gets_what_the_contract_says(self):
        """All at once, because each waits for its service most of the time."""
        services = {}
        for role in os.environ.get("CONTRACT_ROLES", " ".join(ROLES)).split():
            folder = os.path.join(self.folder, role)
            os.mkdir(folder, 0o711)
            services[role] = Service(folder, role)
            self.addCleanup(services[role].process.kill)
        tests = {role: service.start_test() for role, service in services.items()}
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
