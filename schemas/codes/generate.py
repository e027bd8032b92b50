#!/usr/bin/env python3
"""Makes the code lists that come from public sources; all others are written by hand.

    generate.py ISO_CODES_JSON_FOLDER REC20.csv HS2022.csv

ISO_CODES_JSON_FOLDER is /usr/share/iso-codes/json of Debian's package iso-codes; the two CSV files are named in
README.md. The lists are written beside this script.
"""
import csv
import json
import re
import sys
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent

EU = set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
# Codes that EU customs use beside ISO 3166-1.
EU_CODES = {"XI": "Northern Ireland", "XK": "Kosovo", "XC": "Ceuta", "XL": "Melilla",
            "XS": "Serbia (until 2023, of old lists)", "QP": "High seas", "QQ": "Stores and provisions",
            "QR": "Stores and provisions within Union trade", "QS": "Stores and provisions within third country trade",
            "QU": "Countries and territories not specified", "QV": "Not specified, within Union trade",
            "QW": "Not specified, within third country trade", "QX": "Not specified for reasons of secrecy",
            "QY": "Secret, within Union trade", "QZ": "Secret, within third country trade"}

NO_MINOR = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()
THREE_MINOR = "BHD IQD JOD KWD LYD OMR TND".split()
FOUR_MINOR = "CLF UYW".split()
NONE_MINOR = "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX".split()
ENDED = {"HRK": ("", "2022-12-31"), "BGN": ("", "2025-12-31"), "ZWL": ("", "2024-08-31"), "SLL": ("", "2024-03-31"),
         "ANG": ("", "2025-03-31"), "CUC": ("", "2021-06-30")}
BEGUN = {"SLE": ("925", "Sierra Leonean Leone", "2022-07-01"), "VED": ("926", "Bolívar Soberano", "2021-10-01"),
         "ZWG": ("924", "Zimbabwe Gold", "2024-09-01"), "XCG": ("532", "Caribbean Guilder", "2025-03-31")}
# English words for amounts (CATALOGUE-B 6.0): plural, minor unit, its plural.
WORDS = {"EUR": ("euro", "cent", "cents"), "USD": ("US dollars", "cent", "cents"),
         "GBP": ("pounds sterling", "penny", "pence"), "CNY": ("Chinese yuan", "fen", "fen"),
         "JPY": ("Japanese yen", "", ""), "CHF": ("Swiss francs", "centime", "centimes"),
         "HKD": ("Hong Kong dollars", "cent", "cents"), "SGD": ("Singapore dollars", "cent", "cents"),
         "AUD": ("Australian dollars", "cent", "cents"), "CAD": ("Canadian dollars", "cent", "cents"),
         "NZD": ("New Zealand dollars", "cent", "cents"), "SEK": ("Swedish kronor", "öre", "öre"),
         "NOK": ("Norwegian kroner", "øre", "øre"), "DKK": ("Danish kroner", "øre", "øre"),
         "PLN": ("Polish zlotys", "grosz", "groszy"), "CZK": ("Czech korunas", "haler", "halers"),
         "HUF": ("Hungarian forints", "fillér", "fillér"), "RON": ("Romanian lei", "ban", "bani"),
         "TRY": ("Turkish liras", "kurus", "kurus"), "INR": ("Indian rupees", "paisa", "paise"),
         "KRW": ("South Korean won", "", ""), "BRL": ("Brazilian reais", "centavo", "centavos"),
         "MXN": ("Mexican pesos", "centavo", "centavos"), "ZAR": ("South African rand", "cent", "cents"),
         "AED": ("UAE dirhams", "fils", "fils"), "SAR": ("Saudi riyals", "halala", "halalas"),
         "KWD": ("Kuwaiti dinars", "fils", "fils"), "BHD": ("Bahraini dinars", "fils", "fils"),
         "THB": ("Thai baht", "satang", "satang"), "MYR": ("Malaysian ringgit", "sen", "sen"),
         "IDR": ("Indonesian rupiah", "sen", "sen"), "PHP": ("Philippine pesos", "centavo", "centavos"),
         "VND": ("Vietnamese dong", "", ""), "TWD": ("New Taiwan dollars", "cent", "cents"),
         "ILS": ("Israeli new shekels", "agora", "agorot"), "EGP": ("Egyptian pounds", "piastre", "piastres"),
         "RUB": ("Russian roubles", "kopek", "kopeks"), "UAH": ("Ukrainian hryvnias", "kopiyka", "kopiykas"),
         "XCD": ("East Caribbean dollars", "cent", "cents"), "NPR": ("Nepalese rupees", "paisa", "paise"),
         "ALL": ("Albanian lek", "qindarka", "qindarka"), "XOF": ("West African CFA francs", "", ""),
         "KES": ("Kenyan shillings", "cent", "cents"), "BGN": ("Bulgarian leva", "stotinka", "stotinki")}


