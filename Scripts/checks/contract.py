"""Holds the running service to openapi.yaml from outside, as everybody who may ask it something, with the program that
CLAIMBOARD names: python3 -m unittest Scripts/checks/contract.py

SCHEMATHESIS names the tester's program (default: that of the checks' environment), CONTRACT_EXAMPLES how many requests
it makes up for each operation, CONTRACT_SEED where it starts.
"""

import os
import pathlib
import secrets
import shutil
import signal
import subprocess
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["CLAIMBOARD"]
TESTER = os.environ.get("SCHEMATHESIS", str(REPOSITORY / ".build" / "venv" / "bin" / "schemathesis"))
# Limits for a hang, not measures.
PATIENCE = 60
LONG_PATIENCE = 1200


class Contract(unittest.TestCase):
    """Every check of the tester in every phase, with no failure that would be overlooked."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="claimboard-contract-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        # As root, PostgreSQL runs as another user, who has to get through.
        os.chmod(cls.folder, 0o711)
        cls.data = os.path.join(cls.folder, "registry")
        cls.token = "cb_" + secrets.token_hex(20)
        cls.run_program("ingest", *map(str, sorted((REPOSITORY / "Examples").glob("*.jsonl"))))
        cls.service = subprocess.Popen(
            [PROGRAM, "serve", "--port", "0", "--data", cls.data],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "CLAIMBOARD_TOKEN": cls.token},
        )
        cls.addClassCleanup(cls.stop)
        cls.address = cls.wait_for_address()

    @classmethod
    def run_program(cls, *arguments):
        command = [PROGRAM, *arguments, "--data", cls.data]
        return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True).stdout.strip()

    @classmethod
    def wait_for_address(cls):
        for line in cls.service.stderr:
            if "http://" in line:
                return "http://" + line.split("http://")[1].split()[0].rstrip("/.,")
        raise AssertionError("The service ended before it listened.")

    @classmethod
    def stop(cls):
        cls.service.send_signal(signal.SIGTERM)
        cls.service.communicate(timeout=PATIENCE)

    def test_everybody_gets_what_the_contract_says(self):
        """All at once, because each waits for the service most of the time."""
        runs = {name: self.start(name, token) for name, token in {"anonymous": None, "local": self.token}.items()}
        for name, run in runs.items():
            output, _ = run.communicate(timeout=LONG_PATIENCE)
            with self.subTest(role=name):
                self.assertEqual(run.returncode, 0, output)
                self.assertNotIn("Schema validation skipped", output)
        self.assertIsNone(self.service.poll(), "the service has ended")

    def start(self, name, token):
        folder = os.path.join(self.folder, name)
        os.mkdir(folder)
        command = [TESTER, "run", f"{self.address}/openapi.yaml", "--checks", "all", "--no-color", "--continue-on-failure"]
        command += ["--max-examples", os.environ.get("CONTRACT_EXAMPLES", "10")]
        command += ["--seed", os.environ.get("CONTRACT_SEED", "1")]
        if token:
            command += ["-H", f"Authorization: Bearer {token}"]
        environment = {
            **os.environ,
            "SCHEMATHESIS_HOOKS": "contract_hooks",
            "PYTHONPATH": str(REPOSITORY / "Scripts" / "checks" / "hooks"),
            "COLUMNS": "160",
        }
        return subprocess.Popen(
            command, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )


if __name__ == "__main__":
    unittest.main()
