"""junit_cases REPORT...: a line for each case of JUnit reports, its name and how it ended, as tests/foreign wants it."""
import sys
import xml.etree.ElementTree as ElementTree

endings = ("failure", "error", "skipped")


def ending(case):
    said = [child.tag for child in case if child.tag in endings]
    return said[0] if said else case.get("result", "completed")


for report in sys.argv[1:]:
    for case in ElementTree.parse(report).iter("testcase"):
        print(case.get("classname", ""), case.get("name"), ending(case))
