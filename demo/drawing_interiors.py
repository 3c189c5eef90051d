"""The illustrations of the demo that are set indoors, and the evening with candles."""

from __future__ import annotations

import math

from drawing_surface import (
    AMBER,
    BARK,
    BRICK,
    CREAM,
    DENIM,
    HEIGHT,
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
    rotated,
    seated,
    seeded,
    smooth,
    window,
)

SHEETS = [
    (400, 340, 330, 240, -12, PAPER),
    (760, 300, 280, 210, 8, POND),
    (600, 640, 340, 250, 5, CREAM),
    (1080, 660, 320, 240, -9, AMBER),
    (1180, 330, 260, 200, 14, PAPER),
]
FLOWERS = (
    (340, 330, 54, LEAF),
    (440, 360, 40, MOSS),
    (620, 640, 70, RUST),
    (1190, 330, 56, OCHRE),
    (1060, 660, 60, DENIM),
)
PAINT_POTS = (
    (230, 600, RUST),
    (250, 780, OCHRE),
    (390, 850, RIVER),
    (930, 850, LEAF),
    (1380, 520, BRICK),
)
PENCILS = (
    (800, 480, 24, BRICK),
    (860, 505, 31, PINE),
    (1330, 830, -38, DENIM),
    (540, 160, -6, OCHRE),
    (980, 170, 12, MOSS),
)


def draw_reading_corner(picture: Picture) -> None:
    """An armchair, cushions, a low bookcase and flags."""
    picture.box(0, 0, WIDTH, 760, MIST)
    picture.box(0, 760, WIDTH, 310, WOOD)
    picture.box(0, 742, WIDTH, 22, PAPER)
    for y in (830, 910, 1000):
        picture.box(0, y, WIDTH, 4, BARK)
    window(picture, 150, 190, 330, 360)
    bunting(picture, [(-20, 60), (400, 150), (820, 70), (1240, 150), (1620, 50)], 52)
    picture.glow(818, 330, 210, AMBER, 120)
    picture.box(900, 420, 560, 340, BARK, 10)
    picture.box(920, 440, 520, 140, CREAM)
    picture.box(920, 600, 520, 140, CREAM)
    rng = seeded(11)
    for shelf in (580, 740):
        x = 930
        while x < 1395:
            w, h = rng.randint(16, 38), rng.randint(78, 126)
            picture.box(x, shelf - h, w, h, rng.choice((RUST, DENIM, OCHRE, PINE, RIVER, ROSE)), 3)
            x += w + rng.choice((2, 2, 3, 22))
    picture.box(1290, 330, 90, 90, RUST, 14)
    for dx, dy in ((-46, -50), (0, -86), (46, -50), (-20, -60), (22, -64)):
        picture.disc(1335 + dx, 320 + dy, 26, MOSS, 50)
    picture.disc(760, 930, 560, CREAM, 120)
    picture.disc(760, 930, 470, SAGE, 98)
    picture.disc(760, 930, 360, CREAM, 74)
    picture.box(330, 470, 340, 370, DENIM, 70)
    picture.box(280, 620, 110, 270, RIVER, 50)
    picture.box(610, 620, 110, 270, RIVER, 50)
    picture.box(360, 720, 280, 150, POND, 34)
    picture.box(430, 560, 150, 150, OCHRE, 40)
    picture.box(812, 270, 12, 590, INK)
    picture.disc(818, 862, 66, INK, 14)
    picture.shape([(740, 330), (780, 200), (856, 200), (896, 330)], AMBER)
    for x, y, rx, colour in ((1010, 900, 130, RUST), (1190, 870, 110, OCHRE)):
        picture.disc(x, y, rx, colour, 52)
        picture.disc(x - 12, y - 12, rx * 0.66, AMBER if colour == OCHRE else ROSE, 22)
    picture.shape([(560, 960), (640, 940), (720, 960), (720, 1000), (640, 978), (560, 1000)], POND)
    picture.path([(640, 942), (640, 976)], 4, BARK)


