"""The illustrations of the demo that are set outdoors, and the map."""

from __future__ import annotations

from drawing_surface import (
    AMBER,
    BARK,
    BRICK,
    CREAM,
    DENIM,
    INK,
    LEAF,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    PAPER,
    PINE,
    POND,
    RIVER,
    ROSE,
    RUST,
    SAGE,
    SAND,
    SKY,
    WIDTH,
    WOOD,
    Picture,
    bunting,
    hills,
    house,
    seeded,
    smooth,
    tree,
    village,
)

MAP_EDGE = [
    (290, 330),
    (430, 180),
    (640, 150),
    (800, 215),
    (1010, 130),
    (1230, 200),
    (1350, 390),
    (1300, 570),
    (1390, 730),
    (1230, 890),
    (980, 860),
    (800, 940),
    (560, 900),
    (400, 790),
    (250, 640),
    (320, 500),
    (290, 330),
]
MAP_TOWNS = [
    (850, 480),
    (690, 610),
    (1100, 560),
    (430, 420),
    (600, 300),
    (860, 280),
    (1010, 230),
    (1230, 330),
    (1240, 640),
    (1080, 790),
    (870, 780),
    (560, 770),
    (400, 620),
    (940, 670),
]
MAP_ROADS = [
    (0, 1),
    (0, 2),
    (0, 5),
    (1, 3),
    (3, 4),
    (5, 6),
    (2, 7),
    (2, 8),
    (8, 9),
    (0, 13),
    (13, 10),
    (1, 11),
    (11, 12),
]
MAP_RELIEF = (
    (560, 330, 210, 120),
    (1080, 340, 190, 130),
    (1040, 690, 230, 120),
    (480, 660, 130, 110),
)


def draw_valleys(picture: Picture) -> None:
    """Hills in layers, a river and three villages (cover)."""
    picture.sky("#f3e3bf", "#e3ede6", 620)
    picture.glow(1190, 250, 190, PAPER, 200)
    picture.disc(1190, 250, 74, "#fdf6df")
    for base, height, phase, colour in (
        (430, 70, 0.4, "#cfdfd8"),
        (500, 62, 2.1, "#b4cfc3"),
        (580, 56, 4.0, "#93b89f"),
    ):
        hills(picture, base, height, phase, colour)
    village(picture, 250, 610, 34)
    village(picture, 1400, 560, 26)
    hills(picture, 690, 46, 5.6, "#78a57c")
    village(picture, 980, 712, 50)
    left = smooth([(905, 735), (860, 770), (960, 815), (820, 880), (880, 960), (640, 1080)])
    right = smooth([(925, 735), (905, 770), (1030, 815), (960, 880), (1090, 960), (1000, 1080)])
    picture.shape([*left, *reversed(right)], POND)
    shine = smooth([(915, 745), (885, 772), (992, 818), (890, 885), (980, 965), (850, 1075)])
    picture.path(shine, 5, SKY)
    bank = smooth([(-20, 880), (200, 830), (420, 880), (560, 960), (600, 1080)])
    picture.shape([*bank, (-20, 1080)], MOSS)
    picture.shape(
        [*smooth([(1610, 800), (1420, 850), (1180, 960), (1060, 1080)]), (1610, 1080)], PINE
    )
    for x, y, size in (
        (90, 930, 150),
        (230, 900, 110),
        (420, 985, 90),
        (1480, 905, 170),
        (1340, 950, 120),
        (1560, 960, 140),
        (520, 1010, 70),
    ):
        tree(picture, x, y, size, PINE if x < 700 else MOSS)


def draw_map(picture: Picture) -> None:
    """The territory with its two rivers and fourteen communes."""
    picture.shape([(x + 16, y + 20) for x, y in smooth(MAP_EDGE)], SAND)
    picture.shape(smooth(MAP_EDGE), MIST)
    for x, y, rx, ry in MAP_RELIEF:
        picture.disc(x, y, rx, "#b8d2bb", ry)
        picture.disc(x + 8, y - 10, rx * 0.66, SAGE, ry * 0.62)
        picture.disc(x + 14, y - 18, rx * 0.34, LEAF, ry * 0.3)
    ondine = smooth(
        [
            (700, 190),
            (760, 320),
            (720, 440),
            (800, 540),
            (760, 660),
            (690, 780),
            (700, 920),
            (660, 1010),
        ]
    )
    songe = smooth([(1310, 480), (1180, 520), (1040, 500), (930, 560), (800, 540)])
    for line, width in ((songe, 17), (ondine, 22)):
        picture.path(line, width + 12, MIST)
        picture.path(line, width, RIVER)
    for a, b in MAP_ROADS:
        picture.path([MAP_TOWNS[a], MAP_TOWNS[b]], 5, PAPER)
    for index, (x, y) in enumerate(MAP_TOWNS):
        size = 34 if index == 0 else 19
        picture.disc(x, y + 4, size, PINE)
        picture.disc(x, y, size, PAPER)
        picture.disc(x, y, size * 0.66, BRICK if index == 0 else RUST)
    picture.disc(1480, 160, 62, SAND)
    picture.disc(1480, 160, 50, PAPER)
    picture.shape([(1480, 116), (1494, 160), (1466, 160)], BRICK)
    picture.shape([(1480, 204), (1494, 160), (1466, 160)], INK)


