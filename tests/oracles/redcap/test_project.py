#!/usr/bin/env python3
"""Tests of project.py and odm.py: a small project in REDCap's format gives the expected rows, and each inserted fault is
found."""

import io
import os
import subprocess
import sys
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout

import project

HERE = os.path.dirname(os.path.abspath(__file__))
PROJECT = '''<?xml version="1.0" encoding="UTF-8" ?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" xmlns:redcap="https://projectredcap.org" ODMVersion="1.3.1" FileOID="f"
 FileType="Snapshot" CreationDateTime="2026-01-05T00:00:00">
<Study OID="Project.Walks">
<GlobalVariables>
\t<StudyName>Walks</StudyName>
\t<StudyDescription>Walks</StudyDescription>
\t<ProtocolName>Walks</ProtocolName>
\t<redcap:SurveysEnabled>0</redcap:SurveysEnabled>
</GlobalVariables>
<MetaDataVersion OID="Metadata.Walks" Name="Walks" redcap:RecordIdField="record_id">
\t<FormDef OID="Form.walk" Name="A walk" Repeating="No" redcap:FormName="walk">
\t\t<ItemGroupRef ItemGroupOID="walk.record_id" Mandatory="No"/>
\t\t<ItemGroupRef ItemGroupOID="walk.with____1" Mandatory="No"/>
\t\t<ItemGroupRef ItemGroupOID="walk.walk_complete" Mandatory="No"/>
\t</FormDef>
\t<ItemGroupDef OID="walk.record_id" Name="A walk" Repeating="No">
\t\t<ItemRef ItemOID="record_id" Mandatory="No" redcap:Variable="record_id"/>
\t\t<ItemRef ItemOID="minutes" Mandatory="Yes" redcap:Variable="minutes"/>
\t</ItemGroupDef>
\t<ItemGroupDef OID="walk.with____1" Name="Company" Repeating="No">
\t\t<ItemRef ItemOID="with____1" Mandatory="No" redcap:Variable="with"/>
\t\t<ItemRef ItemOID="with___2" Mandatory="No" redcap:Variable="with"/>
\t\t<ItemRef ItemOID="total" Mandatory="No" redcap:Variable="total"/>
\t</ItemGroupDef>
\t<ItemGroupDef OID="walk.walk_complete" Name="Form Status" Repeating="No">
\t\t<ItemRef ItemOID="walk_complete" Mandatory="No" redcap:Variable="walk_complete"/>
\t</ItemGroupDef>
\t<ItemDef OID="record_id" Name="record_id" DataType="text" Length="999" redcap:Variable="record_id" redcap:FieldType="text">
\t\t<Question><TranslatedText>Record ID</TranslatedText></Question>
\t</ItemDef>
\t<ItemDef OID="minutes" Name="minutes" DataType="integer" Length="999" redcap:Variable="minutes" redcap:FieldType="text" redcap:TextValidationType="int" redcap:RequiredField="y">
\t\t<Question><TranslatedText>How long?
In minutes</TranslatedText><redcap:FormattedTranslatedText>How long?&lt;br&gt;In minutes</redcap:FormattedTranslatedText></Question>
\t\t<RangeCheck Comparator="GE" SoftHard="Soft">
\t\t\t<CheckValue>0</CheckValue>
\t\t</RangeCheck>
\t</ItemDef>
\t<ItemDef OID="with____1" Name="with____1" DataType="boolean" Length="1" redcap:Variable="with" redcap:FieldType="checkbox" redcap:SectionHeader="Company">
\t\t<Question><TranslatedText>With whom?</TranslatedText></Question>
\t\t<CodeListRef CodeListOID="with____1.choices"/>
\t</ItemDef>
\t<ItemDef OID="with___2" Name="with___2" DataType="boolean" Length="1" redcap:Variable="with" redcap:FieldType="checkbox" redcap:SectionHeader="Company">
\t\t<Question><TranslatedText>With whom?</TranslatedText></Question>
\t\t<CodeListRef CodeListOID="with___2.choices"/>
\t</ItemDef>
\t<ItemDef OID="total" Name="total" DataType="float" Length="999" redcap:Variable="total" redcap:FieldType="calc" redcap:Calculation="[minutes] * 2">
\t\t<Question><TranslatedText>Twice</TranslatedText></Question>
\t</ItemDef>
\t<ItemDef OID="walk_complete" Name="walk_complete" DataType="text" Length="1" redcap:Variable="walk_complete" redcap:FieldType="select" redcap:SectionHeader="Form Status">
\t\t<Question><TranslatedText>Complete?</TranslatedText></Question>
\t\t<CodeListRef CodeListOID="walk_complete.choices"/>
\t</ItemDef>
\t<CodeList OID="with____1.choices" Name="with____1" DataType="boolean" redcap:Variable="with" redcap:CheckboxChoices="-1, Nobody|2, A dog">
\t\t<CodeListItem CodedValue="1"><Decode><TranslatedText>Checked</TranslatedText></Decode></CodeListItem>
\t</CodeList>
\t<CodeList OID="with___2.choices" Name="with___2" DataType="boolean" redcap:Variable="with" redcap:CheckboxChoices="-1, Nobody|2, A dog">
\t\t<CodeListItem CodedValue="1"><Decode><TranslatedText>Checked</TranslatedText></Decode></CodeListItem>
\t</CodeList>
\t<CodeList OID="walk_complete.choices" Name="walk_complete" DataType="text" redcap:Variable="walk_complete">
\t\t<CodeListItem CodedValue="0"><Decode><TranslatedText>Incomplete</TranslatedText></Decode></CodeListItem>
\t\t<CodeListItem CodedValue="1"><Decode><TranslatedText>Unverified</TranslatedText></Decode></CodeListItem>
\t\t<CodeListItem CodedValue="2"><Decode><TranslatedText>Complete</TranslatedText></Decode></CodeListItem>
\t</CodeList>
</MetaDataVersion>
</Study>
</ODM>
'''
ROWS = [
    'record_id,walk,,text,"Record ID",,,,,,,,,,,,,',
    'minutes,walk,,text,"How long?<br>In minutes",,,integer,0,,,,y,,,,,',
    'with,walk,Company,checkbox,"With whom?","-1, Nobody | 2, A dog",,,,,,,,,,,,',
    'total,walk,,calc,Twice,"[minutes] * 2",,,,,,,,,,,,',
]


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


