"""Reads the exports as analysts do, with the program that CLAIMBOARD names: python3 -m unittest Scripts/checks/exports.py

PANDAS names a Python that has pandas (default: this one), OFFICE a LibreOffice (default: soffice; Debian's
libreoffice-calc-nogui will do); without them these two are skipped, which is said.
"""

import csv
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["CLAIMBOARD"]
KINDS = ["benchmarks", "claims", "metrics", "models", "papers"]
# A limit for a hang, not a measure.
PATIENCE = 120

# Whatever pandas warns of is an error here.
READ = """
import json, sys, warnings
warnings.simplefilter("error")
import pandas
table = pandas.read_csv(sys.argv[1], dtype={"value": str, "value_high": str})
lines = pandas.read_json(sys.argv[2], lines=True, dtype=False)
end = lines.iloc[-1]["end"]
lines = lines.iloc[:-1].drop(columns="end")
assert list(table.columns) == list(lines.columns), (table.columns, lines.columns)
assert len(table) == len(lines) == end["rows"], (len(table), len(lines), end)
if "value" in table:
    assert list(table["value"]) == list(lines["value"])
for column in ("benchmarks", "aliases", "identifiers"):
    if column in table:
        assert [json.loads(text) for text in table[column]] == list(lines[column])
print(len(table))
"""


class Exports(unittest.TestCase):
    """Every kind in both forms, from a registry with the example papers."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="claimboard-exports-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        # As root, PostgreSQL runs as another user, who has to get through.
        os.chmod(cls.folder, 0o711)
        data = ["--data", os.path.join(cls.folder, "registry")]
        cls.run_program("ingest", *map(str, sorted((REPOSITORY / "Examples").glob("*.jsonl"))), *data)
        for kind in KINDS:
            for form in ("csv", "jsonl"):
                raw = ["--raw"] if form == "csv" else []
                cls.run_program("export", kind, "--format", form, *raw, "--output", cls.path(kind, form), *data)

    @classmethod
    def run_program(cls, *arguments):
        subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=PATIENCE, check=True)

    @classmethod
    def path(cls, kind, form):
        return os.path.join(cls.folder, f"{kind}.{form}")

    def test_the_manifest_tells_a_whole_file_from_a_cut_one(self):
        for kind in KINDS:
            for form in ("csv", "jsonl"):
                with self.subTest(kind=kind, form=form):
                    content = pathlib.Path(self.path(kind, form)).read_bytes()
                    manifest = json.loads(pathlib.Path(self.path(kind, form) + ".manifest.json").read_text())
                    described = manifest["files"][0]
                    self.assertEqual(described["bytes"], len(content))
                    hashed = content if form == "csv" else content[: content[:-1].rindex(b"\n") + 1]
                    self.assertEqual(described["sha256"], hashlib.sha256(hashed).hexdigest())

    def test_each_row_has_each_column(self):
        for kind in KINDS:
            with self.subTest(kind=kind), open(self.path(kind, "csv"), newline="", encoding="utf-8") as file:
                rows = list(csv.reader(file, strict=True))
                self.assertGreater(len(rows), 1)
                self.assertEqual({len(row) for row in rows}, {len(rows[0])})

    def test_pandas_reads_them_without_a_warning(self):
        python = os.environ.get("PANDAS", sys.executable)
        if subprocess.run([python, "-c", "import pandas"], capture_output=True).returncode != 0:
            self.skipTest("there is no pandas")
        for kind in KINDS:
            with self.subTest(kind=kind):
                run = subprocess.run(
                    [python, "-c", READ, self.path(kind, "csv"), self.path(kind, "jsonl")],
                    capture_output=True,
                    text=True,
                    timeout=PATIENCE,
                )
                self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_libreoffice_reads_them_without_a_warning(self):
        office = os.environ.get("OFFICE", "soffice")
        if shutil.which(office) is None:
            self.skipTest("there is no LibreOffice")
        for kind in KINDS:
            with self.subTest(kind=kind):
                # 44: comma, 34: quotation mark, 76: UTF-8. Read and written again, every cell has to be what it was.
                run = subprocess.run(
                    [office, "--headless", f"-env:UserInstallation=file://{self.folder}/office", "--convert-to",
                     "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--infilter=CSV:44,34,76,1,,0,true",
                     "--outdir", self.folder + "/read", self.path(kind, "csv")],
                    capture_output=True,
                    text=True,
                    timeout=PATIENCE,
                )
                self.assertEqual(run.returncode, 0, run.stderr)
                # That it has no Java is a matter of its own.
                said = [line for line in (run.stdout + run.stderr).splitlines() if "javaldx" not in line]
                self.assertNotIn("warn", "\n".join(said).lower())
                with open(self.path(kind, "csv"), newline="", encoding="utf-8") as file:
                    written = list(csv.reader(file))
                with open(f"{self.folder}/read/{kind}.csv", newline="", encoding="utf-8") as file:
                    read = list(csv.reader(file))
                self.assertEqual(len(read), len(written))
                self.assertEqual({len(row) for row in read}, {len(written[0])})


if __name__ == "__main__":
    unittest.main()
