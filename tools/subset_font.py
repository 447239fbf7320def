# mypy: disable-error-code="import-untyped"
"""Cut the font that plots are drawn with from a full Korean font under the SIL Open Font License.

    python tools/subset_font.py /usr/share/fonts/truetype/nanum/NanumGothic.ttf

Hanja, hinting and everything a plot never draws are dropped; the family is renamed, because the licence reserves the
original name for unmodified copies. The same source gives the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

FAMILY: Final = "MaeumGothic"
TARGET: Final = Path(__file__).parents[1] / "src/maeum/assets/font/MaeumGothic-Regular.ttf"
MAX_BYTES: Final = 2 * 1024 * 1024

RANGES: Final = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x2000, 0x206F),  # general punctuation
    (0x20A9, 0x20A9),  # won
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators: minus, at least, at most …
    (0x2500, 0x25FF),  # boxes, blocks, squares, circles
    (0x2605, 0x2606),  # stars
    (0x2660, 0x2667),  # hearts and the other suits
    (0x2713, 0x2717),  # tick, cross
    (0x3000, 0x303F),  # CJK punctuation
    (0x3131, 0x318E),  # compatibility jamo: ㅋㅋ, ㅠㅠ
    (0x1100, 0x11FF),  # conjoining jamo
    (0xAC00, 0xD7A3),  # all 11,172 syllables
    (0xFF01, 0xFF5E),  # full-width forms
)
ALIASES: Final = {0x2212: 0x2013, 0x00AD: 0x002D}  # the source has no minus sign: the en dash is drawn the same way
# In thousandths of the em; the source has no tick and no cross.
POLYGONS: Final[dict[int, list[tuple[tuple[int, int], ...]]]] = {
    0x2713: [((90, 330), (160, 400), (330, 230), (700, 690), (770, 630), (340, 90))],
    0x2717: [
        (
            *((120, 140), (370, 390), (120, 640), (190, 710), (440, 460), (690, 710)),
            *((760, 640), (510, 390), (760, 140), (690, 70), (440, 320), (190, 70)),
        )
    ],
}
DROPPED_TABLES: Final = ("TSI0", "TSI1", "TSI2", "TSI3", "TSI5", "kern", "GPOS", "GSUB", "GDEF", "DSIG")


def main() -> None:
    """Read the source font named on the command line, write the subset."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="a TrueType font with Hangul under the OFL, e.g. NanumGothic.ttf")
    parser.add_argument("--out", type=Path, default=TARGET)
    arguments = parser.parse_args()
    font = TTFont(arguments.source, recalcTimestamp=False)
    cut(font)
    draw_missing(font)
    rename(font)
    font.save(arguments.out, reorderTables=True)
    size = arguments.out.stat().st_size
    if size > MAX_BYTES:
        raise SystemExit(f"{arguments.out}: {size:,} bytes, more than {MAX_BYTES:,}")
    print(f"{arguments.out}: {size:,} bytes, {len(font.getBestCmap()):,} characters")


def cut(font: TTFont) -> None:
    """Keep the characters of `RANGES`; drop hinting, layout tables and glyph names."""
    options = Options()
    options.hinting = False
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.drop_tables = [*options.drop_tables, *DROPPED_TABLES]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    wanted = {code for first, last in RANGES for code in range(first, last + 1)}
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)


def draw_missing(font: TTFont) -> None:
    """Add what the source lacks: aliases of like-looking glyphs, and polygons."""
    names = font.getBestCmap()
    added = {code: names[like] for code, like in ALIASES.items() if code not in names}
    scale = font["head"].unitsPerEm / 1000
    for code, contours in POLYGONS.items():
        if code in names:
            continue
        pen = TTGlyphPen(None)
        for contour in contours:
            points = [(round(x * scale), round(y * scale)) for x, y in contour]
            pen.moveTo(points[0])
            for point in points[1:]:
                pen.lineTo(point)
            pen.closePath()
        name = f"uni{code:04X}"
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = (round(880 * scale), 0)
        added[code] = name
    for subtable in font["cmap"].tables:
        if subtable.isUnicode():
            subtable.cmap.update(added)


def rename(font: TTFont) -> None:
    """Give the font a name of its own; keep the copyright and say under which licence it stands."""
    copyright_line = str(font["name"].getDebugName(0))
    names: Any = newTable("name")
    names.names = []
    entries = {
        0: copyright_line,
        1: FAMILY,
        2: "Regular",
        3: f"{FAMILY}-Regular subset",
        4: f"{FAMILY} Regular",
        5: "Version 1.000",
        6: f"{FAMILY}-Regular",
        10: "A subset of a font by NHN Corporation (now NAVER Corporation), renamed as its licence asks.",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1. See OFL.txt beside it.",
    }
    for identifier, text in entries.items():
        names.setName(text, identifier, 3, 1, 0x409)
        names.setName(text, identifier, 1, 0, 0)
    font["name"] = names


if __name__ == "__main__":
    main()
