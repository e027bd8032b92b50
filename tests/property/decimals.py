#!/usr/bin/env python3
"""Random decimals, days, zones and texts: our answers against Python's decimal, datetime and unicodedata.

    decimals.py DRIVER [COUNT [SEED]]      COUNT cases of each operation (1000); the long form takes 100000

A difference is printed with the request that shows it; the exit code is 1. The same seed asks the same.
"""
import calendar
import collections
import datetime
import decimal
import random
import subprocess
import sys
import unicodedata
import zoneinfo

D = decimal.Decimal
LIMIT = 10**38
WIDE = decimal.Context(prec=400, rounding=decimal.ROUND_HALF_UP, Emax=9999, Emin=-9999)
MODES = [decimal.ROUND_HALF_UP, decimal.ROUND_HALF_EVEN, decimal.ROUND_DOWN, decimal.ROUND_UP]


# Zones and years of which all editions of the data tell the same: ICU and Python each have their own.
ZONES = """Africa/Cairo Africa/Casablanca Africa/Johannesburg America/Chicago America/Los_Angeles America/New_York
    America/Sao_Paulo America/St_Johns Asia/Dubai Asia/Hong_Kong Asia/Kathmandu Asia/Kolkata Asia/Shanghai Asia/Tehran
    Asia/Tokyo Australia/Lord_Howe Australia/Sydney Europe/Athens Europe/Berlin Europe/Dublin Europe/Istanbul
    Europe/Lisbon Europe/London Europe/Moscow Pacific/Apia Pacific/Auckland Pacific/Chatham""".split()
YEARS = 1990, 2022


class Wrong(Exception):
    pass


# What Python says ------------------------------------------------------------------------------------------------

def plain(value):
    text = format(value, "f")
    return text[1:] if text.startswith("-") and not value else text


def digits(value):
    """Coefficient and scale of a decimal."""
    sign, ds, exponent = value.as_tuple()
    return int("".join(map(str, ds))), -exponent


def fits(value):
    """Whether 38 digits and 38 places hold the value once its trailing zeros are gone."""
    coefficient, scale = digits(value)
    while scale > 0 and coefficient % 10 == 0:
        coefficient //= 10
        scale -= 1
    return coefficient < LIMIT and scale <= 38


def equal(value):
    """The answer is this value in any number of decimals; refused only where it cannot be held."""
    def check(answer):
        if answer == "refused":
            return not fits(value)
        return D(answer) == value and plain(D(answer)) == answer
    return check


def product(a, b):
    value = WIDE.multiply(a, b)
    def check(answer):
        if answer != "refused":
            return D(answer) == value
        # Zeros that only come up in the product do not count as room: trimmed factors decide.
        (ca, sa), (cb, sb) = (digits(x.normalize(WIDE)) if x else (0, 0) for x in (a, b))
        return ca * 10 ** max(-sa, 0) * cb * 10 ** max(-sb, 0) >= LIMIT or max(sa, 0) + max(sb, 0) > 38
    return check


def rounded(numerator, denominator, places, mode):
    if not denominator:
        return "refused"
    scaled = abs(numerator) * 10**places, abs(denominator)
    a, b = (int(x * 10**80) for x in scaled)
    whole, rest = divmod(a, b)
    away = {decimal.ROUND_HALF_UP: 2 * rest >= b, decimal.ROUND_UP: rest > 0, decimal.ROUND_DOWN: False,
            decimal.ROUND_HALF_EVEN: 2 * rest > b or (2 * rest == b and whole % 2 == 1)}[mode]
    whole += away
    if whole >= LIMIT:
        return "refused"
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    return plain(D(sign * whole).scaleb(-places, WIDE))


def within(found, reference, limit, percent):
    return abs(found - reference) <= max(limit, percent / 100 * abs(reference))


def shares(amount, weights, places):
    total = sum(weights)
    if not total:
        return "refused"
    parts = [D(rounded(amount * w, total, places, decimal.ROUND_HALF_UP)) for w in weights[:-1]]
    last = amount - sum(parts)
    def check(answer):
        ours = [D(x) for x in answer.split()] if answer != "refused" else None
        return ours == parts + [last]
    return check


def add_months(day, months):
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


SPELT = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}