def write(name, header, rows):
    with open(HERE / f"{name}.csv", "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def countries(folder):
    rows = []
    for entry in json.load(open(folder / "iso_3166-1.json", encoding="utf-8"))["3166-1"]:
        code = entry["alpha_2"]
        rows.append([code, "", "", entry.get("common_name", entry["name"]), entry["alpha_3"], entry["numeric"], "",
                     "true" if code in EU else "", "iso-codes"])
    present = {row[0] for row in rows}
    for entry in json.load(open(folder / "iso_3166-3.json", encoding="utf-8"))["3166-3"]:
        if entry["alpha_2"] not in present:
            present.add(entry["alpha_2"])
            until = entry["withdrawal_date"]
            until = until if len(until) == 10 else until[:4] + "-12-31"
            rows.append([entry["alpha_2"], "", until, entry["name"], entry["alpha_3"], entry.get("numeric", ""), "true",
                         "", "iso-codes"])
    for code, label in EU_CODES.items():
        rows.append([code, "", "", label, "", "", "", "", "EU customs codes"])
    write("ISO3166", "code from to label alpha3 numeric withdrawn eu source".split(), sorted(rows))
    write("Area", "code from to label country source".split(), [
        ["EU", "2020-02-01", "", "European Union", "|".join(sorted(EU)), "Treaties"],
        ["EU-CUSTOMS", "2020-02-01", "", "EU customs territory with Northern Ireland and Monaco",
         "|".join(sorted(EU | {"XI", "MC"})), "UCC 4"],
        ["CTC", "2021-01-01", "", "Common transit countries outside the EU", "CH|GB|GE|IS|LI|MD|ME|MK|NO|RS|TR|UA",
         "Common Transit Convention"],
        ["ICS2", "2023-03-01", "", "Zone of the EU import control system ICS2",
         "|".join(sorted(EU | {"CH", "LI", "NO", "XI"})), "EU 2015/2447, ICS2 release 2"]])


def subdivisions(folder):
    rows = [[e["code"], "", "", e["name"], e["code"][:2], e["type"], "iso-codes"]
            for e in json.load(open(folder / "iso_3166-2.json", encoding="utf-8"))["3166-2"]]
    write("ISO3166-2", "code from to label country kind source".split(), sorted(rows))


def languages(folder):
    rows = [[e["alpha_2"], "", "", e.get("common_name", e["name"]), e["alpha_3"], "iso-codes"]
            for e in json.load(open(folder / "iso_639-2.json", encoding="utf-8"))["639-2"] if "alpha_2" in e]
    write("ISO639", "code from to label alpha3 source".split(), sorted(rows))


def currencies(folder):
    names = {e["alpha_3"]: (e["numeric"], e["name"], "")
             for e in json.load(open(folder / "iso_4217.json", encoding="utf-8"))["4217"]}
    for code, row in BEGUN.items():
        names[code] = (row[0], row[1], row[2])
    names.setdefault("HRK", ("191", "Kuna", ""))
    rows = []
    for code, (numeric, label, begun) in sorted(names.items()):
        minor = ("0" if code in NO_MINOR else "3" if code in THREE_MINOR else "4" if code in FOUR_MINOR
                 else "" if code in NONE_MINOR else "2")
        plural, one, many = WORDS.get(code, ("", "", ""))
        rows.append([code, begun, ENDED.get(code, ("", ""))[1], label, numeric, minor, plural, one, many,
                     "iso-codes; minor units by hand"])
    write("ISO4217", "code from to label numeric minorUnit plural minor minorPlural source".split(), rows)


BASES = {"kg": ("KGM", 1), "g": ("KGM", Decimal("0.001")), "mg": ("KGM", Decimal("0.000001")), "m": ("MTR", 1),
         "m²": ("MTK", 1), "m³": ("MTQ", 1), "l": ("MTQ", Decimal("0.001")), "J": ("JOU", 1), "W": ("WTT", 1),
         "s": ("SEC", 1), "Pa": ("PAL", 1)}
COUNTS = {"C62": 1, "NAR": 1, "NMP": 1, "SET": 1, "PR": 2, "NPR": 2}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def factor(text):
    """A factor "0,453 592 37 kg", "10⁻³ m³", "2,83 x 10⁻² kg", "kg" as (base, number), or None."""
    text = text.replace("\xa0", " ").replace("×", "x").strip()
    found = re.fullmatch(r"(?:([0-9][0-9 ]*(?:[,.][0-9 ]+)?)?\s*(?:x\s*)?(10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|10(?= ))?\s*)?((?:[A-Za-z]+[²³]?)?)", text)
    if not found or (found[3] and found[3] not in BASES):
        return None
    number = Decimal((found[1] or "1").replace(" ", "").replace(",", "."))
    if found[2]:
        power = found[2][2:].translate(SUPERSCRIPTS)
        number *= Decimal(10) ** int(power or 1)
    base, unit = BASES[found[3]] if found[3] else ("C62", 1)
    return base, number * unit


def plain(number):
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def units(path):
    rows = []
    for row in csv.DictReader(open(path, encoding="utf-8")):
        code = row["CommonCode"]
        if row["Status"] not in ("", "D"):
            continue
        found = factor(row["ConversionFactor"]) if row["ConversionFactor"] else None
        if code in COUNTS:
            found = ("C62", Decimal(COUNTS[code]))
        elif found and found[0] == "C62" and "count" not in row["Description"] and code not in ("MIL",):
            found = None
        base, number = (found[0], plain(found[1])) if found else ("", "")
        places = "" if not base else "0" if base == "C62" else "3"
        rows.append([code, "", "", row["Name"], base, number, places, row["Symbol"].replace("\xa0", " ").strip(),
                     "UNECE Rec 20" + (", deprecated" if row["Status"] == "D" else "")])
    write("Rec20", "code from to label base factor places symbol source".split(), sorted(rows))


def harmonized_system(path):
    rows = [[row["code"], "HS2022", "2022-01-01", "", "", "WCO HS 2022"]
            for row in csv.DictReader(open(path, encoding="utf-8")) if row["level"] == "6"]
    write("HS", "code edition from to label source".split(), sorted(rows))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    json_folder = Path(sys.argv[1])
    countries(json_folder)
    subdivisions(json_folder)
    languages(json_folder)
    currencies(json_folder)
    units(sys.argv[2])
    harmonized_system(sys.argv[3])