def draw_workshop(picture: Picture) -> None:
    """A craft table seen from above."""
    picture.box(0, 0, WIDTH, HEIGHT, SAGE)
    picture.box(96, 92, 1420, 900, MOSS, 90)
    picture.box(84, 72, 1420, 900, WOOD, 90)
    for y in (230, 400, 575, 760):
        picture.box(84, y, 1420, 5, "#b98a57")
    for x, y, w, h, turn, colour in SHEETS:
        picture.shape(rotated(x + 8, y + 12, w, h, turn), "#a87b4a")
        picture.shape(rotated(x, y, w, h, turn), colour)
    for x, y, size, colour in FLOWERS:
        for turn in range(0, 360, 60):
            angle = math.radians(turn)
            picture.disc(
                x + size * 0.6 * math.cos(angle),
                y + size * 0.6 * math.sin(angle),
                size * 0.42,
                colour,
            )
        picture.disc(x, y, size * 0.34, AMBER if colour != OCHRE else BRICK)
    picture.path(smooth([(680, 290), (720, 260), (760, 320), (800, 260), (850, 310)]), 14, PAPER)
    for x, y, colour in PAINT_POTS:
        picture.disc(x + 8, y + 12, 66, "#a87b4a")
        picture.disc(x, y, 66, PAPER)
        picture.disc(x, y, 52, colour)
        picture.disc(x - 14, y - 16, 15, CREAM, 9)
    for x, y, turn, colour in PENCILS:
        picture.shape(rotated(x + 6, y + 9, 250, 20, turn), "#a87b4a")
        picture.shape(rotated(x, y, 250, 20, turn), colour)
        dx, dy = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        tip = (x + dx * 158, y + dy * 158)
        foot = rotated(x + dx * 125, y + dy * 125, 2, 20, turn)
        picture.shape([foot[0], tip, foot[2]], CREAM)
    for x, turn in ((800, -22), (842, 22)):
        picture.shape(rotated(x + (40 if turn < 0 else -40) * 0.5, 830, 14, 200, turn), "#d5dad6")
        picture.disc(x + (-62 if turn > 0 else 62), 930, 30, RUST)
        picture.disc(x + (-62 if turn > 0 else 62), 930, 16, WOOD)


def draw_hangar(picture: Picture) -> None:
    """The young people's place on a Friday evening."""
    picture.sky("#274a4d", "#356260", 800)
    for x in range(40, WIDTH, 86):
        picture.box(x, 120, 5, 660, "#2b5152")
    picture.box(0, 780, WIDTH, 290, "#8a6848")
    for y in (850, 930, 1015):
        picture.box(0, y, WIDTH, 4, "#75563a")
    for x in (230, 800, 1370):
        picture.path([(x - 300, 330), (x, 60), (x + 300, 330)], 26, BARK)
        picture.path([(x, 60), (x, 330)], 18, BARK)
    picture.box(0, 316, WIDTH, 30, BARK)
    picture.box(940, 690, 700, 130, BARK, 6)
    picture.box(940, 676, 700, 26, WOOD, 6)
    bunting(picture, [(-20, 370), (420, 425), (820, 365), (1220, 425), (1620, 370)], 34)
    for x, colour in ((400, AMBER), (740, AMBER), (1250, ROSE), (1500, AMBER)):
        length = 500 if x < 900 else 430
        picture.box(x - 2, 340, 4, length - 340, INK)
        floor = 900 if x < 900 else 690
        picture.veil(
            [(x - 30, length + 20), (x + 30, length + 20), (x + 190, floor), (x - 190, floor)],
            colour,
            42,
        )
        picture.shape(
            [
                (x - 46, length + 24),
                (x - 16, length - 22),
                (x + 16, length - 22),
                (x + 46, length + 24),
            ],
            OCHRE,
        )
        picture.disc(x, length + 26, 20, CREAM, 12)
    musical_stage(picture)
    picture.box(110, 640, 520, 170, RUST, 50)
    picture.box(70, 690, 110, 170, BRICK, 44)
    picture.box(560, 690, 110, 170, BRICK, 44)
    picture.box(160, 740, 420, 110, ROSE, 30)
    picture.shape(rotated(250, 700, 110, 110, 12), OCHRE)
    picture.shape(rotated(480, 705, 104, 104, -10), POND)
    picture.disc(740, 976, 150, "#75563a", 24)
    picture.box(724, 900, 32, 76, BARK)
    picture.disc(740, 912, 190, BARK, 46)
    picture.disc(740, 900, 190, WOOD, 46)
    for x, y, colour in ((680, 892, PAPER), (740, 912, SAGE), (800, 890, PAPER), (770, 876, OCHRE)):
        picture.shape(rotated(x, y, 44, 26, x % 40 - 20), colour)


