"""Goes through README.md's correction as it is printed, with the program that CLAIMBOARD names:
python3 -m unittest Scripts/checks/walkthrough.py"""

import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["CLAIMBOARD"]
# Far more than any of it takes: a limit for a hang, not a measure.
PATIENCE = 180


class Walkthrough(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="claimboard-walk-")
        self.addCleanup(shutil.rmtree, self.folder)
        # As root, PostgreSQL runs as another user, who has to get through.
        os.chmod(self.folder, 0o711)
        data = os.path.join(self.folder, "registry")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{probe.getsockname()[1]}"
        examples = str(REPOSITORY / "Examples" / "papers.jsonl")
        subprocess.run([PROGRAM, "ingest", examples, "--data", data], check=True, capture_output=True, timeout=PATIENCE)
        port = self.address.rsplit(":", 1)[1]
        service = subprocess.Popen(
            [PROGRAM, "serve", "--data", data, "--port", port], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.addCleanup(service.wait)
        self.addCleanup(service.terminate)
        self.prelude = f'claimboard() {{ "{PROGRAM}" "$@" --data "{data}"; }}\n'
        for _ in range(PATIENCE * 10):
            try:
                urllib.request.urlopen(self.address + "/readyz", timeout=10).close()
                return
            except OSError:
                time.sleep(0.1)
        self.fail("the service did not start")

    def get(self, path):
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
            return json.load(answer)

    def test_a_correction_goes_its_way_as_printed(self):
        readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
        section = readme.split("### Correcting what was misread")[1].split("\n### ")[0]
        script = re.search(r"```sh\n(.*?)```", section, re.DOTALL).group(1)
        script = self.prelude + script.replace("http://127.0.0.1:8080", self.address) + '\necho "CLAIM=$CLAIM"\n'
        run = subprocess.run(["bash", "-eu", "-c", script], capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertNotIn("/problems/", run.stdout)
        claim = re.search(r"CLAIM=([0-9]+)$", run.stdout).group(1)
        revisions = self.get(f"/v1/claims/{claim}/revisions")["items"]
        self.assertEqual([r["state"]["value"] for r in revisions], ["78.37", "78.73", "78.37"])
        self.assertEqual([r["author"] for r in revisions[1:]], ["rita", "rita"])
        self.assertEqual(self.get("/v1/corrections/1")["reverted_by"], 2)


if __name__ == "__main__":
    unittest.main()
