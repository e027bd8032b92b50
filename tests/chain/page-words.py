#!/usr/bin/env python3
"""Every word that a page's stylesheet asks for stands in the message catalogues, in both languages, and none stands there
that no stylesheet asks for: a word that is missing would leave a heading empty."""
import glob
import os
import re
import xml.etree.ElementTree as ElementTree

from tap import ROOT, done, read, same

FOLDER = os.path.join(ROOT, 'schemas', 'pages')


def asked(sheet):
    """Ids in a stylesheet and in those that it includes."""
    text = read(FOLDER, sheet).decode()
    found = set(re.findall(r'\$words/(\w+)', text))
    for included in re.findall(r'<xsl:include href="([^"]+)"', text):
        found |= asked(included)
    return found


def pages():
    """Stylesheets that are a page, not a part of some."""
    sheets = {os.path.basename(path) for path in glob.glob(FOLDER + '/*.xsl')}
    included = {name for sheet in sheets for name in re.findall(r'<xsl:include href="([^"]+)"', read(FOLDER, sheet).decode())}
    return sorted(sheets - included)


def words(language):
    """By page: the ids of its words, "all" those of every page."""
    found = {}
    for group in ElementTree.parse(os.path.join(FOLDER, f'messages.{language}.xml')).getroot().iter('words'):
        found.setdefault(group.get('page'), set()).update(word.get('id') for word in group)
    return found


for lang in ('en', 'zh'):
    known = words(lang)
    for page in pages():
        kind = page.removesuffix('.xsl')
        same(known.get(kind, set()) - known['all'], asked(page) - known['all'], f'{kind}, {lang}: the words')
done()
