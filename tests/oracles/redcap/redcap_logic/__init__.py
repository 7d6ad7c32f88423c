"""Parser and evaluator for REDCap calculation and branching-logic expressions.

An independent implementation, written from public documentation and published REDCap test results
only (EVIDENCE.md, sections A8 to A10). It shares no code with any other implementation.
"""

import sys

from redcap_logic.evaluator import build, evaluate
from redcap_logic.parser import ast_json, check_calls, parse
from redcap_logic.tokenizer import LogicError
from redcap_logic.values import NUMERIC, Env, fmt_number, to_text, to_truth
from redcap_logic.vocabulary import CAVEATS, FUNCTIONS, LEGACY_FUNCTIONS, SMART_VARIABLES, TEXT_FUNCTIONS

__all__ = ['CAVEATS', 'FUNCTIONS', 'LEGACY_FUNCTIONS', 'NUMERIC', 'SMART_VARIABLES', 'TEXT_FUNCTIONS', 'Env',
           'LogicError', 'ast_json', 'build', 'check_calls', 'evaluate', 'fmt_number', 'parse', 'to_text', 'to_truth']

sys.setrecursionlimit(10000)  # deep nesting of if() is usual in real dictionaries