class Projects(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        header = ','.join(f'"{column}"' if ' ' in column else column for column in project.COLUMNS)
        self.dictionary = write(self.folder, 'd.csv', '\n'.join([header, *ROWS]) + '\n')

    def compared(self, text):
        path, out = write(self.folder, 'p.xml', text), io.StringIO()
        with redirect_stdout(out), redirect_stderr(out):
            status = project.main([path, self.dictionary])
        return status, out.getvalue()

    def checked(self, text):
        path = write(self.folder, 'p.xml', text)
        odm = [sys.executable, os.path.join(HERE, 'odm.py'), path]
        run = subprocess.run(odm, capture_output=True, text=True, check=False)
        return run.returncode, run.stdout + run.stderr

    def test_a_project_in_redcaps_format_is_read(self):
        self.assertEqual(self.compared(PROJECT), (0, ''))
        self.assertEqual(self.checked(PROJECT)[0], 0, self.checked(PROJECT)[1])

    def test_a_cell_that_differs_is_named(self):
        for before, after, said in [
            ('[minutes] * 2', '[minutes] * 3', 'total, Choices'),
            ('In minutes</redcap', 'In hours</redcap', 'minutes, Field Label'),
            ('<CheckValue>0<', '<CheckValue>1<', 'minutes, Text Validation Min'),
            ('"-1, Nobody|2, A dog"', '"-1, Nobody|2, A cat"', 'with, Choices'),
            ('"int"', '"float"', 'minutes, Text Validation Type'),
        ]:
            status, out = self.compared(PROJECT.replace(before, after))
            self.assertEqual(status, 1, out)
            self.assertIn(said, out)

    def test_files_that_are_not_projects_are_rejected(self):
        for before, after in [
            ('<Study ', '<Study'), ('redcap:RecordIdField="record_id"', 'redcap:RecordIdField="id"'),
            ('OID="with___2" Name', 'OID="with___3" Name'), ('Mandatory="Yes"', 'Mandatory="No"'),
            ('CodedValue="2"', 'CodedValue="3"'), ('ItemOID="total"', 'ItemOID="sum"'),
        ]:
            status, out = self.compared(PROJECT.replace(before, after))
            self.assertEqual(status, 2, f'{before}: {out}')

    def test_files_that_are_not_odm_are_reported(self):
        for before, after, said in [
            ('<CodeListRef CodeListOID="walk_complete.choices"/>', '<CodeListRef CodeListOID="lost"/>', 'odmlib'),
            ('ItemOID="total"', 'ItemOID="sum"', 'odmlib'),
            ('DataType="float"', 'DataType="number"', 'schema'),
            (' Mandatory="Yes"', '', 'schema'),
            ('A dog"', 'A dog & I"', 'xml'),
        ]:
            status, out = self.checked(PROJECT.replace(before, after))
            self.assertEqual(status, 1, f'{before}: {out}')
            self.assertIn(said, out)


if __name__ == '__main__':
    unittest.main()
