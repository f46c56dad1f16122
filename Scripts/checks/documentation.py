"""Holds the documents to what is there, with the program that CLAIMBOARD names: python3 -m unittest Scripts/checks/documentation.py"""

import os
import pathlib
import re
import subprocess
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("Docs/**/*.md")]


class Documents(unittest.TestCase):
    def test_links_to_files_lead_somewhere(self):
        for document in DOCUMENTS:
            for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8")):
                with self.subTest(document=document.name, target=target):
                    self.assertTrue((document.parent / target).exists())

    def test_the_readme_names_every_setting_of_serve(self):
        # What stands at the start of a line is a setting; the text before names options of other commands.
        options = set(re.findall(r"^  (--[a-z][a-z-]*)", self.help("serve"), re.MULTILINE)) - {"--version"}
        self.assertIn("--port", options)
        readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
        self.assertEqual(sorted(option for option in options if f"`{option}" not in readme), [])

    def test_the_readme_and_the_program_have_the_same_commands(self):
        readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
        shown = set(re.findall(r"\bclaimboard ([a-z]+)\b", readme))
        listed = set(re.findall(r"^  ([a-z]+) .*$", self.help().split("SUBCOMMANDS:")[1], re.MULTILINE))
        self.assertEqual(shown - listed - {"help"}, set())
        self.assertEqual(listed - shown - {"help"}, set())

    @staticmethod
    def help(*command):
        program = os.environ["CLAIMBOARD"]
        run = subprocess.run([program, *command, "--help"], capture_output=True, text=True, timeout=60, check=True)
        return run.stdout


if __name__ == "__main__":
    unittest.main()
