#!/usr/bin/env python3
"""A lint plug-in for scalewright: the rules of an invented house for the words of its instruments.

It offers no fix for a stem: the words that respondents read are never changed by a program. It offers one for the title,
which is not among them only if it repeats the abbreviation; see `short_title`.
"""
