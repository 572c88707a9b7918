"""Reads report.xml and report.json as others do, and prints what was found in them as one line of JSON.

    python3 read.py FOLDER SCHEMA
"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml, Skipped

folder, schema = map(pathlib.Path, sys.argv[1:])


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def faults_of_json():
    """What the published schema has to say of the report, and its metaschema of the schema."""
    Draft202012Validator.check_schema(read(schema))
    errors = Draft202012Validator(read(schema)).iter_errors(read(folder / "report.json"))
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]


def junit():
    """The suites as a pipeline counts them, and as it would count them by itself."""
    report = JUnitXml.fromfile(str(folder / "report.xml"))
    found = {"suites": [], "failed": [], "tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in report:
        found["suites"].append(suite.name)
        for case in suite:
            found["tests"] += 1
            for result in case.result:
                for kind, count in ((Failure, "failures"), (Error, "errors"), (Skipped, "skipped")):
                    found[count] += isinstance(result, kind)
                if isinstance(result, Failure):
                    found["failed"].append(case.name)
    found["told"] = {count: getattr(report, count) for count in ("tests", "failures", "errors", "skipped")}
    return found


print(json.dumps({"json": faults_of_json(), "junit": junit()}))
