"""What the citizen carries away on paper: the case code (and later the compact code of a draft)."""

from kiosk.paper.case_code import CaseCode, CaseCodeError, new_case_code, parse_case_code

__all__ = ["CaseCode", "CaseCodeError", "new_case_code", "parse_case_code"]
