"""Reads, checks and evaluates REDCap data dictionaries and instrument zips. Standard library only."""

from redcap_dictionary.checks import report, run_checks
from redcap_dictionary.columns import API_COLUMNS, COLUMNS
from redcap_dictionary.compare import compare
from redcap_dictionary.reading import Doc, canonical_bytes, load, load_csv, load_zip, php_csv_row
from redcap_dictionary.records import Evaluator, eval_record, possible_values
from redcap_dictionary.rules import RULES

__all__ = ['API_COLUMNS', 'COLUMNS', 'RULES', 'Doc', 'Evaluator', 'canonical_bytes', 'compare', 'eval_record', 'load',
           'load_csv', 'load_zip', 'php_csv_row', 'possible_values', 'report', 'run_checks']
