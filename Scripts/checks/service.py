"""A service over a registry of its own, with the program that CLAIMBOARD names and the example papers."""

import os
import pathlib
import signal
import subprocess

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["CLAIMBOARD"]
# A limit for a hang, not a measure.
PATIENCE = 120


class Service:
    """Its folder has the registry, and in `log` what the service says."""

    def __init__(self, folder, roles, *options):
        """Makes accounts named after what `roles` has as keys, and starts; `tokens` has a token of each."""
        self.folder = folder
        self.data = os.path.join(folder, "registry")
        self.tokens = {}
        for name, role in roles.items():
            self.run("account", "create", name, "--role", role)
            self.tokens[name] = self.run("token", "create", name)
        self.run("ingest", *map(str, sorted((REPOSITORY / "Examples").glob("*.jsonl"))))
        self.log = pathlib.Path(folder) / "log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--port", "0", "--data", self.data, "--no-rate-limits", *options], stderr=log
            )
        self.address = self.wait_for_address()

    def run(self, *arguments):
        command = [PROGRAM, *arguments, "--data", self.data]
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        if run.returncode != 0:
            raise AssertionError(f"{command}: {run.stderr}")
        return run.stdout.strip()

    def wait_for_address(self):
        while self.process.poll() is None:
            for line in self.log.read_text(errors="replace").splitlines():
                if "Serving on http://" in line:
                    return "http://" + line.split("http://")[1].split()[0].rstrip("/.,")
            try:
                self.process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                pass
        raise AssertionError("The service ended before it listened.")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE)
