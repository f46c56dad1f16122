"""Tries Scripts/demo as a new user would, with the program that CLAIMBOARD names: python3 -m unittest Scripts/checks/demo.py"""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
DEMO = str(REPOSITORY / "Scripts" / "demo")
# Without it, each try would build the program first.
os.environ["CLAIMBOARD"]
# Far more than any of it takes: a limit for a hang, not a measure.
PATIENCE = 180


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class WrongUse(unittest.TestCase):
    """Nothing is built, made or read where the command line is wrong, and one line says what is."""

    def expect(self, arguments, status, message):
        run = subprocess.run([DEMO, *arguments], capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual((run.returncode, run.stdout), (status, ""), run.stderr)
        self.assertIn(message, run.stderr)
        self.assertNotIn("==>", run.stderr)

    def test_an_unknown_option(self):
        self.expect(["--twice"], 2, "knows no option '--twice'")

    def test_an_option_without_its_value(self):
        self.expect(["--port"], 2, "--port needs a value")

    def test_a_port_that_is_none(self):
        for port in ["0", "65536", "http", "-1"]:
            with self.subTest(port=port):
                self.expect(["--port", port], 2, f"'{port}' is not a port")

    def test_a_port_that_is_taken(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = str(other.getsockname()[1])
            self.expect(["--port", port], 1, f"Port {port} of 127.0.0.1 is taken")

    def test_a_file_that_is_not_there(self):
        self.expect(["--once", "no-such-file.jsonl"], 1, "no-such-file.jsonl: there is no such file")

    def test_a_folder_for_a_file(self):
        self.expect(["--once", str(REPOSITORY / "Examples")], 1, "is a folder")


class Whole(unittest.TestCase):
    """The whole way, on the example papers, in a registry of its own."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="claimboard-demo-")
        self.addCleanup(shutil.rmtree, self.folder)
        # As root, PostgreSQL runs as another user, who has to get through.
        os.chmod(self.folder, 0o711)
        self.data = os.path.join(self.folder, "registry")

    def once(self, *arguments):
        return subprocess.run(
            [DEMO, "--once", "--data", self.data, *arguments], capture_output=True, text=True, timeout=PATIENCE
        )

    def expect_nothing_left(self):
        self.assertFalse(os.path.exists(os.path.join(self.data, "data", "postmaster.pid")), "PostgreSQL still runs")

    def test_once_prints_the_best_results_and_a_second_time_changes_nothing(self):
        first = self.once()
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertIn("The best claimed results on", first.stderr)
        self.expect_nothing_left()
        second = self.once()
        self.assertEqual(second.returncode, 0, second.stderr)
        self.assertEqual(self.boards(first.stdout), self.boards(second.stdout))
        self.expect_nothing_left()

    @staticmethod
    def boards(output):
        """What comes after the report of the reading, which differs between the first time and the second."""
        lines = output.splitlines()
        start = next(at for at, line in enumerate(lines) if "enchmark" in line)
        return lines[start:]

    def test_refused_papers_show_in_the_exit_status_alone(self):
        papers = os.path.join(self.folder, "papers.jsonl")
        with open(papers, "w", encoding="utf-8") as file:
            file.write('{"title": "Small Steps", "abstract": "StepNet reaches an accuracy of 81.2% on GSM8K."}\n')
            file.write('{"title": 7}\n')
        run = self.once(papers)
        self.assertEqual(run.returncode, 3, run.stderr)
        self.assertIn("81.2", run.stdout)

    def test_serves_until_interrupted(self):
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        demo = subprocess.Popen(
            [DEMO, "--data", self.data, "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            self.wait_until_ready(demo, address)
            with urllib.request.urlopen(f"{address}/v1/benchmarks", timeout=PATIENCE) as answer:
                self.assertEqual(answer.headers.get_content_type(), "application/json")
            # What Ctrl-C does: the signal goes to all of the terminal's processes.
            os.killpg(demo.pid, signal.SIGINT)
            _, messages = demo.communicate(timeout=PATIENCE)
        finally:
            if demo.poll() is None:
                os.killpg(demo.pid, signal.SIGKILL)
                demo.communicate()
        self.assertEqual(demo.returncode, 0, messages)
        self.assertIn(f"{address}/v1/benchmarks/", messages)
        self.expect_nothing_left()
        with socket.socket() as probe:
            self.assertNotEqual(probe.connect_ex(("127.0.0.1", port)), 0, "the port is still open")

    def wait_until_ready(self, demo, address):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and demo.poll() is None:
            try:
                with urllib.request.urlopen(f"{address}/readyz", timeout=5):
                    return
            except OSError:
                time.sleep(0.1)
        if demo.poll() is None:
            os.killpg(demo.pid, signal.SIGKILL)
        self.fail(demo.communicate()[1])


if __name__ == "__main__":
    unittest.main()