def musical_stage(picture: Picture) -> None:
    """Draw the drums, the microphone and the loudspeaker."""
    picture.disc(1250, 600, 62, PAPER)
    picture.disc(1250, 600, 50, RUST)
    for x, rx in ((1180, 44), (1322, 44)):
        picture.box(x - rx, 606, rx * 2, 52, BRICK, 8)
        picture.disc(x, 606, rx, CREAM, 13)
        picture.path([(x, 656), (x, 674)], 8, INK)
    for x in (1140, 1366):
        picture.path([(x, 676), (x, 530)], 5, INK)
        picture.disc(x, 528, 50, OCHRE, 9)
    picture.path([(1020, 676), (1020, 500)], 8, INK)
    picture.path([(1020, 510), (1060, 480)], 8, INK)
    picture.disc(1068, 474, 16, SAND)
    picture.box(1480, 560, 96, 118, INK, 8)
    picture.disc(1528, 618, 34, MIST)


def draw_toy_library(picture: Picture) -> None:
    """Shelves of games, dice and pawns."""
    picture.box(0, 0, WIDTH, HEIGHT, PINE)
    picture.box(60, 40, 1480, 800, "#24493f", 16)
    rng = seeded(23)
    colours = (RUST, OCHRE, RIVER, CREAM, SAGE, BRICK, DENIM, AMBER, ROSE, POND)
    for floor in (285, 535, 790):
        x = 90
        while x < 1440:
            if rng.random() < 0.45:
                width, y = rng.randint(150, 230), floor
                for _ in range(rng.randint(2, 4)):
                    height = rng.randint(32, 50)
                    y -= height
                    game_box(picture, (x, y, width, height - 3), rng.choice(colours))
            else:
                width, height = rng.randint(56, 110), rng.randint(130, 196)
                game_box(picture, (x, floor - height, width, height), rng.choice(colours))
            x += width + rng.choice((4, 6, 30))
        picture.box(60, floor, 1480, 22, WOOD)
    for x in (44, 1532):
        picture.box(x, 30, 26, 830, WOOD, 6)
    picture.box(30, 22, 1540, 26, WOOD, 8)
    picture.box(0, 850, WIDTH, 230, "#d9b482")
    picture.box(0, 850, WIDTH, 14, AMBER)
    for x, y, size, turn, spots in ((420, 930, 150, -9, 5), (640, 975, 110, 14, 3)):
        die(picture, x, y, size, turn, spots)
    for x, colour in ((930, BRICK), (1060, DENIM), (1190, PINE)):
        picture.disc(x + 6, 1016, 58, "#bf9866", 16)
        picture.shape([(x - 20, 900), (x + 20, 900), (x + 50, 1010), (x - 50, 1010)], colour)
        picture.disc(x, 1010, 50, colour, 15)
        picture.disc(x, 884, 40, colour)
        picture.disc(x - 12, 872, 10, PAPER)
    for x, y, turn in ((1380, 950, -14), (1440, 965, 8)):
        picture.shape(rotated(x + 5, y + 7, 104, 146, turn), "#bf9866")
        picture.shape(rotated(x, y, 104, 146, turn), PAPER)
        picture.disc(x, y, 30, RUST if turn < 0 else MOSS)
    picture.disc(180, 970, 74, "#bf9866", 20)
    picture.disc(170, 940, 62, MOSS)
    picture.disc(150, 918, 18, SAGE)