def fold(text):
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = []
    for c in text:
        category = unicodedata.category(c)
        if c in SPELT:
            kept.append(SPELT[c])
        elif c == "&":
            kept.append(" and ")
        elif category[0] in "LN":
            kept.append(c)
        elif category[0] != "M":
            kept.append(" ")
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def reference(text):
    kept = (c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c not in "-/._:#")
    return unicodedata.normalize("NFC", "".join(kept).upper())


def trigrams(text):
    grams = collections.Counter()
    for word in text.split():
        padded = "  " + word + " "
        grams.update(padded[i:i + 3] for i in range(len(padded) - 2))
    return grams


def similar(a, b):
    a, b = trigrams(fold(a)), trigrams(fold(b))
    size = sum(a.values()) + sum(b.values())
    if not size:
        return "0.0000"
    return rounded(D(2 * sum((a & b).values())), D(size), 4, decimal.ROUND_HALF_UP)


# What is asked ---------------------------------------------------------------------------------------------------

class Questions:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def number(self, most=38):
        r = self.random
        size = r.choice([1, 2, 3, 6, 10, 15, 19, 20, most]) if r.random() < 0.8 else r.randint(1, most)
        size = min(size, most)
        value = r.choice([r.randrange(10**size), 10**size - 1, 10 ** (size - 1), 5 * 10 ** (size - 1)])
        scale = r.choice([0, 0, 1, 2, 2, 3, 6, min(size, 18), r.randint(0, most)])
        return plain(D(r.choice([-1, 1]) * value).scaleb(-scale, WIDE))

    def money(self):
        r = self.random
        return plain(D(r.randint(-10**r.randint(1, 12), 10**r.randint(1, 12))).scaleb(-r.randint(0, 4), WIDE))

    def day(self):
        first, last = datetime.date(1800, 1, 1), datetime.date(2400, 12, 31)
        if self.random.random() < 0.3:  # the ends of months
            year, month = self.random.randint(1896, 2104), self.random.randint(1, 12)
            return datetime.date(year, month, calendar.monthrange(year, month)[1])
        return first + datetime.timedelta(self.random.randint(0, (last - first).days))

    def text(self):
        r = self.random
        alphabets = ["abcdeABCDE ", "äöüßøłđæœıéèñçÅÄ ", "АБВабвёй ", "ΑΒΓαβγάΆ ", "上海公司有限 ", "ガかトヨタ", "서울삼성",
                     "شركة السلام ", "0123456789", "&-./,()#:_ ", "Ａｂ１ﬁ²Ⅳ", "e\u0301o\u0308"]
        return "".join(r.choice(r.choice(alphabets[:1] * 3 + alphabets)) for _ in range(r.randint(1, 24)))

    # Each gives a request and the answer that is right, or a function that knows.

    def parse(self):
        text = self.number()
        return f"parse\t{text}", plain(D(text)) if fits(D(text)) else "refused"

    def add(self):
        a, b = self.number(), self.number()
        return f"add\t{a}\t{b}", equal(WIDE.add(D(a), D(b)))

    def subtract(self):
        a, b = self.number(), self.number()
        return f"subtract\t{a}\t{b}", equal(WIDE.subtract(D(a), D(b)))

    def multiply(self):
        a, b = self.number(self.random.choice([12, 19, 38])), self.number(self.random.choice([12, 19, 38]))
        return f"multiply\t{a}\t{b}", product(D(a), D(b))

    def compare(self):
        a = self.number()
        b = self.random.choice([self.number(), a, a + ("0" if "." in a else ".0")])
        a, b = (x if fits(D(x)) and len(x) < 38 else "1.50" for x in (a, b))
        return f"compare\t{a}\t{b}", str(int(D(a).compare(D(b), WIDE)))

    def divide(self):
        a, b = self.number(), self.number()
        places, mode = self.random.randint(0, 20), self.random.randrange(4)
        return f"divide\t{a}\t{b}\t{places}\t{mode}", rounded(D(a), D(b), places, MODES[mode])

    def round(self):
        value = self.random.choice([self.number(), self.money() + "5"])
        places, mode = self.random.randint(0, 12), self.random.randrange(4)
        return f"round\t{value}\t{places}\t{mode}", rounded(D(value), D(1), places, MODES[mode])

    def within(self):
        reference = D(self.money())
        percent = D(self.random.randint(0, 1000)).scaleb(-2, WIDE)
        limit = D(self.random.randint(0, 1000)).scaleb(-2, WIDE)
        edge = WIDE.multiply(WIDE.divide(percent, D(100)), abs(reference))
        side = self.random.choice([-1, 1])
        nudge = D(self.random.choice([-1, 0, 0, 1])).scaleb(-10, WIDE)
        found = WIDE.add(reference, side * WIDE.add(self.random.choice([edge, limit, D(self.money())]), nudge))
        values = "\t".join(plain(x) for x in (found, reference, limit, percent))
        return f"within\t{values}", str(within(found, reference, limit, percent)).lower()

    def share(self):
        amount, places = D(self.money()), self.random.choice([0, 2, 3])
        weights = [abs(D(self.money())) for _ in range(self.random.randint(1, 8))]
        listed = "\t".join(plain(x) for x in weights)
        return f"share\t{places}\t{plain(amount)}\t{listed}", shares(amount, weights, places)

    def days(self):
        day, count = self.day(), self.random.randint(-100000, 100000)
        return f"days\t{day}\t{count}", str(day + datetime.timedelta(count))

    def months(self):
        day, count = self.day(), self.random.randint(-1200, 1200)
        return f"months\t{day}\t{count}", str(add_months(day, count))

    def weekday(self):
        day = self.day()
        return f"weekday\t{day}", str(day.isoweekday())

    def fold(self):
        text = self.text()
        return f"fold\t{text}", fold(text)

    def reference(self):
        text = self.text().replace("ß", "s")  # upper case of ß is a matter of taste, SS or ẞ
        return f"reference\t{text}", reference(text)

    def similar(self):
        alphabet = self.random.choice(["abcAB ", "абвАБ ", "上海公司 "])
        a, b = ("".join(self.random.choice(alphabet) for _ in range(self.random.randint(1, 12))) for _ in "ab")
        return f"similar\t{a}\t{b}", similar(a, b)

    def zone(self, count):
        """One zone, and instants and local times in it, near its transitions among them."""
        name = self.random.choice(ZONES)
        info = zoneinfo.ZoneInfo(name)
        yield f"zone\t{name}", "open"
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        for _ in range(count):
            year = self.random.randint(*YEARS)
            start = datetime.datetime(year, 1, 1)
            at = start + datetime.timedelta(seconds=self.random.randrange(365 * 86400))
            if self.random.random() < 0.5:  # a Sunday of a month in which clocks change
                at = at.replace(month=self.random.choice([3, 4, 9, 10, 11]), day=self.random.randint(1, 28),
                                hour=self.random.randint(0, 3))
            instant = int((at.replace(tzinfo=datetime.timezone.utc) - epoch).total_seconds())
            offset = at.replace(tzinfo=datetime.timezone.utc).astimezone(info).utcoffset()
            yield f"offset\t{instant}", str(int(offset.total_seconds()))
            local = int(at.replace(tzinfo=info).utcoffset().total_seconds())
            yield f"moment\t{at.isoformat()}", f"{instant - local} {local}"