def draw_garden(picture: Picture) -> None:
    """The garden of the crèche: mounds, logs, water table, canopy."""
    picture.sky("#d8ebe9", "#f6efdc", 700)
    hills(picture, 520, 50, 1.1, SAGE)
    for x in range(-10, 1620, 46):
        picture.box(x, 505, 30, 180, CREAM, 12)
    picture.box(0, 545, WIDTH, 14, SAND)
    picture.box(0, 625, WIDTH, 14, SAND)
    picture.box(0, 670, WIDTH, 400, LEAF)
    picture.disc(1180, 760, 360, MOSS, 150)
    picture.disc(1110, 775, 230, "#6a9c69", 96)
    picture.box(0, 790, WIDTH, 300, LEAF)
    picture.box(1110, 690, 76, 130, OCHRE, 38)
    picture.box(1124, 706, 48, 120, AMBER, 24)
    for x in (120, 520):
        picture.box(x, 330, 26, 420, BARK)
    picture.shape([(50, 350), (323, 210), (610, 350)], WOOD)
    picture.shape([(50, 350), (323, 236), (610, 350), (610, 372), (50, 372)], RUST)
    picture.box(170, 690, 330, 22, WOOD, 8)
    picture.box(200, 712, 20, 70, BARK)
    picture.box(450, 712, 20, 70, BARK)
    for x, colour in ((240, RUST), (310, POND), (380, OCHRE)):
        picture.shape([(x, 640), (x + 46, 640), (x + 38, 690), (x + 8, 690)], colour)
    upper = smooth([(-20, 970), (260, 900), (560, 920), (820, 860), (1040, 850), (1122, 818)])
    lower = smooth([(-20, 1040), (260, 966), (570, 990), (850, 930), (1090, 900), (1174, 818)])
    picture.shape([*upper, *reversed(lower)], SAND)
    for index, x in enumerate((640, 724, 808, 892)):
        height = (54, 86, 66, 100)[index]
        picture.box(x, 850 - height, 62, height + 20, BARK, 10)
        picture.disc(x + 31, 852 - height, 31, WOOD, 13)
        picture.disc(x + 31, 852 - height, 16, AMBER, 6)
    picture.disc(1330, 960, 170, SAND, 54)
    picture.disc(1330, 954, 146, POND, 42)
    picture.disc(1300, 946, 60, SKY, 12)
    tree(picture, 1460, 790, 420)
    rng = seeded(4)
    for _ in range(46):
        x, y = rng.randint(20, 1580), rng.randint(1000, 1056)
        picture.box(x - 2, y, 4, 22, MOSS)
        picture.disc(x, y, 9, rng.choice((PAPER, AMBER, ROSE)))


def draw_truck(picture: Picture) -> None:
    """The blue truck of France services on a market square."""
    picture.sky("#cfe4ea", "#f7ecd4", 640)
    hills(picture, 430, 60, 2.6, SAGE)
    for index, (x, size) in enumerate(
        ((-40, 250), (250, 215), (500, 260), (900, 225), (1210, 265), (1480, 220))
    ):
        house(picture, x, 690, size, (SAND, CREAM, PAPER)[index % 3], (RUST, BRICK)[index % 2])
    picture.box(0, 686, WIDTH, 400, SAND)
    for y, colour in ((760, "#dfcda7"), (860, "#dccaa3"), (975, "#d8c59c")):
        picture.box(0, y, WIDTH, 6, colour)
    tree(picture, 850, 720, 460)
    bunting(picture, [(-20, 170), (300, 260), (640, 200), (1000, 290), (1620, 150)], 44)
    market_stall(picture, 60, 590, (RUST, PAPER))
    market_stall(picture, 1290, 590, (OCHRE, PAPER))
    picture.disc(760, 930, 430, "#cdb88c", 34)
    picture.box(410, 470, 540, 410, DENIM, 34)
    picture.shape([(930, 560), (1040, 560), (1120, 700), (1136, 880), (930, 880)], DENIM)
    picture.shape([(962, 590), (1030, 590), (1086, 700), (962, 700)], SKY)
    picture.box(410, 770, 726, 40, RIVER)
    picture.box(1112, 796, 28, 34, AMBER, 8)
    picture.box(470, 550, 250, 150, NIGHT, 8)
    picture.box(480, 560, 230, 130, "#f2d9a0", 4)
    picture.box(520, 610, 66, 80, PINE, 20)
    picture.disc(553, 596, 24, ROSE)
    picture.box(622, 640, 66, 44, INK, 4)
    picture.box(454, 694, 284, 20, PAPER, 6)
    for index in range(8):
        x = 440 + index * 39
        colour = PAPER if index % 2 else AMBER
        picture.shape([(x + 14, 500), (x + 50, 500), (x + 39, 560), (x, 560)], colour)
    picture.box(790, 560, 110, 320, RIVER, 10)
    picture.box(806, 580, 78, 110, SKY, 6)
    picture.box(800, 880, 90, 22, INK, 4)
    for x in (540, 1010):
        picture.disc(x, 884, 62, INK)
        picture.disc(x, 884, 28, MIST)
    picture.box(1170, 700, 14, 230, BARK)
    picture.box(1100, 660, 150, 92, PAPER, 8)
    for y, length in ((684, 100), (704, 80), (724, 92)):
        picture.box(1124, y, length, 8, RIVER, 4)