def game_box(picture: Picture, frame: tuple[float, float, float, float], colour: str) -> None:
    """Draw the side of a game box with its label."""
    x, y, w, h = frame
    picture.box(x, y, w, h, colour, 5)
    label = PAPER if colour not in (CREAM, AMBER) else RUST
    if w > h:
        picture.box(x + w * 0.12, y + h * 0.32, w * 0.5, h * 0.36, label, 4)
    else:
        picture.disc(x + w / 2, y + h * 0.3, w * 0.24, label)
        picture.box(x + w * 0.26, y + h * 0.62, w * 0.48, 9, label, 4)


def die(picture: Picture, x: float, y: float, size: float, turn: float, spots: int) -> None:
    """Draw one face of a die."""
    picture.shape(rotated(x + 8, y + 12, size, size, turn), "#bf9866")
    picture.shape(rotated(x, y, size, size, turn), PAPER)
    places = rotated(x, y, size * 0.52, size * 0.52, turn)
    chosen = [places[0], (x, y), places[2]] if spots == 3 else [*places, (x, y)]
    for px, py in chosen:
        picture.disc(px, py, size * 0.085, BRICK)


def draw_lullabies(picture: Picture) -> None:
    """People seated round candles, under the stars."""
    picture.sky("#142b3d", "#3d6570", 760)
    rng = seeded(31)
    for _ in range(120):
        x, y, size = rng.randint(10, 1590), rng.randint(10, 470), rng.choice((1.5, 2, 2, 3))
        picture.disc(x, y, size, rng.choice((CREAM, SKY, AMBER)))
    arc = [math.radians(degrees) for degrees in range(-70, 131, 4)]
    outer = [(1300 + 76 * math.cos(a), 170 + 76 * math.sin(a)) for a in arc]
    inner = smooth([outer[-1], (1316, 214), (1342, 160), outer[0]])
    picture.shape([*outer, *inner], CREAM)
    hills(picture, 560, 60, 2.4, "#234a4c")
    hills(picture, 640, 44, 4.4, "#1c3d3f")
    picture.box(0, 700, WIDTH, 370, "#16312f")
    picture.disc(800, 900, 760, "#234640", 170)
    picture.glow(800, 850, 520, AMBER, 110)
    picture.glow(800, 850, 260, CREAM, 90)
    skins = ("#e3b994", "#a8704a", "#d39b76", "#7c4f35")
    people = [
        (190, 850, 200),
        (340, 770, 150),
        (470, 740, 180),
        (640, 735, 120),
        (790, 715, 190),
        (950, 735, 125),
        (1100, 740, 180),
        (1245, 775, 140),
        (1400, 850, 205),
    ]
    for index, (x, y, size) in enumerate(people):
        picture.disc(x, y + size * 0.17, size * 0.56, "#122725", size * 0.12)
        colour = (BRICK, MOSS, DENIM, OCHRE, PINE, RUST, RIVER, AMBER, MOSS)[index]
        seated(picture, x, y, size, colour, skins[index % 4])
        picture.disc(
            x, y - size * 1.07, size * 0.26, (BARK, INK, SAND, NIGHT)[index % 4], size * 0.19
        )
        picture.disc(x, y - size * 0.93, size * 0.22, skins[index % 4], size * 0.2)
        picture.box(x - size * 0.5, y - 4, size, size * 0.24, NIGHT, size * 0.12)
    picture.glow(800, 850, 230, AMBER, 190)
    candles = ((640, 880, 44), (720, 930, 60), (800, 880, 50), (890, 945, 64))
    for x, y, size in (*candles, (970, 885, 46), (800, 1010, 56)):
        candle(picture, x, y, size)