PLAIN = ("parse add subtract multiply compare divide round within share days months weekday fold reference "
         "similar").split()


def ask(driver, questions):
    """Sends all requests, compares all answers; how many were wrong."""
    requests = "".join(request + "\n" for request, _ in questions)
    answers = subprocess.run([driver], input=requests, capture_output=True, text=True, check=True,
                             encoding="utf-8").stdout.split("\n")[:-1]
    if len(answers) != len(questions):
        raise Wrong(f"{len(questions)} requests, {len(answers)} answers")
    wrong = 0
    for (request, right), answer in zip(questions, answers):
        if not (right(answer) if callable(right) else right == answer):
            wrong += 1
            if wrong <= 5:
                print(f"{request!r}: {answer!r}, not {'the value' if callable(right) else repr(right)}")
    return wrong


def main():
    driver = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    decimal.setcontext(WIDE)
    source = Questions(seed)
    wrong = 0
    for name in PLAIN:
        bad = ask(driver, [getattr(source, name)() for _ in range(count)])
        print(f"{name:10} {count} cases, {bad} wrong")
        wrong += bad
    questions = [q for _ in range(max(count // 100, 1)) for q in source.zone(50)]
    bad = ask(driver, questions)
    print(f"{'zone':10} {len(questions)} cases, {bad} wrong")
    return 1 if wrong + bad else 0


if __name__ == "__main__":
    sys.exit(main())
