"""Named colours and measures of the look, a light and a dark set: all that style, palette and icons know of it."""

from dataclasses import dataclass

GRID = 4
CONTROL_HEIGHT = 30
ROW_HEIGHT = 30
RADIUS = 5
CARD_RADIUS = 8


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours as ``#rrggbb``. ``*_soft`` are fills on which ``text`` and the colour itself are readable;
    ``on_fill`` is the text on a full patch of accent, good, warn, bad or info."""

    name: str
    surface: str
    sunken: str
    raised: str
    field: str
    stripe: str
    line: str
    edge: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_soft: str
    hover: str
    good: str
    warn: str
    bad: str
    info: str
    good_soft: str
    warn_soft: str
    bad_soft: str
    info_soft: str
    on_fill: str
    shade: str
    brand: str
    brand_deep: str
    on_brand: str
    on_brand_muted: str


LIGHT = Tokens(
    name="light",
    surface="#f4f5f8",
    sunken="#eaedf2",
    raised="#ffffff",
    field="#ffffff",
    stripe="#f8f9fb",
    line="#dfe3ea",
    edge="#bcc4d0",
    text="#1a2230",
    muted="#566173",
    disabled="#98a1b0",
    accent="#2257c5",
    accent_hover="#1b49a8",
    accent_soft="#e3ebfb",
    hover="#edf0f5",
    good="#136c3e",
    warn="#8a5200",
    bad="#b3231f",
    info="#0b6285",
    good_soft="#e0f3e8",
    warn_soft="#fdf0d8",
    bad_soft="#fce8e6",
    info_soft="#e0f1f8",
    on_fill="#ffffff",
    shade="#0d1420",
    brand="#2150b4",
    brand_deep="#14326f",
    on_brand="#ffffff",
    on_brand_muted="#d3dff7",
)

DARK = Tokens(
    name="dark",
    surface="#15181e",
    sunken="#101318",
    raised="#1e222a",
    field="#191d24",
    stripe="#22262f",
    line="#2e343f",
    edge="#4a5363",
    text="#e7eaf0",
    muted="#a0a9b8",
    disabled="#636c7b",
    accent="#83aefc",
    accent_hover="#a1c2fd",
    accent_soft="#22314f",
    hover="#272d37",
    good="#62cf93",
    warn="#f0b34a",
    bad="#ff8f85",
    info="#62c3ea",
    good_soft="#183427",
    warn_soft="#3a2d14",
    bad_soft="#402220",
    info_soft="#17313d",
    on_fill="#0d1420",
    shade="#000000",
    brand="#1c2d52",
    brand_deep="#121a2c",
    on_brand="#f2f5fb",
    on_brand_muted="#aebbd6",
)

TONES = ("accent", "good", "warn", "bad", "info", "muted")


def tone_colour(tokens: Tokens, tone: str) -> str:
    """The colour of a tone or of any token by its name. Errors: AttributeError for a name that is none."""
    return str(getattr(tokens, tone))


def soft_colour(tokens: Tokens, tone: str) -> str:
    """The pale fill that belongs to a tone; muted has the sunken surface."""
    return tokens.sunken if tone == "muted" else str(getattr(tokens, f"{tone}_soft"))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours by WCAG 2.2: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