def candle(picture: Picture, x: float, y: float, size: float) -> None:
    """Draw a lit candle whose foot stands at y."""
    picture.disc(x, y + 4, size * 0.5, "#122725", size * 0.14)
    picture.box(x - size * 0.24, y - size, size * 0.48, size, CREAM, 6)
    picture.shape(
        [
            (x, y - size * 2.1),
            (x + size * 0.2, y - size * 1.35),
            (x, y - size * 1.06),
            (x - size * 0.2, y - size * 1.35),
        ],
        OCHRE,
    )
    picture.disc(x, y - size * 1.3, size * 0.1, CREAM, size * 0.2)


def draw_round_table(picture: Picture) -> None:
    """A committee round its table, seen from above."""
    picture.box(0, 0, WIDTH, HEIGHT, MIST)
    for radius, colour in ((690, "#bfd5ca"), (560, "#b3ccbf")):
        picture.disc(800, 533, radius, colour, radius * 0.8)
    skins = ("#e3b994", "#a8704a", "#d39b76", "#7c4f35", "#efcfb0")
    coats = (DENIM, RUST, MOSS, OCHRE, PINE, BRICK, RIVER)
    hairs = (BARK, INK, SAND, "#6b4a32", "#c9c4b8")
    for index in range(13):
        angle = math.radians(index * 360 / 13 - 90)
        x, y = 800 + 520 * math.cos(angle), 533 + 420 * math.sin(angle)
        turn = math.degrees(math.atan2(533 - y, 800 - x)) + 90
        for dx, colour, width in ((14, "#a5c0b2", 128), (0, coats[index % 7], 128)):
            ends = rotated(x + dx * 0.6, y + dx, width, 2, turn)
            picture.path([ends[0], ends[1]], 62, colour)
        hand = (x + (800 - x) * 0.2, y + (533 - y) * 0.2)
        picture.path([(x, y), hand], 30, coats[index % 7])
        picture.disc(*hand, 19, skins[index % 5])
        picture.disc(x, y, 46, skins[index % 5])
        picture.disc(x - (800 - x) * 0.02, y - (533 - y) * 0.02, 42, hairs[index % 5])
    picture.disc(812, 553, 388, "#9dbaab", 298)
    picture.disc(800, 533, 388, WOOD, 298)
    picture.disc(800, 533, 362, "#d3a874", 274)
    for index in range(13):
        angle = math.radians(index * 360 / 13 - 90)
        x, y = 800 + 290 * math.cos(angle), 533 + 212 * math.sin(angle)
        turn = math.degrees(angle) + 90
        picture.shape(rotated(x + 4, y + 6, 62, 80, turn), "#b58a58")
        picture.shape(rotated(x, y, 62, 80, turn), PAPER if index % 3 else SKY)
        for step in (-18, 0, 18):
            line = rotated(x - math.cos(angle) * step, y - math.sin(angle) * step, 40, 2, turn)
            picture.path([line[0], line[1]], 4, SAGE if index % 3 else RIVER)
    centre = ((740, 520, 190, 130, -8, SAGE), (880, 555, 170, 120, 10, CREAM))
    for x, y, w, h, turn, colour in centre:
        picture.shape(rotated(x + 5, y + 8, w, h, turn), "#b58a58")
        picture.shape(rotated(x, y, w, h, turn), colour)
    picture.path(smooth([(670, 540), (720, 500), (760, 540), (810, 510)]), 8, RIVER)
    for x, y, colour in ((850, 540, RUST), (890, 560, OCHRE), (925, 572, MOSS)):
        picture.disc(x, y, 13, colour)
    for x, y in ((640, 620), (960, 450), (800, 640)):
        picture.disc(x, y, 24, PAPER)
        picture.disc(x, y, 16, BARK)
