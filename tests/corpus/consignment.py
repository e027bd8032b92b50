"""A consignment as a trader knows it, before anybody writes it in a dialect: made from a seed number alone."""
import random
from dataclasses import dataclass, field
from decimal import Decimal

LETTERS = {**{str(d): d for d in range(10)}, **dict(zip('ABCDEFGHIJKLMNOPQRSTUVWXYZ', [n for n in range(10, 39) if n % 11]))}
GOODS = [('82041100', 'Spanners, hand-operated, non-adjustable'), ('82041200', 'Spanners, hand-operated, adjustable'),
         ('84137021', 'Centrifugal pumps, submersible'), ('87089997', 'Parts of motor vehicles, drop forged'),
         ('73181692', 'Nuts of steel, threaded'), ('94054210', 'Lamps with light-emitting diodes')]
BUYERS = [('Hanse Pumpen GmbH', 'Kai 12', 'Hamburg', '20457', 'DE', 'DEHAM', 'DEU'),
          ('Maple Hardware Ltd', 'Pier Road 18', 'Halifax', 'B3H 4R7', 'CA', 'CAHAL', 'CAN'),
          ('Harbour Tools LLC', 'Port Street 400', 'Houston', '77002', 'US', 'USHOU', 'USA'),
          ('Lion Hardware Pte Ltd', 'Harbour Drive 12', 'Singapore', '098632', 'SG', 'SGSIN', 'SGP')]


def check_digit(text):
    """ISO 6346."""
    return sum(LETTERS[c] << place for place, c in enumerate(text)) % 11 % 10


@dataclass
class Item:
    number: int
    code: str
    text: str
    pieces: int
    packages: int
    net: Decimal
    gross: Decimal
    price: Decimal
    origin: str = 'CN'


@dataclass
class Consignment:
    number: int
    lrn: str = ''
    buyer: tuple = ()
    incoterm: str = 'FOB'
    currency: str = 'USD'
    vessel: str = 'Elbe Trader'
    journey: str = '611W'
    container: str = ''
    contract: str = ''
    invoice: str = ''
    items: list = field(default_factory=list)
    exporter: tuple = ('91330200MA2CH0XY3D', 'Ningbo Haixing Tools Co Ltd')
    agent: tuple = ('91330200768501234T', 'Ningbo Lianyun Customs Brokers')
    packages: int = 0
    gross: Decimal = Decimal(0)
    net: Decimal = Decimal(0)

    def sums(self):
        self.packages = sum(item.packages for item in self.items)
        self.gross = sum((item.gross for item in self.items), Decimal(0))
        self.net = sum((item.net for item in self.items), Decimal(0))
        return self

    @property
    def total(self):
        return sum((item.price for item in self.items), Decimal(0))


def consignment(seed):
    dice = random.Random(seed)
    made = Consignment(number=seed, lrn=f'HX26{seed:06d}', buyer=dice.choice(BUYERS), incoterm=dice.choice(['FOB', 'CIF', 'CFR']),
                       currency=dice.choice(['USD', 'EUR', 'CNY']), contract=f'HX-2026-{seed:03d}', invoice=f'HX-INV-{seed:05d}')
    head = f'CSQU{305000 + seed:06d}'
    made.container = head + str(check_digit(head))
    for number in range(1, dice.choice([1, 1, 2, 3, 6]) + 1):
        code, text = dice.choice(GOODS)
        net = Decimal(dice.randrange(2000, 90000)) / 10
        packages = dice.randrange(1, 60)
        made.items.append(Item(number, code, f'{text}, type {dice.randrange(100, 999)}', dice.randrange(10, 900), packages, net,
                               net + packages, Decimal(dice.randrange(10000, 900000)) / 100))
    return made.sums()


def seeded_defects():
    """Name, what it does to a consignment, and the rule that must then fail, whatever the dialect."""
    def container(c):
        c.container = c.container[:-1] + str((int(c.container[-1]) + 1) % 10)

    def heavier(c):
        c.items[0].net = c.items[0].gross + 5
        c.net = c.gross + 5

    def incoterm(c):
        c.incoterm = 'FOB' if c.incoterm != 'FOB' else 'CIF'

    def exporter(c):
        c.exporter = (c.exporter[0], 'Somebody Else Entirely Ltd')

    def consignee(c):
        c.buyer = ('Nobody Known Trading',) + c.buyer[1:]
    return [('a container number with a wrong check digit', container, 'D-271'), ('more net than gross', heavier, 'D-224'),
            ('another Incoterm than the invoice', incoterm, 'D-261'), ('an exporter who is not the seller', exporter, 'D-251'),
            ('a consignee who is not the buyer', consignee, 'D-252')]