def market_stall(picture: Picture, x: float, y: float, stripes: tuple[str, str]) -> None:
    """Draw a stall with a striped awning and its baskets."""
    for post in (x + 12, x + 244):
        picture.box(post, y, 10, 310, BARK)
    for index in range(6):
        left = x - 10 + index * 48
        picture.box(left, y - 40, 48, 84, stripes[index % 2])
        picture.disc(left + 24, y + 44, 24, stripes[index % 2])
    picture.box(x - 4, y + 180, 276, 26, WOOD, 6)
    picture.box(x + 8, y + 206, 252, 104, BARK, 6)
    for index, colour in enumerate((LEAF, BRICK, AMBER, MOSS)):
        centre = x + 36 + index * 64
        for dx in (-16, 0, 16):
            picture.disc(centre + dx, y + 164, 14, colour)
        picture.box(centre - 30, y + 164, 60, 24, SAND, 6)


def draw_minibus(picture: Picture) -> None:
    """A yellow minibus on a winding road."""
    picture.sky("#bfdde4", "#f8ecd0", 640)
    picture.disc(330, 210, 66, "#fdf3d6")
    for x, y, size in ((1130, 170, 60), (700, 240, 46)):
        for dx, dy, r in ((-70, 12, 0.7), (0, 0, 1), (70, 12, 0.75)):
            picture.disc(x + dx, y + dy, size * r * 1.5, PAPER, size * r * 0.8)
    for base, height, phase, colour in ((450, 80, 1.9, "#bcd5c8"), (540, 66, 3.6, "#96bd9d")):
        hills(picture, base, height, phase, colour)
    village(picture, 1130, 545, 44)
    hills(picture, 640, 52, 0.7, LEAF)
    left = smooth([(1180, 590), (1050, 650), (1330, 720), (900, 800), (60, 860), (-40, 1080)])
    right = smooth([(1210, 590), (1100, 650), (1450, 730), (1280, 880), (1000, 990), (900, 1080)])
    picture.shape([*left, *reversed(right)], "#e6dcc6")
    trees = ((120, 760, 190, MOSS), (1500, 820, 260, PINE), (1390, 660, 110, MOSS))
    for x, y, size, colour in trees:
        tree(picture, x, y, size, colour)
    picture.disc(620, 962, 400, "#cbbf9f", 30)
    picture.box(260, 600, 660, 330, OCHRE, 70)
    picture.shape([(860, 640), (900, 640), (990, 770), (1014, 800), (1014, 930), (800, 930)], OCHRE)
    picture.box(250, 826, 764, 40, PAPER)
    picture.box(262, 890, 756, 40, "#b98732", 16)
    for x, width in ((306, 150), (476, 150), (646, 130)):
        picture.box(x, 650, width, 128, POND, 18)
        picture.shape([(x + 20, 778), (x + 80, 650), (x + 112, 650), (x + 52, 778)], SKY)
    picture.shape([(806, 650), (880, 650), (952, 778), (806, 778)], POND)
    people = (
        (380, RUST, "#d8a684"),
        (550, PINE, "#8a5a3c"),
        (714, DENIM, "#e8c3a0"),
        (850, BRICK, "#c98f6b"),
    )
    for x, colour, skin in people:
        picture.box(x - 34, 736, 68, 42, colour, 18)
        picture.disc(x, 716, 24, skin)
    picture.box(792, 640, 6, 280, "#b98732")
    picture.box(810, 800, 44, 10, "#b98732", 5)
    picture.disc(996, 850, 17, CREAM, 22)
    for x in (400, 870):
        picture.disc(x, 928, 74, INK)
        picture.disc(x, 928, 36, MIST)
        picture.disc(x, 928, 12, INK)
    rng = seeded(8)
    for _ in range(60):
        x, y = rng.randint(1080, 1590), rng.randint(960, 1056)
        picture.box(x - 2, y, 4, 26, MOSS)
        picture.disc(x, y, 8, rng.choice((PAPER, AMBER, RUST)))
